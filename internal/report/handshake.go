package report

// Code points of TLS (versions, suites, groups, signature schemes) are the
// numbers of the IANA registry "TLS Parameters", everywhere in the contract.
// Names stand beside them for people.

// A HandshakeRequest asks for one TLS handshake.
type HandshakeRequest struct {
	// Host is the host name or IP address to connect to.
	Host string `json:"host"`
	// Port is the TCP port; 0 for the usual one of StartTLS, or 443.
	Port int `json:"port,omitempty"`
	// StartTLS is the protocol that is spoken until TLS begins: "smtp",
	// "submission", "lmtp", "imap", "pop3", "ftp", "ldap", "xmpp-client",
	// "xmpp-server", "postgres", "mysql", "nntp", "sieve", "irc" or "rdp". Empty
	// for TLS from the first byte.
	StartTLS string `json:"starttls,omitempty"`
	// SNI is the server name to send; empty to send Host, where that is a name.
	SNI string `json:"sni,omitempty"`
	// NoSNI asks to send no server name at all.
	NoSNI bool `json:"noSNI,omitempty"`
	// Offer is what the client offers.
	Offer Offer `json:"offer"`
	// WantStaple asks for a stapled OCSP response (RFC 6066, section 8).
	WantStaple bool `json:"wantStaple,omitempty"`
}

// An Offer is what a client offers in its ClientHello. A list that is empty is
// chosen as a current client would; an Offer that is empty altogether makes a
// complete handshake of such a client. With any list given, exactly that is
// offered, however old, and the handshake ends when the server's first flight
// has been read: nothing obsolete is ever negotiated to the end.
type Offer struct {
	// Versions are the protocol versions, as in 0x0304 for TLS 1.3. 0x0300 is
	// SSL 3.0 and 0x0002 is SSL 2.0, which are detected and no more.
	Versions []uint16 `json:"versions,omitempty"`
	// Suites are the cipher suites, in the client's order.
	Suites []uint16 `json:"suites,omitempty"`
	// Groups are the named groups (elliptic curves, finite fields, hybrids).
	Groups []uint16 `json:"groups,omitempty"`
	// SignatureAlgorithms are the signature schemes.
	SignatureAlgorithms []uint16 `json:"signatureAlgorithms,omitempty"`
	// ALPN are the application protocols (RFC 7301), as in "h2".
	ALPN []string `json:"alpn,omitempty"`
	// FallbackSCSV adds TLS_FALLBACK_SCSV (RFC 7507).
	FallbackSCSV bool `json:"fallbackSCSV,omitempty"`
	// Compression offers DEFLATE (RFC 3749) beside no compression.
	Compression bool `json:"compression,omitempty"`
	// Session is the Session of an earlier Handshake, to be resumed (base64,
	// opaque). It does not count as a list: the handshake is complete.
	Session string `json:"session,omitempty"`
}

// A Step is how far a connection came.
type Step string

// The steps of a connection, in order.
const (
	StepRequest  Step = "request"  // the request could not be understood, or was refused
	StepResolve  Step = "resolve"  // finding the address of the name
	StepConnect  Step = "connect"  // making the TCP connection
	StepStartTLS Step = "starttls" // asking for TLS in another protocol
	StepHello    Step = "hello"    // from the ClientHello to the ServerHello
	StepServer   Step = "server"   // the rest of the server's first flight
	StepFinish   Step = "finish"   // the client's answer, and the server's to that
	StepDone     Step = "done"     // all that was asked for is done
)

