package intake

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// mutations gives a key as it is, with each of its first 30 bytes flipped or
// lost, cut short, and wrapped in one more element.
func mutations(der []byte) [][]byte {
	list := [][]byte{der, der[:len(der)*9/10], der[:len(der)-1], der[4:], append([]byte{0}, der...), append(bytes.Clone(der), 1, 2, 3),
		tlv(tagSequence, der), tlv(tagSequence, tlv(tagSequence, der)), tlv(tagOctets, der),
		append(append([]byte{tagSequence, 0x80}, der[4:]...), 0, 0)}
	for i := range min(30, len(der)) {
		for _, mask := range []byte{0xFF, 0x01, 0x80, 0x20, 0x07} {
			flipped := bytes.Clone(der)
			flipped[i] ^= mask
			list = append(list, flipped)
		}
		list = append(list, append(bytes.Clone(der[:i]), der[i+1:]...))
	}
	return list
}

// A keyCase is a private key in DER and the number in it that is secret.
type keyCase struct {
	name        string
	der, secret []byte
}

// keyCases gives keys in PKCS#8 and in their own structures.
func keyCases(t testing.TB) []keyCase {
	t.Helper()
	r := newKey(t, "rsa").(*rsa.PrivateKey)
	e := newKey(t, "ecdsa").(*ecdsa.PrivateKey)
	seed := newKey(t, "ed25519")
	pkcs8 := func(key any) []byte {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	sec1, err := x509.MarshalECPrivateKey(e)
	if err != nil {
		t.Fatal(err)
	}
	d, err := e.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	ed := pkcs8(seed)
	return []keyCase{
		{"RSA PKCS#8", pkcs8(r), r.D.Bytes()}, {"RSA PKCS#1", x509.MarshalPKCS1PrivateKey(r), r.Primes[0].Bytes()},
		{"EC PKCS#8", pkcs8(e), d}, {"EC SEC1", sec1, d}, {"Ed25519 PKCS#8", ed, ed[len(ed)-32:]},
	}
}

// noSecret asserts that nothing but private keys, which never reach a report,
// holds 12 bytes in a row of the secret, and that no text does.
func noSecret(t *testing.T, name string, r Result, secret []byte) {
	t.Helper()
	for i := 0; i+12 <= len(secret); i++ {
		for _, o := range r.Objects {
			if o.Kind != PrivateKey && bytes.Contains(o.DER, secret[i:i+12]) {
				t.Fatalf("%s: a %s labelled %q holds the secret of a key: %x", name, o.Kind, o.Label, o.DER)
			}
		}
	}
	text := strings.NewReplacer(`\n`, "", " ", "").Replace(reported(t, r))
	for i := 0; i+9 <= len(secret); i++ {
		if part := base64.StdEncoding.EncodeToString(secret[i : i+9]); strings.Contains(text, part) {
			t.Fatalf("%s: the report holds %q of the secret of a key: %s", name, part, text)
		}
	}
}

// TestDamagedKeys: a damaged key is handed out as nothing else, whatever label
// it stands under, with and without END line, bare, and inside a transcript.
func TestDamagedKeys(t *testing.T) {
	const transcript = "CONNECTED(00000003)\nAcceptable client certificate CA names\nCN = a\n"
	for _, k := range keyCases(t) {
		for i, der := range mutations(k.der) {
			check := func(how string, data []byte) {
				noSecret(t, fmt.Sprintf("%s %d %s", k.name, i, how), Scan(Source{Data: data}), k.secret)
			}
			b64 := base64.StdEncoding.EncodeToString(der)
			check("DER", der)
			check("base64", []byte(b64))
			check("PKCS#7", inPKCS7(der))
			for _, width := range []int{20, 40, 76} {
				check("lines", []byte(folded(b64, width, "")))
				check("quoted lines", []byte(folded(b64, width, "> ")))
				check("open in short lines", []byte(transcript+"-----BEGIN PRIVATE KEY-----\n"+folded(b64, width, "")))
			}
			check("CA names", []byte(transcript+folded(b64, 64, "")))
			check("short CA names", []byte(transcript+folded(b64, 40, "x=")))
			for _, label := range []string{"PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE REQUEST", "OCSP RESPONSE", "PKCS7", "EXAMPLE"} {
				block := string(pemBlock(label, der))
				open, _, _ := strings.Cut(block, "-----END")
				check(label, []byte(block))
				check(label+" open", []byte(open))
				check(label+" nested", []byte("-----BEGIN CERTIFICATE-----\n"+block+"-----END CERTIFICATE-----\n"))
				check(label+" four dashes", []byte(transcript+strings.ReplaceAll(block, "-----", "----")))
				check(label+" escaped", []byte(strings.ReplaceAll(block, "\n", `\n`)))
				check(label+" open in a transcript", []byte(transcript+open+"foo = bar\n"))
			}
		}
	}
}

// inPKCS7 gives a degenerate SignedData with the data among its certificates.
func inPKCS7(der []byte) []byte {
	data := tlv(tagSequence, tlv(tagOID, append(bytes.Clone(oidPKCS7), 1)))
	signed := tlv(tagSequence, tlv(tagInteger, []byte{1}), tlv(tagSet), data, tlv(tagContext0, der), tlv(tagSet))
	return tlv(tagSequence, tlv(tagOID, oidSignedData), tlv(tagContext0, signed))
}

// folded breaks a text into lines.
func folded(s string, width int, prefix string) string {
	var b strings.Builder
	for ; len(s) > 0; s = s[min(width, len(s)):] {
		b.WriteString(prefix + s[:min(width, len(s))] + "\n")
	}
	return b.String()
}

// TestPrivateEndLabel: one label that names a private key is enough.
func TestPrivateEndLabel(t *testing.T) {
	for _, k := range keyCases(t) {
		text := strings.Replace(string(pemBlock("CERTIFICATE", k.der[2:])), "END CERTIFICATE", "END PRIVATE KEY", 1)
		r := Scan(Source{Data: []byte(text)})
		if len(r.Objects) != 1 || r.Objects[0].Kind != PrivateKey {
			t.Errorf("%s: %s", k.name, render(r))
		}
	}
}

// TestMarks: a key under a wrong label is still seen as one when its outer
// structure is gone.
func TestMarks(t *testing.T) {
	for _, k := range keyCases(t) {
		for name, der := range map[string][]byte{"wrapped": tlv(tagSequence, k.der), "wrapped twice": tlv(tagSequence, tlv(tagSequence, k.der))} {
			r := Scan(Source{Data: pemBlock("CERTIFICATE", der)})
			if len(r.Objects) != 1 || r.Objects[0].Kind != PrivateKey || !strings.Contains(r.Inputs[0].Note, "private key") {
				t.Errorf("%s %s: %s", k.name, name, render(r))
			}
		}
	}
}

// TestDamagedCertificates: after one damaged or lost byte, and cut anywhere from
// the middle of the issuer on, a certificate is still given as one.
func TestDamagedCertificates(t *testing.T) {
	for _, sort := range []string{"rsa", "ecdsa", "ed25519"} {
		raw := newLab(t, sort).leaf.cert.Raw
		for i := 1; i < len(raw); i++ {
			flipped := bytes.Clone(raw)
			flipped[i] ^= 0xFF
			for _, der := range [][]byte{flipped, append(bytes.Clone(raw[:i]), raw[i+1:]...)} {
				if _, ok := readElement(der); !ok || der[0] != tagSequence {
					continue
				}
				r := Scan(Source{Data: pemBlock("CERTIFICATE", der)})
				if len(r.Objects) != 1 || r.Objects[0].Kind != Certificate {
					t.Fatalf("%s, byte %d: %s", sort, i, render(r))
				}
			}
			if i < 60 {
				continue
			}
			r := Scan(Source{Data: pemBlock("CERTIFICATE", raw[:i])})
			if len(r.Objects) != 1 || r.Objects[0].Kind != Certificate || r.Objects[0].Missing != len(raw)-i {
				t.Fatalf("%s, cut after %d: %s", sort, i, render(r))
			}
		}
	}
}

func TestIsName(t *testing.T) {
	for text, want := range map[string]bool{
		"CN = a": true, "C=US, O=Example": true, "/C=US/O=Example": true, "2.5.4.97 = X": true, "/1.2.3=x": true, "O = \"a, b\"": true,
		"I5L8GdOWYfDiyjf+hfw=": false, "C==": false, "C=": false, "x=TZNYLEx4ZVA8": false, "/AbC==": false, "foo = bar": false,
		"=": false, "CN": false, ".1=x": false, "1.=x": false, "12=x": false, "abcd = ": false,
	} {
		check(t, text, isName([]byte(text)), want)
	}
}
