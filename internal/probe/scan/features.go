package scan

import (
	"slices"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// inappropriateFallback is the alert of a server that a client could have
// reached with a newer version (RFC 7507, section 3).
const inappropriateFallback = 86

// findResumption resumes the session of the first contact, which is by a ticket.
// Other sessions are not made to the end, so that of those only the server's
// promise is known.
func (s *survey) findResumption() {
	resumed := s.resume()
	if resumed == "" || !s.surveyed() {
		return
	}
	var r report.ScanResumption
	if s.versions[0].state == chosen {
		r.TLS13 = "unknown"
	}
	if v := s.newestUpTo(codepoint.TLS12); v != nil && v.id > codepoint.SSL2 {
		r.Ticket = promised(v.suites, func(h *report.Handshake) *bool { return h.Ticket })
		r.Session = promised(v.suites, func(h *report.Handshake) *bool { return h.SessionID })
		if r.Ticket == "offered" && r.Session == "no" {
			r.Session = "unknown" // RFC 5077, section 3.4: a ticket takes the place of the id
		}
	}
	switch {
	case s.contact.state != chosen:
	case s.contact.Version == codepoint.TLS13:
		r.TLS13 = resumed
	case r.Ticket == "offered":
		r.Ticket = resumed
	}
	s.resumption = &r
}

// resume tries the session of the first contact; nothing while that is under
// way.
func (s *survey) resume() string {
	switch {
	case s.contact.state != chosen:
		return "unknown"
	case s.contact.Session == "" && s.contact.Ticket != nil && !*s.contact.Ticket:
		return "no"
	case s.contact.Session == "":
		return "unknown"
	}
	request := s.current()
	request.Offer.Session = s.contact.Session
	switch a := s.ask(request); {
	case a.state == pending:
		return ""
	case a.state == unknown, a.state == declined:
		return "unknown"
	case !a.Resumed:
		return "declined"
	}
	return "yes"
}

// promised says whether the server offered something in any handshake.
func promised(choices []choice, seen func(*report.Handshake) *bool) string {
	found := "unknown"
	for _, c := range choices {
		switch value := seen(c.Handshake); {
		case value == nil:
		case *value:
			return "offered"
		default:
			found = "no"
		}
	}
	return found
}

// findFallback asks for the second newest version as a client does that failed
// with the newest.
func (s *survey) findFallback() {
	newest := s.newest()
	if newest == nil || !s.surveyed() {
		return
	}
	older := s.newestUpTo(newest.id - 1)
	if older == nil || older.id < codepoint.SSL3 {
		return
	}
	request := s.offering(older.id, ids(older.suites))
	request.Offer.FallbackSCSV = true
	// Any other refusal is about something else.
	if a := s.ask(request); a.state == chosen || a.state == declined && a.alert(inappropriateFallback) {
		noticed := a.state == declined
		s.fallback = &noticed
	}
}

// findSHA1 asks for a signature with SHA-1 in the key exchange of TLS 1.2.
func (s *survey) findSHA1() {
	v := s.newestUpTo(codepoint.TLS12)
	if v == nil || v.id != codepoint.TLS12 || !v.surveyed {
		return
	}
	signed := v.suitesWith("RSA", "ECDSA", "DSS")
	if len(signed) == 0 {
		return
	}
	request := s.offering(v.id, signed)
	request.Offer.SignatureAlgorithms = sha1Schemes
	a := s.ask(request)
	switch {
	case a.state == chosen && a.SignatureScheme != nil:
		signs := slices.Contains(sha1Schemes, a.SignatureScheme.ID)
		s.sha1 = &signs
	// Some servers choose version and suite, and find out afterwards that they
	// do not sign in that way.
	case a.state == declined, a.state == chosen && a.Failure != nil && slices.ContainsFunc(a.Alerts, func(x report.Alert) bool { return !x.Sent }):
		s.sha1 = new(bool)
	}
}

// sha1Schemes are rsa_pkcs1_sha1, ecdsa_sha1, and DSA with SHA-1 (RFC 8446,
// section 4.2.3; RFC 5246, section 7.4.1.4.1).
var sha1Schemes = []uint16{0x0201, 0x0203, 0x0202}

// newestHello gives a fact of the newest ServerHello up to TLS 1.2; nil when it
// was not seen.
func (s *survey) newestHello(fact func(*report.Handshake) *bool) *bool {
	v := s.newestUpTo(codepoint.TLS12)
	if v == nil {
		return nil
	}
	i := slices.IndexFunc(v.suites, func(c choice) bool { return fact(c.Handshake) != nil })
	if i < 0 {
		return nil
	}
	return fact(v.suites[i].Handshake)
}

// compresses tells whether the server compressed in any version up to TLS 1.2;
// nil when it answered in none.
func (s *survey) compresses() *bool {
	var compresses *bool
	for _, v := range s.versions[1:] {
		for _, c := range v.suites {
			if compresses == nil || c.Compression {
				compresses = &c.Handshake.Compression
			}
		}
	}
	return compresses
}
