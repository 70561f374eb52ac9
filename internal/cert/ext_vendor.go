package cert

import (
	"strconv"

	"certlens/internal/report"
)

// vendorExtensions are those of Microsoft, Netscape and Entrust.
func vendorExtensions() []extensionType {
	return []extensionType{
		{"1.3.6.1.4.1.311.20.2", "Certificate template name (Microsoft)", decodeString},
		{"1.3.6.1.4.1.311.21.1", "CA version (Microsoft)", decodeCAVersion},
		{"1.3.6.1.4.1.311.21.2", "Previous CA certificate hash (Microsoft)", decodeOctets},
		{"1.3.6.1.4.1.311.21.3", "CRL virtual base (Microsoft)", decodeInteger},
		{"1.3.6.1.4.1.311.21.4", "Next CRL publication (Microsoft)", decodeTime},
		{"1.3.6.1.4.1.311.21.7", "Certificate template (Microsoft)", decodeTemplate},
		{"1.3.6.1.4.1.311.21.10", "Application policies (Microsoft)", decodePolicies},
		{"1.3.6.1.4.1.311.21.11", "Application policy mappings (Microsoft)", decodePolicyMappings},
		{"1.3.6.1.4.1.311.21.12", "Application policy constraints (Microsoft)", decodePolicyConstraints},
		{"1.3.6.1.4.1.311.21.14", "CRL self distribution point (Microsoft)", decodeDistributionPoints},
		{"1.3.6.1.4.1.311.25.2", "Security identifier (Microsoft NTDS)", decodeSecurityID},
		{"1.3.6.1.4.1.311.2.1.10", "Agency information (Microsoft)", nil},
		{"1.3.6.1.4.1.311.2.1.27", "Financial criteria (Microsoft)", nil},
		{"1.3.6.1.4.1.311.10.11.11", "Friendly name (Microsoft)", nil},

		{"2.16.840.1.113730.1.1", "Certificate type (Netscape)", decodeNetscapeType},
		{"2.16.840.1.113730.1.2", "Base URL (Netscape)", decodeString},
		{"2.16.840.1.113730.1.3", "Revocation URL (Netscape)", decodeString},
		{"2.16.840.1.113730.1.4", "CA revocation URL (Netscape)", decodeString},
		{"2.16.840.1.113730.1.7", "Renewal URL (Netscape)", decodeString},
		{"2.16.840.1.113730.1.8", "CA policy URL (Netscape)", decodeString},
		{"2.16.840.1.113730.1.12", "TLS server name (Netscape)", decodeString},
		{"2.16.840.1.113730.1.13", "Comment (Netscape)", decodeString},
		{"1.2.840.113533.7.65.0", "Version (Entrust)", decodeEntrustVersion},
	}
}

// deviceExtensions are those of Apple, Android and makers of authenticators.
func deviceExtensions() []extensionType {
	return []extensionType{
		{"1.2.840.113635.100.6.1.2", "Development certificate (Apple iOS)", nil},
		{"1.2.840.113635.100.6.1.4", "Distribution certificate (Apple iOS)", nil},
		{"1.2.840.113635.100.6.1.7", "Application submission (Apple Mac App Store)", nil},
		{"1.2.840.113635.100.6.1.8", "Installer submission (Apple Mac App Store)", nil},
		{"1.2.840.113635.100.6.1.12", "Development certificate (Apple macOS)", nil},
		{"1.2.840.113635.100.6.1.13", "Developer ID application (Apple)", nil},
		{"1.2.840.113635.100.6.1.14", "Developer ID installer (Apple)", nil},
		{"1.2.840.113635.100.6.1.33", "Developer ID date (Apple)", nil},
		{"1.2.840.113635.100.6.2.1", "Worldwide developer relations CA (Apple)", nil},
		{"1.2.840.113635.100.6.2.6", "Developer ID CA (Apple)", nil},
		{"1.2.840.113635.100.6.3.1", "Push service, development (Apple)", nil},
		{"1.2.840.113635.100.6.3.2", "Push service, production (Apple)", nil},
		{"1.2.840.113635.100.6.3.6", "Push service topics (Apple)", nil},
		{"1.2.840.113635.100.6.32", "Merchant identifier (Apple Pay)", nil},
		{"1.2.840.113635.100.8.2", "Attestation nonce (Apple)", nil},
		{"1.3.6.1.4.1.11129.2.1.17", "Key attestation (Android)", nil},
		{"1.3.6.1.4.1.11129.2.1.30", "Provisioning information (Android)", nil},
		{"1.3.6.1.4.1.45724.1.1.4", "Authenticator model, AAGUID (FIDO)", decodeOctets},
		{"1.3.6.1.4.1.45724.2.1.1", "Authenticator transports (FIDO)", decodeTransports},
		{"1.3.6.1.4.1.41482.3.3", "Firmware version (Yubico)", nil},
		{"1.3.6.1.4.1.41482.3.7", "Serial number (Yubico)", nil},
		{"1.3.6.1.4.1.41482.3.8", "PIN and touch policy (Yubico)", nil},
		{"1.3.6.1.4.1.37476.9000.64.1", "Provisioner (Smallstep)", nil},
	}
}

