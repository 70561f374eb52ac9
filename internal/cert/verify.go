package cert

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	_ "crypto/md5" // Linked for the oldest signatures.
	_ "crypto/sha1"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"errors"
	"fmt"
	"math/big"

	"github.com/zmap/zcrypto/dsa"
	"github.com/zmap/zcrypto/rsa"
)

// ErrUnsupportedAlgorithm says that a signature could not be checked: this
// program does not compute its algorithm, or the key is so large that checking
// would take too long. It leaves open whether the signature is good. Test for it
// with errors.Is.
var ErrUnsupportedAlgorithm = errors.New("cert: unsupported algorithm")

var (
	errBadSignature = errors.New("cert: the signature does not verify")
	errNoKey        = errors.New("cert: the key cannot be read")
	errNoSignature  = errors.New("cert: the signature cannot be read")
)

func unsupported(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUnsupportedAlgorithm, fmt.Sprintf(format, args...))
}

// SignedBy checks the signature on c with the key of parent, and nothing else:
// neither names, nor validity, nor whether parent may sign. It is nil when the
// signature is good. An error that is ErrUnsupportedAlgorithm (by errors.Is)
// leaves open whether it is; any other says that it is bad, or that key or
// signature cannot be read.
//
// The algorithm is the one beside the signature (signatureAlgorithm); that the
// one inside the signed part differs is in Problems. RSA with PKCS #1 v1.5 (MD5,
// SHA-1, SHA-2) and PSS, ECDSA over P-224, P-256, P-384 and P-521, DSA and
// Ed25519 are supported, RSA keys of every size up to 16,384 bits included, with
// exponents of up to 64 bits. The check with a certificate's own key is done once.
func (c *Certificate) SignedBy(parent *Certificate) error {
	if c == parent || len(c.RawSPKI) > 0 && bytes.Equal(c.RawSPKI, parent.RawSPKI) {
		return c.selfVerdict()
	}
	return c.verifyWith(parent.walk.key)
}

// verifyWith checks the signature with a key.
func (c *Certificate) verifyWith(key publicKey) error {
	if c.walk.tbs == nil || !c.walk.signature.ok() {
		return errNoSignature
	}
	return verify(key, c.walk.outer, c.walk.tbs, c.walk.signatureBits.bytes)
}

// CheckSignature checks signature over signed with the key of c, as for a CRL or
// an OCSP response. algorithm is the DER of the AlgorithmIdentifier that goes
// with the signature (RFC 5280, section 4.1.1.2). The errors are those of
// SignedBy.
func (c *Certificate) CheckSignature(algorithm, signed, signature []byte) error {
	in := cursor{rest: algorithm, log: new(faults)}
	a := in.signatureAlgorithm(in.take(tagSequence, ""), "")
	return verify(c.walk.key, a, signed, signature)
}

// verify checks one signature.
func verify(key publicKey, a algorithm, signed, signature []byte) error {
	if key.oid == "" {
		return errNoKey
	}
	switch a.family {
	case rsaPKCS1, rsaPSS:
		return verifyRSA(key, a, signed, signature)
	case ecdsaFamily:
		return verifyECDSA(key, a, signed, signature)
	case dsaFamily:
		return verifyDSA(key, a, signed, signature)
	case ed25519Family:
		return verifyEd25519(key, signed, signature)
	}
	return unsupported("%s", a.name)
}

// mismatch says that the signature is of another kind than the key.
func mismatch(key publicKey, a algorithm) error {
	return fmt.Errorf("cert: the signature is %s, and the key is %s", a.name, OIDName(key.oid))
}

// digest hashes data with hash, which is 0 for one that is not supported.
func digest(hash crypto.Hash, data []byte) ([]byte, bool) {
	if hash == 0 || !hash.Available() {
		return nil, false
	}
	h := hash.New()
	h.Write(data)
	return h.Sum(nil), true
}

// maxModulus and maxExponent bound RSA keys, in bits. Public exponents are chosen
// small, so that signatures are fast to check: 65,537 nearly always, 33 bits at
// most in practice. A check takes time in proportion to the exponent, and an
// attacker gets hundreds of them out of one paste: with 64 bits the largest
// modulus takes a few milliseconds. OpenSSL has the bounds 16,384 and, for a
// modulus over 3,072 bits, 64 as well (OPENSSL_RSA_MAX_MODULUS_BITS,
// OPENSSL_RSA_MAX_PUBEXP_BITS).
const (
	maxModulus  = 16_384
	maxExponent = 64
)

// maxWork bounds the work of one modular exponentiation, in products of two
// 64-bit words, at that of the largest RSA key. In DSA it allows a modulus of
// 4,096 bits with a subgroup of 512 bits.
const maxWork = (maxModulus / 64) * (maxModulus / 64) * maxExponent

// tooMuchWork tells whether a number of exponentBits bits as exponent, modulo a
// number of modulusBits bits, would take too long.
func tooMuchWork(modulusBits, exponentBits int) bool {
	words := (modulusBits + 63) / 64
	return words > 1<<12 || words*words*exponentBits > maxWork
}

// verifyRSA does not use crypto/rsa, which refuses keys below 1,024 bits and
// exponents beyond 31 bits.
func verifyRSA(key publicKey, a algorithm, signed, signature []byte) error {
	if key.oid != oidRSA && key.oid != oidRSAPSS && key.oid != "2.5.8.1.1" {
		return mismatch(key, a)
	}
	bits := bitLength(key.modulus)
	if bits == 0 || bitLength(key.exponent) == 0 {
		return errNoKey
	}
	if bits > maxModulus || bitLength(key.exponent) > maxExponent {
		return unsupported("an RSA key of %d bits with an exponent of %d bits", bits, bitLength(key.exponent))
	}
	public := &rsa.PublicKey{N: new(big.Int).SetBytes(key.modulus), E: new(big.Int).SetBytes(key.exponent)}
	if a.pss != nil {
		return verifyPSS(public, a, signed, signature)
	}
	sum, ok := digest(a.hashID, signed)
	if !ok {
		return unsupported("%s", a.name)
	}
	if rsa.VerifyPKCS1v15(public, a.hashID, sum, signature) != nil {
		return errBadSignature
	}
	return nil
}

