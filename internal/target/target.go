// Package target reads what a person types for a live server: a host, a host
// with a port, or a URL that was pasted instead. It resolves no name and makes no
// connection.
//
// What it gives is safe to be put into a command line: a host is an IP address
// or a name of letters, digits, hyphens, underscores and dots.
package target

import (
	"cmp"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"certlens/internal/service"
)

// A Target is a server to make a handshake with.
type Target struct {
	// Host is a name in A-labels and lower case, without a dot at its end, or an
	// IP address.
	Host string `json:"host"`
	Port int    `json:"port"`
	// StartTLS is as in report.HandshakeRequest; empty for TLS from the first
	// byte.
	StartTLS string `json:"starttls,omitempty"`
	// ALPN are the application protocols that a usual client offers there
	// (RFC 7301): those of a browser, unless the port is known for another use.
	ALPN []string `json:"alpn,omitempty"`
	// Notes say what was read into the text, in sentences.
	Notes []string `json:"notes,omitempty"`
}

// An Error says why a text names no server.
type Error struct {
	// Reason is a stable name: "empty", "host", "address", "port", "scheme",
	// "email" or "starttls".
	Reason string
	// Sentence says it for people.
	Sentence string
}

func (e *Error) Error() string { return "target: " + e.Sentence }

func bad(reason, format string, args ...any) *Error {
	return &Error{reason, fmt.Sprintf(format, args...)}
}

// Limits, in bytes. RFC 1035, section 2.3.4, has 255 octets for a name on the
// wire, which are 253 characters, and 63 for a label.
const (
	maxText  = 4096
	maxName  = 253
	maxLabel = 63
)

// None is the protocol of TLS from the first byte, where an empty one leaves it
// to the port.
const None = "none"

// Parse reads a text. Protocol is the one that the person chose: a name as in
// report.HandshakeRequest, None, or empty to take the usual one of the scheme or
// the port.
func Parse(text, protocol string) (Target, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Target{}, bad("empty", "Give a host name or an IP address, with a port where it is not 443.")
	}
	if len(text) > maxText {
		return Target{}, bad("host", "That is too long for a host name.")
	}
	started, known := service.Starting(protocol)
	if protocol != "" && protocol != None && !known {
		return Target{}, bad("starttls", "%s is not a protocol in which TLS can be started; there are %s.", quote(protocol), strings.Join(Protocols(), ", "))
	}
	scheme, authority, isURL := splitURL(text)
	host, portText := splitPort(authority)
	usual, known := service.Of(strings.ToLower(scheme))
	switch {
	case known && protocol == "":
		protocol = cmp.Or(usual.StartTLS, None)
	case !known && isURL && scheme != "" && portText == "":
		return Target{}, bad("scheme", "%s is not a scheme that says how TLS is begun; give host and port instead, as in mail.example.com:587.", quote(scheme))
	}
	var t Target
	var err *Error
	if t.Host, err = readHost(host); err != nil {
		return Target{}, err
	}
	if t.Port, err = readPort(portText); err != nil {
		return Target{}, err
	}
	t.Port = cmp.Or(t.Port, started.Port(), usual.Port(), 443)
	t.complete(protocol)
	t.note(host, isURL)
	return t, nil
}

// Host is the host of a text, where one is asked for alone, and a host with a port
// or a URL was pasted. A text that names no server is left as it is, and so is a
// host in its spelling.
func Host(text string) string {
	text = strings.TrimSpace(text)
	if t, err := Parse(text, None); err == nil && strings.ContainsAny(text, ":/") {
		return t.Host
	}
	return text
}

// splitURL takes the host and port out of a URL (RFC 3986, section 3.2). The
// part for a user is dropped, unread. The scheme is empty where a path alone
// shows that it is one.
func splitURL(text string) (scheme, authority string, isURL bool) {
	scheme, authority, isURL = strings.Cut(text, "://")
	if !isURL {
		scheme, authority = "", text
	}
	if path := strings.IndexAny(authority, "/?#\\"); path >= 0 {
		authority, isURL = authority[:path], true
	}
	if scheme != "" {
		authority = authority[strings.LastIndexByte(authority, '@')+1:]
	}
	return scheme, authority, isURL
}

