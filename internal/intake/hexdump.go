package intake

import "bytes"

// Dumps of bytes in lines: an offset, bytes, and mostly the same as text.
//
//	00000000: 3082 01d5 3082 017a a003 0201 0202 0220  0...0..z.......   xxd
//	00000000  30 82 01 d5 30 82 01 7a  a0 03 02 01 02 02 02 20  |0...0..z....... |  hexdump -C
//	0000000 8230 d501 8230 7a01 03a0 0102 0202 2002   hexdump, od: words, the low byte first
//	0000000 30 82 01 d5 30 82 01 7a a0 03 02 01 02 02 02 20   od -t x1

// maxDumpLine is how much of a line is read, in bytes.
const maxDumpLine = 512

// dump reads the dump whose first bytes stand at the offset; nil when there is
// none.
func dump(data []byte, start int) (out []byte, end int) {
	near := data[max(0, start-maxMargin):start]
	lineStart := start - len(near) + bytes.LastIndexAny(near, "\r\n") + 1
	prefix := data[lineStart:start]
	offset := offsetWidth(bytes.TrimLeft(prefix, " \t>|"))
	if offset == 0 {
		return nil, 0
	}
	margin := len(prefix) - len(bytes.TrimLeft(prefix, " \t>|"))
	swapped := digitsOfOffset(prefix) == 7 && isWord(data[start:])
	l := linesFrom(data, lineStart)
	for {
		from, to, ok := l.next()
		if !ok {
			break
		}
		line := data[from:min(to, from+maxDumpLine)]
		if len(line) < margin {
			break
		}
		line = line[margin:]
		n := offsetWidth(line)
		if n == 0 {
			break
		}
		bytesOf, used := dumpLine(line[n:], swapped)
		if used == 0 && len(line) > n {
			break
		}
		out = append(out, bytesOf...)
		end = from + margin + n + used
	}
	return out, end
}

// digitsOfOffset counts the digits at the end of the offset.
func digitsOfOffset(prefix []byte) int {
	prefix = bytes.TrimRight(prefix, " ")
	n := 0
	for n < len(prefix) && nibble[prefix[len(prefix)-1-n]] != 255 {
		n++
	}
	return n
}

// isWord tells whether data starts with two bytes that stand together.
func isWord(data []byte) bool {
	return len(data) > 4 && nibble[data[2]] != 255 && nibble[data[3]] != 255 && data[4] == ' '
}

// offsetWidth is the length of an offset with what separates it from the bytes;
// 0 when there is none.
func offsetWidth(line []byte) int {
	n := 0
	for n < len(line) && nibble[line[n]] != 255 {
		n++
	}
	if n < 4 || n > 16 {
		return 0
	}
	gap := n
	for gap < len(line) && (isSeparator(line[gap])) {
		gap++
	}
	if gap == n && gap < len(line) {
		return 0
	}
	return gap
}

// isSwapped tells whether a dump starts whose words have their low byte first:
// after the offset stands the length of a SEQUENCE, and then its tag.
func isSwapped(data []byte) bool {
	const offset = "0000000 "
	return len(data) > 13 && string(data[:len(offset)]) == offset && data[10] == '3' && data[11] == '0' && data[12] == ' '
}

// dumpLine reads the bytes of one line, up to the gap before the text; used is
// the length of what was read.
func dumpLine(line []byte, swapped bool) (out []byte, used int) {
	single := true // bytes stand apart; in words of two otherwise
	for i := 0; i+1 < len(line); {
		if nibble[line[i]] == 255 || nibble[line[i+1]] == 255 {
			break
		}
		out = append(out, nibble[line[i]]<<4|nibble[line[i+1]])
		i += 2
		used = i
		spaces := 0
		for i < len(line) && (line[i] == ' ' || line[i] == '-') {
			spaces, i = spaces+1, i+1
		}
		if spaces == 0 {
			single = false
		}
		// Two spaces divide the halves of a line of hexdump; more, or two after
		// words, divide the bytes from the text.
		if spaces > 2 || spaces == 2 && (!single || len(out) != 8) {
			break
		}
	}
	if swapped {
		for i := 0; i+1 < len(out); i += 2 {
			out[i], out[i+1] = out[i+1], out[i]
		}
	}
	return out, used
}
