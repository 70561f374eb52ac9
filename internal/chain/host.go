package chain

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// checkHost asks whether the leaf is good for the host, or for any.
func checkHost(j *judge) {
	leaf := j.certs[0]
	if j.host != "" {
		for _, p := range hostProblems(leaf, j.host) {
			j.found = append(j.found, placed{0, p})
		}
		return
	}
	if j.purpose == ServerAuth && !leaf.namesBad && !leaf.namesHosts() {
		j.add(0, report.NoSAN, ruleNoSAN, "%s", noSAN(leaf))
	}
}

const (
	ruleHost  = "RFC 9525, section 6.3"
	ruleIP    = "RFC 9525, section 6.4"
	ruleNoSAN = "RFC 9525, section 2; CA/B Forum Baseline Requirements, section 7.1.2.7.12"
)

// CheckHost gives the reasons why the certificate is not good for a host name or
// IP address; none when it is, or when the certificate cannot be decoded.
func CheckHost(c *cert.Certificate, host string) []report.PathProblem {
	return hostProblems(newMember(c), host)
}

// hostProblems does the work of CheckHost.
func hostProblems(m *member, host string) []report.PathProblem {
	if m.head.version == 0 || m.namesBad {
		return nil
	}
	problem := func(class report.Class, rule, detail string) []report.PathProblem {
		return []report.PathProblem{{Class: class, Certificate: m.ID, Rule: rule, Detail: detail}}
	}
	if !m.namesHosts() {
		return problem(report.NoSAN, ruleNoSAN, noSAN(m))
	}
	if addr, ok := parseIP(host); ok {
		if m.matchesIP(addr) {
			return nil
		}
		return problem(report.IPMismatch, ruleIP, m.mismatch(addr.String(), addr.String())+m.otherForm(addr))
	}
	if endsInNumber(host) {
		class, detail := numberHost(host)
		return problem(class, ruleNumber, detail)
	}
	name, err := asciiHost(host)
	if err != nil {
		return problem(report.HostnameMismatch, ruleHost, strconv.Quote(host)+" is not a host name, so no certificate can be good for it.")
	}
	for _, pattern := range m.has(dnsName) {
		if matchHost(pattern, name) {
			return nil
		}
	}
	return problem(report.HostnameMismatch, ruleHost, m.mismatch(host, name))
}

// namesHosts tells whether an alternative name is a DNS name or IP address.
func (m *member) namesHosts() bool {
	for _, n := range m.names {
		if n.kind == dnsName || n.kind == ipAddress {
			return true
		}
	}
	return false
}

// matchesIP compares octets (RFC 9525, section 6.4), so that an IPv4 address and
// the IPv6 address that maps it (::ffff:192.0.2.1) differ.
func (m *member) matchesIP(addr netip.Addr) bool {
	return slices.Contains(m.has(ipAddress), string(addr.AsSlice()))
}

// mismatch says what the certificate is good for instead.
func (m *member) mismatch(host, name string) string {
	hosts := append([]string{}, m.has(dnsName)...)
	for _, v := range m.has(ipAddress) {
		if a, ok := netip.AddrFromSlice([]byte(v)); ok {
			hosts = append(hosts, a.String())
		}
	}
	out := m.Title() + " is not good for " + strings.ToValidUTF8(host, "\uFFFD") + "; its names are " + few(hosts) + "."
	if strings.EqualFold(m.Subject().CommonName, name) {
		out += " The common name " + m.Subject().CommonName + " does not count beside alternative names."
	}
	return out + near(m.has(dnsName), name)
}

// otherForm points out an address that stands there in a form in which it does
// not count: as a DNS name, or IPv4 mapped into IPv6 on one side.
func (m *member) otherForm(addr netip.Addr) string {
	for _, v := range m.has(ipAddress) {
		if a, ok := netip.AddrFromSlice([]byte(v)); ok && a.Unmap() == addr.Unmap() {
			return " The IPv4 address " + a.Unmap().String() + " and the IPv6 address that maps it are different names: clients compare the bytes."
		}
	}
	for _, v := range m.has(dnsName) {
		if a, err := netip.ParseAddr(v); err == nil && a == addr {
			return " The address stands there as a DNS name, where clients don't look for it."
		}
	}
	return ""
}

// near explains a wildcard that looks as if it should match.
func near(patterns []string, name string) string {
	for _, p := range patterns {
		domain, ok := strings.CutPrefix(strings.ToLower(p), "*.")
		switch {
		case !ok:
		case name == domain:
			return " The wildcard " + p + " does not cover " + domain + " itself."
		case strings.HasSuffix(name, "."+domain) && !strings.Contains(domain, "."):
			return " OpenSSL and browsers take no wildcard like " + p + ", which covers a whole top-level domain."
		case strings.HasSuffix(name, "."+domain):
			return " The wildcard " + p + " covers one label only."
		}
	}
	return ""
}

// noSAN says that the certificate names no host where clients look.
func noSAN(m *member) string {
	cn := m.Subject().CommonName
	if cn == "" {
		return m.Title() + " names no host: it has neither DNS names nor IP addresses as subject alternative names."
	}
	return m.Title() + " names no host as subject alternative name, only " + cn + " as common name, which browsers and Go do not look at."
}

// parseIP reads an IP address, in brackets or not, without a zone: a zone says
// something about this machine, not about the certificate.
func parseIP(host string) (netip.Addr, bool) {
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}, false
	}
	return addr.WithZone(""), true
}

// asciiHost gives the host name as it stands in certificates: A-labels, lower
// case, without a trailing dot (RFC 9525, section 6.3; RFC 5890).
func asciiHost(host string) (string, error) {
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if !isASCII(name) {
		a, err := idna.Lookup.ToASCII(name)
		if err != nil {
			return "", err
		}
		name = a
	}
	if !validHost(name) {
		return "", strconv.ErrSyntax
	}
	return name, nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// looksLikeHost tells whether a common name is meant as a host name.
func looksLikeHost(s string) bool {
	s = strings.TrimPrefix(s, "*.")
	return strings.Contains(s, ".") && validHost(s)
}

// matchHost compares a presented DNS name with a host name in lower case.
//
// RFC 9525, section 6.3: a wildcard matches only as "the complete left-most
// label" and stands for exactly one label; "*" inside of a label, or anywhere
// else, matches nothing. Clients also want at least two labels after it
// (OpenSSL, Firefox; Chrome knows all public suffixes). A presented name with a
// dot at its end is not in the preferred name syntax, and matches nothing.
func matchHost(pattern, name string) bool {
	pattern = strings.ToLower(pattern)
	if _, err := netip.ParseAddr(pattern); err == nil {
		return false
	}
	domain, wildcard := strings.CutPrefix(pattern, "*.")
	if !validHost(domain) {
		return false
	}
	if !wildcard {
		return pattern == name
	}
	label, rest, ok := strings.Cut(name, ".")
	return ok && label != "" && rest == domain && strings.Contains(domain, ".")
}
