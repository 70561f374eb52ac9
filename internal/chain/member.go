package chain

import (
	"certlens/internal/cert"
	"certlens/internal/report"
)

// A member is a certificate with what the checks read of it, read once for all
// paths of a Build.
type member struct {
	*cert.Certificate
	head header
	key  keyFacts
	// names are the subject alternative names; namesBad says that the extension
	// is there and cannot be read.
	names    []generalName
	namesBad bool
	// usages are the extended key usages in dotted form; nil when there is no
	// such extension, empty when it cannot be read.
	usages []string
	// limits are the name constraints; nil when there are none.
	limits *constraints
}

// OIDs of the extensions that path validation reads (RFC 5280, section 4.2).
const (
	oidSubjectKeyID     = "2.5.29.14"
	oidKeyUsage         = "2.5.29.15"
	oidAltNames         = "2.5.29.17"
	oidBasicConstraints = "2.5.29.19"
	oidNameConstraints  = "2.5.29.30"
	oidAuthorityKeyID   = "2.5.29.35"
	oidExtKeyUsage      = "2.5.29.37"
	oidAuthorityInfo    = "1.3.6.1.5.5.7.1.1"
)

// newMember reads what the checks need.
func newMember(c *cert.Certificate) *member {
	m := &member{Certificate: c, head: readHeader(c.DER), key: readKey(c.RawSPKI)}
	if v, _, ok := c.Extension(oidAltNames); ok {
		m.names, ok = readGeneralNames(v)
		m.namesBad = !ok
	}
	if v, _, ok := c.Extension(oidExtKeyUsage); ok {
		m.usages, _ = readOIDs(v)
		if m.usages == nil {
			m.usages = []string{}
		}
	}
	if v, critical, ok := c.Extension(oidNameConstraints); ok {
		m.limits = readConstraints(v, critical)
	}
	return m
}

// has lists the alternative names of a kind.
func (m *member) has(kind nameKind) []string {
	var out []string
	for _, n := range m.names {
		if n.kind == kind {
			out = append(out, string(n.value))
		}
	}
	return out
}

// allows tells whether the extended key usage extension, if there is one, lists
// the usage or any usage.
func (m *member) allows(oid string) bool {
	if m.usages == nil {
		return true
	}
	for _, u := range m.usages {
		if u == oid || u == oidAnyUsage {
			return true
		}
	}
	return false
}

// issuerTitle names the issuer as the certificate itself names it.
func (m *member) issuerTitle() string { return NameTitle(m.Issuer()) }

// NameTitle is the shortest name for people in a distinguished name that tells
// it apart. A common name that only repeats the organization, as in "O=GlobalSign,
// CN=GlobalSign", is followed by the organizational unit.
func NameTitle(n report.Name) string {
	if n.CommonName != "" {
		if unit := attribute(n, "OU"); unit != "" && n.CommonName == attribute(n, "O") {
			return n.CommonName + " (" + unit + ")"
		}
		return n.CommonName
	}
	for _, short := range []string{"O", "OU"} {
		if v := attribute(n, short); v != "" {
			return v
		}
	}
	if n.Text == "" {
		return "(an empty name)"
	}
	return n.Text
}

// attribute is the first value of an attribute, by its short name.
func attribute(n report.Name, short string) string {
	for _, a := range n.Attributes {
		if a.Short == short && a.Value != "" {
			return a.Value
		}
	}
	return ""
}