// splitPort cuts the port off. An IPv6 address has colons of its own, and stands
// in brackets where a port follows.
func splitPort(authority string) (host, port string) {
	colon := strings.LastIndexByte(authority, ':')
	if colon < 0 || strings.HasSuffix(authority, "]") || strings.Contains(authority[:colon], ":") && !strings.Contains(authority[:colon], "]") {
		return authority, ""
	}
	return authority[:colon], authority[colon+1:]
}

// readHost checks a name or an address, and gives it in the form of the contract.
func readHost(text string) (string, *Error) {
	inside, isBracketed := strings.CutPrefix(text, "[")
	if isBracketed && !strings.Contains(inside, "]") {
		return "", bad("address", "%s has no closing bracket.", quote(text))
	}
	if isBracketed {
		inside = strings.TrimSuffix(inside, "]")
	}
	if addr, err := netip.ParseAddr(inside); err == nil && isName(addr.Zone()) {
		return addr.String(), nil
	}
	switch name := strings.TrimSuffix(text, "."); {
	case isBracketed, strings.Contains(text, ":"):
		return "", bad("address", "%s is not an IP address.", quote(text))
	case name == "":
		return "", bad("empty", "The host name is missing.")
	case strings.Contains(name, "@"):
		return "", bad("email", "%s is a mail address; give the name of a server instead.", quote(text))
	default:
		return readName(name)
	}
}

// readName gives a name in A-labels and lower case.
func readName(name string) (string, *Error) {
	ascii := strings.ToLower(name)
	if strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 }) {
		var err error
		if ascii, err = idna.Lookup.ToASCII(name); err != nil {
			return "", bad("host", "%s is not a name that DNS can hold.", quote(name))
		}
	}
	// After the mapping of IDNA, which makes digits of "¹²".
	if endsInNumber(ascii) {
		return "", bad("address", "%s is not an IP address in the usual notation, which is four numbers from 0 to 255.", quote(name))
	}
	if len(ascii) > maxName {
		return "", bad("host", "The host name has more than %d characters.", maxName)
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > maxLabel || !isName(label) {
			return "", bad("host", "%s is not a host name.", quote(name))
		}
	}
	return ascii, nil
}

// isName tells whether a text has only what a label of a host name can have. An
// underscore is in no host name (RFC 1123, section 2.1), and in many DNS names.
func isName(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

// endsInNumber tells whether some programs would read a name as an IPv4 address:
// "127.1", "0x7f.0.0.1", "2130706433".
func endsInNumber(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if hex, ok := strings.CutPrefix(strings.ToLower(last), "0x"); ok {
		_, err := strconv.ParseUint(hex, 16, 64)
		return hex == "" || err == nil
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// readPort gives 0 for no port.
func readPort(text string) (int, *Error) {
	if text == "" {
		return 0, nil
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || port == 0 {
		return 0, bad("port", "%s is not a port, which is a number from 1 to 65535.", quote(text))
	}
	return int(port), nil
}

// complete fills in what the port and the protocol say; an empty one leaves it to
// the port.
func (t *Target) complete(protocol string) {
	usual, known := service.At(t.Port)
	switch protocol {
	case None:
	case "":
		t.StartTLS = usual.StartTLS
	default:
		t.StartTLS = protocol
	}
	if t.StartTLS == "" && (!known || usual.HTTP) {
		t.ALPN = []string{"h2", "http/1.1"}
	}
}

// note says what a reader may not expect.
func (t *Target) note(host string, isURL bool) {
	if isURL {
		t.Notes = append(t.Notes, fmt.Sprintf("Of the address, only %s is used.", t))
	}
	if strings.HasPrefix(t.Host, "xn--") || strings.Contains(t.Host, ".xn--") {
		if ascii := strings.TrimSuffix(strings.ToLower(host), "."); ascii != t.Host {
			t.Notes = append(t.Notes, "In DNS the name is "+t.Host+".")
		}
	}
}

// String is host and port.
func (t *Target) String() string { return net.JoinHostPort(t.Host, strconv.Itoa(t.Port)) }

// quote quotes what a person typed, in full up to a length that can be read.
func quote(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
