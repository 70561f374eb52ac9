package evidence

import (
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certlens/internal/cert"
)

// A desk is a directory that openssl works in.
type desk struct {
	t    *testing.T
	path string
}

func openDesk(t *testing.T) desk {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	return desk{t, t.TempDir()}
}

// put writes PEM, or DER when there is no label.
func (d desk) put(name, label string, der []byte) string {
	d.t.Helper()
	if label != "" {
		der = pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
	}
	file := filepath.Join(d.path, name)
	if err := os.WriteFile(file, der, 0o600); err != nil {
		d.t.Fatal(err)
	}
	return file
}

// run gives all that openssl says; it fails where a certificate is revoked.
func (d desk) run(args ...string) string {
	args = slices.Insert(args, 1, "-attime", strconv.FormatInt(noon.Unix(), 10))
	out, _ := exec.Command("openssl", args...).CombinedOutput()
	return string(out)
}

// judgement reads what openssl says: "good", "revoked", or "" when it refuses
// the list or the response. openssl verify goes on after a fault, so that a list
// that has ended may revoke as well.
func judgement(out string) string {
	if strings.Contains(out, "CRL has expired") || strings.Contains(out, "CRL is not yet valid") {
		return ""
	}
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasSuffix(line, "revoked"):
			return "revoked"
		case strings.HasSuffix(line, "good"), strings.HasSuffix(line, ".pem: OK"):
			return "good"
		}
	}
	return ""
}

// certain is the status of the certificate when it is verified and current.
func certain(all []Verdict, c *cert.Certificate) string {
	for _, v := range all {
		if v.Certificate == c.ID && v.Verified && v.Current && v.Status != "unknown" {
			return v.Status
		}
	}
	return ""
}

// othersView are cases where openssl says something else, and why.
var othersView = map[string]string{
	"delta, listed":   "openssl takes a delta for nothing without its base",
	"delta, released": "openssl takes a delta for nothing without its base",
}

// TestListsAgainstOpenSSL asks openssl whether the leaf is revoked.
func TestListsAgainstOpenSSL(t *testing.T) {
	d, c := openDesk(t), newCast(t)
	ca, leaf := d.put("ca.pem", "CERTIFICATE", c.ca.x509.Raw), d.put("leaf.pem", "CERTIFICATE", c.leaf.x509.Raw)
	compared := 0
	for _, row := range listCases(c) {
		der := row.list.der(t)
		out := d.run("verify", "-crl_check", "-extended_crl", "-CAfile", ca, "-CRLfile", d.put("list.pem", "X509 CRL", der), leaf)
		got := certain(Status(c.all(), [][]byte{der}, []string{"crl"}, noon), c.leaf.cert)
		_, known := othersView[row.what]
		if same := got == judgement(out); same == known {
			t.Errorf("%s: %q, openssl says %s", row.what, got, out)
		}
		compared++
	}
	t.Logf("compared %d lists", compared)
}

// TestResponsesAgainstOpenSSL asks openssl what a response says of the leaf, and
// whether it believes it.
func TestResponsesAgainstOpenSSL(t *testing.T) {
	d, c := openDesk(t), newCast(t)
	ca, leaf := d.put("ca.pem", "CERTIFICATE", c.ca.x509.Raw), d.put("leaf.pem", "CERTIFICATE", c.leaf.x509.Raw)
	for _, row := range replyCases(c) {
		der := row.reply.der(t, c)
		hash := "-sha1"
		if row.reply.hash != 0 {
			hash = "-" + strings.ToLower(strings.ReplaceAll(row.reply.hash.String(), "-", ""))
		}
		out := d.run("ocsp", "-respin", d.put("response.der", "", der), "-issuer", ca, hash, "-cert", leaf, "-CAfile", ca, "-no_nonce")
		want := ""
		if strings.Contains(out, "Response verify OK") {
			want = judgement(out)
		}
		// openssl judges the times of a response by the clock, so that they stay out.
		got := ""
		for _, v := range Status(c.all(), [][]byte{der}, []string{"ocsp"}, noon) {
			if v.Certificate == c.leaf.cert.ID && v.Verified && v.Status != "unknown" {
				got = v.Status
			}
		}
		if got != want {
			t.Errorf("%s: %q, openssl says %s", row.what, got, out)
		}
	}
}
