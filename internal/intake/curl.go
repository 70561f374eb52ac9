package intake

import (
	"strings"
)

// curl -v, with each TLS library that it is built with. Versions before 8 print
// less about the connection.

var curlTool = tool{name: "curl", gap: 100, links: func(r *toolRun) bool { return r.section == "certs" && r.unlinked() }, said: curlSaid, end: endCurl, rules: []toolRule{
	{prefix: "$ curl ", opens: true, anew: true, take: curlCommand},
	{prefix: "curl ", contains: "://", opens: true, anew: true, take: curlCommand},
	{prefix: "* Host ", contains: " was resolved", opens: true, anew: true, take: func(r *toolRun, rest string) {
		r.setHost(splitPort(strings.TrimSuffix(rest, " was resolved.")))
	}},
	{prefix: "* Could not resolve host: ", opens: true, anew: true, proof: true, take: func(r *toolRun, rest string) {
		r.setHost(rest, 0)
	}},
	{prefix: "*   Trying ", opens: true, anew: true, proof: true, take: curlTrying},
	{prefix: "*  Trying ", opens: true, anew: true, take: curlTrying},
	{prefix: "* Trying ", opens: true, anew: true, take: curlTrying},
	{prefix: "* About to connect() to ", opens: true, anew: true, take: func(r *toolRun, rest string) {
		f := strings.Fields(rest) // "www.example.com port 443 (#0)"
		if len(f) > 2 {
			r.setHost(f[0], portNumber(f[2]))
		}
	}},
	{prefix: "* Connected to ", opens: true, anew: true, proof: true, take: curlConnected},
	{prefix: "* Established connection to ", opens: true, proof: true, take: curlConnected},
	{prefix: "* Establish HTTP proxy tunnel to ", opens: true, take: func(r *toolRun, rest string) { r.setHost(splitPort(rest)) }},
	{prefix: "* ALPN: curl offers "}, {prefix: "* ALPN: offers "}, {prefix: "* ALPN, offering "},
	{prefix: "* ALPN: server accepted ", take: curlALPN},
	{prefix: "* ALPN, server accepted to use ", take: curlALPN},
	{prefix: "* ALPN: server did not agree", take: func(r *toolRun, _ string) { r.tr.ALPNNone = true }},
	{prefix: "* ALPN, server did not agree", take: func(r *toolRun, _ string) { r.tr.ALPNNone = true }},
	{prefix: "* successfully set certificate verify locations", opens: true},
	{prefix: "*  CAfile: "}, {prefix: "*   CAfile: "}, {prefix: "*  CApath: "}, {prefix: "*   CApath: "},
	{prefix: "* found ", contains: "certificates in ", opens: true, take: flavour("GnuTLS")},
	{prefix: "* SSL connection using ", opens: true, proof: true, take: curlUsing},
	{prefix: "* Server certificate:", opens: true, proof: true, take: func(r *toolRun, _ string) { r.section = "server" }},
	{prefix: "*  subject: ", take: curlSubject}, {prefix: "*   subject: ", take: curlSubject}, {prefix: "* \t subject: ", take: curlSubject},
	{prefix: "*  issuer: ", take: curlIssuer}, {prefix: "*   issuer: ", take: curlIssuer}, {prefix: "* \t issuer: ", take: curlIssuer},
	{prefix: "*  start date: "}, {prefix: "*  expire date: "}, {prefix: "*  common name: "},
	{prefix: "*  subjectAltName does not match", take: func(r *toolRun, rest string) { r.complain("subjectAltName does not match" + rest) }},
	{prefix: "*  subjectAltName: "},
	{prefix: "*   Certificate level "},
	{prefix: "*  SSL certificate verify ok", take: curlVerified}, {prefix: "* SSL certificate verify ok", take: curlVerified},
	{prefix: "*  SSL certificate verify result: ", take: curlResult}, {prefix: "* SSL certificate verify result: ", take: curlResult},
	{prefix: "* \t server certificate verification OK", take: curlVerified},
	{prefix: "* server certificate verification OK", take: curlVerified},
	{prefix: "* SSL certificate verified via ", take: curlVerified}, {prefix: "* OpenSSL verify result: 0"},
	{prefix: "* NSS error ", take: named("NSS", "NSS error ")},
	{prefix: "* SSL certificate problem: ", opens: true, take: curlProblem},
	{prefix: "* SSL: ", opens: true, take: curlProblem},
	{prefix: "* server certificate verification failed", opens: true, take: func(r *toolRun, rest string) {
		r.tr.Flavour = "GnuTLS"
		r.complain("server certificate verification failed" + rest)
	}},
	{prefix: "* TLS connect error: ", opens: true, take: curlProblem},
	{prefix: "* OpenSSL SSL_connect: ", opens: true, take: curlOpenSSL("OpenSSL SSL_connect: ")},
	{prefix: "* OpenSSL/", opens: true, take: curlOpenSSL("OpenSSL/")},
	{prefix: "* error:", opens: true, take: curlOpenSSL("error:")},
	{prefix: "* gnutls_handshake() ", opens: true, take: named("GnuTLS", "gnutls_handshake() ")},
	{prefix: "* GnuTLS, ", opens: true, take: named("GnuTLS", "GnuTLS, ")},
	{prefix: "* schannel: ", opens: true, take: curlSchannel},
	{prefix: "* Schannel: ", opens: true, take: curlSchannel},
	{prefix: "* rustls_connection", opens: true, take: named("rustls", "rustls_connection")},
	{prefix: "* rustls: ", opens: true, take: named("rustls", "rustls: ")},
	{prefix: "* wolfSSL: ", opens: true, take: named("wolfSSL", "wolfSSL: ")},
	{prefix: "* SSL_connect failed with error ", opens: true, take: named("wolfSSL", "SSL_connect failed with error ")},
	{prefix: "* mbedTLS: ", opens: true, take: flavour("mbedTLS")},
	{prefix: "* ssl_handshake returned", opens: true, take: named("mbedTLS", "ssl_handshake returned")},
	{prefix: "* Apple SecTrust", opens: true, take: flavour("Apple SecTrust")},
	{prefix: "* SSL: Apple SecTrust", opens: true, take: flavour("Apple SecTrust")},
	{prefix: "* TLS 1.", contains: "connection using ", opens: true, proof: true, take: curlSecure},
	{prefix: "* connect to ", contains: " failed: ", opens: true, proof: true},
	{prefix: "* Failed to connect to ", opens: true, proof: true, take: func(r *toolRun, rest string) {
		if f := strings.Fields(rest); len(f) > 2 {
			r.setHost(f[0], portNumber(f[2]))
		}
	}},
	{prefix: "* Connection refused", opens: true},
	{prefix: "* Connection timed out", opens: true},
	{prefix: "* Recv failure: ", opens: true}, {prefix: "* Send failure: ", opens: true},
	{prefix: "* TLSv1", contains: "TLS alert, ", opens: true, proof: true, late: true, take: curlAlert},
	{prefix: "* TLSv1", contains: "Request CERT (13)", opens: true, proof: true, take: func(r *toolRun, _ string) {
		r.tr.ClientCertRequested, r.tr.Connected = true, true
	}},
	{prefix: "* TLSv1", contains: "), TLS handshake, ", opens: true, proof: true, late: true, take: func(r *toolRun, _ string) { r.tr.Connected = true }},
	{prefix: "* TLSv1", contains: "), TLS "},
	{prefix: "* SSLv3, TLS handshake", opens: true, proof: true},
	{prefix: "* Closing connection", ends: true}, {prefix: "* closing connection", ends: true}, {prefix: "* shutting down connection"}, {prefix: "* Connection #"},
	{prefix: "* Curl_http_done"}, {prefix: "* using HTTP/"}, {prefix: "* old SSL session ID"}, {prefix: "* Re-using existing connection"},
	{prefix: "curl: (", take: curlExit, opens: true, ends: true, late: true},
	{prefix: "Subject:", late: true, take: func(r *toolRun, rest string) { curlListed(r, rest, false) }},
	{prefix: "Issuer:", late: true, take: func(r *toolRun, rest string) { curlListed(r, rest, true) }},
}}

