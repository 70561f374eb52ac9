package hygiene

import (
	"math/big"
	"testing"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"

	"certlens/lint/internal/fixture"
)

// server is a specification that breaks no rule; each case changes it.
func server(change func(*fixture.Spec)) *fixture.Spec {
	s := &fixture.Spec{
		Subject: "CN=www.example.com", From: "2026-09-01", To: "2026-11-29T23:59:59Z",
		Key: "p256/leaf", By: issuer, EKU: []string{"serverAuth"}, DNS: []string{"www.example.com"},
	}
	change(s)
	return s
}

var issuer = &fixture.Spec{Subject: "CN=Example CA", From: "2025-01-01", To: "2035-01-01", Key: "p256/ca", CA: true}

func dns(names ...string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.DNS = names }
}

func valid(from, to string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.From, s.To = from, to }
}

func subject(name string, dns ...string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.Subject, s.DNS = name, dns }
}

func exponent(e int64) func(*fixture.Spec) {
	return func(s *fixture.Spec) {
		n := new(big.Int).Lsh(big.NewInt(1), 2047)
		s.SPKI = fixture.RSAPublic(n.SetBit(n, 0, 1), big.NewInt(e))
	}
}

func use(eku ...string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.EKU = eku }
}

func both(s *fixture.Spec) { s.EKU = []string{"serverAuth", "clientAuth"} }

func email(s *fixture.Spec) { s.EKU, s.DNS = []string{"emailProtection"}, nil }

func selfSigned(s *fixture.Spec) {
	s.By, s.CA, s.EKU, s.DNS = nil, true, nil, nil
}

func staple(ocsp ...string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.MustStaple, s.OCSP = true, ocsp }
}

// features adds a TLS feature extension with this value.
func features(der string) func(*fixture.Spec) {
	return func(s *fixture.Spec) {
		s.Extra = []fixture.Extension{{ID: fixture.OID("1.3.6.1.5.5.7.1.24"), Value: fixture.Hex(der)}}
	}
}

func signedWith(k fixture.Key) func(*fixture.Spec) {
	return func(s *fixture.Spec) {
		s.By = &fixture.Spec{Subject: "CN=Example CA", Key: k, From: "2025-01-01", To: "2035-01-01"}
	}
}

const (
	na, ne, ok        = lint.NA, lint.NE, lint.Pass
	notice, warn, bad = lint.Notice, lint.Warn, lint.Error
)

type row struct {
	what   string
	change func(*fixture.Spec)
	want   lint.LintStatus
}