// A Handshake is what our own probe saw of one TLS handshake. It is as complete
// as it could be when the handshake failed half-way: a field that was not seen
// is empty or absent.
type Handshake struct {
	// Host, Port, StartTLS and SNI are as asked for, with the defaults filled
	// in; SNI is empty when no server name was sent.
	Host     string `json:"host"`
	Port     int    `json:"port"`
	StartTLS string `json:"starttls,omitempty"`
	SNI      string `json:"sni,omitempty"`
	// WantStaple tells that a stapled OCSP response was asked for, so that its
	// absence says something.
	WantStaple bool `json:"wantStaple,omitempty"`
	// Address is the IP address that was connected to.
	Address string `json:"address,omitempty"`
	// Vantage says where the connection was made from, for people: "this
	// machine", "the machine that runs certlens", or the place of the edge.
	Vantage string `json:"vantage,omitempty"`
	// At is when the connection was begun (RFC 3339).
	At string `json:"at"`
	// Offer is what was offered.
	Offer Offer `json:"offer"`
	// Step is the last step that was begun; "done" when nothing failed.
	Step Step `json:"step"`
	// Failure is why it went no further; absent when nothing failed.
	Failure *HandshakeFailed `json:"failure,omitempty"`
	// Complete tells that both sides finished (RFC 8446, section 4.4.4).
	Complete bool `json:"complete"`
	// Banner is what the server said before TLS, or instead of it: its greeting,
	// its refusal, or the beginning of what was not TLS. Hostile text, at most
	// 1 kB, bytes that are not UTF-8 replaced.
	Banner string `json:"banner,omitempty"`
	// Version is the protocol version that the server chose, and Protocol its
	// name, as in "TLSv1.3".
	Version  uint16 `json:"version,omitempty"`
	Protocol string `json:"protocol,omitempty"`
	// Suite is the cipher suite that the server chose.
	Suite *Suite `json:"suite,omitempty"`
	// Group is the group of the key exchange; absent for RSA key exchange.
	Group *CodePoint `json:"group,omitempty"`
	// DHBits is the size of the prime of a finite-field key exchange in bits.
	DHBits int `json:"dhBits,omitempty"`
	// SignatureScheme is what the server signed the handshake with. Before
	// TLS 1.2 it is implied by the key, and absent.
	SignatureScheme *CodePoint `json:"signatureScheme,omitempty"`
	// HelloRetry tells that the server asked for another ClientHello (RFC 8446,
	// section 4.1.4).
	HelloRetry bool `json:"helloRetry,omitempty"`
	// ALPN is the application protocol that the server chose.
	ALPN string `json:"alpn,omitempty"`
	// Certificates are the certificates exactly as sent, in order (DER, base64).
	Certificates []string `json:"certificates,omitempty"`
	// Staple is the stapled OCSP response (DER, base64).
	Staple string `json:"staple,omitempty"`
	// SCTs are the signed certificate timestamps that came in the handshake.
	// Those in the certificate and in the staple are read from there.
	SCTs []string `json:"scts,omitempty"`
	// ClientCertificate is present when the server asked for one.
	ClientCertificate *ClientCertificateRequest `json:"clientCertificate,omitempty"`
	// SecureRenegotiation (RFC 5746) and ExtendedMasterSecret (RFC 7627) tell
	// whether the server supports them; absent when it was not seen, and in
	// TLS 1.3, which has neither.
	SecureRenegotiation  *bool `json:"secureRenegotiation,omitempty"`
	ExtendedMasterSecret *bool `json:"extendedMasterSecret,omitempty"`
	// Ticket tells whether the server offered a session ticket (RFC 5077, or
	// RFC 8446, section 4.6.1); absent when it was not seen.
	Ticket *bool `json:"ticket,omitempty"`
	// SessionID tells whether the server gave a session id to resume by, before
	// TLS 1.3; absent when it was not seen.
	SessionID *bool `json:"sessionID,omitempty"`
	// Session can be put into the Offer of a later request, to see whether the
	// server resumes (base64, opaque).
	Session string `json:"session,omitempty"`
	// Resumed tells that the session of the offer was resumed.
	Resumed bool `json:"resumed,omitempty"`
	// Compression tells that the server chose to compress, which it should
	// never do (CRIME).
	Compression bool `json:"compression,omitempty"`
	// ServerTime is the server's clock, where its random begins with a time
	// near the client's (RFC 5246, section 7.4.1.2); RFC 3339.
	ServerTime string `json:"serverTime,omitempty"`
	// Extensions are the extension types that the server sent, in order, those
	// of TLS 1.3's EncryptedExtensions after those of the ServerHello.
	Extensions []uint16 `json:"extensions,omitempty"`
	// Alerts are the alerts of both sides.
	Alerts []Alert `json:"alerts,omitempty"`
	// Timings tell how long each step took.
	Timings []Timing `json:"timings,omitempty"`
	// Sent and Received count the bytes on the wire, STARTTLS included.
	Sent     int `json:"sent"`
	Received int `json:"received"`
}

// HandshakeFailed says why a handshake went no further.
type HandshakeFailed struct {
	Class Class `json:"class"`
	// Detail is one plain sentence with the names and values at fault.
	Detail string `json:"detail"`
}

// A CodePoint is a number of an IANA registry, with its name there.
type CodePoint struct {
	ID uint16 `json:"id"`
	// Name is as in "X25519MLKEM768"; "0x1234" when the registry has none.
	Name string `json:"name"`
}

// A Suite is one cipher suite.
type Suite struct {
	ID uint16 `json:"id"`
	// Name is IANA's, as in "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256".
	Name string `json:"name"`
	// OpenSSL is OpenSSL's name, as in "ECDHE-RSA-AES128-GCM-SHA256"; empty
	// where it has none.
	OpenSSL string `json:"openssl,omitempty"`
}

// A ClientCertificateRequest is what a server said about the client certificate
// that it wants.
type ClientCertificateRequest struct {
	// Types are the certificate types up to TLS 1.2 (RFC 5246, section 7.4.4),
	// as in "rsa_sign".
	Types []string `json:"types,omitempty"`
	// SignatureAlgorithms are the schemes that it takes.
	SignatureAlgorithms []CodePoint `json:"signatureAlgorithms,omitempty"`
	// Authorities are the names of the CAs that it takes, in the spelling of
	// RFC 4514; AuthoritiesDER are the same as sent (base64).
	Authorities    []string `json:"authorities,omitempty"`
	AuthoritiesDER []string `json:"authoritiesDER,omitempty"`
}

// A Timing is how long one step took.
type Timing struct {
	Step Step `json:"step"`
	// Milliseconds is a duration; the clock of the edge may stand still between
	// inputs and outputs, and is then 0.
	Milliseconds float64 `json:"milliseconds"`
}
