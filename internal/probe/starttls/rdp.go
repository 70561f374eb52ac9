package starttls

import (
	"encoding/binary"
	"strconv"

	"certlens/internal/report"
)

// rdpRequest is an X.224 connection request in a TPKT (RFC 1006) with an
// RDP_NEG_REQ ([MS-RDPBCGR], section 2.2.1.1). It asks for PROTOCOL_SSL (1) and
// PROTOCOL_HYBRID (2), which is CredSSP inside of TLS.
const rdpRequest = "\x03\x00\x00\x13" + "\x0e\xe0\x00\x00\x00\x00\x00" + "\x01\x00\x08\x00\x03\x00\x00\x00"

// What the connection confirm may hold ([MS-RDPBCGR], section 2.2.1.2).
const (
	x224Confirm = 0xd0
	rdpResponse = 2 // RDP_NEG_RSP
	rdpFailure  = 3 // RDP_NEG_FAILURE
)

// rdpFailures are the codes of RDP_NEG_FAILURE ([MS-RDPBCGR], section
// 2.2.1.2.2).
var rdpFailures = [...]string{
	1: "SSL_REQUIRED_BY_SERVER",
	2: "SSL_NOT_ALLOWED_BY_SERVER",
	3: "SSL_CERT_NOT_ON_SERVER",
	4: "INCONSISTENT_FLAGS",
	5: "HYBRID_REQUIRED_BY_SERVER",
	6: "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
}

func beginRDP(t *talk) *report.HandshakeFailed {
	if failure := t.send(rdpRequest, "its answer to the connection request"); failure != nil {
		return failure
	}
	confirm, failure := t.tpkt()
	// The length of the X.224 header, the code, two references and the class come
	// before the negotiation: type, flags, length and a number.
	const before, whole = 7, 7 + 8
	switch {
	case failure != nil:
		return failure
	case len(confirm) < before || confirm[1]&0xf0 != x224Confirm:
		return t.foreign()
	case len(confirm) < whole:
		return t.lacking("its answer to the connection request negotiates nothing")
	}
	number := binary.LittleEndian.Uint32(confirm[before+4:])
	switch {
	case confirm[before] == rdpFailure:
		return t.lacking("it answered with " + rdpFailureName(number))
	case confirm[before] != rdpResponse:
		return t.foreign()
	case number == 0:
		return t.lacking("it chose PROTOCOL_RDP")
	}
	return t.ready()
}

func rdpFailureName(code uint32) string {
	if code > 0 && code < uint32(len(rdpFailures)) {
		return rdpFailures[code]
	}
	return "the failure code " + strconv.Itoa(int(code))
}

// tpkt reads a packet: version 3, a reserved byte, and a length that counts
// these (RFC 1006, section 6).
func (t *talk) tpkt() ([]byte, *report.HandshakeFailed) {
	head, failure := t.exactly(4)
	switch {
	case failure != nil:
		return nil, failure
	case head[0] != 3:
		return nil, t.foreign()
	}
	return t.exactly(int(binary.BigEndian.Uint16(head[2:])) - len(head))
}
