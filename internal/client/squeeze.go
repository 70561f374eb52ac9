package client

import (
	"bytes"
	"encoding/hex"
	"unicode/utf8"
)

// blockSize is how much of the input is squeezed and searched at a time, so that
// memory does not grow with the input.
const blockSize = 64 << 10

// overlap is how far a text may reach into the next block, in bytes: longer than
// the longest text with what may stand in it.
const overlap = 8 << 10

// A block is a stretch of the input in the form in which texts are compared: in
// lower case, without white space, colours and what else a terminal, an e-mail, a
// web page or a JSON string puts between and around the words. What was wrapped
// over lines, in the middle of a word or not, is whole again.
type block struct {
	data []byte  // the whole input
	text []byte  // the squeezed form
	at   []int32 // for each byte of text, where it stands in data
}

// fill squeezes data[from:to].
func (b *block) fill(data []byte, from, to int) {
	b.data, b.text, b.at = data, b.text[:0], b.at[:0]
	for i := from; i < to; {
		c := data[i]
		if plain[c] != 0 {
			b.text, b.at = append(b.text, plain[c]), append(b.at, int32(i))
			i++
			continue
		}
		out, n := b.special(i, to)
		if out != 0 {
			b.text, b.at = append(b.text, out), append(b.at, int32(i))
		}
		i += n
	}
}

// plain gives what a byte becomes that needs no look at its neighbours; 0 for
// those that do, and for those that vanish. It is an array of constants, so that
// it costs nothing when the program starts.
var plain = [256]byte{
	'!': '!', '#': '#', '$': '$', '(': '(', ')': ')', '*': '*', '+': '+', ',': ',', '-': '-', '.': '.', '/': '/',
	'0': '0', '1': '1', '2': '2', '3': '3', '4': '4', '5': '5', '6': '6', '7': '7', '8': '8', '9': '9',
	':': ':', ';': ';', '=': '=', '?': '?', '@': '@', '[': '[', ']': ']', '^': '^', '_': '_', '{': '{', '}': '}', '~': '~',
	'A': 'a', 'B': 'b', 'C': 'c', 'D': 'd', 'E': 'e', 'F': 'f', 'G': 'g', 'H': 'h', 'I': 'i', 'J': 'j', 'K': 'k', 'L': 'l', 'M': 'm',
	'N': 'n', 'O': 'o', 'P': 'p', 'Q': 'q', 'R': 'r', 'S': 's', 'T': 't', 'U': 'u', 'V': 'v', 'W': 'w', 'X': 'x', 'Y': 'y', 'Z': 'z',
	'a': 'a', 'b': 'b', 'c': 'c', 'd': 'd', 'e': 'e', 'f': 'f', 'g': 'g', 'h': 'h', 'i': 'i', 'j': 'j', 'k': 'k', 'l': 'l', 'm': 'm',
	'n': 'n', 'o': 'o', 'p': 'p', 'q': 'q', 'r': 'r', 's': 's', 't': 't', 'u': 'u', 'v': 'v', 'w': 'w', 'x': 'x', 'y': 'y', 'z': 'z',
	'"': quote, '\'': quote, '`': quote,
}

// quote is what all quotation marks become.
const quote = '\''

// special gives what stands at i, and how many bytes of the input it takes; 0 for
// what vanishes.
func (b *block) special(i, to int) (out byte, n int) {
	rest := b.data[i:to]
	switch c := rest[0]; {
	case c == 0x1B:
		return 0, 1 + control(rest[1:])
	case c <= ' ' || c == 0x7F:
		return 0, 1
	case c == '\\':
		return escaped(rest)
	case c == '&':
		return entity(rest)
	case c == '%':
		return percent(rest)
	case c == '<':
		if n := tag(rest); n > 0 {
			return 0, n
		}
	case c == '>' || c == '|':
		if b.startsLine(i) {
			return 0, 1
		}
	case c >= 0x80:
		return wide(rest)
	}
	return rest[0], 1
}

// startsLine tells whether only white space and other marks of quoting stand
// between the start of a line and i.
func (b *block) startsLine(i int) bool {
	for n := 0; n < 8 && i > 0; n++ {
		i--
		switch b.data[i] {
		case '\n', '\r':
			return true
		case ' ', '\t', '>', '|':
		default:
			return false
		}
	}
	return i == 0
}

// control gives the length of a terminal's control sequence (ECMA-48, section
// 5.4) behind its ESC.
func control(rest []byte) int {
	if len(rest) == 0 || rest[0] != '[' {
		return 0
	}
	for n := 1; n < min(len(rest), 32); n++ {
		if rest[n] >= 0x40 && rest[n] <= 0x7E {
			return n + 1
		}
	}
	return 1
}

// escaped reads what a string of JSON, of a shell or of source code has behind
// backslashes, however often it was quoted again.
func escaped(rest []byte) (out byte, n int) {
	for n < min(len(rest), 8) && rest[n] == '\\' {
		n++
	}
	if n == len(rest) {
		return '\\', n
	}
	after := rest[n:]
	switch after[0] {
	case 'n', 'r', 't':
		return 0, n + 1
	case '"', '\'', '`':
		return quote, n + 1
	case 'u':
		if len(after) >= 5 {
			if r, ok := hex16(after[1:5]); ok {
				return escapedRune(r, after[5:], n+5)
			}
		}
	case 'x', '0', 'e':
		for _, esc := range [...]string{"x1b", "x1B", "033", "e["} {
			if bytes.HasPrefix(after, []byte(esc)) {
				skip := min(len(esc), 3)
				if esc == "e[" {
					skip = 1
				}
				return 0, n + skip + control(after[skip:])
			}
		}
	}
	return '\\', n
}

