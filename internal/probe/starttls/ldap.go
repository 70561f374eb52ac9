package starttls

import (
	"strconv"

	"certlens/internal/report"
)

// startTLSRequest is the LDAPMessage with the ExtendedRequest whose name is
// 1.3.6.1.4.1.1466.20037 (RFC 4511, section 4.14.1).
const startTLSRequest = "\x30\x1d" + "\x02\x01\x01" + "\x77\x18" + "\x80\x16" + "1.3.6.1.4.1.1466.20037"

// Tags of an answer (RFC 4511, section 4.2 and appendix B).
const (
	tagSequence = 0x30
	tagInteger  = 0x02
	tagEnum     = 0x0a
	tagString   = 0x04
	tagExtended = 0x78 // ExtendedResponse, [APPLICATION 24]
)

// ldapSuccess and others are result codes (RFC 4511, section 4.1.9).
const (
	ldapSuccess       = 0
	ldapProtocolError = 2
)

func beginLDAP(t *talk) *report.HandshakeFailed {
	if failure := t.send(startTLSRequest, "its answer to the StartTLS operation"); failure != nil {
		return failure
	}
	message, failure := t.ldapMessage()
	if failure != nil {
		return failure
	}
	result, text, ok := ldapResult(message)
	switch {
	case !ok:
		return t.foreign()
	case result == ldapSuccess:
		return t.ready()
	}
	t.note(text)
	said := "it answered StartTLS with result code " + strconv.Itoa(result) + " and the text " + quote(text)
	// RFC 4511, section 4.14.2: protocolError when the server does not support
	// the operation.
	if result == ldapProtocolError {
		return t.lacking(said)
	}
	return failed(report.HandshakeFailure, "The server refused StartTLS: "+said+".")
}

// ldapMessage reads the contents of one LDAPMessage.
func (t *talk) ldapMessage() ([]byte, *report.HandshakeFailed) {
	head, failure := t.exactly(2)
	switch {
	case failure != nil:
		return nil, failure
	case head[0] != tagSequence:
		return nil, t.foreign()
	}
	octets, failure := t.exactly(lengthOctets(head[1]))
	if failure != nil {
		return nil, failure
	}
	return t.exactly(length(head[1], octets))
}

// lengthOctets is how many octets follow the first one of a length, and length
// is the value. RFC 4511, section 5.1, wants the definite form, and Active
// Directory uses more octets than it needs.
func lengthOctets(first byte) int {
	if first <= 0x80 {
		return 0
	}
	return int(first - 0x80)
}

func length(first byte, octets []byte) int {
	if first <= 0x80 {
		return int(first)
	}
	n := 0
	for _, b := range octets {
		n = min(n<<8|int(b), maxBytes)
	}
	return n
}

// ldapResult reads the result code and the diagnostic message of an
// ExtendedResponse.
func ldapResult(message []byte) (code int, text string, ok bool) {
	_, message, _ = element(message, tagInteger)
	response, _, _ := element(message, tagExtended)
	result, response, _ := element(response, tagEnum)
	_, response, _ = element(response, tagString) // matchedDN
	diagnostic, _, ok := element(response, tagString)
	if !ok || len(result) != 1 {
		return 0, "", false
	}
	return int(result[0]), string(diagnostic), true
}

// element cuts the contents of the first element, which has to have a tag, off
// the rest.
func element(data []byte, tag byte) (contents, rest []byte, ok bool) {
	if len(data) < 2 || data[0] != tag {
		return nil, nil, false
	}
	octets := lengthOctets(data[1])
	if len(data) < 2+octets {
		return nil, nil, false
	}
	n := length(data[1], data[2:2+octets])
	data = data[2+octets:]
	if n > len(data) {
		return nil, nil, false
	}
	return data[:n], data[n:], true
}
