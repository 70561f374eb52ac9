package client

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is found into the vectors")

// summary writes matches as the vectors have them.
func summary(matches []Match) string {
	var out strings.Builder
	for _, m := range matches {
		fmt.Fprintf(&out, "%d:%d %s", m.Where.Line, m.Where.Column, m.Class)
		if len(m.Possible) > 0 {
			fmt.Fprintf(&out, " (or %s)", join(m.Possible))
		}
		fmt.Fprintf(&out, "\n  %s\n", strings.Join(append(m.Wrappers, strings.TrimSpace(m.Client+" "+m.Code)), " > "))
		if len(m.Keys) > 0 {
			fmt.Fprintf(&out, "  keys: %s\n", strings.Join(m.Keys, " "))
		}
		fmt.Fprintf(&out, "  side: %s", m.Side)
		for _, f := range []struct {
			name string
			is   bool
			text any
		}{
			{"host", m.Host != "", m.Host}, {"port", m.Port != 0, m.Port}, {"file", m.File != "", m.File},
			{"subject", m.Subject != "", m.Subject}, {"depth", m.Depth >= 0, m.Depth}, {"times", m.Count > 1, m.Count},
		} {
			if f.is {
				fmt.Fprintf(&out, ", %s: %v", f.name, f.text)
			}
		}
		fmt.Fprintf(&out, "\n  %s\n", m.Text)
	}
	return out.String()
}

// join writes classes; the long lists that end in every reason for which a
// certificate can be refused are cut short.
func join[T ~string](list []T) string {
	var words []string
	for i, c := range list {
		if i == 5 {
			words = append(words, "...")
			break
		}
		words = append(words, string(c))
	}
	return strings.Join(words, ", ")
}

// TestPastes reads what people paste, and holds what is found against the vector.
func TestPastes(t *testing.T) {
	names, err := filepath.Glob("testdata/pastes/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := summary(Recognise(a.Files[0].Data))
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// A paste means the same however it is wrapped, as long as no word stands alone
// that means something by itself.
func TestWrapping(t *testing.T) {
	const text = "curl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'"
	want := Recognise([]byte(text))[0]
	for width := 6; width < len(text); width++ {
		var wrapped bytes.Buffer
		for i := 0; i < len(text); i += width {
			wrapped.WriteString(text[i:min(i+width, len(text))] + "\n")
		}
		got := Recognise(wrapped.Bytes())
		if len(got) != 1 || got[0].Class != want.Class || len(got[0].Keys) != 1 {
			t.Errorf("wrapped after %d: %s", width, summary(got))
		}
	}
}

// Texts that only look like errors, or speak about certificates, say nothing.
func TestProse(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "",
		"nginx configuration": `server {
	listen 443 ssl;
	server_name www.example.com;
	ssl_certificate /etc/ssl/certs/www.pem; ssl_certificate_key /etc/ssl/private/www.key;
	ssl_protocols TLSv1.2 TLSv1.3; ssl_verify_client optional; ssl_stapling on; ssl_stapling_verify on;
	error_page 495 496 497 https://$host$request_uri;
	proxy_ssl_verify on; proxy_ssl_trusted_certificate /etc/ssl/certs/ca.pem;
	error_log /var/log/nginx/error.log info;
}`,
		"standard": `The certificate_unknown alert is sent when some other unspecified issue arose in processing the
certificate, rendering it unacceptable. certificate_expired: A certificate has expired or is not currently valid.
certificate_revoked: A certificate was revoked by its signer. unknown_ca: A valid certificate chain or partial
chain was received, but the certificate was not accepted because the CA certificate could not be located.
handshake_failure(40), bad_certificate(42), unsupported_certificate(43), unknown_ca(48), protocol_version(70).
A self-signed certificate that is not trusted makes the client fail. If the certificate has expired or the name
does not match, the connection must be closed. The client should check that the certificate is not yet valid only
once. The connection timed out state is left after a while; the connection refused state is not.`,
		"Go source": `cfg := &tls.Config{RootCAs: pool, InsecureSkipVerify: false}
var unknown x509.UnknownAuthorityError
if errors.As(err, &unknown) { return fmt.Errorf("verify: %w", err) } // certificate verify
if err == io.EOF { break }
const statusTLSError = 525 // not a code
for i := -98; i < 9800; i++ { total += 0x80090000 >> i }`,
		"certificate text": `        Version: 3 (0x2)
        Signature Algorithm: ecdsa-with-SHA256
        Issuer: C = DE, O = Example, CN = Example Root
        Validity
            Not Before: Nov 20 12:00:00 2026 GMT
        X509v3 extensions:
            X509v3 Basic Constraints: critical
                CA:TRUE, pathlen:0
            X509v3 Authority Key Identifier: 0x80:09:03:25`,
		"log": `192.0.2.1 - - [20/Nov/2026:13:11:13 +0000] "GET /ssl/525 HTTP/1.1" 200 526 "-" "curl/7.88.1"
Nov 20 13:11:13 host sshd[1]: Connection from 192.0.2.1 port 51234
Nov 20 13:11:13 host certbot[2]: Certificate not yet due for renewal`,
		"questions": `How do I fix a self-signed certificate? Why does curl say certificate problem? The SSL handshake
takes long. Is the certificate chain too long to be sent, and what is a certificate revoked for?`,
	} {
		if got := Recognise([]byte(text)); len(got) > 0 {
			t.Errorf("%s: %s", name, summary(got))
		}
	}
}

// Where two errors stand in a text that is longer than a block, none is lost, and
// one across the border of two blocks is found once.
func TestBlocks(t *testing.T) {
	const text = "x509: certificate is valid for a.example, not b.example"
	for shift := -len(text) - 2; shift <= 2; shift++ {
		paste := strings.Repeat("-", blockSize+shift) + " " + text + "\n" + strings.Repeat("log ", 20_000) + "\nEPROTO NET::ERR_CERT_REVOKED\n"
		got := Recognise([]byte(paste))
		if len(got) != 2 || got[0].Where.Offset != blockSize+shift+1 || got[0].Host != "b.example" || got[1].Class != "revoked" || got[1].Where.Line != 3 {
			t.Fatalf("shifted by %d:\n%s", shift, summary(got))
		}
	}
}

// A chain of certificates does not even load the catalogue; a word beside it does.
func TestHasWords(t *testing.T) {
	const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
	for text, want := range map[string]bool{
		"": false, "\n \n": false, pem: false, pem + "\n" + pem: false, pem[:len(pem)-1]: false,
		"EPROTO": true, pem + "EPROTO": true, "EPROTO\n" + pem: true, pem[:40]: true,
	} {
		if got := hasWords([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// No more than the limit is given, and what is given is short.
func TestLimits(t *testing.T) {
	var paste bytes.Buffer
	for i := range 2 * MaxMatches {
		fmt.Fprintf(&paste, "Could not resolve host: host%d.example\n%s\n", i, strings.Repeat(" ", far))
	}
	got := Recognise(paste.Bytes())
	if len(got) != MaxMatches {
		t.Errorf("%d matches, want %d", len(got), MaxMatches)
	}
	long := Recognise([]byte("fatal: unable to access 'https://" + strings.Repeat("a", 200) + "/': " + strings.Repeat("\x1b[1m", 400) + "SSL certificate problem: certificate has expired"))
	if len(long) != 1 || len(long[0].Text) > maxText || len(long[0].Host) > maxName {
		t.Errorf("too long: %s", summary(long))
	}
}
