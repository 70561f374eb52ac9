package target

import (
	"net/netip"

	"certlens/internal/service"
)

// Protocols are the names of the protocols in which TLS can be started.
func Protocols() []string {
	var names []string
	for _, s := range service.Table {
		if s.StartTLS != "" {
			names = append(names, s.StartTLS)
		}
	}
	return names
}

// openssl is what openssl s_client calls a protocol; empty when it does not know
// it.
func openssl(protocol string) string {
	switch protocol {
	case "submission":
		return "smtp"
	case "xmpp-client":
		return "xmpp"
	case "rdp":
		return ""
	}
	return protocol
}

// Command is the line that makes the handshake with openssl, prints what the
// server sent, and ends. It is empty when openssl does not know the protocol.
func (t *Target) Command() string {
	if line := t.Handshake(); line != "" {
		return line + " -showcerts </dev/null"
	}
	return ""
}

// Handshake is the start of that line, to which other options can be added. It
// sends the host as the server name, where that is a name: RFC 6066, section 3:
// "Literal IPv4 and IPv6 addresses are not permitted".
func (t *Target) Handshake() string {
	line := "openssl s_client -connect " + t.String()
	if addr, err := netip.ParseAddr(t.Host); err != nil {
		line += " -servername " + t.Host
	} else if addr.Is6() {
		// Some shells take the brackets for a pattern of file names.
		line = "openssl s_client -connect '" + t.String() + "'"
	}
	if t.StartTLS == "" {
		return line
	}
	if name := openssl(t.StartTLS); name != "" {
		return line + " -starttls " + name
	}
	return ""
}
