package intake

import (
	"strings"

	"certlens/internal/report"
)

// wget 1, with GnuTLS and with OpenSSL.

var wgetTool = tool{name: "wget", gap: 20, rules: []toolRule{
	{prefix: "--", contains: "--  http", opens: true, proof: true, anew: true, take: func(r *toolRun, rest string) {
		_, url, _ := strings.Cut(rest, "--  ")
		r.setURL(url)
	}},
	{prefix: "Resolving ", contains: "... ", take: func(r *toolRun, rest string) {
		if strings.Contains(rest, "failed: ") {
			r.fail("Resolving "+rest, report.DNS)
		}
	}},
	{prefix: "Connecting to ", contains: "|", take: wgetConnecting},
	{prefix: "ERROR: cannot verify ", take: wgetIssuer},
	{prefix: "ERROR: no certificate presented by ", take: func(r *toolRun, rest string) {
		r.tr.NoPeerCertificate = true
		r.fail("no certificate presented by "+rest, "")
	}},
	{prefix: "ERROR: The certificate of ", contains: "is not trusted"},
	{prefix: "ERROR: ", take: wgetError},
	{prefix: "Unable to locally verify the issuer's authority", take: func(r *toolRun, rest string) {
		r.complain("Unable to locally verify the issuer's authority" + rest)
	}},
	{prefix: "Self-signed certificate encountered", take: func(r *toolRun, rest string) { r.complain("Self-signed certificate encountered" + rest) }},
	{prefix: "Issued certificate ", take: func(r *toolRun, rest string) { r.complain("Issued certificate " + rest) }},
	{prefix: "The certificate has expired", take: func(r *toolRun, rest string) { r.complain("The certificate has expired" + rest) }},
	{prefix: "The certificate has not yet been activated", take: func(r *toolRun, rest string) { r.verifyError(9, "The certificate has not yet been activated"+rest) }},
	{prefix: "The certificate's owner does not match", take: func(r *toolRun, rest string) {
		r.complain("The certificate's owner does not match" + rest)
	}},
	{prefix: "GnuTLS: ", take: named("GnuTLS", "GnuTLS: ")},
	{prefix: "OpenSSL: ", take: func(r *toolRun, rest string) { curlOpenSSL("")(r, rest) }},
	{prefix: "Unable to establish SSL connection", take: func(r *toolRun, rest string) {
		if len(r.tr.Errors) == 0 && len(r.tr.Alerts) == 0 {
			r.fail("Unable to establish SSL connection"+rest, report.HandshakeFailure)
		}
	}},
	{prefix: "HTTP request sent", take: func(r *toolRun, _ string) {
		if r.tr.Port == 443 || len(r.tr.VerifyErrors) == 0 {
			r.tr.Connected = true
		}
	}},
	{prefix: "To connect to "}, {prefix: "Loaded CA certificate "}, {prefix: "WARNING: "},
}}

// wgetConnecting reads "www.example.com (www.example.com)|127.0.0.1|:443...
// connected."
func wgetConnecting(r *toolRun, rest string) {
	parts := strings.SplitN(rest, "|", 3)
	if len(parts) < 3 {
		return
	}
	r.tr.Address = hostName(parts[1])
	result, _ := strings.CutPrefix(parts[2], ":")
	if n := number([]byte(result)); n > 0 {
		r.tr.Port = n
	}
	switch _, said, _ := strings.Cut(result, "... "); {
	case strings.HasPrefix(said, "connected"):
		r.tr.Connected = true
	case strings.HasPrefix(said, "failed: "):
		r.complain(said)
	}
}

// wgetIssuer reads "www.example.com's certificate, issued by ‘CN=a’:".
func wgetIssuer(r *toolRun, rest string) {
	if _, issuer, ok := strings.Cut(rest, "issued by "); ok {
		r.certificate(false).Issuer = redact(strings.Trim(issuer, "‘’'`:\""))
	}
}

func wgetError(r *toolRun, rest string) { r.complain(rest) }
