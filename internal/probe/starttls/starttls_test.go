package starttls

import (
	"encoding/xml"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"certlens/internal/report"
	"certlens/internal/service"
)

// Pieces of scripts.
const (
	smtpHello  = "S: 220 mail.test ESMTP\nC: EHLO certlens.invalid\n"
	smtpOffer  = smtpHello + "S: 250-mail.test\nS: 250-PIPELINING\nS: 250 STARTTLS\nC: STARTTLS\n"
	imapHello  = "S: * OK ready\nC: a1 CAPABILITY\n"
	imapOffer  = imapHello + "S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\nS: a1 OK done\nC: a2 STARTTLS\n"
	xmppHello  = "C> 2\nS+ <?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='host.test' version='1.0'>\n"
	xmppOffer  = xmppHello + "S+ <stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>\nC> 1\n"
	mysqlHello = "S! 24000000 0a 382e302e3000 01000000 4142434445464748 00 "
	tlsAlert   = "S! 15030300020250\n"
)

// TestScripts tells servers apart that don't begin TLS, and takes those that do
// it in another way than the daemons that are tested.
func TestScripts(t *testing.T) {
	for _, test := range []struct {
		name     string
		protocol string
		script   script
		class    report.Class // empty for success
		detail   string       // a piece of the sentence
		banner   string       // all of it
	}{
		// Greetings.
		{"smtp", "smtp", smtpOffer + "S: 220 go ahead", "", "", "220 mail.test ESMTP"},
		{"smtp greets with a page", "submission", "S: 220-mail.test ESMTP\nS: 220-No spam\nS: 220 please\nC: EHLO certlens.invalid\nS: 250 STARTTLS\nC: STARTTLS\nS: 220", "", "", "220-mail.test ESMTP\n220-No spam\n220 please"},
		{"smtp has no service", "smtp", "S: 554 5.3.2 mail.test no service", "handshake_failure", `turned the client away: it said "554 5.3.2 mail.test no service"`, "554 5.3.2 mail.test no service"},
		{"smtp is busy", "smtp", "S: 421 too busy\nclose", "handshake_failure", `"421 too busy"`, "421 too busy"},
		{"imap says goodbye", "imap", "S: * BYE overloaded", "handshake_failure", `"* BYE overloaded"`, "* BYE overloaded"},
		// RFC 9051, section 6.2.1: STARTTLS is for the not authenticated state.
		{"imap knows the client", "imap", "S: * PREAUTH welcome", "handshake_failure", `"* PREAUTH welcome"`, "* PREAUTH welcome"},
		{"nntp is down", "nntp", "S: 400 NNTP server unavailable", "handshake_failure", `"400 NNTP server unavailable"`, "400 NNTP server unavailable"},
		{"nntp without posting", "nntp", "S: 201 news.test\nC: CAPABILITIES\nS: 101 these\nS: VERSION 2\nS: STARTTLS\nS: .\nC: STARTTLS\nS: 382 go", "", "", "201 news.test"},
		{"mysql refuses the host", "mysql", "S! 16000000 ff6a04 486f7374206973206e6f7420616c6c6f776564", "handshake_failure", `"Host is not allowed"`, "Host is not allowed"},

		// Capabilities.
		{"smtp lists nothing", "smtp", smtpHello + "S: 250 mail.test", "wrong_protocol", `its answer to "EHLO certlens.invalid" does not list STARTTLS`, "220 mail.test ESMTP"},
		{"smtp lists something like it", "smtp", smtpHello + "S: 250-mail.test STARTTLS\nS: 250-STARTTLSX\nS: 250 XSTARTTLS STARTTLS", "wrong_protocol", "does not list STARTTLS", "220 mail.test ESMTP"},
		{"smtp in small letters", "smtp", smtpHello + "S: 250 starttls\nC: STARTTLS\nS: 220 go", "", "", "220 mail.test ESMTP"},
		{"smtp without EHLO", "smtp", smtpHello + "S: 502 5.5.2 not implemented", "wrong_protocol", `does not take "EHLO certlens.invalid": it said "502 5.5.2 not implemented"`, "220 mail.test ESMTP\n502 5.5.2 not implemented"},
		{"lmtp", "lmtp", "S: 220 mail.test LMTP\nC: LHLO certlens.invalid\nS: 250-mail.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go", "", "", "220 mail.test LMTP"},
		{"imap", "imap", imapOffer + "S: * OK by the way\nS: a2 OK go", "", "", "* OK ready"},
		{"imap in a code", "imap", imapHello + "S: * CAPABILITY IMAP4rev1\nS: a1 OK [CAPABILITY IMAP4rev1 STARTTLS] done\nC: a2 STARTTLS\nS: a2 OK go", "", "", "* OK ready"},
		{"imap lists nothing", "imap", imapHello + "S: * CAPABILITY IMAP4rev1\nS: a1 OK done", "wrong_protocol", "does not list STARTTLS", "* OK ready"},
		{"pop3 without CAPA", "pop3", "S: +OK ready\nC: CAPA\nS: -ERR what\nC: STLS\nS: +OK go", "", "", "+OK ready\n-ERR what"},
		{"pop3 without either", "pop3", "S: +OK ready\nC: CAPA\nS: -ERR what\nC: STLS\nS: -ERR what now", "wrong_protocol", `does not offer TLS, nor take "STLS": it said "-ERR what now"`, "+OK ready\n-ERR what\n-ERR what now"},
		{"pop3 lists nothing", "pop3", "S: +OK ready\nC: CAPA\nS: +OK these\nS: TOP\nS: USER STLS\nS: .", "wrong_protocol", "does not list STLS", "+OK ready"},
		{"ftp without FEAT", "ftp", "S: 220 ready\nC: FEAT\nS: 500 what\nC: AUTH TLS\nS: 234 go", "", "", "220 ready\n500 what"},
		{"ftp lists several", "ftp", "S: 220-ready\nS: 221 within\nS: \nS: 220 set\nC: FEAT\nS: 211-these\nS:  AUTH TLS;TLS-C;SSL;TLS-P;\nS: 211 end\nC: AUTH TLS\nS: 234 go", "", "", "220-ready\n221 within\n\n220 set"},
		{"ftp lists nothing", "ftp", "S: 220 ready\nC: FEAT\nS: 211-these\nS:  UTF8\nS:  MLST AUTH\nS: 211 end", "wrong_protocol", "does not list AUTH", "220 ready"},
		{"sieve with literals", "sieve", "S: \"IMPLEMENTATION\" {4}\nS: two\nS: \"STARTTLS\"\nS: OK {5}\nS: ready\nC: STARTTLS\nS: OK (X) {2}\nS: go", "", "", ""},
		{"sieve lists nothing", "sieve", "S: \"SIEVE\" \"fileinto\"\nS: OK", "wrong_protocol", "its greeting does not list STARTTLS", "\"SIEVE\" \"fileinto\"\nOK"},
		{"irc lists in two", "irc", "S: :irc.test NOTICE * :*** Looking up your hostname\nC: CAP LS 302\nS: :irc.test CAP * LS * :sasl=PLAIN\nS: :irc.test CAP * LS :tls multi-prefix\nC: STARTTLS\nS: :irc.test 670 * :go", "", "", ""},
		{"irc without CAP", "irc", "C: CAP LS 302\nS: :irc.test 421 * CAP :Unknown command\nC: STARTTLS\nS: :irc.test 451 * :You have not registered", "wrong_protocol", "451 * :You have not registered", ":irc.test 421 * CAP :Unknown command\n:irc.test 451 * :You have not registered"},
		{"irc lists nothing", "irc", "C: CAP LS 302\nS: :irc.test CAP * LS :multi-prefix sts=port=6697", "wrong_protocol", "does not list tls", ""},
		{"irc has enough", "irc", "C: CAP LS 302\nS: ERROR :Closing link: too many connections\nC: STARTTLS\nclose", "closed", "before its answer to \"STARTTLS\"", "ERROR :Closing link: too many connections"},
		{"xmpp without features", "xmpp-client", xmppHello + "S: <stream:features/>", "wrong_protocol", "do not list starttls", ""},
		{"xmpp with other features", "xmpp-client", xmppHello + "S: <stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>", "wrong_protocol", "do not list starttls", ""},
		{"xmpp of old", "xmpp-client", "C> 2\nS: <stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1'>", "wrong_protocol", "its stream has no version", ""},
		{"xmpp with other prefixes", "xmpp-client", "C> 2\nS: <x:stream\txmlns:x='http://etherx.jabber.org/streams' version='1.0'><x:features><t:starttls xmlns:t='urn:ietf:params:xml:ns:xmpp-tls'></t:starttls></x:features>\nC> 1\nS+ <t:proceed a='/>'></t:proceed>", "", "", ""},
		{"postgres says no", "postgres", "C! 8\nS+ N", "wrong_protocol", "it answered SSLRequest with N", ""},
		{"postgres is full", "postgres", "C! 8\nS! 45 0000001d 53464154414c00 43353333303000 4d746f6f206d616e7900 00", "handshake_failure", `"too many"`, "too many"},
		{"mysql says nothing of TLS", "mysql", mysqlHello + "fff7 0000000000000000000000000000", "wrong_protocol", "CLIENT_SSL", "8.0.0"},
		{"mysql of old", "mysql", "S! 09000000 09 332e32320001000000", "wrong_protocol", "the bytes 0900000009332e3232", ""},
		{"ldap knows no StartTLS", "ldap", "C! 31\nS! 300f 020101 780a 0a0102 0400 0403 6e6f2e", "wrong_protocol", `result code 2 and the text "no."`, "no."},
		{"ldap is not able to", "ldap", "C! 31\nS! 300f 020101 780a 0a0134 0400 0403 6e6f2e", "handshake_failure", `result code 52 and the text "no."`, "no."},
		{"ldap with long lengths", "ldap", "C! 31\nS! 308400000028 020101 78840000001f 0a0100 0400 0400 8a16 312e332e362e312e342e312e313436362e3230303337", "", "", ""},
		{"ldap disconnects", "ldap", "C! 31\nS! 300f 020100 780a 0a0108 0400 0403 6e6f2e", "handshake_failure", "result code 8", "no."},
		{"rdp without TLS", "rdp", "C! 19\nS! 03000013 0ed000001234 00 0300080002000000", "wrong_protocol", "SSL_NOT_ALLOWED_BY_SERVER", ""},
		{"rdp with a new failure", "rdp", "C! 19\nS! 03000013 0ed000001234 00 03000800ffffffff", "wrong_protocol", "the failure code 4294967295", ""},
		{"rdp that chose itself", "rdp", "C! 19\nS! 03000013 0ed000001234 00 0200080000000000", "wrong_protocol", "PROTOCOL_RDP", ""},
		{"rdp of old", "rdp", "C! 19\nS! 0300000b 06d000001234 00", "wrong_protocol", "negotiates nothing", ""},
		{"rdp with CredSSP", "rdp", "C! 19\nS! 03000013 0ed000001234 00 0200080002000000", "", "", ""},

		// Refusals.
		{"smtp refuses", "smtp", smtpOffer + "S: 454 4.7.0 TLS not available due to local problem", "handshake_failure", `refused "STARTTLS": it said "454 4.7.0 TLS not available due to local problem"`, "220 mail.test ESMTP\n454 4.7.0 TLS not available due to local problem"},
		{"imap refuses", "imap", imapOffer + "S: a2 NO [UNAVAILABLE] not now", "handshake_failure", "a2 NO [UNAVAILABLE] not now", "* OK ready\na2 NO [UNAVAILABLE] not now"},
		{"irc refuses", "irc", "C: CAP LS 302\nS: :irc.test CAP * LS :tls\nC: STARTTLS\nS: :irc.test 691 * :STARTTLS failure", "handshake_failure", "691 * :STARTTLS failure", ":irc.test 691 * :STARTTLS failure"},
		{"nntp refuses", "nntp", "S: 200 news.test\nC: CAPABILITIES\nS: 101 these\nS: STARTTLS\nS: .\nC: STARTTLS\nS: 580 Can not initiate TLS negotiation", "handshake_failure", "580 Can not", "200 news.test\n580 Can not initiate TLS negotiation"},
		{"xmpp serves another host", "xmpp-client", xmppHello + "S: <stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>\nclose", "unrecognized_name", "host-unknown", "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"},
		{"xmpp refuses", "xmpp-client", xmppOffer + "S: <failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>\nclose", "handshake_failure", "<failure", "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"},

		// Other protocols.
		{"ssh", "smtp", "S: SSH-2.0-OpenSSH_9.2p1", "wrong_protocol", `speaks SSH, not SMTP: it said "SSH-2.0-OpenSSH_9.2p1"`, "SSH-2.0-OpenSSH_9.2p1"},
		{"ssh without a line", "postgres", "C! 8\nS+ SSH-2.0-x", "wrong_protocol", "speaks SSH, not PostgreSQL", "SSH-2.0-x"},
		{"imap on smtp's port", "smtp", "S: * OK IMAP4 ready", "wrong_protocol", "speaks IMAP, not SMTP", "* OK IMAP4 ready"},
		{"smtp on imap's port", "imap", "S: 220 mail.test ESMTP", "wrong_protocol", "speaks SMTP, not IMAP", "220 mail.test ESMTP"},
		{"ftp on smtp's port", "smtp", "S: 220 (vsFTPd 3.0.3)\nC: EHLO certlens.invalid\nS: 530 Please login with USER and PASS.", "wrong_protocol", `speaks FTP, not SMTP: it said "220 (vsFTPd 3.0.3)"`, "220 (vsFTPd 3.0.3)\n530 Please login with USER and PASS."},
		{"ftp that hangs up on EHLO", "smtp", "S: 220 ProFTPD Server\nC: EHLO certlens.invalid\nclose", "wrong_protocol", "speaks FTP, not SMTP", "220 ProFTPD Server"},
		{"smtp on ftp's port", "ftp", "S: 220 mail.test ESMTP\nC: FEAT\nS: 502 what\nC: AUTH TLS\nS: 502 what", "wrong_protocol", "speaks SMTP, not FTP", "220 mail.test ESMTP\n502 what\n502 what"},
		{"smtp on nntp's port", "nntp", "S: 220 mail.test ready", "wrong_protocol", `does not speak NNTP: instead of its greeting it said "220 mail.test ready"`, "220 mail.test ready"},
		{"http", "irc", "C: CAP LS 302\nS: HTTP/1.1 400 Bad Request\nS: Server: x", "plain_http", `speaks plain HTTP, not IRC: it said "HTTP/1.1 400 Bad Request"`, "HTTP/1.1 400 Bad Request\nServer: x"},
		{"http to xmpp", "xmpp-client", "C> 2\nS: HTTP/1.1 400 Bad Request", "plain_http", "HTTP/1.1 400", "HTTP/1.1 400 Bad Request"},
		{"http without a header", "ldap", "C! 31\nS: <html><head>", "plain_http", "<html>", "<html><head>"},
		{"mysql on smtp's port", "smtp", "S! 5b0000000a352e352e3500", "wrong_protocol", `speaks MySQL, not SMTP: it said "5.5.5"`, "5.5.5"},
		{"rdp on ldap's port", "ldap", "C! 31\nS! 0300000902f0802180", "wrong_protocol", "speaks RDP, not LDAP: it said the bytes 03000009", ""},
		{"garbage", "imap", "S! 00010203", "wrong_protocol", "the bytes 00", ""},
		{"tls to smtp", "smtp", tlsAlert, "wrong_protocol", "speaks TLS from the first byte: it sent a TLS record instead of its greeting in SMTP", ""},
		{"tls to irc", "irc", "C: CAP LS 302\n" + tlsAlert, "wrong_protocol", "TLS from the first byte", ""},
		{"tls to ldap", "ldap", "C! 31\n" + tlsAlert, "wrong_protocol", "TLS from the first byte", ""},
		{"tls to xmpp", "xmpp-client", "C> 2\n" + tlsAlert, "wrong_protocol", "TLS from the first byte", ""},
		{"tls to postgres", "postgres", "C! 8\n" + tlsAlert, "wrong_protocol", "TLS from the first byte", ""},
		{"tls to mysql", "mysql", tlsAlert, "wrong_protocol", "TLS from the first byte", ""},
		{"tls to rdp", "rdp", "C! 19\n" + tlsAlert, "wrong_protocol", "TLS from the first byte", ""},

		// Ends.
		{"silence", "smtp", "silence", "timeout", "silent before its greeting: it said nothing", ""},
		{"silence after the greeting", "smtp", smtpHello + "silence", "timeout", `silent before its answer to "EHLO certlens.invalid", until`, "220 mail.test ESMTP"},
		{"silence in the greeting", "smtp", "S+ 220 mail\nsilence", "timeout", "silent in the middle of its greeting", "220 mail"},
		{"silence of ldap", "ldap", "C! 31\nsilence", "timeout", "before its answer to the StartTLS operation", ""},
		{"silence of a half tag", "xmpp-client", xmppHello + "S+ <stream:fea\nsilence", "timeout", "in the middle of its stream", "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='host.test' version='1.0'><stream:fea"},
		// As a caller does whose context has ended.
		{"closed by the caller", "smtp", smtpHello + "leave", "timeout", "silent before its answer", "220 mail.test ESMTP"},
		{"closed at once", "smtp", "close", "closed", "closed the connection before its greeting", ""},
		{"closed in the greeting", "imap", "S+ * O\nclose", "closed", "closed the connection in the middle of its greeting", "* O"},
		{"closed at STARTTLS", "smtp", smtpOffer + "close", "closed", `before its answer to "STARTTLS"`, "220 mail.test ESMTP"},
		{"closed by mysql", "mysql", "S! 2400\nclose", "closed", "in the middle of its greeting", ""},
		{"reset at once", "pop3", "reset", "reset", "reset the connection before its greeting", ""},
		{"reset at SSLRequest", "postgres", "C! 8\nreset", "reset", "reset the connection before its answer to SSLRequest", ""},

		// Limits.
		{"a long line", "smtp", "S+ 220 " + script(strings.Repeat("x", 5000)) + "\n", "wrong_protocol", "its greeting has more than 4096 bytes in a line", ""},
		{"an endless reply", "smtp", "S* 1000000 220-x", "wrong_protocol", "its greeting has more than 256 lines", ""},
		{"an endless block", "pop3", "S: +OK\nC: CAPA\nS: +OK\nS* 1000000 TOP", "wrong_protocol", `its answer to "CAPA" has more than 256 lines`, ""},
		{"endless chatter", "irc", "C: CAP LS 302\nS* 1000000 :irc.test NOTICE * :wait", "wrong_protocol", "has more than 256 lines", ""},
		{"endless bytes", "smtp", "S* 1000000 220-" + script(strings.Repeat("x", 4000)), "wrong_protocol", "its greeting has more than 65536 bytes", ""},
		{"an endless tag", "xmpp-client", "C> 2\nS+ <stream:stream version='1.0'\nS* 1000000  a=''", "wrong_protocol", "more than 4096 bytes in a tag", ""},
		{"endless tags", "xmpp-client", xmppHello + "S* 1000000 <x/>", "wrong_protocol", "more than 256 tags", ""},
		{"endless text", "xmpp-client", xmppHello + "S* 1000000 x", "wrong_protocol", "more than 65536 bytes", ""},
		{"a large literal", "sieve", "S: \"X\" {1000000000}\nS: x", "wrong_protocol", "does not speak ManageSieve", "\"X\" {1000000000}\nx"},
		{"a large message", "ldap", "C! 31\nS! 3084 7fffffff 020101", "wrong_protocol", "does not speak LDAP", ""},
		{"a length of many octets", "ldap", "C! 31\nS! 30ff\nsilence", "timeout", "in the middle of", ""},
		{"a large error", "postgres", "C! 8\nS! 45 ffffffff", "wrong_protocol", "does not speak PostgreSQL", ""},
		{"a small error", "postgres", "C! 8\nS! 45 00000000", "wrong_protocol", "does not speak PostgreSQL", ""},
		{"a large packet", "mysql", "S! ffffff000a", "wrong_protocol", "does not speak MySQL", ""},
		{"a small packet", "rdp", "C! 19\nS! 03000001", "wrong_protocol", "does not speak RDP", ""},

		// Responses that were injected into the clear part.
		{"injection into smtp", "smtp", smtpOffer + "S: 220 go\nS: 250 AUTH PLAIN", "wrong_protocol", `outside of it: "250 AUTH PLAIN"`, "220 mail.test ESMTP\n250 AUTH PLAIN"},
		{"injection into imap", "imap", imapOffer + "S: a2 OK go\nS: * CAPABILITY IMAP4rev1", "wrong_protocol", "response injection", "* OK ready\n* CAPABILITY IMAP4rev1"},
		{"injection of half a line", "pop3", "S: +OK\nC: CAPA\nS: +OK\nS: STLS\nS: .\nC: STLS\nS: +OK\nS+ +", "wrong_protocol", `outside of it: "+"`, "+OK\n+"},
		{"injection into xmpp", "xmpp-client", xmppOffer + "S+ <proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><stream:features/>", "wrong_protocol", "<stream:features/>", "<stream:features/>"},
		{"injection into postgres", "postgres", "C! 8\nS+ SR", "wrong_protocol", `outside of it: "R"`, "R"},
		{"injection into mysql", "mysql", mysqlHello + "ffff 0000000000000000000000000000 00", "wrong_protocol", "the bytes 00", "8.0.0"},
		{"injection into ldap", "ldap", "C! 31\nS! 300c 020101 7807 0a0100 0400 0400 30", "wrong_protocol", `outside of it: "0"`, "0"},
		{"injection into rdp", "rdp", "C! 19\nS! 03000013 0ed000001234 00 0200080001000000 00", "wrong_protocol", "response injection", ""},

		// Texts that are not fit to be shown.
		{"escape sequences", "smtp", "S! 323230201b5b33316d20e4202e0d0a\nC: EHLO certlens.invalid\nS: 500 no", "wrong_protocol", "500 no", "220 �[31m � .\n500 no"},
		{"a long greeting", "smtp", "S: 554 " + script(strings.Repeat("é", 1000)), "handshake_failure", "…\"", "554 " + strings.Repeat("é", 510)},
	} {
		t.Run(test.name, func(t *testing.T) {
			banner, failure := Begin(play(t, test.script), test.protocol, "host.test")
			if failure == nil {
				failure = &report.HandshakeFailed{}
			}
			if failure.Class != test.class || !strings.Contains(failure.Detail, test.detail) {
				t.Errorf("%s: %s\nwant %s: ...%s...", failure.Class, failure.Detail, test.class, test.detail)
			}
			if checkBanner := test.banner != "" || test.class != ""; checkBanner && !isLimit(test.detail) && banner != test.banner {
				t.Errorf("banner %q, want %q", banner, test.banner)
			}
			checkResult(t, banner, failure)
		})
	}
}

