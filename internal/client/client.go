// Package client knows what programs say when TLS or a certificate fails: one
// catalogue of error texts, used in both directions. Recognise finds the texts in
// what was pasted and says what they mean; Says gives the words of each client for
// a failure; Lookup explains an error by its key.
//
// House rules:
//
//   - The texts are tables (see family). A new error is a new line.
//   - Time is linear in the input and memory does not grow with it, whatever it
//     holds: see block, and the lengths that holes may have.
//   - A text says what it proves and what it leaves open; where it leaves several
//     failures possible, they stand in order of likelihood.
//   - The most specific text of an error counts, and the programs that passed it
//     on are named; errors that only stand near each other are kept apart.
//   - Nothing is read from the tables, and nothing compiled, before it is needed.
package client

import (
	"bytes"
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"certlens/internal/report"
)

// The limits that keep hostile input from costing memory.
const (
	// MaxBytes is how much of a text is read, in bytes.
	MaxBytes = 64 << 20
	// MaxMatches is how many different errors are given for one text.
	MaxMatches = 500
	// maxText is the longest text that is echoed, and maxName the longest name
	// in it, in bytes.
	maxText = 512
	maxName = 255
)

// A Match is one error that was found; it is part of the contract.
type Match = report.ErrorText

// Recognise finds the error texts of programs anywhere in a text, in the order in
// which they stand.
func Recognise(text []byte) []Match {
	text = text[:min(len(text), MaxBytes)]
	if !hasWords(text) {
		return nil
	}
	f := finder{catalogue: load()}
	r := resolver{data: text, known: map[string]*event{}}
	for from := 0; from < len(text); {
		to := blockEnd(text, from)
		for _, h := range f.find(text, from, to) {
			r.add(h)
		}
		from = to
	}
	r.flush()
	slices.SortStableFunc(r.events, func(a, b *event) int { return cmp.Compare(a.shown, b.shown) })
	matches := make([]Match, 0, len(r.events))
	place := lines{data: text}
	for _, e := range r.events {
		matches = append(matches, e.match(text, &place))
	}
	return matches
}

// hasWords tells whether there is anything but PEM objects in a text: most pastes
// are certificates alone, and need no catalogue.
func hasWords(text []byte) bool {
	for {
		before, rest, found := bytes.Cut(text, []byte("-----BEGIN "))
		if len(bytes.TrimSpace(before)) > 0 || !found {
			return len(bytes.TrimSpace(before)) > 0
		}
		_, rest, ended := bytes.Cut(rest, []byte("-----END "))
		if !ended {
			return true
		}
		_, text, _ = bytes.Cut(rest, []byte("\n"))
	}
}

// blockEnd gives where the block ends that begins at from: at the end of a line
// where there is one near.
func blockEnd(text []byte, from int) int {
	to := min(from+blockSize, len(text))
	if i := bytes.LastIndexByte(text[to-min(overlap, to-from):to], '\n'); i >= 0 && to < len(text) {
		return to - min(overlap, to-from) + i + 1
	}
	return to
}

// A lines counts lines while it goes through a text.
type lines struct {
	data           []byte
	at, line, head int // line counts from 0; head is where it begins
}

// where gives the place of a span; spans come in order.
func (l *lines) where(start, end int) report.Where {
	for ; l.at < start; l.at++ {
		c := l.data[l.at]
		if c == '\n' || c == '\r' && (l.at+1 == len(l.data) || l.data[l.at+1] != '\n') {
			l.line, l.head = l.line+1, l.at+1
		}
	}
	return report.Where{Line: l.line + 1, Column: start - l.head + 1, Offset: start, Length: end - start}
}

