package intake

import (
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// Java with -Djavax.net.debug=ssl (or ssl:handshake, or all): JDK 11 and newer
// write messages much like JSON, JDK 8 and older write lines with "***".

var javaTool = tool{name: "java", gap: 200, rules: []toolRule{
	{prefix: "javax.net.ssl|", contains: "|Produced ClientHello", opens: true, proof: true, anew: true},
	{prefix: "javax.net.ssl|", contains: "|Fatal (", take: javaFatal},
	{prefix: "javax.net.ssl|", contains: "Received alert message", opens: true, proof: true, take: func(r *toolRun, _ string) { r.section = "alert" }},
	{prefix: "javax.net.ssl|", contains: "|Consuming CertificateRequest", take: func(r *toolRun, _ string) { r.tr.ClientCertRequested = true }},
	{prefix: "javax.net.ssl|", opens: true, proof: true, take: func(r *toolRun, _ string) { r.section = "" }},
	{prefix: `"ClientHello"`, take: javaSection("client")},
	{prefix: `"ServerHello"`, take: javaSection("server")},
	{prefix: `"Certificate"`, take: javaSection("certificate")},
	{prefix: `"CertificateRequest"`, take: func(r *toolRun, _ string) { r.section, r.tr.ClientCertRequested = "request", true }},
	{prefix: `"CertificateVerify"`, take: javaSection("verify")},
	{prefix: `"EncryptedExtensions"`, take: javaSection("server")},
	{prefix: `type=host_name (0), value=`, take: func(r *toolRun, rest string) {
		if r.section == "client" {
			r.tr.SNI = hostName(rest)
		}
	}},
	{prefix: `"server version"`, take: javaServer(func(tr *report.Transcript) *string { return &tr.Protocol })},
	{prefix: `"selected version"`, take: func(r *toolRun, rest string) {
		if r.section == "server" {
			r.tr.Protocol = token(strings.Trim(javaValue(rest), "[]"))
		}
	}},
	{prefix: `"cipher suite" `, take: func(r *toolRun, rest string) {
		if r.section == "server" {
			name, _, _ := strings.Cut(javaValue(rest), "(")
			r.tr.Cipher = token(name)
		}
	}},
	{prefix: `"named group"`, take: javaServer(func(tr *report.Transcript) *string { return &tr.Group })},
	{prefix: `"signature algorithm": `, take: func(r *toolRun, rest string) {
		if r.section == "verify" {
			r.tr.SignatureType = token(javaValue(": " + rest))
		}
	}},
	{prefix: `"certificate" : {`, take: func(r *toolRun, _ string) {
		if r.section == "certificate" {
			r.certificate(true)
		}
	}},
	{prefix: `"issuer"`, take: func(r *toolRun, rest string) {
		if r.section == "certificate" && len(r.tr.Chain) > 0 {
			r.certificate(false).Issuer = redact(javaValue(rest))
		}
	}},
	{prefix: `"subject"`, take: func(r *toolRun, rest string) {
		if r.section == "certificate" && len(r.tr.Chain) > 0 {
			r.certificate(false).Subject = redact(javaValue(rest))
		}
	}},
	{prefix: `"description"`, take: func(r *toolRun, rest string) {
		if r.section == "alert" {
			r.alert(codepoint.AlertNumber(javaValue(rest)), false)
		}
	}},
	{prefix: "Exception in thread ", opens: true, take: javaException},
	{prefix: "javax.net.ssl.SSL", contains: "Exception: ", opens: true, take: javaException},
	{prefix: "Caused by: ", take: javaException},

	// JDK 8
	{prefix: "*** ClientHello, ", opens: true, proof: true, anew: true, take: javaSection("client")},
	{prefix: "*** ServerHello, ", opens: true, proof: true, take: func(r *toolRun, rest string) { r.section, r.tr.Protocol = "old", token(rest) }},
	{prefix: "Cipher Suite: ", take: func(r *toolRun, rest string) {
		if r.section == "old" {
			r.tr.Cipher = token(rest)
		}
	}},
	{prefix: "*** CertificateRequest", take: func(r *toolRun, _ string) { r.tr.ClientCertRequested = true }},
	{prefix: "*** Certificate chain", take: javaSection("chain")},
	{prefix: "chain [", take: func(r *toolRun, _ string) {
		if r.section == "chain" {
			r.certificate(true)
		}
	}},
	{prefix: "Subject: ", take: func(r *toolRun, rest string) {
		if r.section == "chain" && len(r.tr.Chain) > 0 {
			r.certificate(false).Subject = redact(rest)
		}
	}},
	{prefix: "Issuer: ", take: func(r *toolRun, rest string) {
		if r.section == "chain" && len(r.tr.Chain) > 0 {
			r.certificate(false).Issuer = redact(rest)
		}
	}},
	{prefix: "*** ", take: javaSection("")},
	{prefix: "main, RECV ", contains: "ALERT:", opens: true, proof: true, take: javaOldAlert},
	{prefix: "main, SEND ", contains: "ALERT:", opens: true, proof: true, take: javaOldAlert},
	{prefix: "main, "},
}}

func javaSection(name string) func(*toolRun, string) {
	return func(r *toolRun, _ string) { r.section = name }
}

// javaValue gives the value after the colon of a line, without quotes.
func javaValue(rest string) string {
	_, value, _ := strings.Cut(rest, ":")
	return strings.Trim(strings.TrimSpace(value), `",`)
}

// javaServer gives a rule for a field of the ServerHello.
func javaServer(field func(tr *report.Transcript) *string) func(*toolRun, string) {
	return func(r *toolRun, rest string) {
		if p := field(&r.tr); r.section == "server" && *p == "" {
			*p = token(javaValue(rest))
		}
	}
}

// javaFatal reads "DEBUG|10|main|...|Fatal (CERTIFICATE_UNKNOWN): PKIX path
// building failed". The alert in brackets is the one that Java sends.
func javaFatal(r *toolRun, rest string) {
	_, said, _ := strings.Cut(rest, "|Fatal (")
	name, text, _ := strings.Cut(said, "): ")
	if received, ok := strings.CutPrefix(text, "Received fatal alert: "); ok {
		r.receivedAlert(alertNamed(token(received)), text)
		return
	}
	r.alert(alertNamed(strings.ToLower(name)), true)
	r.complain(strings.TrimSuffix(text, " ("))
}

// alertNamed gives the number of an alert; -1 when there is none of that name.
func alertNamed(name string) int {
	return codepoint.AlertNumber(strings.ReplaceAll(name, "_", " "))
}

// javaException reads the line of an exception, for the alert or the verdict
// that it names.
func javaException(r *toolRun, rest string) {
	if _, received, ok := strings.Cut(rest, "Received fatal alert: "); ok {
		n := alertNamed(token(received))
		for _, a := range r.tr.Alerts {
			if a.Number == n {
				return
			}
		}
		r.receivedAlert(n, rest)
		return
	}
	if _, code := said(rest); code > 0 {
		r.verifyError(code, rest)
	}
}

// javaOldAlert reads "TLSv1.2 ALERT:  fatal, handshake_failure".
func javaOldAlert(r *toolRun, rest string) {
	_, said, _ := strings.Cut(rest, "ALERT:")
	level, name, _ := strings.Cut(strings.TrimSpace(said), ", ")
	if level == "fatal" {
		r.alert(alertNamed(token(name)), strings.Contains(rest, "SEND"))
	}
}