// isLimit tells whether a failure is about an amount, of which the banner is an
// uninteresting beginning.
func isLimit(detail string) bool { return strings.Contains(detail, "more than") }

// checkResult checks what holds for all results.
func checkResult(t *testing.T, banner string, failure *report.HandshakeFailed) {
	t.Helper()
	if len(banner) > maxBanner || !utf8.ValidString(banner) || printable(banner) != banner {
		t.Errorf("a banner of %d bytes that can't be shown: %q", len(banner), banner)
	}
	if failure.Class == "" {
		return
	}
	if d := failure.Detail; !strings.HasSuffix(d, ".") || strings.Contains(d, "\n") || printable(d) != d || len(d) > 1000 {
		t.Errorf("not a sentence: %q", d)
	}
}

// A wire is a connection that notes what is written and answers with what it was
// given, a piece at a time.
type wire struct {
	net.Conn
	written strings.Builder
	answers []byte
	piece   int
}

func (w *wire) Write(b []byte) (int, error) { return w.written.Write(b) }

func (w *wire) Read(b []byte) (int, error) {
	if len(w.answers) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), w.piece)], w.answers)
	w.answers = w.answers[n:]
	return n, nil
}

// The host and the protocol come from strangers, and stand in what is sent.
func TestNothingIsInjected(t *testing.T) {
	for _, test := range []struct{ protocol, host string }{
		{"smtp\r\nMAIL FROM:<x@y>", "host.test"},
		{"", "host.test"},
		{"SMTP", "host.test"},
		{"smtp", "host.test\r\nMAIL FROM:<x@y>"},
		{"imap", "host.test\n"},
		{"xmpp-client", "host.test\x00"},
		{"xmpp-client", "host.test\x1b[31m"},
		{"xmpp-client", "host.test\u0085"},
		{"xmpp-client", "host.test\xff"},
		{"xmpp-client", strings.Repeat("h", 1024)},
		{"rdp", "host.test\r\nCookie: x"},
	} {
		w := &wire{}
		_, failure := Begin(w, test.protocol, test.host)
		if failure == nil || failure.Class != report.Other || w.written.Len() > 0 {
			t.Errorf("%q to %q: %v, and %q was sent", test.protocol, test.host, failure, w.written.String())
		}
		checkResult(t, "", failure)
	}
}

