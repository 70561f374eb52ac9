// Package starttls asks a server that speaks another protocol to begin TLS.
//
// Protocols of lines are rows of one table (lines.go); the others have a small
// file each. In all of them the server is silent between its consent and the
// ClientHello, so that nothing is lost by reading ahead; what does come there is
// an injected response, and is told.
package starttls

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"certlens/internal/report"
)

// A protocol is one in which TLS can be started.
type protocol struct {
	id    string // as in the contract
	name  string // for people
	begin func(*talk) *report.HandshakeFailed
}

// protocols are all of them, as package service has them. A function rather than
// a variable: a worker that starts no TLS pays for none.
func protocols() []protocol {
	return []protocol{
		{"smtp", "SMTP", smtp.begin},
		{"submission", "SMTP", smtp.begin},
		{"lmtp", "LMTP", lmtp.begin},
		{"imap", "IMAP", imap.begin},
		{"pop3", "POP3", pop3.begin},
		{"ftp", "FTP", ftp.begin},
		{"ldap", "LDAP", beginLDAP},
		{"xmpp-client", "XMPP", beginXMPPClient},
		{"xmpp-server", "XMPP", beginXMPPServer},
		{"postgres", "PostgreSQL", beginPostgres},
		{"mysql", "MySQL", beginMySQL},
		{"nntp", "NNTP", nntp.begin},
		{"sieve", "ManageSieve", sieve.begin},
		{"irc", "IRC", irc.begin},
		{"rdp", "RDP", beginRDP},
	}
}

func find(id string) (protocol, bool) {
	all := protocols()
	i := slices.IndexFunc(all, func(p protocol) bool { return p.id == id })
	if i < 0 {
		return protocol{}, false
	}
	return all[i], true
}

// maxHost bounds a host name (RFC 7622, section 3.2: a domain has at most 1023
// octets).
const maxHost = 1023

// Begin speaks a protocol until the server waits for a ClientHello, or says why
// it came to nothing. The host is the name that the client asks for, where the
// protocol has a place for it (XMPP). The caller sets the deadline of conn, and
// closes it.
//
// The banner is what the server said of itself and its refusal: at most 1 kB,
// hostile, what is not printable replaced.
func Begin(conn net.Conn, protocol, host string) (banner string, failure *report.HandshakeFailed) {
	p, ok := find(protocol)
	switch {
	case !ok:
		return "", failed(report.Other, quote(protocol)+" is not a protocol in which TLS can be started.")
	case len(host) > maxHost || !utf8.ValidString(host) || strings.ContainsFunc(host, unicode.IsControl):
		return "", failed(report.Other, quote(host)+" is not a name that a server can be asked for.")
	}
	t := newTalk(conn, p.name, host)
	failure = p.begin(t)
	return t.banner, failure
}

const (
	// maxBanner bounds what is kept of what a server says, in bytes.
	maxBanner = 1 << 10
	// maxQuote bounds what of it stands in a sentence, in bytes.
	maxQuote = 200
)

// quote puts text into a sentence, in quotation marks.
func quote(text string) string {
	text = plain(text)
	if short := cut(text, maxQuote); short != text {
		return strconv.Quote(short + "…")
	}
	return strconv.Quote(text)
}

// plain is text on one line.
func plain(text string) string { return strings.Join(strings.Fields(printable(text)), " ") }

// printable replaces what no terminal and no page should be given.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case r == '\n' || r == '\t' || strconv.IsPrint(r):
			return r
		}
		return utf8.RuneError
	}, text)
}

// cut shortens text to at most n bytes, between characters.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
