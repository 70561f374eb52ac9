package intake

import (
	"strings"

	"certlens/internal/report"
)

// What the error pages of browsers say when their details are copied.

var chromeTool = tool{name: "chrome", gap: 12, links: isChain, other: chromeSentence, rules: []toolRule{
	{prefix: "Your connection is not private", opens: true},
	{prefix: "Your connection isn't private", opens: true},
	{prefix: "This site can’t ", opens: true}, {prefix: "This site can't ", opens: true},
	{prefix: "Attackers might be trying to steal your information from ", opens: true, take: func(r *toolRun, rest string) {
		host, _, _ := strings.Cut(rest, " ")
		r.setHost(splitPort(host))
	}},
	{prefix: "NET::ERR_", opens: true, proof: true, take: chromeError("NET::ERR_")},
	{prefix: "net::ERR_", opens: true, proof: true, take: chromeError("net::ERR_")},
	{prefix: "ERR_", opens: true, proof: true, take: chromeError("ERR_")},
	{prefix: "This server could not prove that it is ", take: browserHost},
	{prefix: "Subject: ", take: func(r *toolRun, rest string) { r.certificate(false).Subject = redact(rest) }},
	{prefix: "Issuer: ", take: func(r *toolRun, rest string) { r.certificate(false).Issuer = redact(rest) }},
	{prefix: "Expires on: "}, {prefix: "Current date: "}, {prefix: "Certificate Transparency:"},
	{prefix: "PEM encoded chain:", opens: true, proof: true, take: chainFollows},
}}

// chainFollows: PEM stands below, leaf first.
func chainFollows(r *toolRun, _ string) { r.section = "chain" }

func isChain(r *toolRun) bool { return r.section == "chain" }

// browserHost reads a host name that a sentence goes on with.
func browserHost(r *toolRun, rest string) {
	host, _, _ := strings.Cut(rest, " ")
	r.setHost(splitPort(strings.TrimRight(host, ";,.")))
}

// chromeSentence reads the sentences that begin with the name of the host.
func chromeSentence(r *toolRun, text string) bool {
	host, rest, _ := strings.Cut(text, " ")
	for _, said := range []string{"uses an unsupported protocol", "sent an invalid response", "refused to connect", "took too long to respond",
		"unexpectedly closed the connection", "didn’t accept your login certificate"} {
		if strings.HasPrefix(rest, said) {
			browserHost(r, host)
			return true
		}
	}
	return false
}

func chromeError(prefix string) func(*toolRun, string) {
	return func(r *toolRun, rest string) {
		name := prefix + token(rest)
		if _, code := said(name); code > 0 {
			r.verifyError(code, name)
			return
		}
		r.fail(name, browserErrors[strings.TrimPrefix(strings.ToUpper(name), "NET::")])
	}
}

