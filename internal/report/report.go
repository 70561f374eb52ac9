// Package report is the contract of certlens: plain data that every face (page,
// element, terminal, JSON) shows, and nothing else. It imports nothing of ours,
// computes nothing, and its field names are what outside users rely on.
//
// House rules of the contract:
//
//   - Times are strings in RFC 3339, UTC, whole seconds ("2026-11-20T16:20:32Z").
//   - Hashes and serial numbers are lower-case hexadecimal without separators.
//   - DER is standard base64 (RFC 4648, section 4) without line breaks.
//   - A certificate is referred to by its id, the SHA-256 of its DER.
//   - Text that came from a certificate is hostile: a face must show it as text.
//   - Lists are in a fixed order; the same input at the same time gives the
//     same bytes. Nothing in a report depends on how long the work took.
//
// The TypeScript types (web/src/engine/report.gen.ts) and the JSON Schema
// (docs/report.schema.json) are generated from this package, comments included.
package report

// Version is the version of the contract. It changes when a field changes its
// meaning or goes away, not when one is added.
const Version = "1"

// A Report is everything that one analysis found. An analysis always gives a
// report: a broken certificate is a result, not an error.
type Report struct {
	// Version is the version of the contract, now "1".
	Version string `json:"version"`
	// At is the time for which everything was judged (RFC 3339).
	At string `json:"at"`
	// Host is the host name or IP address that the certificate should be good
	// for: as asked for, or else as read from a transcript. Empty when unknown.
	Host string `json:"host,omitempty"`
	// HostFrom says where Host came from: "request", "handshake", "transcript"
	// or "error".
	HostFrom string `json:"hostFrom,omitempty"`
	// Purpose is what the leaf was judged for: "server", "client", "email",
	// "code-signing", "time-stamping", "ocsp", "issuing" for a CA that is looked
	// at for its own sake, or "any"; empty when there is no leaf.
	Purpose string `json:"purpose,omitempty"`
	// Truncated is true when a limit, or a cancellation, left something of the
	// input unread or unsaid; Notes and the notes of Inputs say what.
	Truncated bool `json:"truncated,omitempty"`
	// Notes say what was left out, in sentences.
	Notes []string `json:"notes,omitempty"`
	// Stores are the trust stores that paths were checked against.
	Stores []Store `json:"stores"`
	// Inputs are the pieces recognised in what was pasted, in order.
	Inputs []Input `json:"inputs"`
	// Certificates are the distinct certificates, in order of first appearance;
	// trust anchors that a path uses follow the pasted ones.
	Certificates []Certificate `json:"certificates"`
	// Served are the certificate ids in the order in which they were presented,
	// duplicates included. The leaf is Served[0] unless the order is wrong,
	// which is then a finding.
	Served []string `json:"served"`
	// Objects are the things recognised that are not certificates: requests,
	// revocation lists, OCSP responses, keys.
	Objects []Object `json:"objects,omitempty"`
	// Revocations are what pasted revocation lists and OCSP responses say about
	// the certificates. Nothing is fetched.
	Revocations []Revocation `json:"revocations,omitempty"`
	// Transcripts are the tool runs found in the paste.
	Transcripts []Transcript `json:"transcripts,omitempty"`
	// Errors are the error texts of programs found in the paste, in order.
	Errors []ErrorText `json:"errors,omitempty"`
	// Handshake is what our own probe saw of a live server; absent when nobody
	// asked for one. Its certificates are those of Served.
	Handshake *Handshake `json:"handshake,omitempty"`
	// Scan is what many handshakes say about a live server; absent when nobody
	// asked for one.
	Scan *Scan `json:"scan,omitempty"`
	// Paths are the paths from the leaf towards a trust anchor, best first.
	Paths []Path `json:"paths"`
	// Bundle is the chain to install on the server, PEM, leaf first, without
	// the root. It is present when a trusted path was found.
	Bundle string `json:"bundle,omitempty"`
	// Lints says, for each object that was linted, which rules ran.
	Lints []LintRun `json:"lints"`
	// Findings are the statements of the rules, worst first.
	Findings []Finding `json:"findings"`
	// Diagnosis is the verdict in one sentence; absent when nothing was
	// recognised.
	Diagnosis *Diagnosis `json:"diagnosis,omitempty"`
	// Fixes are ways to put the diagnosed failure right, the safe one first.
	Fixes []Fix `json:"fixes,omitempty"`
	// Topics are the failures of which a text speaks in which nothing was
	// recognised, or those that concern the program that it names.
	Topics []Class `json:"topics,omitempty"`
}

