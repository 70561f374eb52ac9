package hygiene

import (
	"slices"
	"time"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "n_client_auth_ends",
			Description: "A public TLS certificate SHOULD NOT be relied on to authenticate a client: those issued from 2027-03-15 on are without clientAuth",
			Citation:    "Chrome Root Program Policy, Version 1.8, section 1.3.2 (https://googlechrome.github.io/chromerootprogram/)",
			Source:      Source,
			// From the day of that version to the day on which its demand holds;
			// then it is zlint's e_client_auth_not_allowed.
			EffectiveDate:   time.Date(2026, time.February, 5, 0, 0, 0, 0, time.UTC),
			IneffectiveDate: time.Date(2027, time.March, 15, 0, 0, 0, 0, time.UTC),
		},
		Lint: func() lint.CertificateLintInterface { return clientAuthEnds{} },
	})
}

type clientAuthEnds struct{}

func (clientAuthEnds) CheckApplies(c *x509.Certificate) bool {
	return isServer(c) && !c.SelfSigned && len(c.ExtKeyUsage) > 0
}

func (clientAuthEnds) Execute(c *x509.Certificate) *lint.LintResult {
	if !slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageClientAuth) {
		return pass
	}
	return hit(lint.Notice, "extended key usage clientAuth; the next certificate may be without it")
}
