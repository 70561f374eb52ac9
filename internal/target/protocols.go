package target

import "net/netip"

// A protocol is one in which TLS can be started.
type protocol struct {
	// name is as in report.HandshakeRequest.
	name string
	port int
	// openssl is what openssl s_client calls it; empty when it does not know it.
	openssl string
}

// protocols are in the order in which people are offered them.
var protocols = []protocol{
	{"smtp", 25, "smtp"},
	{"submission", 587, "smtp"},
	{"lmtp", 24, "lmtp"},
	{"imap", 143, "imap"},
	{"pop3", 110, "pop3"},
	{"sieve", 4190, "sieve"},
	{"ftp", 21, "ftp"},
	{"ldap", 389, "ldap"},
	{"xmpp-client", 5222, "xmpp"},
	{"xmpp-server", 5269, "xmpp-server"},
	{"postgres", 5432, "postgres"},
	{"mysql", 3306, "mysql"},
	{"nntp", 119, "nntp"},
	{"irc", 6667, "irc"},
	{"rdp", 3389, ""},
}

// ports are the usual ports by protocol.
var ports = func() map[string]int {
	m := map[string]int{}
	for _, p := range protocols {
		m[p.name] = p.port
	}
	return m
}()

// Protocols are the names of the protocols in which TLS can be started.
func Protocols() []string {
	var names []string
	for _, p := range protocols {
		names = append(names, p.name)
	}
	return names
}

// second are further ports that are usual for a protocol.
var second = map[int]string{
	433: "nntp", 2000: "sieve", 2525: "submission", 3268: "ldap", 6666: "irc", 6668: "irc", 6669: "irc",
}

// protocolAt is the protocol that is usual at a port; empty for TLS from the
// first byte.
func protocolAt(port int) string {
	for _, p := range protocols {
		if p.port == port {
			return p.name
		}
	}
	return second[port]
}

// A service is what a scheme stands for; its protocol is None where TLS begins
// with the first byte.
type service struct {
	port     int
	protocol string
}

// schemes are those of URLs that people paste. For a scheme without TLS it is
// the port with TLS that they ask about, where there is one.
var schemes = map[string]service{
	"https": {443, None}, "http": {443, None}, "wss": {443, None}, "ws": {443, None},
	"smtps": {465, None}, "imaps": {993, None}, "pop3s": {995, None}, "ftps": {990, None},
	"ldaps": {636, None}, "ircs": {6697, None}, "nntps": {563, None}, "snews": {563, None},
	"amqps": {5671, None}, "mqtts": {8883, None}, "rediss": {6379, None}, "sips": {5061, None},
	"turns": {5349, None},
	"smtp":  {25, "smtp"}, "submission": {587, "submission"}, "lmtp": {24, "lmtp"},
	"imap": {143, "imap"}, "pop": {110, "pop3"}, "pop3": {110, "pop3"}, "sieve": {4190, "sieve"},
	"ftp": {21, "ftp"}, "ldap": {389, "ldap"}, "xmpp": {5222, "xmpp-client"},
	"postgres": {5432, "postgres"}, "postgresql": {5432, "postgres"}, "mysql": {3306, "mysql"},
	"nntp": {119, "nntp"}, "news": {119, "nntp"}, "irc": {6667, "irc"}, "rdp": {3389, "rdp"},
}

// notHTTP are the ports where TLS begins with the first byte, and where a server
// may refuse a client that offers the protocols of the Web.
var notHTTP = func() map[int]bool {
	m := map[int]bool{853: true, 989: true, 992: true, 994: true, 2083: true, 3269: true, 5223: true, 5270: true, 6380: true, 6514: true}
	for _, s := range schemes {
		m[s.port] = s.port != 443
	}
	for _, p := range protocols {
		m[p.port] = true
	}
	return m
}()

// Command is the line that makes the handshake with openssl, prints what the
// server sent, and ends. It sends the host as the server name, where that is a
// name: RFC 6066, section 3: "Literal IPv4 and IPv6 addresses are not permitted".
// It is empty when openssl does not know the protocol.
func (t *Target) Command() string {
	line := "openssl s_client -connect " + t.String()
	if addr, err := netip.ParseAddr(t.Host); err != nil {
		line += " -servername " + t.Host
	} else if addr.Is6() {
		// Some shells take the brackets for a pattern of file names.
		line = "openssl s_client -connect '" + t.String() + "'"
	}
	line += " -showcerts"
	for _, p := range protocols {
		if p.name != t.StartTLS {
			continue
		}
		if p.openssl == "" {
			return ""
		}
		line += " -starttls " + p.openssl
	}
	return line + " </dev/null"
}
