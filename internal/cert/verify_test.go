package cert

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"math/big"
	"testing"
	"time"
)

// TestSelfSignedFiles verifies the certificates that OpenSSL made, each with its
// own key, and then again after a bit of the signature was flipped.
func TestSelfSignedFiles(t *testing.T) {
	unsupported := map[string]bool{"secp256k1": true, "brainpool": true, "explicit-brainpool": true, "ed448": true,
		"pss-salt0": true, "pss-mgf-sha1": true, "mldsa": true}
	for _, name := range []string{"dsa", "dsa-q160", "p224", "p256-sha1", "p384", "p521", "secp256k1", "brainpool",
		"explicit-p256", "explicit-brainpool", "ed448", "rsa512-md5", "rsa768-sha1", "rsa1024-e3", "rsa2048-e41",
		"rsa16384", "pss-sha256", "pss-sha1", "pss-salt7", "pss-salt0", "pss-mgf-sha1", "pss-key", "mldsa", "version1"} {
		t.Run(name, func(t *testing.T) {
			der := pemFiles(t)[name]
			start := time.Now()
			c := Parse(der)
			checkVerdict(t, c.SignedBy(c), unsupported[name], false)
			if got := c.SelfSigned(); got == unsupported[name] {
				t.Errorf("SelfSigned is %v", got)
			}
			if d := time.Since(start); d > 30*time.Second {
				t.Errorf("took %v", d)
			}
			bad := bytes.Clone(der)
			bad[len(bad)-1] ^= 1
			c = Parse(bad)
			checkVerdict(t, c.SignedBy(c), unsupported[name], true)
		})
	}
}

// checkVerdict checks that err is nil, ErrUnsupportedAlgorithm, or, for a
// signature that was tampered with, anything else.
func checkVerdict(t *testing.T, err error, unsupported, tampered bool) {
	t.Helper()
	switch {
	case unsupported:
		if !errors.Is(err, ErrUnsupportedAlgorithm) {
			t.Errorf("want an unsupported algorithm, got %v", err)
		}
	case tampered:
		if err == nil || errors.Is(err, ErrUnsupportedAlgorithm) {
			t.Errorf("want a bad signature, got %v", err)
		}
	case err != nil:
		t.Error(err)
	}
}

// TestSignedBy checks that only the right parent verifies, and that what the
// parent may do plays no part.
func TestSignedBy(t *testing.T) {
	root := Parse(spec{subject: commonName("Root"), spki: edInfo(testKey("root")), key: testKey("root")}.der())
	leaf := Parse(spec{issuer: commonName("Root"), key: testKey("root")}.der())
	renamed := Parse(spec{issuer: commonName("Another"), key: testKey("root")}.der())
	twin := Parse(spec{subject: commonName("Root"), spki: edInfo(testKey("twin")), key: testKey("twin")}.der())
	if err := leaf.SignedBy(root); err != nil {
		t.Error(err)
	}
	if err := renamed.SignedBy(root); err != nil {
		t.Errorf("the name should play no part: %v", err)
	}
	checkVerdict(t, leaf.SignedBy(twin), false, true)
	checkVerdict(t, leaf.SignedBy(leaf), false, true)
	checkVerdict(t, leaf.SignedBy(Parse(pemFiles(t)["p384"])), false, true)
	checkVerdict(t, leaf.SignedBy(Parse([]byte("no certificate"))), false, true)
	checkVerdict(t, Parse(nil).SignedBy(root), false, true)
	if !root.SelfSigned() || leaf.SelfSigned() || twin.SelfIssued() != true {
		t.Error("self-signed is wrong")
	}
}

// TestCheckSignature is for the signatures of CRLs and OCSP responses.
func TestCheckSignature(t *testing.T) {
	c := Parse(spec{}.der())
	message := []byte("message")
	good := sign(testKey("leaf"), message)
	if err := c.CheckSignature(algID(oidEd25519), message, good); err != nil {
		t.Error(err)
	}
	checkVerdict(t, c.CheckSignature(algID(oidEd25519), []byte("other"), good), false, true)
	checkVerdict(t, c.CheckSignature(algID("1.2.840.10045.4.3.2"), message, good), false, true)
	checkVerdict(t, c.CheckSignature(algID("1.2.3.4"), message, good), true, false)
	checkVerdict(t, c.CheckSignature(nil, message, good), true, false)
}

// TestCompressedPoint signs with a key whose point is compressed.
func TestCompressedPoint(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	point := elliptic.MarshalCompressed(key.Curve, key.X, key.Y)
	s := spec{inner: algID("1.2.840.10045.4.3.2"), spki: seq(algID(oidEC, oid("1.2.840.10045.3.1.7")), bits(point)), key: key}
	c := Parse(s.der())
	if err := c.SignedBy(c); err != nil {
		t.Error(err)
	}
}

// TestCostlyKeys gives keys that would take minutes or hours: they must be told
// as unsupported, at once, and the rest of the certificate must be read.
func TestCostlyKeys(t *testing.T) {
	odd := func(bits int) *big.Int {
		n := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
		return n.Sub(n, big.NewInt(1)).SetBit(n, bits-1, 1)
	}
	for _, test := range []struct{ modulus, exponent int }{{16384, 16383}, {1_000_000, 17}, {300_000, 300_000}} {
		n, e := odd(test.modulus), odd(test.exponent)
		signature := make([]byte, (test.modulus+7)/8)
		s := spec{inner: algID("1.2.840.113549.1.1.11", null()), spki: seq(algID(oidRSA, null()), bits(seq(bigInt(n), bigInt(e)))), signature: bits(signature)}
		start := time.Now()
		c := Parse(s.der())
		checkVerdict(t, c.SignedBy(c), true, false)
		r := c.Report(testTime)
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%d bits, exponent of %d: %v", test.modulus, test.exponent, d)
		}
		if c.X509 == nil || r.Key.Bits != test.modulus || c.X509.FingerprintSHA256.Hex() != c.ID || r.SelfSigned {
			t.Errorf("%d bits: %v", test.modulus, r.Problems)
		}
	}
}

// TestRefusedKeys names the parameters of a curve that zcrypto does not know.
func TestRefusedKeys(t *testing.T) {
	for _, name := range []string{"explicit-p256", "explicit-brainpool", "brainpool"} {
		c := Parse(pemFiles(t)[name])
		if c.X509 != nil || len(c.Problems) != 1 || c.Problems[0].Field != "tbsCertificate.subjectPublicKeyInfo.algorithm.parameters" || c.Problems[0].Offset == 0 {
			t.Errorf("%s: %+v", name, c.Problems)
		}
	}
}

// TestPSSParameters gives parameters that lie.
func TestPSSParameters(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	spki := seq(algID(oidRSA, null()), bits(seq(bigInt(key.N), integer(int64(key.E)))))
	params := func(salt []byte) []byte {
		sha := algID("2.16.840.1.101.3.4.2.1")
		return seq(explicit(0, sha), explicit(1, algID(oidMGF1, sha)), explicit(2, salt))
	}
	for name, salt := range map[string][]byte{"right": integer(32), "wrong": integer(31), "negative": integer(-1), "huge": integer(1 << 62), "longer than a number": tlv(2, bytes.Repeat([]byte{1}, 9))} {
		s := spec{inner: algID(oidRSAPSS, params(salt)), spki: spki}
		sum := sha256.Sum256(s.tbs())
		sig, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: 32})
		must(err)
		s.signature = bits(sig)
		c := Parse(s.der())
		checkVerdict(t, c.SignedBy(c), false, name != "right")
		c.Report(testTime)
	}
}
