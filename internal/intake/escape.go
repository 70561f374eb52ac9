package intake

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Characters as people's programs spell them on the way into a paste: escaped
// in a string, encoded for a URL, dressed for a page or a terminal, made pretty
// by a word processor. There is one row for each first byte.

// A symbol is one character as the text spells it.
type symbol struct {
	// char is what it stands for, in ASCII; 0 when it stands for nothing, and
	// elided when it says that something was left out.
	char byte
	// n is how many bytes it takes; 0 when there is no such spelling.
	n int
	// kind is the repair that it is.
	kind string
}

// elided is the character of a symbol that stands for what was left out, as
// "..." does. It is itself in no text.
const elided = 0x1A

// spellings are the ways of spelling by the byte that they begin with.
var spellings = [256]func(data []byte) symbol{
	'\\': backslash, '%': percent, '&': entity, '<': tag, '[': bracket, 0x1B: terminal, '^': caret, '=': quotedPrintable,
	'"': quote, '\'': quote, '`': quote, '.': dots, '*': dots,
	0xC2: character, 0xE2: character, 0xE3: character, 0xEF: character,
}

// spelled reads the symbol at the start of data, unless it is a character that
// stands for itself.
func spelled(data []byte) symbol {
	if len(data) == 0 || spellings[data[0]] == nil {
		return symbol{}
	}
	return spellings[data[0]](data)
}

// maxSlashes is how many backslashes in a row are believed: each string inside
// of a string doubles them.
const maxSlashes = 16

// backslash reads escapes of strings: "\n", "\\n", "\/", "\u002b", and a line that
// goes on after its break.
func backslash(data []byte) symbol {
	n := 0
	for n < len(data) && n < maxSlashes && data[n] == '\\' {
		n++
	}
	if n == len(data) {
		return symbol{}
	}
	switch c := data[n]; c {
	case 'n', 'r':
		return symbol{'\n', n + 1, "escaped-breaks"}
	case 't':
		return symbol{' ', n + 1, "escapes"}
	case '/', '+', '=', '-', '"', '\'':
		return symbol{c, n + 1, "escapes"}
	case '\n', '\r':
		return symbol{0, n, "continued-lines"}
	case 'p':
		if word := data[n : n+runLength(data[n:min(len(data), n+8)])]; string(word) == "par" || string(word) == "pard" {
			return symbol{'\n', n + len(word), "escapes"} // RTF
		}
	case 'u':
		return number16(data, n+1, 4, "escapes")
	case 'x':
		return number16(data, n+1, 2, "escapes")
	case '0':
		if bytes.HasPrefix(data[n:], []byte("012")) || bytes.HasPrefix(data[n:], []byte("015")) {
			return symbol{'\n', n + 3, "escaped-breaks"}
		}
	}
	return symbol{}
}

// number16 reads a character by its number, in so many hexadecimal digits.
func number16(data []byte, at, digits int, kind string) symbol {
	if at+digits > len(data) {
		return symbol{}
	}
	v, err := strconv.ParseUint(string(data[at:at+digits]), 16, 32)
	if err != nil {
		return symbol{}
	}
	return byNumber(rune(v), at+digits, kind)
}

// byNumber is the symbol for a character that was given by its number.
func byNumber(r rune, n int, kind string) symbol {
	if r >= utf8.RuneSelf {
		s := standsFor(r)
		if s.n == 0 {
			return symbol{}
		}
		r = rune(s.char)
	}
	if r == '\r' || r == '\n' {
		return symbol{'\n', n, kind}
	}
	return symbol{byte(r), n, kind}
}

// percent reads the encoding of URLs (RFC 3986, section 2.1).
func percent(data []byte) symbol {
	const kind = "url-encoding"
	s := number16(data, 1, 2, kind)
	if s.n == 0 || data[1] < '8' {
		return s
	}
	var encoded []byte
	for n := 0; n+2 < len(data) && n < 9 && data[n] == '%'; n += 3 {
		v, err := strconv.ParseUint(string(data[n+1:n+3]), 16, 8)
		if err != nil {
			break
		}
		encoded = append(encoded, byte(v))
	}
	r, size := utf8.DecodeRune(encoded)
	if r == utf8.RuneError {
		return symbol{}
	}
	return byNumber(r, 3*size, kind)
}

// entities are the names of characters in HTML that are read.
var entities = map[string]byte{
	"nbsp": ' ', "ensp": ' ', "emsp": ' ', "thinsp": ' ', "Tab": ' ', "NewLine": '\n', "shy": 0, "zwnj": 0, "zwj": 0,
	"ndash": '-', "mdash": '-', "minus": '-', "hyphen": '-', "dash": '-', "horbar": '-',
	"plus": '+', "sol": '/', "equals": '=', "quot": '"', "apos": '"', "hellip": elided,
}

// maxEntity is the longest name or number of an entity, in bytes.
const maxEntity = 10

func entity(data []byte) symbol {
	const kind = "html-entities"
	near := data[1:min(len(data), maxEntity)]
	end := bytes.IndexByte(near, ';')
	if end < 1 {
		return symbol{}
	}
	name := string(near[:end])
	if c, ok := entities[name]; ok {
		return symbol{c, end + 2, kind}
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return symbol{}
	}
	base := 10
	if hex := strings.TrimLeft(digits, "xX"); hex != digits {
		digits, base = hex, 16
	}
	v, err := strconv.ParseUint(digits, base, 20)
	if err != nil {
		return symbol{}
	}
	return byNumber(rune(v), end+2, kind)
}

// maxTag is the longest tag, in bytes.
const maxTag = 200

// cutWords are what stands between brackets where something was left out.
var cutWords = []string{"snip", "snipped", "cut", "truncated", "omitted", "redacted", "removed", "...", "…"}

