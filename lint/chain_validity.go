package lint

import (
	"fmt"
	"time"

	"certlens/internal/cert"
)

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
		if left := c.NotAfter.Sub(s.At); left < s.window(c) {
			all = append(all, statement{c.ID, fmt.Sprintf("%s ends on %s, %s from now", c.Title(), minute(c.NotAfter), days(left))})
		}
	}
	return all
}

// window is how long before its end c should be renewed. A short life makes it
// shorter, but not where c takes down a server's certificate that would last.
func (s Served) window(c *cert.Certificate) time.Duration {
	if !s.bundle() && c.NotAfter.Before(s.Certs[s.leaf()].NotAfter) {
		return 30 * day
	}
	return min(30*day, c.NotAfter.Sub(c.NotBefore)/3)
}

// outlivesIssuer compares with the issuer that lasts longest of those that are
// there: another one may be renewed or cross-signed.
func outlivesIssuer(s Served) []statement {
	var all []statement
	certs := s.distinct()
	for _, c := range certs {
		issuer := longestIssuer(c, certs)
		if issuer != nil && c.NotAfter.After(issuer.NotAfter) {
			all = append(all, statement{c.ID, fmt.Sprintf("%s ends on %s, but %s, which issued it, already on %s",
				c.Title(), minute(c.NotAfter), issuer.Title(), minute(issuer.NotAfter))})
		}
	}
	return all
}

// longestIssuer gives the issuer of c that ends last; nil when there is none, or c
// is its own.
func longestIssuer(c *cert.Certificate, certs []*cert.Certificate) *cert.Certificate {
	if c.SelfIssued() {
		return nil
	}
	var longest *cert.Certificate
	for _, issuer := range certs {
		if !issuer.IsCA() || !issued(issuer, c) || issuer.NotAfter.IsZero() {
			continue
		}
		if longest == nil || issuer.NotAfter.After(longest.NotAfter) {
			longest = issuer
		}
	}
	return longest
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
