package scan

import (
	"cmp"
	"slices"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A version is what is known about one protocol version.
type version struct {
	id uint16
	// state tells whether the server speaks it, and why not.
	state state
	why   string
	// suites are those that it takes, in the order in which it prefers them
	// where it has one. Surveyed tells that there will be no more, and cut why
	// there might have been.
	suites   []choice
	surveyed bool
	cut      string
	// order says whose preference decides; empty with less than two suites.
	// Ordered tells that it will not change.
	order   string
	ordered bool
	// first is the first request that the server answered in this version.
	first report.HandshakeRequest
}

// suitesWith are the suites found with keys for one connection that are signed by
// a kind of key.
func (v *version) suitesWith(keys ...string) []uint16 {
	var found []uint16
	for _, c := range v.suites {
		p, _ := codepoint.Of(c.id)
		ephemeral := p.KeyExchange == "ECDHE" || p.KeyExchange == "DHE"
		if ephemeral && slices.Contains(keys, p.Authentication) {
			found = append(found, c.id)
		}
	}
	return found
}

// protocolVersion is the alert of a server that does not speak a version
// (RFC 8446, section 6.2).
const protocolVersion = 70

// findVersion finds out whether the server speaks a version, with which suites,
// and in whose order.
func (s *survey) findVersion(v *version) {
	switch {
	case v.id == codepoint.SSL2:
		s.findSSL2(v)
		return
	case v.id == codepoint.TLS13 && s.contact.state == chosen && s.contact.Version < codepoint.TLS13:
		// RFC 8446, section 4.2.1: a server that has it chooses it.
		v.state, v.surveyed = declined, true
		v.why = "The server answers a client that offers it with " + codepoint.Version(s.contact.Version) + "."
		return
	}
	if s.contact.state == chosen && s.contact.Version == v.id {
		v.state, v.first = chosen, s.current()
	}
	s.findSuites(v)
	if v.state == chosen && v.surveyed {
		s.findOrder(v)
	}
}

// findSSL2 asks for SSL 2.0, which is detected and no more.
func (s *survey) findSSL2(v *version) {
	request := s.current()
	request.Offer.Versions = []uint16{v.id}
	a := s.ask(request)
	v.state, v.why, v.first, v.surveyed = a.state, a.why, request, a.state != pending
}

// findSuites offers the suites of a version, some at a time.
func (s *survey) findSuites(v *version) {
	var found [][]choice
	var ends []answer
	for i, suites := range s.suitesOf(v.id) {
		offer := func(rest []uint16) report.HandshakeRequest { return s.offering(v.id, rest) }
		some, end := s.eliminate(suites, nil, offer, suiteOf)
		found, ends = append(found, some), append(ends, end)
		if len(some) > 0 && v.state != chosen {
			v.state, v.first = chosen, offer(suites)
		}
		if i == 0 && len(some) == 0 && (end.state == pending || speaksAnother(end)) {
			break
		}
	}
	v.surveyed = !slices.ContainsFunc(ends, func(a answer) bool { return a.state == pending })
	if i := slices.IndexFunc(ends, func(a answer) bool { return a.state == unknown }); i >= 0 {
		v.cut = ends[i].why
	}
	if v.surveyed && v.state != chosen {
		v.state, v.why = declined, ends[0].why
		if v.cut != "" {
			v.state, v.why = unknown, v.cut
		}
	}
	v.suites = s.merge(v, found)
	if v.state == chosen && v.surveyed && len(v.suites) == 0 {
		// It was not to be had again, but a current client got it.
		v.suites = []choice{{suiteOf(s.contact.Handshake), s.contact.Handshake}}
	}
}

// speaksAnother tells whether an answer proves that the server does not speak
// the version, so that no other suite can help.
func speaksAnother(a answer) bool {
	return a.state == declined && a.Handshake != nil && (a.Version != 0 || a.alert(protocolVersion))
}

func suiteOf(h *report.Handshake) uint16 {
	if h.Suite == nil {
		return 0
	}
	return h.Suite.ID
}

func groupOf(h *report.Handshake) uint16 {
	if h.Group == nil {
		return 0
	}
	return h.Group.ID
}

// eliminate offers a list without what was found, removes what the server
// chooses, and offers the rest again, until the server wants no more of it. The
// answer is the last one.
func (r *replay) eliminate(list []uint16, found []choice, offer func([]uint16) report.HandshakeRequest, pick func(*report.Handshake) uint16) ([]choice, answer) {
	rest := slices.DeleteFunc(slices.Clone(list), func(id uint16) bool { return slices.Contains(ids(found), id) })
	for len(rest) > 0 {
		a := r.ask(offer(rest))
		if a.state != chosen {
			return found, a
		}
		id := pick(a.Handshake)
		i := slices.Index(rest, id)
		if i < 0 {
			return found, answer{state: unknown, Handshake: a.Handshake, why: "The server chose what was not offered."}
		}
		found, rest = append(found, choice{id, a.Handshake}), slices.Delete(rest, i, i+1)
	}
	return found, answer{state: declined}
}

// merge puts suites that were found in different offers in the server's order.
func (s *survey) merge(v *version, lists [][]choice) []choice {
	var merged []choice
	for _, list := range lists {
		if len(merged) == 0 || len(list) == 0 || s.prefers(v, merged[len(merged)-1], list[0]) {
			merged = append(merged, list...)
			continue
		}
		merged = s.interleave(v, merged, list)
	}
	return merged
}

// interleave merges two lists, asking which suite comes first.
func (s *survey) interleave(v *version, a, b []choice) []choice {
	var merged []choice
	for len(a) > 0 && len(b) > 0 {
		if s.prefers(v, a[0], b[0]) {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	return append(append(merged, a...), b...)
}

// prefers tells whether the server chooses a when it is offered before b, as far
// as is known.
func (s *survey) prefers(v *version, a, b choice) bool {
	if !v.surveyed {
		return true
	}
	answer := s.ask(s.offering(v.id, []uint16{a.id, b.id}))
	if answer.state == pending {
		v.surveyed = false // there is more to ask
	}
	return answer.state != chosen || suiteOf(answer.Handshake) != b.id
}

// findOrder finds out whose order decides. Suites that were chosen in another
// order than they were offered tell that it is the server's. Otherwise, they are
// offered in the opposite order once, in the newest version: a server that has
// an order has it for all versions up to TLS 1.2.
func (s *survey) findOrder(v *version) {
	offered := slices.Concat(s.suitesOf(v.id)...)
	asOffered := slices.IsSortedFunc(v.suites, func(a, b choice) int {
		return cmp.Compare(slices.Index(offered, a.id), slices.Index(offered, b.id))
	})
	newest := s.newestUpTo(codepoint.TLS12)
	older := v.id < codepoint.TLS12 && v != newest
	v.ordered = !older || newest.ordered
	switch {
	case len(v.suites) < 2 || !v.ordered:
	case !asOffered:
		v.order = "server"
	case older && newest.order != "":
		v.order = newest.order
	default:
		s.askOrder(v)
	}
	if v.order == "client" {
		// Any order is as true as another. Good suites come first.
		slices.SortStableFunc(v.suites, func(a, b choice) int { return cmp.Compare(rank(a.id), rank(b.id)) })
	}
}

func (s *survey) askOrder(v *version) {
	// Some servers take ChaCha20 where the client has it first, and their own
	// order otherwise.
	order := slices.DeleteFunc(ids(v.suites), func(id uint16) bool {
		return strings.Contains(codepoint.Suite(id).Name, "CHACHA20")
	})
	if len(order) < 2 {
		order = ids(v.suites)
	}
	slices.Reverse(order)
	a := s.ask(s.offering(v.id, order))
	switch {
	case a.state == chosen && suiteOf(a.Handshake) == order[0]:
		v.order = "client"
	case a.state == chosen && slices.Contains(order, suiteOf(a.Handshake)):
		v.order = "server"
	case a.state != pending:
		v.order = "unknown"
	}
	v.ordered = a.state != pending
}
