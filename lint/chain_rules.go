package lint

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"certlens/internal/cert"
)

// chainRules are our rules about what a server presented.
var chainRules = []chainRule{
	{
		"e_chain_leaf_not_first",
		"The server's own certificate MUST come first",
		"RFC 8446, section 4.4.2; RFC 5246, section 7.4.2",
		chains, leafNotFirst,
	},
	{
		"w_chain_order",
		"Each following certificate SHOULD directly certify the one immediately preceding it (in TLS 1.2 and before: MUST)",
		"RFC 8446, section 4.4.2; RFC 5246, section 7.4.2",
		chains, outOfOrder,
	},
	{
		"w_chain_root_included",
		"A server SHOULD NOT send the root: clients that trust it have it, the others gain nothing by it",
		"RFC 8446, section 4.4.2",
		chains, rootIncluded,
	},
	{
		"w_chain_duplicate",
		"A server SHOULD send each certificate once",
		"RFC 8446, section 4.4.2",
		chains, duplicated,
	},
	{
		"w_chain_unrelated_certificate",
		"A server SHOULD send no certificate that is not on the way from its own to a root",
		"RFC 8446, section 4.4.2",
		chains, unrelated,
	},
	{
		"n_chain_is_bundle",
		"A server SHOULD send its own certificate and the intermediates that lead from it to a root, not a collection of CAs",
		"RFC 8446, section 4.4.2",
		bundles, isBundle,
	},
	{
		"n_chain_key_reused",
		"A key SHOULD serve one purpose: certificates of different subjects should not share one",
		"NIST SP 800-57 Part 1 Rev. 5, section 5.2",
		chains, keyReused,
	},
	{
		"e_chain_serial_reused",
		"The serial number MUST be unique for each certificate issued by a given CA",
		"RFC 5280, section 4.1.2.2",
		both, serialReused,
	},
	{
		"e_chain_leaf_expired",
		"The server's own certificate MUST NOT be past the end of its validity",
		"RFC 5280, sections 4.1.2.5 and 6.1.3 (a)(2)",
		chains, leafExpired,
	},
	{
		"w_chain_member_expired",
		"A CA certificate SHOULD be replaced before the end of its validity",
		"RFC 5280, sections 4.1.2.5 and 6.1.3 (a)(2)",
		both, memberExpired,
	},
	{
		"e_chain_not_yet_valid",
		"A certificate MUST NOT be used before the start of its validity",
		"RFC 5280, sections 4.1.2.5 and 6.1.3 (a)(2)",
		both, notYetValid,
	},
	{
		"n_chain_expires_soon",
		"A certificate SHOULD be renewed 30 days before its end, or with a third of its validity left if that is less",
		"RFC 5280, section 4.1.2.5; https://letsencrypt.org/docs/integration-guide/",
		both, expiresSoon,
	},
}

func leafNotFirst(s Served) []statement {
	i := s.leaf()
	if i == 0 {
		return nil
	}
	return []statement{{s.Certs[i].ID, fmt.Sprintf("%s is at position %d of %d, after %s",
		s.Certs[i].Title(), i+1, len(s.Certs), s.Certs[0].Title())}}
}

// outOfOrder finds an issuer that stands before what it issued. It says nothing
// of a gap, nor of several issuers for one certificate (cross-signing), which
// RFC 8446 lets pass: "all implementations SHOULD be prepared to handle
// potentially extraneous certificates and arbitrary orderings".
func outOfOrder(s Served) []statement {
	certs := s.distinct()
	for i, early := range certs {
		for _, late := range certs[i+1:] {
			if early.IsCA() && late.IsCA() && issued(early, late) && !issued(late, early) {
				return []statement{{early.ID, fmt.Sprintf("%s stands before %s, which it issued", early.Title(), late.Title())}}
			}
		}
	}
	return nil
}

// rootIncluded does not ask of the first: a self-signed certificate that is a
// server's own has no other place.
func rootIncluded(s Served) []statement {
	var all []statement
	leaf := s.Certs[s.leaf()].ID
	for _, c := range s.distinct() {
		if c.ID == leaf || !c.SelfSigned() {
			continue
		}
		detail := c.Title() + " is self-signed"
		if s.Roots != nil && s.Roots(c.ID) {
			detail = c.Title() + " is a trust anchor"
		}
		all = append(all, statement{c.ID, fmt.Sprintf("%s; leaving it out saves %d bytes in each handshake", detail, len(c.DER))})
	}
	return all
}

func duplicated(s Served) []statement {
	times := make(map[string]int)
	for _, c := range s.Certs {
		times[c.ID]++
	}
	var all []statement
	for _, c := range s.distinct() {
		if n := times[c.ID]; n > 1 {
			all = append(all, statement{c.ID, fmt.Sprintf("%s is there %d times", c.Title(), n)})
		}
	}
	return all
}

