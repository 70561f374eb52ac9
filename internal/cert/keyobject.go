package cert

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/sha256"
	"math/big"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"certlens/internal/report"
)

// KeyObject describes a private or public key: its format, its algorithm, its
// size and the SHA-256 of its public half. No byte of a secret reaches the
// result, not even by way of a Problem, which therefore names no detail. label
// is the PEM label, or empty; it counts where the DER does not tell what it is,
// and what a label calls private is never described as a public key. ID is empty
// unless the public half is known. The caller fills in Input.
//
// Private keys are read as PKCS#8 (RFC 5958), PKCS#1 (RFC 8017), SEC 1
// (RFC 5915) and the DSA form of OpenSSL; an encrypted one is known by its kind
// alone. Public keys are read as SubjectPublicKeyInfo and PKCS#1.
func KeyObject(der []byte, label string) report.Object {
	format := keyFormat(der)
	public := format == "SubjectPublicKeyInfo" || format == "RSAPublicKey"
	switch {
	case public && privateLabel(label):
		return privateObject(der, "", label)
	case format == "" && !privateLabel(label) && LooksPrivate(der):
		return privateObject(der, "", "PRIVATE KEY")
	}
	switch format {
	case "SubjectPublicKeyInfo":
		return publicObject(der, der)
	case "RSAPublicKey":
		return publicObject(der, rsaInfo(der))
	case "EncryptedPrivateKeyInfo":
		return report.Object{Kind: "private-key", Title: "Encrypted private key", Fields: []report.Field{{Label: "Format", Value: "PKCS #8, encrypted"}}}
	}
	if format == "" && strings.HasSuffix(label, "PUBLIC KEY") {
		return publicObject(der, der)
	}
	return privateObject(der, format, label)
}

// privateLabel tells whether a PEM label names a private key: "RSA PRIVATE KEY",
// "PGP PRIVATE KEY BLOCK".
func privateLabel(label string) bool {
	return strings.HasSuffix(strings.TrimSuffix(label, " BLOCK"), "PRIVATE KEY")
}

// minBareModulus is the least size of a modulus, in bytes, of an RSAPublicKey
// that stands alone: two INTEGERs are also what is left of many a broken thing.
const minBareModulus = 32

// keyFormat tells the form of a key by its first elements; it is empty when
// there is no such form.
func keyFormat(der []byte) string {
	c := cursor{rest: der, log: new(faults)}
	in := c.sequence("")
	first, second, third := in.next(""), in.next(""), in.optional(universal, tagInteger, "")
	switch {
	case first.is(tagSequence) && second.is(tagBitString):
		return "SubjectPublicKeyInfo"
	case first.is(tagSequence) && second.is(tagOctetString):
		return "EncryptedPrivateKeyInfo"
	case first.is(tagInteger) && second.is(tagSequence):
		return "PKCS #8"
	case first.is(tagInteger) && second.is(tagOctetString):
		return "SEC 1"
	case first.is(tagInteger) && second.is(tagInteger) && !third.ok() && !in.more() && first.missing+second.missing == 0 &&
		len(first.content) >= minBareModulus:
		return "RSAPublicKey"
	case first.is(tagInteger) && second.is(tagInteger) && third.ok():
		return integersFormat(in)
	}
	return ""
}

// integersFormat tells two forms apart that are rows of INTEGERs: PKCS #1 has
// nine, the DSA form six. Three have been read.
func integersFormat(in cursor) string {
	if in.cut {
		// A row that is cut may be the start of a longer one.
		return ""
	}
	n := 3
	for in.more() && in.next("").is(tagInteger) {
		n++
	}
	switch n {
	case 6:
		return "DSA"
	case 9:
		return "PKCS #1"
	}
	return ""
}

// publicObject describes a public key.
func publicObject(der, spki []byte) report.Object {
	sum := sha256.Sum256(der)
	log := newFaults("subjectPublicKeyInfo")
	k := readPublicKey(spki, log)
	object := report.Object{Kind: "public-key", ID: hexText(sum[:]), Title: "Public key", Problem: log.problem()}
	if k.oid != "" {
		object.Title += " (" + keyText(k.report()) + ")"
		object.Fields = keyFields(k, spki)
	}
	return object
}

