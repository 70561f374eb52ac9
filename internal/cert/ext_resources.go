package cert

import (
	"net/netip"
	"strconv"

	"certlens/internal/report"
)

// decodeIPBlocks: RFC 3779, section 2.2.3 (IPAddrBlocks).
func decodeIPBlocks(c *cursor) []report.Field {
	in := c.sequenceOf("")
	var f fields
	for in.more() {
		family := in.sequence("")
		af := family.octets("addressFamily")
		size, label := addressFamily(af)
		f = append(f, report.Field{Label: label, Items: family.addresses(size)})
	}
	return f
}

// addressFamily gives the length of an address in bytes, 0 when unknown, and the
// name of an address family: its number in two bytes, and one byte for the
// subsequent family.
func addressFamily(af []byte) (size int, label string) {
	label = "Family " + hexText(af)
	if len(af) >= 2 && af[0] == 0 && af[1] == 1 {
		size, label = 4, "IPv4"
	}
	if len(af) >= 2 && af[0] == 0 && af[1] == 2 {
		size, label = 16, "IPv6"
	}
	if len(af) == 3 && size > 0 {
		label += map[byte]string{1: " unicast", 2: " multicast"}[af[2]]
	}
	return size, label
}

// addresses reads an IPAddressChoice.
func (c *cursor) addresses(size int) []report.Field {
	e := c.next("ipAddressChoice")
	if e.is(tagNull) || !e.ok() {
		return values([]string{"inherited from the issuer"})
	}
	list := c.enterList(e, "ipAddressChoice")
	var out []string
	for list.more() {
		switch item := list.next(""); {
		case item.is(tagBitString):
			out = append(out, addressPrefix(list.bits(item, ""), size))
		case item.is(tagSequence):
			pair := list.enter(item, "")
			low := pair.bits(pair.take(tagBitString, "min"), "min")
			high := pair.bits(pair.take(tagBitString, "max"), "max")
			out = append(out, fillAddress(low, size, 0)+" to "+fillAddress(high, size, 0xff))
		case item.ok():
			list.hard(item, "", "expected an address prefix or range, found "+item.typeName())
		}
	}
	return values(out)
}

// addressPrefix is as in "192.0.2.0/24".
func addressPrefix(b bitString, size int) string {
	return fillAddress(b, size, 0) + "/" + strconv.Itoa(len(b.bytes)*8-b.unused)
}

// fillAddress fills the bits that the encoding leaves out with those of fill:
// RFC 3779, section 2.2.3.9: trailing zero bits of the lower end, and trailing
// one bits of the upper end, are not encoded.
func fillAddress(b bitString, size int, fill byte) string {
	if size == 0 || len(b.bytes) > size {
		return "#" + shortHex(b.bytes)
	}
	full := make([]byte, size)
	for i := range full {
		full[i] = fill
	}
	copy(full, b.bytes)
	if n := len(b.bytes); n > 0 && b.unused > 0 {
		mask := byte(1<<b.unused - 1)
		full[n-1] = full[n-1]&^mask | fill&mask
	}
	addr, _ := netip.AddrFromSlice(full)
	return addr.String()
}

// decodeASIdentifiers: RFC 3779, section 3.2.3.
func decodeASIdentifiers(c *cursor) []report.Field {
	in := c.sequence("")
	var f fields
	if numbers := in.explicit(0, "asnum"); numbers.more() {
		f.group("AS numbers", numbers.asChoice())
	}
	if domains := in.explicit(1, "rdi"); domains.more() {
		f.group("Routing domains", domains.asChoice())
	}
	in.end()
	return f
}

// asChoice reads an ASIdentifierChoice.
func (c *cursor) asChoice() []report.Field {
	e := c.next("")
	if e.is(tagNull) || !e.ok() {
		return values([]string{"inherited from the issuer"})
	}
	list := c.enterList(e, "")
	var out []string
	for list.more() {
		switch item := list.next(""); {
		case item.is(tagInteger):
			out = append(out, integerText(item.content))
		case item.is(tagSequence):
			pair := list.enter(item, "")
			low := pair.integer("min")
			out = append(out, low+" to "+pair.integer("max"))
		case item.ok():
			list.hard(item, "", "expected a number or a range, found "+item.typeName())
		}
	}
	return values(out)
}
