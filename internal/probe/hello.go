package probe

import (
	"io"
	"slices"

	"golang.org/x/crypto/cryptobyte"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A hello is a ClientHello of our own. The lists of its offer are completed.
type hello struct {
	offer      report.Offer
	serverName string
	staple     bool
	random     []byte
	session    []byte
	shares     []*share
	cookie     []byte
	padding    []byte
}

// newHello makes the ClientHello of a request.
func newHello(request report.HandshakeRequest, serverName string, random io.Reader) (*hello, error) {
	h := &hello{offer: completed(request.Offer), serverName: serverName, staple: request.WantStaple, random: make([]byte, 32)}
	if _, err := io.ReadFull(random, h.random); err != nil {
		return nil, err
	}
	if !h.has(codepoint.TLS13) {
		return h, nil
	}
	// RFC 8446, appendix D.4: "the client always provides a non-empty session ID"
	// for the sake of boxes in the middle.
	h.session = make([]byte, 32)
	if _, err := io.ReadFull(random, h.session); err != nil {
		return nil, err
	}
	return h, h.makeShares(h.firstShares(request.Offer), random)
}

// firstShares are the groups of the shares in the first ClientHello. Where groups
// were asked for, there is a share for a single one, and none for several: some
// servers take the first group that they have a share of, and it is their own
// preference that is of interest.
func (h *hello) firstShares(asked report.Offer) []uint16 {
	switch len(asked.Groups) {
	case 0:
		return []uint16{0x11EC, 0x001D} // as current clients do
	case 1:
		return asked.Groups
	}
	return nil
}

// makeShares replaces the shares by those of groups, as far as they can be
// computed.
func (h *hello) makeShares(groups []uint16, random io.Reader) error {
	h.shares = nil
	for _, group := range groups {
		s, err := newShare(group, random)
		if err != nil {
			return err
		}
		if s != nil {
			h.shares = append(h.shares, s)
		}
	}
	return nil
}

// share is the share of a group; nil when there is none.
func (h *hello) share(group uint16) *share {
	for _, s := range h.shares {
		if s.group == group {
			return s
		}
	}
	return nil
}

// has tells whether a version is offered.
func (h *hello) has(version uint16) bool { return slices.Contains(h.offer.Versions, version) }

// newest is the newest version offered, as far as the ClientHello's own field
// can say it (RFC 8446, section 4.1.2).
func (h *hello) newest() uint16 { return min(slices.Max(h.offer.Versions), codepoint.TLS12) }

// old tells whether a version before TLS 1.3 is offered.
func (h *hello) old() bool { return slices.Min(h.offer.Versions) < codepoint.TLS13 }

// marshal is the ClientHello as it is sent, with the header of the message.
// RFC 7685, section 4: old servers hang on one of 256 to 511 bytes, which is
// therefore padded.
func (h *hello) marshal() ([]byte, error) {
	h.padding = nil
	message, err := h.message()
	if err != nil || len(message) < 256 || len(message) > 511 {
		return message, err
	}
	const header = 4
	h.padding = make([]byte, max(1, 512-len(message)-header))
	return h.message()
}

func (h *hello) message() ([]byte, error) {
	var b cryptobyte.Builder
	b.AddUint8(messageClientHello)
	b.AddUint24LengthPrefixed(func(b *cryptobyte.Builder) {
		b.AddUint16(h.newest())
		b.AddBytes(h.random)
		b.AddUint8LengthPrefixed(bytesOf(h.session))
		b.AddUint16LengthPrefixed(uint16s(h.suites()))
		b.AddUint8LengthPrefixed(bytesOf(h.compressions()))
		if h.newest() > codepoint.SSL3 { // many a server of that time refuses extensions
			b.AddUint16LengthPrefixed(h.extensions)
		}
	})
	return b.Bytes()
}

// suites are the suites, and what is signalled among them.
func (h *hello) suites() []uint16 {
	suites := slices.Clone(h.offer.Suites)
	if h.newest() == codepoint.SSL3 && !slices.Contains(suites, codepoint.EmptyRenegotiationInfo) {
		suites = append(suites, codepoint.EmptyRenegotiationInfo)
	}
	if h.offer.FallbackSCSV && !slices.Contains(suites, codepoint.FallbackSCSV) {
		suites = append(suites, codepoint.FallbackSCSV)
	}
	return suites
}

// compressions are the compression methods: DEFLATE is 1 (RFC 3749, section 2).
func (h *hello) compressions() []byte {
	if h.offer.Compression {
		return []byte{1, 0}
	}
	return []byte{0}
}

// extensions writes the extensions that the offer needs.
func (h *hello) extensions(b *cryptobyte.Builder) {
	tls13 := h.has(codepoint.TLS13)
	for _, e := range []struct {
		id     uint16
		wanted bool
		body   cryptobyte.BuilderContinuation
	}{
		{extensionServerName, h.serverName != "", h.writeServerName},
		{extensionExtendedMasterSecret, h.old(), nothing},
		{extensionRenegotiation, h.old(), bytesOf([]byte{0})},
		{extensionGroups, true, list16(h.offer.Groups)},
		{extensionPointFormats, h.old(), bytesOf([]byte{1, 0})}, // one: uncompressed
		{extensionSessionTicket, h.old(), nothing},
		{extensionALPN, len(h.offer.ALPN) > 0, h.writeALPN},
		{extensionStatusRequest, h.staple, bytesOf([]byte{1, 0, 0, 0, 0})}, // OCSP, of any responder
		{extensionSignatureAlgorithms, h.newest() >= codepoint.TLS12, list16(h.offer.SignatureAlgorithms)},
		{extensionTimestamps, true, nothing},
		{extensionVersions, tls13, h.writeVersions},
		{extensionCookie, h.cookie != nil, h.writeCookie},
		{extensionExchangeModes, tls13, bytesOf([]byte{1, 1})}, // one: with (EC)DHE
		{extensionKeyShare, tls13, h.writeShares},
		{extensionPadding, h.padding != nil, bytesOf(h.padding)},
	} {
		if e.wanted {
			b.AddUint16(e.id)
			b.AddUint16LengthPrefixed(e.body)
		}
	}
}

func nothing(*cryptobyte.Builder) {}

func bytesOf(v []byte) cryptobyte.BuilderContinuation {
	return func(b *cryptobyte.Builder) { b.AddBytes(v) }
}

func uint16s(ids []uint16) cryptobyte.BuilderContinuation {
	return func(b *cryptobyte.Builder) {
		for _, id := range ids {
			b.AddUint16(id)
		}
	}
}

// list16 is a list of numbers behind its length.
func list16(ids []uint16) cryptobyte.BuilderContinuation {
	return func(b *cryptobyte.Builder) { b.AddUint16LengthPrefixed(uint16s(ids)) }
}

// writeServerName writes a list of one host name (RFC 6066, section 3).
func (h *hello) writeServerName(b *cryptobyte.Builder) {
	b.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) {
		b.AddUint8(0)
		b.AddUint16LengthPrefixed(bytesOf([]byte(h.serverName)))
	})
}

func (h *hello) writeALPN(b *cryptobyte.Builder) {
	b.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) {
		for _, name := range h.offer.ALPN {
			b.AddUint8LengthPrefixed(bytesOf([]byte(name)))
		}
	})
}

func (h *hello) writeVersions(b *cryptobyte.Builder) {
	b.AddUint8LengthPrefixed(uint16s(h.offer.Versions))
}

func (h *hello) writeCookie(b *cryptobyte.Builder) {
	b.AddUint16LengthPrefixed(bytesOf(h.cookie))
}

func (h *hello) writeShares(b *cryptobyte.Builder) {
	b.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) {
		for _, s := range h.shares {
			b.AddUint16(s.group)
			b.AddUint16LengthPrefixed(bytesOf(s.public))
		}
	})
}
