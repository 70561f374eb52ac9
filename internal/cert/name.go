package cert

import (
	"encoding/hex"
	"strings"

	"certlens/internal/report"
)

// maxAttributes bounds the attributes shown of one name. Real names have fewer
// than twenty.
const maxAttributes = 256

// maxNameText bounds the characters of a name as one text; its attributes hold
// all of it.
const maxNameText = 2000

// FormatName decodes the DER of a Name (RFC 5280, section 4.1.2.4), as in
// Certificate.RawSubject. It reads every string type, shows what is not text in
// its type as escapes (\x80), and a value that is not a string as "#" and
// its DER in hexadecimal. What cannot be read as a Name gives a Name whose Text
// is "#" and raw in hexadecimal; nil gives the empty Name. Text ends with "…"
// after 2,000 characters.
func FormatName(raw []byte) report.Name {
	log := new(faults)
	c := cursor{rest: raw, path: "name", log: log}
	if len(raw) == 0 {
		return emptyName()
	}
	e := c.take(tagSequence, "")
	name := c.name(e, "")
	if len(name.Attributes) == 0 && (log.anyHard() || !e.ok()) {
		name.Text = "#" + hex.EncodeToString(raw[:min(len(raw), maxUndecoded)])
	}
	return name
}

// maxUndecoded bounds the bytes shown in hexadecimal of something that could
// not be decoded.
const maxUndecoded = 64

func emptyName() report.Name { return report.Name{Attributes: []report.Attribute{}} }

// name decodes the RDNSequence e, which is the field called field and was read
// last.
func (c *cursor) name(e element, field string) report.Name {
	name := emptyName()
	if !e.ok() {
		return name
	}
	rdns := c.enterList(e, field)
	var text strings.Builder
	for rdns.more() {
		rdns.relativeName(&name, &text)
	}
	name.Text = shorten(text.String(), maxNameText)
	return name
}

// relativeName decodes one RelativeDistinguishedName: a SET of attributes.
func (c *cursor) relativeName(name *report.Name, text *strings.Builder) {
	index := c.index
	set := c.enterList(c.take(tagSet, ""), "")
	for between := ", "; set.more(); between = " + " {
		a := set.attribute()
		a.RDN = index
		if len(name.Attributes) == maxAttributes {
			c.log.soft(c.path, set.at, "the name has more attributes than are shown")
			c.broken = true
			return
		}
		name.Attributes = append(name.Attributes, a)
		if a.OID == oidCommonName {
			name.CommonName = a.Value
		}
		if text.Len() > 4*maxNameText {
			continue
		}
		if text.Len() > 0 {
			text.WriteString(between)
		}
		text.WriteString(a.Short)
		text.WriteByte('=')
		text.WriteString(escapeValue(a.Value))
	}
}

// attribute decodes one AttributeTypeAndValue.
func (c *cursor) attribute() report.Attribute {
	pair := c.sequence("")
	oid := pair.oid("type")
	a := report.Attribute{OID: oid, Short: oid, Label: oid}
	if known, ok := attributeTypes()[oid]; ok {
		a.Short, a.Label = known.short, known.label
	}
	value := pair.next("value")
	if value.ok() {
		a.Value = pair.text(value, "value")
		a.Encoding = value.typeName()
	}
	pair.end()
	return a
}

// escapeValue escapes the characters that have a meaning in a name as text
// (RFC 4514, section 2.4).
func escapeValue(s string) string {
	if !strings.ContainsAny(s, `,+"<>;`) && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		edge := s[i] == ' ' && (i == 0 || i == len(s)-1)
		if edge || strings.IndexByte(`,+"<>;`, s[i]) >= 0 {
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
