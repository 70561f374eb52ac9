package starttls

import (
	"bufio"
	"io"
	"net"
	"strings"

	"certlens/internal/report"
)

const (
	// maxBytes bounds what is read of a server before TLS.
	maxBytes = 64 << 10
	// maxLine bounds a line, an XML tag and a binary message. The longest that
	// servers send are the capabilities of IMAP, with some hundred bytes.
	maxLine = 4 << 10
	// maxLines bounds the lines or tags of one answer. Some FTP servers greet
	// with a page.
	maxLines = 256
)

// A talk is what is said on a connection before TLS.
type talk struct {
	conn  net.Conn
	in    *bufio.Reader
	limit *io.LimitedReader

	protocol string // the protocol's name, for people
	host     string
	banner   string

	awaited  string // what the server has to say next, as in "its greeting"
	received []byte // the beginning of what it said instead
	heard    bool   // it has said anything
}

func newTalk(conn net.Conn, protocol, host string) *talk {
	limit := &io.LimitedReader{R: conn, N: maxBytes}
	// What comes together is read together, so that a response that was injected
	// behind the consent is seen.
	return &talk{conn: conn, limit: limit, in: bufio.NewReaderSize(limit, maxLine), protocol: protocol, host: host, awaited: "its greeting"}
}

// send says something, and tells what the server should say next.
func (t *talk) send(message, awaited string) *report.HandshakeFailed {
	t.awaited, t.received = awaited, nil
	if _, err := t.conn.Write([]byte(message)); err != nil {
		return t.lost(err)
	}
	return nil
}

// next reads a byte.
func (t *talk) next() (byte, *report.HandshakeFailed) {
	b, err := t.in.ReadByte()
	if err != nil {
		return 0, t.lost(err)
	}
	t.heard = true
	if len(t.received) < maxBanner {
		t.received = append(t.received, b)
	}
	return b, nil
}

// exactly reads n bytes, which the server announced.
func (t *talk) exactly(n int) ([]byte, *report.HandshakeFailed) {
	if n < 0 || n > maxLine {
		return nil, t.foreign()
	}
	message := make([]byte, n)
	for i := range message {
		b, failure := t.next()
		if failure != nil {
			return nil, failure
		}
		message[i] = b
	}
	return message, nil
}

// noteText adds to the banner what is text, if it is.
func (t *talk) noteText(data []byte) {
	if isText(data) {
		t.note(string(data))
	}
}

// note adds to the banner what the server said for people.
func (t *talk) note(text string) {
	text = strings.TrimSpace(text)
	if t.banner != "" && text != "" {
		text = "\n" + text
	}
	t.banner = cut(t.banner+printable(text), maxBanner)
}
