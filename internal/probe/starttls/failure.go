package starttls

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"certlens/internal/report"
)

func failed(class report.Class, detail string) *report.HandshakeFailed {
	return &report.HandshakeFailed{Class: class, Detail: detail}
}

// A beginning is how another protocol begins.
type beginning struct {
	name   string
	prefix string // in any case
	within string // what the line has as well; empty for nothing more
}

// beginnings tell the protocols of misdirected connections. The first that fits
// is it.
var beginnings = [...]beginning{
	{"TLS", "\x15\x03", ""}, {"TLS", "\x16\x03", ""}, // an alert, a handshake record (RFC 8446, section 5.1)
	{"HTTP", "HTTP/", ""}, {"HTTP", "<html", ""}, {"HTTP", "<!doctype html", ""},
	{"SSH", "SSH-", ""},
	{"IMAP", "* OK", ""}, {"IMAP", "* BYE", ""}, {"IMAP", "* PREAUTH", ""},
	{"POP3", "+OK", ""},
	{"LMTP", "220", "LMTP"}, {"SMTP", "220", "SMTP"}, {"FTP", "220", "FTP"},
	{"NNTP", "200 ", "NNTP"}, {"NNTP", "201 ", "NNTP"}, {"NNTP", "200 ", "InterNetNews"},
	{"ManageSieve", `"IMPLEMENTATION"`, ""},
	{"XMPP", "<?xml", "jabber:"}, {"XMPP", "<stream:", ""},
	{"IRC", ":", " NOTICE "},
	{"RDP", "\x03\x00\x00", ""}, // a TPKT (RFC 1006)
	{"VNC", "RFB ", ""}, {"AMQP", "AMQP", ""}, {"rsync", "@RSYNCD:", ""}, {"Redis", "-ERR unknown command", ""},
}

// speaks names the protocol that begins so; empty when it is none that is known.
func speaks(data []byte) string {
	if len(data) > 4 && data[3] == 0 && data[4] == mysqlProtocol {
		return "MySQL"
	}
	line, _, _ := strings.Cut(string(data), "\n")
	for _, b := range beginnings {
		if len(line) >= len(b.prefix) && strings.EqualFold(line[:len(b.prefix)], b.prefix) && strings.Contains(line, b.within) {
			return b.name
		}
	}
	return ""
}

// come is what has come since the client spoke last, as far as it was read.
func (t *talk) come() []byte {
	rest, _ := t.in.Peek(t.in.Buffered())
	return append(bytes.Clone(t.received), rest...)
}

// foreign is the failure of a server that says what the protocol does not have.
func (t *talk) foreign() *report.HandshakeFailed {
	data := t.come()
	t.noteText(data)
	if name := speaks(data); name != "" && name != t.protocol {
		return t.misdirected(name, data)
	}
	return failed(report.WrongProtocol, "The server does not speak "+t.protocol+": instead of "+t.awaited+" it said "+quoteData(data)+".")
}

// misdirected is the failure of a server that speaks another protocol.
func (t *talk) misdirected(name string, said []byte) *report.HandshakeFailed {
	line, _, _ := bytes.Cut(said, []byte("\n"))
	switch name {
	case "TLS":
		return failed(report.WrongProtocol, "The server speaks TLS from the first byte: it sent a TLS record instead of "+t.awaited+" in "+t.protocol+".")
	case "HTTP":
		return failed(report.PlainHTTP, "The server speaks plain HTTP, not "+t.protocol+": it said "+quoteData(line)+".")
	case "MySQL":
		line, _, _ = bytes.Cut(said[5:], []byte{0}) // the server's version
		t.note(string(line))
	}
	return failed(report.WrongProtocol, "The server speaks "+name+", not "+t.protocol+": it said "+quoteData(line)+".")
}

// refused is the failure of a server that says no. One that greeted in another
// protocol has understood nothing.
func (t *talk) refused(class report.Class, what, text string) *report.HandshakeFailed {
	greeting := t.banner
	t.note(text)
	for _, said := range []string{greeting, text} {
		if name := speaks([]byte(said)); name != "" && name != t.protocol {
			return t.misdirected(name, []byte(said))
		}
	}
	return failed(class, "The server "+what+": it said "+quote(text)+".")
}

// lacking is the failure of a server that does not offer TLS.
func (t *talk) lacking(how string) *report.HandshakeFailed {
	return failed(report.WrongProtocol, "The server speaks "+t.protocol+", and does not offer TLS: "+how+".")
}

// tooMuch is the failure of a server that exceeds a limit.
func (t *talk) tooMuch(limit int, of string) *report.HandshakeFailed {
	t.noteText(t.received)
	return failed(report.WrongProtocol, "The server does not speak "+t.protocol+" as others do: "+t.awaited+" has more than "+strconv.Itoa(limit)+" "+of+".")
}

// lost says how a connection ended.
func (t *talk) lost(err error) *report.HandshakeFailed {
	if t.limit.N == 0 {
		return t.tooMuch(maxBytes, "bytes")
	}
	when := "before " + t.awaited
	if len(t.received) > 0 {
		when = "in the middle of " + t.awaited
		t.noteText(t.received)
	}
	for _, said := range [][]byte{t.received, []byte(t.banner)} {
		if name := speaks(said); name != "" && name != t.protocol {
			return t.misdirected(name, said)
		}
	}
	switch {
	case isTimeout(err):
		return failed(report.Timeout, "The server was silent "+when+t.silence()+".")
	case errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE):
		return failed(report.Reset, "The server reset the connection "+when+".")
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe):
		return failed(report.Closed, "The server closed the connection "+when+".")
	}
	for operation := (*net.OpError)(nil); errors.As(err, &operation); { // it has the addresses of this machine
		err = operation.Err
	}
	return failed(report.Other, "The connection broke "+when+": "+plain(err.Error())+".")
}

// isTimeout tells whether the time allowed was over. A caller may close the
// connection then.
func isTimeout(err error) bool {
	var network net.Error
	return errors.As(err, &network) && network.Timeout() || errors.Is(err, net.ErrClosed)
}

// silence says what a server may be that has not said a word.
func (t *talk) silence() string {
	if t.heard {
		return ", until the time allowed was over"
	}
	return ": it said nothing in the time allowed, as a server does that speaks TLS from the first byte"
}

// ready is the end of every protocol: now the client speaks. RFC 3207, section
// 4.2: "The client MUST discard any knowledge obtained from the server [...]
// which was not obtained from the TLS negotiation itself." A client that read
// on would take injected text for the server's.
func (t *talk) ready() *report.HandshakeFailed {
	rest, _ := t.in.Peek(t.in.Buffered())
	if len(rest) == 0 {
		return nil
	}
	t.noteText(rest)
	return failed(report.WrongProtocol, "The server, or somebody between, said more after its consent to TLS and outside of it: "+
		quoteData(rest)+". A client that believes this can be deceived (response injection).")
}

// quoteData puts what a server said into a sentence: as text if it is text.
func quoteData(data []byte) string {
	const few = 16
	if isText(data) {
		return quote(string(data))
	}
	return "the bytes " + hex.EncodeToString(data[:min(len(data), few)])
}

// isText tells whether bytes are meant to be read by people, in whatever
// encoding: they have no NUL, and not many other characters that can't be shown.
func isText(data []byte) bool {
	odd := 0
	for _, r := range string(data) {
		if r == 0 {
			return false
		}
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			odd++
		}
	}
	return odd*4 <= len(data)
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }
