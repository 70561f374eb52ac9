package evidence

import (
	"fmt"

	"certlens/internal/report"
)

// The identifier octets that occur here (X.690, section 8.1.2). None of the
// types uses a tag above 30, which would take more than one octet.
const (
	tagBoolean     = 0x01
	tagInteger     = 0x02
	tagBitString   = 0x03
	tagOctetString = 0x04
	tagOID         = 0x06
	tagEnumerated  = 0x0a
	tagUTCTime     = 0x17
	tagGeneralTime = 0x18
	tagSequence    = 0x30

	context     = 0x80 // [n], to which n is added
	constructed = 0x20
)

var tagNames = map[byte]string{
	tagBoolean: "BOOLEAN", tagInteger: "INTEGER", tagBitString: "BIT STRING", tagOctetString: "OCTET STRING",
	tagOID: "OBJECT IDENTIFIER", tagEnumerated: "ENUMERATED", tagUTCTime: "UTCTime", tagGeneralTime: "GeneralizedTime",
	tagSequence: "SEQUENCE", 0x05: "NULL", 0x0c: "UTF8String", 0x31: "SET",
}

func tagName(tag byte) string {
	if name, ok := tagNames[tag]; ok {
		return name
	}
	if tag&0xc0 == context {
		return fmt.Sprintf("[%d]", tag&0x1f)
	}
	return fmt.Sprintf("tag 0x%02x", tag)
}

// A log keeps the first problem: what follows from it is not worth telling.
type log struct {
	first *report.Problem
	cut   bool // the object ends before its end
}

func (l *log) note(field string, offset int, fatal bool, format string, args ...any) {
	if l.first == nil || fatal && !l.first.Fatal {
		l.first = &report.Problem{Field: field, Offset: offset, Detail: fmt.Sprintf(format, args...), Fatal: fatal}
	}
}

// An element is one tag, length and value. The zero element stands for one that
// is not there.
type element struct {
	tag byte
	// at is where it starts, from the start of the object, in bytes.
	at int
	// full is the whole element, body its content; of an element that is cut,
	// what is left of it.
	full, body []byte
	cut        bool
}

func (e element) ok() bool { return e.full != nil }

// whole and value are the element and its content when nothing of it is cut: half
// a number is another number.
func (e element) whole() []byte {
	if e.cut {
		return nil
	}
	return e.full
}

func (e element) value() []byte {
	if e.cut {
		return nil
	}
	return e.body
}

// A reader reads elements one after the other. When one can't be read, the
// reader notes it and is at its end.
type reader struct {
	rest []byte
	// at is where rest starts, from the start of the object.
	at int
	// path is the field that is read, in the terms of its RFC.
	path string
	log  *log
	// trailing is the number of bytes after the object; of the outermost alone.
	trailing int
}

// open gives a reader of the members of the SEQUENCE that der should be.
func open(der []byte, name string) reader {
	outer := reader{rest: der, log: new(log)}
	if len(der) == 0 {
		outer.log.note(name, 0, true, "there are no bytes")
	}
	e := outer.take(tagSequence, name)
	in := outer.enter(e, name)
	in.path = name
	if e.ok() && len(outer.rest) > 0 {
		in.trailing = len(outer.rest)
		in.log.note(name, outer.at, false, "%s after the end", bytesText(in.trailing))
	}
	return in
}

func (r *reader) more() bool { return len(r.rest) > 0 }

// sure tells whether what is not there was left out, not cut off.
func (r *reader) sure() bool { return r.more() || !r.log.cut }

// field is the path of a member.
func (r *reader) field(name string) string {
	switch {
	case name == "":
		return r.path
	case r.path == "":
		return name
	}
	return r.path + "." + name
}

// is tells whether the next element has the tag.
func (r *reader) is(tag byte) bool { return r.more() && r.rest[0] == tag }

// next reads an element, whatever it is.
func (r *reader) next(name string) element {
	if !r.more() {
		r.log.note(r.field(name), r.at, true, "it is missing")
		return element{}
	}
	header, length, why := readHeader(r.rest)
	if why != "" {
		r.log.note(r.field(name), r.at, true, "%s", why)
		r.log.cut = true // at least what follows can't be found
		r.stop()
		return element{}
	}
	e := element{tag: r.rest[0], at: r.at}
	if left := len(r.rest) - header; length > left {
		r.log.note(r.field(name), r.at, true, "it should have %s, but only %s are left", bytesText(length), bytesText(left))
		length, e.cut, r.log.cut = left, true, true
	}
	e.full, e.body = r.rest[:header+length], r.rest[header:header+length]
	r.rest, r.at = r.rest[header+length:], r.at+header+length
	return e
}

func (r *reader) stop() { r.at, r.rest = r.at+len(r.rest), nil }

// take reads an element that must have the tag.
func (r *reader) take(tag byte, name string) element {
	if r.more() && !r.is(tag) {
		r.log.note(r.field(name), r.at, true, "expected %s, found %s", tagName(tag), tagName(r.rest[0]))
		r.stop()
		return element{}
	}
	return r.next(name)
}

// optional reads an element if the next one has the tag.
func (r *reader) optional(tag byte, name string) element {
	if !r.is(tag) {
		return element{}
	}
	return r.next(name)
}

// enter gives a reader of the content of e, which is the member called name. Of
// an element that is not there it gives a reader at its end.
func (r *reader) enter(e element, name string) reader {
	return reader{rest: e.body, at: e.at + len(e.full) - len(e.body), path: r.field(name), log: r.log}
}

// explicit gives a reader inside an optional [n] EXPLICIT.
func (r *reader) explicit(n byte, name string) reader {
	return r.enter(r.optional(context|constructed|n, name), name)
}

// end notes members that should not be there.
func (r *reader) end() {
	if r.more() {
		r.log.note(r.path, r.at, false, "%s after the last member", bytesText(len(r.rest)))
	}
}

// readHeader reads tag and length (X.690, section 8.1). It takes a length in
// more octets than needed, which DER forbids and programs write.
func readHeader(b []byte) (header, length int, why string) {
	switch {
	case b[0]&0x1f == 0x1f:
		return 0, 0, "its tag has more than one octet"
	case len(b) < 2:
		return 0, 0, "its length is missing"
	case b[1] < 0x80:
		return 2, int(b[1]), ""
	case b[1] == 0x80:
		return 0, 0, "its length is indefinite, which DER forbids"
	}
	n := int(b[1] & 0x7f)
	if len(b) < 2+n {
		return 0, 0, "its length is cut"
	}
	for _, octet := range b[2 : 2+n] {
		if length > 1<<40 {
			return 0, 0, "its length is beyond all measure"
		}
		length = length<<8 | int(octet)
	}
	return 2 + n, length, ""
}

func bytesText(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}
