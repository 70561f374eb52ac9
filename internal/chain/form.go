package chain

import (
	"slices"
	"strings"

	"certlens/internal/report"
	"certlens/internal/trust"
)

// A formRule is a rule about the encoding for whose violation clients refuse a
// certificate, whatever its contents. Rules that clients let pass are lints.
type formRule struct {
	broken func(*member) bool
	rule   string
	detail string // one %s: the title
}

// formRules are applied to every certificate that could be parsed.
var formRules = []formRule{
	{func(m *member) bool { return m.head.version != 3 && m.hasExtensions() }, "RFC 5280, section 4.1.2.1",
		"%s has extensions, but is not a version 3 certificate; Go does not look at them."},
	{func(m *member) bool { return !m.head.consistent() }, "RFC 5280, section 4.1.1.2",
		"%s names two different signature algorithms, one inside and one outside of what is signed; Go, OpenSSL and browsers refuse that."},
	{func(m *member) bool { return len(m.head.serial) > 0 && m.head.serial[0]&0x80 != 0 }, "RFC 5280, section 4.1.2.2",
		"The serial number of %s is negative; Go refuses that."},
	{func(m *member) bool { return emptyName(m.RawIssuer) }, "RFC 5280, section 4.1.2.4",
		"The issuer name of %s is empty; Firefox refuses that."},
	{func(m *member) bool { return m.IsCA() && emptyName(m.RawSubject) }, "RFC 5280, section 4.1.2.6",
		"The subject of %s is empty, although it is a CA."},
	{func(m *member) bool { return m.critical(oidAuthorityKeyID) }, "RFC 5280, section 4.2.1.1",
		"The authority key identifier of %s is marked critical; Go and OpenSSL refuse that."},
	{func(m *member) bool { return m.critical(oidSubjectKeyID) }, "RFC 5280, section 4.2.1.2",
		"The subject key identifier of %s is marked critical; Go and OpenSSL refuse that."},
	{func(m *member) bool { return m.critical(oidAuthorityInfo) }, "RFC 5280, section 4.2.2.1",
		"The authority information access of %s is marked critical; Go and OpenSSL refuse that."},
	{func(m *member) bool { return m.namesBad }, "RFC 5280, section 4.2.1.6",
		"The subject alternative name extension of %s cannot be read."},
	{oddAddress, "RFC 5280, section 4.2.1.6",
		"%s has an IP address as alternative name that is neither 4 nor 16 bytes long; Go refuses that."},
	{func(m *member) bool { return m.usages != nil && len(m.usages) == 0 }, ruleUsage,
		"The extended key usage extension of %s is empty or cannot be read."},
	{func(m *member) bool { return m.limits != nil && m.limits.malformed }, "RFC 5280, section 4.2.1.10",
		"The name constraints of %s cannot be read."},
	{duplicateExtension, "RFC 5280, section 4.2",
		"%s has an extension twice; Go and Chrome refuse that."},
}

// checkForm reports certificates that clients refuse for how they are encoded.
func checkForm(j *judge) {
	for i, m := range j.certs {
		for _, r := range formRules {
			if r.broken(m) {
				j.add(i, report.Malformed, r.rule, r.detail, m.Title())
			}
		}
	}
	j.checkNameEncodings()
}

// checkBroken says where the walk of a certificate broke, if it did.
func checkBroken(j *judge) {
	for i, m := range j.certs {
		if p := m.broken(); p != nil {
			j.cannotDecode(i, p)
		}
	}
}

// checkRefused says why the other parser refuses a certificate that was read to
// its end (for an unknown curve, say). When another check has said what is wrong
// with the certificate, that is enough.
func checkRefused(j *judge) {
	for i, m := range j.certs {
		if p := m.fatal(); p != nil && m.broken() == nil && !j.hasProblem(i) {
			j.cannotDecode(i, p)
		}
	}
}

// The fields that the refusals of the other parser name: a curve that it does
// not know is nothing that broke.
const (
	wholeCertificate = "certificate"
	curveParameters  = "tbsCertificate.subjectPublicKeyInfo.algorithm.parameters"
)

func (j *judge) cannotDecode(i int, p *report.Problem) {
	j.add(i, report.Malformed, "RFC 5280, section 4.1", "%s cannot be decoded: %s: %s.", j.certs[i].Title(), p.Field, strings.TrimSuffix(p.Detail, "."))
}

// fatal is the first problem that kept the certificate from being decoded; nil
// when there is none.
func (m *member) fatal() *report.Problem {
	for i := range m.Problems {
		if m.Problems[i].Fatal {
			return &m.Problems[i]
		}
	}
	return nil
}

// broken is the first problem of an encoding that is broken; nil when the
// certificate was read to its end, even if the other parser cannot use it.
func (m *member) broken() *report.Problem {
	p := m.fatal()
	if p != nil && m.Complete() && (p.Field == wholeCertificate || p.Field == curveParameters) {
		return nil
	}
	return p
}

// hasProblem tells whether a problem was found at a place.
func (j *judge) hasProblem(i int) bool {
	return slices.ContainsFunc(j.found, func(p placed) bool { return p.at == i })
}

// checkNameEncodings reports links that need names to be compared as RFC 5280
// describes, because their bytes differ.
func (j *judge) checkNameEncodings() {
	for i := 0; i+1 < len(j.certs); i++ {
		child, parent := j.certs[i], j.certs[i+1]
		if string(child.RawIssuer) != string(parent.RawSubject) && trust.SameName(child.RawIssuer, parent.RawSubject) {
			j.add(i, report.Other, "RFC 5280, section 7.1; CA/B Forum Baseline Requirements, section 7.1.4.1",
				"%s encodes the name of its issuer %s differently from that certificate itself; Go and Firefox compare the bytes and find no issuer.", child.Title(), parent.Title())
		}
	}
}

// critical tells whether the certificate has the extension, marked critical.
func (m *member) critical(oid string) bool {
	_, critical, ok := m.Extension(oid)
	return ok && critical
}

// emptyName tells whether the DER of a name is an empty SEQUENCE.
func emptyName(raw []byte) bool { return len(raw) == 2 && raw[0] == 0x30 && raw[1] == 0 }

// oddAddress tells whether an alternative name is an IP address of no known kind.
func oddAddress(m *member) bool {
	return slices.ContainsFunc(m.has(ipAddress), func(v string) bool { return len(v) != 4 && len(v) != 16 })
}

// hasExtensions tells whether there are any extensions.
func (m *member) hasExtensions() bool { return m.X509 != nil && len(m.X509.Extensions) > 0 }

// duplicateExtension tells whether an OID comes twice.
func duplicateExtension(m *member) bool {
	if m.X509 == nil {
		return false
	}
	seen := map[string]bool{}
	for _, e := range m.X509.Extensions {
		oid := e.Id.String()
		if seen[oid] {
			return true
		}
		seen[oid] = true
	}
	return false
}
