package intake

import (
	"strings"

	"certlens/internal/report"
)

// gnutls-cli, with and without --print-cert.

var gnutlsTool = tool{name: "gnutls-cli", gap: 60, links: func(r *toolRun) bool { return r.section == "certificate" && r.unlinked() }, rules: []toolRule{
	{prefix: "Processed ", contains: " CA certificate(s)", opens: true, anew: true},
	{prefix: "Resolving '", opens: true, take: gnutlsTarget},
	{prefix: "Connecting to '", opens: true, take: func(r *toolRun, rest string) {
		host, port := splitPort(strings.TrimRight(rest, "'."))
		r.tr.Address = hostName(strings.Trim(host, "[]"))
		if r.tr.Port == 0 {
			r.tr.Port = port
		}
	}},
	{prefix: "Connection to ", contains: "failed", opens: true, take: func(r *toolRun, rest string) { r.fail("Connection to "+rest, report.Refused) }},
	{prefix: "Cannot resolve ", opens: true, take: func(r *toolRun, rest string) { r.fail("Cannot resolve "+rest, report.DNS) }},
	{prefix: "Could not connect to ", opens: true, take: func(r *toolRun, rest string) { r.complain("Could not connect to " + rest) }},
	{prefix: "- Certificate type: ", opens: true, proof: true, take: func(r *toolRun, _ string) { r.tr.Connected = true }},
	{prefix: "- Got a certificate list of ", proof: true, opens: true, take: func(r *toolRun, _ string) { r.tr.Connected = true }},
	{prefix: "- Certificate[", take: func(r *toolRun, _ string) {
		r.certificate(true)
		r.section, r.linked = "certificate", len(r.tr.Chain)-1
	}},
	{prefix: "- subject `", take: gnutlsSubject},
	{prefix: "- Successfully sent "},
	{prefix: "- Server has requested a certificate", opens: true, take: func(r *toolRun, _ string) { r.tr.ClientCertRequested = true }},
	{prefix: "- Status: ", opens: true, proof: true, take: gnutlsStatus},
	{prefix: "*** PKI verification of server certificate failed"},
	{prefix: "*** Verifying server certificate failed"},
	{prefix: "*** Fatal error: ", opens: true, proof: true, take: gnutlsFatal},
	{prefix: "*** Received alert [", opens: true, proof: true, take: func(r *toolRun, rest string) {
		r.receivedAlert(number([]byte(rest)), "Received alert ["+rest)
	}},
	{prefix: "*** Handshake has failed", opens: true},
	{prefix: "- Description: ", opens: true, proof: true, take: gnutlsDescription},
	{prefix: "- Application protocol: ", take: set(func(tr *report.Transcript) *string { return &tr.ALPN })},
	{prefix: "- OCSP status request"},
	{prefix: "- Options: ", take: func(r *toolRun, rest string) {
		if strings.Contains(rest, "OCSP status request") {
			r.tr.OCSPStaple = "sent"
		}
	}},
	{prefix: "- Version: ", take: func(r *toolRun, rest string) { r.tr.Protocol = gnutlsVersion(rest) }},
	{prefix: "- Cipher: ", take: set(func(tr *report.Transcript) *string { return &tr.Cipher })},
	{prefix: "- Session ID: "}, {prefix: "- Simple Client Mode"}, {prefix: "- Handshake was completed"}, {prefix: "- Peer has closed"},
}}

func gnutlsTarget(r *toolRun, rest string) {
	r.setHost(splitPort(strings.TrimRight(rest, "'.")))
	if r.tr.Port == 0 {
		r.tr.Port = 443
	}
}

// gnutlsSubject reads "CN=a', issuer `CN=b', serial 0x1, EC/ECDSA key 256 bits, ...".
func gnutlsSubject(r *toolRun, rest string) {
	subject, rest, _ := strings.Cut(rest, "', issuer `")
	issuer, _, _ := strings.Cut(rest, "', serial ")
	c := r.certificate(false)
	if c.Subject != "" {
		return
	}
	c.Subject, c.Issuer = redact(subject), redact(issuer)
	if _, size, ok := strings.Cut(rest, " key "); ok && c.Depth == 0 {
		r.tr.ServerKeyBits = max(0, number([]byte(size)))
	}
}

// gnutlsStatus reads "The certificate is NOT trusted. The certificate issuer is
// unknown. The certificate chain uses expired certificate."
func gnutlsStatus(r *toolRun, rest string) {
	r.section = ""
	if strings.HasPrefix(rest, "The certificate is trusted") {
		r.tr.VerifyCode, r.tr.VerifyText = 0, "ok"
		return
	}
	r.tr.VerifyText = redact(rest)
	for sentence := range strings.SplitSeq(rest, ". ") {
		sentence = strings.TrimRight(sentence, ". ") + "."
		if _, code := said(sentence); code > 0 {
			r.verifyError(code, sentence)
		}
	}
	if len(r.tr.VerifyErrors) == 0 {
		r.fail(rest, report.Other)
	}
}

// gnutlsFatal takes a fatal error, but for those that another line explains.
func gnutlsFatal(r *toolRun, rest string) {
	for _, said := range []string{"Error in the certificate", "fatal alert has been received"} {
		if strings.Contains(rest, said) {
			return
		}
	}
	class, _ := said(rest)
	r.fail(rest, class)
}

// gnutlsDescription reads "(TLS1.3-X.509)-(ECDHE-SECP256R1)-(ECDSA-SECP256R1-SHA256)-(AES-256-GCM)".
func gnutlsDescription(r *toolRun, rest string) {
	r.section = ""
	parts := strings.Split(strings.Trim(rest, "()"), ")-(")
	r.tr.Protocol = gnutlsVersion(parts[0])
	if n := len(parts) - 1; strings.HasPrefix(parts[n], "SHA") || strings.HasPrefix(parts[n], "MD5") {
		parts = parts[:n] // the MAC of a suite that is no AEAD
	}
	if n := len(parts); n >= 3 {
		r.tr.Cipher = redact(parts[n-1])
		if group, ok := strings.CutPrefix(parts[1], "ECDHE-"); ok {
			r.tr.Group = redact(group)
		}
	}
	if len(parts) == 4 {
		r.tr.SignatureType = redact(parts[2])
	}
}

func gnutlsVersion(s string) string {
	s, _, _ = strings.Cut(s, "-")
	if version, ok := strings.CutPrefix(s, "TLS"); ok {
		return "TLSv" + token(version)
	}
	return token(s)
}
