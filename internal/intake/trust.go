package intake

import (
	"fmt"
	"strings"
)

// The trust settings that OpenSSL keeps after a certificate under the label
// TRUSTED CERTIFICATE: the structure X509_CERT_AUX of its x_x509a.c.
//
//	SEQUENCE {
//	  trust   SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
//	  reject  [0] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
//	  alias   UTF8String OPTIONAL,
//	  keyid   OCTET STRING OPTIONAL,
//	  other   [1] IMPLICIT SEQUENCE OF AlgorithmIdentifier OPTIONAL }

// purposes are the uses that trust is given for, by the last octets of
// id-kp (1.3.6.1.5.5.7.3) and anyExtendedKeyUsage.
var purposes = map[string]string{
	"\x2B\x06\x01\x05\x05\x07\x03\x01": "TLS servers",
	"\x2B\x06\x01\x05\x05\x07\x03\x02": "TLS clients",
	"\x2B\x06\x01\x05\x05\x07\x03\x03": "code signing",
	"\x2B\x06\x01\x05\x05\x07\x03\x04": "e-mail",
	"\x2B\x06\x01\x05\x05\x07\x03\x08": "time stamping",
	"\x2B\x06\x01\x05\x05\x07\x03\x09": "OCSP responses",
	"\x55\x1D\x25\x00":                 "any purpose",
}

// maxPurposes is how many of them are said.
const maxPurposes = 10

// trustSettings says the settings in a sentence.
func trustSettings(data []byte) string {
	const unreadable = "OpenSSL's trust settings after the certificate are not readable."
	e, ok := readElement(data)
	if !ok || e.tag != tagSequence || e.missing > 0 {
		return unreadable
	}
	var said []string
	for _, part := range children(e.body, 5) {
		switch part.tag {
		case tagSequence:
			said = append(said, "trusted for "+purposesOf(part))
		case tagContext0:
			said = append(said, "rejected for "+purposesOf(part))
		case tagUTF8:
			said = append(said, fmt.Sprintf("called %q", redact(string(part.body))))
		}
	}
	if len(said) == 0 {
		return "OpenSSL's trust settings after the certificate say nothing about its purposes."
	}
	return "OpenSSL's trust settings after the certificate: " + strings.Join(said, "; ") + "."
}

func purposesOf(e element) string {
	var list []string
	for _, o := range children(e.body, maxPurposes) {
		name, ok := purposes[string(o.body)]
		if !ok {
			name = "a purpose without a name"
		}
		list = append(list, name)
	}
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}
