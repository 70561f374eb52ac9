package intake

import "bytes"

// What stands in front of the lines of a block: quote marks, comment signs, line
// numbers, and whatever a log writes there. The BEGIN line shows it, or else the
// END line; the lines between have the same, but for their numbers and times.

// A margin is the pattern of what stands in front of each line.
type margin struct {
	pattern []byte
	kind    string // the repair that taking it off is
	isLog   bool   // the END line has it too: lines with another are not of the block
}

// maxMargin is the longest margin that is believed, in bytes.
const maxMargin = 256

// marginBefore gives the pattern of the line that holds the offset.
func marginBefore(data []byte, offset int) margin {
	pattern := ahead(data, offset)
	if len(bytes.TrimLeft(pattern, " \t>")) == 0 || !ends(pattern) {
		return margin{} // indentation and quote marks need no pattern
	}
	return margin{pattern: pattern, kind: marginKind(pattern)}
}

// ahead is what stands on the line before the offset; nothing when that is
// longer than any margin.
func ahead(data []byte, offset int) []byte {
	near := data[max(0, offset-maxMargin):offset]
	start := bytes.LastIndexAny(near, "\r\n")
	if start < 0 && len(near) == maxMargin {
		return nil
	}
	return near[start+1:]
}

// ends tells whether a margin ends where a line of base64 can begin: not in the
// middle of a word.
func ends(pattern []byte) bool {
	c := pattern[len(pattern)-1]
	return sextet[c] == 255 && c != '=' || len(bytes.Trim(pattern, "/+#*")) == 0
}

// marginKind names the repair for a pattern.
func marginKind(pattern []byte) string {
	rest := bytes.TrimLeft(pattern, " \t>|#/*;!+-_%'")
	numbers := digits(rest)
	switch {
	case len(rest) == 0:
		return "quote-prefix"
	case numbers > 0 && len(bytes.TrimLeft(rest[numbers:], " \t:.)|]-")) == 0:
		return "line-numbers"
	}
	return "log-prefix"
}

// match gives the length of the margin at the start of a line; 0 when the line
// has another. A number matches any other, and so do spaces; at its start they
// may be missing, since wider numbers need fewer.
func (m margin) match(line []byte) int {
	i := 0
	for p := 0; p < len(m.pattern); {
		c := m.pattern[p]
		switch {
		case c >= '0' && c <= '9':
			n := digits(line[i:])
			if n == 0 {
				return 0
			}
			p, i = p+digits(m.pattern[p:]), i+n
		case c == ' ' || c == '\t':
			n := spaces(line[i:])
			if n == 0 && p > 0 {
				return 0
			}
			p, i = p+spaces(m.pattern[p:]), i+n
		case i < len(line) && line[i] == c:
			p, i = p+1, i+1
		default:
			return 0
		}
	}
	return i
}

func spaces(b []byte) int {
	n := 0
	for n < len(b) && (b[n] == ' ' || b[n] == '\t') {
		n++
	}
	return n
}

// beginLine skips what stands before the base64 of a line. It gives false when
// the whole line was taken: a blank line, a header.
func (d *decoder) beginLine() bool {
	d.lineStart = false
	start := d.pos
	quoted := false
	prefix := d.prefix()
	for d.pos < d.to && isMargin(d.data[d.pos]) {
		quoted = quoted || d.data[d.pos] == '>'
		d.pos++
	}
	d.line = d.pos
	switch {
	case d.pos >= d.to:
		return true
	case d.data[d.pos] == '\n' || d.data[d.pos] == '\r':
		if prefix == linesBetween {
			d.mend(prefix, start)
		} else if d.blank < 0 && len(d.out)+d.sextets > 0 {
			d.blank = start
		}
		d.endLine(d.data[d.pos])
		return false
	case d.headers && d.header():
		return false
	case prefix != "":
		d.mend(prefix, start)
	case quoted:
		d.mend("quote-prefix", start)
	case d.pos > start:
		d.mend("indentation", start)
	}
	return true
}

// prefix takes what stands in front of a line beside indentation and quote
// marks, and names the repair; "" when there is nothing.
func (d *decoder) prefix() string {
	n, kind := d.prefixOf(d.data[d.pos:d.to])
	d.pos += n
	return kind
}

