package report

// A Fix is one way to put the failure right. The safe ones come first, and none
// switches verification off.
type Fix struct {
	// ID is the stable name, as in "server-chain-nginx".
	ID string `json:"id"`
	// Title is an instruction, as in "Send the whole chain with nginx".
	Title string `json:"title"`
	// Audience is who can do it: "server", "client" or "ca".
	Audience string `json:"audience"`
	// Platform is the program or system that it is for, as in "nginx"; empty
	// when it is for all.
	Platform string `json:"platform,omitempty"`
	// Risk says in a sentence what it changes for others, or gives up; empty
	// when nothing.
	Risk string `json:"risk,omitempty"`
	// Commands are lines for a shell, or lines of a configuration, each a block
	// to be copied whole. Names from the paste are quoted in them.
	Commands []string `json:"commands,omitempty"`
	// Explanation says why it helps, in a few plain sentences.
	Explanation string `json:"explanation"`
}

// An Alternative is one cause that the evidence leaves possible.
type Alternative struct {
	Class Class `json:"class"`
	// Summary is one plain sentence.
	Summary string `json:"summary"`
	// Decide is what would tell it from the others: one thing to paste or to run.
	Decide string `json:"decide,omitempty"`
	// Command is that thing, where it is a command.
	Command string `json:"command,omitempty"`
}

// A HelpPage explains one failure class or one code of one client.
type HelpPage struct {
	// Path is its address inside of the product, as in "openssl/20" or
	// "missing_intermediate".
	Path  string `json:"path"`
	Title string `json:"title"`
	Class Class  `json:"class"`
	// Meaning says in a few sentences what is wrong.
	Meaning string `json:"meaning"`
	// Causes are the usual ones, the likeliest first.
	Causes []Alternative `json:"causes"`
	// Sayings are the words of each client for it.
	Sayings []Saying `json:"sayings"`
	Fixes   []Fix    `json:"fixes"`
}

// A Saying is how one client words a failure.
type Saying struct {
	Client string `json:"client"`
	// Versions are those for which it holds; empty when not known.
	Versions string `json:"versions,omitempty"`
	// Text is exact, but for what stands in angle brackets; empty when Accepts.
	Text string `json:"text,omitempty"`
	// Accepts tells that the client does not complain at all.
	Accepts bool `json:"accepts,omitempty"`
	// Source says how the wording is known, as in "measured with curl 7.88.1".
	Source string `json:"source"`
}
