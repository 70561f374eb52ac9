package intake

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// A decoder reads base64 (RFC 4648, section 4) as people paste it: over lines,
// indented, quoted, with blank lines, with or without padding. It decodes on
// demand, so that a short object at the start of a long text costs little.
type decoder struct {
	data    []byte
	pos, to int
	// open is true when nothing marks the end: the first character that cannot
	// be base64 ends the body. Otherwise such characters are damage.
	open bool
	// headers is true while RFC 1421 header lines may still come.
	headers bool

	out       []byte
	acc       uint32
	sextets   int
	end       int // offset after the last character that was used
	lineStart bool
	line      int // where the current line's content starts
	width     int // characters in the longest clean line so far
	counted   int // line whose characters lineWidth counted, and how many
	count     int
	done      bool
	gap       bool // an open body was interrupted by white space
	want      int  // how many bytes an open body needs, as far as is known
	peek      int  // how many bytes decide whether an element is of a known form
	secret    bool // an open body that takes all lines of base64
	padded    bool // padding was seen; more base64 may follow
	blank     int  // offset of the last blank line, -1 when none
	encrypted bool // a header said Proc-Type: 4,ENCRYPTED
	mends     []mend
	bad       badCharacters
}

// A mend is one sort of repair and the offset where it was first needed.
type mend struct {
	kind   string
	offset int
}

// badCharacters are the characters inside a body that cannot be base64.
type badCharacters struct {
	count    int
	offset   int    // of the first
	text     string // the first, quoted
	replaced bool   // the first was taken for a damaged character
}

func newDecoder(data []byte, from, to int) *decoder {
	return &decoder{data: data, pos: from, to: to, end: from, line: from, blank: -1, counted: -1, peek: prefixPeek}
}

// mend remembers a repair once per kind.
func (d *decoder) mend(kind string, offset int) {
	for _, m := range d.mends {
		if m.kind == kind {
			return
		}
	}
	d.mends = append(d.mends, mend{kind, offset})
}

// fill decodes until n bytes are there, and tells whether they are.
func (d *decoder) fill(n int) bool {
	for len(d.out) < n && !d.done {
		if d.lineStart && !d.beginLine() {
			continue
		}
		if d.pos >= d.to {
			d.finish()
			break
		}
		d.character(d.data[d.pos])
		d.groups(n)
	}
	return len(d.out) >= n
}

// groups decodes whole groups of four characters, the common case, until n bytes
// are there or something else stands in the way.
func (d *decoder) groups(n int) {
	if d.sextets > 0 || d.lineStart || d.padded || d.done || d.gap || d.headers || d.blank >= 0 {
		return
	}
	for d.pos+4 <= d.to && len(d.out) < n {
		c := d.data[d.pos : d.pos+4 : d.pos+4]
		v0, v1, v2, v3 := sextet[c[0]], sextet[c[1]], sextet[c[2]], sextet[c[3]]
		if v0|v1|v2|v3 >= 64 {
			return
		}
		d.out = append(d.out, v0<<2|v1>>4, v1<<4|v2>>2, v2<<6|v3)
		d.pos += 4
		d.end = d.pos
	}
}

// all decodes to the end of the body.
func (d *decoder) all() []byte {
	if !d.open && cap(d.out) == 0 {
		d.out = make([]byte, 0, min((d.to-d.pos)/4*3+3, 1<<20))
	}
	for !d.done {
		d.fill(len(d.out) + 1<<16)
	}
	return d.out
}

// character takes the byte at pos.
func (d *decoder) character(c byte) {
	switch v := sextet[c]; {
	case v < 64 && d.gap && !d.goesOn():
		d.finish()
	case v < 64:
		d.used()
		d.pos++
		d.end = d.pos
		d.push(uint32(v))
	case c == '=':
		d.padding()
	case c == '\n' || c == '\r':
		d.endLine(c)
	case c == ' ' || c == '\t':
		d.gap = d.open
		d.pos++
	case c == '\\' && d.escapedBreak():
	case d.open:
		d.finish()
	default:
		d.damage()
	}
}

// escapedBreak takes a line break written as "\n" or "\r", as in JSON.
func (d *decoder) escapedBreak() bool {
	if d.pos+1 >= d.to || d.data[d.pos+1] != 'n' && d.data[d.pos+1] != 'r' {
		return false
	}
	d.mend("escaped-breaks", d.pos)
	d.pos += 2
	return true
}

// used notes what the presence of another base64 character tells.
func (d *decoder) used() {
	if d.blank >= 0 {
		d.mend("blank-line", d.blank)
		d.blank = -1
	}
	if d.padded {
		d.mend("padding-inside", d.pos)
		d.padded = false
	}
	d.headers, d.gap = false, false
}

func (d *decoder) push(v uint32) {
	d.acc = d.acc<<6 | v
	if d.sextets++; d.sextets == 4 {
		d.out = append(d.out, byte(d.acc>>16), byte(d.acc>>8), byte(d.acc))
		d.acc, d.sextets = 0, 0
	}
}

// padding takes all "=" at pos, which end a group of four characters.
func (d *decoder) padding() {
	for d.pos < d.to && d.data[d.pos] == '=' {
		d.pos++
	}
	d.flush()
	d.end, d.padded = d.pos, true
	if d.open {
		d.done = true
	}
}