// What a host has of XML's own characters reaches the server as text.
func TestHostIsEscaped(t *testing.T) {
	for _, host := range []string{"host.test", `a' to='b`, `a" b="c`, "a'><evil/>", "&amp;", "&#10;", "<![CDATA[", "bücher.test", "a b"} {
		w := &wire{}
		Begin(w, "xmpp-server", host)
		var stream struct {
			XMLName xml.Name
			To      string     `xml:"to,attr"`
			Version string     `xml:"version,attr"`
			Others  []xml.Attr `xml:",any,attr"`
			Inner   string     `xml:",innerxml"`
		}
		if err := xml.Unmarshal([]byte(w.written.String()+"</stream:stream>"), &stream); err != nil {
			t.Fatalf("%q: %v", host, err)
		}
		if stream.To != host || stream.Version != "1.0" || len(stream.Others) != 2 || stream.Inner != "" || stream.XMLName.Space != "http://etherx.jabber.org/streams" {
			t.Errorf("%q became %+v", host, stream)
		}
	}
}

// An error that is of no known kind is told in its own words.
func TestUnknownErrors(t *testing.T) {
	broken := errors.New("the edge is\nbroken")
	_, failure := Begin(failing{err: broken}, "smtp", "host.test")
	if failure.Class != report.Other || !strings.Contains(failure.Detail, "before its greeting: the edge is broken.") {
		t.Errorf("%s: %s", failure.Class, failure.Detail)
	}
	_, failure = Begin(failing{err: broken}, "ldap", "host.test")
	if failure.Class != report.Other {
		t.Errorf("%s: %s", failure.Class, failure.Detail)
	}
}

