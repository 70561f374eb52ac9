package intake

import (
	"bytes"
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
	whole     bool // an open body of text, whose length nothing tells
	padded    bool // padding was seen; more base64 may follow
	blank     int  // offset of the last blank line, -1 when none
	encrypted bool // a header said Proc-Type: 4,ENCRYPTED
	cut       int  // offset of the sign that something was left out, -1 when none
	margin    margin
	logged    bool       // a line had a margin without a pattern
	digits    *[256]byte // the alphabet
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
	return &decoder{data: data, pos: from, to: to, end: from, line: from, blank: -1, counted: -1, cut: -1, peek: prefixPeek, digits: &sextet}
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
		v0, v1, v2, v3 := d.digits[c[0]], d.digits[c[1]], d.digits[c[2]], d.digits[c[3]]
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
	switch v := d.digits[c]; {
	case v < 64 && d.gap && !d.goesOn():
		d.finish()
	case v < 64:
		d.used()
		d.pos++
		d.end = d.pos
		d.push(uint32(v))
	case c == '=' && d.softBreak():
		d.mend("quoted-printable", d.pos)
		d.pos++
	case c == '=' && !d.encodedPadding():
		d.padding(1)
	case c == '\n' || c == '\r':
		d.endLine(c)
	case c == ' ' || c == '\t':
		d.gap = d.open
		d.pos++
	case d.spelled():
	case d.open:
		d.finish()
	case urlSextet[c] < 64 && d.pos+1 < d.to && sextet[d.data[d.pos+1]] < 64:
		d.mend("base64url", d.pos)
		d.used()
		d.push(uint32(urlSextet[c]))
		d.pos++
	default:
		d.damage()
	}
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

// padding takes the "=" at pos, which is n bytes long, and those after it, which
// end a group of four characters.
func (d *decoder) padding(n int) {
	for d.pos += n; d.pos < d.to && d.data[d.pos] == '=' && !d.encodedPadding(); {
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
	if c == '\r' {
		if d.pos < d.to && d.data[d.pos] == '\n' {
			d.mend("crlf", d.pos-1)
			d.pos++
		} else if d.pos < len(d.data) && d.data[d.pos] != '\n' {
			d.mend("cr", d.pos-1)
		}
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
	complete := d.want > 0 && len(d.out)+d.sextets*6/8 >= d.want // without its padding
	if len(d.out)+d.sextets == 0 || n == minToken && !d.whole && !(complete && d.sextets > 0) {
		return true
	}
	if d.secret {
		return d.goesOnSecret(n)
	}
	if d.whole {
		return d.goesOnWhole()
	}
	if complete {
		return false
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

// goesOnWhole is goesOn for a body that is folded into lines: the line before
// was a full one, and this one is not longer.
func (d *decoder) goesOnWhole() bool {
	near := d.data[d.pos:min(d.to, d.pos+maxWidth)]
	n := lineEnd(near, 0)
	clean := bytes.TrimRight(near[:n], " \t=")
	fits := n == d.width || n < d.width && len(bytes.TrimRight(near[:n], " \t"))%4 == 0
	return d.width >= minToken && fits && runLength(clean) == len(clean)
}

// sextet gives the value of a base64 character, 255 for others; urlSextet is the
// same for the alphabet that is safe in URLs (RFC 4648, section 5).
var (
	sextet    = alphabet("+/")
	urlSextet = alphabet("-_")
)

func alphabet(last string) (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for i, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last {
		table[c] = byte(i)
	}
	return table
}
