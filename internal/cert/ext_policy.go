package cert

import (
	"strings"

	"certlens/internal/report"
)

// policyList reads CertificatePolicies and gives the object identifiers alone.
func (c *cursor) policyList() []string {
	in := c.sequenceOf("")
	var list []string
	for in.more() {
		policy := in.sequence("")
		list = append(list, policy.oid("policyIdentifier"))
	}
	return list
}

// decodePolicies: RFC 5280, section 4.2.1.4.
func decodePolicies(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		policy := in.sequence("")
		field := report.Field{Label: "Policy", Value: nameAndOID(policy.oid("policyIdentifier"))}
		if policy.more() {
			field.Items = policy.qualifiers()
		}
		policy.end()
		f = append(f, field)
	}
	return f
}

// qualifiers reads policyQualifiers.
func (c *cursor) qualifiers() []report.Field {
	in := c.sequenceOf("policyQualifiers")
	var f fields
	for in.more() {
		qualifier := in.sequence("")
		switch oid := qualifier.oid("policyQualifierId"); oid {
		case "1.3.6.1.5.5.7.2.1":
			f.add("Practice statement", qualifier.text(qualifier.next("cPSuri"), "cPSuri"))
		case "1.3.6.1.5.5.7.2.2":
			f.group("User notice", qualifier.userNotice())
		default:
			f.add(nameAndOID(oid), qualifier.anyText(qualifier.next("qualifier")))
		}
	}
	return f
}

// userNotice reads a UserNotice: a reference and a text, both optional.
func (c *cursor) userNotice() []report.Field {
	in := c.sequence("userNotice")
	var f fields
	if e := in.optional(universal, tagSequence, "noticeRef"); e.ok() {
		ref := in.enter(e, "noticeRef")
		f.add("Organization", ref.text(ref.next("organization"), "organization"))
		f.add("Numbers", strings.Join(ref.integers("noticeNumbers"), ", "))
	}
	if in.more() {
		f.add("Text", in.text(in.next("explicitText"), "explicitText"))
	}
	in.end()
	return f
}

// integers reads a SEQUENCE OF INTEGER.
func (c *cursor) integers(name string) []string {
	in := c.sequenceOf(name)
	var list []string
	for in.more() {
		list = append(list, in.integer(""))
	}
	return list
}

// decodePolicyMappings: RFC 5280, section 4.2.1.5.
func decodePolicyMappings(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		pair := in.sequence("")
		issuer := nameAndOID(pair.oid("issuerDomainPolicy"))
		f.add(issuer, "counts as "+nameAndOID(pair.oid("subjectDomainPolicy")))
		pair.end()
	}
	return f
}

// decodePolicyConstraints: RFC 5280, section 4.2.1.11.
func decodePolicyConstraints(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if e := in.implicit(0, "requireExplicitPolicy"); e.ok() {
		in.checkInteger(e, "requireExplicitPolicy")
		f.add("Certificates until a policy is required", integerText(e.content))
	}
	if e := in.implicit(1, "inhibitPolicyMapping"); e.ok() {
		in.checkInteger(e, "inhibitPolicyMapping")
		f.add("Certificates until mapping is inhibited", integerText(e.content))
	}
	in.end()
	return f
}

// decodeNameConstraints: RFC 5280, section 4.2.1.10.
func decodeNameConstraints(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if e := in.implicit(0, "permittedSubtrees"); e.ok() {
		list := in.enterList(e, "permittedSubtrees")
		f.group("Permitted", list.subtrees())
	}
	if e := in.implicit(1, "excludedSubtrees"); e.ok() {
		list := in.enterList(e, "excludedSubtrees")
		f.group("Excluded", list.subtrees())
	}
	in.end()
	return f
}

// subtrees reads GeneralSubtrees.
func (c *cursor) subtrees() []report.Field {
	var list []report.Field
	for c.more() {
		in := c.sequence("")
		e := in.next("base")
		if !e.ok() {
			continue
		}
		f := in.constraint(e)
		if f.Value == "" {
			f.Value = "(every name of this kind)"
		}
		if e := in.implicit(0, "minimum"); e.ok() {
			f.Items = append(f.Items, report.Field{Label: "Minimum", Value: integerText(e.content)})
		}
		if e := in.implicit(1, "maximum"); e.ok() {
			f.Items = append(f.Items, report.Field{Label: "Maximum", Value: integerText(e.content)})
		}
		in.end()
		list = append(list, f)
	}
	return list
}

// constraint is the base of a GeneralSubtree. It is a GeneralName, but an IP
// address has a mask.
func (c *cursor) constraint(e element) report.Field {
	if e.class == contextual && e.tag == 7 {
		return nameField(report.GeneralName{Type: "ip", Value: c.addressBlock(e, "base")})
	}
	return nameField(c.generalName(e, "base"))
}
