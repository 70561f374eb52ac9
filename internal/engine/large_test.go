package engine

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"certlens/internal/intake"
	"certlens/internal/lab"
	"certlens/internal/report"
)

func TestLargeInput(t *testing.T) {
	var names []string
	for i := range 10_000 {
		names = append(names, fmt.Sprintf("host%d.example.com", i))
	}
	for _, test := range []struct {
		name  string
		input []byte
		check func(*report.Report) bool
	}{
		{"10,000 names", []byte(lab.PEM(lab.Issue(lab.Spec{Name: "host0.example.com", Issuer: issuing, Hosts: names}), issuing)),
			func(r *report.Report) bool { return len(r.Certificates[0].Names) == 10_000 }},
		{"1,000 certificates", thousand(),
			func(r *report.Report) bool { return len(r.Certificates) == 1000 && len(r.Lints) == 1001 }},
		{"50 MB of text", bytes.Repeat([]byte("a line of a log file without anything in it\n"), 50<<20/44),
			func(r *report.Report) bool { return len(r.Inputs) == 0 && r.Diagnosis == nil }},
		{"50 MB of zeros", make([]byte, 50<<20),
			func(r *report.Report) bool { return len(r.Certificates) == 0 && r.Diagnosis == nil }},
		{"50 MB with a chain at its end", append(bytes.Repeat([]byte("noise\n"), 50<<20/6), lab.PEM(leaf, issuing)...),
			func(r *report.Report) bool { return len(r.Served) == 2 }},
		{"more than is read", append(bytes.Repeat([]byte("noise\n"), 70<<20/6), lab.PEM(leaf)...),
			func(r *report.Report) bool { return r.Truncated }},
		{"beginnings without ends", []byte(strings.Repeat("-----BEGIN CERTIFICATE-----\n", 100_000)),
			func(r *report.Report) bool { return len(r.Certificates) == 0 && len(r.Inputs) > 0 }},
	} {
		r := Analyze(context.Background(), Request{Sources: []intake.Source{{Data: test.input}}, At: lab.At})
		if !test.check(r) {
			t.Errorf("%s: %d inputs, %d certificates, truncated %t, notes %q", test.name, len(r.Inputs), len(r.Certificates), r.Truncated, r.Notes)
		}
	}
}

// thousand is a paste of a thousand certificates.
func thousand() []byte {
	certs := []*lab.Cert{leaf, issuing}
	for i := range 998 {
		certs = append(certs, lab.Issue(lab.Spec{Name: fmt.Sprintf("host%d.example.com", i), Issuer: issuing}))
	}
	return []byte(lab.PEM(certs...))
}