// readPublicKey decodes a SubjectPublicKeyInfo that stands alone.
func readPublicKey(spki []byte, log *faults) publicKey {
	e, in := openObject(spki, log)
	var k publicKey
	if e.ok() {
		k = in.publicKeyFields()
		closeObject(&in, e, len(spki))
	}
	return k
}

// privateObject describes a private key by its public half.
func privateObject(der []byte, format, label string) report.Object {
	object := report.Object{Kind: "private-key", Title: "Private key"}
	if format == "" {
		object.Problem = &report.Problem{Field: "privateKey", Fatal: true, Detail: unreadableKey(label)}
		return object
	}
	object.Fields = []report.Field{{Label: "Format", Value: format}}
	spki := publicHalf(der, format)
	if spki == nil {
		object.Problem = &report.Problem{Field: "privateKey", Detail: "the public half cannot be found in this " + format + " key"}
		return object
	}
	k := readPublicKey(spki, new(faults))
	hash, pin := keyPin(spki)
	object.ID = hash
	object.Title += " (" + keyText(k.report()) + ")"
	object.Fields = append(object.Fields, report.Field{Label: "Key", Value: keyText(k.report())},
		codeField("SHA-256 of the public key", hash), codeField("Pin", pin))
	return object
}

// unreadableKey says why a key under this PEM label gives nothing.
func unreadableKey(label string) string {
	switch {
	case strings.HasPrefix(label, "OPENSSH"):
		return "a key in the format of OpenSSH is not read"
	case strings.HasSuffix(label, "PRIVATE KEY"):
		return "the key is damaged, or encrypted in the old way of OpenSSL"
	}
	return "this is no private key in a known format"
}

// publicHalf is the SubjectPublicKeyInfo that belongs to a private key; nil when
// it cannot be found, or something on the way to it is cut or damaged.
func publicHalf(der []byte, format string) []byte {
	log := new(faults)
	c := cursor{rest: der, log: log}
	spki := readPublicHalf(c.sequence(""), format)
	if log.anyHard() {
		return nil
	}
	return spki
}

// readPublicHalf is publicHalf for the fields of the key.
func readPublicHalf(in cursor, format string) []byte {
	in.take(tagInteger, "version")
	switch format {
	case "PKCS #1":
		return rsaHalf(in, nil)
	case "SEC 1":
		return ecHalf(in, nil)
	case "DSA":
		p, q, g, y := in.positive("p"), in.positive("q"), in.positive("g"), in.positive("y")
		return dsaInfo(p, q, g, y)
	}
	return pkcs8Half(in)
}

// pkcs8Half reads the rest of a OneAsymmetricKey (RFC 5958, section 2).
func pkcs8Half(in cursor) []byte {
	algorithm := in.take(tagSequence, "privateKeyAlgorithm")
	id := in.enter(algorithm, "")
	oid := id.oid("algorithm")
	secret := cursor{rest: in.octets("privateKey"), log: in.log}
	in.implicit(0, "attributes")
	if public := in.implicit(1, "publicKey"); public.ok() && oid != oidEC {
		return buildInfo(algorithm.full, in.bits(public, "publicKey").bytes)
	}
	switch oid {
	case oidRSA, oidRSAPSS:
		key := secret.sequence("")
		key.take(tagInteger, "version")
		return rsaHalf(key, algorithm.full)
	case oidEC:
		key := secret.sequence("")
		key.take(tagInteger, "version")
		return ecHalf(key, algorithm.full)
	case oidDSA:
		params := id.sequence("parameters")
		p, q, g := params.positive("p"), params.positive("q"), params.positive("g")
		return dsaFromSecret(p, q, g, secret.positive("x"))
	case oidEd25519, oidX25519:
		return buildInfo(algorithm.full, edwardsHalf(oid, secret.octets("")))
	}
	return nil
}

// edwardsHalf computes the public key from the seed (RFC 8410, section 7).
func edwardsHalf(oid string, seed []byte) []byte {
	if len(seed) != ed25519.SeedSize {
		return nil
	}
	if oid == oidEd25519 {
		return ed25519.NewKeyFromSeed(seed)[ed25519.SeedSize:]
	}
	key, err := ecdh.X25519().NewPrivateKey(seed)
	if err != nil {
		return nil
	}
	return key.PublicKey().Bytes()
}

