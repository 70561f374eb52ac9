package intake

import "bytes"

// What gives a private key away where classify sees none: when bytes of its
// headers are damaged, or when it stands inside something else.

// keyAlgorithms are the OIDs under which private keys stand in PKCS#8, encoded:
// rsaEncryption, RSASSA-PSS, ecPublicKey, X25519, X448, Ed25519, Ed448, DSA,
// Diffie-Hellman (RFC 8017, RFC 5480, RFC 8410, RFC 3279).
var keyAlgorithms = [][]byte{
	{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01},
	{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A},
	{0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01},
	{0x06, 0x03, 0x2B, 0x65, 0x6E},
	{0x06, 0x03, 0x2B, 0x65, 0x6F},
	{0x06, 0x03, 0x2B, 0x65, 0x70},
	{0x06, 0x03, 0x2B, 0x65, 0x71},
	{0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01},
	{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x03, 0x01},
}

// privateMarks are bytes in the middle of keys: the usual public exponent 65537
// and a long private one (RFC 8017, appendix A.1.2), and version 1 before the
// scalar of an elliptic curve key (RFC 5915, section 3).
var privateMarks = [][]byte{
	{0x02, 0x03, 0x01, 0x00, 0x01, 0x02, 0x81},
	{0x02, 0x03, 0x01, 0x00, 0x01, 0x02, 0x82},
	{0x02, 0x01, 0x01, 0x04, 0x1C},
	{0x02, 0x01, 0x01, 0x04, 0x20},
	{0x02, 0x01, 0x01, 0x04, 0x30},
	{0x02, 0x01, 0x01, 0x04, 0x42},
}

// holdsPrivate tells whether a private key stands anywhere in the data, whatever
// is around it. Its signs are so long that no object has them by chance.
func holdsPrivate(data []byte) bool {
	for _, m := range privateMarks {
		if bytes.Contains(data, m) {
			return true
		}
	}
	if bytes.Contains(data, []byte("PRIVATE KEY-----")) {
		return true
	}
	return afterAlgorithm(data, func(rest []byte) bool {
		if e, ok := readElement(rest); ok && (e.tag == tagNull || e.tag == tagOID || e.tag == tagSequence) {
			rest = rest[len(e.raw):]
		}
		return keyOctets(rest)
	})
}

// looksPrivate is holdsPrivate for data that is no whole object of a known
// form: weaker signs are enough.
func looksPrivate(data []byte) bool {
	return holdsPrivate(data) || privateInside(data, markDepth) || afterAlgorithm(data, func(rest []byte) bool {
		for i := 0; i < min(len(rest), markReach); i++ {
			if keyOctets(rest[i:]) {
				return true
			}
		}
		return false
	})
}

const (
	// markReach is how far after the OID of a key algorithm its key may begin,
	// in bytes: the parameters stand between.
	markReach = 16
	// markDepth and markWidth are how deep privateInside goes, and how many
	// elements it looks at on each level.
	markDepth, markWidth = 3, 12
)

// afterAlgorithm tells whether test holds for what follows one of the key
// algorithms.
func afterAlgorithm(data []byte, test func(rest []byte) bool) bool {
	for _, oid := range keyAlgorithms {
		for rest := data; ; {
			i := bytes.Index(rest, oid)
			if i < 0 {
				break
			}
			if rest = rest[i+len(oid):]; test(rest) {
				return true
			}
		}
	}
	return false
}

// keyOctets tells whether data starts with an OCTET STRING that a SEQUENCE or
// another OCTET STRING fills, as in PKCS#8 (RFC 5958, section 2; RFC 8410,
// section 7).
func keyOctets(data []byte) bool {
	if len(data) == 0 || data[0] != tagOctets {
		return false
	}
	head, outer, _, ok := readHeader(data)
	if !ok || head >= len(data) || data[head] != tagSequence && data[head] != tagOctets {
		return false
	}
	innerHead, inner, _, ok := readHeader(data[head:])
	return ok && innerHead+inner == outer
}

// privateInside looks for the fields of a private key side by side, in the
// elements of data and in theirs.
func privateInside(data []byte, depth int) bool {
	c := children(data, markWidth)
	if keyFields(c) {
		return true
	}
	for _, e := range c {
		holder := e.tag&0x20 != 0 || e.tag == tagOctets
		if holder && depth > 0 && privateInside(e.body, depth-1) {
			return true
		}
	}
	return false
}

// keyFields tells whether neighbours among the elements are the fields of a
// private key: an algorithm and an OCTET STRING, a version and the scalar of an
// elliptic curve key, or five long INTEGERs.
func keyFields(c []element) bool {
	long := 0
	for i, e := range c {
		if long++; e.tag != tagInteger || len(e.body) < 16 {
			long = 0
		}
		if long == 5 {
			return true
		}
		if i == 0 || e.tag != tagOctets {
			continue
		}
		before := c[i-1]
		scalar := before.tag == tagInteger && len(before.body) <= 1 && len(e.body) >= 28 && len(e.body) <= 66
		if scalar || before.tag == tagSequence && keyAlgorithm(before) {
			return true
		}
	}
	return false
}

// keyAlgorithm tells whether e is the AlgorithmIdentifier of a key.
func keyAlgorithm(e element) bool {
	for _, oid := range keyAlgorithms {
		if bytes.HasPrefix(e.body, oid) {
			return true
		}
	}
	return false
}
