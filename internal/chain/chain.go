// Package chain finds every path from a leaf certificate to a trust anchor
// through the certificates at hand, and says of each path whether it is trusted
// or why not: every reason, not the first.
//
// It follows the path validation of RFC 5280, section 6, for one purpose, one
// host name and one time, all given. Beyond that it reports what the RFC leaves
// to profiles where widely used clients refuse a path for it, and then names
// them. What only a profile forbids and clients let pass is left to the lints:
// missing key identifiers, a common name that is no alternative name, serial
// numbers of zero or over 20 bytes, key usages and policies of the Baseline
// Requirements. Of policy processing (section 6.1.3 (d) to (f)) only this is
// done: a path that requires explicit policies needs policies in every
// certificate (policy.go). Which policies these are, how they are mapped, and
// inhibitions are out of scope, and so is revocation.
//
// The work is bounded (limits.go); a Result says when a limit was reached.
package chain

import (
	"context"
	"slices"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// A Request is one question: is this certificate good, for this host, purpose
// and time, by these stores?
type Request struct {
	// Served are the certificates as presented, in order, duplicates included.
	Served []*cert.Certificate
	// Sent is true when a server is known to have sent Served like this. The
	// leaf is then the first, whatever it is: "The sender's certificate MUST
	// come in the first CertificateEntry in the list." (RFC 8446, section 4.4.2)
	Sent bool
	// Extra are other certificates at hand, which no server sent.
	Extra []*cert.Certificate
	// Stores are the trust stores, in order of preference.
	Stores []*trust.Store
	// Host is a host name (Unicode or A-labels) or an IP address; empty not to
	// check it.
	Host string
	// At is the time to judge for.
	At time.Time
	// Purpose is what the leaf should be good for; empty to take it from the
	// leaf, or server authentication when Host is given.
	Purpose Purpose
}

// A Result is what Build found.
type Result struct {
	// Leaf is the certificate that the paths are about; nil when there is none.
	Leaf *cert.Certificate
	// Others are the ids of the other certificates that could have been the
	// leaf: they are no CAs, on no path, and not judged.
	Others []string
	// Purpose is the purpose that was checked.
	Purpose Purpose
	// Paths are the paths, best first. When none ends in an anchor, they are the
	// longest that could be found. It is empty only when there is no leaf.
	Paths []report.Path
	// Anchors are the anchors that end the paths and that are neither in Served
	// nor in Extra.
	Anchors []*cert.Certificate
	// HostProblems are the problems of the host name alone; the problems of
	// each path hold them as well.
	HostProblems []report.PathProblem
	// Truncated is true when a limit ended the search early. Note says which,
	// in a sentence.
	Truncated bool
	Note      string
}

// Build finds the paths from the leaf of Served (or of Extra, when nothing was
// served) to the anchors of the stores, and judges each.
func Build(ctx context.Context, req Request) Result {
	source := req.Served
	if len(source) == 0 {
		source = req.Extra
	}
	at := Leaf(source, req.Host)
	if req.Sent && len(req.Served) > 0 {
		at = 0
	}
	if at < 0 {
		return Result{}
	}
	pool := newPool(req.Served, req.Extra)
	leaf := pool.member(source[at])
	s := &search{pool: pool, stores: req.Stores, budget: newBudget(), seals: map[seal]error{}, couples: map[couple][]string{}}
	s.run(ctx, leaf)
	res := Result{Leaf: leaf.Certificate, Purpose: purposeFor(req, leaf)}
	if req.Host != "" {
		res.HostProblems = hostProblems(leaf, req.Host)
	}
	res.collect(s, req)
	res.Others = others(source, res.Leaf, res.Paths)
	res.Note = s.budget.note
	res.Truncated = res.Note != ""
	return res
}

// collect judges the walks that the search found: those that end in an anchor,
// or else those that lead nowhere.
func (res *Result) collect(s *search, req Request) {
	walks := s.anchored
	if len(walks) == 0 {
		walks = longest(s.ended)
	}
	var paths []ranked
	for _, w := range walks {
		j := &judge{search: s, certs: w.certs(), anchor: w.anchor, walk: w, at: req.At, host: req.Host, purpose: res.Purpose}
		p := j.judgement()
		paths = append(paths, ranked{Path: p, walk: w, cost: cost(p), store: storeIndex(req.Stores, p.Store)})
	}
	rank(paths)
	if len(paths) > maxPaths {
		paths = paths[:maxPaths]
		s.budget.say("There are more paths than are listed.")
	}
	for _, p := range paths {
		res.Paths = append(res.Paths, p.Path)
		if a := p.walk.anchor; a != nil && !s.pool.pasted(a.Cert) && !holds(res.Anchors, a.Cert) {
			res.Anchors = append(res.Anchors, a.Cert)
		}
	}
}

// longest picks the walks that are worth judging among those that lead nowhere,
// of which there can be as many as there are steps.
func longest(walks []*walk) []*walk {
	slices.SortStableFunc(walks, func(a, b *walk) int { return b.length - a.length })
	return walks[:min(len(walks), 4*maxPaths)]
}

// storeIndex is the place of a store in the order of preference.
func storeIndex(stores []*trust.Store, name string) int {
	return slices.IndexFunc(stores, func(s *trust.Store) bool { return s.Name == name })
}

// holds tells whether a list has the certificate.
func holds(list []*cert.Certificate, c *cert.Certificate) bool {
	return slices.ContainsFunc(list, func(o *cert.Certificate) bool { return o.ID == c.ID })
}
