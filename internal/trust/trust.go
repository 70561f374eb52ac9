// Package trust holds trust stores as data: sets of trust anchors, each with a
// date and a source. It decides nothing about a path; package chain does.
//
// A trust anchor is a name and a key that somebody decided to trust (RFC 5280,
// section 6.1.1 (d)). It is kept as the certificate that carries them, and the
// store's own conditions beside it.
//
// Nothing is parsed before it is asked for: a store is an index of subject names
// over raw DER, and an anchor becomes a certificate when a path needs it.
package trust

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// An Anchor is one trust anchor of a store.
type Anchor struct {
	// Cert is the certificate that carries the anchor's name and key.
	Cert *cert.Certificate
	// Store is the name of the store that holds it.
	Store string
	// DistrustAfter is the condition that the store puts on the anchor: a leaf
	// whose notBefore is later is not trusted. Zero when there is none.
	DistrustAfter time.Time
}

// A Store is one set of trust anchors. It is safe for concurrent use.
type Store struct {
	// Name is the short name: "mozilla", or "user".
	Name string
	// Title is the name for people, as in "Mozilla root store".
	Title string
	// Owner is who trusts the anchors, as it reads in a sentence: "Mozilla
	// trusts ISRG Root X1".
	Owner string
	// Source says where the data came from, with its version.
	Source string
	// Date is the date of the data (YYYY-MM-DD); empty when it has none.
	Date string

	entries func() []*entry
	index   func() *index
}

// An entry is one anchor that may not have been parsed yet.
type entry struct {
	der     []byte
	subject []byte
	anchor  func() *Anchor
}

// newStore makes a store of entries that are listed when first needed.
func newStore(s Store, list func(*Store) []*entry) *Store {
	s.entries = sync.OnceValue(func() []*entry { return list(&s) })
	s.index = sync.OnceValue(func() *index { return newIndex(s.entries()) })
	return &s
}

// User makes the store "user" of the certificates that the user trusts. Any
// certificate can be an anchor, an intermediate or a server's own as well.
func User(certs []*cert.Certificate) *Store {
	s := Store{Name: "user", Title: "Certificates you supplied", Owner: "your own trust store", Source: "supplied with the request"}
	return newStore(s, func(s *Store) []*entry {
		var out []*entry
		seen := map[string]bool{}
		for _, c := range certs {
			if !seen[c.ID] {
				seen[c.ID] = true
				a := &Anchor{Cert: c, Store: s.Name}
				out = append(out, &entry{der: c.DER, subject: c.RawSubject, anchor: func() *Anchor { return a }})
			}
		}
		return out
	})
}

// Default lists the names of the stores that are used when none are named.
func Default() []string { return []string{"mozilla"} }

// ByName finds a built-in store.
func ByName(name string) (*Store, error) {
	if name == "mozilla" {
		return Mozilla(), nil
	}
	return nil, fmt.Errorf("trust: unknown store %q (known: \"mozilla\")", name)
}

// Find lists the anchors whose subject is the issuer of c. Those whose key
// identifier is the one that c names come first; otherwise the order is the
// store's. Names are compared as SameName does, with identical encodings
// preferred.
func (s *Store) Find(c *cert.Certificate) []*Anchor {
	var out []*Anchor
	for _, e := range s.index().find(c.RawIssuer) {
		out = append(out, e.anchor())
	}
	if want := c.AuthorityKeyID(); want != nil {
		slices.SortStableFunc(out, func(a, b *Anchor) int {
			return matches(want, b) - matches(want, a)
		})
	}
	return out
}

// matches is 1 when the anchor has the key identifier, 0 otherwise.
func matches(keyID []byte, a *Anchor) int {
	if bytes.Equal(keyID, a.Cert.SubjectKeyID()) {
		return 1
	}
	return 0
}

// Contains tells whether the certificate itself is an anchor of the store.
func (s *Store) Contains(c *cert.Certificate) bool { return s.entry(c) != nil }

// Lookup gives the anchor that is the certificate c itself; nil when c is none.
func (s *Store) Lookup(c *cert.Certificate) *Anchor {
	if e := s.entry(c); e != nil {
		return e.anchor()
	}
	return nil
}

// Named tells whether an anchor has a common name: texts of programs tell no more.
func (s *Store) Named(commonName string) bool {
	if commonName == "" || len(commonName) > 64 { // ub-common-name, RFC 5280, appendix A.1
		return false
	}
	value := append([]byte{byte(len(commonName))}, commonName...)
	return slices.ContainsFunc(s.entries(), func(e *entry) bool {
		// The type 2.5.4.3, and then the tag of any kind of string.
		_, rest, _ := bytes.Cut(e.subject, []byte{6, 3, 0x55, 4, 3})
		return len(rest) > 0 && bytes.HasPrefix(rest[1:], value)
	})
}

func (s *Store) entry(c *cert.Certificate) *entry {
	for _, e := range s.index().exact[string(c.RawSubject)] {
		if bytes.Equal(e.der, c.DER) {
			return e
		}
	}
	return nil
}

// Anchors parses and lists all anchors, in the store's order.
func (s *Store) Anchors() []*Anchor {
	var out []*Anchor
	for _, e := range s.entries() {
		out = append(out, e.anchor())
	}
	return out
}

// Report describes the store as the contract wants it.
func (s *Store) Report() report.Store {
	return report.Store{Name: s.Name, Title: s.Title, Source: s.Source, Date: s.Date, Anchors: len(s.entries())}
}

// Check tells whether the store's own condition on the anchor rules out a leaf.
//
// Mozilla defines the date as a bound on the end-entity certificate's notBefore
// (CKA_NSS_SERVER_DISTRUST_AFTER); certificates of CAs don't count.
func (a *Anchor) Check(leaf *cert.Certificate) (report.PathProblem, bool) {
	if a.DistrustAfter.IsZero() || leaf.IsCA() || !leaf.NotBefore.After(a.DistrustAfter) {
		return report.PathProblem{}, false
	}
	return report.PathProblem{
		Class:       report.Distrusted,
		Certificate: a.Cert.ID,
		Detail: fmt.Sprintf("Mozilla trusts %s only for certificates issued until %s; %s was issued on %s.",
			a.Cert.Title(), day(a.DistrustAfter), leaf.Title(), day(leaf.NotBefore)),
		Rule: "Mozilla root store, CKA_NSS_SERVER_DISTRUST_AFTER",
	}, true
}

// day writes a date in UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
