package probe

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// isOwn tells whether an offer needs a ClientHello of our own: crypto/tls offers
// what it will, but for the application protocols and the session.
func isOwn(o report.Offer) bool {
	return len(o.Versions)+len(o.Suites)+len(o.Groups)+len(o.SignatureAlgorithms) > 0 || o.FallbackSCSV || o.Compression
}

// refusedOffer says in a sentence why an offer can't be made; empty when it can.
func refusedOffer(o report.Offer) string {
	names := 0
	for _, name := range o.ALPN {
		if names += 1 + len(name); len(name) == 0 || len(name) > 255 {
			return "The name of an application protocol has 1 to 255 bytes."
		}
	}
	switch {
	case slices.Contains(o.Versions, codepoint.SSL2) && len(o.Versions) > 1:
		return "SSL 2.0 has a ClientHello of its own, and can only be offered alone."
	case slices.ContainsFunc(o.Versions, unknownVersion):
		return "One of the versions is none of SSL or TLS."
	case len(o.Versions) > maxVersions:
		return "More than " + strconv.Itoa(maxVersions) + " versions can't be offered."
	case max(len(o.Suites), len(o.Groups), len(o.SignatureAlgorithms)) > maxNumbers:
		return "A list of the offer has more than " + strconv.Itoa(maxNumbers) + " entries."
	case names > maxALPN:
		return "The application protocols have more than " + strconv.Itoa(maxALPN) + " bytes."
	case len(o.Session) > maxSession:
		return "The session has more than " + strconv.Itoa(maxSession) + " characters."
	}
	return ""
}

func unknownVersion(version uint16) bool {
	return version != codepoint.SSL2 && (version < codepoint.SSL3 || version > codepoint.TLS13)
}

// What a list that is empty stands for: what current clients offer, and for
// versions that these do not speak, what they offered when they did.
var (
	currentVersions = []uint16{codepoint.TLS13, codepoint.TLS12}
	currentSuites13 = []uint16{0x1301, 0x1302, 0x1303}
	currentSuites12 = []uint16{0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0x009E, 0x009F, 0x009C, 0x009D}
	formerSuites    = []uint16{0xC009, 0xC013, 0xC00A, 0xC014, 0x0033, 0x0039, 0x002F, 0x0035, 0x000A, 0x0005}
	currentGroups13 = []uint16{0x11EC}
	currentGroups   = []uint16{0x001D, 0x0017, 0x0018, 0x0019}
	currentSchemes  = []uint16{
		0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0807, 0x0808,
		0x0809, 0x080A, 0x080B, 0x0203, 0x0201,
	}
)

// completed fills in the lists of an offer that are empty.
func completed(offer report.Offer) report.Offer {
	if len(offer.Versions) == 0 {
		offer.Versions = versionsOf(offer.Suites)
	}
	tls13 := slices.Contains(offer.Versions, codepoint.TLS13)
	if len(offer.Suites) == 0 {
		offer.Suites = suitesOf(offer.Versions)
	}
	if len(offer.Groups) == 0 {
		if tls13 {
			offer.Groups = slices.Clone(currentGroups13)
		}
		offer.Groups = append(offer.Groups, currentGroups...)
	}
	if len(offer.SignatureAlgorithms) == 0 {
		offer.SignatureAlgorithms = slices.Clone(currentSchemes)
	}
	return offer
}

// versionsOf are the current versions in which some of the suites can be chosen;
// a server that chose a version in which none can would have to give up.
func versionsOf(suites []uint16) []uint16 {
	versions := slices.DeleteFunc(slices.Clone(currentVersions), func(version uint16) bool {
		return len(suites) > 0 && !slices.ContainsFunc(suites, func(suite uint16) bool {
			p, ok := codepoint.Of(suite)
			return !ok || p.First <= version && version <= p.Last
		})
	})
	if len(versions) == 0 {
		return []uint16{codepoint.TLS12}
	}
	return versions
}

// suitesOf are the suites that a client offers in some versions.
func suitesOf(versions []uint16) []uint16 {
	var suites []uint16
	if slices.Contains(versions, codepoint.TLS13) {
		suites = append(suites, currentSuites13...)
	}
	if slices.Contains(versions, codepoint.TLS12) {
		suites = append(suites, currentSuites12...)
	}
	if slices.Min(versions) < codepoint.TLS13 {
		suites = append(suites, formerSuites...)
	}
	return suites
}

// serverName is the server name to send: RFC 6066, section 3: "Literal IPv4 and
// IPv6 addresses are not permitted", and the name stands "without a trailing
// dot".
func serverName(request report.HandshakeRequest) string {
	if request.NoSNI {
		return ""
	}
	name := request.SNI
	if name == "" {
		name = request.Host
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return ""
	}
	return strings.TrimSuffix(name, ".")
}