var cases = map[string][]row{
	"e_san_dns_name_is_ip_address": {
		{"no DNS name", func(s *fixture.Spec) { s.DNS, s.IP = nil, []string{"192.0.2.1"} }, na},
		{"host", dns("www.example.com"), ok},
		{"digits, but not an address", dns("1.2.3.4.5", "1.2.3"), ok},
		{"IPv4", dns("www.example.com", "192.0.2.1"), bad},
		{"IPv6", dns("2001:db8::1"), bad},
	},
	"e_san_dns_name_url_or_port": {
		{"no DNS name", email, na},
		{"host", dns("www.example.com", "*.example.com"), ok},
		{"IPv6 is another rule's", dns("2001:db8::1"), ok},
		{"URL", dns("https://www.example.com"), bad},
		{"port", dns("www.example.com:8443"), bad},
		{"path", dns("www.example.com/app"), bad},
		{"user", dns("admin@example.com"), bad},
	},
	"n_san_wildcard_without_apex": {
		{"no wildcard", dns("www.example.com"), na},
		{"wildcard of one label", dns("*.local"), na},
		{"not for servers", func(s *fixture.Spec) { s.EKU, s.DNS = []string{"clientAuth"}, []string{"*.example.com"} }, na},
		{"with apex", dns("*.example.com", "Example.com"), ok},
		{"wildcards of two levels", dns("*.a.example.com", "*.example.com"), na},
		{"wildcards of two domains", dns("*.example.com", "example.com", "*.example.net"), na},
		{"another domain", dns("*.example.com", "www.example.net"), na},
		{"subdomains", dns("*.example.com", "*.EXAMPLE.com", "a.b.example.com"), notice},
		{"without apex", dns("*.example.com"), notice},
	},
	"w_san_wildcard_of_one_label": {
		{"no wildcard", dns("www.example.com"), na},
		{"two labels", dns("*.example.com"), ok},
		{"one label", dns("*.example.com", "*.local"), warn},
	},
	"n_common_name_not_in_san": {
		{"no alternative name", dns(), na},
		{"common name is no host", subject("CN=Example Server", "www.example.com"), na},
		{"common name of one label", subject("CN=www", "www.example.com"), na},
		{"common name is a version", subject("CN=release-2.1", "www.example.com"), na},
		{"same", subject("CN=WWW.example.com", "www.example.com"), ok},
		{"under a wildcard", subject("CN=www.example.com", "*.example.com"), ok},
		{"the wildcard itself", subject("CN=*.example.com", "*.example.com"), ok},
		{"address", func(s *fixture.Spec) { s.Subject, s.IP = "CN=192.0.2.1", []string{"192.0.2.1"} }, ok},
		{"two labels under a wildcard", subject("CN=a.b.example.com", "*.example.com"), notice},
		{"other host", subject("CN=example.com", "www.example.com"), notice},
		{"address as DNS name", subject("CN=192.0.2.1", "192.0.2.1"), notice},
	},
	"w_server_name_only_in_common_name": {
		{"not for servers", email, na},
		{"common name is no host", subject("CN=Example"), na},
		{"both", subject("CN=www.example.com", "www.example.com"), ok},
		{"address", func(s *fixture.Spec) { s.DNS, s.IP = nil, []string{"192.0.2.1"} }, ok},
		{"common name alone", subject("CN=www.example.com"), warn},
		{"self-signed", selfSigned, warn},
		{"root of a CA", func(s *fixture.Spec) { selfSigned(s); s.KU = []string{"keyCertSign"} }, na},
	},
	"w_must_staple_without_ocsp_url": {
		{"no feature", dns("www.example.com"), na},
		{"another feature", features("3003 020112"), na},
		{"broken feature", features("3003 0201"), na},
		{"CA", func(s *fixture.Spec) { s.MustStaple, s.CA = true, true }, na},
		{"with URL", staple("http://ocsp.example.com"), ok},
		{"without URL", staple(), warn},
		{"version 2", features("3003 020111"), warn},
	},
	"w_server_validity_over_825_days": {
		{"not for servers", email, na},
		{"before the rule", valid("2019-06-30", "2029-06-30"), ne},
		{"825 days", valid("2026-01-01", "2028-04-05"), ok},
		{"a second more", valid("2026-01-01", "2028-04-05T00:00:01Z"), warn},
		{"ten years", valid("2026-01-01", "2036-01-01"), warn},
	},
	"e_rsa_exponent_impossible": {
		{"not RSA", dns("www.example.com"), na},
		{"3", exponent(3), ok},
		{"65537", exponent(65537), ok},
		{"1", exponent(1), bad},
		{"2", exponent(2), bad},
		{"65536", exponent(65536), bad},
	},
	"w_server_certificate_is_ca": {
		{"no host", email, na},
		{"end entity", dns("www.example.com"), ok},
		{"CA by intent", func(s *fixture.Spec) { s.CA, s.KU, s.EKU = true, []string{"keyCertSign"}, nil }, na},
		{"CA and server", func(s *fixture.Spec) { s.CA, s.KU = true, []string{"keyCertSign"} }, warn},
		{"CA without key usage", func(s *fixture.Spec) { s.CA, s.EKU = true, nil }, warn},
	},
	"w_signature_hash_broken": {
		{"self-signed", func(s *fixture.Spec) { s.By, s.Key = nil, "rsa2048-sha1/self" }, na},
		{"SHA-256", dns("www.example.com"), ok},
		{"Ed25519", signedWith("ed25519/ca"), ok},
		{"SHA-1", signedWith("rsa2048-sha1/ca"), warn},
		{"MD5", signedWith("rsa2048-md5/ca"), warn},
	},
	"n_client_auth_ends": {
		{"no extended key usage", use(), na},
		{"not for servers", use("clientAuth"), na},
		{"self-signed", func(s *fixture.Spec) { s.By = nil }, na},
		{"before the policy", func(s *fixture.Spec) { both(s); s.From = "2026-02-04" }, ne},
		{"after it holds", func(s *fixture.Spec) { both(s); s.From, s.To = "2027-03-15", "2027-04-15" }, ne},
		{"server alone", use("serverAuth"), ok},
		{"both", both, notice},
	},
	"n_validity_over_limit_at_renewal": {
		{"not for servers", email, na},
		{"self-signed", func(s *fixture.Spec) { s.By = nil }, na},
		{"before the ballot", valid("2025-04-10", "2026-05-10"), ne},
		{"ends before the first limit", valid("2025-04-11", "2026-03-14T23:59:59Z"), ok},
		{"short enough already", valid("2027-01-01", "2027-04-10T23:59:59Z"), ok},
		{"issued under the same limit", valid("2026-04-01", "2026-10-17T23:59:59Z"), ok},
		{"398 days, then 200", valid("2025-06-01", "2026-07-03T23:59:59Z"), notice},
		{"200 days, then 100", valid("2026-09-01", "2027-03-19T23:59:59Z"), notice},
		{"100 days, then 47", valid("2029-01-01", "2029-04-10T23:59:59Z"), notice},
	},
}

func TestRules(t *testing.T) {
	for name, rows := range cases {
		rule := lint.GlobalRegistry().CertificateLints().ByName(name)
		if rule == nil {
			t.Errorf("%s is not registered", name)
			continue
		}
		for _, r := range rows {
			t.Run(name+"/"+r.what, func(t *testing.T) {
				c, err := x509.ParseCertificate(server(r.change).DER())
				if err != nil {
					t.Fatal(err)
				}
				got := rule.Execute(c, lint.NewEmptyConfig())
				if got.Status != r.want {
					t.Errorf("%s: %s (%q), want %s", r.what, got.Status, got.Details, r.want)
				}
				if (got.Details != "") != (got.Status > lint.Pass) {
					t.Errorf("%s: status %s with detail %q", r.what, got.Status, got.Details)
				}
			})
		}
	}
}
