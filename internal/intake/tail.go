package intake

import "bytes"

// PEM blocks without a BEGIN line: lines of base64 right before an END line.

// nextTail finds the start of the lines in front of an END line. It stops at a
// BEGIN line, where claimPEM takes over.
func nextTail(t *text, from int) int {
	b, ok := t.boundary(from)
	switch {
	case !ok:
		return -1
	case b.begins:
		return b.start
	}
	return tailStart(t.data, from, b.start)
}

func claimTail(t *text, start int) (*piece, int) {
	end, _ := t.boundary(start)
	if end.begins || end.start == start {
		return nil, end.end
	}
	b := block{start: start, end: end.end, label: end.label, bodyStart: start, bodyEnd: end.start, closed: true, endLabel: end.label, mends: end.mends}
	d := newDecoder(t.data, b.bodyStart, b.bodyEnd)
	d.lineStart = true
	d.margin = marginBefore(t.data, end.start)
	p := newPiece(t, start, "pem")
	p.end, p.input.Label = b.end, b.label
	p.readBlock(b, d)
	p.withholdInner(b, d)
	if len(p.objects) == 0 && len(d.out) < minBytes {
		return nil, end.end
	}
	return p, 0
}

// maxTail is how many lines before an END line are looked at.
const maxTail = 2000

// tailStart walks back from an END line, over lines of base64 that nothing else
// stands between.
func tailStart(data []byte, from, end int) int {
	start, at := end, end
	m, least := marginBefore(data, end), 1 // the last line is short
	for range maxTail {
		line, lineStart := lineBefore(data, from, at)
		n := bodyAt(line, m, least)
		if n < 0 || at == from {
			break
		}
		at = lineStart
		if n == len(line) {
			continue // a blank line with a margin, or that of the END line
		}
		start, least = lineStart+n, minRun
		if n > 0 && m.match(line) != n && !isBlank(line[:n]) {
			break // something else stands before it on its line
		}
	}
	return start
}

// lineBefore gives the line that ends at the offset, without its break, and
// where it starts. At the offset itself stands a break, or the END.
func lineBefore(data []byte, from, end int) (line []byte, start int) {
	if end > from && data[end-1] == '\n' {
		end--
	}
	if end > from && data[end-1] == '\r' {
		end--
	}
	near := data[from:end]
	start = from + bytes.LastIndexAny(near, "\r\n") + 1
	return data[start:end], start
}

// minRun is the shortest run of base64 that makes a line one of a body.
const minRun = 16

// bodyAt gives the offset at which the base64 of a line starts, all of the line
// when there is only a margin; -1 when it is of something else. least is how long
// the base64 must be.
func bodyAt(line []byte, m margin, least int) int {
	at := m.match(line)
	for at < len(line) && (isMargin(line[at]) || line[at] == '"' || line[at] == '\'') {
		at++
	}
	at += comment(line[at:])
	rest := line[at:]
	n := runLength(rest)
	switch {
	case len(rest) == 0 && len(line) > 0, n >= minRun:
		return at
	case n >= least && len(bytes.Trim(rest[n:], "= \t\"'+,;\\nr")) == 0:
		return at
	}
	return -1
}

func isBlank(b []byte) bool { return len(bytes.TrimLeft(b, " \t>\"'|#/*")) == 0 }