func (d *decoder) prefixOf(line []byte) (n int, kind string) {
	if !d.open && isMarks(line) {
		return len(line), "quote-prefix" // in front of the END line
	}
	if n := d.margin.match(line); n > 0 {
		return n, d.margin.kind
	}
	if n := comment(line); n > 0 {
		return n, "quote-prefix"
	}
	line = line[:min(len(line), maxLineMargin)]
	line = line[:lineEnd(line, 0)]
	base64 := len(line) > 0 && sextet[line[0]] != 255 && d.margin.pattern == nil
	if d.open || len(line) == 0 || base64 || d.headers && isHeader(line) {
		return 0, ""
	}
	return d.logPrefix(line)
}

// logPrefix finds a margin that has no pattern, by the last word of the line.
func (d *decoder) logPrefix(line []byte) (n int, kind string) {
	least := minToken
	if d.logged {
		least = 1 // the last line is short
	}
	if d.logged && d.pos+len(line) == d.to {
		return len(line), "log-prefix" // in front of the END line
	}
	if n = lastWord(line, least); n > 0 {
		d.logged, kind = true, "log-prefix"
		return n, kind
	}
	if d.margin.isLog && !isBase64(line) {
		return len(line), linesBetween
	}
	return 0, ""
}

// linesBetween is the repair for what another program wrote meanwhile.
const linesBetween = "lines-between"

// isMargin tells whether c is indentation or a mail quote mark.
func isMargin(c byte) bool { return c == ' ' || c == '\t' || c == '>' }

// header takes a line of the form "Name: value" (RFC 1421, section 4.6).
func (d *decoder) header() bool {
	end := lineEnd(d.data[:d.to], d.pos)
	line := d.data[d.pos:end]
	if !isHeader(line) {
		return false
	}
	if bytes.HasPrefix(line, []byte("Proc-Type:")) && bytes.Contains(line, []byte("ENCRYPTED")) {
		d.encrypted = true
	}
	d.mend("headers", d.pos)
	d.pos, d.lineStart = end, false
	if d.pos < d.to {
		d.endLine(d.data[d.pos])
	}
	return true
}

// isHeader tells whether a line is of that form. A time of day is not.
func isHeader(line []byte) bool {
	n := 0
	for n < len(line) && (line[n] == '-' || line[n] >= '0' && line[n] <= '9' || line[n]|0x20 >= 'a' && line[n]|0x20 <= 'z') {
		n++
	}
	return n > 0 && line[0] > '9' && n < len(line) && line[n] == ':' && (n+1 == len(line) || line[n+1] == ' ')
}

// comment is the length of a mark at the start of a line that no base64 has: a
// sign of a comment or a table, and a space.
func comment(line []byte) int {
	n := 0
	for n < min(len(line), 4) && bytes.IndexByte([]byte("|#/*;%!"), line[n]) >= 0 {
		n++
	}
	if n == 0 || n == len(line) || line[n] != ' ' {
		return 0
	}
	return n + 1
}

// isMarks tells whether all that is left is a few signs, such as nmap's "|_".
func isMarks(rest []byte) bool {
	return len(rest) > 0 && len(rest) < 8 && len(bytes.Trim(rest, "|_>#*;! \t")) == 0 && len(bytes.TrimLeft(rest, "> \t")) > 0
}

// lastWord is the offset of the last word of a line when that is base64 and
// what stands before it is not: a margin without a pattern. least is how long
// the word must be.
func lastWord(line []byte, least int) int {
	line = bytes.TrimRight(line, " \t")
	at := bytes.LastIndexAny(line, " \t") + 1
	word := bytes.TrimRight(line[at:], "=")
	if at == 0 || len(word) < least || runLength(word) != len(word) || isBase64(bytes.TrimLeft(line[:at], " \t>")) {
		return 0
	}
	return at
}

// maxLineMargin is how much of a line is looked at for its last word, in bytes.
const maxLineMargin = 512

// isBase64 tells whether there is nothing else but base64 and spaces.
func isBase64(line []byte) bool {
	for _, c := range line {
		if sextet[c] == 255 && c != ' ' && c != '\t' && c != '=' {
			return false
		}
	}
	return true
}
