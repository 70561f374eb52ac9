package trust

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// SameName tells whether two DER names are the same name by the comparison of
// RFC 5280, section 7.1: "Two naming attributes match if the attribute types are
// the same and the values of the attributes are an exact match after processing
// with the string preparation algorithm", which folds case and white space and
// makes the string type irrelevant.
func SameName(a, b []byte) bool {
	return string(a) == string(b) || NameKey(a) == NameKey(b)
}

// NameKey is a string that two DER names share exactly when they are the same
// name in the sense of SameName. A name that cannot be read is its own key.
//
// Only what matters in practice of string preparation (RFC 4518) is done: case
// is folded, runs of white space count as one space, and white space at the ends
// does not count.
func NameKey(raw []byte) string {
	keys, ok := RDNKeys(raw)
	if !ok {
		return "raw:" + string(raw)
	}
	return "name:" + pack(keys)
}

// RDNKeys is NameKey in parts, one for each relative distinguished name; ok is
// false when the name cannot be read, or holds a string that cannot be decoded:
// what such a name equals is unknown.
func RDNKeys(raw []byte) (keys []string, ok bool) {
	in := cryptobyte.String(raw)
	var rdns cryptobyte.String
	if !in.ReadASN1(&rdns, asn1.SEQUENCE) || !in.Empty() {
		return nil, false
	}
	for !rdns.Empty() {
		k, ok := rdnKey(&rdns)
		if !ok {
			return nil, false
		}
		keys = append(keys, k)
	}
	return keys, true
}

// pack joins strings so that no two lists give the same result.
func pack(parts []string) string {
	size := 0
	for _, p := range parts {
		size += len(p) + 4
	}
	b := make([]byte, 0, size)
	for _, p := range parts {
		b = strconv.AppendInt(b, int64(len(p)), 10)
		b = append(b, ':')
		b = append(b, p...)
	}
	return string(b)
}

// rdnKey reads one RDN. Its attributes are a SET, so their order is folded too.
func rdnKey(rdns *cryptobyte.String) (string, bool) {
	var set cryptobyte.String
	if !rdns.ReadASN1(&set, asn1.SET) {
		return "", false
	}
	var parts []string
	for !set.Empty() {
		var attr, oid, value cryptobyte.String
		var tag asn1.Tag
		if !set.ReadASN1(&attr, asn1.SEQUENCE) || !attr.ReadASN1(&oid, asn1.OBJECT_IDENTIFIER) ||
			!attr.ReadAnyASN1(&value, &tag) || !attr.Empty() {
			return "", false
		}
		key, ok := valueKey(value, tag)
		if !ok {
			return "", false
		}
		parts = append(parts, pack([]string{string(oid), key}))
	}
	slices.Sort(parts)
	return pack(parts), true
}

// valueKey folds the value of an attribute; other types than strings stay bytes.
// ok is false for a string that cannot be decoded.
func valueKey(value []byte, tag asn1.Tag) (key string, ok bool) {
	decode := decoders[tag&^constructed]
	switch {
	case decode == nil:
		return string([]byte{'r', byte(tag)}) + string(value), true
	case tag&constructed != 0: // A string in pieces is BER; some parsers join them.
		return "", false
	}
	text, ok := decode(value)
	return "s" + fold(text), ok
}

// constructed is the bit of a tag that says that the value is made of others.
const constructed = 0x20

// decoders read the string types of ASN.1 (X.680, section 41), by their tag.
var decoders = [...]func([]byte) (string, bool){
	12: decodeLatin, // UTF8String
	18: decodeLatin, // NumericString
	19: decodeLatin, // PrintableString
	20: decodeLatin, // T61String
	21: decodeLatin, // VideotexString
	22: decodeLatin, // IA5String
	25: decodeLatin, // GraphicString
	26: decodeLatin, // VisibleString
	27: decodeLatin, // GeneralString
	28: decodeUniversal,
	30: decodeBMP,
	// All other tags have none.
	255: nil,
}

// decodeLatin reads UTF-8, and takes what is none for ISO 8859-1, which is what
// T61String holds in practice.
func decodeLatin(value []byte) (text string, ok bool) {
	if utf8.Valid(value) {
		return string(value), true
	}
	runes := make([]rune, len(value))
	for i, b := range value {
		runes[i] = rune(b)
	}
	return string(runes), true
}

// decodeBMP reads UTF-16 with the high byte first; an odd byte at the end, and
// half of a pair of surrogates, are no text.
func decodeBMP(value []byte) (text string, ok bool) {
	if len(value)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(value)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(value[2*i:])
	}
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if !utf16.IsSurrogate(r) {
			continue
		}
		if i++; i == len(units) || utf16.DecodeRune(r, rune(units[i])) == utf8.RuneError {
			return "", false
		}
	}
	return string(utf16.Decode(units)), true
}

// decodeUniversal reads UCS-4 with the high byte first (UniversalString).
func decodeUniversal(value []byte) (text string, ok bool) {
	if len(value)%4 != 0 {
		return "", false
	}
	runes := make([]rune, len(value)/4)
	for i := range runes {
		n := binary.BigEndian.Uint32(value[4*i:])
		if n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		runes[i] = rune(n)
	}
	return string(runes), true
}

// fold folds case and white space. Most names are ASCII, and most of these have
// nothing to fold but capitals.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		edge := i == 0 || i == len(s)-1
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && (edge || s[i-1] == ' ') {
			plain = false
		}
	}
	if plain {
		return strings.ToLower(s)
	}
	return strings.Join(strings.Fields(strings.ToLower(s)), " ")
}
