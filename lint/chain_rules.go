package lint

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"certlens/internal/cert"
)

// chainRules are our rules about what a server presented. MUST, SHOULD and MAY
// are those of the section that a rule cites; where that gives the background
// alone, the advice is ours, and in lower case. As to certificates that nobody
// needs, RFC 8446, section 4.4.2, asks the client, not the server: "all
// implementations SHOULD be prepared to handle potentially extraneous
// certificates"; and of a trust anchor it says that it "MAY be omitted".
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
		"A server should leave out the root, as it MAY: clients that trust it have it, the others gain nothing by it",
		"certlens; background: RFC 8446, section 4.4.2",
		chains, rootIncluded,
	},
	{
		"w_chain_duplicate",
		"A server should send each certificate once: clients have to cope with more, and gain nothing by it",
		"certlens; background: RFC 8446, section 4.4.2",
		chains, duplicated,
	},
	{
		"w_chain_unrelated_certificate",
		"A server should send no certificate that is not on the way from its own to a root: clients have to cope with it, and gain nothing by it",
		"certlens; background: RFC 8446, section 4.4.2",
		chains, unrelated,
	},
	{
		"n_chain_is_bundle",
		"A server should send its own certificate and the intermediates that lead from it to a root, not a collection of CAs",
		"certlens; background: RFC 8446, section 4.4.2",
		bundles, isBundle,
	},
	{
		"n_chain_key_reused",
		"A key should serve one purpose: certificates of different subjects should not share one",
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
		"A CA certificate should be replaced before the end of its validity",
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
		"A certificate should be renewed 30 days before its end, or with a third of its validity left if that is less and nothing that depends on it lasts longer",
		"RFC 5280, section 4.1.2.5; https://letsencrypt.org/docs/integration-guide/",
		both, expiresSoon,
	},
	{
		"n_chain_outlives_issuer",
		"A certificate should not last longer than the one that issued it: when the issuer ends, no path through it is valid",
		"certlens; background: RFC 5280, section 6.1.3 (a)(2)",
		chains, outlivesIssuer,
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
// server's own has no other place. Nor of what is unrelated: that is the root of
// something else, or of nothing.
func rootIncluded(s Served) []statement {
	var all []statement
	leaf, strays := s.Certs[s.leaf()].ID, s.strays()
	for _, c := range s.distinct() {
		if c.ID == leaf || slices.Contains(strays, c) || !c.SelfSigned() {
			continue
		}
		detail := c.Title() + " is self-signed"
		if s.Roots != nil && s.Roots(c) {
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

// unrelated names all strays in one statement.
func unrelated(s Served) []statement {
	strays := s.strays()
	var titles []string
	for _, c := range strays {
		titles = append(titles, c.Title())
	}
	switch len(strays) {
	case 0:
		return nil
	case 1:
		return []statement{{strays[0].ID, s.nothingBy(titles)}}
	}
	return []statement{{"", s.nothingBy(titles)}}
}

func (s Served) nothingBy(titles []string) string {
	return fmt.Sprintf("nothing that leads from %s upwards was issued by %s", s.Certs[s.leaf()].Title(), strings.Join(titles, ", nor by "))
}

// strays follows the issuers' names from the server's certificate on, and gives
// what was never met. Where not even the issuer of the server's certificate is
// there, CA certificates may stand above the gap, and it is the gap that should be
// spoken of.
func (s Served) strays() []*cert.Certificate {
	met := above(s.Certs[s.leaf()], s.distinct())
	return slices.DeleteFunc(s.distinct(), func(c *cert.Certificate) bool {
		return met[c.ID] || c.RawSubject == nil || len(met) == 1 && c.IsCA()
	})
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
		// The bytes, not the decimal digits: making those takes time that grows
		// with the square of the length.
		number := fmt.Sprintf("%s%d%s", c.RawIssuer, c.X509.SerialNumber.Sign(), c.X509.SerialNumber.Bytes())
		if other := first[number]; other != nil {
			all = append(all, statement{c.ID, fmt.Sprintf("%s and %s both have the number %x of one issuer",
				c.Title(), other.Title(), c.X509.SerialNumber)})
			continue
		}
		first[number] = c
	}
	return all
}
