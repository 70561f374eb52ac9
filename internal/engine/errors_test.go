package engine

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

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

// Commands carry the host and the port that stand anywhere in the paste.
func TestCommands(t *testing.T) {
	for text, want := range map[string]string{
		`Get "https://k8s.example.com:6443/v": x509: certificate is valid for kubernetes, not k8s.example.com`:                                                                                                                               "-connect k8s.example.com:6443",
		"requests: HTTPSConnectionPool(host='db.example.com', port=9443): Max retries exceeded: hostname 'db.example.com' doesn't match 'x' (_ssl.c:1)":                                                                                      "-connect db.example.com:9443",
		"*   Trying 127.0.0.1:24404...\n* Connected to localhost (127.0.0.1) port 24404 (#0)\n* SSL certificate problem: unable to get local issuer certificate\ncurl: (60) SSL certificate problem: unable to get local issuer certificate": "-connect localhost:24404",
		"curl -k https://nas.local:5001/":                      "https://nas.local:5001/",
		`requests.get("https://nas.local:5001", verify=False)`: "https://nas.local:5001/",
		`curl -k https://alice:hunter2@nas.local:5001/`:        "https://HOST/",
		`Get "https://10.2.3.4:8443/": x509: cannot validate certificate for 10.2.3.4 because it doesn't contain any IP SANs`:                                                      "ipAddresses: [10.2.3.4]",
		"$ curl https://shop.example:8443/cart\ncurl: (60) SSL certificate problem: unable to get local issuer certificate\nMore details here: https://curl.se/docs/sslcerts.html": "-connect shop.example:8443",
		"unable to verify the first certificate, when I open https://shop.example:8443":                                                                                            "-connect shop.example:8443",
		"https://other.example:8443/\nGet \"https://k8s.example.com:6443/v\": x509: certificate is valid for kubernetes, not k8s.example.com":                                      "-connect k8s.example.com:6443",
		"[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1006)":                                                                                                                   "ECDHE:@SECLEVEL=2",
	} {
		r := ask(text)
		commands := ""
		if d := r.Diagnosis; d != nil {
			for _, a := range d.Alternatives {
				commands += a.Command + "\n"
			}
		}
		for i, f := range r.Fixes {
			if commands += strings.Join(f.Commands, "\n") + "\n"; i == 0 && strings.HasPrefix(text, "[SSL: DH") && f.ID != "server-dh" {
				t.Errorf("%s: %s comes first", text, f.ID)
			}
		}
		if !strings.Contains(commands, want) || strings.Contains(commands, ":443") && strings.Contains(want, ".") || strings.Contains(commands, "hunter2") {
			t.Errorf("%s: %s\nwant %s", text, commands, want)
		}
	}
}

