package hygiene

import (
	"strings"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "w_san_wildcard_of_one_label",
			Description: "A wildcard SHOULD stand before at least two labels: OpenSSL, curl and Python match *.example.com but never *.local",
			Citation:    "RFC 9525, section 7.1; OpenSSL, crypto/x509/v3_utl.c (valid_star)",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return sanWildcardOfOneLabel{} },
	})
}

type sanWildcardOfOneLabel struct{}

func (sanWildcardOfOneLabel) CheckApplies(c *x509.Certificate) bool {
	for _, name := range c.DNSNames {
		if strings.HasPrefix(name, "*.") {
			return isServer(c)
		}
	}
	return false
}

func (sanWildcardOfOneLabel) Execute(c *x509.Certificate) *lint.LintResult {
	var found []string
	for _, name := range c.DNSNames {
		if domain, ok := strings.CutPrefix(name, "*."); ok && !strings.Contains(domain, ".") {
			found = append(found, name)
		}
	}
	if found == nil {
		return pass
	}
	return hit(lint.Warn, "dNSName %s", some(found))
}
