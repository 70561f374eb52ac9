package cert

import (
	"bytes"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
	"strconv"
	"sync"

	"certlens/internal/report"
)

// A publicKey is a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7), decoded.
// The byte fields are numbers, most significant byte first, without leading
// zeros; what the algorithm does not have, or what could not be read, is nil.
type publicKey struct {
	oid string
	// raw is the content of the BIT STRING.
	raw []byte
	// modulus and exponent are those of RSA.
	modulus, exponent []byte
	// p, q, g and y are those of DSA; p and y also of DH.
	p, q, g, y []byte
	// curveOID names the curve; explicit says that its parameters stood there
	// instead, and curveOID is then empty unless they are those of a NIST curve.
	curveOID, curve string
	curveBits       int
	explicit        bool
	// inherited says that the key has the parameters of its issuer's.
	inherited bool
	// parametersAt is where the parameters of an elliptic curve start.
	parametersAt int
}

// publicKeyInfo decodes the SubjectPublicKeyInfo e, which is the field called
// name and was read last.
func (c *cursor) publicKeyInfo(e element, name string) publicKey {
	if !e.ok() {
		return publicKey{}
	}
	info := c.enter(e, name)
	k := info.publicKeyFields()
	info.end()
	return k
}

// publicKeyFields decodes the fields of a SubjectPublicKeyInfo.
func (c *cursor) publicKeyFields() publicKey {
	var k publicKey
	algorithm := c.sequence("algorithm")
	k.oid = algorithm.oid("algorithm")
	bits := c.take(tagBitString, "subjectPublicKey")
	raw := c.bits(bits, "subjectPublicKey").bytes
	if bits.missing == 0 {
		k.raw = raw
	}
	inside := cursor{rest: raw, at: bits.inner() + 1, path: join(c.path, "subjectPublicKey"), cut: bits.missing > 0, log: c.log, broken: !bits.ok()}
	algorithm.path = join(algorithm.path, "parameters")
	k.decode(algorithm, inside)
	return k
}

// decode reads the parameters and the key itself, as the algorithm has them.
func (k *publicKey) decode(parameters, key cursor) {
	switch k.oid {
	case oidRSA, oidRSAPSS, "2.5.8.1.1", "1.2.840.113549.1.1.7":
		k.decodeRSA(key)
	case oidEC, "1.3.132.1.12", "1.3.132.1.13":
		k.decodeCurve(parameters)
	case oidDSA, "1.3.14.3.2.12":
		k.decodeDSA(parameters, key)
	case "1.2.840.10046.2.1", "1.2.840.113549.1.3.1":
		k.decodeDH(parameters, key)
	}
}

// decodeRSA reads an RSAPublicKey (RFC 8017, appendix A.1.1).
func (k *publicKey) decodeRSA(key cursor) {
	in := key.sequence("")
	k.modulus = in.positive("modulus")
	k.exponent = in.positive("publicExponent")
	in.end()
	key.end()
}

// positive reads an INTEGER that should be greater than zero. A negative one is
// noted and read without its sign, as programs that forgot the leading zero
// meant it; one that is cut is nil, as its size would be wrong.
func (c *cursor) positive(name string) []byte {
	e := c.take(tagInteger, name)
	if !e.ok() {
		return nil
	}
	c.checkInteger(e, name)
	if len(e.content) > 0 && e.content[0]&0x80 != 0 {
		c.hard(e, name, "the INTEGER is negative")
	} else if len(e.content) > 0 && bitLength(e.content) == 0 {
		c.hard(e, name, "the INTEGER is zero")
	}
	return unsigned(whole(e, e.content))
}

// decodeDSA reads Dss-Parms and the public number (RFC 3279, section 2.3.2). A
// key may leave out the parameters and take those of its issuer.
func (k *publicKey) decodeDSA(parameters, key cursor) {
	if h, ok := parameters.peek(); ok && h.class == universal && h.tag == tagSequence {
		in := parameters.sequence("")
		k.p, k.q, k.g = in.positive("p"), in.positive("q"), in.positive("g")
	} else {
		k.inherited = true
	}
	k.y = key.positive("")
	key.end()
}

// decodeDH reads the prime and the public number; the forms of X9.42 (RFC 3279,
// section 2.3.3) and PKCS #3 differ only in what follows the prime.
func (k *publicKey) decodeDH(parameters, key cursor) {
	in := parameters.sequence("")
	k.p = in.positive("p")
	k.y = key.positive("")
	key.end()
}

