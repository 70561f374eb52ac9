package daemon

import (
	"fmt"
	"os/exec"
	"testing"
)

// Slapd is OpenLDAP's server.
func Slapd(t testing.TB) Server { t.Helper(); return slapd(t, "slapd", "ldap", "ldap://") }

// SlapdTLS is the same with TLS from the first byte.
func SlapdTLS(t testing.TB) Server { t.Helper(); return slapd(t, "slapd ldaps", "", "ldaps://") }

func slapd(t testing.TB, name, startTLS, scheme string) Server {
	t.Helper()
	slapd := program(t, "slapd", "slapd")
	s := newServer(t, name, startTLS)
	s.write(t, "slapd.conf", fmt.Sprintf("TLSCertificateFile %s\nTLSCertificateKeyFile %s\n", s.path(chainFile), s.path(keyFile)))
	// A debug level, whatever it is, keeps slapd in the foreground.
	return s.start(t, exec.Command(slapd, "-d", "0", "-f", s.path("slapd.conf"), "-h", scheme+s.Address()))
}
