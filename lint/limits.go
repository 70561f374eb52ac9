package lint

import (
	"fmt"
	"slices"

	"github.com/zmap/zcrypto/rsa"
	"github.com/zmap/zcrypto/x509"
)

// The limits above which a certificate is not linted. Rules are written for
// certificates of a few thousand bytes, and some take time that grows with the
// square of what they look at: those about host names with the labels of one
// name, one about policies with their number, those about factors of an RSA modulus
// with its size. Real certificates stay far below.
const (
	maxSize       = 1 << 20 // bytes of DER
	maxNameLength = 10_000  // bytes of one DNS name or common name; DNS allows 253
	maxPolicies   = 5_000   // certificate policies
	maxKeyBits    = 65_536  // of an RSA modulus
)

// The limits above which a revocation list is not linted. The parser and some
// rules take half a kilobyte of memory for each entry, and one rule makes decimal
// digits of each serial number, in time that grows with the square of its length.
const (
	maxListSize   = 4 << 20 // bytes of DER, about 100,000 entries
	maxSerialBits = 8_000   // RFC 5280, section 5.2.3 and 4.1.2.2: at most 160
)

// oversizeList is oversize for a revocation list that was parsed.
func oversizeList(list *x509.RevocationList) error {
	if list.Number != nil && list.Number.BitLen() > maxSerialBits {
		return fmt.Errorf("its number has %d bits, more than the %d that are linted", list.Number.BitLen(), maxSerialBits)
	}
	for _, entry := range list.RevokedCertificates {
		if entry.SerialNumber != nil && entry.SerialNumber.BitLen() > maxSerialBits {
			return fmt.Errorf("a serial number in it has %d bits, more than the %d that are linted", entry.SerialNumber.BitLen(), maxSerialBits)
		}
	}
	return nil
}

// oversize says, in a sentence, which limit the certificate exceeds; it is empty
// when it exceeds none.
func oversize(c *x509.Certificate) string {
	if n := len(c.Raw); n > maxSize {
		return fmt.Sprintf("The certificate has %d bytes, more than the %d that are linted, so no rule ran.", n, maxSize)
	}
	if n := len(c.PolicyIdentifiers); n > maxPolicies {
		return fmt.Sprintf("The certificate has %d policies, more than the %d that are linted, so no rule ran.", n, maxPolicies)
	}
	if key, ok := c.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > maxKeyBits {
		return fmt.Sprintf("The key has %d bits, more than the %d that are linted, so no rule ran.", key.N.BitLen(), maxKeyBits)
	}
	if n := longestName(c); n > maxNameLength {
		return fmt.Sprintf("A name in the certificate has %d bytes, more than the %d that are linted, so no rule ran.", n, maxNameLength)
	}
	return ""
}

// longestName is the length of the longest name that a rule may split at its dots.
func longestName(c *x509.Certificate) int {
	longest := len(c.Subject.CommonName)
	for _, name := range slices.Concat(c.DNSNames, c.IANDNSNames) {
		longest = max(longest, len(name))
	}
	return longest
}