// unrelated follows the issuers' names from the server's certificate on, and
// names what was never met, in one statement. Where not even the issuer of the
// server's certificate is there, CA certificates may stand above the gap, and it
// is the gap that should be spoken of.
func unrelated(s Served) []statement {
	leaf := s.Certs[s.leaf()]
	met := above(leaf, s.distinct())
	var titles []string
	var last string
	for _, c := range s.distinct() {
		if met[c.ID] || c.RawSubject == nil || len(met) == 1 && c.IsCA() {
			continue
		}
		titles, last = append(titles, c.Title()), c.ID
	}
	if len(titles) == 0 {
		return nil
	}
	if len(titles) > 1 {
		last = ""
	}
	return []statement{{last, fmt.Sprintf("nothing that leads from %s upwards was issued by %s", leaf.Title(), strings.Join(titles, ", nor by "))}}
}

// above gives the ids of the leaf and of all that may be its issuer, that one's
// issuer, and so on.
func above(leaf *cert.Certificate, certs []*cert.Certificate) map[string]bool {
	met := map[string]bool{leaf.ID: true}
	for queue := []*cert.Certificate{leaf}; len(queue) > 0; queue = queue[1:] {
		for _, c := range certs {
			if !met[c.ID] && names(c, queue[0]) {
				met[c.ID] = true
				queue = append(queue, c)
			}
		}
	}
	return met
}

func isBundle(s Served) []statement {
	return []statement{{"", fmt.Sprintf("%d certificates; the rules about order and members of a chain did not run", len(s.Certs))}}
}

// keyReused lets CA certificates of the same name share a key: that is how
// cross-signing and renewal of a CA work.
func keyReused(s Served) []statement {
	var all []statement
	first := make(map[string]*cert.Certificate)
	for _, c := range s.distinct() {
		key := string(c.RawSPKI)
		other := first[key]
		switch {
		case key == "":
		case other == nil:
			first[key] = c
		case !(c.IsCA() && other.IsCA() && bytes.Equal(c.RawSubject, other.RawSubject)):
			all = append(all, statement{c.ID, fmt.Sprintf("%s has the key of %s", c.Title(), other.Title())})
		}
	}
	return all
}

// serialReused lets a precertificate have the serial number of its certificate,
// as it must (RFC 6962, section 3.1).
func serialReused(s Served) []statement {
	var all []statement
	first := make(map[string]*cert.Certificate)
	for _, c := range s.distinct() {
		if c.X509 == nil || c.X509.SerialNumber == nil || c.X509.IsPrecert {
			continue
		}
		number := string(c.RawIssuer) + c.X509.SerialNumber.String()
		if other := first[number]; other != nil {
			all = append(all, statement{c.ID, fmt.Sprintf("%s and %s both have the number %x of one issuer",
				c.Title(), other.Title(), c.X509.SerialNumber)})
			continue
		}
		first[number] = c
	}
	return all
}

func leafExpired(s Served) []statement {
	return expired(s, func(i int) bool { return i == s.leaf() })
}

func memberExpired(s Served) []statement {
	return expired(s, func(i int) bool { return i != s.leaf() || s.bundle() })
}

// expired counts the last second in. RFC 5280, section 4.1.2.5: "The validity
// period for a certificate is the period of time from notBefore through notAfter,
// inclusive."
func expired(s Served, include func(i int) bool) []statement {
	var all []statement
	seen := make(map[string]bool)
	for i, c := range s.Certs {
		if include(i) && !seen[c.ID] && !c.NotAfter.IsZero() && ended(c, s.At) {
			seen[c.ID] = true
			all = append(all, statement{c.ID, fmt.Sprintf("%s ended on %s", c.Title(), minute(c.NotAfter))})
		}
	}
	return all
}

func notYetValid(s Served) []statement {
	var all []statement
	for _, c := range s.distinct() {
		if !c.NotBefore.IsZero() && s.At.Before(c.NotBefore) {
			all = append(all, statement{c.ID, fmt.Sprintf("%s starts on %s", c.Title(), minute(c.NotBefore))})
		}
	}
	return all
}

func expiresSoon(s Served) []statement {
	var all []statement
	for _, c := range s.distinct() {
		if c.NotAfter.IsZero() || ended(c, s.At) {
			continue
		}
		if left := c.NotAfter.Sub(s.At); left < min(30*day, c.NotAfter.Sub(c.NotBefore)/3) {
			all = append(all, statement{c.ID, fmt.Sprintf("%s ends on %s, %s from now", c.Title(), minute(c.NotAfter), days(left))})
		}
	}
	return all
}

const day = 24 * time.Hour

// ended tells whether c is past its last second at the time at.
func ended(c *cert.Certificate, at time.Time) bool { return !at.Before(c.NotAfter.Add(time.Second)) }

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func days(d time.Duration) string {
	switch n := int(d / day); n {
	case 0:
		return "less than a day"
	case 1:
		return "one day"
	default:
		return fmt.Sprintf("%d days", n)
	}
}
