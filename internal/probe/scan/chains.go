package scan

import (
	"cmp"
	"slices"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// unknownName is a name that no server has (RFC 6761, section 6.4).
const unknownName = "no-such-name.invalid"

// findNames finds out what the server does without a name, and with one that it
// does not know.
func (s *survey) findNames() {
	if s.newest() == nil {
		return
	}
	usual := s.ask(s.baseline())
	if usual.state != chosen {
		return
	}
	without, other := s.baseline(), s.baseline()
	without.SNI, without.NoSNI = "", true
	other.SNI, other.NoSNI = unknownName, false
	names := report.ScanNames{WithoutName: "same"}
	// To a host that is an address, or on request, no name was sent.
	if usual.SNI != "" {
		names.WithoutName = s.compare(usual, s.ask(without))
	}
	names.UnknownName = s.compare(usual, s.ask(other))
	if names.WithoutName != "" && names.UnknownName != "" {
		s.names = &names
	}
}

// compare says what became of a chain without the usual name; nothing while it
// is not known.
func (s *survey) compare(usual, a answer) string {
	switch {
	case a.state == pending:
		return ""
	case a.state == declined:
		return "refused"
	case a.state == unknown, len(a.Certificates) == 0, len(usual.Certificates) == 0:
		return "unknown"
	case slices.Equal(a.Certificates, usual.Certificates):
		return "same"
	}
	return "other"
}

// kindsOfKeys are the kinds of server keys, with the signature schemes that ask
// for one in TLS 1.3. RSASSA-PKCS1-v1_5 signs certificates there, and nothing
// else (RFC 8446, section 4.2.3), so that it may be offered with any.
var kindsOfKeys = []struct {
	names   []string
	schemes []uint16
}{
	{[]string{"RSA"}, []uint16{0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501, 0x0601}},
	{[]string{"ECDSA"}, []uint16{0x0403, 0x0503, 0x0603, 0x081A, 0x081B, 0x081C, 0x0401, 0x0501, 0x0601}},
	{[]string{"EdDSA", "ML-DSA"}, []uint16{0x0807, 0x0808, 0x0904, 0x0905, 0x0906, 0x0401, 0x0501, 0x0601}},
}

// findChains asks for the kinds of certificates that did not show by themselves,
// and gathers all chains.
func (s *survey) findChains() {
	s.gather()
	if !s.surveyed() {
		return
	}
	for _, kind := range kindsOfKeys {
		if !slices.ContainsFunc(kind.names, s.hasChain) {
			s.askChain(kind.names, kind.schemes)
		}
	}
	s.gather()
}

// askChain asks for a chain with one kind of key. Up to TLS 1.2, RSA and ECDSA
// show by the suites; EdDSA hides behind those of ECDSA (RFC 8422, section 2.1).
func (s *survey) askChain(names []string, schemes []uint16) {
	var suites []uint16
	switch v := s.newest(); {
	case v.id == codepoint.TLS13:
		suites = s.suitesOf(v.id)[0]
	case v.id == codepoint.TLS12 && names[0] == "EdDSA" && s.hasChain("ECDSA"):
		suites = v.suitesWith("ECDSA")
	default:
		return
	}
	request := s.offering(s.newest().id, suites)
	request.Offer.SignatureAlgorithms = schemes
	s.ask(request)
}

func (s *survey) hasChain(kind string) bool {
	return slices.ContainsFunc(s.chains, func(c report.ScanChain) bool { return slices.Contains(c.When, kind) })
}

// gather collects the chains of all handshakes, and when each came.
func (s *survey) gather() {
	s.chains = nil
	for _, tries := range s.answered {
		for _, e := range tries {
			if kind, _ := judge(e); kind == taken && len(e.Handshake.Certificates) > 0 {
				s.addChain(e.Handshake.Certificates, s.when(e.Request, e.Handshake))
			}
		}
	}
	for _, c := range s.chains {
		slices.SortFunc(c.When, func(a, b string) int { return cmp.Compare(order(a), order(b)) })
	}
	slices.SortFunc(s.chains, func(a, b report.ScanChain) int {
		return cmp.Or(cmp.Compare(order(a.When[0]), order(b.When[0])), slices.Compare(a.Certificates, b.Certificates))
	})
}

func (s *survey) addChain(certificates []string, when string) {
	i := slices.IndexFunc(s.chains, func(c report.ScanChain) bool { return slices.Equal(c.Certificates, certificates) })
	if i < 0 {
		i = len(s.chains)
		s.chains = append(s.chains, report.ScanChain{Certificates: certificates})
	}
	if !slices.Contains(s.chains[i].When, when) {
		s.chains[i].When = append(s.chains[i].When, when)
	}
}

// whens are the occasions on which a chain comes, in the order of their telling.
var whens = []string{"RSA", "ECDSA", "EdDSA", "ML-DSA", "DSA", "other", "without a server name", "with an unknown server name"}

func order(when string) int { return slices.Index(whens, when) }

// when says on which occasion a handshake was made.
func (s *survey) when(request report.HandshakeRequest, h *report.Handshake) string {
	switch {
	case request.NoSNI && !s.target.NoSNI:
		return "without a server name"
	case request.SNI == unknownName:
		return "with an unknown server name"
	case h.SignatureScheme != nil:
		return kindOfScheme(codepoint.SignatureScheme(h.SignatureScheme.ID).Name)
	}
	switch p, _ := codepoint.Of(suiteOf(h)); p.Authentication {
	case "RSA", "ECDSA":
		return p.Authentication
	case "DSS":
		return "DSA"
	}
	return "other"
}

// kindOfScheme is the kind of key that signs with a scheme.
func kindOfScheme(name string) string {
	for _, k := range []struct{ prefix, kind string }{
		{"rsa_", "RSA"}, {"ecdsa_", "ECDSA"}, {"ed", "EdDSA"}, {"mldsa", "ML-DSA"}, {"dsa_", "DSA"},
	} {
		if strings.HasPrefix(name, k.prefix) {
			return k.kind
		}
	}
	return "other"
}
