package cert

import (
	"fmt"
	"math"
)

// The four tag classes (X.690, section 8.1.2.2).
const (
	universal = iota
	application
	contextual
	private
)

// The universal tags that certificates use (X.680, section 8.6).
const (
	tagBoolean     = 1
	tagInteger     = 2
	tagBitString   = 3
	tagOctetString = 4
	tagNull        = 5
	tagOID         = 6
	tagEnumerated  = 10
	tagUTF8        = 12
	tagRelativeOID = 13
	tagSequence    = 16
	tagSet         = 17
	tagNumeric     = 18
	tagPrintable   = 19
	tagTeletex     = 20
	tagVideotex    = 21
	tagIA5         = 22
	tagUTCTime     = 23
	tagGeneralized = 24
	tagGraphic     = 25
	tagVisible     = 26
	tagGeneral     = 27
	tagUniversal   = 28
	tagBMP         = 30
)

// A header is the identifier and length octets of an element.
type header struct {
	class, tag  int
	constructed bool
	// indefinite is true for the length octet 0x80: the content ends with two
	// zero octets. BER has this form, DER does not.
	indefinite bool
	// sloppy is true when the tag or the length takes more octets than needed.
	sloppy bool
	// size is the number of octets of the header itself, length that of the
	// content; length means nothing when indefinite.
	size, length int
}

// A headerError says why a header cannot be read.
type headerError string

func (e headerError) Error() string { return string(e) }

// errCutHeader is the one header error that says that the data ends too soon.
const errCutHeader headerError = "the data ends inside a tag or length"

// readHeader reads the header at the start of data.
func readHeader(data []byte) (header, error) {
	var h header
	if len(data) < 2 {
		return h, errCutHeader
	}
	h.class, h.constructed, h.tag = int(data[0]>>6), data[0]&0x20 != 0, int(data[0]&0x1f)
	h.size = 1
	if h.tag == 0x1f {
		if err := h.readLongTag(data); err != nil {
			return h, err
		}
	}
	return h, h.readLength(data[h.size:])
}

// readLongTag reads a tag number of 31 or more (X.690, section 8.1.2.4).
func (h *header) readLongTag(data []byte) error {
	h.tag = 0
	for {
		if h.size >= len(data) {
			return errCutHeader
		}
		b := data[h.size]
		if h.tag > math.MaxInt32>>7 {
			return headerError("the tag number is too large")
		}
		h.sloppy = h.sloppy || h.size == 1 && b == 0x80
		h.tag = h.tag<<7 | int(b&0x7f)
		h.size++
		if b&0x80 == 0 {
			h.sloppy = h.sloppy || h.tag < 0x1f
			return nil
		}
	}
}

// readLength reads the length octets (X.690, section 8.1.3).
func (h *header) readLength(data []byte) error {
	if len(data) == 0 {
		return errCutHeader
	}
	first := data[0]
	h.size++
	switch {
	case first < 0x80:
		h.length = int(first)
		return nil
	case first == 0x80:
		h.indefinite = true
		if !h.constructed {
			return headerError("a primitive value has no length")
		}
		return nil
	case first == 0xff:
		return headerError("the length octet 0xff is reserved")
	}
	return h.readLongLength(data[1:], int(first&0x7f))
}

func (h *header) readLongLength(data []byte, n int) error {
	if len(data) < n {
		return errCutHeader
	}
	for _, b := range data[:n] {
		if h.length > math.MaxInt32>>8 {
			return headerError("the length is beyond 2 GB")
		}
		h.length = h.length<<8 | int(b)
	}
	h.size += n
	// X.690, section 10.1: "The definite form of length encoding shall be used,
	// encoded in the minimum number of octets."
	h.sloppy = h.sloppy || data[0] == 0 || h.length < 0x80
	return nil
}

// An element is one tag-length-value as it stands in the encoding. The zero
// element stands for one that is not there.
type element struct {
	header
	// at is the offset of the first octet from the start of the whole object.
	at int
	// content is what the length covers, full the header and content together
	// (with the two closing octets of an indefinite length).
	content, full []byte
	// missing is the number of octets that the length promises and that the
	// data around the element does not hold.
	missing int
}

// ok tells whether the element is there.
func (e element) ok() bool { return e.full != nil }

// is tells whether the element has a universal tag.
func (e element) is(tag int) bool { return e.ok() && e.class == universal && e.tag == tag }

// inner is the offset of the content.
func (e element) inner() int { return e.at + e.size }

// typeName is the name of the element's type.
func (e element) typeName() string { return typeName(e.class, e.tag) }

// readElement reads the first element of data, which stands at offset at of the
// whole object. An element that is cut short is returned with what there is.
func readElement(data []byte, at int) (element, error) {
	h, err := readHeader(data)
	if err != nil {
		return element{}, err
	}
	e := element{header: h, at: at}
	body := data[h.size:]
	closing := 0
	if h.indefinite {
		e.length, closing = indefiniteLength(body)
		e.missing = 2 - closing
	}
	if e.length > len(body) {
		e.missing = e.length - len(body)
		e.length = len(body)
	}
	e.content = body[:e.length]
	e.full = data[:h.size+e.length+closing]
	return e, nil
}

// maxScan bounds the elements passed over in search of the end of a content of
// indefinite length. Every level of nesting searches anew.
const maxScan = 100_000

// indefiniteLength finds the end of a content of indefinite length: its length
// and the number of closing octets, which is 0 when they are not there. It does
// not call itself, as hostile input nests without end.
func indefiniteLength(body []byte) (length, closing int) {
	depth, i := 1, 0
	for steps := 0; i+2 <= len(body) && steps < maxScan; steps++ {
		if body[i] == 0 && body[i+1] == 0 {
			if depth--; depth == 0 {
				return i, 2
			}
			i += 2
			continue
		}
		h, err := readHeader(body[i:])
		if err != nil || !h.indefinite && h.length > len(body)-i-h.size {
			break
		}
		if i += h.size; h.indefinite {
			depth++
		} else {
			i += h.length
		}
	}
	return len(body), 0
}

// universalNames are the names of the universal types, by tag.
var universalNames = [...]string{
	0: "end of contents", 1: "BOOLEAN", 2: "INTEGER", 3: "BIT STRING", 4: "OCTET STRING",
	5: "NULL", 6: "OBJECT IDENTIFIER", 7: "ObjectDescriptor", 8: "EXTERNAL", 9: "REAL",
	10: "ENUMERATED", 11: "EMBEDDED PDV", 12: "UTF8String", 13: "RELATIVE-OID", 14: "TIME",
	16: "SEQUENCE", 17: "SET", 18: "NumericString", 19: "PrintableString", 20: "TeletexString",
	21: "VideotexString", 22: "IA5String", 23: "UTCTime", 24: "GeneralizedTime",
	25: "GraphicString", 26: "VisibleString", 27: "GeneralString", 28: "UniversalString",
	29: "CHARACTER STRING", 30: "BMPString",
}

var classNames = [...]string{"universal", "application", "context", "private"}

// typeName is "SEQUENCE", "[0]", "[APPLICATION 3]" and so on.
func typeName(class, tag int) string {
	switch class {
	case contextual:
		return fmt.Sprintf("[%d]", tag)
	case application:
		return fmt.Sprintf("[APPLICATION %d]", tag)
	case private:
		return fmt.Sprintf("[PRIVATE %d]", tag)
	}
	if tag < len(universalNames) && universalNames[tag] != "" {
		return universalNames[tag]
	}
	return fmt.Sprintf("[UNIVERSAL %d]", tag)
}
