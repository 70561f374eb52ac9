package cert

import (
	"bytes"
	"sync"

	"certlens/internal/report"
)

// LooksPrivate tells whether der carries marks of a private key, sound or
// damaged: PKCS#8, PKCS#1, SEC 1 or the DSA form of OpenSSL, with a few wrong
// bytes, cut, or inside of other SEQUENCEs. It is meant for what does not decode
// as what it claims to be, and errs on the side of caution there; a sound
// certificate, request, CRL or public key has none of the marks. It takes time in
// proportion to der.
func LooksPrivate(der []byte) bool {
	budget := maxSecretElements
	return rowsLookPrivate(der, 0, &budget) || holdsKeyAlgorithm(der) || holdsKeyNumbers(der)
}

const (
	// maxSecretDepth is the depth of the elements looked at, from 0. The fields
	// of a certificate's extensions stand deeper.
	maxSecretDepth = 3
	// maxSecretRow bounds the elements looked at in one constructed value; an
	// RSAPrivateKey has nine.
	maxSecretRow = 10
	// maxSecretElements bounds all of them.
	maxSecretElements = 400
	// largeNumber is the least size in bytes of a number that only keys have.
	largeNumber = 16
)

// rowsLookPrivate looks at the elements of data, and at those inside them.
func rowsLookPrivate(data []byte, depth int, budget *int) bool {
	row := looseRow(data, budget)
	if pkcs8Row(row) || sec1Row(row) || numbersRow(row) {
		return true
	}
	for i, e := range row {
		if depth < maxSecretDepth && (e.constructed || depth == 0 && i == 0) && rowsLookPrivate(e.content, depth+1, budget) {
			return true
		}
	}
	return false
}

// looseRow reads the first elements of data, as far as that goes. One whose
// length is indefinite or cannot be read goes to the end.
func looseRow(data []byte, budget *int) []element {
	var row []element
	for len(row) < maxSecretRow && len(data) > 0 && *budget > 0 {
		*budget--
		h, err := readHeader(data)
		if err != nil {
			h.size = 1
		}
		e := element{header: h, content: data[h.size:], full: data}
		if err == nil && !h.indefinite && h.length <= len(e.content) {
			e.content, e.full = e.content[:h.length], data[:h.size+h.length]
		}
		data = data[len(e.full):]
		row = append(row, e)
	}
	return row
}

// versioned tells whether the row starts with a value of one byte, as the version
// of every private key is.
func versioned(row []element) bool {
	return len(row) > 1 && !row[0].constructed && len(row[0].content) == 1
}

// pkcs8Row tells whether a row is a PrivateKeyInfo (RFC 5958, section 2):
// version, algorithm, OCTET STRING. One of the two may be damaged. What follows
// version and algorithm in other structures is a Name or another algorithm.
func pkcs8Row(row []element) bool {
	if len(row) < 3 || !versioned(row) {
		return false
	}
	algorithm, secret := row[1].content, row[2]
	if secret.is(tagOctetString) {
		return row[1].constructed || len(algorithm) > 0 && algorithm[0] == tagOID
	}
	return startsWithKeyAlgorithm(algorithm) && len(secret.content) > 1 && bytes.IndexByte([]byte{0x30, tagOctetString, tagInteger}, secret.content[0]) >= 0
}

// sec1Row tells whether a row is an ECPrivateKey (RFC 5915, section 3): version,
// OCTET STRING, then perhaps [0] or [1], which make up for a wrong tag.
func sec1Row(row []element) bool {
	return versioned(row) && (row[1].is(tagOctetString) || len(row) > 2 && tagged01(row[2].full))
}

// tagged01 tells whether data starts with the [0] or [1] of an ECPrivateKey: the
// name of a curve, or a BIT STRING.
func tagged01(data []byte) bool {
	if len(data) < 3 || data[0] != 0xa0 && data[0] != 0xa1 {
		return false
	}
	h, err := readHeader(data)
	return err == nil && len(data) > h.size && (data[0] == 0xa0 && data[h.size] == tagOID || data[0] == 0xa1 && data[h.size] == tagBitString)
}

// numbersRow tells whether a row is an RSAPrivateKey (RFC 8017, appendix A.1.2)
// or the DSA form: a version and a large INTEGER, or four large INTEGERs. A DSA
// key that is public has three, and an RSA key one.
func numbersRow(row []element) bool {
	large := 0
	for _, e := range row {
		if e.is(tagInteger) && len(e.content) >= largeNumber {
			large++
		}
	}
	return large > 3 || versioned(row) && row[1].is(tagInteger) && len(row[1].content) >= 2*largeNumber
}

// keyAlgorithms are the object identifiers (DER) of keys that people have.
var keyAlgorithms = sync.OnceValue(func() [][]byte {
	return [][]byte{
		[]byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), // rsaEncryption
		[]byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"), // RSASSA-PSS
		[]byte("\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"),         // ecPublicKey
		[]byte("\x06\x07\x2a\x86\x48\xce\x38\x04\x01"),         // DSA
		[]byte("\x06\x03\x2b\x65\x6e"),                         // X25519
		[]byte("\x06\x03\x2b\x65\x6f"),                         // X448
		[]byte("\x06\x03\x2b\x65\x70"),                         // Ed25519
		[]byte("\x06\x03\x2b\x65\x71"),                         // Ed448
	}
})

