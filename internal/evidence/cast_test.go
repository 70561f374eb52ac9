package evidence

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"certlens/internal/cert"
)

// An actor is a certificate with its key.
type actor struct {
	key  *ecdsa.PrivateKey
	x509 *x509.Certificate
	cert *cert.Certificate
}

var noon = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// issue makes a certificate that is valid for a month around noon; change, if
// any, alters its template. by nil makes it self-signed.
func issue(t testing.TB, name string, serial int64, by *actor, change func(*x509.Certificate)) *actor {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name},
		NotBefore: noon.AddDate(0, 0, -15), NotAfter: noon.AddDate(0, 0, 15),
	}
	if change != nil {
		change(template)
	}
	parent, signer := template, crypto.Signer(key)
	if by != nil {
		parent, signer = by.x509, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &actor{key, parsed, cert.Parse(der)}
}

func authority(c *x509.Certificate) {
	c.IsCA, c.BasicConstraintsValid = true, true
	c.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
}

func responderUse(c *x509.Certificate) {
	c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
}

// A cast is the certificates of the cases below.
type cast struct {
	ca, twin, plainCA, leaf, sub, other, responder, impostor, lapsed *actor
}

func newCast(t testing.TB) cast {
	var c cast
	c.ca = issue(t, "Example CA", 1, nil, authority)
	c.twin = issue(t, "Example CA", 2, nil, authority) // the same name, another key
	c.plainCA = issue(t, "Example CA without cRLSign", 3, nil, func(x *x509.Certificate) {
		authority(x)
		x.KeyUsage = x509.KeyUsageCertSign
	})
	c.leaf = issue(t, "leaf.example.com", 0x80, c.ca, func(x *x509.Certificate) {
		x.CRLDistributionPoints = []string{"http://crl.example.com/1.crl"}
	})
	c.sub = issue(t, "Example Sub CA", 0x81, c.ca, authority)
	c.other = issue(t, "other.example.com", 0x80, c.plainCA, nil)
	c.responder = issue(t, "Example Responder", 5, c.ca, responderUse)
	c.impostor = issue(t, "Example Responder", 6, c.ca, nil)
	c.lapsed = issue(t, "Example Responder", 7, c.ca, func(x *x509.Certificate) {
		responderUse(x)
		x.NotAfter = noon.AddDate(0, 0, -1)
	})
	return c
}

func (c cast) all() []*cert.Certificate {
	return []*cert.Certificate{c.leaf.cert, c.sub.cert, c.ca.cert, c.plainCA.cert, c.other.cert}
}

// A listing is how a list is made.
type listing struct {
	by      *actor
	serials []int64
	reason  int
	extra   []pkix.Extension // of the list
	marks   []pkix.Extension // of its last entry
	from    time.Duration    // thisUpdate, from noon on; a day before when zero
}

func (l listing) der(t testing.TB) []byte {
	t.Helper()
	if l.from == 0 {
		l.from = -24 * time.Hour
	}
	template := &x509.RevocationList{
		Number: big.NewInt(7), ThisUpdate: noon.Add(l.from), NextUpdate: noon.Add(l.from + 48*time.Hour), ExtraExtensions: l.extra,
	}
	for i, serial := range l.serials {
		e := x509.RevocationListEntry{SerialNumber: big.NewInt(serial), RevocationTime: noon.AddDate(0, 0, -3), ReasonCode: l.reason}
		if i == len(l.serials)-1 {
			e.ExtraExtensions = l.marks
		}
		template.RevokedCertificateEntries = append(template.RevokedCertificateEntries, e)
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, l.by.x509, l.by.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// extension writes the parts of a SEQUENCE.
func extension(id string, parts ...string) pkix.Extension {
	return pkix.Extension{Id: mustOID(id), Critical: true, Value: short(0x30, strings.Join(parts, ""))}
}

func mustOID(text string) asn1.ObjectIdentifier {
	oid, err := x509.ParseOID(text)
	if err != nil {
		panic(err)
	}
	var id asn1.ObjectIdentifier
	der, _ := oid.MarshalBinary()
	if _, err := asn1.Unmarshal(short(0x06, string(der)), &id); err != nil {
		panic(err)
	}
	return id
}

func short(tag byte, body string) []byte {
	if len(body) > 127 {
		panic("too long")
	}
	return append([]byte{tag, byte(len(body))}, body...)
}

// point is a distributionPoint of one URI.
func point(uri string) string {
	return string(short(0xa0, string(short(0xa0, string(short(0x86, uri))))))
}

// issuerMark is the certificateIssuer extension of an entry.
func issuerMark(a *actor) []pkix.Extension {
	return []pkix.Extension{extension("2.5.29.29", string(short(0xa4, string(a.x509.RawSubject))))}
}

func deltaMark() pkix.Extension {
	return pkix.Extension{Id: mustOID(deltaCRL), Critical: true, Value: []byte("\x02\x01\x06")}
}

// A reply is how a response is made.
type reply struct {
	by     *actor
	embed  bool // the responder's certificate
	status int
	about  *actor // the leaf when nil
	hash   crypto.Hash
	from   time.Duration
	issuer *actor // in the CertID; the CA when nil
}

func (r reply) der(t testing.TB, c cast) []byte {
	t.Helper()
	if r.from == 0 {
		r.from = -24 * time.Hour
	}
	about, issuer := c.leaf, c.ca
	if r.about != nil {
		about = r.about
	}
	if r.issuer != nil {
		issuer = r.issuer
	}
	template := ocsp.Response{
		Status: r.status, SerialNumber: about.x509.SerialNumber, IssuerHash: r.hash,
		ThisUpdate: noon.Add(r.from), NextUpdate: noon.Add(r.from + 48*time.Hour),
	}
	if r.status == ocsp.Revoked {
		template.RevokedAt, template.RevocationReason = noon.AddDate(0, 0, -3), ocsp.KeyCompromise
	}
	if r.embed {
		template.Certificate = r.by.x509
	}
	der, err := ocsp.CreateResponse(issuer.x509, r.by.x509, template, r.by.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// pretend is the actor with a certificate that lets crypto/x509 sign lists.
func pretend(a *actor) *actor {
	x := *a.x509
	x.KeyUsage |= x509.KeyUsageCRLSign
	x.SubjectKeyId = []byte{1}
	return &actor{a.key, &x, a.cert}
}
