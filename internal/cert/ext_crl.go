package cert

import (
	"strings"

	"certlens/internal/report"
)

// crlExtensions are the extensions of CRLs, CRL entries (RFC 5280, section 5)
// and OCSP (RFC 6960, section 4.4).
func crlExtensions() []extensionType {
	return []extensionType{
		{"2.5.29.20", "CRL number", decodeInteger},
		{"2.5.29.21", "CRL reason", decodeReason},
		{"2.5.29.23", "Hold instruction", decodeOID},
		{"2.5.29.24", "Invalidity date", decodeTime},
		{"2.5.29.27", "Delta CRL indicator", decodeInteger},
		{"2.5.29.28", "Issuing distribution point", decodeIssuingPoint},
		{"2.5.29.29", "Certificate issuer", decodeAltNames},
		{"2.5.29.60", "Expired certificates on CRL", decodeTime},
		{"1.3.6.1.5.5.7.48.1.2", "OCSP nonce", decodeOctets},
		{"1.3.6.1.5.5.7.48.1.3", "OCSP CRL reference", nil},
		{"1.3.6.1.5.5.7.48.1.4", "OCSP acceptable responses", decodeExtKeyUsage},
		{"1.3.6.1.5.5.7.48.1.5", "OCSP no check", decodeNull},
		{"1.3.6.1.5.5.7.48.1.6", "OCSP archive cutoff", decodeTime},
		{"1.3.6.1.5.5.7.48.1.7", "OCSP service locator", nil},
		{"1.3.6.1.5.5.7.48.1.8", "OCSP preferred signature algorithms", nil},
		{"1.3.6.1.5.5.7.48.1.9", "OCSP extended revoked definition", decodeNull},
	}
}

// reasonFlags are the bits of ReasonFlags (RFC 5280, section 4.2.1.13).
var reasonFlags = []string{"Unused", "Key compromise", "CA compromise", "Affiliation changed", "Superseded",
	"Cessation of operation", "Certificate hold", "Privilege withdrawn", "AA compromise"}

// crlReasons are the values of CRLReason (RFC 5280, section 5.3.1).
var crlReasons = [...]string{"Unspecified", "Key compromise", "CA compromise", "Affiliation changed", "Superseded",
	"Cessation of operation", "Certificate hold", "", "Remove from CRL", "Privilege withdrawn", "AA compromise"}

// decodeReason: RFC 5280, section 5.3.1.
func decodeReason(c *cursor) []report.Field {
	e := c.take(tagEnumerated, "")
	text := integerText(e.content)
	if n, ok := smallInteger(e.content); ok && n >= 0 && n < int64(len(crlReasons)) && crlReasons[n] != "" {
		return []report.Field{{Value: crlReasons[n] + " (" + text + ")"}}
	}
	return []report.Field{{Value: "reason " + text}}
}

// decodeOID is for extensions that are one OBJECT IDENTIFIER.
func decodeOID(c *cursor) []report.Field {
	return []report.Field{{Value: nameAndOID(c.oid(""))}}
}

// decodeTime is for extensions that are one time.
func decodeTime(c *cursor) []report.Field {
	t, ok := c.time("")
	if !ok {
		return nil
	}
	return []report.Field{{Value: formatTime(t)}}
}

// decodeDistributionPoints: RFC 5280, sections 4.2.1.13 and 4.2.1.15.
func decodeDistributionPoints(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		point := in.sequence("")
		items := fields(point.pointName())
		if e := point.implicit(1, "reasons"); e.ok() {
			items.add("Reasons", strings.Join(point.bits(e, "reasons").names(reasonFlags), ", "))
		}
		if e := point.implicit(2, "cRLIssuer"); e.ok() {
			names := point.enterList(e, "cRLIssuer")
			items.group("CRL issuer", names.nameFields())
		}
		point.end()
		f = append(f, report.Field{Label: "Distribution point", Items: items})
	}
	return f
}

// pointName reads an optional DistributionPointName: full names, or a name
// relative to that of the CRL's issuer.
func (c *cursor) pointName() []report.Field {
	in := c.explicit(0, "distributionPoint")
	if !in.more() {
		return nil
	}
	var f fields
	if full := in.implicit(0, "fullName"); full.ok() {
		names := in.enterList(full, "fullName")
		return names.nameFields()
	}
	if relative := in.implicit(1, "nameRelativeToCRLIssuer"); relative.ok() {
		set := in.enterList(relative, "nameRelativeToCRLIssuer")
		for set.more() {
			a := set.attribute()
			f.add("Relative to the CRL issuer", a.Short+"="+a.Value)
		}
	}
	in.end()
	return f
}

// decodeIssuingPoint: RFC 5280, section 5.2.5.
func decodeIssuingPoint(c *cursor) []report.Field {
	in := c.sequence("")
	f := fields(in.pointName())
	for _, flag := range []struct {
		tag   int
		label string
	}{{1, "Only end-entity certificates"}, {2, "Only CA certificates"}, {3, ""}, {4, "Indirect CRL"}, {5, "Only attribute certificates"}} {
		e := in.implicit(flag.tag, "")
		switch {
		case !e.ok():
		case flag.tag == 3:
			f.add("Only some reasons", strings.Join(in.bits(e, "onlySomeReasons").names(reasonFlags), ", "))
		default:
			f.add(flag.label, yesNo(in.boolean(e, "")))
		}
	}
	in.end()
	return f
}
