package report

// A Transcript is one run of a tool, as pasted. A field that the tool did not
// print is empty.
type Transcript struct {
	// Tool is the program: "s_client" (openssl), "verify" (openssl), "bssl"
	// (the client of BoringSSL), "curl", "gnutls-cli", "wget", "java" (with
	// -Djavax.net.debug), "chrome" and "firefox" (what their error pages say).
	Tool string `json:"tool"`
	// Flavour is what wrote it, or the TLS library that it used, where that can
	// be told: "OpenSSL 3", "OpenSSL 1.1.1", "OpenSSL 1.0.2", "LibreSSL",
	// "GnuTLS", "Schannel", "rustls", "wolfSSL" ...
	Flavour string `json:"flavour,omitempty"`
	// Input is the index into Report.Inputs.
	Input int `json:"input"`
	// Host and Port are the target of the connection.
	Host string `json:"host,omitempty"`
	Port int    `json:"port,omitempty"`
	// Address is the IP address that the tool said it connected to. It is not
	// the name that the certificate should be good for.
	Address string `json:"address,omitempty"`
	// SNI is the server name that was sent.
	SNI string `json:"sni,omitempty"`
	// Connected is true when the TCP connection was made.
	Connected bool `json:"connected"`
	// StartTLS is the protocol named by -starttls, where the command is shown.
	StartTLS string `json:"starttls,omitempty"`
	// Protocol is the TLS version, as in "TLSv1.3".
	Protocol string `json:"protocol,omitempty"`
	// Cipher is the suite in OpenSSL's spelling.
	Cipher string `json:"cipher,omitempty"`
	// Group is the key exchange, as in "X25519, 253 bits".
	Group string `json:"group,omitempty"`
	// SignatureType is the peer's signature, as in "RSA-PSS".
	SignatureType string `json:"signatureType,omitempty"`
	// SignatureDigest is the hash that the peer signed with, as in "SHA256".
	SignatureDigest string `json:"signatureDigest,omitempty"`
	// ServerKeyBits is the size of the server's public key in bits.
	ServerKeyBits int `json:"serverKeyBits,omitempty"`
	// ALPN is the protocol chosen; ALPNNone is true when the tool said that
	// none was negotiated.
	ALPN     string `json:"alpn,omitempty"`
	ALPNNone bool   `json:"alpnNone,omitempty"`
	// Chain are the certificates that the tool listed as sent by the server.
	Chain []TranscriptCertificate `json:"chain,omitempty"`
	// NoPeerCertificate is true when the tool said that none was available.
	NoPeerCertificate bool `json:"noPeerCertificate,omitempty"`
	// OCSPStaple is "none" when the tool said that no response was sent, "sent"
	// when one was; empty when the tool was not asked.
	OCSPStaple string `json:"ocspStaple,omitempty"`
	// VerifyErrors are the verification errors with their depth, in order.
	VerifyErrors []VerifyError `json:"verifyErrors,omitempty"`
	// VerifyCode and VerifyText are the final "Verify return code"; VerifyCode
	// is -1 when the tool printed none.
	VerifyCode int    `json:"verifyCode"`
	VerifyText string `json:"verifyText,omitempty"`
	// Alerts are the TLS alerts that were received or sent.
	Alerts []Alert `json:"alerts,omitempty"`
	// Errors are the tool's other error lines, as printed.
	Errors []ErrorLine `json:"errors,omitempty"`
	// Exit is the number with which the tool ended, as in "curl: (60)"; 0 when it
	// printed none.
	Exit int `json:"exit,omitempty"`
	// ClientCertRequested is true when the server asked for a client certificate.
	ClientCertRequested bool `json:"clientCertRequested,omitempty"`
	// ClientCertTypes and ClientSignatureAlgorithms are what the server takes of
	// a client certificate, in the tool's spelling.
	ClientCertTypes           []string `json:"clientCertTypes,omitempty"`
	ClientSignatureAlgorithms []string `json:"clientSignatureAlgorithms,omitempty"`
	// ClientCANames are the names under "Acceptable client certificate CA
	// names", in OpenSSL's spelling.
	ClientCANames []string `json:"clientCANames,omitempty"`
	// Contradictions are statements of the transcript that cannot both hold,
	// as in a verify code of 0 where no certificate was received.
	Contradictions []string `json:"contradictions,omitempty"`
}

// A TranscriptCertificate is one certificate as a tool listed it.
type TranscriptCertificate struct {
	Depth int `json:"depth"`
	// Subject and Issuer are in the tool's spelling.
	Subject string `json:"subject"`
	Issuer  string `json:"issuer"`
	// Certificate is the id of the certificate, when its PEM was printed too.
	Certificate string `json:"certificate,omitempty"`
}

// A VerifyError is one "verify error:num=N:text" with the depth and subject
// that the tool printed before it.
type VerifyError struct {
	// Code is the X509_V_ERR number; of a tool that has no numbers, the one that
	// says the same.
	Code int `json:"code"`
	// Depth counts from the leaf, which is 0; -1 when the tool printed none.
	Depth   int    `json:"depth"`
	Text    string `json:"text"`
	Subject string `json:"subject,omitempty"`
	// Line is where it stood in the input, from 1.
	Line int `json:"line"`
}

// An Alert is one TLS alert (RFC 8446, section 6).
type Alert struct {
	// Number is the alert's description code.
	Number int `json:"number"`
	// Name is its name in RFC 8446, as in "handshake_failure".
	Name string `json:"name"`
	// Sent is true when the client sent it, false when the server did.
	Sent bool `json:"sent,omitempty"`
	// Line is where it stood in the input, from 1; 0 when our own probe saw it.
	Line int `json:"line"`
}

// An ErrorLine is one error line of a tool.
type ErrorLine struct {
	Text string `json:"text"`
	// Class is the failure that the line proves; empty when it proves none.
	Class Class `json:"class,omitempty"`
	Line  int   `json:"line"`
}
