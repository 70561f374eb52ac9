package probe

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"

	"certlens/internal/probe/starttls"
	"certlens/internal/report"
)

// otherProtocol says what a server speaks that does not speak TLS.
func (c *course) otherProtocol(t *tap) *report.HandshakeFailed {
	t.readText()
	c.Banner = strings.TrimPrefix(c.Banner+"\n"+text(t.first), "\n")
	name, line := starttls.Recognise(t.first, true)
	if line = bytes.TrimRight(line, "\r"); len(line) == 0 {
		line = t.first[:1]
	}
	switch {
	case c.StartTLS != "":
		return c.injected(line)
	case name != "":
		return c.speaks(name, line)
	}
	return failed(report.WrongProtocol, c.target()+" does not speak TLS: it answered with "+quoteAny(line)+".")
}

// injected is the failure of a server that went on in clear after it consented
// to TLS. What comes together with the consent is told by package starttls.
func (c *course) injected(line []byte) *report.HandshakeFailed {
	return failed(report.WrongProtocol, c.target()+", or somebody between, went on in clear after its consent to TLS: it answered with "+
		quoteAny(line)+". A client that believes this can be deceived (response injection).")
}

// speaks is the failure of a server whose protocol is known.
func (c *course) speaks(name string, line []byte) *report.HandshakeFailed {
	class := report.WrongProtocol
	if name == "HTTP" {
		class = report.PlainHTTP
	}
	return failed(class, c.target()+" speaks "+name+" without TLS: it answered with "+quoteAny(line)+".")
}

// maxQuote bounds what of a line stands in a sentence.
const maxQuote = 100

// quoteAny puts a line into a sentence, as text if it is text.
func quoteAny(line []byte) string {
	if !isText(line) {
		return "the bytes " + hex.EncodeToString(line[:min(len(line), 16)])
	}
	return quote(line)
}

// quote puts a line into a sentence.
func quote(line []byte) string {
	if len(line) > maxQuote {
		return strconv.Quote(text(line[:maxQuote]) + "…")
	}
	return strconv.Quote(text(line))
}

// readText reads on to the end of the first line.
func (t *tap) readText() {
	defer time.AfterFunc(furtherText, func() { t.Conn.Close() }).Stop()
	t.flight, t.err = nil, nil
	for buffer := make([]byte, maxBanner); len(t.first) < maxBanner && !bytes.ContainsRune(t.first, '\n'); {
		n, err := t.Read(buffer)
		t.first = append(t.first, buffer[:min(n, maxBanner-len(t.first))]...)
		if err != nil {
			return
		}
	}
}

// isText tells whether bytes are meant to be read by people.
func isText(b []byte) bool {
	printable := 0
	for _, r := range string(b) {
		if strconv.IsPrint(r) && r != unicode.ReplacementChar {
			printable++
		}
	}
	return printable > 0 && 2*printable > len(b)
}

// text is what bytes say, with line ends of one kind, and with what can't be
// shown replaced.
func text(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || strconv.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, strings.ReplaceAll(string(b), "\r\n", "\n"))
}