func startsWithKeyAlgorithm(data []byte) bool {
	for _, oid := range keyAlgorithms() {
		if bytes.HasPrefix(data, oid) {
			return true
		}
	}
	return false
}

// maxParameters is how far behind a key algorithm its key is looked for, as the
// name of a curve has up to 11 bytes; and how far from the start of the data the
// version is, with a few headers before it.
const maxParameters = 16

// holdsKeyAlgorithm looks, wherever it may stand, for the name of a key algorithm
// with a private key behind it. In a SubjectPublicKeyInfo a BIT STRING follows.
func holdsKeyAlgorithm(der []byte) bool {
	for _, oid := range keyAlgorithms() {
		for rest := der; ; {
			i := bytes.Index(rest, oid)
			if i < 0 {
				break
			}
			rest = rest[i+len(oid):]
			if !publicFollows(rest) && secretFollows(rest) {
				return true
			}
		}
	}
	return false
}

// publicFollows tells whether data is the end of an algorithm with the BIT STRING
// of a public key.
func publicFollows(data []byte) bool {
	if h, err := readHeader(data); err == nil && (data[0] == tagOID || data[0] == tagNull) && h.length <= len(data)-h.size {
		data = data[h.size+h.length:]
	}
	return len(data) > 0 && data[0] == tagBitString
}

// secretFollows tells whether an OCTET STRING stands near the start of data that
// holds just a SEQUENCE or an OCTET STRING, as far as data goes.
func secretFollows(data []byte) bool {
	for i := 0; i <= maxParameters && i < len(data); i++ {
		if data[i] != tagOctetString {
			continue
		}
		outer, err := readHeader(data[i:])
		if err != nil || i+outer.size >= len(data) {
			continue
		}
		content := data[i+outer.size:]
		inner, err := readHeader(content)
		if err == nil && (content[0] == 0x30 || content[0] == tagOctetString) && inner.size+inner.length == outer.length && inner.length >= largeNumber {
			return true
		}
	}
	return false
}

// sec1Start is version 1 and the tag of the number of an ECPrivateKey. Farther
// from the start, the same bytes stand in certificates too.
var sec1Start = []byte{tagInteger, 1, 1, tagOctetString}

// holdsKeyNumbers looks, wherever they may stand, for the numbers of a private
// key: INTEGERs side by side as in an RSAPrivateKey or the DSA forms, or the
// OCTET STRING of an ECPrivateKey with its [0] or [1].
func holdsKeyNumbers(der []byte) bool {
	for i, b := range der {
		if b == tagInteger && (numbersFollow(der[i:]) || i < maxParameters && bytes.HasPrefix(der[i:], sec1Start)) || b == tagOctetString && scalarFollows(der[i:]) {
			return true
		}
	}
	return false
}

// numbersFollow tells whether data starts with modulus, public exponent and
// private exponent, with four large INTEGERs, or with three and an OCTET STRING.
func numbersFollow(data []byte) bool {
	var sizes [4]int
	for i := range sizes {
		h, err := readHeader(data)
		switch {
		case err != nil:
			return false
		case i == 3 && data[0] == tagOctetString && h.length >= largeNumber && sizes[1] >= largeNumber:
			return true
		case data[0] != tagInteger:
			return false
		}
		sizes[i] = h.length
		switch {
		case i != 1 && h.length < largeNumber, h.length == 0:
			return false
		case i == 2 && sizes[1] <= 8, i == 3 && sizes[1] >= largeNumber:
			return true
		case h.length > len(data)-h.size:
			return false
		}
		data = data[h.size+h.length:]
	}
	return false
}

// scalarFollows tells whether data starts with an OCTET STRING of 28 to 66 bytes
// that the [0] or [1] of an ECPrivateKey follows.
func scalarFollows(data []byte) bool {
	return len(data) > 2 && data[1] >= 28 && data[1] <= 66 && len(data) > 2+int(data[1]) && tagged01(data[2+data[1]:])
}

// nothingRead tells whether no name and no date was read, which a certificate
// has in plain sight, however broken it may be otherwise.
func (c *Certificate) nothingRead() bool {
	return c.X509 == nil && len(c.walk.subject.Attributes)+len(c.walk.issuer.Attributes) == 0 && c.walk.notBefore == "" && c.walk.notAfter == ""
}

// conceal empties the certificate, which is a private key in truth: what the walk
// took for a serial number or a signature may be the secret. The ID remains.
func (c *Certificate) conceal() {
	c.secret = true
	c.walk = walk{subject: emptyName(), issuer: emptyName()}
	c.DER, c.RawSubject, c.RawIssuer, c.RawSPKI = nil, nil, nil, nil
	c.Problems = []report.Problem{{Field: "certificate", Fatal: true,
		Detail: "this looks like a private key, not like a certificate; nothing of it is shown"}}
}
