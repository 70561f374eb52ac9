package hygiene

import (
	"strconv"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "w_server_name_only_in_common_name",
			Description: "A server's name SHOULD be in the subject alternative name: clients MUST NOT take it from the common name",
			Citation:    "RFC 9110, section 4.3.5",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return serverNameOnlyInCommonName{} },
	})
}

type serverNameOnlyInCommonName struct{}

// CheckApplies takes a certificate of any role that is not limited to other
// purposes: the self-signed certificates that "openssl req -x509" makes, which
// break this rule most, are CA certificates without key usages.
func (serverNameOnlyInCommonName) CheckApplies(c *x509.Certificate) bool {
	return looksLikeHost(c.Subject.CommonName) && (isServer(c) || c.SelfSigned && c.KeyUsage == 0)
}

func (serverNameOnlyInCommonName) Execute(c *x509.Certificate) *lint.LintResult {
	if hasServerNames(c) {
		return pass
	}
	return hit(lint.Warn, "common name %s", strconv.QuoteToASCII(c.Subject.CommonName))
}
