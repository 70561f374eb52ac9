package report

// A Scan is what many handshakes say about how a server speaks TLS. While it
// runs, it holds what is known so far.
type Scan struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	StartTLS string `json:"starttls,omitempty"`
	SNI      string `json:"sni,omitempty"`
	Vantage  string `json:"vantage,omitempty"`
	// Done tells that the scan has come to its end.
	Done bool `json:"done"`
	// Failure is why nothing could be scanned: the failure of the first
	// handshakes. Absent when the server speaks TLS.
	Failure *HandshakeFailed `json:"failure,omitempty"`
	// Handshakes counts the handshakes that were made, and Expected the number
	// that will have been made at the end, as far as can be told.
	Handshakes int `json:"handshakes"`
	Expected   int `json:"expected"`
	// Versions are the protocol versions, newest first.
	Versions []ScanVersion `json:"versions"`
	// Groups are the named groups that the server takes, in its order of
	// preference where it has one.
	Groups []ScanGroup `json:"groups"`
	// Certificates are the different chains that the server presents.
	Certificates []ScanChain `json:"certificates"`
	// NamePolicy says what the server does with server names; absent until seen.
	NamePolicy *ScanNames `json:"namePolicy,omitempty"`
	// Resumption says how sessions are resumed; absent until seen.
	Resumption *ScanResumption `json:"resumption,omitempty"`
	// FallbackSCSV tells whether the server refuses a downgrade (RFC 7507);
	// absent when it has one version only, or was not seen.
	FallbackSCSV *bool `json:"fallbackSCSV,omitempty"`
	// SecureRenegotiation and ExtendedMasterSecret are as in Handshake.
	SecureRenegotiation  *bool `json:"secureRenegotiation,omitempty"`
	ExtendedMasterSecret *bool `json:"extendedMasterSecret,omitempty"`
	// Compression tells whether the server compresses; absent when not seen.
	Compression *bool `json:"compression,omitempty"`
	// SHA1Signatures tells whether the server signs handshakes of TLS 1.2 with
	// SHA-1 for a client that wants nothing else (RFC 9155, section 4); absent
	// when not seen.
	SHA1Signatures *bool `json:"sha1Signatures,omitempty"`
	// Statements say what is obsolete or missing, worst first.
	Statements []ScanStatement `json:"statements"`
	// Profiles compare the server with Mozilla's recommended configurations.
	Profiles []ScanProfile `json:"profiles"`
	// PostQuantum says whether a current client's key exchange with the server
	// withstands a quantum computer.
	PostQuantum ScanPostQuantum `json:"postQuantum"`
}

// A ScanVersion is one protocol version.
type ScanVersion struct {
	Version  uint16 `json:"version"`
	Protocol string `json:"protocol"`
	// Supported is "yes", "no", or "unknown" with the reason in Detail.
	Supported string `json:"supported"`
	Detail    string `json:"detail,omitempty"`
	// Suites are the suites that the server takes, in its order of preference
	// where it has one.
	Suites []ScanSuite `json:"suites,omitempty"`
	// Order says whose preference decides: "server", "client", or "unknown".
	Order string `json:"order,omitempty"`
}

// A ScanSuite is one suite that a server takes.
type ScanSuite struct {
	Suite `tstype:",extends"`
	// Group is the group that the server chose with it, DHBits the size of the
	// prime of a finite-field exchange.
	Group  *CodePoint `json:"group,omitempty"`
	DHBits int        `json:"dhBits,omitempty"`
	// Weakness says what is wrong with the suite in a few words; empty when
	// nothing is. Severity is that of the statement about it.
	Weakness string   `json:"weakness,omitempty"`
	Severity Severity `json:"severity,omitempty"`
}

// A ScanGroup is one named group that a server takes.
type ScanGroup struct {
	CodePoint `tstype:",extends"`
	// Versions are the protocol versions in which it was seen.
	Versions []uint16 `json:"versions"`
	// PostQuantum tells that it withstands a quantum computer.
	PostQuantum bool `json:"postQuantum,omitempty"`
}

// A ScanChain is one chain that a server presents, and when.
type ScanChain struct {
	// When says under which offers it came, as in "RSA", "ECDSA",
	// "without a server name".
	When []string `json:"when"`
	// Certificates are as sent (DER, base64).
	Certificates []string `json:"certificates"`
}

// ScanNames says what a server does with server names (RFC 6066, section 3).
// Each is "same" for the chain that the name itself gives, "other" for another
// chain, "refused" with an alert or a closed connection, or "unknown".
type ScanNames struct {
	WithoutName string `json:"withoutName"`
	UnknownName string `json:"unknownName"`
}

// ScanResumption says how a server resumes sessions: each is "yes", "no",
// "offered" (the server gave a session, which was not tried), "declined" (it gave
// one, and did not take it back), "unknown", or empty where the server does not speak such a version.
type ScanResumption struct {
	TLS13   string `json:"tls13"`
	Ticket  string `json:"ticket"`
	Session string `json:"session"`
}

// A ScanStatement is one thing that a scan shows and a reader should know.
type ScanStatement struct {
	// ID is the stable name, as in "e_scan_tls10".
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	Title    string   `json:"title"`
	Detail   string   `json:"detail,omitempty"`
	// Citation is where a reader can look it up, as in
	// "RFC 8996, section 2".
	Citation string `json:"citation"`
}

// A ScanProfile compares a server with one of Mozilla's recommended
// configurations ("modern", "intermediate", "old").
type ScanProfile struct {
	Name string `json:"name"`
	// Meets tells that nothing would have to change. A server that is stricter
	// than the profile meets it too.
	Meets bool `json:"meets"`
	// Differences say what would have to change, in sentences.
	Differences []string `json:"differences"`
	// Source says which edition of the recommendation was compared.
	Source string `json:"source"`
	// Configurations are server configurations that meet the profile.
	Configurations []ServerConfiguration `json:"configurations"`
}

// A ServerConfiguration is what to put into the configuration of one program.
type ServerConfiguration struct {
	// Platform is as in "nginx".
	Platform string `json:"platform"`
	// Text is the configuration, ready to be copied.
	Text string `json:"text"`
}

// ScanPostQuantum is the answer to one question, with its reason.
type ScanPostQuantum struct {
	// Ready is "yes", "no" or "unknown".
	Ready string `json:"ready"`
	// Detail is one plain sentence.
	Detail string `json:"detail"`
}
