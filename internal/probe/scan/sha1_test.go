package scan

import (
	"crypto/tls"
	"testing"
)

// A Go server chooses version and suite, sends its certificate, and then finds
// that it does not sign with SHA-1: that is no signature.
func TestRefusedAfterTheChoice(t *testing.T) {
	s := Run(t.Context(), local, at(golang(t, &tls.Config{MaxVersion: tls.VersionTLS12})), 4, nil)
	if s.SHA1Signatures == nil || *s.SHA1Signatures {
		t.Errorf("SHA-1 signatures: %v", s.SHA1Signatures)
	}
}
