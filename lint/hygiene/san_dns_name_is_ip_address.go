package hygiene

import (
	"net"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "e_san_dns_name_is_ip_address",
			Description: "An IP address in the subject alternative name MUST be an iPAddress, not a dNSName: clients compare addresses with iPAddress entries alone",
			Citation:    "RFC 9110, section 4.3.5; RFC 5280, section 4.2.1.6",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return sanDNSNameIsIPAddress{} },
	})
}

type sanDNSNameIsIPAddress struct{}

func (sanDNSNameIsIPAddress) CheckApplies(c *x509.Certificate) bool { return len(c.DNSNames) > 0 }

func (sanDNSNameIsIPAddress) Execute(c *x509.Certificate) *lint.LintResult {
	var found []string
	for _, name := range c.DNSNames {
		if net.ParseIP(name) != nil {
			found = append(found, name)
		}
	}
	if found == nil {
		return pass
	}
	return hit(lint.Error, "dNSName %s", some(found))
}
