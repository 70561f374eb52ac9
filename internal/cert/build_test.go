package cert

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// This file builds DER for the tests, good and broken, out of small functions
// that are named after what they encode.

// tlv is one element with the identifier octet id.
func tlv(id byte, parts ...[]byte) []byte {
	content := cat(parts...)
	out := []byte{id}
	switch n := len(content); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x83, byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, content...)
}

func cat(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func seq(parts ...[]byte) []byte       { return tlv(0x30, parts...) }
func setOf(parts ...[]byte) []byte     { return tlv(0x31, parts...) }
func octets(parts ...[]byte) []byte    { return tlv(0x04, parts...) }
func utf8s(s string) []byte            { return tlv(0x0c, []byte(s)) }
func printable(s string) []byte        { return tlv(0x13, []byte(s)) }
func ia5(s string) []byte              { return tlv(0x16, []byte(s)) }
func utcTime(s string) []byte          { return tlv(0x17, []byte(s)) }
func genTime(s string) []byte          { return tlv(0x18, []byte(s)) }
func null() []byte                     { return tlv(0x05) }
func boolean(b bool) []byte            { return tlv(0x01, []byte{map[bool]byte{true: 0xff}[b]}) }
func explicit(n byte, p []byte) []byte { return tlv(0xa0|n, p) }

// implicit gives the element p the context tag n.
func implicit(n byte, p []byte) []byte {
	out := append([]byte(nil), p...)
	out[0] = out[0]&0x20 | 0x80 | n
	return out
}

// contextBytes is a primitive element with a context tag.
func contextBytes(n byte, content string) []byte { return tlv(0x80|n, []byte(content)) }

func integer(n int64) []byte { return tlv(0x02, intContent(n)) }

func intContent(n int64) []byte {
	out := []byte{byte(n)}
	for rest := n >> 8; rest != 0 && rest != -1 || int8(out[0]) < 0 != (n < 0); rest >>= 8 {
		out = append([]byte{byte(rest)}, out...)
	}
	return out
}

func bigInt(n *big.Int) []byte { return tlv(0x02, positiveContent(n.Bytes())) }

// bits is a BIT STRING of whole bytes.
func bits(parts ...[]byte) []byte { return tlv(0x03, []byte{0}, cat(parts...)) }

// namedBits is a BIT STRING with the bits of the numbers set.
func namedBits(numbers ...int) []byte {
	top := 0
	for _, n := range numbers {
		top = max(top, n)
	}
	content := make([]byte, 2+top/8)
	content[0] = byte(7 - top%8)
	for _, n := range numbers {
		content[1+n/8] |= 0x80 >> (n % 8)
	}
	return tlv(0x03, content)
}

func oid(dotted string) []byte {
	var out []byte
	arcs := strings.Split(dotted, ".")
	for i := 1; i < len(arcs); i++ {
		n, _ := strconv.ParseUint(arcs[i], 10, 64)
		if i == 1 {
			first, _ := strconv.ParseUint(arcs[0], 10, 64)
			n += first * 40
		}
		sub := []byte{byte(n & 0x7f)}
		for n >>= 7; n > 0; n >>= 7 {
			sub = append([]byte{byte(n) | 0x80}, sub...)
		}
		out = append(out, sub...)
	}
	return tlv(0x06, out)
}

// rdn is a relative name with one attribute.
func rdn(typ string, value []byte) []byte { return setOf(seq(oid(typ), value)) }

// commonName is a Name with nothing else.
func commonName(s string) []byte { return seq(rdn(oidCommonName, utf8s(s))) }

func algID(dotted string, parameters ...[]byte) []byte { return seq(oid(dotted), cat(parameters...)) }

// ext is a non-critical extension, critical a critical one.
func ext(dotted string, value []byte) []byte { return seq(oid(dotted), octets(value)) }
func critical(dotted string, value []byte) []byte {
	return seq(oid(dotted), boolean(true), octets(value))
}

func dnsName(s string) []byte { return contextBytes(2, s) }

// san is the subject alternative name extension.
func san(names ...[]byte) []byte { return ext(oidSubjectAltName, seq(names...)) }

// A spec describes a certificate. Empty fields get plain defaults; every DER
// field can be replaced by a broken one.
type spec struct {
	version                   []byte // nil for v3
	serial                    []byte
	inner, outer              []byte
	issuer, subject, validity []byte
	spki                      []byte
	tail                      []byte // what stands between the key and the extensions
	extensions                [][]byte
	wrapped                   []byte // replaces the whole [3] field
	after                     []byte // what follows the signature inside the outer SEQUENCE
	signature                 []byte
	key                       crypto.Signer
}

func orElse(b, other []byte) []byte {
	if b == nil {
		return other
	}
	return b
}

// testKey is a key made from a name.
func testKey(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte("certlens test key " + name))
	return ed25519.NewKeyFromSeed(seed[:])
}

// edInfo is the SubjectPublicKeyInfo of an Ed25519 key.
func edInfo(key ed25519.PrivateKey) []byte {
	return seq(algID(oidEd25519), bits(key.Public().(ed25519.PublicKey)))
}

var (
	defaultValidity = seq(utcTime("260101000000Z"), utcTime("261231235959Z"))
	defaultName     = seq(rdn("2.5.4.6", printable("XX")), rdn(oidOrganization, utf8s("Example")), rdn(oidCommonName, utf8s("example.com")))
)

// tbs is the tbsCertificate.
func (s spec) tbs() []byte {
	extensions := s.wrapped
	if extensions == nil && len(s.extensions) > 0 {
		extensions = explicit(3, seq(s.extensions...))
	}
	subject := orElse(s.subject, defaultName)
	return seq(orElse(s.version, explicit(0, integer(2))), orElse(s.serial, integer(0x1234)),
		orElse(s.inner, algID(oidEd25519)), orElse(s.issuer, subject), orElse(s.validity, defaultValidity),
		subject, orElse(s.spki, edInfo(testKey("leaf"))), s.tail, extensions)
}

// der is the certificate, signed with the key "leaf" unless it says otherwise.
func (s spec) der() []byte {
	tbs := s.tbs()
	key := s.key
	if key == nil {
		key = testKey("leaf")
	}
	signature := s.signature
	if signature == nil {
		signature = bits(sign(key, tbs))
	}
	return seq(tbs, orElse(s.outer, orElse(s.inner, algID(oidEd25519))), signature, s.after)
}

// sign signs with Ed25519 over the message, and with all else over its SHA-256.
func sign(key crypto.Signer, message []byte) []byte {
	if _, ok := key.(ed25519.PrivateKey); ok {
		sig, err := key.Sign(nil, message, crypto.Hash(0))
		must(err)
		return sig
	}
	sum := sha256.Sum256(message)
	sig, err := key.Sign(nil, sum[:], crypto.SHA256)
	must(err)
	return sig
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.Join(strings.Fields(s), ""))
	must(err)
	return b
}

// pemFiles are the certificates of testdata/certs: name to DER.
func pemFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/certs/*.pem")
	if err != nil || len(files) == 0 {
		t.Fatalf("no certificates in testdata/certs: %v", err)
	}
	out := make(map[string][]byte, len(files))
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(err)
		block, _ := pem.Decode(data)
		if block == nil {
			t.Fatalf("%s holds no PEM block", file)
		}
		out[strings.TrimSuffix(filepath.Base(file), ".pem")] = block.Bytes
	}
	return out
}