// browserErrors are the names that say nothing of a certificate.
var browserErrors = map[string]report.Class{
	"ERR_SSL_VERSION_OR_CIPHER_MISMATCH": report.NoSharedCipher, "ERR_SSL_PROTOCOL_ERROR": report.WrongProtocol,
	"ERR_CONNECTION_REFUSED": report.Refused, "ERR_CONNECTION_RESET": report.Reset, "ERR_CONNECTION_CLOSED": report.Closed,
	"ERR_CONNECTION_TIMED_OUT": report.Timeout, "ERR_NAME_NOT_RESOLVED": report.DNS, "ERR_BAD_SSL_CLIENT_AUTH_CERT": report.ClientCertRequired,
	"ERR_CERTIFICATE_TRANSPARENCY_REQUIRED": report.CTRequired, "ERR_CERT_INVALID": report.Malformed, "ERR_SSL_UNRECOGNIZED_NAME_ALERT": report.UnrecognizedName,
	"ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN": report.PinMismatch, "ERR_SSL_SERVER_CERT_BAD_FORMAT": report.Malformed, "ERR_EMPTY_RESPONSE": report.Closed,

	"SSL_ERROR_UNSUPPORTED_VERSION": report.ProtocolVersion, "SSL_ERROR_PROTOCOL_VERSION_ALERT": report.ProtocolVersion,
	"SSL_ERROR_NO_CYPHER_OVERLAP": report.NoSharedCipher, "SSL_ERROR_RX_RECORD_TOO_LONG": report.WrongProtocol, "PR_CONNECT_RESET_ERROR": report.Reset,
	"PR_END_OF_FILE_ERROR": report.Closed, "SSL_ERROR_HANDSHAKE_FAILURE_ALERT": report.HandshakeFailure,
	"SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT": report.ClientCertRequired, "SSL_ERROR_BAD_CERT_ALERT": report.ClientCertRejected,
	"MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE": report.PinMismatch, "SSL_ERROR_UNRECOGNIZED_NAME_ALERT": report.UnrecognizedName,
	"SEC_ERROR_CA_CERT_INVALID": report.IssuerNotCA, "SEC_ERROR_INADEQUATE_KEY_USAGE": report.WrongPurpose, "SEC_ERROR_INADEQUATE_CERT_TYPE": report.WrongPurpose,
	"MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY": report.WrongPurpose, "MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE": report.WeakKey,
	"MOZILLA_PKIX_ERROR_MITM_DETECTED": report.Interception, "SEC_ERROR_REUSED_ISSUER_AND_SERIAL": report.Other,
}

var firefoxTool = tool{name: "firefox", gap: 12, links: isChain, rules: []toolRule{
	{prefix: "Warning: Potential Security Risk Ahead", opens: true},
	{prefix: "Secure Connection Failed", opens: true},
	{prefix: "https://", opens: true, take: func(r *toolRun, rest string) { r.setURL("https://" + rest) }},
	{prefix: "An error occurred during a connection to ", opens: true, take: browserHost},
	{prefix: "Websites prove their identity via certificates", opens: true, take: func(r *toolRun, rest string) {
		if _, host, ok := strings.Cut(rest, "certificate for "); ok {
			browserHost(r, host)
		}
	}},
	{prefix: "Peer’s Certificate", opens: true, take: firefoxSentence}, {prefix: "Peer's Certificate", opens: true, take: firefoxSentence},
	{prefix: "HTTP Strict Transport Security: ", opens: true, proof: true},
	{prefix: "HTTP Public Key Pinning: ", opens: true, proof: true},
	{prefix: "Certificate chain:", opens: true, take: chainFollows},
	{prefix: "Error code: ", opens: true, proof: true, take: firefoxError},
	{prefix: "SEC_ERROR_", opens: true, proof: true, take: func(r *toolRun, rest string) { firefoxError(r, "SEC_ERROR_"+rest) }},
	{prefix: "SSL_ERROR_", opens: true, proof: true, take: func(r *toolRun, rest string) { firefoxError(r, "SSL_ERROR_"+rest) }},
	{prefix: "MOZILLA_PKIX_ERROR_", opens: true, proof: true, take: func(r *toolRun, rest string) { firefoxError(r, "MOZILLA_PKIX_ERROR_"+rest) }},
}}

func firefoxError(r *toolRun, rest string) {
	name := token(rest)
	if _, code := said(name); code > 0 {
		r.verifyError(code, name)
		return
	}
	r.fail(name, browserErrors[name])
}

// firefoxSentence reads what the copied text says instead of the error code.
func firefoxSentence(r *toolRun, rest string) {
	switch {
	case strings.Contains(rest, "issuer is not recognized"):
		r.verifyError(20, "Peer’s Certificate"+rest)
	case strings.Contains(rest, "has expired"):
		r.verifyError(10, "Peer’s Certificate"+rest)
	case strings.Contains(rest, "has been revoked"):
		r.verifyError(23, "Peer’s Certificate"+rest)
	}
}
