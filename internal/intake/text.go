package intake

import (
	"bytes"
	"sort"
	"unicode/utf16"
	"unicode/utf8"

	"certlens/internal/report"
)

// A text is one source, ready to be read.
type text struct {
	name string
	data []byte
	// start is the offset of the first byte after a UTF-8 byte order mark.
	start int
	// utf16 is true when data was decoded from UTF-16, so that offsets are
	// those of the UTF-8 form.
	utf16 bool
	// size is the length of the source before it was cut to MaxBytes.
	size int
	// vain is how many bytes were decoded from tokens that hold no object.
	vain int
	// marks are the line counts at every markStep bytes, made when first needed.
	marks []mark
	// boundaries remembers the last answer of marker.
	boundaries boundaries
	// depth is how many layers of base64 or hex were taken off.
	depth int
	// budget is what is left for the whole scan.
	budget *limits
	// passwords are tried on what is encrypted.
	passwords []string
}

// newText cuts the source to MaxBytes and decodes UTF-16.
func newText(s Source) *text {
	t := &text{name: s.Name, data: s.Data, size: len(s.Data), passwords: s.Passwords}
	if len(t.data) > MaxBytes {
		t.data = t.data[:MaxBytes]
	}
	switch {
	case bytes.HasPrefix(t.data, []byte{0xEF, 0xBB, 0xBF}):
		t.start = 3
	case bytes.HasPrefix(t.data, []byte{0xFF, 0xFE}):
		t.data, t.utf16 = decodeUTF16(t.data[2:], 0, 1), true
	case bytes.HasPrefix(t.data, []byte{0xFE, 0xFF}):
		t.data, t.utf16 = decodeUTF16(t.data[2:], 1, 0), true
	}
	return t
}

// Text is what is read of a source, in UTF-8: places count in it.
func (s Source) Text() []byte { return newText(s).data }

// decodeUTF16 gives the UTF-8 form; low and high are the positions of the two
// bytes of a unit. An odd last byte is dropped.
func decodeUTF16(b []byte, low, high int) []byte {
	out := make([]byte, 0, len(b)/2+len(b)/8)
	unit := func(i int) rune { return rune(b[i+low]) | rune(b[i+high])<<8 }
	for i := 0; i+1 < len(b); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) && i+3 < len(b) {
			if full := utf16.DecodeRune(r, unit(i+2)); full != utf8.RuneError {
				r, i = full, i+2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// inner gives what one layer of t held, for reading in turn. Places in it mean
// nothing outside.
func (t *text) inner(data []byte) *text {
	budget := *t.budget
	return &text{data: data, size: len(data), depth: t.depth + 1, passwords: t.passwords, budget: &budget}
}

// A mark is the state of the line count at a fixed offset.
type mark struct {
	breaks    int // line breaks that end before the offset
	lineStart int // where the line holding the offset starts
}

// markStep is the distance of marks in bytes: small enough that a look-up is
// cheap, large enough that marks are few.
const markStep = 4096

// where gives the place of the span from start to end.
func (t *text) where(start, end int) report.Where {
	line, column := t.position(start)
	return report.Where{Line: line, Column: column, Offset: start, Length: end - start}
}

// position gives line and column of an offset, both from 1.
func (t *text) position(offset int) (line, column int) {
	if t.marks == nil {
		t.marks = makeMarks(t.data)
	}
	i := offset / markStep
	m := advance(t.data, t.marks[i], i*markStep, offset)
	return m.breaks + 1, offset - m.lineStart + 1
}

func makeMarks(data []byte) []mark {
	marks := make([]mark, 1, len(data)/markStep+1)
	for from := 0; from+markStep <= len(data); from += markStep {
		marks = append(marks, advance(data, marks[len(marks)-1], from, from+markStep))
	}
	return marks
}

// advance moves a mark from one offset to a later one. A break counts where its
// last byte stands: "\n", or "\r" that no "\n" follows.
func advance(data []byte, m mark, from, to int) mark {
	block := data[from:to]
	if n := bytes.Count(block, []byte{'\n'}); n > 0 {
		m.breaks += n
		m.lineStart = from + bytes.LastIndexByte(block, '\n') + 1
	}
	for at := bytes.IndexByte(block, '\r'); at >= 0; {
		if end := from + at + 1; end == len(data) || data[end] != '\n' {
			m.breaks++
			m.lineStart = max(m.lineStart, end)
		}
		next := bytes.IndexByte(block[at+1:], '\r')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return m
}

// lines walks over the lines of data. The places of the next "\n" and "\r" are
// remembered, so that a text with only one of them stays linear.
type lines struct {
	data   []byte
	pos    int // where the next line starts
	lf, cr int // next break of each sort at or after pos; len(data) when none
}

// linesFrom starts at an offset, which should be the start of a line.
func linesFrom(data []byte, pos int) *lines { return &lines{data: data, pos: pos, lf: -1, cr: -1} }

// next gives the next line without its break; ok is false at the end.
func (l *lines) next() (start, end int, ok bool) {
	if l.pos >= len(l.data) {
		return 0, 0, false
	}
	l.lf = nextByte(l.data, l.lf, l.pos, '\n')
	l.cr = nextByte(l.data, l.cr, l.pos, '\r')
	start, end = l.pos, min(l.lf, l.cr)
	l.pos = end + 1
	if end == l.cr && l.lf == end+1 {
		l.pos++
	}
	return start, end, true
}

// nextByte gives the offset of c at or after pos, where known is an earlier
// answer; len(data) when there is none.
func nextByte(data []byte, known, pos int, c byte) int {
	if known >= pos {
		return known
	}
	if i := bytes.IndexByte(data[pos:], c); i >= 0 {
		return pos + i
	}
	return len(data)
}

// lineEnd gives the end of the line that holds the offset.
func lineEnd(data []byte, offset int) int {
	if i := bytes.IndexAny(data[offset:], "\r\n"); i >= 0 {
		return offset + i
	}
	return len(data)
}

// sortPieces orders pieces by where they start; of two that start together, the
// longer one comes first, since it contains the other.
func sortPieces(p []piece) {
	sort.SliceStable(p, func(i, j int) bool {
		if p[i].start != p[j].start {
			return p[i].start < p[j].start
		}
		return p[i].end > p[j].end
	})
}
