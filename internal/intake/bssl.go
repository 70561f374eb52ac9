package intake

import (
	"strings"

	"certlens/internal/report"
)

// The client of BoringSSL: "bssl client -connect www.example.com".

var bsslTool = tool{name: "bssl", gap: 10, rules: []toolRule{
	{prefix: "Connecting to ", opens: true, take: func(r *toolRun, rest string) {
		host, port := splitPort(rest)
		r.tr.Address, r.tr.Port = hostName(strings.Trim(host, "[]")), port
	}},
	{prefix: "Connected.", take: func(r *toolRun, _ string) { r.tr.Connected = true }},
	{prefix: "Version: TLSv", take: func(r *toolRun, rest string) { r.tr.Protocol = "TLSv" + token(rest) }},
	{prefix: "Resumed session: ", proof: true},
	{prefix: "Cipher: ", take: set(func(tr *report.Transcript) *string { return &tr.Cipher })},
	{prefix: "ECDHE curve: ", proof: true, take: set(func(tr *report.Transcript) *string { return &tr.Group })},
	{prefix: "ECDHE group: ", proof: true, take: set(func(tr *report.Transcript) *string { return &tr.Group })},
	{prefix: "Signature algorithm: ", take: set(func(tr *report.Transcript) *string { return &tr.SignatureType })},
	{prefix: "Secure renegotiation: "}, {prefix: "Extended master secret: "}, {prefix: "Next protocol negotiated:"},
	{prefix: "ALPN protocol: ", take: set(func(tr *report.Transcript) *string { return &tr.ALPN })},
	{prefix: "Host name in TLS extension"}, {prefix: "OCSP staple: no", take: func(r *toolRun, _ string) { r.tr.OCSPStaple = "none" }},
	{prefix: "OCSP staple: yes", take: func(r *toolRun, _ string) { r.tr.OCSPStaple = "sent" }},
	{prefix: "SCT list: "}, {prefix: "Early data: "}, {prefix: "Encrypted ClientHello: "},
	{prefix: "Cert subject: ", proof: true, take: func(r *toolRun, rest string) { r.certificate(false).Subject = redact(rest) }},
	{prefix: "Cert issuer: ", take: func(r *toolRun, rest string) { r.certificate(false).Issuer = redact(rest) }},
	{prefix: "Error while connecting: ", opens: true, proof: true, take: bsslError},
	{prefix: "OpenSSL internal error", opens: true},
}}

// bsslError reads an error line of BoringSSL, whose codes are its own; an alert
// stands in it by name: "...:TLSV1_ALERT_PROTOCOL_VERSION".
func bsslError(r *toolRun, rest string) {
	if _, name, ok := strings.Cut(rest, "_ALERT_"); ok {
		name = strings.ToLower(token(name))
		if n := alertNamed(name); n >= 0 {
			r.receivedAlert(n, rest)
			return
		}
	}
	r.complain(strings.ReplaceAll(rest, "CERTIFICATE_VERIFY_FAILED", "certificate verify failed"))
}