// match gives an event as the report has it.
func (e *event) match(data []byte, place *lines) Match {
	h := e.main
	side := cmp.Or(e.speaker, h.speaker)
	classes := e.classes(side)
	end := max(h.end, e.shown)
	task, action := h.task, h.action
	if task == "" && isWellKept(e.host) && slices.Contains(cutOff[:], classes[0]) {
		task, action = "reach", "Look at the proxy, firewall or VPN on the way first: "+e.host+" itself is rarely the cause."
	}
	return Match{
		Client: h.client, Wrappers: outermost(e.wrappers, h.client), Code: h.code, Keys: e.keys,
		Text: clean(string(data[e.shown:min(end, e.shown+4*maxText)]), maxText), Class: classes[0], Possible: classes[1:],
		Side: side, Host: e.host, Port: e.port, File: e.file, Subject: e.subject, Depth: e.depth,
		Where: place.where(e.shown, end), Count: e.count,
		Proves: proves(h.row, classes, side), LeavesOpen: leavesOpen(h.row, classes), Source: h.source,
		Task: task, Action: action,
	}
}

// classes narrows down what the text means by what else is known.
func (e *event) classes(side report.Side) []report.Class {
	h := e.main
	list := h.classes
	if h.kind == "openssl" && len(h.code) < 4 {
		list = atDepth(list, h.row.code, e.depth)
	}
	if side == report.SideServer && h.server != nil {
		list = h.server
	}
	_, err := netip.ParseAddr(e.host)
	switch {
	case list[0] == report.HostnameMismatch && err == nil:
		list = []report.Class{report.IPMismatch}
	case e.host != "" && list[0] == report.HostnameMismatch && err != nil:
		list = without(list, report.IPMismatch)
	case list[0] == report.PlainHTTP && slices.Contains(startsTLS[:], e.port):
		list = moveFirst(list, report.WrongProtocol)
	case isWellKept(e.host) && slices.Contains(cutOff[:], list[0]):
		list = moveFirst(list, report.Reset)
	case isWellKept(e.host) && (slices.Contains(list, report.Interception) || list[0] == report.SelfSigned):
		list = append([]report.Class{report.Interception}, without(without(list, report.MissingIntermediate), report.Interception)...)
	}
	return list
}

// wellKept are hosts that send whole chains under public roots. What fails there
// is on the way, or on the machine that complains.
const wellKept = " registry.npmjs.org registry.yarnpkg.com pypi.org files.pythonhosted.org github.com raw.githubusercontent.com repo.maven.apache.org repo1.maven.org plugins.gradle.org api.nuget.org rubygems.org index.crates.io proxy.golang.org registry-1.docker.io auth.docker.io download.docker.com api.openai.com repo.packagist.org repo.anaconda.com huggingface.co registry.terraform.io "

func isWellKept(host string) bool { return host != "" && strings.Contains(wellKept, " "+host+" ") }

// cutOff are the failures of a connection that came about, which a proxy or firewall
// on the way makes as well as a server.
var cutOff = [...]report.Class{report.Closed, report.Reset, report.Timeout, report.HandshakeFailure}

// startsTLS are ports on which TLS begins inside another protocol.
var startsTLS = [...]int{21, 25, 110, 119, 143, 389, 587, 1433, 3306, 5222, 5269, 5432}

func without(list []report.Class, c report.Class) []report.Class {
	return slices.DeleteFunc(slices.Clone(list), func(o report.Class) bool { return o == c })
}

func moveFirst(list []report.Class, c report.Class) []report.Class {
	if !slices.Contains(list, c) {
		return list
	}
	return append([]report.Class{c}, without(list, c)...)
}

// outermost orders the programs that passed an error on: git passes on what curl
// says.
func outermost(wrappers []string, client string) []string {
	list := slices.DeleteFunc(slices.Clone(wrappers), func(w string) bool { return w == client })
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	if len(list) == 0 {
		return nil
	}
	return list
}

// rank orders programs from the outside in.
func rank(client string) int {
	for i, inner := range [...]string{"requests", "urllib3", "urllib", "curl", "node", "python", "java", "go", "dotnet", "ruby", "php", "rust", "openssl", "gnutls", "windows", "apple"} {
		if inner == client {
			return i + 1
		}
	}
	return 0
}
