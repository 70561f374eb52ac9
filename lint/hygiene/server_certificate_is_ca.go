package hygiene

import (
	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
	"github.com/zmap/zlint/v3/util"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "w_server_certificate_is_ca",
			Description: "A certificate that names hosts SHOULD NOT be a CA certificate: who steals the server's key can issue certificates with it, and Firefox reports it as an error",
			Citation:    "RFC 5280, section 4.2.1.9",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return serverCertificateIsCA{} },
	})
}

type serverCertificateIsCA struct{}

// CheckApplies leaves out what means to be a CA and no server, whatever it names,
// such as the CA that kubeadm makes: it may sign certificates, and has no
// extended key usage for servers.
func (serverCertificateIsCA) CheckApplies(c *x509.Certificate) bool {
	signs := c.KeyUsage&x509.KeyUsageCertSign != 0
	return hasServerNames(c) && (!signs || util.HasEKU(c, x509.ExtKeyUsageServerAuth))
}

func (serverCertificateIsCA) Execute(c *x509.Certificate) *lint.LintResult {
	if !c.BasicConstraintsValid || !c.IsCA {
		return pass
	}
	return hit(lint.Warn, "basic constraints say cA:TRUE, and the alternative names say %s", some(hostNames(c)))
}

// hostNames are the DNS names and IP addresses of the alternative names.
func hostNames(c *x509.Certificate) []string {
	names := append([]string(nil), c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}
