package cert

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"

	"certlens/internal/report"
)

// goKeys are private keys in every form that Go writes, with their public half.
func goKeys(t testing.TB) map[string][2][]byte {
	t.Helper()
	out := map[string][2][]byte{}
	add := func(name string, private []byte, public any) {
		spki, err := x509.MarshalPKIXPublicKey(public)
		must(err)
		out[name] = [2][]byte{private, spki}
	}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	must(err)
	add("PKCS #1 rsa", x509.MarshalPKCS1PrivateKey(rsaKey), &rsaKey.PublicKey)
	add("PKCS #8 rsa", pkcs8(rsaKey), &rsaKey.PublicKey)
	for _, curve := range []elliptic.Curve{elliptic.P224(), elliptic.P256(), elliptic.P384(), elliptic.P521()} {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		must(err)
		sec1, err := x509.MarshalECPrivateKey(key)
		must(err)
		name := curve.Params().Name
		add("SEC 1 "+name, sec1, &key.PublicKey)
		add("PKCS #8 "+name, pkcs8(key), &key.PublicKey)
		add("SEC 1 without public key "+name, withoutPublic(sec1), &key.PublicKey)
	}
	edKey := testKey("private")
	add("PKCS #8 Ed25519", pkcs8(edKey), edKey.Public())
	xKey, err := ecdh.X25519().GenerateKey(rand.Reader)
	must(err)
	add("PKCS #8 X25519", pkcs8(xKey), xKey.PublicKey())
	return out
}

func pkcs8(key any) []byte {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	must(err)
	return der
}

// withoutPublic leaves the last field, the public key, out of a SEC 1 key.
func withoutPublic(sec1 []byte) []byte {
	e, err := readElement(sec1, 0)
	must(err)
	c := cursor{rest: e.content, log: new(faults)}
	return seq(c.next("").full, c.next("").full, c.next("").full)
}

func TestPrivateKeys(t *testing.T) {
	for name, key := range goKeys(t) {
		t.Run(name, func(t *testing.T) {
			object := KeyObject(key[0], "")
			hash, pin := keyPin(key[1])
			if object.Kind != "private-key" || object.ID != hash || valueOf(object.Fields, "Pin") != pin || object.Problem != nil {
				t.Errorf("%s", toJSON(object))
			}
			if format := valueOf(object.Fields, "Format"); !strings.HasPrefix(name, format) {
				t.Errorf("format %s", format)
			}
			checkNoSecret(t, object, key[0], key[1])
		})
	}
}

// checkNoSecret checks that no five bytes of the private key stand in the object
// in any usual notation, but for those of the public key.
func checkNoSecret(t *testing.T, object report.Object, private, public []byte) {
	t.Helper()
	text := string(toJSON(object))
	lower := strings.ToLower(text)
	for i := 0; i+5 <= len(private); i++ {
		window := private[i : i+5]
		if bytes.Contains(public, window) {
			continue
		}
		if strings.Contains(lower, hex.EncodeToString(window)) || strings.Contains(text, string(window)) && !isPlain(string(window)) {
			t.Fatalf("byte %d of the key is in the object: %s", i, text)
		}
	}
	for i := 0; i+9 <= len(private); i += 3 {
		if strings.Contains(text, base64.StdEncoding.EncodeToString(private[i:i+9])) {
			t.Fatalf("byte %d of the key is in the object: %s", i, text)
		}
	}
}

// TestBrokenPrivateKeys cuts and flips private keys: whatever comes out, it must
// not hold a secret.
func TestBrokenPrivateKeys(t *testing.T) {
	for name, key := range goKeys(t) {
		for n := 0; n < len(key[0]); n += 7 {
			checkNoSecret(t, KeyObject(key[0][:n], "PRIVATE KEY"), key[0], key[1])
			bad := bytes.Clone(key[0])
			bad[n] ^= 0x41
			object := KeyObject(bad, "")
			checkNoSecret(t, object, key[0], key[1])
			if p := object.Problem; p != nil && object.Kind == "private-key" && (p.Offset != 0 || strings.Contains(p.Detail, "0x")) {
				t.Errorf("%s, byte %d: %+v", name, n, p)
			}
		}
	}
}

