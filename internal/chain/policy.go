package chain

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"

	"certlens/internal/report"
)

// RulePolicy is the rule of paths that lack a policy which they require.
const RulePolicy = "RFC 5280, sections 6.1.3 (f) and 6.1.5 (g)"

// A policyForm tells whether the value of an extension about policies can be read.
type policyForm struct {
	oid, name, rule string
	readable        func(der []byte) bool
}

// policyForms are the extensions about policies. Critical ones must be readable:
// RFC 5280, section 4.2: a system "MUST reject the certificate if it encounters
// [...] a critical extension that contains information that it cannot process."
var policyForms = []policyForm{
	{oidPolicies, "certificate policies", "RFC 5280, section 4.2.1.4", func(der []byte) bool { return eachSequence(der, onePolicy) }},
	{"2.5.29.33", "policy mappings", "RFC 5280, section 4.2.1.5", func(der []byte) bool { return eachSequence(der, oneMapping) }},
	{oidPolicyConstraints, "policy constraints", "RFC 5280, section 4.2.1.11", func(der []byte) bool { _, _, ok := readPolicyConstraints(der); return ok }},
	{"2.5.29.54", "inhibit anyPolicy", "RFC 5280, section 4.2.1.14", onlyCount},
}

const oidPolicyConstraints = "2.5.29.36"

// checkPolicies reports extensions about policies that cannot be read, and a
// path that requires policies where there are none.
func checkPolicies(j *judge) {
	for i, m := range j.certs {
		for _, f := range policyForms {
			value, critical, ok := m.Extension(f.oid)
			if ok && critical && !f.readable(value) {
				j.add(i, report.Malformed, f.rule, "The critical extension %s of %s cannot be read.", f.name, m.Title())
			}
		}
	}
	j.checkExplicitPolicy()
}

// checkExplicitPolicy follows explicit_policy down the path (RFC 5280, sections
// 6.1.3 (e) and (f), 6.1.4 (h) and (i), 6.1.5 (a), (b) and (g)). The policy tree
// is empty here exactly when a certificate without policies came by; that its
// policies may not fit each other is not looked at.
func (j *judge) checkExplicitPolicy() {
	const never = 1 << 30
	explicit, empty, by := never, false, -1
	for i := len(j.signed()) - 1; i >= 0; i-- {
		m := j.certs[i]
		_, _, has := m.Extension(oidPolicies)
		if empty = empty || !has; empty && explicit == 0 {
			j.lacksPolicy(i, by)
			return
		}
		if explicit > 0 && explicit < never && (i == 0 || !m.SelfIssued()) {
			explicit--
		}
		value, _, _ := m.Extension(oidPolicyConstraints)
		skip, present, ok := readPolicyConstraints(value)
		// Of the final certificate only 0 counts: 6.1.5 (b).
		if ok && present && skip < explicit && (i > 0 || skip == 0) {
			explicit, by = skip, i
		}
	}
	if empty && explicit == 0 {
		j.lacksPolicy(0, by)
	}
}

// lacksPolicy says that certificate i is on a path without policies, which
// certificate by requires.
func (j *judge) lacksPolicy(i, by int) {
	m := j.certs[i]
	if _, _, has := m.Extension(oidPolicies); has {
		j.add(i, report.Other, RulePolicy, "%s requires certificate policies (requireExplicitPolicy) on the whole path of %s, and a certificate above it has none.", j.certs[by].Title(), m.Title())
		return
	}
	j.add(i, report.Other, RulePolicy, "%s requires certificate policies (requireExplicitPolicy), and %s has none.", j.certs[by].Title(), m.Title())
}

// readPolicyConstraints reads requireExplicitPolicy; present is false when it is
// left out. "Conforming CAs MUST NOT issue certificates where policy constraints
// is an empty sequence." (RFC 5280, section 4.2.1.11)
func readPolicyConstraints(der []byte) (skip int, present, ok bool) {
	in := cryptobyte.String(der)
	var seq, value cryptobyte.String
	var inhibits bool
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !in.Empty() || seq.Empty() ||
		!seq.ReadOptionalASN1(&value, &present, asn1.Tag(0).ContextSpecific()) {
		return 0, false, false
	}
	if present {
		if skip, ok = countOf(value); !ok {
			return 0, false, false
		}
	}
	if !seq.ReadOptionalASN1(&value, &inhibits, asn1.Tag(1).ContextSpecific()) || !seq.Empty() {
		return 0, false, false
	}
	if inhibits {
		if _, ok = countOf(value); !ok {
			return 0, false, false
		}
	}
	return skip, present, true
}

// countOf reads the content of an INTEGER from 0; more certificates than a path
// can have are as many as one can have.
func countOf(content []byte) (int, bool) {
	padded := len(content) > 1 && content[0] == 0 && content[1] < 0x80
	if len(content) == 0 || content[0] >= 0x80 || padded {
		return 0, false
	}
	n := 0
	for _, b := range content {
		n = min(n<<8|int(b), 1<<20)
	}
	return n, true
}

// onlyCount tells whether der is one INTEGER from 0.
func onlyCount(der []byte) bool {
	in := cryptobyte.String(der)
	var content cryptobyte.String
	if !in.ReadASN1(&content, asn1.INTEGER) || !in.Empty() {
		return false
	}
	_, ok := countOf(content)
	return ok
}

// eachSequence tells whether der is a SEQUENCE of one or more SEQUENCEs that all
// can be read.
func eachSequence(der []byte, read func(*cryptobyte.String) bool) bool {
	in := cryptobyte.String(der)
	var list cryptobyte.String
	if !in.ReadASN1(&list, asn1.SEQUENCE) || !in.Empty() || list.Empty() {
		return false
	}
	for !list.Empty() {
		var one cryptobyte.String
		if !list.ReadASN1(&one, asn1.SEQUENCE) || !read(&one) || !one.Empty() {
			return false
		}
	}
	return true
}

// onePolicy reads the content of a PolicyInformation.
func onePolicy(in *cryptobyte.String) bool {
	var oid encoding.ObjectIdentifier
	var qualifiers cryptobyte.String
	return in.ReadASN1ObjectIdentifier(&oid) &&
		(in.Empty() || in.ReadASN1Element(&qualifiers, asn1.SEQUENCE) && eachSequence(qualifiers, oneQualifier))
}

// oneQualifier reads the content of a PolicyQualifierInfo.
func oneQualifier(in *cryptobyte.String) bool {
	var oid encoding.ObjectIdentifier
	var value cryptobyte.String
	var tag asn1.Tag
	return in.ReadASN1ObjectIdentifier(&oid) && in.ReadAnyASN1(&value, &tag)
}

// oneMapping reads the content of one policy mapping.
func oneMapping(in *cryptobyte.String) bool {
	var issuer, subject encoding.ObjectIdentifier
	return in.ReadASN1ObjectIdentifier(&issuer) && in.ReadASN1ObjectIdentifier(&subject)
}