func hex16(digits []byte) (r rune, ok bool) {
	var v [2]byte
	_, err := hex.Decode(v[:], digits)
	return rune(v[0])<<8 | rune(v[1]), err == nil
}

// escapedRune is the value of a \u escape; rest is what follows it.
func escapedRune(r rune, rest []byte, n int) (byte, int) {
	if r == 0x1B {
		return 0, n + control(rest)
	}
	return fold(r), n
}

// fold gives what a character becomes: 0 for white space and what is not seen,
// one sort of quotation mark and of dash, and a byte that is in no text for what
// no text has.
func fold(r rune) byte {
	switch {
	case r < 0x80 && plain[r] != 0:
		return plain[r]
	case r <= ' ' || r == 0x7F || r == 0xA0 || r == 0xAD || r >= 0x2000 && r <= 0x200F || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0xFEFF:
		return 0
	case r < 0x80:
		return byte(r)
	case r == 0xAB || r == 0xBB || r >= 0x2018 && r <= 0x201F || r == 0x2039 || r == 0x203A:
		return quote
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		return '-'
	case r >= 0x2500 && r <= 0x257F || r == 0x23CE: // lines of boxes, and a mark for a line break
		return 0
	}
	return 0xFF
}

// wide reads a character that is not ASCII.
func wide(rest []byte) (byte, int) {
	r, n := utf8.DecodeRune(rest)
	return fold(r), n
}

// entities are the HTML entities that stand for what the texts have.
var entities = [...]struct {
	name string
	out  byte
}{
	{"&quot;", quote}, {"&apos;", quote}, {"&#39;", quote}, {"&#34;", quote}, {"&#x27;", quote}, {"&#x22;", quote},
	{"&lsquo;", quote}, {"&rsquo;", quote}, {"&ldquo;", quote}, {"&rdquo;", quote}, {"&#8216;", quote}, {"&#8217;", quote},
	{"&#96;", quote}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&nbsp;", 0}, {"&#160;", 0}, {"&#10;", 0}, {"&#xA;", 0}, {"&#47;", '/'}, {"&#x2F;", '/'},
}

// longestEntity is the length of the longest of them.
const longestEntity = len("&lsquo;")

func entity(rest []byte) (byte, int) {
	if bytes.IndexByte(rest[:min(len(rest), longestEntity)], ';') < 0 {
		return '&', 1
	}
	for _, e := range entities {
		if bytes.HasPrefix(rest, []byte(e.name)) {
			return e.out, len(e.name)
		}
	}
	return '&', 1
}

// percent reads a byte of a URL-encoded text.
func percent(rest []byte) (byte, int) {
	if len(rest) < 3 {
		return '%', 1
	}
	var v [1]byte
	if _, err := hex.Decode(v[:], rest[1:3]); err != nil || v[0] >= 0x7F || v[0] < ' ' && v[0] != '\n' && v[0] != '\r' && v[0] != '\t' {
		return '%', 1
	}
	return fold(rune(v[0])), 3
}

// tags are the elements of HTML that stand inside and around text.
var tags = [...]string{"a", "b", "br", "code", "div", "em", "font", "i", "li", "p", "pre", "samp", "span", "strong", "td", "tr", "tt", "u", "wbr"}

// longestTag is the longest tag that is skipped, in bytes.
const longestTag = 200

// tag gives the length of a tag of HTML; 0 when there is none.
func tag(rest []byte) int {
	end := bytes.IndexByte(rest[:min(len(rest), longestTag)], '>')
	if end < 2 {
		return 0
	}
	name := bytes.TrimPrefix(rest[1:end], []byte("/"))
	if i := bytes.IndexAny(name, " \t\r\n/"); i >= 0 {
		name = name[:i]
	}
	for _, t := range tags {
		if string(bytes.ToLower(name)) == t {
			return end + 1
		}
	}
	return 0
}

// A press squeezes many short texts, into one piece of memory after the other.
type press struct {
	block
	in, out []byte
}

// pressSize is how much memory a press takes at a time, in bytes.
const pressSize = 16 << 10

// squeeze gives the squeezed form of a text of the catalogue.
func (p *press) squeeze(text string) []byte {
	p.in = append(append(p.in[:0], '.'), text...) // so that text does not start a line
	p.fill(p.in, 1, len(p.in))
	if len(p.out)+len(p.text) > cap(p.out) {
		p.out = make([]byte, 0, max(pressSize, len(p.text)))
	}
	from := len(p.out)
	p.out = append(p.out, p.text...)
	return p.out[from:len(p.out):len(p.out)]
}

// endOf gives where the byte i of the squeezed form ends in the input.
func (b *block) endOf(i int) int {
	at := int(b.at[i])
	switch c := b.data[at]; {
	case c >= 0x80:
		_, n := utf8.DecodeRune(b.data[at:])
		return at + n
	case c == '\\' || c == '&' || c == '%':
		_, n := b.special(at, len(b.data))
		return at + n
	}
	return at + 1
}
