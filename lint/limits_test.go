package lint

import (
	"crypto/x509"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"certlens/internal/cert"
	"certlens/internal/lab"
	"certlens/internal/report"
	"certlens/lint/internal/fixture"
)

func many(n int, format string) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(format, i)
	}
	return all
}

// TestLarge lints certificates that are large in one way or another. What
// the limits are for shows as a test that does not end.
func TestLarge(t *testing.T) {
	label := strings.Repeat("a.", maxNameLength/2-2) + "com"
	huge := new(big.Int).Exp(big.NewInt(7), big.NewInt(5836), nil) // 16,384 bits
	for _, c := range []struct {
		what   string
		change func(*fixture.Spec)
		reason string // when it is not linted
	}{
		{"10,000 host names", func(s *fixture.Spec) { s.DNS = many(10_000, "host%d.example.com") }, ""},
		{"10,000 wildcards", func(s *fixture.Spec) { s.DNS = many(10_000, "*.host%d.example.com") }, ""},
		{"10,000 URIs", func(s *fixture.Spec) { s.URI = many(10_000, "https://host%d.example.com/") }, ""},
		{"10,000 revocation lists", func(s *fixture.Spec) { s.CRL = many(10_000, "http://host%d.example.com/") }, ""},
		{"5,000 extensions", func(s *fixture.Spec) {
			for _, id := range many(5_000, "1.2.3.%d") {
				s.Extra = append(s.Extra, fixture.Extension{ID: fixture.OID(id)})
			}
		}, ""},
		{"5,000 attributes", func(s *fixture.Spec) { s.Subject = strings.Repeat("OU=a/", 5_000) + "CN=a" }, ""},
		{"as many policies as may be", func(s *fixture.Spec) { s.Policies = many(maxPolicies, "1.2.%d") }, ""},
		{"one policy more", func(s *fixture.Spec) { s.Policies = many(maxPolicies+1, "1.2.%d") }, "5001 policies"},
		{"10,000 bytes in a name", func(s *fixture.Spec) { s.DNS = []string{label} }, ""},
		{"too many bytes in a name", func(s *fixture.Spec) { s.DNS = []string{"a.a.a." + label} }, "A name in the certificate has 10005 bytes"},
		{"too many in the common name", func(s *fixture.Spec) { s.Subject = "CN=" + strings.Repeat("a.", 5_001) }, "10002 bytes"},
		{"more than a megabyte", func(s *fixture.Spec) { s.Email = many(60_000, "address%d@example.com") }, "more than the 1048576"},
		{"65,538-bit key", func(s *fixture.Spec) { s.SPKI = fixture.RSAPublic(odd(65_538), big.NewInt(65537)) }, "65538 bits"},
		{"65,536-bit key", func(s *fixture.Spec) { s.SPKI = fixture.RSAPublic(odd(65_536), big.NewInt(65537)) }, ""},
		{"16,384-bit key", func(s *fixture.Spec) { s.SPKI = fixture.RSAPublic(huge.SetBit(huge, 0, 1), big.NewInt(65537)) }, ""},
	} {
		parsed := cert.Parse(leaf(c.change).DER())
		run, findings := Certificate(Subject{Cert: parsed}, WebPKI)
		none := run.Counts == report.LintCounts{} && len(findings) == 0
		for _, f := range findings {
			if len(f.Detail) > 2100 {
				t.Errorf("%s: %s has a detail of %d bytes", c.what, f.ID, len(f.Detail))
			}
		}
		if none != (c.reason != "") || !strings.Contains(run.Reason, c.reason) {
			t.Errorf("%s: %+v", c.what, run)
		}
	}
}

// TestLargeLists keeps what a rule would take minutes for away from it.
func TestLargeLists(t *testing.T) {
	entry := func(serial *big.Int) x509.RevocationListEntry {
		return x509.RevocationListEntry{SerialNumber: serial, RevocationTime: lab.At}
	}
	issuer := lab.Issue(lab.Spec{Name: "Example CA", CA: true})
	for _, c := range []struct {
		what, reason string
		list         x509.RevocationList
	}{
		{"a list", "", x509.RevocationList{Number: big.NewInt(1), RevokedCertificateEntries: []x509.RevocationListEntry{entry(big.NewInt(7))}}},
		{"a long serial number", "a serial number in it has 9001 bits", x509.RevocationList{Number: big.NewInt(1),
			RevokedCertificateEntries: []x509.RevocationListEntry{entry(new(big.Int).Lsh(big.NewInt(1), 9_000))}}},
		{"too many entries", "more than the 4194304", x509.RevocationList{Number: big.NewInt(1),
			RevokedCertificateEntries: slices.Repeat([]x509.RevocationListEntry{entry(big.NewInt(7))}, 250_000)}},
	} {
		c.list.ThisUpdate, c.list.NextUpdate = lab.At, lab.At.AddDate(0, 0, 7)
		der, err := x509.CreateRevocationList(nil, &c.list, issuer.Certificate, issuer.Key)
		if err != nil {
			t.Fatal(err)
		}
		run, _ := CRL(der, 1)
		if none := run.Counts == (report.LintCounts{}); none != (c.reason != "") || !strings.Contains(run.Reason, c.reason) {
			t.Errorf("%s: counts %+v, reason %q", c.what, run.Counts, run.Reason)
		}
	}
}
