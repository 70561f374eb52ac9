// Package cert turns DER into one decoded certificate (RFC 5280, section 4.1),
// and into the other things that certificates are made of: names, extensions,
// keys, requests.
//
// House rules of the package:
//
//   - A certificate is parsed once, here, and nowhere else.
//   - Parsing never fails. What could not be read is in Problems, with its
//     offset and its path in the terms of the RFC.
//   - A tolerant walk of our own (walk.go) is the one source of all that is
//     shown, for good and for broken certificates alike. zcrypto's parse stands
//     beside it for the rules that are written against it.
//   - One function decodes one extension; the tables in ext_*.go say which.
//   - All input is hostile: depth, counts and work have limits, and a limit that
//     cuts something off is said in the result.
package cert

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/zmap/zcrypto/x509"

	"certlens/internal/report"
)

// A Certificate is one certificate, parsed once. When zcrypto refuses the DER,
// X509 is nil and the other fields hold what the tolerant walk could read.
// A Certificate is not changed after Parse and is safe for concurrent use; it
// must not be copied.
type Certificate struct {
	// ID is the SHA-256 of DER (hex).
	ID string
	// DER is the certificate exactly as encoded, without trailing bytes; nil, as
	// everything else but ID and Problems, when it is a private key (LooksPrivate)
	// that was called a certificate.
	DER []byte
	// X509 is the lenient parse; nil when even that was refused.
	X509 *x509.Certificate
	// RawSubject, RawIssuer and RawSPKI are DER; nil when unreadable.
	RawSubject, RawIssuer, RawSPKI []byte
	// NotBefore and NotAfter are zero when unreadable. The start of the year 1 is
	// zero as well, and can be encoded: Dated tells the two apart.
	NotBefore, NotAfter time.Time
	// Problems say where decoding broke or was tolerant. A fatal one is the
	// reason why X509 is nil.
	Problems []report.Problem

	walk     walk
	complete bool
	// secret says that this is a damaged private key and nothing else.
	secret bool
	names  func() []report.GeneralName
	// selfVerdict checks the signature with the certificate's own key, once.
	selfVerdict func() error
}

// Parse decodes der. It never fails: what could not be read is in Problems. DER
// aliases der, which must not be changed afterwards. Bytes that follow the
// certificate are left out of DER and ID, and are said in Problems.
func Parse(der []byte) *Certificate {
	c := &Certificate{DER: der}
	log := newFaults("certificate")
	c.readOuter(der, log)
	sum := sha256.Sum256(c.DER)
	c.ID = hex.EncodeToString(sum[:])
	c.names = sync.OnceValue(c.altNames)
	c.selfVerdict = sync.OnceValue(func() error { return c.verifyWith(c.walk.key) })

	x, err := c.parseX509()
	if c.X509 = x; err != nil {
		c.explain(err, log)
	}
	c.complete = !log.anyHard()
	c.Problems = log.problems(x == nil)
	if c.nothingRead() && LooksPrivate(der) {
		c.conceal()
	}
	return c
}

// Dated tells whether notBefore and notAfter could be read.
func (c *Certificate) Dated() (notBefore, notAfter bool) {
	return c.walk.notBefore != "", c.walk.notAfter != ""
}

// Complete tells whether the walk read every field. X509 can be nil all the
// same: zcrypto refuses a key on a curve that it does not know, for one. What is
// wrong inside of an extension counts only when X509 is nil.
func (c *Certificate) Complete() bool { return c.complete }

// explain finds out, as far as it can, why zcrypto refused the certificate: what
// the walk noted, or what stands in an extension. When nothing there has lost a
// byte, zcrypto's own words are added.
func (c *Certificate) explain(err error, log *faults) {
	items := new(int)
	for _, x := range decodable(c.walk.extensions) {
		_, inside := x.describe(items)
		for _, f := range inside.list {
			log.add(f.grade, f.Field, f.Offset, f.Detail)
		}
	}
	field, offset := "certificate", 0
	if k := &c.walk.key; k.oid == oidEC && (k.explicit || goCurve(k.curveOID) == nil) {
		field, offset = "tbsCertificate.subjectPublicKeyInfo.algorithm.parameters", k.parametersAt
	}
	if worst := log.worst(); worst < hard {
		log.add(max(worst, lax), field, offset, "the full decoder refuses it: "+strings.TrimPrefix(err.Error(), "cert: "))
	}
}

// maxFull bounds the certificates that zcrypto gets to see, which makes hundreds
// of bytes out of every two of some lists. A certificate with 10,000 names has
// 0.3 MB.
const maxFull = 4 << 20

