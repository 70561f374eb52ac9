package intake

import (
	"bytes"
	"strings"
	"sync"
)

// Boundaries of PEM blocks: "-----BEGIN CERTIFICATE-----" (RFC 7468, section 2),
// and what mail, word processors and web pages make of it.

// A boundary is a BEGIN or END line, without what stands around it.
type boundary struct {
	start, end int
	begins     bool
	label      string
	mends      []mend
}

// boundaries remembers what the last searches found, so that all of them
// together read the text once.
type boundaries struct {
	from       int // where the search for next began
	next       boundary
	none       bool // there is none from here on
	begin, end int  // the next words at or after from
}

// boundary gives the first boundary at or after an offset.
func (t *text) boundary(from int) (boundary, bool) {
	b := &t.boundaries
	switch {
	case b.next.end > 0 && from >= b.from && from <= b.next.start:
		return b.next, true
	case b.none && from >= b.from:
		return boundary{}, false
	}
	if from < b.from || b.from == 0 {
		b.begin, b.end = -1, -1
	}
	b.from, b.next, b.none = from, boundary{}, false
	for at := from; ; {
		b.begin = nextWord(t.data, b.begin, at, "BEGIN")
		b.end = nextWord(t.data, b.end, at, "END")
		at = min(b.begin, b.end)
		if at == len(t.data) {
			b.none = true
			return boundary{}, false
		}
		if next, ok := boundaryAt(t.data, from, at); ok {
			b.next = next
			return next, true
		}
		at++
	}
}

// nextWord gives the offset of a word at or after pos, where known is an
// earlier answer; len(data) when there is none.
func nextWord(data []byte, known, pos int, word string) int {
	if known >= pos {
		return known
	}
	if i := bytes.Index(data[pos:], []byte(word)); i >= 0 {
		return pos + i
	}
	return len(data)
}

const (
	// exactDashes is how many there should be.
	exactDashes = 5
	// fewDashes is how many are enough around a label that is known. A word
	// processor makes one of two or three, which counts as much.
	fewDashes = 3
	// longDash is what a dash that is not a hyphen counts.
	longDash = 2
)

// boundaryAt reads the boundary whose BEGIN or END stands at the offset. What
// stands before from belongs to others.
func boundaryAt(data []byte, from, at int) (boundary, bool) {
	before := dashesBefore(data[from:at])
	if before.count < fewDashes {
		return boundary{}, false
	}
	b := boundary{start: at - before.n, begins: data[at] == 'B'}
	word := len("END")
	if b.begins {
		word = len("BEGIN")
	}
	rest := data[at+word:]
	label, n, odd := readLabel(rest)
	after := dashesAfter(rest[n:])
	b.end = at + word + n + after.n
	exact := odd == "" && before.exact && after.exact
	if exact {
		b.label = label
		return b, !strings.Contains(redact(label), withheld)
	}
	if b.label = canonical(label); b.label == "" || after.count < fewDashes && !endsLine(rest[n:]) {
		return boundary{}, false
	}
	for _, kind := range [...]string{before.kind, odd, after.kind} {
		if kind != "" {
			b.mends = append(b.mends, mend{kind, b.start})
		}
	}
	return b, true
}

// endsLine tells whether nothing more stands on the line.
func endsLine(rest []byte) bool {
	rest = bytes.TrimLeft(rest[:min(len(rest), 8)], " \t")
	return len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r'
}

// A row is a row of dashes.
type row struct {
	n, count int
	exact    bool // five hyphens, or five of more that others share
	kind     string
}

// dashSpellings are the dashes that are told backwards, by their last byte.
var dashSpellings = []string{
	"-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uFE58", "\uFE63", "\uFF0D",
	"&#45;", "&#x2d;", "&#x2D;", "&#8211;", "&#8212;", "&#x2013;", "&#x2014;", "&ndash;", "&mdash;", "&minus;",
	"%2D", "%2d", "=2D", "%E2%80%93", "%E2%80%94", `\-`, `\u002d`, `\u002D`, `\u2013`, `\u2014`,
}

// maxRow is the longest row of dashes that is followed, in bytes.
const maxRow = 128

// dashesBefore reads the row of dashes that ends where data does. One space, or
// what does not show, may stand behind it.
func dashesBefore(data []byte) row {
	var r row
	data = data[max(0, len(data)-maxRow):]
	all := len(data)
	if n := len(data); n > 1 && data[n-1] == ' ' {
		data, r.kind = data[:n-1], "label"
	}
	for _, s := range []string{"\u200B", "\u200C", "\u200D", "\uFEFF", "\u2060", "\u00AD"} {
		if rest, ok := bytes.CutSuffix(data, []byte(s)); ok {
			data, r.kind = rest, "zero-width"
		}
	}
	for {
		s := lastDash(data)
		if s == "" {
			break
		}
		if s == `-` && bytes.HasSuffix(data, []byte(`\-`)) {
			s = `\-`
		}
		data = data[:len(data)-len(s)]
		r.add(s)
	}
	r.n = all - len(data)
	r.finish()
	return r
}

