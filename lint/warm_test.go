package lint

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"certlens/lint/internal/fixture"
)

var update = flag.Bool("update", false, "write sample.der")

// TestSample compares the sample with its specification.
func TestSample(t *testing.T) {
	want := leaf(func(s *fixture.Spec) {
		s.By = &fixture.Spec{Subject: "C=US/O=Example Trust Services/CN=Example TLS CA E1", Key: "p384/sample", From: "2025-01-01", To: "2030-01-01"}
	}).DER()
	if *update {
		if err := os.WriteFile("sample.der", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(sample, want) {
		t.Error("sample.der differs from its specification; run go test ./lint -update")
	}
}

func TestWarm(t *testing.T) {
	Warm()
	Warm()
}
