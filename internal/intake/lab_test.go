package intake

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// A member is a certificate of the lab with its key.
type member struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// A lab is a chain of three: root, intermediate, leaf for www.example.com.
type lab struct {
	root, intermediate, leaf, client member
}

var (
	labStart = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	labEnd   = time.Date(2120, 1, 1, 0, 0, 0, 0, time.UTC)
)

// newLab makes a lab whose keys are of the given sort: "rsa", "ecdsa", "ed25519".
func newLab(t testing.TB, sort string) lab {
	t.Helper()
	var l lab
	l.root = issue(t, sort, "Example Root", member{}, true)
	l.intermediate = issue(t, sort, "Example Intermediate", l.root, true)
	l.leaf = issue(t, sort, "www.example.com", l.intermediate, false)
	l.client = issue(t, sort, "client.example.com", l.root, false)
	return l
}

func newKey(t testing.TB, sort string) crypto.Signer {
	t.Helper()
	var key crypto.Signer
	var err error
	switch sort {
	case "rsa":
		key, err = rsa.GenerateKey(rand.Reader, 2048)
	case "ecdsa":
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	default:
		key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{byte(len(sort))}, ed25519.SeedSize))
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issue makes a certificate; without an issuer it is self-signed.
func issue(t testing.TB, sort, name string, by member, ca bool) member {
	t.Helper()
	key := newKey(t, sort)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(int64(len(name))), Subject: pkix.Name{CommonName: name},
		NotBefore: labStart, NotAfter: labEnd, IsCA: ca, BasicConstraintsValid: ca,
	}
	if ca {
		template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
		template.SubjectKeyId = []byte(name)[:8]
	} else {
		template.DNSNames = []string{name, "localhost"}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	if by.cert == nil {
		by = member{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.cert, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return member{cert, key}
}

func (m member) pem() []byte { return pemBlock("CERTIFICATE", m.cert.Raw) }

func (m member) keyPEM(t testing.TB) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(m.key)
	if err != nil {
		t.Fatal(err)
	}
	return pemBlock("PRIVATE KEY", der)
}

func pemBlock(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

// staple makes an OCSP response about the leaf.
func (l lab) staple(t testing.TB) []byte {
	t.Helper()
	der, err := ocsp.CreateResponse(l.intermediate.cert, l.intermediate.cert, ocsp.Response{
		Status: ocsp.Good, SerialNumber: l.leaf.cert.SerialNumber, ThisUpdate: labStart, NextUpdate: labEnd,
	}, l.intermediate.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func (l lab) crl(t testing.TB) []byte {
	t.Helper()
	der, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: labStart, NextUpdate: labEnd,
	}, l.intermediate.cert, l.intermediate.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func (l lab) request(t testing.TB) []byte {
	t.Helper()
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{
		Subject: pkix.Name{CommonName: "www.example.com"},
	}, l.leaf.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// write puts the lab's files into a directory.
func (l lab) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string][]byte{
		"root.pem": l.root.pem(), "intermediate.pem": l.intermediate.pem(), "leaf.pem": l.leaf.pem(),
		"leaf.key": l.leaf.keyPEM(t), "client.pem": l.client.pem(), "client.key": l.client.keyPEM(t),
		"staple.der": l.staple(t),
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
