package hygiene

import (
	"net"
	"strconv"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "n_common_name_not_in_san",
			Description: "A host in the common name SHOULD be in the subject alternative name too: clients do not look at the common name",
			Citation:    "RFC 9110, section 4.3.5",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return commonNameNotInSAN{} },
	})
}

type commonNameNotInSAN struct{}

func (commonNameNotInSAN) CheckApplies(c *x509.Certificate) bool {
	return isServer(c) && hasServerNames(c) && looksLikeHost(c.Subject.CommonName)
}

func (commonNameNotInSAN) Execute(c *x509.Certificate) *lint.LintResult {
	if covers(c, c.Subject.CommonName) {
		return pass
	}
	return hit(lint.Notice, "common name %s", strconv.QuoteToASCII(c.Subject.CommonName))
}

// covers tells whether the alternative names include the host.
func covers(c *x509.Certificate, host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		for _, other := range c.IPAddresses {
			if other.Equal(ip) {
				return true
			}
		}
		return false
	}
	for _, name := range c.DNSNames {
		if matches(name, host) {
			return true
		}
	}
	return false
}
