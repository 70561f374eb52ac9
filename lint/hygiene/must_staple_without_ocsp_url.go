package hygiene

import (
	"github.com/zmap/zcrypto/encoding/asn1"
	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "w_must_staple_without_ocsp_url",
			Description: "A certificate that demands a stapled OCSP response SHOULD say where the server gets one: without it, clients that honour the demand refuse the server",
			Citation:    "RFC 7633; RFC 5280, section 4.2.2.1",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return mustStapleWithoutOCSPURL{} },
	})
}

type mustStapleWithoutOCSPURL struct{}

const (
	tlsFeature      = "1.3.6.1.5.5.7.1.24"
	statusRequest   = 5  // RFC 6066, section 8
	statusRequestV2 = 17 // RFC 6961, section 2.1
)

func (mustStapleWithoutOCSPURL) CheckApplies(c *x509.Certificate) bool {
	var features []int
	rest, err := asn1.Unmarshal(c.ExtensionsMap[tlsFeature].Value, &features)
	if err != nil || len(rest) > 0 || c.IsCA {
		return false
	}
	for _, f := range features {
		if f == statusRequest || f == statusRequestV2 {
			return true
		}
	}
	return false
}

func (mustStapleWithoutOCSPURL) Execute(c *x509.Certificate) *lint.LintResult {
	if len(c.OCSPServer) > 0 {
		return pass
	}
	return hit(lint.Warn, "TLS feature status_request, but no OCSP URL in the authority information access")
}