func lastDash(data []byte) string {
	for _, s := range dashSpellings {
		if n := len(data); n > 0 && data[n-1] == s[len(s)-1] && bytes.HasSuffix(data, []byte(s)) {
			return s
		}
	}
	return ""
}

// dashesAfter reads the row of dashes at the start of data. Five of them that
// also open the next boundary are left to it.
func dashesAfter(data []byte) row {
	var r row
	for r.n < min(len(data), maxRow) {
		if data[r.n] == '-' {
			r.add("-")
			r.n++
			continue
		}
		s := spelled(data[r.n:])
		if s.char != '-' || s.n == 0 {
			break
		}
		r.add(string(data[r.n : r.n+s.n]))
		r.n += s.n
	}
	if rest := data[r.n:]; r.count >= 2*exactDashes && (bytes.HasPrefix(rest, []byte("BEGIN")) || bytes.HasPrefix(rest, []byte("END"))) {
		r.n -= exactDashes
		r.count -= exactDashes
	}
	r.finish()
	return r
}

// add counts one dash as it is spelled.
func (r *row) add(s string) {
	switch {
	case s == "-":
		r.count++
	case s[0] >= 0x80 || len(s) > 7 || s == "&ndash;" || s == "&mdash;" || s == "&#8211;" || s == "&#8212;" || s[0] == '\\' && len(s) > 4 && s[2] == '2':
		r.count += longDash
	default:
		r.count++
	}
	if s != "-" {
		r.kind = spelled([]byte(s)).kind
	}
}

// finish decides whether the row is as it should be.
func (r *row) finish() {
	r.exact = r.kind == "" && r.count == exactDashes
	if r.kind == "" && !r.exact {
		r.kind = "dashes"
	}
}

const (
	// maxLabel is the longest label that is believed, in bytes.
	maxLabel = 64
	// maxSpelled is how many bytes it may take to spell it.
	maxSpelled = 256
)

// readLabel reads the label up to the dashes; odd is the repair where it is not
// written as it should be. Letters are made capitals, spaces single.
func readLabel(data []byte) (label string, n int, odd string) {
	out := make([]byte, 0, maxLabel)
	spaces := 0
	for n < min(len(data), maxSpelled) && len(out) < maxLabel {
		c, size := data[n], 1
		if s := spelled(data[n:]); s.n > 0 && s.char != '-' && s.char != elided {
			c, size, odd = s.char, s.n, s.kind
		}
		if c == '+' || c == '_' && len(out) == 0 {
			c, odd = ' ', "url-encoding" // forms write spaces so
		}
		switch {
		case c == 0:
		case c == ' ' || c == '\t':
			spaces++
		case isLabel(c):
			if odd == "" && (spaces > 1 || spaces == 0 && len(out) == 0) {
				odd = "label"
			}
			if len(out) > 0 && spaces > 0 {
				out = append(out, ' ')
			}
			spaces = 0
			out = append(out, c)
		default:
			if odd == "" && (spaces > 0 || len(out) == 0) {
				odd = "label"
			}
			return strings.ToUpper(string(out)), n, odd
		}
		n += size
	}
	return strings.ToUpper(string(out)), n, "label"
}

func isLabel(c byte) bool {
	return c == '#' || c == '.' || c == '_' || c == '/' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// canonical gives the known label that this one is, when spaces were lost or
// added; "" when there is none.
func canonical(label string) string {
	if known, ok := squeezed()[strings.ReplaceAll(label, " ", "")]; ok {
		return known
	}
	if isPrivate(label) {
		return label
	}
	return ""
}

// squeezed are the labels that are known, by their form without spaces.
var squeezed = sync.OnceValue(func() map[string]string {
	table := make(map[string]string)
	add := func(label string) { table[strings.ReplaceAll(label, " ", "")] = label }
	for label := range labels {
		add(label)
	}
	for label := range asides {
		add(label)
	}
	for _, label := range []string{
		"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "DH PRIVATE KEY",
		"X25519 PRIVATE KEY", "ED25519 PRIVATE KEY", "OPENSSH PRIVATE KEY", "ANY PRIVATE KEY", "PGP PRIVATE KEY BLOCK",
	} {
		add(label)
	}
	return table
})
