package report

// A Side is one end of a connection, for which an error text speaks.
type Side string

// The sides. SideClient makes the connection: it complains of the server, of the
// network, or of its own files. SideServer takes the connection: it complains of
// a client, or of its own files; "unknown ca" in its log means that a client does
// not trust it. SideGateway is a server that connects onward, and complains of
// the server behind it.
const (
	SideClient  Side = "client"
	SideServer  Side = "server"
	SideGateway Side = "gateway"
)

// An ErrorText is one error of a program, as it stood in what was pasted: in a
// terminal, a log, a stack trace, the page of a browser.
type ErrorText struct {
	// Client is the program or library whose words these are: "openssl",
	// "gnutls", "go", "java", "chrome" ...
	Client string `json:"client"`
	// Wrappers are the programs that passed the error on, outermost first, as in
	// "npm", "node". Fixes on the client's side are for the first of them.
	Wrappers []string `json:"wrappers,omitempty"`
	// Code is the client's own number or name for the error, as in "20", "60",
	// "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "0A000086", "0x800B0109". It is the
	// number of the alert where the text is about one. Empty when there is none.
	Code string `json:"code,omitempty"`
	// Keys are the names under which the catalogue explains the error, most
	// specific first, as in "openssl/20", "curl/60".
	Keys []string `json:"keys,omitempty"`
	// Text is what was printed, in one line, at most 512 bytes. Hostile text.
	Text string `json:"text"`
	// Class is the failure that the text proves, or, where it leaves several
	// possible, the most likely one.
	Class Class `json:"class"`
	// Possible are the failures that the text leaves possible instead, most
	// likely first.
	Possible []Class `json:"possible,omitempty"`
	// Side is the side that the text speaks for.
	Side Side `json:"side"`
	// Host and Port are those of the server, and File is a file, where the text
	// names them.
	Host string `json:"host,omitempty"`
	Port int    `json:"port,omitempty"`
	File string `json:"file,omitempty"`
	// Subject is the subject of the certificate, and Depth its place in the
	// chain, the leaf being 0, where the text names them; Depth is -1 where it
	// does not.
	Subject string `json:"subject,omitempty"`
	Depth   int    `json:"depth"`
	// Where is where the text stood, and Count how often; Where is the first
	// time. In is the name of its source, empty for what was pasted without one.
	Where Where  `json:"where"`
	In    string `json:"in,omitempty"`
	Count int    `json:"count"`
	// Proves says what the text proves, and LeavesOpen what it does not tell, in
	// sentences; LeavesOpen is empty when there is nothing.
	Proves     string `json:"proves"`
	LeavesOpen string `json:"leavesOpen,omitempty"`
	// Source says how the wording is known, as in "measured with curl 7.88.1".
	Source string `json:"source"`
	// Task and Action are what to do about this text, where that differs from what
	// is done about its class: the name of a task of the fixes, and a sentence.
	Task   string `json:"-"`
	Action string `json:"-"`
}
