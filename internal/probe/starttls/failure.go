package starttls

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"strconv"
	"syscall"
	"unicode"
	"unicode/utf8"

	"certlens/internal/report"
)

func failed(class report.Class, detail string) *report.HandshakeFailed {
	return &report.HandshakeFailed{Class: class, Detail: detail}
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
	if failure := t.misdirected(data); failure != nil {
		return failure
	}
	return failed(report.WrongProtocol, "The server does not speak "+t.protocol+": instead of "+t.awaited+" it said "+quoteData(data)+".")
}

// misdirected is the failure of a server that speaks another protocol; nil of one
// that may well speak this one.
func (t *talk) misdirected(said []byte) *report.HandshakeFailed {
	name, line := Recognise(said, false)
	switch name {
	case "", t.protocol:
		return nil
	case "TLS":
		return failed(report.WrongProtocol, "The server speaks TLS from the first byte: it sent a TLS record instead of "+t.awaited+" in "+t.protocol+".")
	case "HTTP":
		return failed(report.PlainHTTP, "The server speaks plain HTTP, not "+t.protocol+": it said "+quoteData(line)+".")
	case "MySQL":
		t.note(string(line)) // the server's version
	}
	return failed(report.WrongProtocol, "The server speaks "+name+", not "+t.protocol+": it said "+quoteData(line)+".")
}

// refused is the failure of a server that says no. One that greeted in another
// protocol has understood nothing.
func (t *talk) refused(class report.Class, what, text string) *report.HandshakeFailed {
	greeting := t.banner
	t.note(text)
	for _, said := range []string{greeting, text} {
		if failure := t.misdirected([]byte(said)); failure != nil {
			return failure
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
		if failure := t.misdirected(said); failure != nil {
			return failure
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
	return ": it said nothing in the time allowed, as a server does that speaks TLS from the first byte, or another protocol"
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
