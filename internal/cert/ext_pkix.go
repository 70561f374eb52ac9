package cert

import "certlens/internal/report"

// pkixExtensions are the certificate extensions of RFC 5280 and of other
// documents of the IETF and of X.509.
func pkixExtensions() []extensionType {
	return []extensionType{
		{"2.5.29.9", "Subject directory attributes", decodeDirectoryAttributes},
		{oidSubjectKeyID, "Subject key identifier", decodeSubjectKeyID},
		{oidKeyUsage, "Key usage", decodeKeyUsage},
		{"2.5.29.16", "Private key usage period", decodeKeyUsagePeriod},
		{oidSubjectAltName, "Subject alternative name", decodeAltNames},
		{"2.5.29.18", "Issuer alternative name", decodeAltNames},
		{oidBasic, "Basic constraints", decodeBasicConstraints},
		{"2.5.29.30", "Name constraints", decodeNameConstraints},
		{"2.5.29.31", "CRL distribution points", decodeDistributionPoints},
		{oidPolicies, "Certificate policies", decodePolicies},
		{"2.5.29.33", "Policy mappings", decodePolicyMappings},
		{oidAuthorityKeyID, "Authority key identifier", decodeAuthorityKeyID},
		{"2.5.29.36", "Policy constraints", decodePolicyConstraints},
		{oidExtKeyUsage, "Extended key usage", decodeExtKeyUsage},
		{"2.5.29.46", "Freshest CRL", decodeDistributionPoints},
		{"2.5.29.54", "Inhibit anyPolicy", decodeInhibitAnyPolicy},
		{"2.5.29.56", "No revocation available", decodeNull},
		{"1.3.6.1.5.5.7.1.1", "Authority information access", decodeInformationAccess},
		{"1.3.6.1.5.5.7.1.11", "Subject information access", decodeInformationAccess},
		{"1.3.6.1.5.5.7.1.3", "Qualified certificate statements", decodeQCStatements},
		{"1.3.6.1.5.5.7.1.7", "IP address blocks", decodeIPBlocks},
		{"1.3.6.1.5.5.7.1.8", "Autonomous system identifiers", decodeASIdentifiers},
		{"1.3.6.1.5.5.7.1.28", "IP address blocks (RFC 8360)", decodeIPBlocks},
		{"1.3.6.1.5.5.7.1.29", "Autonomous system identifiers (RFC 8360)", decodeASIdentifiers},
		{"1.3.6.1.5.5.7.1.14", "Proxy certificate information", decodeProxyInfo},
		{"1.3.6.1.5.5.7.1.24", "TLS feature", decodeTLSFeature},
		{"1.3.6.1.5.5.7.1.25", "Manufacturer usage description URL", decodeString},
		{"1.3.6.1.5.5.7.1.26", "Telephone number authorization list", nil},
		{"1.3.6.1.5.5.7.1.31", "ACME identifier", decodeOctets},
		{"1.2.840.113549.1.9.15", "S/MIME capabilities", decodeCapabilities},
		{"1.3.6.1.5.5.7.1.2", "Biometric information", nil},
		{"1.3.6.1.5.5.7.1.4", "Audit identity", nil},
		{"1.3.6.1.5.5.7.1.12", "Logotype", nil},
		{"1.3.6.1.5.5.7.1.22", "JWT claim constraints", nil},
		{"1.3.6.1.5.5.7.1.27", "JWT claim constraints", nil},
		{"1.3.6.1.5.5.7.1.33", "Enhanced JWT claim constraints", nil},
		{"1.3.6.1.5.5.7.1.36", "Related certificate", nil},
		{"2.5.29.1", "Authority key identifier (obsolete)", nil},
		{"2.5.29.2", "Key attributes (obsolete)", nil},
		{"2.5.29.3", "Certificate policies (obsolete)", nil},
		{"2.5.29.4", "Key usage restriction (obsolete)", nil},
		{"2.5.29.7", "Subject alternative name (obsolete)", nil},
		{"2.5.29.8", "Issuer alternative name (obsolete)", nil},
		{"2.5.29.10", "Basic constraints (obsolete)", nil},
		{"2.5.29.55", "Target information", nil},
		{"2.5.29.72", "Alternative public key", nil},
		{"2.5.29.73", "Alternative signature algorithm", nil},
		{"2.5.29.74", "Alternative signature value", nil},
	}
}

// decodeAuthorityKeyID: RFC 5280, section 4.2.1.1.
func decodeAuthorityKeyID(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if id := in.implicit(0, "keyIdentifier"); id.ok() {
		f.code("Key identifier", hexText(in.octetsOf(id, "keyIdentifier")))
	}
	if issuer := in.implicit(1, "authorityCertIssuer"); issuer.ok() {
		names := in.enterList(issuer, "authorityCertIssuer")
		f.group("Issuer of the issuer", names.nameFields())
	}
	if serial := in.implicit(2, "authorityCertSerialNumber"); serial.ok() {
		in.checkInteger(serial, "authorityCertSerialNumber")
		f.code("Serial number of the issuer", hexText(serial.content))
	}
	in.end()
	return f
}

// decodeSubjectKeyID: RFC 5280, section 4.2.1.2.
func decodeSubjectKeyID(c *cursor) []report.Field {
	var f fields
	f.code("Key identifier", hexText(c.octets("")))
	return f
}

// keyUsages are the bits of KeyUsage.
var keyUsages = []string{"Digital signature", "Content commitment (non-repudiation)", "Key encipherment",
	"Data encipherment", "Key agreement", "Certificate signing", "CRL signing", "Encipher only", "Decipher only"}

