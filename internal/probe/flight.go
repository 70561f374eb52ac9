package probe

import (
	"strconv"

	"golang.org/x/crypto/cryptobyte"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// The types of handshake messages (RFC 8446, section 4; RFC 5246, section 7.4;
// RFC 6066, section 8).
const (
	messageHelloRequest        = 0
	messageClientHello         = 1
	messageServerHello         = 2
	messageNewSessionTicket    = 4
	messageEncryptedExtensions = 8
	messageCertificate         = 11
	messageServerKeyExchange   = 12
	messageCertificateRequest  = 13
	messageServerHelloDone     = 14
	messageCertificateVerify   = 15
	messageFinished            = 20
	messageCertificateStatus   = 22
	messageKeyUpdate           = 24
	messageHash                = 254
)

// Two alerts end a connection in peace, and one level says that nothing ends.
const (
	closeNotify  = 0
	userCanceled = 90
	levelWarning = 1
)

// A flight is what a server sends, read as it comes in and written into the
// Handshake. It verifies nothing: a client that depends on what was negotiated
// has its own library for that.
type flight struct {
	*course
	records records
	unread  []byte // the beginning of a handshake message

	// hellos are the HelloRetryRequest and the ServerHello as sent.
	hellos [][]byte
	// share and cookie are the server's, for the client to answer.
	share, cookie []byte
	// over tells that the server's first flight has been read to its end, and
	// ticket that a ticket has been read after it.
	over, ticket bool
	// fatal is the alert by which the server ended the handshake.
	fatal *report.Alert
	// brief tells that the flight alone is wanted, old that it may be in the
	// manner of SSL 2.0.
	brief, old bool
}

// feed reads what has come from the server.
func (f *flight) feed(b []byte) error {
	f.records.unread = append(f.records.unread, b...)
	if f.old && !f.records.begun && f.records.unread[0] >= 0x80 {
		return f.readOld(f.records.unread)
	}
	return f.drain()
}

// drain reads all records that are there and can be opened.
func (f *flight) drain() error {
	for {
		rec, ok, err := f.records.next()
		if !ok || err != nil {
			return err
		}
		if err := f.record(rec); err != nil {
			return err
		}
	}
}

// unlock reads on with the secret of the records that follow.
func (f *flight) unlock(secret []byte) error {
	f.records.open = newSealer(f.suite(), secret)
	f.records.sealed = f.records.open == nil
	return f.drain()
}

func (f *flight) record(rec record) error {
	switch rec.kind {
	case recordChangeCipherSpec:
		f.changeCipherSpec()
	case recordAlert:
		return f.alerts(rec.body)
	case recordHandshake:
		if !rec.sealed && f.hasHello() && f.Version == codepoint.TLS13 {
			return malformed("sent in clear what TLS 1.3 seals")
		}
		f.unread = append(f.unread, rec.body...)
		return f.messages()
	}
	return nil
}

// changeCipherSpec says that what follows is sealed; in TLS 1.3 it says nothing
// (RFC 8446, appendix D.4).
func (f *flight) changeCipherSpec() {
	if f.Version != 0 && f.Version < codepoint.TLS13 {
		f.records.sealed = true
		f.end()
	}
}

// alerts reads a record of alerts.
func (f *flight) alerts(body []byte) error {
	if len(body) == 0 || len(body)%2 != 0 {
		return malformed("sent an alert of " + strconv.Itoa(len(body)) + " bytes")
	}
	for ; len(body) > 0; body = body[2:] {
		alert := f.noteAlert(int(body[1]), false)
		if f.ends(body[0], body[1]) {
			f.fatal, f.records.sealed = &alert, true
			return nil
		}
	}
	return nil
}

// ends tells whether an alert ends the handshake. RFC 8446, section 6: the level
// "can safely be ignored", which is not so before TLS 1.3.
func (f *flight) ends(level, number byte) bool {
	if number == closeNotify || number == userCanceled {
		return false
	}
	return level != levelWarning || f.Version == codepoint.TLS13
}

// messages reads all handshake messages that are complete.
func (f *flight) messages() error {
	for len(f.unread) >= 4 && !f.records.sealed {
		length := int(f.unread[1])<<16 | int(f.unread[2])<<8 | int(f.unread[3])
		if length > maxMessage {
			return malformed("sent a handshake message of " + strconv.Itoa(length) + " bytes, more than the " + strconv.Itoa(maxMessage) + " that are read")
		}
		if len(f.unread) < 4+length {
			return nil
		}
		raw := f.unread[:4+length]
		f.unread = f.unread[4+length:]
		if err := f.message(raw); err != nil {
			return err
		}
	}
	return nil
}

// A reader reads the body of one kind of handshake message, and tells whether
// it was well formed.
type reader struct {
	name string
	read func(*flight, cryptobyte.String) bool
}

// readerOf gives the readers of the messages that say something. The others are
// passed over.
func readerOf(kind byte) (r reader, ok bool) {
	switch kind {
	case messageServerHello:
		return reader{"ServerHello", (*flight).readServerHello}, true
	case messageNewSessionTicket:
		return reader{"NewSessionTicket", (*flight).readTicket}, true
	case messageEncryptedExtensions:
		return reader{"EncryptedExtensions", (*flight).readEncryptedExtensions}, true
	case messageCertificate:
		return reader{"Certificate", (*flight).readCertificate}, true
	case messageServerKeyExchange:
		return reader{"ServerKeyExchange", (*flight).readKeyExchange}, true
	case messageCertificateRequest:
		return reader{"CertificateRequest", (*flight).readCertificateRequest}, true
	case messageServerHelloDone:
		return reader{"ServerHelloDone", (*flight).readHelloDone}, true
	case messageCertificateVerify:
		return reader{"CertificateVerify", (*flight).readCertificateVerify}, true
	case messageFinished:
		return reader{"Finished", (*flight).readFinished}, true
	case messageCertificateStatus:
		return reader{"CertificateStatus", (*flight).readCertificateStatus}, true
	case messageKeyUpdate:
		return reader{"KeyUpdate", (*flight).readKeyUpdate}, true
	}
	return reader{}, false
}

// message reads one handshake message, with its header.
func (f *flight) message(raw []byte) error {
	kind := raw[0]
	r, ok := readerOf(kind)
	switch {
	case kind == messageServerHello && f.hasHello():
		return malformed("sent a second ServerHello")
	case kind != messageServerHello && kind != messageHelloRequest && !f.hasHello():
		return malformed("sent the handshake message " + strconv.Itoa(int(kind)) + " before its ServerHello")
	case kind == messageCertificate && len(f.Certificates) > 0:
		return malformed("sent a second Certificate message")
	case !ok:
		return nil
	case kind == messageServerHello:
		f.hellos = append(f.hellos, append([]byte(nil), raw...))
	}
	if !r.read(f, raw[4:]) {
		return malformed("sent a malformed " + r.name)
	}
	if kind == messageServerHello && f.brief && f.Version == codepoint.TLS13 {
		f.records.sealed = true // until it is answered
	}
	if len(f.Certificates) == maxCertificates {
		return malformed("sent more certificates than the first " + strconv.Itoa(maxCertificates) + ", which alone were read")
	}
	return nil
}

// hasHello tells that there was a ServerHello other than a HelloRetryRequest.
func (f *flight) hasHello() bool {
	if f.HelloRetry {
		return len(f.hellos) > 1
	}
	return len(f.hellos) > 0
}

// end tells that the server's first flight is over.
func (f *flight) end() {
	if !f.over {
		f.over = true
		f.records.sealed = f.records.sealed || f.brief
		f.begin(report.StepFinish)
	}
}

// suite is the number of the suite that the server chose.
func (f *flight) suite() uint16 {
	if f.Suite == nil {
		return 0
	}
	return f.Suite.ID
}
