package report

// A Class names a kind of failure. The same names are used in every place where
// a failure is named: paths, diagnosis, documentation, URLs.
type Class string

// The classes. OK is not a failure: it is the diagnosis of a chain that has none.
const (
	OK                   Class = "ok"
	Expired              Class = "expired"
	NotYetValid          Class = "not_yet_valid"
	SelfSigned           Class = "self_signed"
	SelfSignedInChain    Class = "self_signed_in_chain"
	UnknownRoot          Class = "unknown_root"
	MissingIntermediate  Class = "missing_intermediate"
	HostnameMismatch     Class = "hostname_mismatch"
	IPMismatch           Class = "ip_mismatch"
	NoSAN                Class = "no_san"
	ExpiredIntermediate  Class = "expired_intermediate"
	ExpiredRoot          Class = "expired_root"
	WeakKey              Class = "weak_key"
	WeakSignature        Class = "weak_signature"
	WrongPurpose         Class = "wrong_purpose"
	IssuerNotCA          Class = "issuer_not_ca"
	PathLength           Class = "path_length"
	NameConstraint       Class = "name_constraint"
	UnknownCritical      Class = "unknown_critical"
	BadSignature         Class = "bad_signature"
	Malformed            Class = "malformed"
	Revoked              Class = "revoked"
	RevocationUnknown    Class = "revocation_unknown"
	Distrusted           Class = "distrusted"
	CTRequired           Class = "ct_required"
	ProtocolVersion      Class = "protocol_version"
	NoSharedCipher       Class = "no_shared_cipher"
	ClientCertRequired   Class = "client_cert_required"
	ClientCertRejected   Class = "client_cert_rejected"
	PlainHTTP            Class = "plain_http"
	WrongProtocol        Class = "wrong_protocol"
	Closed               Class = "closed"
	Reset                Class = "reset"
	Refused              Class = "refused"
	Timeout              Class = "timeout"
	DNS                  Class = "dns"
	PinMismatch          Class = "pin_mismatch"
	StapleMissing        Class = "staple_missing"
	CAFileUnreadable     Class = "ca_file_unreadable"
	ClientCertUnreadable Class = "client_cert_unreadable"
	Interception         Class = "interception"
	ClockSkew            Class = "clock_skew"
	HandshakeFailure     Class = "handshake_failure"
	UnrecognizedName     Class = "unrecognized_name"
	ALPN                 Class = "alpn"
	Other                Class = "other"
)

// A Severity says how bad a finding is.
type Severity string

// The severities, worst first. The exit status of the terminal is 1 when there
// is an error.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Notice  Severity = "notice"
	Info    Severity = "info"
)

// A Path is one way from the leaf towards a trust anchor (RFC 5280, section 6).
type Path struct {
	// Store is the name of the store that holds the anchor; empty when the path
	// ends without one.
	Store string `json:"store,omitempty"`
	// Certificates are the ids, leaf first, anchor last. A path that ends
	// without an anchor holds what could be found.
	Certificates []string `json:"certificates"`
	// Trusted is true when the path ends in an anchor and has no problems.
	Trusted bool `json:"trusted"`
	// Problems are all the reasons why a client should refuse the path, in the
	// order of the path, not only the first.
	Problems []PathProblem `json:"problems"`
}

// A PathProblem is one reason why a path fails.
type PathProblem struct {
	Class Class `json:"class"`
	// Certificate is the id of the certificate at fault; for a missing issuer,
	// of the certificate whose issuer is missing.
	Certificate string `json:"certificate"`
	// Detail is one plain sentence with the names and values at fault.
	Detail string `json:"detail"`
	// Rule is where a reader can look it up, as in
	// "RFC 5280, section 6.1.3 (a)(2)".
	Rule string `json:"rule"`
}

// A Revocation is what one pasted list or response says about one certificate.
type Revocation struct {
	// Certificate is the id of the certificate.
	Certificate string `json:"certificate"`
	// Object is the index into Report.Objects plus one.
	Object int `json:"object"`
	// Status is "good", "revoked" or "unknown".
	Status string `json:"status"`
	// Verified tells that the signature is good and that its maker may speak
	// for the certificate. Only then does a revocation make a path fail.
	Verified bool `json:"verified"`
	// Current tells that the list or response is neither too new nor too old
	// for Report.At.
	Current bool `json:"current"`
	// Detail says it in plain sentences with names and dates.
	Detail string `json:"detail"`
	// Rule is where a reader can look it up.
	Rule string `json:"rule"`
}

