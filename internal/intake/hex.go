package intake

import "bytes"

// Hexadecimal: plain, with spaces, colons or commas between the bytes, as an
// array or a string of a program, and as the dumps of xxd, hexdump and od.

// nibble gives the value of a hexadecimal digit, 255 for others.
var nibble = func() (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for i := range byte(10) {
		table['0'+i] = i
	}
	for i := range byte(6) {
		table['a'+i], table['A'+i] = 10+i, 10+i
	}
	return table
}()

// isHexStart tells whether bytes are looked for: a SEQUENCE that starts with
// another, a number or an object identifier; a key store of Java; and the dashes
// of a BEGIN line.
func isHexStart(b [6]byte) bool {
	const longest = 0x83
	switch {
	case b[0] == '-':
		return b[1] == '-' && b[2] == '-'
	case storeMagic[string(b[:4])] != "":
		return true
	}
	if b[0] != tagSequence || b[1] < minBytes-2 || b[1] > longest || b[1] == 0x80 {
		return false
	}
	third := b[2]
	if b[1] > 0x80 {
		// The tag stands behind the octets of the length.
		if n := int(b[1] & 0x7F); n < 3 {
			third = b[2+n]
		} else {
			return true
		}
	}
	return third == tagSequence || third == tagInteger || third == tagOID || third == tagEnumerated
}

// nextHex finds the first two bytes of a run. A run is not looked at from its
// middle.
func nextHex(t *text, from int) int {
	if t.depth >= MaxLayers {
		return -1 // nextLayer says so
	}
	data := t.data
	for at := from; at+8 < len(data); at++ {
		switch data[at] {
		case '3':
			if data[at+1] != '0' {
				continue
			}
		case '2':
			if data[at+1]|0x20 != 'd' {
				continue
			}
		case 'c', 'C', 'f', 'F':
			if data[at+1]|0x20 != 'e' {
				continue
			}
		case '0':
			// A dump in words, whose low byte comes first.
			const offset = "0000000 "
			if isSwapped(data[at:]) && startsHex(data, from, at+len(offset)) {
				return at + len(offset)
			}
			continue
		default:
			continue
		}
		if startsHex(data, from, at) {
			return at
		}
	}
	return -1
}

// startsHex tells whether a run begins at the offset with bytes that are looked
// for.
func startsHex(data []byte, from, at int) bool {
	if at > from && nibble[data[at-1]] != 255 || inHexRun(data, from, at) {
		return false
	}
	r := hexReader{data: data, pos: at}
	var b [6]byte
	for i := range b {
		c, ok := r.next()
		if !ok {
			return false
		}
		b[i] = c
	}
	return isHexStart(b) || isHexStart([6]byte{b[1], b[0], b[3], b[2], b[5], b[4]})
}

// inHexRun tells whether other bytes of a run stand before the offset: one on
// the same line, or two at the end of the line before.
func inHexRun(data []byte, from, at int) bool {
	i := at - 1
	for i >= max(from, at-maxHexGap) && (isSeparator(data[i]) || data[i] == '\n' || data[i] == '\r') {
		i--
	}
	if i == at-1 || !isByte(data, from, i) {
		return false
	}
	if bytes.IndexByte(data[i+1:at], '\n') < 0 {
		// The offset of a dump stands there too, longer than a byte.
		return i-2 < from || nibble[data[i-2]] == 255
	}
	return i-3 >= from && isSeparator(data[i-2]) && isByte(data, from, i-3)
}

// isByte tells whether two digits end at the offset.
func isByte(data []byte, from, i int) bool {
	return i-1 >= from && nibble[data[i]] != 255 && nibble[data[i-1]] != 255
}

func isSeparator(c byte) bool {
	return c == ' ' || c == ':' || c == ',' || c == '-' || c == '\t'
}

// A hexReader reads the bytes of a run.
type hexReader struct {
	data []byte
	pos  int
	end  int // after the last digit
}

// next gives the next byte of a run that is no dump, with what may stand between
// two bytes.
func (r *hexReader) next() (byte, bool) {
	i := r.pos
	for n := 0; i < len(r.data) && n < maxHexGap; n++ {
		c := r.data[i]
		if c == '0' && i+3 < len(r.data) && r.data[i+1]|0x20 == 'x' || c == '\\' && i+3 < len(r.data) && r.data[i+1]|0x20 == 'x' {
			i += 2
			continue
		}
		if nibble[c] != 255 {
			break
		}
		if !isSeparator(c) && bytes.IndexByte([]byte("\r\n\"'+{}\\>|#"), c) < 0 {
			return 0, false
		}
		i++
	}
	if i+1 >= len(r.data) || nibble[r.data[i]] == 255 || nibble[r.data[i+1]] == 255 {
		return 0, false
	}
	r.pos, r.end = i+2, i+2
	return nibble[r.data[i]]<<4 | nibble[r.data[i+1]], true
}

// maxHexGap is how many characters may stand between two bytes.
const maxHexGap = 24

// all gives the rest of the run.
func (r *hexReader) all() []byte {
	var out []byte
	for {
		b, ok := r.next()
		if !ok {
			return out
		}
		out = append(out, b)
	}
}

// claimHex reads a run, or the dump that it is the first line of.
func claimHex(t *text, start int) (*piece, int) {
	p := newPiece(t, start, "hex")
	if data, end := dump(t.data, start); data != nil {
		if p.takeHex(data) == 0 {
			return nil, max(end, start+2)
		}
		p.end = end
		p.repair("hex-dump", start, "Took off the offsets and the text beside the bytes.")
		return p, 0
	}
	r := hexReader{data: t.data, pos: start}
	data := r.all()
	p.end = r.end
	used := p.takeHex(data)
	if used == 0 {
		return nil, max(r.end, start+2)
	}
	if t.vain += len(data) - min(used, len(data)); t.vain > len(t.data) {
		t.budget.hit = true // reading on behind each object would take too long
		p.note("What follows in the same run of hexadecimal is not read.")
		return p, 0
	}
	// What follows the objects in the run is not of them.
	r = hexReader{data: t.data, pos: start}
	for range min(used, len(data)) {
		r.next()
	}
	p.end = r.end
	return p, 0
}

// takeHex adds what the bytes are: DER, or text in turn. It gives how many of
// them were used, 0 when they are neither.
func (p *piece) takeHex(data []byte) int {
	if len(data) < minBytes {
		return 0
	}
	if isStore(data) {
		return p.takeStore(data)
	}
	if data[0] != tagSequence {
		if !p.takeLayer(data, "hex") {
			return 0
		}
		return len(data)
	}
	inner := newPiece(p.t, 0, "hex")
	if !inner.takeDER(data) {
		return 0
	}
	p.takeInner(inner)
	return inner.end
}
