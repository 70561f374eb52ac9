package chain

import (
	"slices"
	"sync"

	"certlens/internal/cert"
	"certlens/internal/trust"
)

// A pool finds pasted certificates by subject. It holds each one once, served
// ones first.
type pool struct {
	exact   map[string][]*cert.Certificate
	folded  func() map[string][]*cert.Certificate
	members map[string]*member // by id, those that a path looked at
}

// newPool indexes the certificates, and reads none of them.
func newPool(lists ...[]*cert.Certificate) *pool {
	p := &pool{exact: map[string][]*cert.Certificate{}, members: map[string]*member{}}
	seen := map[string]bool{}
	var all []*cert.Certificate
	for _, c := range slices.Concat(lists...) {
		if !seen[c.ID] {
			seen[c.ID] = true
			all = append(all, c)
			p.exact[string(c.RawSubject)] = append(p.exact[string(c.RawSubject)], c)
		}
	}
	p.folded = sync.OnceValue(func() map[string][]*cert.Certificate {
		f := map[string][]*cert.Certificate{}
		for _, c := range all {
			k := trust.NameKey(c.RawSubject)
			f[k] = append(f[k], c)
		}
		return f
	})
	return p
}

// member gives the certificate as a member, the same one for each look-up.
func (p *pool) member(c *cert.Certificate) *member {
	m := p.members[c.ID]
	if m == nil {
		m = newMember(c)
		p.members[c.ID] = m
	}
	return m
}

// bySubject lists the certificates with the subject. Those that encode it in the
// same bytes are preferred; there are others only when there is none of these.
func (p *pool) bySubject(name []byte) []*member {
	if len(name) == 0 {
		return nil
	}
	found := p.exact[string(name)]
	if found == nil {
		found = p.folded()[trust.NameKey(name)]
	}
	var out []*member
	for _, c := range found {
		out = append(out, p.member(c))
	}
	return out
}

// pasted tells whether the certificate was given, rather than found in a store.
func (p *pool) pasted(c *cert.Certificate) bool {
	return slices.ContainsFunc(p.exact[string(c.RawSubject)], func(o *cert.Certificate) bool { return o.ID == c.ID })
}