// A Store is one set of trust anchors that paths were checked against.
type Store struct {
	// Name is the short name: "mozilla", or "user" for anchors that the user
	// supplied.
	Name string `json:"name"`
	// Title is the name for people, as in "Mozilla root store".
	Title string `json:"title"`
	// Source says where the data came from, with its version.
	Source string `json:"source"`
	// Date is the date of the data (YYYY-MM-DD); empty for user anchors.
	Date string `json:"date,omitempty"`
	// Anchors is the number of trust anchors.
	Anchors int `json:"anchors"`
}

// A Where is a place in the input. Lines and columns count from 1, columns in
// bytes; Offset counts bytes from 0.
type Where struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
	// Length is the number of bytes.
	Length int `json:"length"`
}

// An Input is one recognised piece of what was pasted.
type Input struct {
	// Kind is how the piece was written: "pem", "der", "base64", "hex", "pkcs7",
	// "pkcs12", "jks" (also JCEKS), "jwk", "ssh" (a public key of OpenSSH), "ppk"
	// (a key of PuTTY), "xml-key" (RSAKeyValue), "key-text" (a key as openssl
	// prints it); "text" (a certificate in words alone, which Note names); the
	// tool of a transcript, as in Transcript.Tool; "handshake" or "scan" (what a
	// live server said); or "unknown" (it looked like something, and could not be
	// read; Note says why).
	Kind string `json:"kind"`
	// Source is the name of the file that held the piece, or the host and port
	// of a live server; empty for a paste.
	Source string `json:"source,omitempty"`
	// Label is the PEM label ("CERTIFICATE") where there is one.
	Label string `json:"label,omitempty"`
	// Where is where the piece stood; all zero for a live server.
	Where Where `json:"where"`
	// Count is the number of objects it gave.
	Count int `json:"count"`
	// Certificates are the ids of the certificates that it gave, in order.
	Certificates []string `json:"certificates,omitempty"`
	// Repairs are the repairs that were needed to read it.
	Repairs []Repair `json:"repairs,omitempty"`
	// Secret is true when the piece holds a private key, or another secret: a
	// face that shows what was pasted must blank all of Where.
	Secret bool `json:"secret,omitempty"`
	// Password is "needed" when something in the piece is encrypted and no
	// password was given, "wrong" when none of those that were given fits.
	Password string `json:"password,omitempty"`
	// Note says what else a reader should know, in a sentence.
	Note string `json:"note,omitempty"`
}

// A Repair is one mending of damaged input.
type Repair struct {
	// Kind is a stable name, as in "crlf" or "end-line".
	Kind string `json:"kind"`
	// Line is the first line that was mended.
	Line int `json:"line"`
	// Detail says what was done, in a sentence.
	Detail string `json:"detail"`
}

// An Object is something recognised that is not a certificate.
type Object struct {
	// Kind is "csr", "crl", "ocsp", "private-key", "public-key" or "other".
	Kind string `json:"kind"`
	// ID is the SHA-256 of the DER, except for private keys, where it is the
	// SHA-256 of the public half (SPKI), or empty when that is unknown.
	ID string `json:"id,omitempty"`
	// Title is the name for people, as in "Certificate request".
	Title string `json:"title"`
	// Input is the index into Inputs of the piece that gave it.
	Input int `json:"input"`
	// Fields are its contents in words. A private key has none but its kind
	// and public fingerprint, ever.
	Fields []Field `json:"fields,omitempty"`
	// Problem says where decoding broke, if it did.
	Problem *Problem `json:"problem,omitempty"`
}
