package starttls

import (
	"bytes"
	"strings"
)

// A beginning is how a protocol begins.
type beginning struct {
	name   string
	prefix string // in any case
	within string // what the line has as well; empty for nothing more
	// first tells that it shows the protocol only where a server says it before
	// it was asked anything that it can have understood: others have answers of
	// the same code.
	first bool
}

// beginnings tell protocols apart. The first that fits is it.
var beginnings = [...]beginning{
	{"TLS", "\x15\x03", "", false}, {"TLS", "\x16\x03", "", false}, // an alert, a handshake record (RFC 8446, section 5.1)
	{"HTTP", "HTTP/", "", false}, {"HTTP", "<html", "", false}, {"HTTP", "<!doctype html", "", false},
	{"SSH", "SSH-", "", false},
	{"IMAP", "* OK", "", false}, {"IMAP", "* BYE", "", false}, {"IMAP", "* PREAUTH", "", false},
	{"Redis", "-ERR unknown command", "", false},
	{"POP3", "+OK", "", false}, {"POP3", "-ERR", "", true},
	{"LMTP", "220", "LMTP", false}, {"SMTP", "220", "SMTP", false}, {"FTP", "220", "FTP", false},
	{"SMTP or FTP", "220", "", true}, {"SMTP or FTP", "421", "", true}, {"SMTP", "554", "", true},
	{"NNTP", "200 ", "NNTP", false}, {"NNTP", "201 ", "NNTP", false}, {"NNTP", "200 ", "InterNetNews", false},
	{"NNTP", "200 ", "", true}, {"NNTP", "201 ", "", true},
	{"ManageSieve", `"IMPLEMENTATION"`, "", false},
	{"XMPP", "<?xml", "jabber:", false}, {"XMPP", "<stream:", "", false}, {"XML", "<?xml", "", true},
	{"IRC", ":", " NOTICE ", false},
	{"RDP", "\x03\x00\x00", "", false}, // a TPKT (RFC 1006)
	{"VNC", "RFB ", "", false}, {"AMQP", "AMQP", "", false}, {"rsync", "@RSYNCD:", "", false},
}

// Recognise names the protocol in which a server spoke, and gives the line in
// which it did; the name is empty when it is none that is known. First tells that
// it is what the server said first.
func Recognise(data []byte, first bool) (protocol string, line []byte) {
	if len(data) > 5 && data[3] == 0 && data[4] == mysqlProtocol && '0' <= data[5] && data[5] <= '9' {
		version, _, _ := bytes.Cut(data[5:], []byte{0})
		return "MySQL", version
	}
	line, _, _ = bytes.Cut(data, []byte("\n"))
	text := string(line)
	for _, b := range beginnings {
		if len(text) >= len(b.prefix) && strings.EqualFold(text[:len(b.prefix)], b.prefix) && strings.Contains(text, b.within) && (first || !b.first) {
			return b.name, line
		}
	}
	return "", line
}
