package intake

import "strings"

// Certificates as words alone: "openssl x509 -text", "keytool -printcert", nmap's
// ssl-cert, "certtool -i". Nothing can be checked of them; the note names which
// they are.

var dumpTool = tool{name: "text", gap: 40, links: always, end: endText, rules: []toolRule{
	{prefix: "Certificate:", opens: true, anew: true},
	{prefix: "Data:"},
	{prefix: "Version: ", contains: "(0x", proof: true},
	{prefix: "Serial Number:"},
	{prefix: "Signature Algorithm: "},
	{prefix: "Issuer: ", take: textIssuer}, {prefix: "Issuer:", take: textIssuer},
	{prefix: "Not Before: "}, {prefix: "Not After : ", take: textUntil},
	{prefix: "Subject: ", take: textSubject},
	{prefix: "Subject Public Key Info:"}, {prefix: "Public Key Algorithm: "}, {prefix: "Modulus:"}, {prefix: "Exponent: "}, {prefix: "X509v3 "},
	{prefix: "ASN1 OID: "}, {prefix: "NIST CURVE: "}, {prefix: "Signature Value:"}, {prefix: "DNS:"}, {prefix: "pub:"},
}}

var keytoolTool = tool{name: "text", gap: 40, links: always, end: endText, rules: []toolRule{
	{prefix: "Owner: ", opens: true, anew: true, take: textSubject},
	{prefix: "Issuer: ", take: textIssuer},
	{prefix: "Serial number: ", proof: true},
	{prefix: "Valid from: ", take: func(r *toolRun, rest string) {
		if _, until, ok := strings.Cut(rest, "until: "); ok {
			textUntil(r, until)
		}
	}},
	{prefix: "Certificate fingerprints:"}, {prefix: "SHA1: "}, {prefix: "SHA256: "}, {prefix: "Signature algorithm name: "}, {prefix: "Subject Public Key Algorithm: "}, {prefix: "Extensions:"}, {prefix: "Version: "},
}}

var nmapTool = tool{name: "text", gap: 10, links: always, end: endText, rules: []toolRule{
	{prefix: "ssl-cert: Subject: ", opens: true, proof: true, anew: true, take: textSubject},
	{prefix: "Issuer: ", take: textIssuer},
	{prefix: "Subject Alternative Name: "}, {prefix: "Public Key type: "}, {prefix: "Public Key bits: "}, {prefix: "Signature Algorithm: "},
	{prefix: "Not valid before: "}, {prefix: "Not valid after:  ", take: textUntil}, {prefix: "MD5: "}, {prefix: "SHA-1: "}, {prefix: "SHA-256: "}, {prefix: "_SHA-1: "},
}}

var certtoolTool = tool{name: "text", gap: 60, links: always, end: endText, rules: []toolRule{
	{prefix: "X.509 Certificate Information:", opens: true, proof: true, anew: true},
	{prefix: "Version: "}, {prefix: "Serial Number (hex): "},
	{prefix: "Issuer: ", take: textIssuer}, {prefix: "Subject: ", take: textSubject},
	{prefix: "Not After: ", take: textUntil}, {prefix: "Not Before: "},
	{prefix: "Extensions:"}, {prefix: "Fingerprint:"}, {prefix: "Public Key ID:"}, {prefix: "Public Key PIN:"}, {prefix: "Other Information:"}, {prefix: "Signature:"}, {prefix: "Signature Algorithm: "},
}}

func always(*toolRun) bool { return true }

func textSubject(r *toolRun, rest string) {
	if c := r.certificate(false); c.Subject == "" {
		c.Subject = redact(rest)
	}
}

func textIssuer(r *toolRun, rest string) {
	if c := r.certificate(false); c.Issuer == "" {
		c.Issuer = redact(rest)
	}
}

func textUntil(r *toolRun, rest string) {
	if r.tr.VerifyText == "" {
		r.tr.VerifyText = redact(rest)
	}
}

// endText says which certificate it is, unless the certificate itself stands
// there too.
func endText(r *toolRun) {
	if len(r.tr.Chain) == 0 || r.linked > 0 {
		return
	}
	c := r.tr.Chain[0]
	r.note = "The text of a certificate"
	if c.Subject != "" {
		r.note += " for " + c.Subject
	}
	if c.Issuer != "" {
		r.note += ", issued by " + c.Issuer
	}
	if r.tr.VerifyText != "" {
		r.note += ", valid until " + r.tr.VerifyText
	}
	r.note += ". The certificate itself, as PEM or a file, is needed to check it."
}
