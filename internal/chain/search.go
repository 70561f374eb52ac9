package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"certlens/internal/cert"
	"certlens/internal/trust"
)

// A walk is a way from the leaf upwards. It is kept as a list of steps so that
// ways that start alike share their beginning.
type walk struct {
	*member
	below *walk
	// length counts the certificates, the leaf included.
	length int
	// anchor is set when the walk ends in an anchor.
	anchor *trust.Anchor
	// strangers have the name of the issuer that is missing, but another key.
	strangers []*member
	// loop is true when every issuer of the top is in the walk already; cut when
	// the search went no further although there are issuers.
	loop, cut bool
}

// certs lists the members of the walk, leaf first.
func (w *walk) certs() []*member {
	out := make([]*member, w.length)
	for i := w.length - 1; i >= 0; i-- {
		out[i], w = w.member, w.below
	}
	return out
}

// holds tells whether the walk has the certificate, or one with the same subject
// and key: such a pair leads nowhere that the upper one alone does not.
func (w *walk) holds(m *member) bool {
	for ; w != nil; w = w.below {
		if w.ID == m.ID || bytes.Equal(w.RawSPKI, m.RawSPKI) && bytes.Equal(w.RawSubject, m.RawSubject) {
			return true
		}
	}
	return false
}

// A search looks for walks, shortest first: of two ways to an anchor the short
// one is found even where the number of long ones is beyond any bound.
type search struct {
	pool   *pool
	stores []*trust.Store
	budget *budget
	// seals and couples keep the answers about pairs of certificates.
	seals   map[seal]error
	couples map[couple][]string

	anchored, ended []*walk
}

// run searches from the leaf.
func (s *search) run(ctx context.Context, leaf *member) {
	start := &walk{member: leaf, length: 1}
	s.anchorsThemselves(start)
	queue := []*walk{start}
	for len(queue) > 0 {
		w := queue[0]
		if ctx.Err() != nil {
			s.budget.say("The search for paths was cancelled.")
		}
		if ctx.Err() != nil || len(s.anchored) >= maxPaths || !s.budget.step() {
			s.cut(w)
			break
		}
		queue = append(queue[1:], s.extend(w)...)
	}
	if len(s.anchored) >= maxPaths {
		s.budget.say("There are more paths than are listed.")
	}
}

// anchorsThemselves records the walk as complete for each store that holds its
// top as an anchor.
func (s *search) anchorsThemselves(w *walk) {
	for _, store := range s.stores {
		if a := store.Lookup(w.Certificate); a != nil {
			s.anchored = append(s.anchored, &walk{member: w.member, below: w.below, length: w.length, anchor: a})
		}
	}
}

// cut ends a walk where a limit was reached.
func (s *search) cut(w *walk) {
	w.cut = true
	s.ended = append(s.ended, w)
}

// extend gives the walks that are one certificate longer, and records those that
// end: in an anchor, or nowhere.
func (s *search) extend(w *walk) []*walk {
	found := s.issuers(w)
	var longer []*walk
	for _, c := range found.signers {
		next := &walk{member: c.member, below: w, length: w.length + 1, anchor: c.anchor}
		switch {
		case c.anchor != nil:
			s.anchored = append(s.anchored, next)
		case next.length > maxLength:
			s.budget.say(fmt.Sprintf("Paths of more than %d certificates were left out.", maxLength))
			s.cut(w)
			return longer
		default:
			longer = append(longer, next)
		}
	}
	if len(found.signers) == 0 {
		w.strangers, w.loop = found.strangers, found.loop
		s.ended = append(s.ended, w)
	}
	return longer
}

// A candidate may be the issuer of a certificate. One that is an anchor ends the
// walk there.
type candidate struct {
	*member
	anchor *trust.Anchor
}

// An upward view is what a certificate's issuer name leads to.
type upward struct {
	signers   []candidate
	strangers []*member
	loop      bool
}

// issuers finds who issued the top of the walk: the name proposes, the key
// identifier sorts, the signature decides. Candidates whose signature cannot be
// verified, or is wrong although the key identifiers agree, count as issuers
// when there is no better one; the path then has a problem.
func (s *search) issuers(w *walk) upward {
	candidates, loop := s.candidates(w)
	var good, unsure, bad []candidate
	var strangers []*member
	for _, c := range candidates {
		if len(good) > 0 && !bytes.Equal(c.RawSPKI, good[0].RawSPKI) {
			continue // One key made the signature; no other can have.
		}
		switch err := s.verify(w.member, c.member); {
		case err == nil:
			good = append(good, c)
		case errors.Is(err, cert.ErrUnsupportedAlgorithm):
			unsure = append(unsure, c)
		case keyIDsDiffer(w.member, c.member) || errors.Is(err, errNotChecked):
			strangers = append(strangers, c.member)
		default:
			bad = append(bad, c)
		}
	}
	for _, choice := range [][]candidate{good, unsure, bad} {
		if len(choice) > 0 {
			return upward{signers: choice}
		}
	}
	return upward{strangers: strangers, loop: loop}
}

// candidates lists who has the name of the issuer, best guess first: the anchors
// of each store, then what was pasted; those with the right key identifier
// before the others. What is on the walk already is left out; loop tells
// whether that was all there is.
func (s *search) candidates(w *walk) (list []candidate, loop bool) {
	for _, store := range s.stores {
		for _, a := range store.Find(w.Certificate) {
			m := s.pool.member(a.Cert)
			if !w.holds(m) || w.reissued(m) {
				list = append(list, candidate{m, a})
			}
		}
	}
	for _, m := range s.pool.bySubject(w.RawIssuer) {
		switch {
		case m.ID == w.ID:
		case w.holds(m):
			loop = true
		case !s.isRootAnchor(m):
			list = append(list, candidate{member: m})
		}
	}
	return preferKeyID(list, w.AuthorityKeyID()), loop && len(list) == 0
}

// reissued tells whether m is another certificate for the CA that the walk
// consists of. A root that was issued anew with its old key is as good as the
// anchor; a server's own certificate is not, since clients don't look for one.
func (w *walk) reissued(m *member) bool {
	return w.length == 1 && w.IsCA() && w.ID != m.ID
}

// isRootAnchor tells whether a pasted certificate is an anchor that ends the walk
// in any case, because nothing is above it.
func (s *search) isRootAnchor(m *member) bool {
	if !m.SelfIssued() {
		return false
	}
	for _, store := range s.stores {
		if store.Lookup(m.Certificate) != nil {
			return true
		}
	}
	return false
}

// preferKeyID moves the candidates with the key identifier to the front.
func preferKeyID(list []candidate, want []byte) []candidate {
	if want == nil {
		return list
	}
	out := make([]candidate, 0, len(list))
	for _, c := range list {
		if bytes.Equal(want, c.SubjectKeyID()) {
			out = append(out, c)
		}
	}
	for _, c := range list {
		if !bytes.Equal(want, c.SubjectKeyID()) {
			out = append(out, c)
		}
	}
	return out
}

// keyIDsDiffer tells whether the child names another key than the parent has.
// It is false when either says nothing.
func keyIDsDiffer(child, parent *member) bool {
	want, have := child.AuthorityKeyID(), parent.SubjectKeyID()
	return want != nil && have != nil && !bytes.Equal(want, have)
}
