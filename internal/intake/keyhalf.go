package intake

import "bytes"

// Public halves of keys. A private key that is not DER is given as a
// OneAsymmetricKey (RFC 5958, section 2) whose private part is empty: enough to
// name it by kind and fingerprint, and nothing that could get out.

// curve is an elliptic curve by its names.
type curve struct {
	name string // also in JWK (RFC 7518, section 6.2.1.1)
	oid  []byte
	ssh  string // RFC 5656, section 10.1
	size int    // bytes of a coordinate
}

var curves = []curve{
	{"P-256", []byte{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}, "nistp256", 32},
	{"P-384", []byte{0x2B, 0x81, 0x04, 0x00, 0x22}, "nistp384", 48},
	{"P-521", []byte{0x2B, 0x81, 0x04, 0x00, 0x23}, "nistp521", 66},
	{"P-224", []byte{0x2B, 0x81, 0x04, 0x00, 0x21}, "", 28},
	{"secp256k1", []byte{0x2B, 0x81, 0x04, 0x00, 0x0A}, "", 32},
}

func curveByOID(oid []byte) *curve {
	for i := range curves {
		if bytes.Equal(curves[i].oid, oid) {
			return &curves[i]
		}
	}
	return nil
}

func curveNamed(name string) *curve {
	for i := range curves {
		if curves[i].name == name || curves[i].ssh == name && name != "" {
			return &curves[i]
		}
	}
	return nil
}

// OIDs of key algorithms, encoded (RFC 8017, RFC 5480, RFC 3279, RFC 8410).
var (
	oidRSA     = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01}
	oidEC      = []byte{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01}
	oidDSA     = []byte{0x2A, 0x86, 0x48, 0xCE, 0x38, 0x04, 0x01}
	oidEd25519 = []byte{0x2B, 0x65, 0x70}
)

// edwards are the keys of RFC 8410 by their names in JWK (RFC 8037, section 2).
var edwards = map[string][]byte{
	"X25519": {0x2B, 0x65, 0x6E}, "X448": {0x2B, 0x65, 0x6F}, "Ed25519": oidEd25519, "Ed448": {0x2B, 0x65, 0x71},
}

// A half is the public half of a key.
type half struct {
	algorithm []byte // AlgorithmIdentifier
	key       []byte // what the BIT STRING holds
}

// rsaHalf is that of RSA. Numbers are big-endian, without a sign.
func rsaHalf(modulus, exponent []byte) half {
	return half{build(tagSequence, build(tagOID, oidRSA), build(tagNull)), build(tagSequence, integer(modulus), integer(exponent))}
}

// curveHalf is that of a point on a named curve (RFC 5480, section 2.2).
func curveHalf(c *curve, point []byte) half {
	return half{build(tagSequence, build(tagOID, oidEC), build(tagOID, c.oid)), point}
}

// coordinates make an uncompressed point.
func (c *curve) point(x, y []byte) []byte {
	if len(x) > c.size || len(y) > c.size {
		return nil
	}
	point := make([]byte, 1+2*c.size)
	point[0] = 4
	copy(point[1+c.size-len(x):], x)
	copy(point[1+2*c.size-len(y):], y)
	return point
}

func edwardsHalf(oid, key []byte) half { return half{build(tagSequence, build(tagOID, oid)), key} }

func dsaHalf(p, q, g, y []byte) half {
	parameters := build(tagSequence, integer(p), integer(q), integer(g))
	return half{build(tagSequence, build(tagOID, oidDSA), parameters), integer(y)}
}

// spki gives a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
func (h half) spki() []byte {
	return build(tagSequence, h.algorithm, build(tagBitString, []byte{0}, h.key))
}

// private gives a OneAsymmetricKey with nothing in its private part. That of an
// elliptic curve holds an ECPrivateKey (RFC 5915), in which the point stands.
func (h half) private() []byte {
	const version2 = 1
	var inside []byte
	if bytes.HasPrefix(h.algorithm[2:], build(tagOID, oidEC)) {
		inside = build(tagSequence, integer([]byte{1}), build(tagOctets), build(tagContext1, build(tagBitString, []byte{0}, h.key)))
	}
	// [1] IMPLICIT BIT STRING, primitive.
	public := build(0x81, []byte{0}, h.key)
	return build(tagSequence, integer([]byte{version2}), h.algorithm, build(tagOctets, inside), public)
}

// infoHalf takes a SubjectPublicKeyInfo apart.
func infoHalf(e element) (half, bool) {
	c := children(e.body, 3)
	if e.tag != tagSequence || !is(c, tagSequence, tagBitString) || c[1].missing > 0 || len(c[1].body) < 2 || len(c[0].raw) < 4 {
		return half{}, false
	}
	return half{c[0].raw, c[1].body[1:]}, true
}

// takeKey adds a key that is known by its public half; nil when it is not known.
func (p *piece) takeKey(kind Kind, h *half, format string) {
	if h != nil && kind == PublicKey && holdsPrivate(h.spki()) {
		kind, h = PrivateKey, nil // somebody pasted a key into a number
	}
	o := Object{Kind: kind, Format: format}
	switch {
	case h != nil && kind == PrivateKey:
		o.DER = h.private()
	case h != nil:
		o.DER = h.spki()
	case kind == PrivateKey:
		o.DER, o.Label = []byte{tagNull, 0}, "PRIVATE KEY"
	default:
		return
	}
	p.objects = append(p.objects, o)
}

// build encodes an element of definite length (X.690, section 8.1).
func build(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, part := range parts {
		n += len(part)
	}
	out := append(make([]byte, 0, n+6), tag)
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	for _, part := range parts {
		out = append(out, part...)
	}
	return out
}

// integer encodes a number that is not negative.
func integer(number []byte) []byte {
	number = bytes.TrimLeft(number, "\x00")
	if len(number) == 0 || number[0]&0x80 != 0 {
		number = append([]byte{0}, number...)
	}
	return build(tagInteger, number)
}
