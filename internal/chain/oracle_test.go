package chain

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// build makes the certificates of a case: served ones leaf first, and anchors.
func (c chainCase) build(t testing.TB) (f *forge, served, anchors []*forged) {
	f = newForge(t)
	for _, spec := range c.certs {
		made := f.make(spec)
		switch {
		case made.words["anchor"]:
			anchors = append(anchors, made)
		case !made.words["absent"]:
			served = append([]*forged{made}, served...)
		}
	}
	if len(served) == 0 {
		served = anchors
	}
	for i, s := range served { // the leaf is the one that was named leaf
		if s == f.made["leaf"] {
			served[0], served[i] = served[i], served[0]
		}
	}
	return f, served, anchors
}

// certsOf lists the parsed certificates.
func certsOf(list []*forged) []*cert.Certificate {
	var out []*cert.Certificate
	for _, f := range list {
		out = append(out, f.cert)
	}
	return out
}

// TestChains holds our verdict, Go's and OpenSSL's against the table.
func TestChains(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Log("openssl not found, its column is not checked: apt-get install openssl")
	}
	for _, c := range chains {
		t.Run(c.name, func(t *testing.T) {
			f, served, anchors := c.build(t)
			res := Build(context.Background(), Request{Served: certsOf(served), Host: c.host, At: now,
				Stores: []*trust.Store{trust.User(certsOf(anchors))}})
			if got := f.verdict(res.Paths[0]); got != c.ours {
				t.Errorf("ours: %s, want %s\n%s", got, c.ours, details(res.Paths[0]))
			}
			if got := goVerdict(served, anchors, c.host, res.Purpose); got != c.golang {
				t.Errorf("Go: %s, want %s", got, c.golang)
			}
			if openssl != "" {
				if got, out := opensslVerdict(t, openssl, served, anchors, c.host, res.Purpose); got != c.openssl {
					t.Errorf("OpenSSL: %s, want %s\n%s", got, c.openssl, out)
				}
			}
			if differ := c.golang != c.openssl || (c.ours == "trusted") != (c.golang == "ok"); differ != (c.why != "") {
				t.Errorf("verdicts differ: %v, explanation: %q", differ, c.why)
			}
		})
	}
}

// verdict writes a path as the table does.
func (f *forge) verdict(p report.Path) string {
	if p.Trusted {
		return "trusted"
	}
	var out []string
	for _, q := range p.Problems {
		out = append(out, string(q.Class)+"@"+f.nameOf(q.Certificate))
	}
	return strings.Join(out, " ")
}

// nameOf finds the name of a certificate by its id.
func (f *forge) nameOf(id string) string {
	for name, made := range f.made {
		if made.cert.ID == id {
			return name
		}
	}
	return id
}

// details writes the sentences of a path.
func details(p report.Path) string {
	var out []string
	for _, q := range p.Problems {
		out = append(out, string(q.Class)+": "+q.Detail+" ["+q.Rule+"]")
	}
	return strings.Join(out, "\n")
}

// goUsages and opensslPurposes are what the purposes are called there. OpenSSL
// has none for code signing before version 3.2.
var (
	goUsages = map[Purpose]x509.ExtKeyUsage{ClientAuth: x509.ExtKeyUsageClientAuth, EmailProtection: x509.ExtKeyUsageEmailProtection,
		CodeSigning: x509.ExtKeyUsageCodeSigning, TimeStamping: x509.ExtKeyUsageTimeStamping}
	opensslPurposes = map[Purpose]string{ClientAuth: "sslclient", EmailProtection: "smimesign", TimeStamping: "timestampsign", CodeSigning: "any"}
)

// goVerdict asks crypto/x509.
func goVerdict(served, anchors []*forged, host string, purpose Purpose) string {
	roots, others := x509.NewCertPool(), x509.NewCertPool()
	for _, a := range anchors {
		if c, err := x509.ParseCertificate(a.der); err == nil {
			roots.AddCert(c)
		}
	}
	for _, s := range served[1:] {
		if c, err := x509.ParseCertificate(s.der); err == nil {
			others.AddCert(c)
		}
	}
	leaf, err := x509.ParseCertificate(served[0].der)
	if err != nil {
		return "no"
	}
	usage, ok := goUsages[purpose]
	if !ok {
		usage = x509.ExtKeyUsageServerAuth
	}
	opts := x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{usage}, DNSName: host}
	if _, err := leaf.Verify(opts); err != nil {
		return "no"
	}
	return "ok"
}

// opensslVerdict asks openssl verify.
func opensslVerdict(t testing.TB, program string, served, anchors []*forged, host string, purpose Purpose) (string, string) {
	dir := t.TempDir()
	file := func(name string, list []*forged) string {
		var text []byte
		for _, f := range list {
			text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: f.der})...)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	args := []string{"verify", "-no-CApath", "-no-CAstore", "-partial_chain", "-auth_level", "2",
		"-attime", fmt.Sprint(now.Unix()), "-CAfile", file("anchors.pem", anchors)}
	if len(served) > 1 {
		args = append(args, "-untrusted", file("served.pem", served[1:]))
	}
	name := opensslPurposes[purpose]
	if name == "" {
		name = "sslserver"
	}
	args = append(args, "-purpose", name)
	switch {
	case net.ParseIP(host) != nil:
		args = append(args, "-verify_ip", host)
	case host != "":
		args = append(args, "-verify_hostname", host)
	}
	out, err := exec.Command(program, append(args, file("leaf.pem", served[:1]))...).CombinedOutput()
	if err != nil {
		return "no", string(out)
	}
	return "ok", string(out)
}
