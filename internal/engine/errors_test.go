package engine

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"certlens/internal/intake"
	"certlens/internal/lab"
	"certlens/internal/report"
)

// ask analyzes a text at the moment of the lab.
func ask(text string) *report.Report {
	return Analyze(context.Background(), Request{Sources: []intake.Source{{Data: []byte(text)}}, At: lab.At})
}

// An error text finds its place, its host and the fix for who printed it.
func TestErrorText(t *testing.T) {
	r := ask("hello\n" + lab.PEM(root) + "\ncurl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'\n")
	if len(r.Errors) != 1 || r.Errors[0].Where.Line != 1+strings.Count(lab.PEM(root), "\n")+2 {
		t.Errorf("errors %+v", r.Errors)
	}
	if r.Host != "www.example.com" || r.HostFrom != "error" {
		t.Errorf("host %q from %q", r.Host, r.HostFrom)
	}
	r = ask("npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error request to https://npm.example.com:4873/x failed, reason: self-signed certificate in certificate chain\n")
	titles := ""
	for _, f := range r.Fixes[:4] {
		titles += f.ID + " " + strings.Join(f.Commands, " ") + "\n"
	}
	if !strings.Contains(titles, "NODE_EXTRA_CA_CERTS") || !strings.Contains(titles, "client-trust-npm") {
		t.Errorf("the first fixes are\n%s", titles)
	}
	if d := r.Diagnosis; d == nil || len(d.Alternatives) < 2 || !strings.Contains(d.Alternatives[0].Command, "npm.example.com:4873") {
		t.Errorf("diagnosis %+v", d)
	}
}

// A key between error lines is no part of their text.
func TestNoKeyInErrorText(t *testing.T) {
	r := ask("curl: (58) unable to set private key file: '" + strings.ReplaceAll(lab.KeyPEM(leaf), "\n", "\\n") + "' type PEM\n")
	wire, _ := json.Marshal(r)
	if leaks(wire, lab.KeyPEM(leaf)) {
		t.Errorf("the report holds bytes of the key: %s", wire)
	}
}

func TestSwitchedOff(t *testing.T) {
	for text, want := range map[string]string{
		"curl -sk https://x/": "-sk", "curl --silent --insecure https://x/": "--insecure", "requests.get(u, verify=False)": "verify=False",
		"export NODE_TLS_REJECT_UNAUTHORIZED=0": "NODE_TLS_REJECT_UNAUTHORIZED", "process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'": "NODE_TLS_REJECT_UNAUTHORIZED",
		"npm config set strict-ssl false": "strict-ssl false", "git config --global http.sslVerify false": "http.sslVerify false",
		"tls.Config{InsecureSkipVerify: true}": "InsecureSkipVerify: true", "wget --no-check-certificate https://x/": "--no-check-certificate",
		"NODE_TLS_REJECT_UNAUTHORIZED=1": "", "curl -K config": "", "curl --cacert ca.pem -o k https://x/": "", "curl x\n-k": "",
	} {
		found := ""
		for _, f := range ask(text).Findings {
			if f.ID == "n_verification_switched_off" {
				found = text[f.Where.Offset : f.Where.Offset+f.Where.Length]
				if !strings.Contains(f.Detail, "Instead") {
					t.Errorf("%s: %s", text, f.Detail)
				}
			}
		}
		if found != want {
			t.Errorf("%s: found %q, want %q", text, found, want)
		}
	}
}

// A password opens what is encrypted, and stays out of the report.
func TestPasswords(t *testing.T) {
	archives, err := filepath.Glob("../intake/testdata/*pkcs12*")
	if err != nil || len(archives) == 0 {
		t.Skip("no PKCS#12 vector in internal/intake/testdata")
	}
	const password = "a password that is in no report"
	for _, file := range archives {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wire, _ := json.Marshal(Analyze(t.Context(), Request{Sources: []intake.Source{{Data: data}}, Passwords: []string{password}, At: lab.At}))
		if bytes.Contains(wire, []byte(password)) {
			t.Errorf("%s: the report holds the password", file)
		}
	}
}

// secretBytes is how many bytes of a key make a leak: fewer occur by chance.
const secretBytes = 12

// leaks tells whether some output holds bytes of a private key: as the base64 of its
// PEM, or as base64 or hexadecimal of its secret part.
func leaks(out []byte, key string) bool {
	block, _ := pem.Decode([]byte(key))
	if block == nil {
		return false
	}
	secret := block.Bytes
	if i := bytes.Index(secret, []byte{0x04, 0x20}); i >= 0 && i+2+32 <= len(secret) {
		secret = secret[i+2 : i+2+32] // The scalar of P-256 (RFC 5915, section 3).
	}
	for i := 0; i+secretBytes <= len(secret); i++ {
		part := secret[i : i+secretBytes]
		if bytes.Contains(out, []byte(base64.StdEncoding.EncodeToString(part))) || bytes.Contains(bytes.ToLower(out), []byte(hex.EncodeToString(part))) || bytes.Contains(out, part) {
			return true
		}
	}
	return false
}

// FuzzAnalyze gives arbitrary text, and puts a key into it: nothing panics, and no
// report holds bytes of the key.
func FuzzAnalyze(f *testing.F) {
	files, err := filepath.Glob("../intake/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds in internal/intake/testdata")
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range archive.Files {
			if strings.HasPrefix(part.Name, "input") && len(part.Data) < 16<<10 {
				f.Add(string(part.Data), uint16(len(part.Data)/2))
			}
		}
	}
	f.Add("curl: (60) SSL certificate problem: unable to get local issuer certificate", uint16(20))
	key := lab.KeyPEM(leaf)
	f.Fuzz(func(t *testing.T, text string, at uint16) {
		i := min(int(at), len(text))
		wire, err := json.Marshal(ask(text[:i] + "\n" + key + "\n" + text[i:]))
		if err != nil {
			t.Fatal(err)
		}
		if leaks(wire, key) {
			t.Errorf("the report holds bytes of the key: %s", wire)
		}
	})
}