// verifyPSS leaves out two things that zcrypto does not have: a mask generation
// with another hash than that of the message, and a salt of no bytes, which it
// takes for one of any length.
func verifyPSS(public *rsa.PublicKey, a algorithm, signed, signature []byte) error {
	p := a.pss
	hash := hashByOID(p.hash)
	sum, ok := digest(hash, signed)
	if !ok || p.maskGen != oidMGF1 || p.maskHash != p.hash || p.salt == 0 || p.trailer != 1 {
		return unsupported("%s, %s", a.name, p.text())
	}
	if p.salt < 0 || p.salt > int64(public.Size()) {
		return errBadSignature
	}
	if rsa.VerifyPSS(public, hash, sum, signature, &rsa.PSSOptions{SaltLength: int(p.salt)}) != nil {
		return errBadSignature
	}
	return nil
}

// hashByOID is the hash function with the object identifier; 0 when this
// program does not compute it.
func hashByOID(oid string) crypto.Hash {
	switch oid {
	case oidSHA1:
		return crypto.SHA1
	case "2.16.840.1.101.3.4.2.4":
		return crypto.SHA224
	case "2.16.840.1.101.3.4.2.1":
		return crypto.SHA256
	case "2.16.840.1.101.3.4.2.2":
		return crypto.SHA384
	case "2.16.840.1.101.3.4.2.3":
		return crypto.SHA512
	}
	return 0
}

func verifyECDSA(key publicKey, a algorithm, signed, signature []byte) error {
	if key.oid != oidEC {
		return mismatch(key, a)
	}
	named := goCurve(key.curveOID)
	if named == nil {
		return unsupported("ECDSA over %s", curveText(key))
	}
	sum, ok := digest(a.hashID, signed)
	if !ok {
		return unsupported("%s", a.name)
	}
	public, err := ecPoint(named, key.raw)
	if err != nil {
		return err
	}
	if !ecdsa.VerifyASN1(public, sum, signature) {
		return errBadSignature
	}
	return nil
}

func curveText(key publicKey) string {
	if key.curve == "" {
		return "an unnamed curve"
	}
	return key.curve
}

// goCurve is the curve in crypto/elliptic; nil when it has none.
func goCurve(oid string) elliptic.Curve {
	switch oid {
	case "1.3.132.0.33":
		return elliptic.P224()
	case "1.2.840.10045.3.1.7":
		return elliptic.P256()
	case "1.3.132.0.34":
		return elliptic.P384()
	case "1.3.132.0.35":
		return elliptic.P521()
	}
	return nil
}

// ecPoint reads a point, uncompressed or compressed (SEC 1, section 2.3.4).
func ecPoint(named elliptic.Curve, point []byte) (*ecdsa.PublicKey, error) {
	if len(point) > 0 && (point[0] == 2 || point[0] == 3) {
		x, y := elliptic.UnmarshalCompressed(named, point)
		if x == nil {
			return nil, errNoKey
		}
		size := (named.Params().BitSize + 7) / 8
		point = make([]byte, 1+2*size)
		point[0] = 4
		x.FillBytes(point[1 : 1+size])
		y.FillBytes(point[1+size:])
	}
	public, err := ecdsa.ParseUncompressedPublicKey(named, point)
	if err != nil {
		return nil, errNoKey
	}
	return public, nil
}

func verifyEd25519(key publicKey, signed, signature []byte) error {
	if key.oid != oidEd25519 {
		return fmt.Errorf("cert: the signature is Ed25519, and the key is %s", OIDName(key.oid))
	}
	if len(key.raw) != ed25519.PublicKeySize {
		return errNoKey
	}
	if !ed25519.Verify(ed25519.PublicKey(key.raw), signed, signature) {
		return errBadSignature
	}
	return nil
}

// verifyDSA uses as much of the hash as the subgroup has bits: FIPS 186-4,
// section 4.6, "the leftmost min(N, outlen) bits of Hash(M)".
func verifyDSA(key publicKey, a algorithm, signed, signature []byte) error {
	if key.oid != oidDSA && key.oid != "1.3.14.3.2.12" {
		return mismatch(key, a)
	}
	sum, ok := digest(a.hashID, signed)
	size := bitLength(key.q)
	if !ok || key.p == nil || size%8 != 0 || tooMuchWork(bitLength(key.p), 2*size) {
		return unsupported("%s with %d-bit parameters", a.name, bitLength(key.p))
	}
	if size == 0 || len(key.y) > len(key.p) || len(key.g) > len(key.p) {
		return errNoKey
	}
	in := cursor{rest: signature, log: new(faults)}
	pair := in.sequence("")
	r, s := pair.positive("r"), pair.positive("s")
	if pair.log.anyHard() {
		return errBadSignature
	}
	public := &dsa.PublicKey{Y: new(big.Int).SetBytes(key.y)}
	public.P, public.Q, public.G = new(big.Int).SetBytes(key.p), new(big.Int).SetBytes(key.q), new(big.Int).SetBytes(key.g)
	if !dsa.Verify(public, sum[:min(len(sum), size/8)], new(big.Int).SetBytes(r), new(big.Int).SetBytes(s)) {
		return errBadSignature
	}
	return nil
}
