package intake

// The tolerant half of X.690 that is needed to find where elements start and
// end. Lengths may be longer than necessary and, in constructed elements,
// indefinite (X.690, section 8.1.3.6), as Windows writes them in PKCS#7 files.

// An element is one tag-length-value.
type element struct {
	tag  byte   // identifier octet, for tag numbers below 31
	head int    // identifier and length octets, in bytes
	raw  []byte // the whole element, cut short when the data is
	body []byte // the contents, without end-of-contents octets
	// missing is the number of bytes by which the data is too short; for an
	// indefinite length, 1 when the end-of-contents octets were not found.
	missing    int
	indefinite bool
}

// Identifier octets (X.690, section 8.1.2).
const (
	tagBoolean    = 0x01
	tagInteger    = 0x02
	tagBitString  = 0x03
	tagOctets     = 0x04
	tagNull       = 0x05
	tagOID        = 0x06
	tagEnumerated = 0x0A
	tagUTF8       = 0x0C
	tagUTCTime    = 0x17
	tagTime       = 0x18
	tagSequence   = 0x30
	tagSet        = 0x31
	tagContext0   = 0xA0
	tagContext1   = 0xA1
)

// readElement reads the element at the start of data. It gives false when there
// is no plausible header. Elements cut short are given with missing set.
func readElement(data []byte) (element, bool) {
	head, length, indefinite, ok := readHeader(data)
	if !ok {
		return element{}, false
	}
	e := element{tag: data[0], head: head, indefinite: indefinite}
	rest := data[head:]
	if indefinite {
		n, found := indefiniteEnd(rest)
		e.raw, e.body = data[:head+n], rest[:n]
		if found {
			e.body = rest[:n-2]
		} else {
			e.missing = 1
		}
		return e, true
	}
	e.missing = max(0, length-len(rest))
	n := min(length, len(rest))
	e.raw, e.body = data[:head+n], rest[:n]
	return e, true
}

// maxLength is the longest definite length that is believed, in bytes: longer
// ones are in no object that people paste, and garbage is full of them.
const maxLength = 1 << 30

// readHeader reads identifier and length octets.
func readHeader(data []byte) (head, length int, indefinite, ok bool) {
	if len(data) < 2 {
		return 0, 0, false, false
	}
	head = 1
	if data[0]&0x1F == 0x1F {
		for head < len(data) && head < 6 && data[head]&0x80 != 0 {
			head++
		}
		head++
	}
	if head >= len(data) {
		return 0, 0, false, false
	}
	first := data[head]
	head++
	switch {
	case first < 0x80:
		return head, int(first), false, true
	case first == 0x80:
		return head, 0, true, data[0]&0x20 != 0
	}
	return longLength(data, head, int(first&0x7F))
}

func longLength(data []byte, head, octets int) (int, int, bool, bool) {
	if octets > 8 || head+octets > len(data) {
		return 0, 0, false, false
	}
	length := 0
	for _, b := range data[head : head+octets] {
		if length = length<<8 | int(b); length > maxLength {
			return 0, 0, false, false
		}
	}
	return head + octets, length, false, true
}

// indefiniteEnd gives the length of contents of indefinite length, including
// the end-of-contents octets that close it. It walks without recursion, so that
// nesting costs nothing. Without an end it gives all of the data.
func indefiniteEnd(data []byte) (n int, found bool) {
	for depth := 1; n+1 < len(data); {
		if data[n] == 0 && data[n+1] == 0 {
			n += 2
			if depth--; depth == 0 {
				return n, true
			}
			continue
		}
		head, length, indefinite, ok := readHeader(data[n:])
		if !ok {
			break
		}
		n += head
		if indefinite {
			depth++
			continue
		}
		if length > len(data)-n {
			break
		}
		n += length
	}
	return len(data), false
}

// children reads up to limit elements inside contents; what follows an
// unreadable header is ignored.
func children(body []byte, limit int) []element {
	list := make([]element, 0, min(limit, 8))
	for len(body) > 0 && len(list) < limit {
		e, ok := readElement(body)
		if !ok {
			break
		}
		list = append(list, e)
		body = body[len(e.raw):]
	}
	return list
}

// is tells whether the elements begin with exactly these tags.
func is(list []element, tags ...byte) bool {
	if len(list) < len(tags) {
		return false
	}
	for i, tag := range tags {
		if list[i].tag != tag {
			return false
		}
	}
	return true
}
