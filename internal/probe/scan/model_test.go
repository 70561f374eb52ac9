package scan

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"certlens/internal/codepoint"
	"certlens/internal/probe"
	"certlens/internal/report"
)

// A model is a server that exists on paper: it chooses as RFC 5246 and RFC 8446
// have it. Its Handshake is what probe.Client would see.
type model struct {
	// suites are those of each version that it speaks, in its order.
	suites map[uint16][]uint16
	// groups are its groups, in its order.
	groups []uint16
	// clientOrder makes it follow the client in everything.
	clientOrder bool
	// keys are the kinds of its certificates: "RSA", "ECDSA", "EdDSA", "DSS".
	keys []string
	// refusal is how it refuses: "alert", "closed" or "reset".
	refusal string
	// strict makes it refuse names that it does not know, with an alert.
	strict bool
	// reads is how many suites of a ClientHello it reads; 0 for all.
	reads int
	// limit is the longest ClientHello in bytes that it takes, as far as its
	// lists and shares go, and most the greatest number of suites; 0 for any.
	limit, most int
	// knowsFields makes it take a field of RFC 7919 where the client offers one,
	// and else the one of 1024 bits that it takes always without this.
	knowsFields bool
	// compresses makes it compress where the client offers that.
	compresses bool
	// fails says which handshakes, by their number, fail without a reason.
	fails func(number int) bool
	// from is the number of the handshake from which on it takes none.
	from int

	mu    sync.Mutex
	count int
}

var _ probe.Handshaker = (*model)(nil)

func (m *model) Handshake(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
	m.mu.Lock()
	m.count++
	number := m.count
	m.mu.Unlock()
	h := &report.Handshake{Host: request.Host, Port: 443, SNI: request.SNI, Offer: request.Offer, Step: report.StepHello}
	if h.SNI == "" && !request.NoSNI {
		h.SNI = request.Host
	}
	offer := request.Offer
	if len(offer.Versions) == 0 {
		offer.Versions = []uint16{codepoint.TLS13, codepoint.TLS12}
		offer.Suites = []uint16{0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC009, 0xC013, 0xC00A, 0xC014}
		offer.Groups = []uint16{0x11EC, 0x001D, 0x0017, 0x0018, 0x0019}
		offer.SignatureAlgorithms = []uint16{0x0804, 0x0403, 0x0807, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0503, 0x0603, 0x0201, 0x0203}
	}
	size := 2 * (len(offer.Suites) + len(offer.Groups) + len(offer.SignatureAlgorithms))
	if len(request.Offer.Versions) == 0 {
		size += 1216 // the share of X25519MLKEM768
	}
	switch {
	case m.from > 0 && number >= m.from:
		return m.fail(h, report.Timeout), nil
	case m.fails != nil && m.fails(number):
		return m.fail(h, report.Class([]string{"timeout", "closed", "reset"}[number%3])), nil
	case m.limit > 0 && size > m.limit, m.most > 0 && len(offer.Suites) > m.most:
		return m.fail(h, report.Timeout), nil
	}
	if m.reads > 0 && len(offer.Suites) > m.reads {
		offer.Suites = offer.Suites[:m.reads]
	}
	m.choose(h, offer)
	return h, nil
}

// made counts the handshakes that it made.
func (m *model) made() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.count
}

func (m *model) fail(h *report.Handshake, class report.Class) *report.Handshake {
	h.Failure = &report.HandshakeFailed{Class: class, Detail: "The model failed."}
	return h
}

// refuse says no, in this server's way.
func (m *model) refuse(h *report.Handshake, alert int) {
	h.Failure = &report.HandshakeFailed{Class: report.Class(m.refusal), Detail: "The model refused."}
	if m.refusal == "alert" {
		h.Failure.Class = report.HandshakeFailure
		h.Alerts = []report.Alert{{Number: alert}}
	}
}

func (m *model) choose(h *report.Handshake, offer report.Offer) {
	if h.SNI == unknownName && m.strict {
		m.refuse(h, 112)
		return
	}
	version := m.version(offer.Versions)
	if version == 0 {
		m.refuse(h, protocolVersion)
		return
	}
	if offer.FallbackSCSV && version < slices.Max(m.versions()) {
		m.refuse(h, inappropriateFallback)
		return
	}
	if version == codepoint.SSL2 {
		h.Version, h.Step = version, report.StepDone
		return
	}
	group := m.pick(m.groupsOf(version), offer.Groups)
	suite := m.pick(m.usable(version, offer, group), offer.Suites)
	if suite == 0 {
		m.refuse(h, 40)
		return
	}
	m.answer(h, offer, version, suite, group)
}

// version is what the server makes of the versions of a client, which can't say
// the oldest before TLS 1.3 (RFC 8446, section 4.2.1).
func (m *model) version(offered []uint16) uint16 {
	if slices.Contains(offered, codepoint.SSL2) || slices.Contains(offered, codepoint.TLS13) && m.speaks(codepoint.TLS13) {
		return slices.Max(append(slices.DeleteFunc(slices.Clone(offered), func(v uint16) bool { return !m.speaks(v) }), 0))
	}
	for v := uint16(codepoint.TLS12); v >= codepoint.SSL3; v-- {
		if v <= slices.Max(offered) && m.speaks(v) {
			return v
		}
	}
	return 0
}

func (m *model) speaks(version uint16) bool { return m.suites[version] != nil }