// decodeKeyUsage: RFC 5280, section 4.2.1.3.
func decodeKeyUsage(c *cursor) []report.Field {
	return values(c.bits(c.take(tagBitString, ""), "").names(keyUsages))
}

// decodeKeyUsagePeriod: RFC 3280, section 4.2.1.4.
func decodeKeyUsagePeriod(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if e := in.implicit(0, "notBefore"); e.ok() {
		f.add("Not before", in.timeText(e, tagGeneralized, "notBefore"))
	}
	if e := in.implicit(1, "notAfter"); e.ok() {
		f.add("Not after", in.timeText(e, tagGeneralized, "notAfter"))
	}
	in.end()
	return f
}

// decodeAltNames: RFC 5280, sections 4.2.1.6 and 4.2.1.7.
func decodeAltNames(c *cursor) []report.Field {
	in := c.sequenceOf("")
	return in.nameFields()
}

// basicConstraints are cA and, when it is there, pathLenConstraint.
func (c *cursor) basicConstraints() (isCA bool, pathLen string) {
	in := c.sequence("")
	if e := in.optional(universal, tagBoolean, "cA"); e.ok() {
		isCA = in.boolean(e, "cA")
	}
	if in.more() {
		pathLen = in.integer("pathLenConstraint")
	}
	in.end()
	return isCA, pathLen
}

// decodeBasicConstraints: RFC 5280, section 4.2.1.9.
func decodeBasicConstraints(c *cursor) []report.Field {
	isCA, pathLen := c.basicConstraints()
	var f fields
	f.add("Certificate authority", yesNo(isCA))
	if pathLen != "" {
		f.add("Path length", pathLen)
	}
	return f
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// decodeExtKeyUsage: RFC 5280, section 4.2.1.12.
func decodeExtKeyUsage(c *cursor) []report.Field {
	var f fields
	for _, oid := range c.oids() {
		f.add("", nameAndOID(oid))
	}
	return f
}

// oids reads a SEQUENCE OF OBJECT IDENTIFIER.
func (c *cursor) oids() []string {
	in := c.sequenceOf("")
	var list []string
	for in.more() {
		if oid := in.oid(""); oid != "" {
			list = append(list, oid)
		}
	}
	return list
}

// decodeDirectoryAttributes: RFC 5280, section 4.2.1.8.
func decodeDirectoryAttributes(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		attribute := in.sequence("")
		label := OIDName(attribute.oid("type"))
		set := attribute.enterList(attribute.take(tagSet, "values"), "values")
		for set.more() {
			f.add(label, set.anyValue(set.next("")))
		}
	}
	return f
}

// anyValue is anyText that knows times too.
func (c *cursor) anyValue(e element) string {
	if e.class == universal && isTime(e.tag) {
		return c.timeText(e, e.tag, "")
	}
	return c.anyText(e)
}

// decodeInformationAccess: RFC 5280, sections 4.2.2.1 and 4.2.2.2.
func decodeInformationAccess(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		access := in.sequence("")
		method := access.oid("accessMethod")
		if e := access.next("accessLocation"); e.ok() {
			g := access.generalName(e, "accessLocation")
			if g.Type != "uri" {
				g.Value = nameField(g).Label + ": " + g.Value
			}
			f.add(OIDName(method), g.Value)
		}
		access.end()
	}
	return f
}

// decodeTLSFeature: RFC 7633, section 4.1; the numbers are those of TLS
// extensions.
func decodeTLSFeature(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		switch n := in.integer(""); n {
		case "5":
			f.add("", "status_request (5): the server must staple an OCSP response")
		case "17":
			f.add("", "status_request_v2 (17): the server must staple OCSP responses")
		default:
			f.add("", "TLS extension "+n)
		}
	}
	return f
}

// decodeProxyInfo: RFC 3820, section 3.8.
func decodeProxyInfo(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if e := in.optional(universal, tagInteger, "pCPathLenConstraint"); e.ok() {
		f.add("Path length", integerText(e.content))
	}
	policy := in.sequence("proxyPolicy")
	f.add("Policy language", nameAndOID(policy.oid("policyLanguage")))
	if e := policy.optional(universal, tagOctetString, "policy"); e.ok() {
		f.code("Policy", shortHex(policy.octetsOf(e, "policy")))
	}
	in.end()
	return f
}

// decodeCapabilities: RFC 8551, section 2.5.2.
func decodeCapabilities(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		capability := in.sequence("")
		text := nameAndOID(capability.oid("capabilityID"))
		if e := capability.optional(universal, tagInteger, "parameters"); e.ok() {
			text += ", " + integerText(e.content) + " bits"
		}
		f.add("", text)
	}
	return f
}

// decodeNull is for extensions that say all by being there.
func decodeNull(c *cursor) []report.Field {
	e := c.take(tagNull, "")
	if e.ok() && len(e.content) > 0 {
		c.soft(e, "", "the NULL has "+bytesText(len(e.content)))
	}
	return []report.Field{{Value: "present"}}
}

// decodeString is for extensions that are one character string.
func decodeString(c *cursor) []report.Field {
	return []report.Field{{Value: c.text(c.next(""), "")}}
}

// decodeOctets is for extensions that are one OCTET STRING.
func decodeOctets(c *cursor) []report.Field {
	return []report.Field{codeField("", hexText(c.octets("")))}
}

// decodeInteger is for extensions that are one INTEGER.
func decodeInteger(c *cursor) []report.Field {
	return []report.Field{{Value: c.integer("")}}
}

// decodeInhibitAnyPolicy: RFC 5280, section 4.2.1.14.
func decodeInhibitAnyPolicy(c *cursor) []report.Field {
	return []report.Field{{Label: "Further certificates in which anyPolicy counts", Value: c.integer("")}}
}