// A failing connection gives its error whatever is asked of it.
type failing struct {
	net.Conn
	err error
}

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }

// Every protocol that a service names is spoken, and no other.
func TestProtocolsAreThoseOfServices(t *testing.T) {
	var named, spoken []string
	for _, s := range service.Table {
		if s.StartTLS != "" {
			named = append(named, s.StartTLS)
		}
	}
	for _, p := range protocols() {
		spoken = append(spoken, p.id)
	}
	slices.Sort(named)
	if slices.Sort(spoken); !slices.Equal(named, spoken) {
		t.Errorf("services name %q, and %q are spoken", named, spoken)
	}
}

// FuzzBegin feeds every protocol with what the fuzzer makes up.
func FuzzBegin(f *testing.F) {
	var ids []string
	for i, p := range protocols() {
		ids = append(ids, p.id)
		for _, seed := range []string{
			"220 x\r\n250 STARTTLS\r\n220 go\r\n",
			"* OK\r\na1 OK STARTTLS\r\na2 OK\r\n",
			"+OK\r\n+OK\r\nSTLS\r\n.\r\n+OK\r\n",
			"220 x\r\n211-x\r\n AUTH TLS\r\n211 x\r\n234 go\r\n",
			"200 x\r\n101 x\r\nSTARTTLS\r\n.\r\n382 go\r\n",
			"\"STARTTLS\"\r\n\"X\" {3}\r\nabc\r\nOK\r\nOK\r\n",
			":x CAP * LS :tls\r\n:x 670 * :go\r\n",
			"<?xml version='1.0'?><stream:stream version='1.0'><features><starttls/></features><proceed/>",
			"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00",
			"S", "E\x00\x00\x00\x08Mno\x00",
			"\x24\x00\x00\x00\x0a8.0.0\x00\x01\x00\x00\x00ABCDEFGH\x00\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
			"\x03\x00\x00\x13\x0e\xd0\x00\x00\x12\x34\x00\x02\x00\x08\x00\x01\x00\x00\x00",
			"\x15\x03\x03\x00\x02\x02\x50", "HTTP/1.1 400 x\r\n", "SSH-2.0-x\r\n",
		} {
			f.Add(byte(i), byte(0), []byte(seed))
			f.Add(byte(i), byte(7), []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, protocol, piece byte, data []byte) {
		w := &wire{answers: data, piece: int(piece) + 1}
		banner, failure := Begin(w, ids[int(protocol)%len(ids)], "host.test")
		if read := len(data) - len(w.answers); read > maxBytes {
			t.Errorf("read %d bytes", read)
		}
		if w.written.Len() > 512 {
			t.Errorf("wrote %d bytes: %q", w.written.Len(), w.written.String())
		}
		if failure == nil {
			failure = &report.HandshakeFailed{}
		}
		checkResult(t, banner, failure)
	})
}