// flush gives the bytes of an incomplete group of four characters.
func (d *decoder) flush() {
	switch d.sextets {
	case 2:
		d.out = append(d.out, byte(d.acc>>4))
	case 3:
		d.out = append(d.out, byte(d.acc>>10), byte(d.acc>>2))
	}
	d.acc, d.sextets = 0, 0
}

func (d *decoder) finish() {
	if d.sextets > 1 {
		d.mend("padding", d.end)
	}
	d.flush()
	d.done = true
}

// endLine takes a line break.
func (d *decoder) endLine(c byte) {
	if d.bad.count == 0 {
		d.width = max(d.width, d.pos-d.line)
	}
	d.pos++
	if c == '\r' && d.pos < d.to && d.data[d.pos] == '\n' {
		d.pos++
	}
	d.lineStart = true
	d.gap = d.open
}

// minToken is how long a run of base64 characters must be to count as the next
// line of an open body, unless it completes it.
const minToken = 24

// goesOn tells whether the run of characters at pos, after white space, is more
// of an open body, and not the text that follows it.
func (d *decoder) goesOn() bool {
	near := d.data[d.pos:min(d.to, d.pos+minToken)]
	n := runLength(near)
	if n == minToken || len(d.out)+d.sextets == 0 {
		return true
	}
	if d.secret {
		return d.goesOnSecret(n)
	}
	have := len(d.out) + (d.sextets+n)*6/8
	if d.want >= maxLength {
		return n%4 == 0 || d.data[min(d.pos+n, len(d.data)-1)] == '='
	}
	return d.want > len(d.out) && have >= d.want
}

// goesOnSecret is goesOn for a run of n characters in a private key: a line with
// nothing else belongs to it while bytes are missing, and later if it is padded.
func (d *decoder) goesOnSecret(n int) bool {
	rest := d.data[d.pos+n : d.to]
	if len(rest) > 0 && rest[0] == '=' {
		return true
	}
	if d.want >= maxLength && n%4 != 0 || len(d.out) >= d.want {
		return false
	}
	return len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r' || rest[0] == ' ' || rest[0] == '\t'
}

// beginLine skips what stands before the base64 of a line. It gives false when
// the whole line was taken: a blank line, a header.
func (d *decoder) beginLine() bool {
	d.lineStart = false
	start := d.pos
	quoted := false
	for d.pos < d.to && isMargin(d.data[d.pos]) {
		quoted = quoted || d.data[d.pos] == '>'
		d.pos++
	}
	d.line = d.pos
	switch {
	case d.pos >= d.to:
		return true
	case d.data[d.pos] == '\n' || d.data[d.pos] == '\r':
		if d.blank < 0 && len(d.out)+d.sextets > 0 {
			d.blank = start
		}
		d.endLine(d.data[d.pos])
		return false
	case d.headers && d.header():
		return false
	case quoted:
		d.mend("quote-prefix", start)
	case d.pos > start:
		d.mend("indentation", start)
	}
	return true
}

// isMargin tells whether c is indentation or a mail quote mark.
func isMargin(c byte) bool { return c == ' ' || c == '\t' || c == '>' }

// header takes a line of the form "Name: value" (RFC 1421, section 4.6).
func (d *decoder) header() bool {
	end := lineEnd(d.data[:d.to], d.pos)
	line := d.data[d.pos:end]
	if bytes.IndexByte(line, ':') < 0 {
		return false
	}
	if bytes.HasPrefix(line, []byte("Proc-Type:")) && bytes.Contains(line, []byte("ENCRYPTED")) {
		d.encrypted = true
	}
	d.mend("headers", d.pos)
	d.pos, d.lineStart = end, false
	if d.pos < d.to {
		d.endLine(d.data[d.pos])
	}
	return true
}

// damage takes a character that cannot be base64. When the line is as long as
// its neighbours the character stands for a lost one, and the place is kept so
// that what follows stays in step; otherwise it is an extra one and is skipped.
func (d *decoder) damage() {
	r, size := utf8.DecodeRune(d.data[d.pos:d.to])
	if d.bad.count++; d.bad.count == 1 {
		d.bad.offset = d.pos
		d.bad.text = strconv.QuoteToASCII(string(r))
		if r == utf8.RuneError && size == 1 {
			d.bad.text = strconv.QuoteToASCII(string(d.data[d.pos : d.pos+1]))
		}
	}
	if width := d.lineWidth(); width > 0 && width == max(d.width, 64) {
		d.bad.replaced = true
		d.push(0)
	}
	d.pos += size
}

// lineWidth counts the characters of the current line, once per line.
func (d *decoder) lineWidth() int {
	if d.counted == d.line {
		return d.count
	}
	d.counted, d.count = d.line, 0
	near := d.data[d.line:min(d.to, d.line+maxWidth)]
	if end := lineEnd(near, 0); end < maxWidth {
		d.count = utf8.RuneCount(bytes.TrimRight(near[:end], " \t"))
	}
	return d.count
}

// maxWidth is the longest line for which its length tells anything, in bytes.
const maxWidth = 256

// sextet gives the value of a base64 character, 255 for others.
var sextet = func() (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
		table[c] = byte(i)
	}
	return table
}()
