package client

import (
	"cmp"
	"slices"
	"strings"

	"certlens/internal/report"
)

// An event is one error, put together from the texts that stand near each other
// about it: npm passes on what Node.js says, which passes on what OpenSSL says.
type event struct {
	main       hit // what says most
	start, end int // of the whole in the input
	shown      int // where the text to show begins
	wrappers   []string
	keys       []string
	count      int
	named      // what all the texts name
}

// name tells errors apart: what says most, who passed it on, and the host where it
// is named.
func (e *event) name() string {
	id := []string{e.main.client, e.main.code, string(e.speaker), e.host}
	if len(e.main.texts) > 0 {
		id = append(id, e.main.texts[0])
	}
	return strings.Join(append(id, e.wrappers...), "\x00")
}

// libraries are the clients whose words other programs pass on; own are the
// programs that have libraries of their own, and platform those that use what the
// operating system has.
var (
	libraries = [...]string{"openssl", "gnutls", "boringssl", "windows", "apple", "system", "tls"}
	own       = [...]string{"go", "java", "chrome", "firefox", "rust"}
	platform  = [...]string{"curl", "dotnet", "go", "chrome", "rust"}
)

func isLibrary(client string) bool { return slices.Contains(libraries[:], client) }

// passesOn tells whether a program can have passed on what a library says.
func passesOn(program, library string) bool {
	switch {
	case library == "system" || library == "tls":
		return true
	case isLibrary(program) || !isLibrary(library):
		return false
	case library == "windows" || library == "apple":
		return slices.Contains(platform[:], program)
	}
	return !slices.Contains(own[:], program)
}

// joins tells whether a later event is about the same error as e.
func (e *event) joins(o *event) bool {
	a, b := e.main, o.main
	gap := o.start - e.end
	hosts := e.host == "" || o.host == "" || e.host == o.host
	agree := slices.Contains(a.classes, b.classes[0]) || slices.Contains(b.classes, a.classes[0])
	switch {
	case !hosts || !agree:
		return false
	case a.key() != "" && a.key() == b.key():
		return gap <= far
	case a.row == b.row:
		return gap <= far && e.host == o.host
	case a.key() == "openssl/20" && b.key() == "openssl/21":
		return gap <= near // openssl says 20, and 21 when it looked in vain
	case a.kind == b.kind && a.key() != "" && b.key() != "":
		return gap <= near && a.kind == "apple" // one error has several numbers there
	case a.client != b.client:
		return gap <= near && (passesOn(a.client, b.client) || passesOn(b.client, a.client)) && !o.startsAnew(e)
	}
	return gap <= far && len(a.classes) != len(b.classes) && (len(a.classes) > 1 || len(b.classes) > 1)
}

// startsAnew tells whether an event has a program in front of it that the one
// before does not have.
func (e *event) startsAnew(before *event) bool {
	for _, w := range e.wrappers {
		if !slices.Contains(before.wrappers, w) && w != before.main.client {
			return true
		}
	}
	return false
}

// join takes what another event about the same error says.
func (e *event) join(o *event) {
	a, b := e.main, o.main
	if outranks(b, a) || a.row == b.row && a.client == "tls" || a.role != 'd' && len(b.classes) < len(a.classes) || a.key() == "openssl/20" && b.key() == "openssl/21" {
		e.main, e.shown = b, o.shown
		e.wrap(a)
		e.keys, o.keys = o.keys, e.keys
	} else {
		e.wrap(b)
	}
	e.end = max(e.end, o.end)
	e.union(o)
}

// union takes what another event adds to this one.
func (e *event) union(o *event) {
	for _, w := range o.wrappers {
		e.addWrapper(w)
	}
	for _, k := range o.keys {
		e.keys = appendName(e.keys, k)
	}
	e.names(o.named)
}

// take adds a text that only passes on.
func (e *event) take(h hit) {
	e.end = max(e.end, h.end)
	e.wrap(h)
	e.capture(h)
	e.addKey(h.row)
}

// wrap names the program of a text that passes on.
func (e *event) wrap(h hit) {
	if !isLibrary(h.client) {
		e.addWrapper(h.client)
	}
}

func (e *event) addWrapper(client string) {
	if client != e.main.client {
		e.wrappers = appendName(e.wrappers, client)
	}
}

// appendName adds a name that is not in a list, unless it is full.
func appendName(list []string, name string) []string {
	if name == "" || len(list) >= maxNames || slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

func (e *event) addKey(r *row) { e.keys = appendName(e.keys, r.key()) }

// capture keeps what a text names. A text that only passes on, of a program that
// makes connections, may stand in the log of one that takes them.
func (e *event) capture(h hit) {
	if h.named.speaker == report.SideClient && h.role != 0 {
		h.named.speaker = ""
	}
	e.names(h.named)
}

// A named is what texts name.
type named struct {
	host, file, subject string
	port                int
	depth               int // -1 when unknown
	speaker             report.Side
}

// speakers are in the order in which one counts rather than another: most texts
// come from libraries that do not know for whom they speak.
var speakers = [...]report.Side{"", report.SideClient, report.SideServer, report.SideGateway}

// names takes what is not known yet.
func (n *named) names(o named) {
	if n.host == "" {
		n.host = o.host
	}
	if n.port == 0 && n.host == o.host {
		n.port = o.port
	}
	n.file = cmp.Or(n.file, o.file)
	n.subject = cmp.Or(n.subject, o.subject)
	if n.depth < 0 {
		n.depth = o.depth
	}
	if slices.Index(speakers[:], o.speaker) > slices.Index(speakers[:], n.speaker) {
		n.speaker = o.speaker
	}
}