// tag reads a tag of HTML or XML.
func tag(data []byte) symbol { return between(data, '>', maxTag, "html-tags") }

// bracket reads a tag of BBCode, or a colour of a terminal that lost its ESC.
func bracket(data []byte) symbol {
	if n := colour(data); n > 0 {
		return symbol{0, n, "ansi"}
	}
	return between(data, ']', 64, "bbcode")
}

// between reads from a bracket to the one that closes it.
func between(data []byte, closing byte, longest int, kind string) symbol {
	near := data[1:min(len(data), longest)]
	end := bytes.IndexByte(near, closing)
	if end < 1 {
		return symbol{}
	}
	content := strings.ToLower(string(near[:end]))
	for _, w := range cutWords {
		if strings.Trim(content, " -*.") == w || content == w {
			return symbol{elided, end + 2, "elided"}
		}
	}
	if c := strings.TrimPrefix(content, "/"); c == "" || !(c[0] >= 'a' && c[0] <= 'z' || c[0] == '!' || c[0] == '*') {
		return symbol{}
	}
	if strings.HasPrefix(content, "br") {
		return symbol{'\n', end + 2, kind}
	}
	return symbol{0, end + 2, kind}
}

// colour is the length of what follows ESC in a colour: "[0;31m".
func colour(data []byte) int {
	for i := 1; i < min(len(data), 20); i++ {
		switch c := data[i]; {
		case c >= '0' && c <= '9', c == ';':
		case c == 'm' || c == 'K':
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// terminal reads a control sequence (ECMA-48, section 5.4), or a command to the
// operating system, which ends in BEL or ESC \.
func terminal(data []byte) symbol {
	n := controlLength(data)
	if n == 0 {
		n = 1
	}
	return symbol{0, n, "ansi"}
}

// maxControl is the longest control sequence, in bytes.
const maxControl = 256

func controlLength(data []byte) int {
	if len(data) < 2 {
		return 0
	}
	near := data[:min(len(data), maxControl)]
	switch data[1] {
	case '[':
		for i := 2; i < len(near); i++ {
			if near[i] >= 0x40 && near[i] <= 0x7E {
				return i + 1
			}
		}
	case ']':
		for i := 2; i < len(near); i++ {
			if near[i] == 7 {
				return i + 1
			}
			if near[i] == '\\' && near[i-1] == 0x1B {
				return i + 1
			}
		}
	case '(', ')':
		return min(3, len(data))
	}
	return 0
}

// caret reads "^M" for a carriage return and "^[[0m" for a colour.
func caret(data []byte) symbol {
	switch {
	case len(data) > 1 && data[1] == 'M':
		return symbol{0, 2, "caret"}
	case len(data) > 2 && data[1] == '[' && data[2] == '[':
		if n := colour(data[2:]); n > 0 {
			return symbol{0, n + 2, "ansi"}
		}
	}
	return symbol{}
}

// quotedPrintable reads the encoding of mail (RFC 2045, section 6.7). "=3D" is
// only believed where no base64 can go on, since "=" is padding there.
func quotedPrintable(data []byte) symbol {
	s := number16(data, 1, 2, "quoted-printable")
	if s.n == 0 || len(data) > 3 && sextet[data[3]] != 255 && s.char == '=' {
		return symbol{}
	}
	switch s.char {
	case '=', '\n', ' ', '-':
		return s
	}
	return symbol{}
}

func quote(data []byte) symbol { return symbol{'"', 1, "quoted-lines"} }

// dots reads three dots or stars, or more, where something was left out.
func dots(data []byte) symbol {
	n := 0
	for n < len(data) && data[n] == data[0] {
		n++
	}
	if n < 3 {
		return symbol{}
	}
	return symbol{elided, n, "elided"}
}

// lookalikes are characters outside of ASCII that stand for one in it, or for
// nothing, by ranges.
var lookalikes = []struct {
	from, to rune
	char     byte
	kind     string
}{
	{0x00A0, 0x00A0, ' ', "spaces"},
	{0x00AB, 0x00AB, '"', "typographic-quotes"},
	{0x00AD, 0x00AD, 0, "zero-width"},
	{0x00BB, 0x00BB, '"', "typographic-quotes"},
	{0x2000, 0x200A, ' ', "spaces"},
	{0x200B, 0x200F, 0, "zero-width"},
	{0x2010, 0x2015, '-', "typographic-dashes"},
	{0x2018, 0x201F, '"', "typographic-quotes"},
	{0x2026, 0x2026, elided, "elided"},
	{0x2028, 0x2029, '\n', "spaces"},
	{0x202A, 0x202E, 0, "zero-width"},
	{0x202F, 0x202F, ' ', "spaces"},
	{0x2060, 0x2064, 0, "zero-width"},
	{0x2066, 0x2069, 0, "zero-width"},
	{0x2212, 0x2212, '-', "typographic-dashes"},
	{0x2502, 0x2502, ' ', "quote-prefix"}, // the bar in front of lines in boxes
	{0x3000, 0x3000, ' ', "spaces"},
	{0xFE58, 0xFE58, '-', "typographic-dashes"},
	{0xFE63, 0xFE63, '-', "typographic-dashes"},
	{0xFEFF, 0xFEFF, 0, "zero-width"},
	{0xFF0D, 0xFF0D, '-', "typographic-dashes"},
}

// standsFor is the symbol of a character; its n is 0 when it has none.
func standsFor(r rune) symbol {
	for _, l := range lookalikes {
		if r >= l.from && r <= l.to {
			return symbol{l.char, utf8.RuneLen(r), l.kind}
		}
	}
	return symbol{}
}

func character(data []byte) symbol {
	r, _ := utf8.DecodeRune(data)
	return standsFor(r)
}
