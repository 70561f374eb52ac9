package starttls

import (
	"encoding/binary"
	"strings"

	"certlens/internal/report"
)

// MySQL's connection phase, after the "Protocol::" pages of MySQL's source
// documentation. A packet is 3 bytes of length, a sequence number and a payload.
const (
	mysqlProtocol = 10
	mysqlError    = 0xff

	clientLongPassword     = 0x0001
	clientProtocol41       = 0x0200
	clientSSL              = 0x0800
	clientSecureConnection = 0x8000

	utf8mb4 = 45
)

func beginMySQL(t *talk) *report.HandshakeFailed {
	payload, failure := t.mysqlPacket()
	switch {
	case failure != nil:
		return failure
	case payload[0] == mysqlError:
		return t.mysqlRefusal(payload)
	case payload[0] != mysqlProtocol:
		return t.foreign()
	}
	version, rest, ok := strings.Cut(string(payload[1:]), "\x00")
	// The capabilities follow the thread's id, 8 bytes of a challenge and a zero.
	const before = 4 + 8 + 1
	if !ok || len(rest) < before+2 {
		return t.foreign()
	}
	t.note(version)
	if binary.LittleEndian.Uint16([]byte(rest[before:]))&clientSSL == 0 {
		return t.lacking("its greeting lacks the capability CLIENT_SSL")
	}
	if failure := t.ready(); failure != nil {
		return failure
	}
	return t.send(string(sslRequestPacket()), "its ServerHello")
}

// sslRequestPacket asks for TLS. There is no answer: TLS begins at once.
func sslRequestPacket() []byte {
	packet := make([]byte, 4+32)
	packet[0], packet[3] = 32, 1
	binary.LittleEndian.PutUint32(packet[4:], clientLongPassword|clientProtocol41|clientSSL|clientSecureConnection)
	binary.LittleEndian.PutUint32(packet[8:], 1<<24) // the longest packet to come
	packet[12] = utf8mb4
	return packet
}

// mysqlPacket reads the payload of the server's first packet.
func (t *talk) mysqlPacket() ([]byte, *report.HandshakeFailed) {
	head, failure := t.exactly(4)
	if failure != nil {
		return nil, failure
	}
	length := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
	if head[3] != 0 || length == 0 {
		return nil, t.foreign()
	}
	return t.exactly(length)
}

// mysqlRefusal is the failure of a server that begins with an error: a number
// and a text, as for a host that may not connect.
func (t *talk) mysqlRefusal(payload []byte) *report.HandshakeFailed {
	if len(payload) < 3 {
		return t.foreign()
	}
	return t.refused(report.HandshakeFailure, "turned the client away", string(payload[3:]))
}
