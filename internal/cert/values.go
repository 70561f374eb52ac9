package cert

import (
	"encoding/hex"
	"math/big"
	"strconv"
)

// maxOID bounds the encoding of an object identifier, maxDecimal that of an
// integer shown in base 10 (a 16,384-bit number has 2,049 bytes). Conversion
// costs more than linear time.
const (
	maxOID     = 512
	maxDecimal = 4096
)

// parseOID gives the dotted form of an object identifier (X.690, section 8.19).
func parseOID(content []byte) (string, bool) {
	if len(content) == 0 || len(content) > maxOID || content[len(content)-1]&0x80 != 0 {
		return "", false
	}
	var buf [96]byte
	out := buf[:0]
	for first := true; len(content) > 0; first = false {
		n := 1
		for content[n-1]&0x80 != 0 {
			n++
		}
		if first {
			out = appendFirstArcs(out, content[:n])
		} else {
			out = appendArc(append(out, '.'), content[:n], 0)
		}
		content = content[n:]
	}
	return string(out), true
}

// appendFirstArcs splits the first subidentifier into the first two arcs:
// "(X*40) + Y" (X.690, section 8.19.4), where X is at most 2.
func appendFirstArcs(out, sub []byte) []byte {
	switch {
	case len(sub) == 1 && sub[0] < 40:
		return appendArc(append(out, "0."...), sub, 0)
	case len(sub) == 1 && sub[0] < 80:
		return appendArc(append(out, "1."...), sub, 40)
	}
	return appendArc(append(out, "2."...), sub, 80)
}

// appendArc appends one subidentifier, less minus, in base 10.
func appendArc(out, sub []byte, minus uint64) []byte {
	if len(sub) > 9 {
		return bigArc(sub, minus).Append(out, 10)
	}
	var n uint64
	for _, b := range sub {
		n = n<<7 | uint64(b&0x7f)
	}
	return strconv.AppendUint(out, n-minus, 10)
}

func bigArc(sub []byte, minus uint64) *big.Int {
	n := new(big.Int)
	for _, b := range sub {
		n.Or(n.Lsh(n, 7), big.NewInt(int64(b&0x7f)))
	}
	return n.Sub(n, new(big.Int).SetUint64(minus))
}

// bigInteger is the value of an INTEGER: two's complement, most significant
// byte first (X.690, section 8.3.3).
func bigInteger(content []byte) *big.Int {
	n := new(big.Int).SetBytes(content)
	if len(content) > 0 && content[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(content)*8)))
	}
	return n
}

// decimal is an INTEGER in base 10; "" when it has no content or is longer than
// maxDecimal bytes.
func decimal(content []byte) string {
	if n, ok := smallInteger(content); ok {
		return strconv.FormatInt(n, 10)
	}
	if len(content) == 0 || len(content) > maxDecimal {
		return ""
	}
	return bigInteger(content).String()
}

// integerText is decimal, with hexadecimal for what is too long.
func integerText(content []byte) string {
	if text := decimal(content); text != "" || len(content) == 0 {
		return text
	}
	return "0x" + hex.EncodeToString(content)
}

// smallInteger is the value of an INTEGER that fits into 64 bits.
func smallInteger(content []byte) (int64, bool) {
	if len(content) == 0 || len(content) > 8 {
		return 0, false
	}
	n := int64(int8(content[0]))
	for _, b := range content[1:] {
		n = n<<8 | int64(b)
	}
	return n, true
}

// sloppyInteger tells whether an INTEGER has a leading byte that says nothing
// (X.690, section 8.3.2).
func sloppyInteger(content []byte) bool {
	return len(content) > 1 && (content[0] == 0 && content[1] < 0x80 || content[0] == 0xff && content[1] >= 0x80)
}

// unsigned is a positive INTEGER without its leading zero bytes.
func unsigned(content []byte) []byte {
	for len(content) > 0 && content[0] == 0 {
		content = content[1:]
	}
	return content
}

