package chain

import (
	"errors"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// A seal is one question to the signature check: is the child signed by this
// key? Certificates that share a key share the answer.
type seal struct{ child, key string }

// errNotChecked says that the budget was used up before the check.
var errNotChecked = errors.New("chain: signature not checked")

// verify checks the child's signature with the parent's key, once.
func (s *search) verify(child, parent *member) error {
	k := seal{child.ID, string(parent.RawSPKI)}
	err, done := s.seals[k]
	if !done {
		if !s.budget.signature() {
			return errNotChecked
		}
		err = child.SignedBy(parent.Certificate)
		s.seals[k] = err
	}
	return err
}

// checkSignatures reports links whose signature is bad or unknown, and
// signatures made with a broken hash. The anchor's own signature proves nothing
// and is not looked at (RFC 5280, section 6.1).
func checkSignatures(j *judge) {
	for i := 0; i+1 < len(j.certs); i++ {
		child, parent := j.certs[i], j.certs[i+1]
		switch err := j.search.verify(child, parent); {
		case err == nil:
		case errors.Is(err, cert.ErrUnsupportedAlgorithm):
			j.add(i, report.Other, RuleSignature, "Whether %s signed %s is unknown: certlens cannot compute this signature algorithm or key type.", parent.Title(), child.Title())
		default:
			j.add(i, report.BadSignature, RuleSignature, "The signature on %s does not verify with the key of %s, its issuer: %s was altered after it was signed, or signed with another key.", child.Title(), parent.Title(), child.Title())
		}
	}
	for i := range j.signed() {
		j.checkHash(i)
	}
}

// RuleSignature is the rule of problems with a signature. A problem of the class
// "other" with this rule is a signature that could not be checked.
const RuleSignature = "RFC 5280, section 6.1.3 (a)(1)"

// signed lists the certificates whose signature counts: all but the anchor. Where
// no anchor was found, a self-signed certificate at the end is one that somebody
// might trust, so that its own signature does not count either.
func (j *judge) signed() []*member {
	last := len(j.certs) - 1
	if j.anchor != nil || last > 0 && j.certs[last].SelfIssued() {
		return j.certs[:last]
	}
	return j.certs
}

// weakHashes are the signature algorithms with a broken hash.
var weakHashes = map[string]string{
	"1.2.840.113549.1.1.2":  "MD2",
	"1.2.840.113549.1.1.3":  "MD4",
	"1.2.840.113549.1.1.4":  "MD5",
	"1.2.840.113549.1.1.5":  "SHA-1",
	"1.3.14.3.2.29":         "SHA-1",
	"1.2.840.10040.4.3":     "SHA-1",
	"1.2.840.10045.4.1":     "SHA-1",
	"1.2.840.113549.1.1.14": "", // SHA-224: short, not broken
}

// OIDs of RSASSA-PSS (RFC 4055) and of SHA-1.
const (
	oidPSS  = "1.2.840.113549.1.1.10"
	oidSHA1 = "1.3.14.3.2.26"
)

// checkHash reports a signature whose hash clients refuse.
func (j *judge) checkHash(i int) {
	oid, params := j.certs[i].head.algorithm()
	hash := weakHashes[oid]
	if oid == oidPSS && pssHash(params) == oidSHA1 {
		hash = "SHA-1"
	}
	switch hash {
	case "":
	case "SHA-1":
		j.add(i, report.WeakSignature, "CA/B Forum Baseline Requirements, section 7.1.3.2",
			"%s is signed with SHA-1; all current browsers and Go refuse it, and so does OpenSSL 3 in TLS (security level 1).", j.certs[i].Title())
	default:
		j.add(i, report.WeakSignature, "RFC 6151, section 2; CA/B Forum Baseline Requirements, section 7.1.3.2",
			"%s is signed with %s, which is broken; no current client accepts it.", j.certs[i].Title(), hash)
	}
}

// pssHash reads the OID of the hash in RSASSA-PSS-params (RFC 4055, section
// 3.1), where SHA-1 is the default.
func pssHash(params cryptobyte.String) string {
	var seq, hash, algorithm cryptobyte.String
	var present bool
	var oid encoding.ObjectIdentifier
	if !params.ReadASN1(&seq, asn1.SEQUENCE) ||
		!seq.ReadOptionalASN1(&hash, &present, asn1.Tag(0).ContextSpecific().Constructed()) || !present {
		return oidSHA1
	}
	if !hash.ReadASN1(&algorithm, asn1.SEQUENCE) || !algorithm.ReadASN1ObjectIdentifier(&oid) {
		return ""
	}
	return oid.String()
}
