package cert

import (
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// isText tells whether a universal tag is that of a character string.
func isText(tag int) bool {
	switch tag {
	case tagUTF8, tagNumeric, tagPrintable, tagTeletex, tagVideotex, tagIA5,
		tagGraphic, tagVisible, tagGeneral, tagUniversal, tagBMP:
		return true
	}
	return false
}

// decodeText gives the text of a character string with the universal tag. No
// byte is dropped: what is not text in the string's encoding, and what a reader
// could not see, is written as an escape (see visible). flaw says what breaks
// the rules of the type, or is empty.
func decodeText(tag int, content []byte) (text, flaw string) {
	switch tag {
	case tagBMP:
		return decodeBMP(content)
	case tagUniversal:
		return decodeUniversal(content)
	case tagTeletex, tagVideotex, tagGraphic, tagGeneral:
		return visible(latin1(content)), ""
	case tagUTF8:
		return visible(string(content)), utf8Flaw(content)
	}
	return visible(string(content)), alphabetFlaw(tag, content)
}

func utf8Flaw(content []byte) string {
	if utf8.Valid(content) {
		return ""
	}
	return "the UTF8String is not valid UTF-8"
}

// alphabetFlaw checks the alphabets of the one-byte strings (X.680, section 41).
func alphabetFlaw(tag int, content []byte) string {
	for _, b := range content {
		if !inAlphabet(tag, b) {
			return fmt.Sprintf("the %s holds the byte 0x%02x, which its alphabet does not have", typeName(universal, tag), b)
		}
	}
	return ""
}

func inAlphabet(tag int, b byte) bool {
	switch tag {
	case tagPrintable:
		return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte(" '()+,-./:=?", b) >= 0
	case tagNumeric:
		return b == ' ' || b >= '0' && b <= '9'
	case tagVisible:
		return b >= 0x20 && b < 0x7f
	}
	return b < 0x80
}

// latin1 reads bytes as ISO 8859-1, which is what certificates put into a
// TeletexString in practice, whatever T.61 says.
func latin1(content []byte) string {
	if isASCII(content) {
		return string(content)
	}
	out := make([]rune, len(content))
	for i, b := range content {
		out[i] = rune(b)
	}
	return string(out)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// decodeBMP reads a BMPString: UTF-16, most significant byte first.
func decodeBMP(content []byte) (text, flaw string) {
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = uint16(content[2*i])<<8 | uint16(content[2*i+1])
	}
	text = visible(string(utf16.Decode(units)))
	if len(content)%2 != 0 {
		return text + escapeByte(content[len(content)-1]), "the BMPString has an odd number of bytes"
	}
	return text, ""
}

// decodeUniversal reads a UniversalString: UTF-32, most significant byte first.
func decodeUniversal(content []byte) (text, flaw string) {
	runes := make([]rune, len(content)/4)
	for i := range runes {
		b := content[4*i:]
		runes[i] = rune(uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]))
	}
	text = visible(string(runes))
	if rest := content[len(runes)*4:]; len(rest) > 0 {
		for _, b := range rest {
			text += escapeByte(b)
		}
		return text, "the length of the UniversalString is not a multiple of 4"
	}
	return text, ""
}

// visible makes every byte of s visible: bytes that are not UTF-8 become \x80,
// control characters \x0a, and characters that have no shape or turn the
// direction of writing \u202e. The rest stays as it is.
func visible(s string) string {
	if isPlain(s) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1, r < 0x20, r == 0x7f:
			out.WriteString(escapeByte(s[i]))
		case !unicode.IsGraphic(r):
			fmt.Fprintf(&out, "\\u%04x", r)
		default:
			out.WriteRune(r)
		}
		i += n
	}
	return out.String()
}

// shorten is s, cut to n characters, the last of which is then "…".
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	seen, end := 0, 0
	for i := range s {
		if seen == n-1 {
			end = i
		}
		if seen++; seen > n {
			return s[:end] + "…"
		}
	}
	return s
}

// isPlain tells whether s is printable ASCII, as nearly all strings are.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

func escapeByte(b byte) string { return fmt.Sprintf("\\x%02x", b) }

// text gives the text of the character string e, which the cursor read last. A
// value of another type is given in hexadecimal after "#", which is the form of
// RFC 4514, section 2.4.
func (c *cursor) text(e element, name string) string {
	if !e.ok() {
		return ""
	}
	if e.class != universal || !isText(e.tag) || e.constructed {
		return "#" + hex.EncodeToString(e.full)
	}
	text, flaw := decodeText(e.tag, e.content)
	if flaw != "" {
		c.lax(e, name, flaw)
	}
	return text
}

// implicitText is text for a string of the given type under an implicit tag.
func (c *cursor) implicitText(e element, tag int, name string) string {
	if !e.ok() {
		return ""
	}
	text, flaw := decodeText(tag, e.content)
	if flaw != "" {
		c.lax(e, name, flaw)
	}
	return text
}
