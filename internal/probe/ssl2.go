package probe

import (
	"encoding/base64"
	"io"
	"strconv"

	"golang.org/x/crypto/cryptobyte"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// The messages of SSL 2.0 (draft-hickman-netscape-ssl-00).
const (
	oldError       = 0
	oldClientHello = 1
	oldServerHello = 4
)

// oldCiphers are all the ciphers of SSL 2.0, three bytes each.
const oldCiphers = "\x01\x00\x80\x02\x00\x80\x03\x00\x80\x04\x00\x80\x05\x00\x80\x06\x00\x40\x07\x00\xC0"

// ssl2 finds out whether a server speaks SSL 2.0, with the ClientHello that it
// has of its own. A server that does not may answer as later versions do.
func ssl2(c *course, t *tap, _ report.HandshakeRequest, options Options) error {
	challenge := make([]byte, 16)
	if _, err := io.ReadFull(options.Rand, challenge); err != nil {
		return err
	}
	c.SNI = "" // there is no place for it
	t.flight.brief, t.flight.old = true, true
	if err := t.sayOld(challenge); err != nil {
		return err
	}
	for buffer := make([]byte, 16<<10); !t.flight.over && t.flight.fatal == nil; {
		if _, err := t.Read(buffer); err != nil {
			return err
		}
	}
	switch {
	case t.flight.fatal != nil:
		return errAlert
	case c.Version != codepoint.SSL2:
		return fault{report.ProtocolVersion, "chose " + c.Protocol + ", which it was not offered"}
	}
	return nil
}

// sayOld sends a CLIENT-HELLO.
func (t *tap) sayOld(challenge []byte) error {
	var b cryptobyte.Builder
	b.AddUint8(oldClientHello)
	b.AddUint16(codepoint.SSL2)
	b.AddUint16(uint16(len(oldCiphers)))
	b.AddUint16(0) // no session to resume
	b.AddUint16(uint16(len(challenge)))
	b.AddBytes([]byte(oldCiphers))
	b.AddBytes(challenge)
	message := b.BytesOrPanic() // of constant length
	_, err := t.Write(append([]byte{0x80, byte(len(message))}, message...))
	return err
}

// readOld reads the answer, once it is complete. The highest bit of its length
// says that the length has two bytes.
func (f *flight) readOld(b []byte) error {
	s := cryptobyte.String(b)
	var length uint16
	var message []byte
	if !s.ReadUint16(&length) || !s.ReadBytes(&message, int(length&0x7fff)) {
		return nil
	}
	s = message
	var kind uint8
	switch s.ReadUint8(&kind); {
	case kind == oldServerHello && f.readOldHello(s):
		return nil
	case kind == oldError && len(s) == 2:
		return fault{report.HandshakeFailure, "answered in SSL 2.0, with the error " + strconv.Itoa(int(s[0])<<8|int(s[1]))}
	}
	return errNotTLS
}

// readOldHello reads a SERVER-HELLO.
func (f *flight) readOldHello(s cryptobyte.String) bool {
	var hit, kind uint8
	var version, certificate, ciphers, connection uint16
	if !s.ReadUint8(&hit) || !s.ReadUint8(&kind) || !s.ReadUint16(&version) || !s.ReadUint16(&certificate) ||
		!s.ReadUint16(&ciphers) || !s.ReadUint16(&connection) || version != codepoint.SSL2 ||
		len(s) != int(certificate)+int(ciphers)+int(connection) {
		return false
	}
	f.Version, f.Protocol = version, codepoint.Version(version)
	if certificate > 0 {
		f.Certificates = []string{base64.StdEncoding.EncodeToString(s[:certificate])}
	}
	f.end()
	return true
}