// rsaHalf reads modulus and exponent, which follow the version of an
// RSAPrivateKey. algorithm is the AlgorithmIdentifier, nil for rsaEncryption.
func rsaHalf(in cursor, algorithm []byte) []byte {
	n, e := in.positive("modulus"), in.positive("publicExponent")
	if n == nil || e == nil {
		return nil
	}
	return buildInfo(orRSA(algorithm), buildIntegers(n, e))
}

// rsaInfo is the SubjectPublicKeyInfo of an RSAPublicKey.
func rsaInfo(public []byte) []byte { return buildInfo(orRSA(nil), public) }

// orRSA is algorithm, or that of rsaEncryption: RFC 3279, section 2.3.1, "The
// parameters field MUST have ASN.1 type NULL for this algorithm identifier."
func orRSA(algorithm []byte) []byte {
	if algorithm != nil {
		return algorithm
	}
	return []byte("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00")
}

// ecHalf reads the rest of an ECPrivateKey (RFC 5915, section 3). When it does
// not hold the public key, that is computed. algorithm is the AlgorithmIdentifier
// of PKCS#8, nil where the curve stands in the key.
func ecHalf(in cursor, algorithm []byte) []byte {
	secret := in.octets("privateKey")
	if params := in.optional(contextual, 0, "parameters"); algorithm == nil && params.ok() {
		algorithm = buildECAlgorithm(params.content)
	}
	if algorithm == nil {
		return nil
	}
	if wrapped := in.explicit(1, "publicKey"); wrapped.more() {
		return buildInfo(algorithm, wrapped.bits(wrapped.take(tagBitString, ""), "").bytes)
	}
	id := cursor{rest: algorithm, log: in.log}
	alg := id.sequence("")
	alg.oid("algorithm")
	named := goCurve(alg.oid("parameters"))
	if named == nil {
		return nil
	}
	key, err := ecdsa.ParseRawPrivateKey(named, secret)
	if err != nil {
		return nil
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		return nil
	}
	return buildInfo(algorithm, point)
}

// dsaFromSecret computes y = g^x mod p (FIPS 186-4, section 4.1).
func dsaFromSecret(p, q, g, x []byte) []byte {
	if p == nil || q == nil || g == nil || x == nil || tooMuchWork(bitLength(p), bitLength(x)) || len(g) > len(p) {
		return nil
	}
	modulus := new(big.Int).SetBytes(p)
	if modulus.Sign() == 0 {
		return nil
	}
	y := new(big.Int).Exp(new(big.Int).SetBytes(g), new(big.Int).SetBytes(x), modulus)
	return dsaInfo(p, q, g, y.Bytes())
}

// buildInfo makes a SubjectPublicKeyInfo; nil when there is no key.
func buildInfo(algorithm, key []byte) []byte {
	if len(key) == 0 || len(algorithm) == 0 {
		return nil
	}
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(algorithm)
		b.AddASN1BitString(key)
	})
	return b.BytesOrPanic()
}

// buildECAlgorithm makes the AlgorithmIdentifier of a key with these ECParameters.
func buildECAlgorithm(parameters []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes([]byte("\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"))
		b.AddBytes(parameters)
	})
	return b.BytesOrPanic()
}

// buildIntegers makes a SEQUENCE of positive INTEGERs.
func buildIntegers(numbers ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for _, n := range numbers {
			b.AddASN1BigInt(new(big.Int).SetBytes(n))
		}
	})
	return b.BytesOrPanic()
}

// dsaInfo makes the SubjectPublicKeyInfo of a DSA key (RFC 3279, section 2.3.2).
func dsaInfo(p, q, g, y []byte) []byte {
	if p == nil || q == nil || g == nil || y == nil {
		return nil
	}
	var algorithm, key cryptobyte.Builder
	algorithm.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes([]byte("\x06\x07\x2a\x86\x48\xce\x38\x04\x01"))
		b.AddBytes(buildIntegers(p, q, g))
	})
	key.AddASN1BigInt(new(big.Int).SetBytes(y))
	return buildInfo(algorithm.BytesOrPanic(), key.BytesOrPanic())
}