// A Finding is one statement of a rule about a certificate, another object or
// the chain.
type Finding struct {
	// ID is the stable name of the rule, as in "w_chain_root_included".
	ID       string   `json:"id"`
	Severity Severity `json:"severity"`
	// Title is what the rule says.
	Title string `json:"title"`
	// Detail is what was found here; may be empty.
	Detail string `json:"detail,omitempty"`
	// Source is who wrote the rule, as in "CABF_BR", "RFC5280", "certlens".
	Source string `json:"source"`
	// Citation is where a reader can look it up.
	Citation string `json:"citation"`
	// Effective is the date from which the rule holds (YYYY-MM-DD); empty when
	// it always did.
	Effective string `json:"effective,omitempty"`
	// Certificate is the id of the certificate; empty for findings about the
	// chain as a whole or about another object.
	Certificate string `json:"certificate,omitempty"`
	// Object is the index into Report.Objects plus one, for findings about
	// something that is not a certificate; 0 otherwise.
	Object int `json:"object,omitempty"`
	// Where is the place in the input, where that is narrower than the whole
	// object.
	Where *Where `json:"where,omitempty"`
}

// A LintRun says which rules were run over one object, and counts the outcomes.
type LintRun struct {
	// Certificate is the id of the certificate; empty for another object or for
	// the chain.
	Certificate string `json:"certificate,omitempty"`
	// Object is the index into Report.Objects plus one; 0 for a certificate or
	// the chain.
	Object int `json:"object,omitempty"`
	// Profile is the set of rules: "webpki", "rfc5280", "smime", "codesign",
	// "private", or "chain" for the rules over the whole chain.
	Profile string `json:"profile"`
	// Reason says why this profile was chosen, in a sentence.
	Reason string `json:"reason"`
	// Linter is the program that ran, with its version, as in "zlint v3.7.3".
	Linter string     `json:"linter"`
	Counts LintCounts `json:"counts"`
}

// LintCounts counts the outcomes of a run. Only errors, warnings and notices
// are listed as findings.
type LintCounts struct {
	Pass int `json:"pass"`
	// NotApplicable counts rules about other kinds of certificates.
	NotApplicable int `json:"notApplicable"`
	// NotEffective counts rules that did not hold yet, or no longer held, when
	// the certificate was issued.
	NotEffective int `json:"notEffective"`
	Notice       int `json:"notice"`
	Warning      int `json:"warning"`
	// Error counts errors, and rules that could not be evaluated.
	Error int `json:"error"`
}

// A Diagnosis is the verdict: the one thing that a person should read.
type Diagnosis struct {
	// Class is the main failure, or "ok" when none was found.
	Class Class `json:"class"`
	// Severity is "error" when clients will refuse, "warning" when some may,
	// "notice" when something should be done, "info" when all is well.
	Severity Severity `json:"severity"`
	// Certificate is the id of the certificate at fault, if it is one.
	Certificate string `json:"certificate,omitempty"`
	// Summary is one plain sentence.
	Summary string `json:"summary"`
	// Action is the one thing to do, as an instruction; empty when there is
	// nothing to do.
	Action string `json:"action,omitempty"`
	// Confidence is "certain" when the pasted bytes prove it, "likely" when
	// they suggest it, "unknown" when they leave it open.
	Confidence string `json:"confidence"`
	// Alternatives are the causes that the evidence leaves possible, the likeliest
	// first; empty when it proves one.
	Alternatives []Alternative `json:"alternatives,omitempty"`
	// Causes are all failures that were found, the main one first.
	Causes []Cause `json:"causes"`
}

// A Cause is one failure that a path, the host name or a transcript shows.
type Cause struct {
	Class Class `json:"class"`
	// Certificate is the id of the certificate at fault, if it is one.
	Certificate string `json:"certificate,omitempty"`
	// Summary is one plain sentence.
	Summary string `json:"summary"`
	// From says what shows it: "path", "host", "handshake", "transcript", "key" (a
	// private key beside the certificate) or "error" (the text of a program's error).
	From string `json:"from"`
	// Rule is where a reader can look it up; empty when it is only a report of
	// what a tool said.
	Rule string `json:"rule,omitempty"`
}
