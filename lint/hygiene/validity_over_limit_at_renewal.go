package hygiene

import (
	"time"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "n_validity_over_limit_at_renewal",
			Description: "Renewal SHOULD be ready for shorter validity: a public TLS certificate issued from 2026-03-15 on is valid for 200 days at most, from 2027-03-15 on for 100, from 2029-03-15 on for 47",
			Citation:    "https://cabforum.org/working-groups/server/baseline-requirements/requirements/ (section 6.3.2)",
			Source:      Source,
			// The day on which the ballot (SC-081v3) was adopted.
			EffectiveDate: time.Date(2025, time.April, 11, 0, 0, 0, 0, time.UTC),
		},
		Lint: func() lint.CertificateLintInterface { return validityOverLimitAtRenewal{} },
	})
}

type validityOverLimitAtRenewal struct{}

// limits are the validity periods that a certificate may have, by the day from
// which it is issued.
var limits = []struct {
	from time.Time
	days time.Duration
}{
	{time.Date(2026, time.March, 15, 0, 0, 0, 0, time.UTC), 200},
	{time.Date(2027, time.March, 15, 0, 0, 0, 0, time.UTC), 100},
	{time.Date(2029, time.March, 15, 0, 0, 0, 0, time.UTC), 47},
}

func (validityOverLimitAtRenewal) CheckApplies(c *x509.Certificate) bool {
	return isServer(c) && !c.SelfSigned && hasServerNames(c)
}

// Execute asks which limit holds on the last day of the certificate, which is
// when it has to be renewed at the latest. Whether it keeps to the limit of its
// own first day is zlint's to say.
func (validityOverLimitAtRenewal) Execute(c *x509.Certificate) *lint.LintResult {
	limit := limits[0]
	for _, l := range limits {
		if !c.NotAfter.Before(l.from) {
			limit = l
		}
	}
	length := validity(c)
	if c.NotAfter.Before(limit.from) || !c.NotBefore.Before(limit.from) || length <= limit.days*day {
		return pass
	}
	return hit(lint.Notice, "valid for %d days; if renewed on %s, for %d at most",
		(length+day-1)/day, c.NotAfter.Format(time.DateOnly), limit.days)
}