// bitLength is the number of bits of a number of that many bytes, most
// significant first.
func bitLength(number []byte) int {
	number = unsigned(number)
	if len(number) == 0 {
		return 0
	}
	n := len(number) * 8
	for top := number[0]; top < 0x80; top <<= 1 {
		n--
	}
	return n
}

// A bitString is the value of a BIT STRING (X.690, section 8.6).
type bitString struct {
	bytes  []byte
	unused int
}

func parseBitString(content []byte) (bitString, bool) {
	if len(content) == 0 || content[0] > 7 || len(content) == 1 && content[0] != 0 {
		return bitString{}, false
	}
	return bitString{content[1:], int(content[0])}, true
}

// bit tells whether bit i is set; bit 0 is the first, most significant one.
func (b bitString) bit(i int) bool {
	return i < len(b.bytes)*8-b.unused && b.bytes[i/8]&(0x80>>(i%8)) != 0
}

// names gives the names of the set bits; a bit beyond the names gets its number.
func (b bitString) names(names []string) []string {
	var set []string
	for i := 0; i < len(b.bytes)*8-b.unused && i < 1024; i++ {
		switch {
		case !b.bit(i):
		case i < len(names) && names[i] != "":
			set = append(set, names[i])
		default:
			set = append(set, "bit "+strconv.Itoa(i))
		}
	}
	return set
}

// oid reads an OBJECT IDENTIFIER and gives its dotted form.
func (c *cursor) oid(name string) string {
	e := c.take(tagOID, name)
	return c.oidOf(e, name)
}

// oidOf gives the dotted form of e, which the cursor read last.
func (c *cursor) oidOf(e element, name string) string {
	if !e.ok() {
		return ""
	}
	oid, ok := parseOID(e.content)
	if !ok {
		c.hard(e, name, "the OBJECT IDENTIFIER is empty, cut or too long")
	}
	return oid
}

// integer reads an INTEGER and gives it in base 10.
func (c *cursor) integer(name string) string {
	e := c.take(tagInteger, name)
	if e.ok() {
		c.checkInteger(e, name)
	}
	return integerText(e.content)
}

// checkInteger notes what is wrong with the encoding of an INTEGER.
func (c *cursor) checkInteger(e element, name string) {
	switch {
	case len(e.content) == 0:
		c.hard(e, name, "the INTEGER has no content")
	case sloppyInteger(e.content):
		c.lax(e, name, "the INTEGER has a needless leading byte, which is BER and not DER")
	}
}

// bits gives the value of the BIT STRING e, which the cursor read last.
func (c *cursor) bits(e element, name string) bitString {
	if !e.ok() {
		return bitString{}
	}
	if e.constructed {
		c.hard(e, name, "the BIT STRING is split into pieces, which is BER and not DER")
		return bitString{}
	}
	b, ok := parseBitString(e.content)
	if !ok {
		c.hard(e, name, "the BIT STRING does not say how many bits it has")
	}
	return b
}

// octets reads an OCTET STRING and gives its content.
func (c *cursor) octets(name string) []byte { return c.octetsOf(c.take(tagOctetString, name), name) }

// octetsOf gives the content of the OCTET STRING e, which the cursor read last.
func (c *cursor) octetsOf(e element, name string) []byte {
	if e.ok() && e.constructed {
		c.hard(e, name, "the OCTET STRING is split into pieces, which is BER and not DER")
		return nil
	}
	return e.content
}

// boolean is the value of a BOOLEAN.
func (c *cursor) boolean(e element, name string) bool {
	if !e.ok() {
		return false
	}
	if len(e.content) != 1 {
		c.hard(e, name, "the BOOLEAN has "+bytesText(len(e.content)))
		return false
	}
	// X.690, section 11.1: TRUE has "all eight bits set to one" in DER.
	if b := e.content[0]; b != 0 && b != 0xff {
		c.lax(e, name, "the BOOLEAN is neither 0x00 nor 0xff, which is BER and not DER")
	}
	return e.content[0] != 0
}
