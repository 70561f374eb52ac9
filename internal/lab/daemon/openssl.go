package daemon

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"certlens/internal/lab"
)

// The files of a folder that OpenSSL alone has.
const (
	intermediateFile = "intermediate.pem"
	ocspFile         = "ocsp.der" // a good OCSP response about the leaf
	primeFile        = "dh.pem"   // a prime of 2048 bits for Diffie-Hellman
)

// OpenSSL starts openssl s_server with a key of a kind ("ecdsa", "rsa" or
// "ed25519") and further arguments, as in "-Verify", "1", "-CAfile", "root.pem".
// It takes one connection at a time.
func OpenSSL(t testing.TB, key string, arguments ...string) Server {
	t.Helper()
	openssl := program(t, "openssl", "openssl")
	s := newServer(t, "openssl", "")
	if key != "ecdsa" {
		s.replaceKey(t, signers[key]())
	}
	s.write(t, intermediateFile, lab.PEM(s.Chain[1]))
	s.write(t, ocspFile, string(response(t, s.Chain)))
	s.output(t, exec.Command(openssl, "genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048", "-out", primeFile))
	c := exec.Command(openssl, append([]string{
		"s_server", "-accept", s.Address(), "-cert", leafFile, "-key", keyFile, "-cert_chain", intermediateFile,
	}, arguments...)...)
	// It ends with its input.
	input, keep, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { input.Close(); keep.Close() })
	c.Stdin = input
	return s.start(t, c)
}

// signers make keys of the kinds that lab does not have, once in a run.
var signers = map[string]func() crypto.Signer{
	"rsa": sync.OnceValue(func() crypto.Signer {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		return key
	}),
	"ed25519": sync.OnceValue(func() crypto.Signer { return ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) }),
}

// replaceKey issues the leaf again for another key.
func (s *Server) replaceKey(t testing.TB, key crypto.Signer) {
	t.Helper()
	leaf, issuer := s.Chain[0], s.Chain[1]
	template := *leaf.Certificate
	template.SignatureAlgorithm = x509.UnknownSignatureAlgorithm
	template.KeyUsage |= x509.KeyUsageKeyEncipherment // for key exchange by RSA
	der, err := x509.CreateCertificate(rand.Reader, &template, issuer.Certificate, key.Public(), issuer.Key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s.Chain = []*lab.Cert{{Certificate: made}, issuer}
	s.write(t, leafFile, lab.PEM(s.Chain[0]))
	s.write(t, chainFile, lab.PEM(s.Chain...))
	s.write(t, keyFile, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})))
}

// response is an OCSP response that says that the leaf is good.
func response(t testing.TB, chain []*lab.Cert) []byte {
	t.Helper()
	leaf, issuer := chain[0], chain[1]
	der, err := ocsp.CreateResponse(issuer.Certificate, issuer.Certificate, ocsp.Response{
		Status: ocsp.Good, SerialNumber: leaf.SerialNumber,
		ThisUpdate: lab.At.Add(-time.Hour), NextUpdate: lab.At.Add(24 * time.Hour),
	}, issuer.Key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}
