// Package examples makes the examples that the page offers to try: a small
// private PKI under example.com, and what people paste of it. Everything but
// the transcript is deterministic: the same source gives the same bytes, so a
// check can tell whether the committed files are still what this package makes.
package examples

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"certlens/internal/lab"
)

// An Example is one entry of index.json.
type Example struct {
	// ID is the name in links.
	ID string `json:"id"`
	// Title says what is wrong with it, for people.
	Title string `json:"title"`
	// At is the time to judge the example for (RFC 3339), so that an example
	// of a good chain is still good when its certificates have expired.
	At string `json:"at"`
	// Host is the name that the certificate should be good for.
	Host string `json:"host"`
	// File holds what is pasted; Anchors the private root that the user trusts,
	// empty when there is none.
	File    string `json:"file"`
	Anchors string `json:"anchors,omitempty"`
}

// host is the server of all examples but the self-signed one.
const host = "shop.example.com"

// The private PKI of the examples.
var (
	root    = lab.Issue(lab.Spec{Name: "Example Root CA", CA: true, From: year(2020), Until: year(2045)})
	issuing = lab.Issue(lab.Spec{Name: "Example Issuing CA 1", CA: true, Issuer: root, From: year(2024), Until: year(2034), Edit: lastCA})
	server  = lab.Issue(lab.Spec{Name: host, Issuer: issuing, From: day(-20), Until: day(70)})
	expired = lab.Issue(lab.Spec{Name: host, Issuer: issuing, From: day(-93), Until: day(-3)})
	alone   = lab.Issue(lab.Spec{Name: "nas.example.com", From: year(2026), Until: year(2027)})
)

func year(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

// day is a day counted from the moment of the examples.
func day(n int) time.Time { return lab.At.AddDate(0, 0, n) }

// lastCA forbids further CAs below: pathLenConstraint 0 (RFC 5280, 4.2.1.9).
func lastCA(t *x509.Certificate) { t.MaxPathLenZero = true }

// gitError is all that git prints of a server whose chain it cannot build.
const gitError = "fatal: unable to access 'https://" + host + "/shop.git/': " +
	"SSL certificate problem: unable to get local issuer certificate\n"

// kubernetes is what `kubectl get secret shop-tls -o yaml` prints.
func kubernetes(chain, key string) string {
	encode := base64.StdEncoding.EncodeToString
	return "apiVersion: v1\ndata:\n" +
		"  tls.crt: " + encode([]byte(chain)) + "\n" +
		"  tls.key: " + encode([]byte(key)) + "\n" +
		"kind: Secret\nmetadata:\n  name: shop-tls\n  namespace: shop\ntype: kubernetes.io/tls\n"
}

// Write writes the deterministic examples and index.json to dir. The transcript
// is written by Record, because it takes a real handshake.
func Write(dir string) error {
	at := lab.At.Format(time.RFC3339)
	files := map[string]string{
		"root.txt":                 lab.PEM(root),
		"good.txt":                 lab.PEM(server, issuing),
		"expired.txt":              lab.PEM(expired, issuing),
		"missing-intermediate.txt": lab.PEM(server),
		"self-signed.txt":          lab.PEM(alone),
		"error.txt":                gitError,
		"kubernetes.txt":           kubernetes(lab.PEM(server), lab.KeyPEM(server)),
	}
	index, err := json.MarshalIndent([]Example{
		{"good", "A good chain", at, host, "good.txt", "root.txt"},
		{"expired", "An expired certificate", at, host, "expired.txt", "root.txt"},
		{"missing-intermediate", "A missing intermediate", at, host, "missing-intermediate.txt", "root.txt"},
		{"self-signed", "A self-signed certificate", at, "nas.example.com", "self-signed.txt", ""},
		{"s_client", "The output of openssl s_client", at, "", "s_client.txt", ""},
		{"error", "An error message alone", at, "", "error.txt", ""},
		{"kubernetes", "A Kubernetes secret", at, host, "kubernetes.txt", "root.txt"},
	}, "", "  ")
	if err != nil {
		return err
	}
	files["index.json"] = string(index) + "\n"
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			return fmt.Errorf("examples: %w", err)
		}
	}
	return nil
}
