package hygiene

import (
	"math/big"

	"github.com/zmap/zcrypto/rsa"
	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "e_rsa_exponent_impossible",
			Description: "An RSA public exponent MUST be an odd number from 3 to n - 1: with any other there is no private key, or none is needed",
			Citation:    "RFC 8017, section 3.1",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return rsaExponentImpossible{} },
	})
}

type rsaExponentImpossible struct{}

func (rsaExponentImpossible) CheckApplies(c *x509.Certificate) bool {
	key, ok := c.PublicKey.(*rsa.PublicKey)
	return ok && key.E != nil && key.N != nil
}

// Execute asks for an odd number because n - 1 and the totient are even, and the
// exponent must share no factor with the totient.
func (rsaExponentImpossible) Execute(c *x509.Certificate) *lint.LintResult {
	key := c.PublicKey.(*rsa.PublicKey)
	if key.E.Cmp(big.NewInt(3)) >= 0 && key.E.Cmp(key.N) < 0 && key.E.Bit(0) == 1 {
		return pass
	}
	if key.E.BitLen() > 64 {
		return hit(lint.Error, "an exponent of %d bits, a modulus of %d bits", key.E.BitLen(), key.N.BitLen())
	}
	return hit(lint.Error, "exponent %d", key.E)
}
