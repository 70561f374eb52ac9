package intake

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// Characters inside a body of base64 that are no base64: other spellings of one
// that is, strings that were joined, signs that something was left out, damage.

// encodedPadding tells whether the "=" at pos begins "=3D".
func (d *decoder) encodedPadding() bool { return quotedPrintable(d.data[d.pos:d.to]).n > 0 }

// softBreak tells whether the "=" at pos breaks a long line of an open body, as
// mail does (RFC 2045, section 6.7), and does not end it: more has to follow.
func (d *decoder) softBreak() bool {
	missing := d.want - len(d.out) - d.sextets*6/8
	if !d.open || d.want >= maxLength || missing <= 0 {
		return false
	}
	n := min(minToken, missing*8/6)
	rest, _ := bytes.CutPrefix(d.data[d.pos+1:min(d.to, d.pos+3+n)], []byte("\r"))
	return len(rest) > n && rest[0] == '\n' && runLength(rest[1:1+n]) == n
}

// spelled takes a character that is spelled otherwise; false when there is none,
// or when an open body ends there.
func (d *decoder) spelled() bool {
	s := spelled(d.data[d.pos:d.to])
	if d.backtick() {
		s = symbol{'\n', 2, "escapes"}
	}
	if s.n == 0 || d.open && d.endsAt(s) {
		return false
	}
	switch v := d.digits[s.char]; {
	case s.char == elided && d.lineWidth() > max(d.width, fullWidth):
		return false // one character too many in a line that is otherwise whole
	case s.char == elided:
		d.cutOff(s.n)
		return true
	case s.char == '"':
		s.n = max(s.n, reopened(d.data[d.pos:d.to]))
		d.gap = d.open
	case s.char == '=':
		d.mend(s.kind, d.pos)
		d.padding(s.n)
		return true
	case v < 64:
		d.used()
		d.push(uint32(v))
		d.end = d.pos + s.n
	case s.char == '-':
		return false
	default:
		d.gap = d.open
	}
	d.mend(s.kind, d.pos)
	d.pos += s.n
	return true
}

// backtick tells whether a line break stands at pos as PowerShell escapes it:
// "`n" or "`r". A backtick that opens a quotation has nothing of the body before it.
func (d *decoder) backtick() bool {
	if d.open || d.pos == 0 || d.pos+1 >= d.to || d.data[d.pos] != '`' {
		return false
	}
	before, after := d.data[d.pos-1], d.data[d.pos+1]
	return (after == 'n' || after == 'r') && (sextet[before] != 255 || before == '=' || before == '-')
}

// endsAt tells whether an open body ends at a symbol: a tag closes the element
// that it stands in, a quote the string, unless bytes are missing.
func (d *decoder) endsAt(s symbol) bool {
	switch {
	case s.char == '"':
		return len(d.out) >= d.want || reopened(d.data[d.pos:d.to]) == 0
	case s.kind == "html-tags" || s.kind == "bbcode":
		return len(d.out) >= d.want
	}
	return false
}

// cutOff ends the body at a sign that the rest was left out.
func (d *decoder) cutOff(n int) {
	d.mend("elided", d.pos)
	d.pos += n
	if d.secret {
		return // all of it has to be kept out of sight
	}
	d.cut, d.end = d.pos, d.pos
	d.sextets = 0 // a broken group of characters is no byte
	d.finish()
}

// maxJoin is how far apart two strings of a program may stand that are one, in
// bytes: `"abc\n" +` and the next line.
const maxJoin = 64

// reopened gives the offset after the quote that opens the next string, when
// the one at the start of data closes one and the two are joined; 0 when they
// are not.
func reopened(data []byte) int {
	near := data[:min(len(data), maxJoin)]
	for i := spelled(near).n; i < len(near); {
		s := spelled(near[i:])
		switch {
		case s.n > 0 && s.char == '"':
			return i + s.n
		case s.n > 0 && s.char != elided:
			i += s.n
		case near[i] == '=' || near[i] >= '0' && near[i] <= '9':
			return 0
		default:
			i++
		}
	}
	return 0
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
	if width := d.lineWidth(); width > 0 && width == max(d.width, fullWidth) {
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

// fullWidth is how long the lines of a block are (RFC 7468, section 2).
const fullWidth = 64

// maxWidth is the longest line for which its length tells anything, in bytes.
const maxWidth = 256
