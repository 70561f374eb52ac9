// Package lab makes certificates for tests and examples, from compact specs and
// without randomness: the same spec always gives the same bytes. Its keys are
// worth nothing; anybody can derive them.
package lab

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"time"
)

// At is the moment around which tests and examples are made.
var At = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// A Spec says what is particular about one certificate. The zero value of a
// field means what most certificates have.
type Spec struct {
	// Name is the common name. Without CA and Hosts, it is the DNS name too.
	Name string
	// Issuer signs; nil for a self-signed certificate.
	Issuer *Cert
	// CA makes a certificate authority.
	CA bool
	// From and Until bound the validity: from 30 days before to 60 days after
	// At for a server, four years to either side for a CA.
	From, Until time.Time
	// Hosts are DNS names and IP addresses for the alternative names.
	Hosts []string
	// Key is the seed of the key; two specs with the same Key share it. The
	// name when empty.
	Key string
	// Edit changes the template last.
	Edit func(*x509.Certificate)
}

// A Cert is one made certificate with its key.
type Cert struct {
	*x509.Certificate
	Key *ecdsa.PrivateKey
}

// Issue makes the certificate of s. It panics when the spec makes no sense: a
// spec is part of the program.
func Issue(s Spec) *Cert {
	made, err := x509.ParseCertificate(DER(s))
	if err != nil {
		panic(fmt.Sprintf("lab: %s: %v", s.Name, err))
	}
	return &Cert{made, Key(s.keySeed())}
}

// DER makes the bytes of the certificate of s, which the standard library need
// not be able to read. It panics as Issue does.
func DER(s Spec) []byte {
	key := Key(s.keySeed())
	template := s.template()
	parent, signer := template, key
	if s.Issuer != nil {
		parent, signer = s.Issuer.Certificate, s.Issuer.Key
	}
	der, err := x509.CreateCertificate(nil, template, parent, &key.PublicKey, deterministic{signer})
	if err != nil {
		panic(fmt.Sprintf("lab: %s: %v", s.Name, err))
	}
	return der
}

// PEM is the text of certificates, in the order given.
func PEM(certs ...*Cert) string {
	var out []byte
	for _, c := range certs {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return string(out)
}

// KeyPEM is the text of the private key of c (PKCS#8).
func KeyPEM(c *Cert) string {
	der, err := x509.MarshalPKCS8PrivateKey(c.Key)
	if err != nil {
		panic(fmt.Sprintf("lab: %v", err))
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// Key derives a P-256 key from a seed.
func Key(seed string) *ecdsa.PrivateKey {
	scalar := sha256.Sum256([]byte("certlens lab key " + seed))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar[:])
	if err != nil {
		panic(fmt.Sprintf("lab: %v", err))
	}
	return key
}

func (s Spec) keySeed() string {
	if s.Key != "" {
		return s.Key
	}
	return s.Name
}

func (s Spec) template() *x509.Certificate {
	t := &x509.Certificate{
		SerialNumber:          s.serial(),
		Subject:               pkix.Name{CommonName: s.Name},
		NotBefore:             At.AddDate(0, 0, -30),
		NotAfter:              At.AddDate(0, 0, 60),
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		SubjectKeyId:          s.keyID(),
	}
	if s.CA {
		t.IsCA = true
		t.Subject = pkix.Name{CommonName: s.Name, Organization: []string{"Example"}, Country: []string{"DE"}}
		t.NotBefore, t.NotAfter = At.AddDate(-4, 0, 0), At.AddDate(4, 0, 0)
		t.KeyUsage, t.ExtKeyUsage = x509.KeyUsageCertSign|x509.KeyUsageCRLSign, nil
	} else if len(s.Hosts) == 0 {
		t.DNSNames = []string{s.Name}
	}
	s.names(t)
	if !s.From.IsZero() {
		t.NotBefore = s.From
	}
	if !s.Until.IsZero() {
		t.NotAfter = s.Until
	}
	// RFC 5280 4.1.2.5: "... from notBefore through notAfter, inclusive."
	t.NotAfter = t.NotAfter.Add(-time.Second)
	if s.Edit != nil {
		s.Edit(t)
	}
	return t
}

func (s Spec) names(t *x509.Certificate) {
	for _, host := range s.Hosts {
		if ip := net.ParseIP(host); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, host)
		}
	}
}

// keyID is the leftmost 160 bits of a SHA-256 hash, as RFC 7093, section 2,
// method 1 has it, here of the seed of the key.
func (s Spec) keyID() []byte {
	sum := sha256.Sum256([]byte(s.keySeed()))
	return sum[:20]
}

// serial is positive, never zero, and 127 bits long whatever the spec.
func (s Spec) serial() *big.Int {
	issuer := ""
	if s.Issuer != nil {
		issuer = s.Issuer.Subject.String()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %s", s.Name, issuer, s.From, s.Until))
	sum[0] = sum[0]&0x7f | 0x40
	return new(big.Int).SetBytes(sum[:16])
}

// deterministic signs without randomness, as RFC 6979 describes: the standard
// library does so when it is given no source of it.
type deterministic struct{ *ecdsa.PrivateKey }

func (d deterministic) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return d.PrivateKey.Sign(nil, digest, opts)
}

// CRL is the text of a revocation list of issuer, made a day before At, that
// lists certificates as revoked for key compromise (RFC 5280, section 5).
func CRL(issuer *Cert, revoked ...*Cert) string {
	list := &x509.RevocationList{
		Number:     big.NewInt(1),
		ThisUpdate: At.AddDate(0, 0, -1),
		NextUpdate: At.AddDate(0, 0, 6),
	}
	for _, c := range revoked {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{
			SerialNumber: c.SerialNumber, RevocationTime: list.ThisUpdate, ReasonCode: 1,
		})
	}
	der, err := x509.CreateRevocationList(nil, list, issuer.Certificate, deterministic{issuer.Key})
	if err != nil {
		panic(fmt.Sprintf("lab: %v", err))
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: der}))
}
