package evidence

import (
	"errors"
	"time"

	"certlens/internal/cert"
)

// A Verdict is what pasted revocation data says about one certificate.
type Verdict struct {
	// Certificate is the id of the certificate.
	Certificate string
	// Object is the index of the list or response among those given.
	Object int
	// Status is "good", "revoked" or "unknown".
	Status string
	// At is the time of the revocation; zero when there is none, or none readable.
	At time.Time
	// Reason is why it was revoked, in words; empty when no reason is given.
	Reason string
	// Verified tells that the signature is good and is by who may speak for the
	// certificate: its issuer, or a responder that the issuer appointed. Only then
	// is the status more than a claim.
	Verified bool
	// Current tells that the time falls in thisUpdate (inclusive) to nextUpdate
	// (exclusive). What names no nextUpdate is current from thisUpdate on.
	Current bool
	// Detail says all that in plain sentences with names and dates.
	Detail string
	// Rule is the section that says how to look the certificate up.
	Rule string
}

// Status matches revocation lists and OCSP responses against certificates: a
// list by issuer name and serial number (RFC 5280, section 6.3), a response by
// the hashes of the issuer's name and key in its CertID (RFC 6960, section
// 4.1.1). certs are the candidates, issuers among them; ders and kinds ("crl",
// "ocsp", others are skipped) are the objects. The verdicts come in the order of
// the objects, then of the certificates. What cannot speak for a certificate, such
// as a list whose scope leaves it out, gives none.
//
// Of more than 10,000 verdicts those that say "revoked" alone are given. Entries of
// an indirect list about certificates of other issuers than the
// list's own are left out, and so are names that are equal only after
// conversion (RFC 5280, section 7.1).
func Status(certs []*cert.Certificate, ders [][]byte, kinds []string, at time.Time) []Verdict {
	m := newMatcher(certs, at)
	var all []ruling
	for i, der := range ders[:min(len(ders), len(kinds))] {
		var some []ruling
		switch kinds[i] {
		case "crl":
			some = m.byList(der)
		case "ocsp":
			some = m.byResponse(der)
		}
		for _, r := range some {
			if r.Object = i; len(all) < mostVerdicts || r.Status == "revoked" {
				all = append(all, r)
			}
		}
	}
	return settle(all)
}

// mostVerdicts is the number above which only revocations are told.
const mostVerdicts = 10_000

// A ruling is a verdict with what settle needs to weigh it against others.
type ruling struct {
	Verdict
	at         time.Time // the time to judge for
	list       *list     // nil when it is of a response
	hold, lift bool      // of a list: certificateHold, and removeFromCRL
}

// settle lets a delta list that releases a certificate take back the hold of an
// older list of the same issuer. RFC 5280, section 6.3.3 (i) to (k), has the delta
// searched first.
func settle(all []ruling) []Verdict {
	released := make(map[string]time.Time) // by certificate and issuer of the list
	for _, r := range all {
		if key := r.key(); r.lift && r.Verified && r.Current && r.list.thisUpdate.After(released[key]) {
			released[key] = r.list.thisUpdate
		}
	}
	var kept []Verdict
	for _, r := range all {
		if !r.hold || !released[r.key()].After(r.list.thisUpdate) {
			kept = append(kept, r.Verdict)
		}
	}
	return kept
}

func (r ruling) key() string {
	if r.list == nil {
		return ""
	}
	return r.Certificate + string(r.list.issuer)
}

// A matcher knows the candidates by what they are looked up by.
type matcher struct {
	at        time.Time
	byIssuer  map[string][]*cert.Certificate
	bySubject map[string][]*cert.Certificate
	order     []*cert.Certificate
	serials   map[string]string // id to serial number; those without one are not in order
	signed    map[[2]string]error
}

// mostSigners limits the keys that are tried for one signature.
const mostSigners = 8

func newMatcher(certs []*cert.Certificate, at time.Time) *matcher {
	m := &matcher{
		at:       at,
		byIssuer: make(map[string][]*cert.Certificate), bySubject: make(map[string][]*cert.Certificate),
		serials: make(map[string]string), signed: make(map[[2]string]error),
	}
	for _, c := range certs {
		if _, known := m.serials[c.ID]; known {
			continue
		}
		m.serials[c.ID] = serialOf(c)
		if m.serials[c.ID] != "" && len(c.RawIssuer) > 0 {
			m.order = append(m.order, c)
			m.byIssuer[string(c.RawIssuer)] = append(m.byIssuer[string(c.RawIssuer)], c)
		}
		if len(c.RawSubject) > 0 {
			m.bySubject[string(c.RawSubject)] = append(m.bySubject[string(c.RawSubject)], c)
		}
	}
	return m
}

// keys gives the certificates of the name, one for each key.
func (m *matcher) keys(name []byte) []*cert.Certificate {
	var all []*cert.Certificate
	seen := make(map[string]bool)
	for _, c := range m.bySubject[string(name)] {
		if key := string(c.RawSPKI); key != "" && !seen[key] && len(all) < mostSigners {
			seen[key] = true
			all = append(all, c)
		}
	}
	return all
}

// signedBy is SignedBy, computed once for each pair.
func (m *matcher) signedBy(child, parent *cert.Certificate) error {
	pair := [2]string{child.ID, parent.ID}
	err, known := m.signed[pair]
	if !known {
		err = child.SignedBy(parent)
		m.signed[pair] = err
	}
	return err
}

// current tells whether the time falls within the two.
func (m *matcher) current(thisUpdate, nextUpdate time.Time, endless bool) bool {
	return !thisUpdate.IsZero() && !m.at.Before(thisUpdate) && (endless || m.at.Before(nextUpdate))
}

// What keeps a signature from being verified, as words that follow "but".
var (
	errNoIssuer    = errors.New("the certificate of its issuer is not here to check the signature with")
	errNoSignature = errors.New("its signature could not be read")
	errBad         = errors.New("its signature is not by the issuer's key")
	errUnsupported = errors.New("its signature has an algorithm that is not computed here")
	errNoUse       = errors.New("the key usage of its issuer does not allow it to sign lists")
	errStranger    = errors.New("the key that issued the certificate is another one")
	errOpen        = errors.New("the certificate's own signature has an algorithm that is not computed here")
	errAlgorithms  = errors.New("it names two different signature algorithms")
	errResponder   = errors.New("the responder that signed it was not appointed by the issuer")
	errNoResponder = errors.New("the certificate of its responder is not here to check the signature with")
	errResponderAt = errors.New("the certificate of its responder is not valid at this time")
)
