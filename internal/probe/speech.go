package probe

import (
	"golang.org/x/crypto/cryptobyte"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A speech is what the client says: its offer, and its alerts.
type speech struct {
	*course
	records records
	hello   []byte // the beginning of the ClientHello
	offered bool
}

// feed reads what the client writes. Whatever can't be read is passed over: the
// client is no stranger.
func (s *speech) feed(b []byte) {
	s.records.unread = append(s.records.unread, b...)
	for {
		rec, ok, err := s.records.next()
		if !ok || err != nil {
			return
		}
		switch {
		case rec.kind == recordAlert && len(rec.body) == 2:
			s.noteAlert(int(rec.body[1]), true)
		case rec.kind == recordChangeCipherSpec && s.Version < codepoint.TLS13:
			s.records.sealed = true
		case rec.kind == recordHandshake && !s.offered:
			s.hello = append(s.hello, rec.body...)
			s.offered = s.readHello()
		}
	}
}

// readHello notes what the ClientHello offers; false when it is not complete.
func (s *speech) readHello() bool {
	message := cryptobyte.String(s.hello)
	var kind uint8
	var body cryptobyte.String
	if !message.ReadUint8(&kind) || !message.ReadUint24LengthPrefixed(&body) {
		return false
	}
	s.offers(body)
	return true
}

// offers notes what a ClientHello offers.
func (c *course) offers(s cryptobyte.String) {
	var version uint16
	var session, compressions cryptobyte.String
	if !s.ReadUint16(&version) || !s.Skip(32) || !s.ReadUint8LengthPrefixed(&session) {
		return
	}
	c.SNI = ""
	offer := report.Offer{Versions: []uint16{version}, Session: c.Offer.Session}
	suites, ok := readUint16s(&s)
	if !ok || !s.ReadUint8LengthPrefixed(&compressions) {
		return
	}
	for _, suite := range suites {
		switch suite {
		case codepoint.EmptyRenegotiationInfo:
		case codepoint.FallbackSCSV:
			offer.FallbackSCSV = true
		default:
			offer.Suites = append(offer.Suites, suite)
		}
	}
	offer.Compression = len(compressions) > 1
	extensions(&s, func(id uint16, body cryptobyte.String) bool {
		c.offersExtension(&offer, id, body)
		return true
	})
	c.Offer = offer
}

func (c *course) offersExtension(offer *report.Offer, id uint16, body cryptobyte.String) {
	switch id {
	case extensionServerName:
		var list, name cryptobyte.String
		if body.ReadUint16LengthPrefixed(&list) && list.Skip(1) && list.ReadUint16LengthPrefixed(&name) {
			c.SNI = text(name)
		}
	case extensionStatusRequest:
		c.WantStaple = true
	case extensionGroups:
		offer.Groups, _ = readUint16s(&body)
	case extensionSignatureAlgorithms:
		offer.SignatureAlgorithms, _ = readUint16s(&body)
	case extensionALPN:
		offer.ALPN = readNames(body)
	case extensionVersions:
		// The list has one byte for its length; a first byte of 0 makes it two.
		list := cryptobyte.String(append([]byte{0}, body...))
		offer.Versions, _ = readUint16s(&list)
	}
}

// readNames reads a list of ALPN's names.
func readNames(body cryptobyte.String) []string {
	var list, name cryptobyte.String
	var names []string
	if !body.ReadUint16LengthPrefixed(&list) {
		return nil
	}
	for list.ReadUint8LengthPrefixed(&name) {
		names = append(names, text(name))
	}
	return names
}
