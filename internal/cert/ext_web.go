package cert

import (
	"strings"

	"certlens/internal/report"
)

// webExtensions are those of Certificate Transparency, the CA/Browser Forum and
// TLS.
func webExtensions() []extensionType {
	return []extensionType{
		{oidSCTList, "Signed certificate timestamps", decodeSCTs},
		{"1.3.6.1.4.1.11129.2.4.3", "Precertificate poison", decodeNull},
		{"1.3.6.1.4.1.11129.2.4.5", "Signed certificate timestamps (OCSP)", decodeSCTs},
		{"2.23.140.3.1", "CA/B Forum organization identifier", decodeOrganizationID},
		{"2.23.140.1.31", "Tor service descriptor hashes", decodeTorDescriptors},
		{"1.3.6.1.4.1.44363.44", "Delegated credentials", decodeNull},
		{"1.3.6.1.4.1.11129.2.1.22", "Can sign HTTP exchanges", decodeNull},
		{"0.4.0.194121.2.1", "Validity assured, short term", decodeNull},
	}
}

// decodeOrganizationID: EV Guidelines, section 9.8.2 (cabfOrganizationIdentifier).
func decodeOrganizationID(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	f.add("Scheme", in.text(in.next("registrationSchemeIdentifier"), "registrationSchemeIdentifier"))
	f.add("Country", in.text(in.next("registrationCountry"), "registrationCountry"))
	if e := in.implicit(0, "registrationStateOrProvince"); e.ok() {
		f.add("State or province", in.implicitText(e, tagPrintable, "registrationStateOrProvince"))
	}
	f.add("Reference", in.text(in.next("registrationReference"), "registrationReference"))
	in.end()
	return f
}

// decodeTorDescriptors: EV Guidelines, appendix F (TorServiceDescriptorSyntax).
func decodeTorDescriptors(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		service := in.sequence("")
		var items fields
		uri := service.text(service.next("onionURI"), "onionURI")
		algorithm := service.sequence("algorithm")
		items.add("Algorithm", OIDName(algorithm.oid("algorithm")))
		hash := service.bits(service.take(tagBitString, "subjectPublicKeyHash"), "subjectPublicKeyHash")
		items.code("Hash of the key", hexText(hash.bytes))
		service.end()
		f = append(f, report.Field{Label: "Service", Value: uri, Items: items})
	}
	return f
}

// decodeQCStatements: RFC 3739, section 3.2.6, with the statements of ETSI EN
// 319 412-5 and TS 119 495.
func decodeQCStatements(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		statement := in.sequence("")
		oid := statement.oid("statementId")
		field := report.Field{Label: OIDName(oid), Value: "stated"}
		if statement.more() {
			field.Value, field.Items = statement.qcInfo(oid)
		}
		statement.end()
		f = append(f, field)
	}
	return f
}

// qcInfo reads the statementInfo of one statement.
func (c *cursor) qcInfo(oid string) (value string, items []report.Field) {
	switch oid {
	case "0.4.0.1862.1.2":
		return c.monetaryValue(), nil
	case "0.4.0.1862.1.3":
		return c.integer("statementInfo") + " years after expiry", nil
	case "0.4.0.1862.1.5":
		return "", c.disclosures()
	case "0.4.0.1862.1.6":
		return "", decodeExtKeyUsage(c)
	case "0.4.0.1862.1.7":
		return c.countries(), nil
	case "0.4.0.19495.2":
		return "", c.psd2()
	case "1.3.6.1.5.5.7.11.1", "1.3.6.1.5.5.7.11.2":
		return "", c.semantics()
	}
	e := c.next("statementInfo")
	if e.is(tagSequence) {
		return "#" + shortHex(e.full), nil
	}
	return c.anyText(e), nil
}

// monetaryValue: EN 319 412-5, section 4.3.2: "value = amount * 10^exponent".
func (c *cursor) monetaryValue() string {
	in := c.sequence("statementInfo")
	currency := in.anyText(in.next("currency"))
	amount, exponent := in.integer("amount"), in.integer("exponent")
	in.end()
	if exponent == "0" {
		return amount + " " + currency
	}
	return amount + " * 10^" + exponent + " " + currency
}

// disclosures: EN 319 412-5, section 4.3.4.
func (c *cursor) disclosures() []report.Field {
	in := c.sequenceOf("statementInfo")
	var f fields
	for in.more() {
		location := in.sequence("")
		url := location.text(location.next("url"), "url")
		f.add(location.text(location.next("language"), "language"), url)
		location.end()
	}
	return f
}

// countries: EN 319 412-5, section 4.2.4 (QcCClegislation).
func (c *cursor) countries() string {
	in := c.sequenceOf("statementInfo")
	var list []string
	for in.more() {
		list = append(list, in.text(in.next(""), ""))
	}
	return strings.Join(list, ", ")
}

// psd2: ETSI TS 119 495, section 5.1.
func (c *cursor) psd2() []report.Field {
	in := c.sequence("statementInfo")
	var f fields
	roles := in.sequenceOf("rolesOfPSP")
	for roles.more() {
		role := roles.sequence("")
		oid := role.oid("roleOfPspOid")
		role.text(role.next("roleOfPspName"), "roleOfPspName")
		f.add("Role", nameAndOID(oid))
	}
	f.add("Competent authority", in.text(in.next("nCAName"), "nCAName"))
	f.add("Authority identifier", in.text(in.next("nCAId"), "nCAId"))
	in.end()
	return f
}

// semantics: RFC 3739, section 3.2.6.1 (SemanticsInformation).
func (c *cursor) semantics() []report.Field {
	in := c.sequence("statementInfo")
	var f fields
	if e := in.optional(universal, tagOID, "semanticsIdentifier"); e.ok() {
		f.add("Identifier", nameAndOID(in.oidOf(e, "semanticsIdentifier")))
	}
	if e := in.optional(universal, tagSequence, "nameRegistrationAuthorities"); e.ok() {
		names := in.enterList(e, "nameRegistrationAuthorities")
		f.group("Name registration authorities", names.nameFields())
	}
	in.end()
	return f
}