// decodeCurve reads ECParameters (RFC 5480, section 2.1.1): a named curve, or
// explicit parameters, which that RFC forbids and which exist nevertheless.
func (k *publicKey) decodeCurve(parameters cursor) {
	e := parameters.next("")
	k.parametersAt = e.at
	switch {
	case e.is(tagOID):
		k.curveOID = parameters.oidOf(e, "")
		k.curve = OIDName(k.curveOID)
		k.curveBits = curveByOID(k.curveOID).bits
	case e.is(tagSequence):
		k.explicit = true
		k.decodeExplicit(parameters.enter(e, ""))
	case e.is(tagNull):
		k.inherited = true
	case e.ok():
		parameters.hard(e, "", "expected the name of a curve, found "+e.typeName())
	}
}

// decodeExplicit reads SpecifiedECDomain (SEC 1, appendix C.2). Parameters that
// are those of a named curve in every number make the key one on that curve;
// any other set only has a size. Looking at less than all of them is how
// CVE-2020-0601 came about.
func (k *publicKey) decodeExplicit(in cursor) {
	in.integer("version")
	field := in.sequence("fieldID")
	if field.oid("fieldType") != oidPrimeField {
		return
	}
	prime := field.positive("prime")
	k.curveBits = bitLength(prime)
	equation := in.sequence("curve")
	a, b := equation.octets("a"), equation.octets("b")
	base := in.octets("base")
	order := in.positive("order")
	if name := explicitCurve(prime, a, b, base, order); name != "" {
		k.curve = name
		k.curveOID = curveByName(name).oid
	}
}

// explicitCurve is the name of the NIST curve with these parameters, if any.
func explicitCurve(prime, a, b, base, order []byte) string {
	for _, named := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		p := named.Params()
		minus3 := new(big.Int).Sub(p.P, big.NewInt(3))
		size := (p.BitSize + 7) / 8
		if sameNumber(prime, p.P) && sameNumber(a, minus3) && sameNumber(b, p.B) && sameNumber(order, p.N) &&
			len(base) == 1+2*size && base[0] == 4 && sameNumber(base[1:1+size], p.Gx) && sameNumber(base[1+size:], p.Gy) {
			return p.Name
		}
	}
	return ""
}

func sameNumber(b []byte, n *big.Int) bool { return bytes.Equal(unsigned(b), n.Bytes()) }

func curveByName(name string) curve {
	for _, c := range curveTable {
		if c.name == name {
			return c
		}
	}
	return curve{}
}

func curveByOID(oid string) curve {
	for _, c := range curveTable {
		if c.oid == oid {
			return c
		}
	}
	return curve{}
}

// knownKeys indexes keyTable by object identifier.
var knownKeys = sync.OnceValue(func() map[string]keyAlgorithm {
	known := make(map[string]keyAlgorithm, len(keyTable))
	for _, k := range keyTable {
		known[k.oid] = k
	}
	return known
})

// report is the key as the contract wants it.
func (k publicKey) report() report.Key {
	r := report.Key{Algorithm: OIDName(k.oid), OID: k.oid}
	if known, ok := knownKeys()[k.oid]; ok {
		r.Algorithm, r.Bits = known.name, known.bits
	}
	switch {
	case k.modulus != nil:
		r.Bits = bitLength(k.modulus)
		r.Modulus = hexText(k.modulus)
		r.Exponent = integerText(positiveContent(k.exponent))
		return r
	case k.y != nil:
		r.Bits = bitLength(k.p)
		r.Point = hexText(k.y)
		r.Parameters = k.parameters()
		return r
	case k.oid == oidEC || k.curve != "":
		r.Bits, r.Curve = k.curveBits, k.curve
		r.Parameters = k.parameters()
	}
	r.Point = hexText(k.raw)
	return r
}

// slow tells whether a signature by the key takes long to check: milliseconds,
// or so much more that SignedBy refuses to.
func (k publicKey) slow() bool {
	return bitLength(k.modulus) > 4096 || bitLength(k.exponent) > maxExponent ||
		bitLength(k.p) > 4096 || bitLength(k.q) > 512 || len(k.y) > len(k.p)+1 || len(k.g) > len(k.p)+1
}

// positiveContent gives number the leading zero that an INTEGER needs to be
// positive.
func positiveContent(number []byte) []byte {
	if len(number) > 0 && number[0]&0x80 != 0 {
		return append([]byte{0}, number...)
	}
	return number
}

// parameters says what a reader should know beyond the size of the key.
func (k publicKey) parameters() string {
	switch {
	case k.explicit:
		return "explicit curve parameters"
	case k.inherited:
		return "parameters of the issuer"
	case k.q != nil:
		return strconv.Itoa(bitLength(k.q)) + "-bit subgroup"
	}
	return ""
}

// keyPin is the SHA-256 of a SubjectPublicKeyInfo (DER): in hexadecimal, and in
// the form of curl's --pinnedpubkey.
func keyPin(spki []byte) (hash, pin string) {
	if len(spki) == 0 {
		return "", ""
	}
	sum := sha256.Sum256(spki)
	return hexText(sum[:]), "sha256//" + base64.StdEncoding.EncodeToString(sum[:])
}