// parseX509 gives the certificate to zcrypto. zcrypto checks the signature of
// every self-issued certificate right away. A key that makes this take long is
// kept from it by leaving the signature out: the check is done here, once, and
// not at all when it takes too long.
func (c *Certificate) parseX509() (x *x509.Certificate, err error) {
	defer func() {
		if p := recover(); p != nil {
			x, err = nil, fmt.Errorf("cert: the decoder panicked: %v", p)
		}
	}()
	if len(c.DER) > maxFull {
		return nil, fmt.Errorf("cert: %d bytes are more than %d", len(c.DER), maxFull)
	}
	if !c.walk.key.slow() {
		return x509.ParseCertificate(c.DER)
	}
	x, err = x509.ParseTBSCertificate(c.walk.tbs)
	if err != nil {
		return nil, err
	}
	x.Raw, x.Signature = c.DER, c.walk.signatureBits.bytes
	x.FingerprintMD5 = x509.MD5Fingerprint(c.DER)
	x.FingerprintSHA1 = x509.SHA1Fingerprint(c.DER)
	x.FingerprintSHA256 = x509.SHA256Fingerprint(c.DER)
	x.SelfSigned = c.SelfIssued() && c.selfVerdict() == nil
	return x, nil
}

// Title is the shortest name that tells the certificate apart for a person:
// common name, else first DNS name, else organization, else its serial number,
// else the start of its id. It has at most 200 characters; the whole name is
// among the attributes of the subject.
func (c *Certificate) Title() string { return shorten(c.longTitle(), maxTitle) }

// maxTitle bounds a title, which stands in nearly every sentence about its
// certificate. RFC 5280, appendix A.1, allows a common name 64 characters, and
// RFC 1035, section 2.3.4, a DNS name 255 octets.
const maxTitle = 200

func (c *Certificate) longTitle() string {
	if c.secret {
		return "Private key (damaged)"
	}
	if name := c.walk.subject.CommonName; name != "" {
		return name
	}
	for _, g := range c.names() {
		if g.Type == "dns" && g.Value != "" {
			return g.Value
		}
	}
	for _, a := range c.walk.subject.Attributes {
		if a.OID == oidOrganization && a.Value != "" {
			return a.Value
		}
	}
	if len(c.walk.serial) > 0 {
		return "serial " + hexText(c.walk.serial[:min(len(c.walk.serial), maxUndecoded)])
	}
	return c.ID[:16]
}

// IsCA tells whether basic constraints say cA:TRUE.
func (c *Certificate) IsCA() bool { return c.walk.isCA }

// Subject is the decoded subject. The caller must not change it.
func (c *Certificate) Subject() report.Name { return c.walk.subject }

// Issuer is the decoded issuer. The caller must not change it.
func (c *Certificate) Issuer() report.Name { return c.walk.issuer }

// Names are the subject alternative names, in order. The caller must not change
// them.
func (c *Certificate) Names() []report.GeneralName { return c.names() }

// Version is the X.509 version: 1, 2 or 3; 0 when unreadable.
func (c *Certificate) Version() int { return c.walk.version }

// SelfIssued tells whether subject and issuer are the same name, byte for byte.
func (c *Certificate) SelfIssued() bool {
	return len(c.RawSubject) > 0 && bytes.Equal(c.RawSubject, c.RawIssuer)
}

// SelfSigned tells whether the certificate is self-issued and its own key
// verifies its signature (RFC 5280, section 3.2). It is false when the signature
// cannot be checked; SignedBy tells why. The answer is computed once.
func (c *Certificate) SelfSigned() bool {
	if c.X509 != nil && c.X509.SelfSigned && bytes.Equal(c.walk.innerDER, c.walk.outerDER) {
		return true
	}
	return c.SelfIssued() && c.selfVerdict() == nil
}

// SubjectKeyID is the key identifier of the subject key identifier extension
// (RFC 5280, section 4.2.1.2); nil when there is none.
func (c *Certificate) SubjectKeyID() []byte {
	x, ok := c.find(oidSubjectKeyID)
	if !ok {
		return nil
	}
	in := x.open(new(faults))
	return in.octets("")
}

// AuthorityKeyID is the keyIdentifier of the authority key identifier extension
// (RFC 5280, section 4.2.1.1); nil when there is none.
func (c *Certificate) AuthorityKeyID() []byte {
	x, ok := c.find(oidAuthorityKeyID)
	if !ok {
		return nil
	}
	in := x.open(new(faults))
	list := in.sequence("")
	return list.implicit(0, "keyIdentifier").content
}

// Extension finds the first extension with the object identifier in dotted form.
// value is the content of its extnValue (DER).
func (c *Certificate) Extension(oid string) (value []byte, critical, ok bool) {
	x, ok := c.find(oid)
	return x.value, x.critical, ok
}

// CriticalExtensions are the object identifiers of the critical extensions, each
// once, in order. Beyond the first 512, those that this program has no name for
// are left out: that many hold some already.
func (c *Certificate) CriticalExtensions() []string {
	var list []string
	seen := make(map[string]bool)
	for _, x := range c.walk.extensions {
		if !x.critical || seen[x.oid] || len(list) >= maxExtensions && allNames()[x.oid] == "" {
			continue
		}
		seen[x.oid] = true
		list = append(list, x.oid)
	}
	return list
}

func (c *Certificate) find(oid string) (rawExtension, bool) {
	for _, x := range c.walk.extensions {
		if x.oid == oid {
			return x, true
		}
	}
	return rawExtension{}, false
}

// altNames decodes the subject alternative names.
func (c *Certificate) altNames() []report.GeneralName {
	x, ok := c.find(oidSubjectAltName)
	if !ok {
		return nil
	}
	in := x.open(new(faults))
	list := in.sequenceOf("")
	return list.generalNames()
}
