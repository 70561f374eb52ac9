package intake

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
)

// privateKeys gives private keys in every structure and under every label.
func privateKeys(t testing.TB) map[string][]byte {
	t.Helper()
	r := newKey(t, "rsa").(*rsa.PrivateKey)
	e := newKey(t, "ecdsa").(*ecdsa.PrivateKey)
	sec1, err := x509.MarshalECPrivateKey(e)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(newKey(t, "ed25519"))
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"RSA PRIVATE KEY":            x509.MarshalPKCS1PrivateKey(r),
		"EC PRIVATE KEY":             sec1,
		"PRIVATE KEY":                pkcs8,
		"ENCRYPTED PRIVATE KEY":      encryptedPKCS8(),
		"DSA PRIVATE KEY":            dsaKey(),
		"ANY PRIVATE KEY":            pkcs8,
		"OPENSSH PRIVATE KEY":        append([]byte("openssh-key-v1\x00"), pkcs8...),
		"PGP PRIVATE KEY BLOCK":      append([]byte{0x95, 0x01}, pkcs8...),
		"SSH2 ENCRYPTED PRIVATE KEY": append([]byte{0x3f, 0x6f}, pkcs8...),
	}
}

// encryptedPKCS8 is an EncryptedPrivateKeyInfo with PBES2 and no more.
func encryptedPKCS8() []byte {
	return tlv(tagSequence,
		tlv(tagSequence, tlv(tagOID, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D}), tlv(tagSequence)),
		tlv(tagOctets, []byte(strings.Repeat("ciphertext", 10))))
}

func dsaKey() []byte {
	var parts [][]byte
	for i := range 6 {
		parts = append(parts, tlv(tagInteger, []byte(strings.Repeat(string(rune('a'+i)), 20*min(i, 1)+1))))
	}
	return tlv(tagSequence, parts...)
}

// tlv encodes an element of definite length.
func tlv(tag byte, parts ...[]byte) []byte {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	switch n := len(body); {
	case n < 0x80:
		return append([]byte{tag, byte(n)}, body...)
	case n < 0x100:
		return append([]byte{tag, 0x81, byte(n)}, body...)
	default:
		return append([]byte{tag, 0x82, byte(n >> 8), byte(n)}, body...)
	}
}

func TestPrivateKeyLabels(t *testing.T) {
	for label, der := range privateKeys(t) {
		r := Scan(Source{Data: pemBlock(label, der)})
		if len(r.Objects) != 1 || r.Objects[0].Kind != PrivateKey || string(r.Objects[0].DER) != string(der) {
			t.Errorf("%s: %d objects", label, len(r.Objects))
			continue
		}
		check(t, label+" encrypted", r.Objects[0].Encrypted, strings.HasPrefix(label, "ENCRYPTED"))
		noLeak(t, label, r, der)
	}
}

// TestPrivateKeyStructures: without a label, in DER and base64.
func TestPrivateKeyStructures(t *testing.T) {
	for label, der := range privateKeys(t) {
		if der[0] != tagSequence {
			continue
		}
		for name, data := range map[string][]byte{
			"der": der, "base64": []byte("key: " + base64.StdEncoding.EncodeToString(der) + "\n"),
			"wrong label": pemBlock("CERTIFICATE", der), "unknown label": pemBlock("EXAMPLE", der),
		} {
			r := Scan(Source{Data: data})
			if len(r.Objects) != 1 || r.Objects[0].Kind != PrivateKey || string(r.Objects[0].DER) != string(der) {
				t.Errorf("%s as %s: %+v", label, name, r.Inputs)
			}
			noLeak(t, label+" as "+name, r, der)
		}
	}
}

func TestPrivateKeyHeaders(t *testing.T) {
	der := []byte(strings.Repeat("ciphertext", 12))
	text := strings.Replace(string(pemBlock("RSA PRIVATE KEY", der)), "KEY-----\n",
		"KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF\n\n", 1)
	r := Scan(Source{Data: []byte(text)})
	if len(r.Objects) != 1 || !r.Objects[0].Encrypted || string(r.Objects[0].DER) != string(der) {
		t.Fatalf("%+v", r)
	}
	noLeak(t, "headers", r, der)
}

// TestDamagedPrivateKey: notes about damage name places, and quote nothing.
func TestDamagedPrivateKey(t *testing.T) {
	der := privateKeys(t)["RSA PRIVATE KEY"]
	text := string(pemBlock("RSA PRIVATE KEY", der))
	for name, damaged := range map[string]string{
		"character": strings.Replace(text, "\nMII", "\n?II", 1),
		"cut":       text[:400],
		"no end":    text[:strings.Index(text, "-----END")],
		"label":     strings.Replace(text, "END RSA", "END DSA", 1),
		"one line":  strings.ReplaceAll(text, "\n", " "),
	} {
		r := Scan(Source{Data: []byte(damaged)})
		if len(r.Objects) != 1 || r.Objects[0].Kind != PrivateKey {
			t.Errorf("%s: %+v", name, r.Inputs)
		}
		noLeak(t, name, r, der)
	}
}

// TestQuotedSecrets: key material in the lines of a transcript is not echoed.
func TestQuotedSecrets(t *testing.T) {
	der := privateKeys(t)["PRIVATE KEY"]
	key := base64.StdEncoding.EncodeToString(der)
	text := strings.ReplaceAll(`$ openssl s_client -connect KEY:443 -servername KEY -starttls KEY
CONNECTED(00000003)
depth=0 CN = KEY
verify error:num=18:KEY
40D7:error:0A00010B:SSL routines:f:wrong KEY number:x.c:1:
 0 s:CN = KEY
   i:CN = KEY
Peer signing digest: KEY
Peer signature type: KEY
Server Temp Key: KEY
ALPN protocol: KEY
New, KEY, Cipher is KEY
Acceptable client certificate CA names
CN = KEY
---
Verified peername: KEY
    Protocol  : KEY
    Cipher    : KEY
Peer certificate: KEY
subject=KEY
Verify return code: 18 (KEY)
write:errno=KEY
`, "KEY", key)
	r := Scan(Source{Data: []byte(text)})
	if len(r.Transcripts) != 1 {
		t.Fatalf("%d transcripts", len(r.Transcripts))
	}
	noLeak(t, "transcript", r, der)
}

// reported is what of a result may reach a report.
func reported(t testing.TB, r Result) string {
	t.Helper()
	j, err := json.Marshal(struct{ Inputs, Transcripts any }{r.Inputs, r.Transcripts})
	if err != nil {
		t.Fatal(err)
	}
	return string(j)
}

// noLeak asserts that no 20 characters in a row of the secret's base64 or of the
// lines of its PEM reach a report.
func noLeak(t testing.TB, name string, r Result, der []byte) {
	t.Helper()
	j, secret := reported(t, r), base64.StdEncoding.EncodeToString(der)
	for i := 0; i+20 <= len(secret); i++ {
		if strings.Contains(j, secret[i:i+20]) {
			t.Fatalf("%s: the report holds %q of the private key: %s", name, secret[i:i+20], j)
		}
	}
}