// curlSaid: curl tries one address after another before it says more.
func curlSaid(r *toolRun) bool {
	return r.tr.Protocol != "" || r.tr.Exit > 0 || len(r.tr.Errors)+len(r.tr.VerifyErrors) > 0
}

func flavour(name string) func(*toolRun, string) {
	return func(r *toolRun, _ string) { r.tr.Flavour = name }
}

// named takes an error line of a library.
func named(library, prefix string) func(*toolRun, string) {
	return func(r *toolRun, rest string) {
		r.tr.Flavour = library
		r.complain(prefix + rest)
	}
}

func curlCommand(r *toolRun, rest string) {
	if at := strings.Index(rest, "://"); at >= 0 {
		start := strings.LastIndexAny(rest[:at], " '\"=") + 1
		r.setURL(rest[start:])
	}
}

// curlTrying reads "127.0.0.1:443..."; older versions leave the port out.
func curlTrying(r *toolRun, rest string) {
	host, port := splitPort(strings.TrimRight(rest, "."))
	r.tr.Address = hostName(strings.Trim(host, "[]"))
	if r.tr.Port == 0 {
		r.tr.Port = port
	}
}

// curlConnected reads "localhost (127.0.0.1) port 443 (#0)" and "localhost
// (127.0.0.1 port 443) from 127.0.0.1 port 50000".
func curlConnected(r *toolRun, rest string) {
	r.tr.Connected = true
	f := strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(rest))
	if len(f) < 4 || f[2] != "port" {
		return
	}
	r.setHost(f[0], portNumber(f[3]))
	r.tr.Address = hostName(f[1])
}

func curlALPN(r *toolRun, rest string) { r.tr.ALPN = token(rest) }

