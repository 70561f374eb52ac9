package cert

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"certlens/internal/report"
)

// The kinds of report.GeneralName, by context tag (RFC 5280, section 4.2.1.6).
var generalNameKinds = [...]string{"other", "email", "dns", "x400", "directory", "edi", "uri", "ip", "rid"}

// generalNameLabels are their names for people, in the same order.
var generalNameLabels = [...]string{"Other name", "Email address", "DNS name", "X.400 address",
	"Directory name", "EDI party name", "URI", "IP address", "Registered ID"}

// generalNames reads the GeneralName items of a list that has been entered.
func (c *cursor) generalNames() []report.GeneralName {
	var names []report.GeneralName
	for c.more() {
		if e := c.next(""); e.ok() {
			names = append(names, c.generalName(e, ""))
		}
	}
	return names
}

// generalName decodes the GeneralName e, which the cursor read last.
func (c *cursor) generalName(e element, name string) report.GeneralName {
	if e.class != contextual || e.tag >= len(generalNameKinds) {
		c.hard(e, name, "expected a GeneralName, found "+e.typeName())
		return report.GeneralName{Type: "other", Value: "#" + shortHex(e.full)}
	}
	g := report.GeneralName{Type: generalNameKinds[e.tag]}
	switch g.Type {
	case "dns":
		g.Value = c.implicitText(e, tagIA5, name)
		g.Unicode = unicodeName(g.Value)
	case "email", "uri":
		g.Value = c.implicitText(e, tagIA5, name)
	case "ip":
		g.Value = c.address(e, name)
	case "rid":
		g.Value = nameAndOID(c.oidOf(e, name))
	case "directory":
		in := c.enter(e, name)
		g.Value = in.name(in.take(tagSequence, "rdnSequence"), "rdnSequence").Text
	case "other":
		g.Value = c.otherName(e, name)
	case "edi":
		g.Value = c.ediPartyName(e, name)
	default:
		g.Value = "#" + shortHex(e.content)
	}
	return g
}

// address is an iPAddress: 4 or 16 bytes (RFC 5280, section 4.2.1.6).
func (c *cursor) address(e element, name string) string {
	if addr, ok := netip.AddrFromSlice(e.content); ok {
		return addr.String()
	}
	c.hard(e, name, bytesText(len(e.content))+" are no IP address")
	return "#" + shortHex(e.content)
}

// addressBlock is an iPAddress of name constraints: an address and a mask (RFC
// 5280, section 4.2.1.10).
func (c *cursor) addressBlock(e element, name string) string {
	if n := len(e.content); n == 8 || n == 32 {
		return addressRange(e.content)
	}
	c.hard(e, name, bytesText(len(e.content))+" are no IP address with a mask")
	return "#" + shortHex(e.content)
}

// addressRange is "192.0.2.0/24"; a mask with holes is shown as it is.
func addressRange(b []byte) string {
	half := len(b) / 2
	addr, _ := netip.AddrFromSlice(b[:half])
	mask := b[half:]
	if ones := leadingOnes(mask); ones >= 0 {
		return fmt.Sprintf("%s/%d", addr, ones)
	}
	m, _ := netip.AddrFromSlice(mask)
	return addr.String() + "/" + m.String()
}

// leadingOnes is the number of set bits at the start of mask; -1 when others
// follow a cleared one.
func leadingOnes(mask []byte) int {
	bits := bitString{bytes: mask}
	n := 0
	for n < len(mask)*8 && bits.bit(n) {
		n++
	}
	for i := n; i < len(mask)*8; i++ {
		if bits.bit(i) {
			return -1
		}
	}
	return n
}

// otherName is a type and a value of that type.
func (c *cursor) otherName(e element, name string) string {
	in := c.enter(e, name)
	oid := in.oid("type-id")
	wrapped := in.explicit(0, "value")
	value := wrapped.next("")
	return nameAndOID(oid) + ": " + wrapped.anyText(value)
}

// ediPartyName has an optional assigner and a party name.
func (c *cursor) ediPartyName(e element, name string) string {
	in := c.enter(e, name)
	assigner := in.explicit(0, "nameAssigner")
	party := in.explicit(1, "partyName")
	text := party.anyText(party.next(""))
	if assigner.more() {
		text += ", assigned by " + assigner.anyText(assigner.next(""))
	}
	return text
}

// anyText is a string as text, an OBJECT IDENTIFIER by its name, and anything
// else in hexadecimal after "#".
func (c *cursor) anyText(e element) string {
	switch {
	case !e.ok():
		return ""
	case e.is(tagOID):
		return nameAndOID(c.oidOf(e, ""))
	case e.is(tagInteger):
		return integerText(e.content)
	case e.class == universal && isText(e.tag):
		return c.text(e, "")
	}
	return "#" + shortHex(e.full)
}

// shortHex is b in hexadecimal, cut after maxUndecoded bytes.
func shortHex(b []byte) string {
	if len(b) <= maxUndecoded {
		return hex.EncodeToString(b)
	}
	return hex.EncodeToString(b[:maxUndecoded]) + "..."
}

// unicodeName decodes the A-labels (RFC 5890, section 2.3.2.1) of a DNS name; it
// is empty when there are none, or one that cannot be decoded or be seen.
func unicodeName(name string) string {
	if !strings.Contains(name, "--") {
		return ""
	}
	labels := strings.Split(name, ".")
	for i, label := range labels {
		if len(label) > 63 || !strings.HasPrefix(strings.ToLower(label), "xn--") {
			continue
		}
		decoded, err := idna.Punycode.ToUnicode(label)
		if err != nil || visible(decoded) != decoded {
			return ""
		}
		labels[i] = decoded
	}
	if decoded := strings.Join(labels, "."); decoded != name {
		return decoded
	}
	return ""
}

// nameField is a GeneralName as a field.
func nameField(g report.GeneralName) report.Field {
	f := report.Field{Value: g.Value}
	if i := slices.Index(generalNameKinds[:], g.Type); i >= 0 {
		f.Label = generalNameLabels[i]
	}
	if g.Unicode != "" {
		f.Value += " (" + g.Unicode + ")"
	}
	return f
}

// nameFields are the GeneralNames of a list that has been entered, as fields.
func (c *cursor) nameFields() []report.Field {
	var fields []report.Field
	for _, g := range c.generalNames() {
		fields = append(fields, nameField(g))
	}
	return fields
}