func (m *model) versions() []uint16 {
	var all []uint16
	for v := range m.suites {
		all = append(all, v)
	}
	return all
}

// groupsOf are the groups that the server takes in a version.
func (m *model) groupsOf(version uint16) []uint16 {
	return slices.DeleteFunc(slices.Clone(m.groups), func(g uint16) bool {
		return version < codepoint.TLS13 && (codepoint.PostQuantum(g) || isField(g))
	})
}

// usable are the suites that the server could use for an offer.
func (m *model) usable(version uint16, offer report.Offer, group uint16) []uint16 {
	return slices.DeleteFunc(slices.Clone(m.suites[version]), func(id uint16) bool {
		p, _ := codepoint.Of(id)
		if (p.KeyExchange == "ECDHE" || version == codepoint.TLS13) && group == 0 {
			return true
		}
		return m.key(p, version, offer) == ""
	})
}

// key is the kind of certificate for a suite and an offer; nothing when there is
// none.
func (m *model) key(p codepoint.Properties, version uint16, offer report.Offer) string {
	for _, key := range m.keys {
		fits := p.Authentication == "any" || p.Authentication == key || p.Authentication == "ECDSA" && key == "EdDSA"
		if fits && (p.KeyExchange == "RSA" || version < codepoint.TLS12 && key != "EdDSA" || scheme(key, version, offer.SignatureAlgorithms) != 0) {
			return key
		}
	}
	if p.Authentication == "anon" {
		return "anon"
	}
	return ""
}

// scheme is the first signature scheme of the client that a key can make.
func scheme(key string, version uint16, offered []uint16) uint16 {
	for _, id := range offered {
		name := codepoint.SignatureScheme(id).Name
		switch {
		case version == codepoint.TLS13 && (strings.HasPrefix(name, "rsa_pkcs1") || strings.HasSuffix(name, "_sha1")):
		case key == "RSA" && strings.HasPrefix(name, "rsa_"), key == "ECDSA" && strings.HasPrefix(name, "ecdsa_"),
			key == "EdDSA" && name == "ed25519", key == "DSS" && strings.HasPrefix(name, "dsa_"):
			return id
		}
	}
	return 0
}

// pick gives the first of the server's that the client offers, or the other way
// round; 0 when there is none.
func (m *model) pick(own, offered []uint16) uint16 {
	first, second := own, offered
	if m.clientOrder {
		first, second = offered, own
	}
	for _, id := range first {
		if slices.Contains(second, id) {
			return id
		}
	}
	return 0
}

func (m *model) answer(h *report.Handshake, offer report.Offer, version, suite, group uint16) {
	s, p := codepoint.Suite(suite), codepoint.Properties{}
	p, _ = codepoint.Of(suite)
	key := m.key(p, version, offer)
	h.Version, h.Suite, h.Step = version, &s, report.StepDone
	h.Complete = len(offer.Versions) == 2
	if p.KeyExchange == "ECDHE" || version == codepoint.TLS13 {
		g := codepoint.Group(group)
		h.Group = &g
	}
	if p.KeyExchange == "DHE" {
		h.DHBits = 1024
		if i := slices.IndexFunc(offer.Groups, isField); m.knowsFields && i >= 0 {
			g := codepoint.Group(offer.Groups[i])
			h.DHBits, h.Group = 3072, &g
		}
	}
	h.Compression = m.compresses && offer.Compression && version < codepoint.TLS13
	if key != "anon" {
		h.Certificates = []string{key}
	}
	if id := scheme(key, version, offer.SignatureAlgorithms); id != 0 && version >= codepoint.TLS12 && p.KeyExchange != "RSA" {
		c := codepoint.SignatureScheme(id)
		h.SignatureScheme = &c
	}
	if h.Complete {
		h.Session = "session"
	}
	h.Resumed = offer.Session != ""
}

// randomModel makes a server with a configuration that nobody has chosen.
func randomModel(r *rand.Rand) *model {
	m := &model{
		suites:      map[uint16][]uint16{},
		clientOrder: r.IntN(3) == 0,
		refusal:     []string{"alert", "alert", "closed", "reset"}[r.IntN(4)],
		strict:      r.IntN(3) == 0,
		keys:        some(r, []string{"RSA", "ECDSA", "EdDSA", "DSS"}, 2),
	}
	s := &replay{}
	m.groups = some(r, s.groupsOf(codepoint.TLS13), 6)
	for _, v := range append([]uint16{codepoint.TLS13, codepoint.SSL2}, oldVersions...) {
		if r.IntN(2) == 0 {
			m.suites[v] = some(r, slices.Concat(s.suitesOf(v)...), 1+r.IntN(30))
		}
	}
	m.drop()
	return m
}

// drop removes the suites that the server could never use, as for want of a
// certificate, and then the versions for which nothing is left.
func (m *model) drop() {
	s := &replay{}
	for v := range m.suites {
		if v == codepoint.SSL2 {
			m.suites[v] = []uint16{}
			continue
		}
		offer := report.Offer{SignatureAlgorithms: s.schemes(), Groups: s.groupsOf(v)}
		m.suites[v] = m.usable(v, offer, m.pick(m.groupsOf(v), offer.Groups))
		if len(m.suites[v]) == 0 {
			delete(m.suites, v)
		}
	}
}

// some gives up to n of a list, in any order.
func some[T any](r *rand.Rand, list []T, n int) []T {
	list = slices.Clone(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:min(n, len(list))]
}
