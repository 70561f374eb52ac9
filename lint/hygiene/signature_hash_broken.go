package hygiene

import (
	"slices"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "w_signature_hash_broken",
			Description: "A certificate SHOULD NOT be signed with MD2, MD5 or SHA-1: collisions can be made, and current clients refuse it",
			Citation:    "NIST SP 800-131A Rev. 2, section 9; RFC 6151, section 2",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return signatureHashBroken{} },
	})
}

type signatureHashBroken struct{}

var brokenHashes = []x509.SignatureAlgorithm{
	x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1,
}

// CheckApplies leaves self-signed certificates out: nobody relies on the
// signature of an anchor.
func (signatureHashBroken) CheckApplies(c *x509.Certificate) bool { return !c.SelfSigned }

func (signatureHashBroken) Execute(c *x509.Certificate) *lint.LintResult {
	if !slices.Contains(brokenHashes, c.SignatureAlgorithm) {
		return pass
	}
	return hit(lint.Warn, "signed with %s", c.SignatureAlgorithm)
}
