package evidence

import (
	"certlens/internal/cert"
)

// serialOf gives the serial number of the certificate as serialKey does; empty
// when it can't be read.
func serialOf(c *cert.Certificate) string {
	outer := reader{rest: c.DER, log: new(log)}
	whole := outer.enter(outer.take(tagSequence, ""), "")
	tbs := whole.enter(whole.take(tagSequence, ""), "")
	tbs.explicit(0, "version")
	return serialKey(tbs.take(tagInteger, "").value())
}

// serialKey is the content of an INTEGER in its shortest form: programs exist
// that write a zero too many.
func serialKey(b []byte) string {
	for len(b) > 1 && b[0] == 0 && b[1] < 0x80 {
		b = b[1:]
	}
	return string(b)
}

// keyBits is what the BIT STRING of a SubjectPublicKeyInfo holds. RFC 6960,
// section 4.1.1: issuerKeyHash is over "the value (excluding tag and length)", and
// the count of unused bits is no part of it.
func keyBits(spki []byte) []byte {
	outer := reader{rest: spki, log: new(log)}
	in := outer.enter(outer.take(tagSequence, ""), "")
	in.take(tagSequence, "algorithm")
	if value := in.take(tagBitString, "").value(); len(value) > 0 {
		return value[1:]
	}
	return nil
}

const (
	keyUsage         = "2.5.29.15"
	extendedKeyUsage = "2.5.29.37"
	usageOCSPSigning = "1.3.6.1.5.5.7.3.9"
)

// hasCRLSign tells whether the key usage allows to sign lists: it has bit 6, or
// there is none.
func hasCRLSign(c *cert.Certificate) bool {
	value, _, ok := c.Extension(keyUsage)
	if !ok {
		return true
	}
	in := reader{rest: value, log: new(log)}
	bits := in.take(tagBitString, "").value()
	return len(bits) > 1 && bits[1]&0x02 != 0
}

// signsResponses tells whether the certificate has the extended key usage for
// OCSP responses.
func signsResponses(c *cert.Certificate) bool {
	value, _, _ := c.Extension(extendedKeyUsage)
	outer := reader{rest: value, log: new(log)}
	usages := outer.enter(outer.take(tagSequence, ""), "")
	for usages.more() {
		if oid(usages.take(tagOID, "")) == usageOCSPSigning {
			return true
		}
	}
	return false
}
