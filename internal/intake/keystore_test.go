package intake

import (
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tests of this file read PKCS#12 files and key stores of Java as the tools
// of this machine write them.

// A storeCase is one file and how it is made; $PW is the password.
type storeCase struct {
	name, tool, command string
	password            string
	// open is true when the certificates can be read without the password.
	open bool
	// certificates and keys are how many there are.
	certificates, keys int
}

var storeCases = []storeCase{
	{"openssl", "openssl", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certfile intermediate.pem -out out -passout "pass:$PW"`, "pa55word", false, 2, 1},
	{"openssl with an umlaut", "openssl", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -macalg sha512 -out out -passout "pass:$PW"`, "pa55wörd", false, 1, 1},
	{"openssl without a password", "openssl", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -out out -passout pass:`, "", true, 1, 1},
	{"openssl without encryption", "openssl", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certpbe NONE -keypbe NONE -out out -passout "pass:$PW"`, "pa55word", true, 1, 1},
	{"openssl without a MAC", "openssl", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -nomac -out out -passout "pass:$PW"`, "pa55word", true, 1, 1},
	{"openssl without a MAC, encrypted", "openssl", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -nomac -certpbe AES-256-CBC -out out -passout "pass:$PW"`, "pa55word", false, 1, 1},
	{"openssl without keys", "openssl", `openssl pkcs12 -export -nokeys -in leaf.pem -out out -passout "pass:$PW"`, "pa55word", false, 1, 0},
	{"openssl, old", "openssl", `openssl pkcs12 -export -legacy -in leaf.pem -inkey leaf.key -out out -passout "pass:$PW"`, "pa55word", false, 1, 1},
	{"openssl, RC4", "openssl", `openssl pkcs12 -export -legacy -certpbe PBE-SHA1-RC4-128 -keypbe PBE-SHA1-RC4-40 -in leaf.pem -inkey leaf.key -out out -passout "pass:$PW"`, "pa55word", false, 1, 1},
	{"openssl, RC2", "openssl", `openssl pkcs12 -export -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-40 -in leaf.pem -inkey leaf.key -out out -passout "pass:$PW"`, "pa55word", false, 1, 1},
	{"openssl, Triple DES", "openssl", `openssl pkcs12 -export -legacy -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-2DES -in leaf.pem -inkey leaf.key -out out -passout "pass:$PW"`, "pa55word", false, 1, 1},
	{"GnuTLS", "certtool", `certtool --to-p12 --load-certificate leaf.pem --load-privkey leaf.key --p12-name n --password "$PW" --outder --outfile out 2>/dev/null`, "pa55word", false, 1, 1},
	{"keytool", "keytool", `keytool -importcert -noprompt -file root.pem -alias root -keystore out -storepass "$PW"`, "pa55word1", false, 1, 0},
	{"keytool JKS", "keytool", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -certfile intermediate.pem -name site -out in -passout "pass:$PW" &&
		keytool -importkeystore -noprompt -srckeystore in -srcstoretype PKCS12 -srcstorepass "$PW" -destkeystore out -deststoretype JKS -deststorepass "$PW" &&
		keytool -importcert -noprompt -file root.pem -alias root -keystore out -storepass "$PW"`, "pa55word1", true, 3, 1},
	{"keytool JCEKS", "keytool", `openssl pkcs12 -export -in leaf.pem -inkey leaf.key -name site -out in -passout "pass:$PW" &&
		keytool -importkeystore -noprompt -srckeystore in -srcstoretype PKCS12 -srcstorepass "$PW" -destkeystore out -deststoretype JCEKS -deststorepass "$PW"`, "pa55word1", true, 1, 1},
}

// make runs the command and gives the file.
func (c storeCase) make(t *testing.T, l lab) []byte {
	t.Helper()
	if _, err := exec.LookPath(c.tool); err != nil {
		t.Skipf("%s not found: apt-get install openssl gnutls-bin default-jre-headless", c.tool)
	}
	dir := l.write(t)
	cmd := exec.Command("sh", "-c", c.command)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), "PW="+c.password)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("%s does not make this: %v: %s", c.tool, err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestStores(t *testing.T) {
	l := newLab(t, "ecdsa")
	leafSecret := keySecret(t, l.leaf)
	for _, c := range storeCases {
		t.Run(c.name, func(t *testing.T) {
			data := c.make(t, l)
			count := func(r Result, kind Kind) int {
				n := 0
				for _, o := range r.Objects {
					if o.Kind == kind {
						n++
					}
				}
				return n
			}
			without := Scan(Source{Data: data})
			wrong := Scan(Source{Data: data, Passwords: []string{"wrong", "also wrong"}})
			right := Scan(Source{Data: data, Passwords: []string{"wrong", c.password}})
			in := right.Inputs[0]
			check(t, "kind", in.Kind, map[bool]string{true: "jks", false: "pkcs12"}[strings.Contains(c.name, "keytool J")])
			check(t, "pieces", len(right.Inputs), 1)
			check(t, "secret", in.Secret, true)
			check(t, "password", in.Password, "")
			check(t, "certificates", count(right, Certificate), c.certificates)
			check(t, "keys", count(right, PrivateKey), c.keys)
			check(t, "length", in.Where.Length, len(data))
			if c.open {
				check(t, "certificates without a password", count(without, Certificate), c.certificates)
			} else {
				check(t, "password when none is given", without.Inputs[0].Password, "needed")
				check(t, "password when others are given", wrong.Inputs[0].Password, "wrong")
				check(t, "certificates without a password", count(without, Certificate), 0)
			}
			for _, r := range []Result{without, wrong, right} {
				noSecret(t, c.name, r, leafSecret)
				if strings.Contains(reported(t, r), c.password) && c.password != "" {
					t.Error("the report holds the password")
				}
			}
			// The same file in other dresses.
			for name, text := range map[string]string{
				"base64": base64.StdEncoding.EncodeToString(data), "lines": folded(base64.StdEncoding.EncodeToString(data), 76, "  "),
				"hex": hex.EncodeToString(data), "xxd": xxd(data), "PEM": string(pemBlock("PKCS12", data)),
			} {
				if name == "PEM" && in.Kind == "jks" {
					continue // nobody writes that
				}
				r := Scan(Source{Data: []byte("store:\n" + text + "\n"), Passwords: []string{c.password}})
				check(t, "certificates in "+name, count(r, Certificate), c.certificates)
				if len(r.Inputs) > 0 {
					check(t, "secret in "+name, r.Inputs[0].Secret, true)
				}
			}
		})
	}
}

// keySecret gives the scalar of the P-256 key of a member.
func keySecret(t *testing.T, m member) []byte {
	t.Helper()
	secret, err := m.key.(*ecdsa.PrivateKey).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// TestDamagedStores: cut and changed files give less, and never a panic.
func TestDamagedStores(t *testing.T) {
	l := newLab(t, "ecdsa")
	for _, c := range storeCases {
		if c.name != "openssl" && c.name != "keytool JKS" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			data := c.make(t, l)
			for n := 0; n < len(data); n += 13 {
				changed := append([]byte(nil), data...)
				changed[n] ^= 0xFF
				for _, d := range [][]byte{data[:n], changed} {
					sound(t, d, Scan(Source{Data: d, Passwords: []string{c.password}}))
				}
			}
		})
	}
}

// TestWork: a file whose password takes too long to try is not tried.
func TestWork(t *testing.T) {
	word := build(tagOID, []byte(oidPBKDF2))
	rounds := build(tagInteger, []byte{0x7F, 0xFF, 0xFF, 0xFF})
	kdf := build(tagSequence, word, build(tagSequence, build(tagOctets, make([]byte, 8)), rounds))
	aes := build(tagSequence, build(tagOID, []byte("\x60\x86\x48\x01\x65\x03\x04\x01\x2A")), build(tagOctets, make([]byte, 16)))
	algorithm := build(tagSequence, build(tagOID, []byte(oidPBES2)), build(tagSequence, kdf, aes))
	content := build(tagSequence, build(tagOID, append(oidPKCS7[:8:8], 1)), algorithm, build(0x80, make([]byte, 32)))
	safe := build(tagSequence, build(tagOID, append(oidPKCS7[:8:8], 6)), build(tagContext0, build(tagSequence, build(tagInteger, []byte{0}), content)))
	info := build(tagSequence, build(tagOID, append(oidPKCS7[:8:8], 1)), build(tagContext0, build(tagOctets, build(tagSequence, safe))))
	r := Scan(Source{Data: build(tagSequence, build(tagInteger, []byte{3}), info), Passwords: []string{"a"}})
	if len(r.Inputs) != 1 || !strings.Contains(r.Inputs[0].Note, "takes too long") {
		t.Error(render(r))
	}
}
