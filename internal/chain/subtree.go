package chain

import (
	"bytes"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/trust"
)

// newSubtree reads the base of a constraint.
func newSubtree(n generalName) subtree {
	s := subtree{kind: n.kind}
	switch n.kind {
	case dnsName:
		s.text = strings.ToLower(string(n.value))
		s.invalid = !validBase(s.text)
	case emailName:
		s.text = foldMailbox(string(n.value))
		s.invalid = strings.Contains(s.text, "@") && !validMailbox(s.text) || !strings.Contains(s.text, "@") && !validBase(s.text)
	case uriName:
		s.text = strings.ToLower(string(n.value))
		s.invalid = !validBase(s.text)
	case ipAddress:
		s.readIP(n.value)
	case directoryName:
		var ok bool
		s.rdns, ok = trust.RDNKeys(n.value)
		s.invalid = !ok
		s.text = cert.FormatName(n.value).Text
	default:
		s.text = n.kind.String()
	}
	return s
}

// readIP reads an address and its mask: "the first four octets are the IPv4
// address and the last four the mask", "encoded in the style of RFC 4632 (CIDR)".
func (s *subtree) readIP(value []byte) {
	s.invalid = true
	if len(value) != 8 && len(value) != 32 {
		s.text = "(an unreadable range)"
		return
	}
	s.ip, s.mask = value[:len(value)/2], value[len(value)/2:]
	s.text = (&net.IPNet{IP: s.ip, Mask: s.mask}).String()
	ones, size := net.IPMask(s.mask).Size()
	s.invalid = ones == 0 && size == 0
}

// validBase tells whether s can be the base of a DNS, e-mail host or URI host
// constraint: empty, a host name, or a host name after a period. RFC 5280 allows
// the period for e-mail and URI alone; clients take it for DNS names as well.
func validBase(s string) bool {
	s = strings.TrimPrefix(s, ".")
	return s == "" || validHost(s)
}

// A subject is one name that constraints apply to.
type subject struct {
	kind nameKind
	// text is the name for people; of a DNS name, e-mail address or URI host in
	// lower case, which is what is compared.
	text string
	ip   []byte
	rdns []string
	// invalid is true when the name is none that the kind allows; it is then
	// outside of every permitted subtree.
	invalid bool
}

// subjects lists the names of a certificate that constraints apply to.
//
// RFC 5280, section 4.2.1.10: "Restrictions of the form directoryName MUST be
// applied to the subject field in the certificate (when the certificate includes
// a non-empty subject field) and to any names of type directoryName in the
// subjectAltName extension"; and constraints on e-mail addresses "to the
// attribute of type emailAddress in the subject distinguished name" when there
// is no such alternative name.
func subjects(m *member) []subject {
	var out []subject
	if !emptyName(m.RawSubject) && len(m.RawSubject) > 0 {
		out = append(out, newSubject(generalName{directoryName, m.RawSubject}))
	}
	hasEmail := false
	for _, n := range m.names {
		out = append(out, newSubject(n))
		hasEmail = hasEmail || n.kind == emailName
	}
	if !hasEmail {
		for _, a := range m.Subject().Attributes {
			if a.OID == "1.2.840.113549.1.9.1" {
				out = append(out, newSubject(generalName{emailName, []byte(a.Value)}))
			}
		}
	}
	return out
}

// newSubject reads one name.
func newSubject(n generalName) subject {
	s := subject{kind: n.kind, text: string(n.value)}
	switch n.kind {
	case dnsName:
		s.text = strings.ToLower(s.text)
		s.invalid = !validHost(strings.TrimPrefix(s.text, "*."))
	case emailName:
		s.text = foldMailbox(s.text)
		s.invalid = !validMailbox(s.text)
	case uriName:
		s.text, s.invalid = uriHost(s.text)
	case ipAddress:
		addr, ok := netip.AddrFromSlice(n.value)
		s.ip, s.invalid, s.text = n.value, !ok, addr.String()
		if !ok {
			s.text = "an address of " + count(len(n.value), "byte", "bytes")
		}
	case directoryName:
		var ok bool
		s.rdns, ok = trust.RDNKeys(n.value)
		s.invalid, s.text = !ok, cert.FormatName(n.value).Text
	default:
		s.text = n.kind.String()
	}
	return s
}

// uriHost gives the host of a URI. RFC 5280: a URI "that does not include an
// authority component with a host name specified as a fully qualified domain
// name" cannot be within a constraint.
func uriHost(s string) (host string, invalid bool) {
	u, err := url.Parse(s)
	if err != nil {
		return s, true
	}
	host = strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil || !validHost(host) {
		return s, true
	}
	return host, false
}

// within tells whether the name is in the subtree. excluded asks whether a
// client could take the name for one in the subtree, which a wildcard allows, and
// an IPv4 address that is mapped into IPv6.
func (s *subtree) within(n *subject, excluded bool) bool {
	switch s.kind {
	case dnsName:
		return dnsWithin(n.text, s.text) || excluded && wildcardMeets(n.text, s.text)
	case emailName:
		return emailWithin(n.text, s.text)
	case uriName:
		return n.text == s.text || strings.HasPrefix(s.text, ".") && strings.HasSuffix(n.text, s.text)
	case ipAddress:
		return ipWithin(n.ip, s.ip, s.mask) || excluded && ipWithin(unmapped(n.ip), s.ip, s.mask)
	case directoryName:
		return rdnsWithin(n.rdns, s.rdns)
	}
	return false
}

// dnsWithin: "Any DNS name that can be constructed by simply adding zero or more
// labels to the left-hand side of the name satisfies the name constraint." With
// a period in front, clients want at least one more label.
func dnsWithin(name, base string) bool {
	if base == "" || name == base {
		return true
	}
	return strings.HasSuffix(name, "."+strings.TrimPrefix(base, "."))
}

// wildcardMeets tells whether a wildcard stands for the very host that base
// names: *.example.com meets bar.example.com.
func wildcardMeets(name, base string) bool {
	domain, ok := strings.CutPrefix(name, "*.")
	_, parent, cut := strings.Cut(base, ".")
	return ok && cut && parent == domain
}

// emailWithin: a constraint is one mailbox, all mailboxes of one host, or with a
// period in front, of all hosts of a domain.
func emailWithin(address, base string) bool {
	if base == "" || strings.Contains(base, "@") {
		return base == "" || address == base
	}
	host := address[strings.LastIndexByte(address, '@')+1:]
	return host == base || strings.HasPrefix(base, ".") && strings.HasSuffix(host, base)
}

// unmapped gives the IPv4 address in ::ffff:0:0/96 (RFC 4291, section 2.5.5.2);
// other addresses stay what they are.
func unmapped(ip []byte) []byte {
	if a, ok := netip.AddrFromSlice(ip); ok && a.Is4In6() {
		return ip[12:]
	}
	return ip
}

// ipWithin compares addresses of the same family under the mask.
func ipWithin(ip, base, mask []byte) bool {
	if len(ip) != len(base) {
		return false
	}
	masked := make([]byte, len(ip))
	want := make([]byte, len(ip))
	for i := range ip {
		masked[i], want[i] = ip[i]&mask[i], base[i]&mask[i]
	}
	return bytes.Equal(masked, want)
}

// rdnsWithin: the constraint is a prefix of the name, RDN by RDN.
func rdnsWithin(name, base []string) bool {
	if len(base) > len(name) {
		return false
	}
	for i := range base {
		if name[i] != base[i] {
			return false
		}
	}
	return true
}
