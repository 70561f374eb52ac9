package evidence

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"slices"

	"certlens/internal/cert"
)

const ruleOCSP = "RFC 6960, section 3.2"

// byResponse gives what one response says about the certificates.
func (m *matcher) byResponse(der []byte) []ruling {
	in := open(der, "ocspResponse")
	r := readResponse(&in)
	if r.status != 0 || !r.basic {
		return nil
	}
	bySerial := m.singles(&r)
	signers := make(map[string]error)
	var all []ruling
	for _, c := range m.order {
		for _, s := range bySerial[m.serials[c.ID]] {
			if one, ok := m.bySingle(&r, s, c, signers); ok {
				all = append(all, one)
				break // one verdict of one response
			}
		}
	}
	return all
}

// singles are those about serial numbers of the candidates, a few for each.
func (m *matcher) singles(r *response) map[string][]single {
	wanted := make(map[string]bool)
	for _, serial := range m.serials {
		wanted[serial] = serial != ""
	}
	bySerial := make(map[string][]single)
	members := reader{rest: r.body, log: new(log)}
	for members.more() {
		one := members.enter(members.take(tagSequence, ""), "")
		s := readSingle(&one)
		if key := serialKey(s.serial); wanted[key] && s.status != "" && len(bySerial[key]) < mostSigners {
			bySerial[key] = append(bySerial[key], s)
		}
	}
	return bySerial
}

// bySingle gives the verdict if the single response is about the certificate.
func (m *matcher) bySingle(r *response, s single, c *cert.Certificate, signers map[string]error) (ruling, bool) {
	hash := hashes[s.hash]
	if hash == nil || !bytes.Equal(hash(c.RawIssuer), s.nameHash) {
		return ruling{}, false
	}
	issuers := m.keys(c.RawIssuer)
	i := slices.IndexFunc(issuers, func(issuer *cert.Certificate) bool {
		return bytes.Equal(hash(keyBits(issuer.RawSPKI)), s.keyHash)
	})
	why := errNoIssuer
	switch {
	case i < 0 && len(issuers) > 0:
		return ruling{}, false // it is about a certificate of another key
	case i >= 0:
		why = m.mayRespond(r, c, issuers[i], signers)
	}
	v := ruling{Verdict: Verdict{Certificate: c.ID, Status: s.status, At: s.revoked, Rule: ruleOCSP, Verified: why == nil}, at: m.at}
	if s.reason >= 0 {
		v.Reason = reasonText(s.reason)
	}
	v.Current = m.current(s.thisUpdate, s.nextUpdate, s.endless)
	v.Detail = r.say(c, v, s, why)
	return v, true
}

// mayRespond asks that the issuer signed the certificate, and that the response
// is signed by who may (RFC 6960, section 4.2.2.2). signers remembers the answer
// for an issuer.
func (m *matcher) mayRespond(r *response, c, issuer *cert.Certificate, signers map[string]error) error {
	switch err := m.signedBy(c, issuer); {
	case errors.Is(err, cert.ErrUnsupportedAlgorithm):
		return errOpen
	case err != nil:
		return errStranger
	}
	why, known := signers[issuer.ID]
	if !known {
		why = m.responder(r, issuer)
		signers[issuer.ID] = why
	}
	return why
}

// responder looks for the signer of the response: the issuer itself, or a
// certificate that the issuer signed and that has the usage.
func (m *matcher) responder(r *response, issuer *cert.Certificate) error {
	if len(r.signature) == 0 || len(r.tbs) == 0 {
		return errNoSignature
	}
	fault := errNoResponder
	signers := slices.Concat([]*cert.Certificate{issuer}, r.certificates, m.bySubject[string(r.responderName)])
	tries := 0
	for _, c := range signers {
		if !r.isBy(c) {
			continue
		}
		if tries++; tries > mostSigners {
			break
		}
		err := c.CheckSignature(r.algorithmDER, r.tbs, r.signature)
		switch {
		case errors.Is(err, cert.ErrUnsupportedAlgorithm):
			fault = errUnsupported
		case err != nil:
			fault = errBad
		case bytes.Equal(c.RawSPKI, issuer.RawSPKI):
			return nil
		default:
			if fault = m.appointed(c, issuer); fault == nil {
				return nil
			}
		}
	}
	return fault
}

// isBy tells whether the response names the certificate as its responder.
func (r *response) isBy(c *cert.Certificate) bool {
	if len(r.responderName) > 0 {
		return bytes.Equal(r.responderName, c.RawSubject)
	}
	sum := sha1.Sum(keyBits(c.RawSPKI)) // section 4.2.1: "SHA-1 hash of responder's public key"
	return bytes.Equal(r.responderKey, sum[:])
}

// appointed asks that the issuer signed the responder's certificate and gave it
// the usage for OCSP responses, which no other stands for.
func (m *matcher) appointed(responder, issuer *cert.Certificate) error {
	switch {
	case !bytes.Equal(responder.RawIssuer, issuer.RawSubject), m.signedBy(responder, issuer) != nil, !signsResponses(responder):
		return errResponder
	case m.at.Before(responder.NotBefore), m.at.After(responder.NotAfter):
		return errResponderAt
	}
	return nil
}

// hashes are the hash functions of a CertID by the name that cert.OIDName gives.
var hashes = map[string]func([]byte) []byte{
	"SHA-1":   func(b []byte) []byte { sum := sha1.Sum(b); return sum[:] },
	"SHA-256": func(b []byte) []byte { sum := sha256.Sum256(b); return sum[:] },
	"SHA-384": func(b []byte) []byte { sum := sha512.Sum384(b); return sum[:] },
	"SHA-512": func(b []byte) []byte { sum := sha512.Sum512(b); return sum[:] },
}
