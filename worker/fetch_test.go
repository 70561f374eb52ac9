package main

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"certlens/internal/lab"
	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

var (
	root    = lab.Issue(lab.Spec{Name: "Worker Root", CA: true})
	issuing = lab.Issue(lab.Spec{Name: "Worker CA", CA: true, Issuer: root})
)

func encode(c *lab.Cert) string { return base64.StdEncoding.EncodeToString(c.Raw) }

// list makes a revocation list with so many entries.
func list(t testing.TB, entries int) []byte {
	t.Helper()
	template := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: lab.At, NextUpdate: lab.At.AddDate(0, 0, 7)}
	for i := range entries {
		serial := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 120), big.NewInt(int64(i)))
		template.RevokedCertificateEntries = append(template.RevokedCertificateEntries, x509.RevocationListEntry{
			SerialNumber: serial, RevocationTime: lab.At,
		})
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, issuing.Certificate, issuing.Key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// serveFiles serves files under /, and leads from /moved/ to them.
func serveFiles(t testing.TB, files map[string][]byte) (url string) {
	t.Helper()
	mux := http.NewServeMux()
	for name, data := range files {
		mux.HandleFunc("/"+name, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) })
		mux.Handle("/moved/"+name, http.RedirectHandler("/"+name, http.StatusFound))
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func TestIssuerIsFetched(t *testing.T) {
	base := serveFiles(t, map[string][]byte{"ca.cer": issuing.Raw, "page": []byte("<!doctype html>")})
	leaf := lab.Issue(lab.Spec{Name: "www.hostile.net", Issuer: issuing, Edit: func(c *x509.Certificate) {
		c.IssuingCertificateURL = []string{"ldap://127.0.0.1/cn=ca", base + "page", base + "moved/ca.cer"}
	}})
	onFaces(t, "private", func(t *testing.T, f face) {
		var answer report.IssuerAnswer
		unmarshal(t, f.post(t, "/v1/issuer", report.IssuerRequest{Certificate: encode(leaf)}), &answer)
		if len(answer.Certificates) != 1 || answer.Certificates[0] != encode(issuing) || answer.URL != base+"moved/ca.cer" {
			t.Errorf("%+v", answer)
		}
		if len(answer.Tried) != 3 || answer.Tried[1].Failure == "" || answer.Tried[2] != (report.Fetch{URL: base + "moved/ca.cer", Redirected: base + "ca.cer"}) {
			t.Errorf("%+v", answer.Tried)
		}
	})
}

// A list may be as large as what is fetched, and no larger.
func TestListsAreFetched(t *testing.T) {
	const most = 4 << 20
	perEntry := (len(list(t, 2000)) - len(list(t, 1000))) / 1000
	large := list(t, most/perEntry-100)
	larger := list(t, most/perEntry+100)
	if len(large) > most || len(larger) <= most {
		t.Fatalf("%d and %d bytes, want less and more than %d", len(large), len(larger), most)
	}
	small := list(t, 3)
	base := serveFiles(t, map[string][]byte{"small": small, "large": large, "larger": larger})
	onFaces(t, "private", func(t *testing.T, f face) {
		for name, want := range map[string][]byte{"small": small, "large": large, "larger": nil} {
			leaf := lab.Issue(lab.Spec{Name: "www.hostile.net", Issuer: issuing, Edit: func(c *x509.Certificate) {
				c.CRLDistributionPoints = []string{base + name}
			}})
			var answer report.RevocationAnswer
			unmarshal(t, f.post(t, "/v1/revocation", report.RevocationRequest{Certificate: encode(leaf)}), &answer)
			der, err := base64.StdEncoding.DecodeString(answer.DER)
			if err != nil || (answer.Kind == "crl") != (want != nil) || !bytes.Equal(der, want) {
				t.Errorf("%s: %q, %d bytes, want %d: %v", name, answer.Kind, len(der), len(want), answer.Tried)
			}
		}
	})
}

func TestOCSPResponseIsFetched(t *testing.T) {
	good := lab.Spec{Name: "good.hostile.net", Issuer: issuing}
	revoked := lab.Spec{Name: "revoked.hostile.net", Issuer: issuing}
	url := "http://" + startResponder(t, lab.Issue(good), lab.Issue(revoked))
	onFaces(t, "private", func(t *testing.T, f face) {
		for spec, status := range map[*lab.Spec]int{&good: ocsp.Good, &revoked: ocsp.Revoked} {
			spec.Edit = func(c *x509.Certificate) { c.OCSPServer = []string{url} }
			leaf := lab.Issue(*spec)
			var answer report.RevocationAnswer
			unmarshal(t, f.post(t, "/v1/revocation", report.RevocationRequest{Certificate: encode(leaf), Issuer: encode(issuing)}), &answer)
			der, err := base64.StdEncoding.DecodeString(answer.DER)
			if err != nil || answer.Kind != "ocsp" || answer.URL != url {
				t.Fatalf("%+v, %v", answer, err)
			}
			if response, err := ocsp.ParseResponseForCert(der, leaf.Certificate, issuing.Certificate); err != nil || response.Status != status {
				t.Errorf("%s: %v, %+v", spec.Name, err, response)
			}
		}
	})
}

// startResponder starts OpenSSL's OCSP responder for two certificates, of which
// the second is revoked, and gives its address.
func startResponder(t *testing.T, good, revoked *lab.Cert) string {
	t.Helper()
	openssl(t)
	dir := t.TempDir()
	index := ""
	for _, c := range []*lab.Cert{good, revoked} {
		state := "V\t" + c.NotAfter.UTC().Format("060102150405Z") + "\t"
		if c == revoked {
			state = "R\t" + c.NotAfter.UTC().Format("060102150405Z") + "\t" + lab.At.Format("060102150405Z")
		}
		index += fmt.Sprintf("%s\t%02X\tunknown\t/CN=%s\n", state, c.SerialNumber, c.Subject.CommonName)
	}
	for name, text := range map[string]string{"index.txt": index, "ca.pem": lab.PEM(issuing), "ca.key": lab.KeyPEM(issuing)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	port := daemon.FreePort(t)
	run(t, dir, "waiting for OCSP client connections",
		"openssl", "ocsp", "-index", "index.txt", "-port", strconv.Itoa(port), "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key", "-resp_no_certs")
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}

// openssl skips a test where it is not installed.
func openssl(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
}

// run runs a program until the test ends, and waits until it says that it is
// ready. A connection would not do to find out: OpenSSL's responder never comes
// back from one that is closed at once.
func run(t testing.TB, dir, ready, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = dir
	said := &lockedBuffer{}
	c.Stdout, c.Stderr = said, said
	stdin, err := c.StdinPipe() // open: s_server ends when it is closed
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	for range 500 {
		if strings.Contains(said.String(), ready) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%s is not ready:\n%s", name, said)
}
