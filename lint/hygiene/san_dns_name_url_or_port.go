package hygiene

import (
	"net"
	"strings"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "e_san_dns_name_url_or_port",
			Description: "A dNSName in the subject alternative name MUST be a host name alone, without a scheme, a port, a path or a user",
			Citation:    "RFC 5280, section 4.2.1.6; RFC 1034, section 3.5",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return sanDNSNameURLOrPort{} },
	})
}

type sanDNSNameURLOrPort struct{}

func (sanDNSNameURLOrPort) CheckApplies(c *x509.Certificate) bool { return len(c.DNSNames) > 0 }

func (sanDNSNameURLOrPort) Execute(c *x509.Certificate) *lint.LintResult {
	var found []string
	for _, name := range c.DNSNames {
		// An IPv6 address has colons too, and e_san_dns_name_is_ip_address.
		if strings.ContainsAny(name, ":/@?#") && net.ParseIP(name) == nil {
			found = append(found, name)
		}
	}
	if found == nil {
		return pass
	}
	return hit(lint.Error, "dNSName %s", some(found))
}
