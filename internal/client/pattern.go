package client

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
)

// A hole is a part of a text that varies, written as its name in braces.
type hole struct {
	name string
	// max is the longest that it may be, in bytes of the squeezed form.
	max int
	// has tells which bytes it may have; nil for all.
	has func(byte) bool
}

// holes are those that a text may have. What stands in "host", "port", "file",
// "dn" and "depth" is kept.
var holes = [...]hole{
	{"host", 255, isHost},
	{"port", 5, isDigit},
	{"file", 300, nil},
	{"dn", 400, nil},
	{"depth", 3, isDigit},
	{"n", 20, isDigit},
	{"sn", 20, func(c byte) bool { return isDigit(c) || c == '-' }},
	{"hex", 16, isHex},
	{"word", 80, isWord},
	{"time", 40, func(c byte) bool { return isHost(c) || c == '+' || c == ',' }},
	{"names", 2000, nil},
	{"any", 200, nil},
	{"rest", 200, nil},
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' }
func isWord(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c == '_' || c == '-' || c == '.'
}
func isHost(c byte) bool { return isWord(c) || c == ':' || c == '[' || c == ']' || c == '*' }

// A pattern is one wording of a text, ready to be looked for: literals with
// holes between them, the first of which is a literal.
type pattern struct {
	row *row
	// client speaks in these words, where that is not the row's.
	client string
	// read looks at what was found, for texts whose meaning stands in a number or
	// a name; nil where the text itself is the meaning.
	read  func(*finder, *hit) bool
	first []byte
	// words are the first literal as it is written: where it has a space, white
	// space has to stand.
	words string
	more  []piece
	// natural is true for a text of ordinary words, which counts only where a
	// message begins and ends.
	natural bool
	// exact is true for a name, which counts only as it is written.
	exact bool
	// bounds tell that the text begins or ends with a letter or a digit, next to
	// which no other may stand.
	bounds [2]bool
}

// A piece is a hole and the literal that follows it.
type piece struct {
	hole    *hole
	literal []byte
	words   string
}

// newPattern reads a text of the catalogue.
func newPattern(text string, r *row, s *press) pattern {
	p := pattern{row: r, natural: r.natural}
	literal, rest := cutHole(text)
	p.first, p.words = s.squeeze(literal), literal
	for rest != "" {
		var h *hole
		h, rest = holeOf(rest)
		literal, rest = cutHole(rest)
		p.more = append(p.more, piece{h, s.squeeze(literal), literal})
	}
	last := p.first
	if n := len(p.more); n > 0 {
		last = p.more[n-1].literal
	}
	p.bounds[0] = len(p.first) > 0 && isTight(p.first[0])
	p.bounds[1] = len(last) > 0 && isTight(last[len(last)-1])
	return p
}

// cutHole cuts a text before its first hole.
func cutHole(text string) (literal, rest string) {
	for i := range len(text) {
		if text[i] == '{' {
			if h, _ := holeOf(text[i:]); h != nil {
				return text[:i], text[i:]
			}
		}
	}
	return text, ""
}

// holeOf reads the hole at the start of a text; nil when there is none.
func holeOf(text string) (h *hole, rest string) {
	name, rest, ok := strings.Cut(text[1:], "}")
	for i := range holes {
		if ok && holes[i].name == name {
			return &holes[i], rest
		}
	}
	return nil, text
}

// match tells where the text ends that begins at i, and puts into h what stands in
// its holes.
func (p *pattern) match(b *block, i int, h *hit) (end int, ok bool) {
	if !bytes.HasPrefix(b.text[i:], p.first) || !b.spaced(i, p.words) {
		return 0, false
	}
	end = i + len(p.first)
	for _, m := range p.more {
		from := end
		if end, ok = m.match(b, from); !ok || !b.spaced(end-len(m.literal), m.words) {
			return 0, false
		}
		h.keep(b, m.hole.name, from, end-len(m.literal))
	}
	return end, p.bounded(b, i, end)
}

// match gives the end of the piece that begins at from. A hole is as short as
// can be; one at the end of a text goes on while its bytes do.
func (m piece) match(b *block, from int) (end int, ok bool) {
	rest := b.text[from:]
	if len(m.literal) == 0 {
		n := m.hole.length(b, from)
		return from + n, n > 0
	}
	rest = rest[:min(len(rest), m.hole.max+len(m.literal))]
	if m.hole.has != nil {
		n := 0
		for n < min(len(rest), m.hole.max) && m.hole.has(rest[n]) {
			n++
		}
		rest = rest[:min(len(rest), n+len(m.literal))]
	}
	n := bytes.Index(rest, m.literal)
	return from + n + len(m.literal), n > 0 || n == 0 && m.hole.has == nil
}

// length is how long a hole at the end of a text is: to the next white space, or
// to the end of the line where the hole may have any byte.
func (h *hole) length(b *block, from int) int {
	n := 0
	for ; n < h.max && from+n < len(b.text); n++ {
		if n > 0 && b.gap(from+n) && (h.has != nil || b.breaks(from+n)) {
			break
		}
		if h.has != nil && !h.has(b.text[from+n]) {
			break
		}
	}
	for h.has != nil && n > 0 && strings.IndexByte(".:-", b.text[from+n-1]) >= 0 {
		n-- // the end of a sentence is not part of a name
	}
	return n
}

// spaced tells whether white space stands, in the text that begins at i, wherever
// words has a space: "SSL error:" is not "SSLError:".
func (b *block) spaced(i int, words string) bool {
	for j := 0; j < len(words); j++ {
		switch {
		case words[j] != ' ':
			i++
		case i < len(b.text) && !b.gap(i):
			return false
		}
	}
	return true
}

// gap tells whether something was left out in front of byte i.
func (b *block) gap(i int) bool {
	return i > 0 && b.at[i] != b.at[i-1]+1 && b.endOf(i-1) != int(b.at[i])
}

// breaks tells whether a line ends in front of byte i.
func (b *block) breaks(i int) bool {
	from := 0
	if i > 0 {
		from = b.endOf(i - 1)
	} else {
		from = max(0, int(b.at[0])-maxGap)
	}
	to := len(b.data)
	if i < len(b.at) {
		to = int(b.at[i])
	}
	left := b.data[from:max(from, min(to, from+maxGap))]
	return to == 0 || to == len(b.data) && len(left) == 0 || bytes.ContainsAny(left, "\r\n") ||
		bytes.Contains(left, []byte(`\n`)) || bytes.Contains(left, []byte("<"))
}

// maxGap is how much left-out text is looked at, in bytes.
const maxGap = 256

// bounded tells whether the text is a whole message, or at least whole words.
func (p *pattern) bounded(b *block, i, end int) bool {
	if p.bounds[0] && (p.natural && !b.startsMessage(i) || !p.natural && b.wordBefore(i)) {
		return false
	}
	if p.bounds[1] && (p.natural && !b.endsMessage(end) || !p.natural && b.wordAfter(end)) {
		return false
	}
	return true
}

// wordBefore tells whether a letter or digit touches byte i.
func (b *block) wordBefore(i int) bool {
	if i > 0 {
		return !b.gap(i) && isTight(b.text[i-1])
	}
	at := int(b.at[0])
	return at > 0 && isTight(plain[b.data[at-1]])
}

// wordAfter tells whether a letter or digit touches the end of a text.
func (b *block) wordAfter(end int) bool {
	return end < len(b.text) && !b.gap(end) && isTight(b.text[end])
}

func isTight(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' || c == '_' }

// leaders are words that stand before a message without punctuation, and
// followers those that stand behind one.
const (
	leaders   = " unspecified error err fatal failed failure warn warning info debug notice alert crit exception reason message because says said "
	followers = " at for while when on in to from with during code during. "
)

// startsMessage tells whether a message may begin at byte i: at the start of a
// line, after punctuation, or after a word like "error".
func (b *block) startsMessage(i int) bool {
	at := int(b.at[i])
	j := at
	for j > 0 && at-j < maxGap && (b.data[j-1] == ' ' || b.data[j-1] == '\t') {
		j--
	}
	if j == 0 || i > 0 && b.breaks(i) {
		return true
	}
	c := b.data[j-1]
	if c == '\n' || c == '\r' || at-j == maxGap {
		return true
	}
	if i > 0 && b.gap(i) {
		c = b.text[i-1]
	}
	switch {
	case c >= 0x80:
		return true
	case isDigit(c):
		return j < at // a time or a number, and a space
	case !isWord(plain[c]) || c == '-' || c == '.':
		return true
	}
	k := j
	for k > 0 && j-k < 16 && isTight(plain[b.data[k-1]]) {
		k--
	}
	return j < at && strings.Contains(leaders, " "+strings.ToLower(string(b.data[k:j]))+" ")
}

// endsMessage tells whether a message may end in front of byte end.
func (b *block) endsMessage(end int) bool {
	if end >= len(b.text) || b.breaks(end) || !isTight(b.text[end]) {
		return true
	}
	if !b.gap(end) || isDigit(b.text[end]) {
		return false
	}
	at := int(b.at[end])
	n := at
	for n < len(b.data) && n-at < 16 && isTight(plain[b.data[n]]) {
		n++
	}
	return strings.Contains(followers, " "+strings.ToLower(string(b.data[at:n]))+" ")
}

// keep takes what stands in a hole.
func (h *hit) keep(b *block, name string, from, to int) {
	if from >= to {
		return
	}
	text := func() string { return string(b.data[b.at[from]:b.endOf(to-1)]) }
	switch name {
	case "host":
		h.setHost(text())
	case "port":
		h.port, _ = strconv.Atoi(text())
	case "depth":
		h.depth, _ = strconv.Atoi(text())
	case "file":
		h.file = cmp.Or(h.file, clean(text(), maxName))
	case "dn":
		h.subject = clean(text(), maxName)
	case "n", "sn", "hex", "word", "rest":
		h.word = string(b.text[from:to])
	}
}