// The code of a browser is said in a sentence, and claims no more than it proves.
func TestBrowserCodes(t *testing.T) {
	for text, want := range map[string]string{
		"NET::ERR_CERT_COMMON_NAME_INVALID":                        "hostname_mismatch likely: Chrome reports: The certificate is not valid for the name",
		"ERR_SSL_VERSION_OR_CIPHER_MISMATCH":                       "protocol_version likely: Chrome reports: The text does not say why it failed.",
		"NET::ERR_CERT_AUTHORITY_INVALID":                          "unknown_root likely: Chrome finds no path",
		"Error code: SSL_ERROR_BAD_CERT_DOMAIN":                    "hostname_mismatch likely: Firefox reports: The certificate is not valid for the name",
		"Error code: SEC_ERROR_REVOKED_CERTIFICATE":                "revoked certain: Firefox reports: The certificate was revoked.",
		"MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY": "ct_required certain: Firefox reports: The client demands",
		"This site can’t provide a secure connection\nshop.example.com uses an unsupported protocol.\nERR_SSL_VERSION_OR_CIPHER_MISMATCH": "protocol_version likely: Chrome reports: The text",
	} {
		d := ask(text).Diagnosis
		if d == nil {
			t.Fatalf("%s: no diagnosis", text)
		}
		got := string(d.Class) + " " + d.Confidence + ": " + d.Summary
		if !strings.HasPrefix(got, want) || strings.Contains(got, "code 62") || strings.Contains(got, "The run beside it") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// Whose key a private key is, is said; one that is another's, first of all.
func TestKeyBesideCertificate(t *testing.T) {
	another := lab.KeyPEM(lab.Issue(lab.Spec{Name: "x", Key: "another"}))
	const fits, foreign = "n_private_key_fits", "e_private_key_of_another_certificate"
	for name, c := range map[string]struct {
		text, findings string
		isMain         bool
	}{
		"its own":               {lab.KeyPEM(leaf) + lab.PEM(leaf, issuing), fits, false},
		"of another":            {another + lab.PEM(leaf, issuing), foreign, true},
		"both":                  {another + lab.KeyPEM(leaf) + lab.PEM(leaf, issuing), foreign + " " + fits, false},
		"of its CA":             {lab.KeyPEM(issuing) + lab.PEM(leaf, issuing), fits, false},
		"beside a CA alone":     {another + lab.PEM(issuing), foreign, false},
		"without a certificate": {another, "", false},
		"beside what a server sent": {"CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = www.example.com\n   i:CN = Example Issuing CA\n" + lab.PEM(leaf) +
			"---\nServer certificate\nsubject=CN = www.example.com\n---\n\n" + another, "", false},
	} {
		r := ask(c.text)
		var ids []string
		for _, f := range r.Findings {
			if f.ID == fits || f.ID == foreign {
				ids = append(ids, f.ID)
			}
		}
		isMain := r.Diagnosis != nil && strings.HasPrefix(r.Diagnosis.Summary, "The private key does not belong to")
		if got := strings.Join(ids, " "); got != c.findings || isMain != c.isMain {
			t.Errorf("%s: findings %q, first of all %t, want %q, %t", name, got, isMain, c.findings, c.isMain)
		}
	}
}

// A run of a tool and an error text that differ are both said, and the one that
// proves more comes first.
func TestRunAndText(t *testing.T) {
	const closed = "$ openssl s_client -connect www.example.com:443\nCONNECTED(00000003)\nwrite:errno=0\n---\nno peer certificate available\n---\nSSL handshake has read 0 bytes and written 300 bytes\n---\n\n"
	const refused = "$ openssl s_client -connect www.example.com:443\nconnect:errno=111\n\n"
	chain := "CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = www.example.com\n   i:CN = Example Issuing CA\n" + lab.PEM(expiredLeaf()) + "---\nServer certificate\nsubject=CN = www.example.com\n---\n\n"
	for name, c := range map[string]struct {
		text  string
		class report.Class
		other string
	}{
		"a closed connection proves little":     {closed + "curl: (60) SSL certificate problem: certificate has expired\n", report.Expired, "The run beside it shows something else: www.example.com:443 closed"},
		"a refused one proves itself":           {refused + "curl: (60) SSL certificate problem: certificate has expired\n", report.Refused, "The error text beside it says something else: curl reports"},
		"a certificate proves more than a text": {chain + "curl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'\n", report.Expired, "The error text beside it says something else: curl says that the certificate is for other names"},
		"they agree":                            {closed + "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to www.example.com:443\n", report.Closed, ""},
	} {
		d := ask(c.text).Diagnosis
		if d == nil || d.Class != c.class || !strings.Contains(d.Summary, c.other) || c.other == "" && strings.Contains(d.Summary, "something else") {
			t.Errorf("%s: %+v, want %s and %q", name, d, c.class, c.other)
		}
	}
}

// What fails at a public service is mostly on the way.
func TestOnTheWay(t *testing.T) {
	for text, want := range map[string]bool{
		"curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to github.com:443":                                             true,
		"fatal: unable to access 'https://github.com/x/y.git/': OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to github.com:443": true,
		"npm error code ECONNRESET\nnpm error request to https://registry.npmjs.org/left-pad failed, reason: read ECONNRESET":           true,
		"curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to pypi.org:443":                                               true,
		"curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to git.example.com:443":                                        false,
	} {
		r := ask(text)
		if got := strings.Contains(r.Diagnosis.Action, "on the way first"); got != want || want && (r.Diagnosis.Class != report.Reset || r.Fixes[0].ID != "client-reach") {
			t.Errorf("%s: %s: %s", text, r.Diagnosis.Class, r.Diagnosis.Action)
		}
	}
}

// Postfix is not told about public roots before it is given a file of them.
func TestPostfixRoots(t *testing.T) {
	for text, want := range map[string]string{
		"postfix/smtp[1]: certificate verification failed for mx.example.com[192.0.2.1]:25: untrusted issuer /C=US/O=Internet Security Research Group/CN=ISRG Root X1": "client-store-postfix",
		"postfix/smtp[1]: certificate verification failed for mx.example.com: untrusted issuer /C=US/O=Google Trust Services LLC/CN=GTS Root R1":                       "client-store-postfix",
		"postfix/smtp[1]: certificate verification failed for mx.example.com[192.0.2.1]:25: untrusted issuer /O=Example/CN=Example Root":                               "client-trust",
	} {
		r := ask(text)
		if r.Diagnosis.Class != report.UnknownRoot || r.Fixes[0].ID != want || r.Host != "" && r.Host != "mx.example.com" {
			t.Errorf("%s: %s, %s, host %q, want %s", text, r.Diagnosis.Class, r.Fixes[0].ID, r.Host, want)
		}
	}
}

// The password of a key store has a command of its own.
func TestKeystorePassword(t *testing.T) {
	for _, text := range []string{
		"keytool error: java.io.IOException: keystore password was incorrect",
		"keytool error: java.io.IOException: Keystore was tampered with, or password was incorrect",
		"java.io.IOException: keystore password was incorrect\n\tat java.base/sun.security.pkcs12.PKCS12KeyStore.engineLoad(PKCS12KeyStore.java:2159)\n" +
			"Caused by: java.security.UnrecoverableKeyException: failed to decrypt safe contents entry: javax.crypto.BadPaddingException: Given final block not properly padded. Such issues can arise if a bad key is used during decryption.",
	} {
		r := ask(text)
		if r.Diagnosis == nil || !strings.Contains(r.Diagnosis.Summary, "password of the key store is wrong") || r.Fixes[0].ID != "client-storepass-java" || !strings.HasPrefix(r.Fixes[0].Commands[0], "keytool -list -keystore ") {
			t.Errorf("%s: %+v", text, r.Diagnosis)
		}
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

// Passwords and tokens in what a program prints are in no report, in UTF-16 as
// PowerShell writes it neither.
func TestNoSecretInErrorText(t *testing.T) {
	for _, text := range []string{
		"fatal: unable to access 'https://alice:hunter2@git.example.com/x.git/': SSL certificate problem: unable to get local issuer certificate\n",
		"Could not read certificate from https://alice:hunter2@www.example.com/a.pem\n",
		"curl: (77) error setting certificate file: /a?token=hunter2\n",
		"Could not read key from eyJhbGciOiJIUzI1NiJ9.eyJhbGciOiJIUzI1hunter2.abc\n",
		"* Connected to www.example.com (192.0.2.1) port 443\n* SSL: password=hunter2\n",
		"Could not read key from '" + lab.KeyPEM(leaf) + "'\n",
	} {
		wide := []byte{0xFF, 0xFE}
		for _, u := range utf16.Encode([]rune(text)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		for _, r := range []*report.Report{ask(text), ask(string(wide))} {
			wire, _ := json.Marshal(r)
			if bytes.Contains(wire, []byte("hunter2")) || leaks(wire, lab.KeyPEM(leaf)) || len(r.Errors)+len(r.Transcripts) == 0 {
				t.Errorf("%q: %s", text, wire)
			}
		}
	}
}

// A CA with the name of a trusted root and another key is not for trusting.
func TestNamesake(t *testing.T) {
	real := lab.Issue(lab.Spec{Name: "Example Root", CA: true})
	for name, served := range map[string]func(fake *lab.Cert) []*lab.Cert{
		"with the root": func(f *lab.Cert) []*lab.Cert {
			return []*lab.Cert{lab.Issue(lab.Spec{Name: "a.example", Issuer: f}), f}
		},
		"without it":     func(f *lab.Cert) []*lab.Cert { return []*lab.Cert{lab.Issue(lab.Spec{Name: "a.example", Issuer: f})} },
		"the root alone": func(f *lab.Cert) []*lab.Cert { return []*lab.Cert{f} },
	} {
		text := lab.PEM(served(lab.Issue(lab.Spec{Name: "Example Root", CA: true, Key: "another", Edit: func(c *x509.Certificate) {
			c.SubjectKeyId, c.AuthorityKeyId = []byte("another"), []byte("another")
		}}))...)
		for _, said := range []string{"", "curl: (60) SSL certificate problem: unable to get local issuer certificate\n"} {
			r := Analyze(t.Context(), Request{Sources: []intake.Source{{Data: []byte(text + said)}}, Anchors: []intake.Source{{Data: []byte(lab.PEM(real))}}, At: lab.At})
			d := r.Diagnosis
			if d == nil || !strings.Contains(d.Summary, "was not signed with the key of the trusted root Example Root") || strings.Contains(d.Action, "anchor") || strings.Contains(d.Summary, "curl") {
				t.Errorf("%s: %+v", name, d)
			}
		}
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
