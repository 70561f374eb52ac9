package hygiene

import (
	"time"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:          "w_server_validity_over_825_days",
			Description:   "A TLS server certificate SHOULD be valid for 825 days at most: Apple's systems refuse it otherwise, whoever issued it",
			Citation:      "https://support.apple.com/HT210176",
			Source:        Source,
			EffectiveDate: time.Date(2019, time.July, 1, 0, 0, 0, 0, time.UTC),
		},
		Lint: func() lint.CertificateLintInterface { return serverValidityOver825Days{} },
	})
}

type serverValidityOver825Days struct{}

func (serverValidityOver825Days) CheckApplies(c *x509.Certificate) bool {
	return isServer(c) && hasServerNames(c)
}

// Execute gives the second at the end the benefit of the doubt: Apple does not
// say whether it counts.
func (serverValidityOver825Days) Execute(c *x509.Certificate) *lint.LintResult {
	length := c.NotAfter.Sub(c.NotBefore)
	if length <= 825*day {
		return pass
	}
	return hit(lint.Warn, "valid for %d days", (length+day-1)/day)
}