// curlUsing reads "TLSv1.3 / TLS_AES_256_GCM_SHA384 / x25519 / RSASSA-PSS". GnuTLS
// writes "TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384".
func curlUsing(r *toolRun, rest string) {
	parts := strings.Split(rest, " / ")
	if version, ok := strings.CutPrefix(token(parts[0]), "TLS1"); ok {
		r.tr.Protocol, r.tr.Flavour = "TLSv1"+version, "GnuTLS"
	} else {
		r.tr.Protocol = token(parts[0])
	}
	for i, field := range []*string{nil, &r.tr.Cipher, &r.tr.Group, &r.tr.SignatureType} {
		if i > 0 && i < len(parts) && parts[i] != "[blank]" && parts[i] != "UNDEF" {
			*field = token(parts[i])
		}
	}
	r.tr.Connected = true
}

// curlSecure reads "TLS 1.2 connection using TLS_...", as SecureTransport has it.
func curlSecure(r *toolRun, rest string) {
	version, cipher, _ := strings.Cut(rest, " connection using ")
	r.tr.Flavour, r.tr.Protocol, r.tr.Cipher = "Secure Transport", "TLSv1."+token(version), token(cipher)
}

func curlSubject(r *toolRun, rest string) {
	if r.section == "server" {
		r.certificate(len(r.tr.Chain) == 0).Subject = redact(rest)
	}
}

func curlIssuer(r *toolRun, rest string) {
	if r.section == "server" {
		r.certificate(false).Issuer = redact(rest)
	}
}

// curlListed reads what -w '%{certs}' prints of each certificate.
func curlListed(r *toolRun, rest string, issuer bool) {
	if r.section != "certs" && !issuer {
		r.section = "certs"
		r.linked, r.tr.Chain = 0, nil
	}
	switch {
	case r.section != "certs":
	case issuer:
		r.certificate(false).Issuer = redact(rest)
	default:
		r.certificate(true).Subject = redact(rest)
	}
}

func curlVerified(r *toolRun, _ string) { r.tr.VerifyCode, r.tr.VerifyText = 0, "ok" }

// curlResult reads "unable to get local issuer certificate (20), continuing
// anyway."
func curlResult(r *toolRun, rest string) {
	text, after, _ := strings.Cut(rest, " (")
	if code := number([]byte(after)); code >= 0 {
		r.tr.VerifyCode, r.tr.VerifyText = code, redact(text)
		r.verifyError(code, text)
	}
}

func curlProblem(r *toolRun, rest string) { r.complain(rest) }

// curlOpenSSL reads an error line of OpenSSL.
func curlOpenSSL(prefix string) func(*toolRun, string) {
	return func(r *toolRun, rest string) {
		r.tr.Flavour = "OpenSSL"
		if _, fields, ok := strings.Cut(prefix+rest, "error:"); ok && len(fields) > 8 {
			if n := receivedAlert([]byte(fields)); n >= 0 {
				r.receivedAlert(n, prefix+rest)
				return
			}
		}
		r.complain(prefix + rest)
	}
}

// curlSchannel reads the lines of Schannel, of which most are no errors.
func curlSchannel(r *toolRun, rest string) {
	r.tr.Flavour = "Schannel"
	if strings.Contains(rest, "failed") || strings.Contains(rest, "SEC_E_") || strings.Contains(rest, "CERT_") || strings.Contains(rest, "doesn't match") {
		r.complain("schannel: " + rest)
	}
}

// curlAlert reads ".3 (IN), TLS alert, unknown CA (560):": the level, and the
// number of the alert. Only fatal ones (2) count.
func curlAlert(r *toolRun, rest string) {
	r.tr.Connected = true
	at := strings.LastIndexByte(rest, '(')
	if n := number([]byte(rest[at+1:])); at >= 0 && n>>8 == 2 {
		r.alert(n&0xFF, strings.Contains(rest, "(OUT)"))
	}
}

// curlExit reads "60) SSL certificate problem: certificate has expired".
func curlExit(r *toolRun, rest string) {
	r.tr.Exit = max(0, number([]byte(rest)))
	_, text, _ := strings.Cut(rest, ") ")
	if n := receivedAlert([]byte(afterError(text))); n >= 0 {
		r.receivedAlert(n, "curl: ("+rest)
		return
	}
	class, code := said("curl: (" + rest)
	if code > 0 {
		r.verifyError(code, text)
		return
	}
	r.fail("curl: ("+rest, class)
}

// afterError gives what follows "error:" in an error line of OpenSSL.
func afterError(text string) string {
	_, fields, ok := strings.Cut(text, "error:")
	if !ok || len(fields) < 9 {
		return "         "
	}
	return fields
}

func endCurl(r *toolRun) {
	if r.tr.Flavour == "" && strings.HasPrefix(r.tr.Cipher, "TLS_") {
		return
	}
	if r.tr.Flavour == "" && r.tr.Cipher != "" {
		r.tr.Flavour = "OpenSSL"
	}
}