// sigstoreExtensions are those of Sigstore's certificate authority, Fulcio. The
// first six hold bare text.
func sigstoreExtensions() []extensionType {
	return []extensionType{
		{"1.3.6.1.4.1.57264.1.1", "Issuer (Sigstore)", decodeRawText},
		{"1.3.6.1.4.1.57264.1.2", "GitHub workflow trigger (Sigstore)", decodeRawText},
		{"1.3.6.1.4.1.57264.1.3", "GitHub workflow commit (Sigstore)", decodeRawText},
		{"1.3.6.1.4.1.57264.1.4", "GitHub workflow name (Sigstore)", decodeRawText},
		{"1.3.6.1.4.1.57264.1.5", "GitHub workflow repository (Sigstore)", decodeRawText},
		{"1.3.6.1.4.1.57264.1.6", "GitHub workflow ref (Sigstore)", decodeRawText},
		{"1.3.6.1.4.1.57264.1.8", "Issuer v2 (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.9", "Build signer URI (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.10", "Build signer digest (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.11", "Runner environment (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.12", "Source repository URI (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.13", "Source repository digest (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.14", "Source repository ref (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.15", "Source repository identifier (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.16", "Source repository owner URI (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.17", "Source repository owner identifier (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.18", "Build configuration URI (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.19", "Build configuration digest (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.20", "Build trigger (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.21", "Run invocation URI (Sigstore)", decodeString},
		{"1.3.6.1.4.1.57264.1.22", "Source repository visibility (Sigstore)", decodeString},
	}
}

// decodeCAVersion: [MS-WCCE] 2.2.2.7.2: the lower 16 bits count the CA's
// certificates, the upper ones its keys.
func decodeCAVersion(c *cursor) []report.Field {
	e := c.take(tagInteger, "")
	n, ok := smallInteger(e.content)
	if e.ok() && !ok {
		c.hard(e, "", "the number is out of range")
	}
	return []report.Field{
		{Label: "Certificate index", Value: strconv.FormatInt(n&0xffff, 10)},
		{Label: "Key index", Value: strconv.FormatInt(n>>16&0xffff, 10)},
	}
}

// decodeTemplate: [MS-WCCE] 2.2.2.7.7.2.
func decodeTemplate(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	f.code("Template", in.oid("templateID"))
	if e := in.optional(universal, tagInteger, "templateMajorVersion"); e.ok() {
		f.add("Major version", integerText(e.content))
	}
	if e := in.optional(universal, tagInteger, "templateMinorVersion"); e.ok() {
		f.add("Minor version", integerText(e.content))
	}
	in.end()
	return f
}

// decodeSecurityID: [MS-WCCE] 2.2.2.7.7.4: an other name whose value is an OCTET
// STRING that holds the identifier as text.
func decodeSecurityID(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		e := in.next("")
		if e.class != contextual || e.tag != 0 {
			f = append(f, nameField(in.generalName(e, "")))
			continue
		}
		other := in.enter(e, "")
		label := OIDName(other.oid("type-id"))
		value := other.explicit(0, "value")
		f.add(label, visible(string(value.octets(""))))
	}
	return f
}

// netscapeTypes are the bits of the Netscape certificate type.
var netscapeTypes = []string{"TLS client", "TLS server", "S/MIME", "Object signing", "Reserved",
	"TLS CA", "S/MIME CA", "Object signing CA"}

func decodeNetscapeType(c *cursor) []report.Field {
	return values(c.bits(c.take(tagBitString, ""), "").names(netscapeTypes))
}

// decodeEntrustVersion reads the version of the CA program and what it did.
func decodeEntrustVersion(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if e := in.optional(universal, tagGeneral, "entrustVers"); e.ok() {
		f.add("Version", in.text(e, "entrustVers"))
	}
	if e := in.optional(universal, tagBitString, "entrustVersInfo"); e.ok() {
		f.group("Flags", values(in.bits(e, "entrustVersInfo").names(entrustFlags)))
	}
	in.end()
	return f
}

// entrustFlags are the bits of EntrustInfoFlags.
var entrustFlags = []string{"Key update allowed", "New extensions", "PKIX certificate", "Enterprise category",
	"Web category", "SET category"}

// decodeTransports reads the transports of a FIDO authenticator (FIDO U2F
// authenticator transports extension, section 3).
func decodeTransports(c *cursor) []report.Field {
	names := []string{"Bluetooth", "Bluetooth low energy", "USB", "NFC", "USB internal"}
	return values(c.bits(c.take(tagBitString, ""), "").names(names))
}

// decodeRawText is for extensions whose value is bare text, without a tag.
func decodeRawText(c *cursor) []report.Field {
	text := visible(string(c.rest))
	c.rest = nil
	return []report.Field{{Value: text}}
}
