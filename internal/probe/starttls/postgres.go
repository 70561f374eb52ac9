package starttls

import (
	"encoding/binary"
	"strings"

	"certlens/internal/report"
)

// sslRequest is PostgreSQL's SSLRequest: its length, and the code 80877103
// (PostgreSQL documentation, "Message Formats").
const sslRequest = "\x00\x00\x00\x08\x04\xd2\x16\x2f"

func beginPostgres(t *talk) *report.HandshakeFailed {
	if failure := t.send(sslRequest, "its answer to SSLRequest"); failure != nil {
		return failure
	}
	answer, failure := t.next()
	if failure != nil {
		return failure
	}
	switch another, _ := Recognise(t.come(), false); {
	case answer == 'S' && another == "": // and not "SSH-2.0"
		return t.ready()
	case answer == 'N' && t.in.Buffered() == 0:
		return t.lacking("it answered SSLRequest with N")
	case answer == 'E':
		return t.postgresError()
	}
	return t.foreign()
}

// postgresError reads an ErrorResponse: a length that counts itself, and fields
// that are a letter and a text each.
func (t *talk) postgresError() *report.HandshakeFailed {
	length, failure := t.exactly(4)
	if failure != nil {
		return failure
	}
	fields, failure := t.exactly(int(binary.BigEndian.Uint32(length)) - 4)
	if failure != nil {
		return failure
	}
	for field := range strings.SplitSeq(string(fields), "\x00") {
		if message, ok := strings.CutPrefix(field, "M"); ok {
			return t.refused(report.HandshakeFailure, "answered SSLRequest with an error", message)
		}
	}
	return t.foreign()
}
