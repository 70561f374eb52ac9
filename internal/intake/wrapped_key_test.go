package intake

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// longRun is a run that may be key material, in base64 or hexadecimal.
var longRun = regexp.MustCompile(`[A-Za-z0-9+/]{24,}|([0-9A-Fa-f]{2}[: ,]){8,}`)

// public is what tools print beside a key that looks like it.
var public = regexp.MustCompile(`(?s)-----BEGIN \w* ?(PARAMETERS|PUBLIC KEY)-----.*?-----END|sha(1|256):\S*`)

// blanked gives the paste as a face shows it: without the spans that are secret.
func blanked(data []byte, r Result) string {
	out := bytes.Clone(data)
	for _, in := range r.Inputs {
		if in.Secret {
			copy(out[in.Where.Offset:], bytes.Repeat([]byte{'\n'}, in.Where.Length))
		}
	}
	return string(out)
}

// hidden asserts that a key was found, and that neither the report nor what is
// left of the paste when its spans are blanked shows any of it.
func hidden(t *testing.T, name string, text string, secret []byte) Result {
	t.Helper()
	r := Scan(Source{Data: []byte(text)})
	keys := 0
	for _, o := range r.Objects {
		if o.Kind == PrivateKey {
			keys++
		}
	}
	if keys == 0 {
		t.Errorf("%s: no private key:\n%s\nof\n%.400s", name, render(r), text)
	}
	noSecret(t, name, r, secret)
	rest := public.ReplaceAllString(blanked([]byte(text), r), "")
	if left := longRun.FindString(rest); left != "" {
		t.Errorf("%s: %q is left when all spans are blanked:\n%s\nof\n%.3000s", name, left, render(r), text)
	}
	return r
}

// TestWrappedKeys: keys are recognised in every wrapping that certificates are.
func TestWrappedKeys(t *testing.T) {
	for _, k := range keyCases(t) {
		for _, label := range []string{"PRIVATE KEY", "RSA PRIVATE KEY"} {
			for _, w := range wrappings {
				name := k.name + " as " + label + " " + w.name
				hidden(t, name, "before\n"+w.wrap(string(pemBlock(label, k.der)))+"\nafter\n", k.secret)
			}
		}
	}
}

// TestKeyFormats: keys in formats of their own are named by their public half.
func TestKeyFormats(t *testing.T) {
	for _, k := range formatKeys(t) {
		for name, text := range k.formats {
			for _, w := range []wrapping{
				{"plain", func(s string) string { return s }, ""},
				{"quoted", prefixed("> ", 0), ""},
				{"CRLF", replaced("\n", "\r\n"), ""},
				{"JSON", func(s string) string { return `{"key":` + jsonString(s) + `}` }, ""},
				{"base64", func(s string) string { return "key: " + b64(s) }, ""},
				{"between", func(s string) string { return "foo: bar\n" + s + "\nfoo: bar\n" }, ""},
			} {
				if name == "text" && w.name == "JSON" {
					continue // a dump is read in lines
				}
				what := k.name + " " + name + " " + w.name
				r := hidden(t, what, w.wrap(text), k.secret)
				for _, o := range r.Objects {
					if o.Kind == PrivateKey && !bytes.Contains(o.DER, k.public[len(k.public)-32:]) {
						t.Errorf("%s: the object does not hold the public half", what)
					}
				}
			}
		}
	}
}

// A formatKey is a key in several formats.
type formatKey struct {
	name           string
	public, secret []byte // SubjectPublicKeyInfo, and a secret number
	formats        map[string]string
}

