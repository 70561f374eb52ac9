package policy

import (
	"net/netip"
	"strconv"
	"strings"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// The limits of a name (RFC 1035, section 2.3.4), as text without the final dot.
const (
	maxName  = 253
	maxLabel = 63
)

// privateNames are the ends of names that are not in the public DNS: those of
// IANA's Special-Use Domain Names, the one that ICANN reserved for private use,
// and those that home and office networks use without asking.
var privateNames = []struct{ suffix, source string }{
	{"localhost", "RFC 6761, section 6.3"},
	{"local", "RFC 6762"},
	{"onion", "RFC 7686"},
	{"internal", "ICANN Board resolution 2024.07.29.06"},
	{"home.arpa", "RFC 8375"},
	{"alt", "RFC 9476"},
	{"test", "RFC 6761, section 6.2"},
	{"invalid", "RFC 6761, section 6.4"},
	{"example", "RFC 6761, section 6.5"},
	{"home", "ICANN Board resolution 2018.02.04.12"},
	{"corp", "ICANN Board resolution 2018.02.04.12"},
	{"mail", "ICANN Board resolution 2018.02.04.12"},
	{"localdomain", "usage"},
	{"lan", "usage"},
	{"intranet", "usage"},
	{"private", "usage"},
}

// Host refuses hosts, by how they are written and, where they are addresses, by
// Address. It gives the host in lower case and without a final dot.
func (p Policy) Host(host string) (string, *probe.Refusal) {
	if strings.Contains(host, ":") || isIPv4(host) {
		return p.literal(host)
	}
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if refusal := Name(name); refusal != nil {
		return "", refusal
	}
	if !p.AllowPrivate {
		if refusal := privateName(name); refusal != nil {
			return "", refusal
		}
	}
	return name, nil
}

func isIPv4(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.Is4()
}

func (p Policy) literal(host string) (string, *probe.Refusal) {
	address, err := netip.ParseAddr(host)
	if err != nil {
		return "", refuse(report.RefusedHost, "%s is not an IP address in its usual spelling, without brackets, port or path.", quoted(host))
	}
	if refusal := p.Address(address); refusal != nil {
		return "", refusal
	}
	return address.Unmap().String(), nil
}

// Name refuses what is not the name of a host: labels of letters, digits and
// hyphens (RFC 1123, section 2.1), or underscores, which some certificates are
// for. Names of other alphabets come as A-labels (RFC 5890, section 2.3.2.1):
// there is more than one way to make those, and so the caller makes them.
func Name(name string) *probe.Refusal {
	if name == "" || len(name) > maxName {
		return refuse(report.RefusedHost, "A host name has between 1 and %d characters.", maxName)
	}
	last := ""
	for last = range strings.SplitSeq(name, ".") {
		if !isLabel(last) {
			return refuse(report.RefusedHost, "%s is not the name of a host: it may hold letters, digits, hyphens and dots alone (xn-- for other alphabets).", quoted(name))
		}
	}
	// Readers of addresses take 2130706433, 0x7f.1 and 0177.0.0.1 for 127.0.0.1
	// (inet_aton; WHATWG URL, section 3.5, "ends in a number"). No top-level
	// domain is a number.
	if isNumber(last) {
		return refuse(report.RefusedHost, "%s ends in a number, and is not an IP address in its usual spelling.", quoted(name))
	}
	return nil
}

func isLabel(label string) bool {
	if label == "" || len(label) > maxLabel || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	return !strings.ContainsFunc(label, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		return !letter && (r < '0' || r > '9') && r != '-' && r != '_'
	})
}

func isNumber(label string) bool {
	digits, isHex := strings.CutPrefix(strings.ToLower(label), "0x")
	return strings.Trim(digits, "0123456789") == "" || isHex && strings.Trim(digits, "0123456789abcdef") == ""
}

func privateName(name string) *probe.Refusal {
	if !strings.Contains(name, ".") {
		return refuse(report.RefusedAddress, "%s has no dot: such names mean something in one network alone.", quoted(name))
	}
	for _, private := range privateNames {
		if strings.HasSuffix(name, "."+private.suffix) {
			return refuse(report.RefusedAddress, "Names that end in .%s are not in the public DNS (%s).", private.suffix, private.source)
		}
	}
	return nil
}

// quoted shows a host that may be anything.
func quoted(host string) string {
	const most = 80
	if len(host) > most {
		host = host[:most] + "..."
	}
	return strconv.QuoteToASCII(host)
}
