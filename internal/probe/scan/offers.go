package scan

import (
	"slices"
	"sync"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

const (
	// mostSuites bounds the suites of one offer to a server of which it is not
	// known that it reads more: some read 128.
	mostSuites = 120
	// shortSuites, shortGroups and shortSchemes bound the offers to a server that
	// takes no long ClientHello: some read 255 bytes and no more.
	shortSuites, shortGroups, shortSchemes = 32, 8, 10
)

// A length is how long an offer may be.
type length int

const (
	usual length = iota // up to mostSuites
	long                // all suites
	short               // up to shortSuites, shortGroups and shortSchemes
)

// oldVersions are those before TLS 1.3 that list the same kind of suites.
var oldVersions = []uint16{codepoint.TLS12, codepoint.TLS11, codepoint.TLS10, codepoint.SSL3}

// commonGroups and commonSchemes are what servers have most. They come first, for
// a server that follows the client's order, or reads the beginning alone.
var (
	commonGroups = []uint16{
		0x11EC, 0x11EB, 0x11ED, // X25519MLKEM768 and its like
		0x001D, 0x0017, 0x0018, 0x0019, 0x001E, // X25519, the NIST curves, X448
		0x0100, 0x0101, 0x0102, // ffdhe2048 to ffdhe4096
	}
	commonSchemes = []uint16{
		0x0403, 0x0804, 0x0401, 0x0201, 0x0203, 0x0807, 0x0503, 0x0603, 0x0805, 0x0806, 0x0501, 0x0601,
	}
)

// suitesOf gives the suites to offer in a version, in offers of a length that
// the server takes. In a long one, what hardly any server has comes first, so
// that a server which takes something has read what stands behind.
func (r *replay) suitesOf(version uint16) [][]uint16 {
	suites := suitesToOffer()[version]
	switch r.length {
	case long:
		return [][]uint16{suites.all}
	case short:
		return chunks(shortSuites, suites.common, suites.rare)
	}
	return chunks(mostSuites, suites.common, suites.rare)
}

// chunks cuts lists, each by itself. A server that has none of the common suites
// is rare, so the others are not offered with them.
func chunks(limit int, lists ...[]uint16) [][]uint16 {
	var all [][]uint16
	for _, list := range lists {
		all = slices.AppendSeq(all, slices.Chunk(list, limit))
	}
	return all
}

// offerable are the suites of a version.
type offerable struct{ common, rare, all []uint16 }

// suitesToOffer are those of each version. Nobody may change them.
var suitesToOffer = sync.OnceValue(func() map[uint16]offerable {
	tls13 := codepoint.Suites(codepoint.TLS13)
	all := map[uint16]offerable{codepoint.TLS13: {tls13, nil, tls13}}
	for _, v := range oldVersions {
		// RFC 8422 brought elliptic curves to TLS 1.0, but servers took them to
		// SSL 3.0 as well.
		suites := codepoint.Suites(max(v, codepoint.TLS10))
		for _, id := range codepoint.Suites(v) {
			if !slices.Contains(suites, id) {
				suites = append(suites, id)
			}
		}
		var ranked [rare + 1][]uint16
		for _, id := range suites {
			ranked[rank(id)] = append(ranked[rank(id)], id)
		}
		common := slices.Concat(ranked[:rare]...)
		all[v] = offerable{common, ranked[rare], slices.Concat(ranked[rare], common)}
	}
	return all
})

// rare is the rank of the suites that hardly any server has.
const rare = 2

// rank is 0 for the suites that a server should have, 1 for others that many
// have.
func rank(suite uint16) int {
	p, _ := codepoint.Of(suite)
	ephemeral := p.KeyExchange == "ECDHE" || p.KeyExchange == "DHE"
	switch {
	case !ephemeral && p.KeyExchange != "RSA", p.Authentication == "PSK", p.Export, codepoint.Suite(suite).OpenSSL == "":
		return rare
	case p.Weakness() == "":
		return 0
	}
	return 1
}

// groupsOf gives the groups to offer in a version: up to TLS 1.2 those of old
// times, which are elliptic curves and the fields of RFC 7919.
func (r *replay) groupsOf(version uint16) []uint16 {
	groups := groupsToOffer()
	if version < codepoint.TLS13 {
		groups = oldGroupsToOffer()
	}
	if r.length == short {
		return groups[:shortGroups]
	}
	return groups
}

// Nobody may change what these give.
var (
	groupsToOffer = sync.OnceValue(func() []uint16 {
		groups := slices.Clone(commonGroups)
		for _, g := range codepoint.Groups() {
			if !slices.Contains(groups, g) && g < 0xFF00 { // explicit curves have no name to choose
				groups = append(groups, g)
			}
		}
		return groups
	})
	oldGroupsToOffer = sync.OnceValue(func() []uint16 {
		return slices.DeleteFunc(slices.Clone(groupsToOffer()), codepoint.PostQuantum)
	})
	schemesToOffer = sync.OnceValue(func() []uint16 {
		schemes := slices.Clone(commonSchemes)
		for _, s := range codepoint.SignatureSchemes() {
			if !slices.Contains(schemes, s) && s>>8 != 0x01 {
				schemes = append(schemes, s)
			}
		}
		return schemes
	})
)

// isField tells whether a group is a finite field (RFC 7919).
func isField(group uint16) bool { return group>>8 == 0x01 }

// schemes are the signature schemes to offer: all but those with MD5, which
// nobody should be asked for.
func (r *replay) schemes() []uint16 {
	if r.length == short {
		return schemesToOffer()[:shortSchemes]
	}
	return schemesToOffer()
}

// current asks as a current client would, and makes a complete handshake.
func (r *replay) current() report.HandshakeRequest {
	return report.HandshakeRequest{Host: r.target.Host, Port: r.target.Port, StartTLS: r.target.StartTLS, SNI: r.target.SNI, NoSNI: r.target.NoSNI}
}

// offering asks for one version with the suites given.
func (r *replay) offering(version uint16, suites []uint16) report.HandshakeRequest {
	request := r.current()
	request.Offer = report.Offer{
		Versions:            []uint16{version},
		Suites:              suites,
		Groups:              r.groupsOf(version),
		SignatureAlgorithms: r.schemes(),
		// Clients did so until CRIME was found. It costs no handshake of its own.
		Compression: version < codepoint.TLS13,
	}
	return request
}