func formatKeys(t *testing.T) []formatKey {
	t.Helper()
	url := func(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	std := func(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
	r := newKey(t, "rsa").(*rsa.PrivateKey)
	e := newKey(t, "ecdsa").(*ecdsa.PrivateKey)
	seed := sha256.Sum256([]byte("a seed without repetitions"))
	d := ed25519.NewKeyFromSeed(seed[:])
	scalar, err := e.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	point, err := e.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	list := []formatKey{
		{"RSA", spkiOf(t, r.Public()), r.D.Bytes(), map[string]string{
			"JWK": fmt.Sprintf(`{"kty":"RSA","kid":"a","n":"%s","e":"AQAB","d":"%s","p":"%s","q":"%s","dp":"%s","dq":"%s","qi":"%s"}`, url(r.N.Bytes()),
				url(r.D.Bytes()), url(r.Primes[0].Bytes()), url(r.Primes[1].Bytes()), url(r.Precomputed.Dp.Bytes()), url(r.Precomputed.Dq.Bytes()), url(r.Precomputed.Qinv.Bytes())),
			"JWK in lines": fmt.Sprintf("{\n  \"d\": \"%s\",\n  \"kty\": \"RSA\",\n  \"e\": \"AQAB\",\n  \"n\": \"%s\"\n}", url(r.D.Bytes()), url(r.N.Bytes())),
			"JavaScript":   fmt.Sprintf("{ kty: 'RSA', n: '%s', e: 'AQAB', d: '%s' }", url(r.N.Bytes()), url(r.D.Bytes())),
			"XML": fmt.Sprintf("<RSAKeyValue><Modulus>%s</Modulus><Exponent>AQAB</Exponent><P>%s</P><Q>%s</Q><D>%s</D></RSAKeyValue>",
				std(r.N.Bytes()), std(r.Primes[0].Bytes()), std(r.Primes[1].Bytes()), std(r.D.Bytes())),
			"PuTTY": puttyKey(t, r, r.D.Bytes()),
		}},
		{"EC", spkiOf(t, e.Public()), scalar, map[string]string{
			"JWK": fmt.Sprintf(`{"keys":[{"kty":"EC","crv":"P-256","x":"%s","y":"%s","d":"%s","use":"sig"}]}`, url(point[1:33]), url(point[33:]), url(scalar)),
		}},
		{"Ed25519", spkiOf(t, d.Public()), seed[:], map[string]string{
			"JWK":   fmt.Sprintf(`{"crv":"Ed25519","d":"%s","kty":"OKP","x":"%s"}`, url(seed[:]), url(d[32:])),
			"PuTTY": puttyKey(t, d, seed[:]),
		}},
	}
	for i, key := range []any{r, e, d} {
		block, err := ssh.MarshalPrivateKey(key, "comment")
		if err != nil {
			t.Fatal(err)
		}
		list[i].formats["OpenSSH"] = string(pemBlock(block.Type, block.Bytes))
		if text := opensslText(t, key); text != "" {
			list[i].formats["text"] = text
		}
	}
	return list
}

func spkiOf(t *testing.T, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// puttyKey writes a key as PuTTY does, with the secret in place of its private
// lines.
func puttyKey(t *testing.T, key any, secret []byte) string {
	t.Helper()
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public := folded(base64.StdEncoding.EncodeToString(signer.PublicKey().Marshal()), 64, "")
	private := folded(base64.StdEncoding.EncodeToString(secret), 64, "")
	return fmt.Sprintf("PuTTY-User-Key-File-3: %s\nEncryption: none\nComment: c\nPublic-Lines: %d\n%sPrivate-Lines: %d\n%sPrivate-MAC: %x\n",
		signer.PublicKey().Type(), strings.Count(public, "\n"), public, strings.Count(private, "\n"), private, sha256.Sum256(secret))
}

// opensslText is what openssl prints of a key; "" where there is no openssl.
func opensslText(t *testing.T, key any) string {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		return ""
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("openssl", "pkey", "-noout", "-text")
	cmd.Stdin = bytes.NewReader(pemBlock("PRIVATE KEY", der))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestKeyTools reads keys as the tools of this machine write them.
func TestKeyTools(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, tool, command, secret string }{
		{"ssh-keygen", "ssh-keygen", `ssh-keygen -q -t rsa -b 2048 -N "" -C c -f k && cat k && openssl rsa -in k -noout -text 2>/dev/null || true`, ""},
		{"ssh-keygen with a pass phrase", "ssh-keygen", `ssh-keygen -q -t ed25519 -N secret -C c -f e && cat e`, ""},
		{"certtool", "certtool", `certtool --generate-privkey --key-type=rsa --bits=2048 --outfile g.pem 2>/dev/null && certtool --key-info --infile g.pem`, ""},
		{"certtool EC", "certtool", `certtool --generate-privkey --key-type=ecdsa --curve=secp256r1 --outfile h.pem 2>/dev/null && certtool --key-info --infile h.pem`, ""},
		{"openssl traditional", "openssl", `openssl genrsa -traditional -aes128 -passout pass:abcd 2048 2>/dev/null`, ""},
		{"openssl ec", "openssl", `openssl ecparam -name prime256v1 -genkey`, ""},
		{"openssl rsa -text", "openssl", `openssl genrsa 2048 2>/dev/null | openssl rsa -text 2>/dev/null`, ""},
		{"openssl dsa", "openssl", `openssl dsaparam -genkey 1024 2>/dev/null`, ""},
		{"openssl pkey -text", "openssl", `openssl genpkey -algorithm ed25519 -text`, ""},
		{"openssl genpkey x448", "openssl", `openssl genpkey -algorithm x448 -text`, ""},
		{"xxd", "xxd", `openssl genpkey -algorithm ed25519 -outform der | xxd`, ""},
		{"hexdump", "hexdump", `openssl genrsa 2048 2>/dev/null | openssl pkcs8 -topk8 -nocrypt -outform der | hexdump`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := exec.LookPath(c.tool); err != nil {
				t.Skipf("%s not found: apt-get install openssl openssh-client gnutls-bin xxd bsdextrautils", c.tool)
			}
			cmd := exec.Command("sh", "-c", c.command)
			cmd.Dir = dir
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			hidden(t, c.name, string(out), bytes.Repeat([]byte{0}, 1))
		})
	}
}
