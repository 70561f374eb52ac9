package lint

//lint:file-ignore SA1019 The coordinates are read, as the rule that this stands
// for reads them; they are never changed.

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"math/big"

	"github.com/zmap/zcrypto/x509"
	"golang.org/x/crypto/cryptobyte"
)

// notSmallKey stands for e_ecdsa_small_private_key, which looks for a private key
// of at most 2^16 or its negative. The rule spends most of its time on a table of
// 4,096 points for each curve.
func notSmallKey(s Subject) bool {
	key := ecdsaKey(s.Cert.X509)
	if key == nil {
		return false
	}
	switch q := (point{key.X, key.Y}); key.Curve {
	case elliptic.P256():
		return !smallP256().mayHave(q)
	case elliptic.P384():
		return !smallP384().mayHave(q)
	}
	return false
}

// ecdsaKey is the certificate's key if it is one of a curve; else nil.
func ecdsaKey(c *x509.Certificate) *ecdsa.PublicKey {
	key, _ := c.PublicKey.(*ecdsa.PublicKey)
	if augmented, ok := c.PublicKey.(*x509.AugmentedECDSA); ok {
		key = augmented.Pub
	}
	if key == nil || key.X == nil || key.Y == nil {
		return nil
	}
	return key
}

// notSignedBySmallKey stands for e_cert_issued_by_compromised_emudhra_ca, which
// tries eight P-384 keys on the signature, with one verification each. The
// private keys of all eight are below 256, and that takes less to find out.
func notSignedBySmallKey(subject Subject) bool {
	c := subject.Cert.X509
	r, s, ok := readSignature(c.Signature)
	digest, known := digestOf(c)
	switch {
	case !ok || !known:
		return false
	case c.SelfSigned: // zcrypto has verified it with the certificate's own key
		return notAmongFirst(c)
	case subject.Signed && subject.Issuer != nil && subject.Issuer.X509 != nil:
		return notAmongFirst(subject.Issuer.X509)
	case r.BitLen() <= 264:
		// The signer's curve is a smaller one. With one of the eight keys such
		// an r takes about 2^120 attempts to hit.
		return true
	}
	return !maybeSignedBySmallKey(r, s, digest)
}

// notAmongFirst tells that the signer's key, which is known, is none of the first
// multiples of G. One other key verifies the same signature, but nobody can choose
// which: it depends on the hash of what was signed.
func notAmongFirst(signer *x509.Certificate) bool {
	key := ecdsaKey(signer)
	return key != nil && (key.Curve != elliptic.P384() || !smallP384().isNear(key.X))
}

// maybeSignedBySmallKey tells whether a P-384 key d·G with 0 < d < 256 may have
// made the signature. The signer solved s·k = z + r·d for s, where r is the x of
// R = k·G. So R = (z/s)·G + d·(r/s)·G, and the question is whether one of the two
// points R with that x, less (z/s)·G, is a small multiple of (r/s)·G. Because
// the search takes a point and its negative for one, R plus (z/s)·G does for the
// other R less it.
func maybeSignedBySmallKey(r, s *big.Int, digest []byte) bool {
	curve := elliptic.P384().Params()
	if r.Cmp(curve.N) >= 0 || s.Cmp(curve.N) >= 0 {
		return true
	}
	y := lift(curve, r) // r + n is no other candidate: it needs an r below 2^190
	if y == nil {
		return false // no point has this x, so no key verifies the signature
	}
	inverse := new(big.Int).ModInverse(s, curve.N)
	fixed, ok1 := timesBase(mulMod(truncate(digest), inverse, curve.N))
	g, ok2 := timesBase(mulMod(r, inverse, curve.N))
	if !ok1 || !ok2 || fixed.x.Cmp(r) == 0 {
		return true
	}
	m := newMultiples(curve.P, g, 8, 1<<8)
	f := &field{p: curve.P}
	for _, q := range f.add([]point{{r, y}, {r, new(big.Int).Sub(curve.P, y)}}, fixed) {
		if m.mayHave(q) {
			return true
		}
	}
	return false
}

// lift gives a y for x, nil when x is not on the curve.
func lift(curve *elliptic.CurveParams, x *big.Int) *big.Int {
	square := new(big.Int).Mul(x, x) // y² = x³ - 3x + b
	square.Sub(square, big.NewInt(3)).Mul(square, x).Add(square, curve.B)
	return new(big.Int).ModSqrt(square.Mod(square, curve.P), curve.P)
}

// timesBase gives k·G on P-384; not for k = 0.
func timesBase(k *big.Int) (point, bool) {
	private, err := ecdh.P384().NewPrivateKey(k.FillBytes(make([]byte, 48)))
	if err != nil {
		return point{}, false
	}
	encoded := private.PublicKey().Bytes() // 4, x, y
	return point{new(big.Int).SetBytes(encoded[1:49]), new(big.Int).SetBytes(encoded[49:])}, true
}

// readSignature reads the SEQUENCE of two positive INTEGERs of RFC 3279, section
// 2.2.3. It says no to what is encoded otherwise, which a lenient reader may
// take.
func readSignature(der []byte) (r, s *big.Int, ok bool) {
	r, s = new(big.Int), new(big.Int)
	var inner cryptobyte.String
	input := cryptobyte.String(der)
	ok = input.ReadASN1(&inner, 0x30) && input.Empty() &&
		inner.ReadASN1Integer(r) && inner.ReadASN1Integer(s) && inner.Empty() &&
		r.Sign() > 0 && s.Sign() > 0
	return r, s, ok
}

// digestOf gives the hash of what was signed.
func digestOf(c *x509.Certificate) ([]byte, bool) {
	hash, ok := map[x509.SignatureAlgorithm]crypto.Hash{
		x509.ECDSAWithSHA1:   crypto.SHA1,
		x509.ECDSAWithSHA256: crypto.SHA256,
		x509.ECDSAWithSHA384: crypto.SHA384,
		x509.ECDSAWithSHA512: crypto.SHA512,
	}[c.SignatureAlgorithm]
	if !ok || !hash.Available() {
		return nil, false
	}
	h := hash.New()
	h.Write(c.RawTBSCertificate)
	return h.Sum(nil), true
}

// truncate gives the leftmost 384 bits of a digest as a number (FIPS 186-5,
// section 6.4.2), all of it when it is shorter.
func truncate(digest []byte) *big.Int {
	return new(big.Int).SetBytes(digest[:min(len(digest), 48)])
}

func mulMod(a, b, n *big.Int) *big.Int {
	product := new(big.Int).Mul(a, b)
	return product.Mod(product, n)
}