func TestOtherKeys(t *testing.T) {
	key := testKey("leaf")
	encrypted := seq(algID("1.2.840.113549.1.5.13", seq()), octets(bytes.Repeat([]byte{7}, 64)))
	secp256k1 := seq(integer(0), algID(oidEC, oid("1.3.132.0.10")), octets(seq(integer(1), octets(bytes.Repeat([]byte{7}, 32)))))
	for name, test := range map[string]struct {
		der          []byte
		label, title string
		problem      string
	}{
		"encrypted":   {encrypted, "ENCRYPTED PRIVATE KEY", "Encrypted private key", ""},
		"public":      {edInfo(key), "PUBLIC KEY", "Public key (Ed25519, 256 bits)", ""},
		"pkcs1":       {seq(bigInt(bigInteger(append([]byte{1}, make([]byte, 128)...))), integer(3)), "RSA PUBLIC KEY", "Public key (RSA, 1025 bits)", ""},
		"cut public":  {edInfo(key)[:20], "PUBLIC KEY", "Public key (Ed25519)", "missing"},
		"secp256k1":   {secp256k1, "", "Private key", "public half cannot be found"},
		"openssh":     {[]byte("openssh-key-v1"), "OPENSSH PRIVATE KEY", "Private key", "format of OpenSSH"},
		"old openssl": {[]byte("\x93\x80garbage"), "RSA PRIVATE KEY", "Private key", "encrypted in the old way"},
		"nothing":     {nil, "", "Private key", "no private key"},
	} {
		object := KeyObject(test.der, test.label)
		problem := ""
		if object.Problem != nil {
			problem = object.Problem.Detail
		}
		if !strings.HasPrefix(object.Title, strings.TrimSuffix(test.title, ")")) || !strings.Contains(problem, test.problem) || (problem == "") != (test.problem == "") {
			t.Errorf("%s: %q, %q", name, object.Title, problem)
		}
	}
}

// TestKeysAgainstOpenSSL reads the keys that Go cannot make, and compares the
// public half with that which openssl computes.
func TestKeysAgainstOpenSSL(t *testing.T) {
	params, ok := openssl(t, nil, "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024", "-pkeyopt", "dsa_paramgen_q_bits:160")
	if !ok {
		t.Fatal("openssl genpkey -genparam failed")
	}
	dsa, _ := openssl(t, []byte(params), "genpkey", "-paramfile", "/dev/stdin")
	generate := func(args ...string) string {
		out, ok := openssl(t, nil, append([]string{"genpkey", "-algorithm"}, args...)...)
		if !ok {
			t.Fatalf("openssl genpkey %v failed", args)
		}
		return out
	}
	for name, pkcs8 := range map[string]string{
		"dsa":       dsa,
		"pss":       generate("RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1024"),
		"rsa":       generate("RSA", "-pkeyopt", "rsa_keygen_bits:1024"),
		"secp256k1": generate("EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"),
		"ed25519":   generate("ED25519"),
	} {
		public, _ := openssl(t, []byte(pkcs8), "pkey", "-pubout", "-outform", "DER")
		hash, _ := keyPin([]byte(public))
		forms := []string{pkcs8}
		if old, ok := openssl(t, []byte(pkcs8), "pkey", "-traditional"); ok {
			forms = append(forms, old)
		}
		for _, form := range forms {
			block, _ := pem.Decode([]byte(form))
			object := KeyObject(block.Bytes, block.Type)
			if object.ID != hash || object.Kind != "private-key" {
				t.Errorf("%s (%s): %s, want %s", name, block.Type, toJSON(object), hash)
			}
			checkNoSecret(t, object, block.Bytes, []byte(public))
		}
		sealed, _ := openssl(t, []byte(forms[0]), "pkcs8", "-topk8", "-passout", "pass:x")
		block, _ := pem.Decode([]byte(sealed))
		if object := KeyObject(block.Bytes, block.Type); object.Title != "Encrypted private key" || object.ID != "" {
			t.Errorf("%s: %s", name, toJSON(object))
		}
	}
}
