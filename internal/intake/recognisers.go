package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"certlens/internal/report"
)

// A recogniser finds the pieces of one format.
type recogniser struct {
	// next gives the first offset at or after from where a piece might start,
	// or -1. It may be wrong; it must be cheap, and linear over all its calls.
	next func(t *text, from int) int
	// claim reads the piece that starts at the offset. It gives nil, and the
	// offset where to look again, when there is none.
	claim func(t *text, start int) (p *piece, again int)
}

// recognisers are tried in this order where several could start at the same
// offset. A new format is one file and one row.
var recognisers = []recogniser{
	{nextBinary, claimBinary},
	{nextPEM, claimPEM},
	{nextBase64, claimBase64},
}

// A piece is one claimed span of a text: a block with objects, or a transcript.
type piece struct {
	start, end int
	input      report.Input
	objects    []Object
	transcript *report.Transcript
	// trailing is the number of bytes at the end that belong to no object.
	trailing int
	// cut is true when a limit left something of the transcript out.
	cut bool
}

// repair notes one mending; offset is where it was needed.
func (p *piece) repair(t *text, kind string, offset int, detail string) {
	line, _ := t.position(offset)
	p.input.Repairs = append(p.input.Repairs, report.Repair{Kind: kind, Line: line, Detail: detail})
}

// note appends a sentence to the input's note.
func (p *piece) note(format string, args ...any) {
	if p.input.Note != "" {
		p.input.Note += " "
	}
	p.input.Note += fmt.Sprintf(format, args...)
}

// counted says "1 byte", "2 bytes".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// pieces finds all pieces of the text that hold objects, in order, until the
// budget is spent.
func (t *text) pieces(budget *limits) []piece {
	var found []piece
	next := make([]int, len(recognisers))
	for i := range next {
		next[i] = recognisers[i].next(t, t.start)
	}
	for {
		i := earliest(next)
		if i < 0 {
			return found
		}
		p, again := recognisers[i].claim(t, next[i])
		if p == nil {
			next[i] = recognisers[i].next(t, again)
			continue
		}
		found = append(found, *p)
		if !budget.take(&found[len(found)-1]) {
			return found
		}
		for i := range next {
			if next[i] >= 0 && next[i] < p.end {
				next[i] = recognisers[i].next(t, p.end)
			}
		}
	}
}

// earliest gives the index of the smallest offset, the first of equals; -1 when
// all are -1.
func earliest(next []int) int {
	best := -1
	for i, n := range next {
		if n >= 0 && (best < 0 || n < next[best]) {
			best = i
		}
	}
	return best
}

// take pays for a piece, cuts what is too much, and tells whether there is
// budget for another.
func (l *limits) take(p *piece) bool {
	if len(p.objects) > l.objects {
		p.objects = p.objects[:l.objects]
	}
	l.objects -= len(p.objects)
	l.inputs--
	if !l.spent() {
		return true
	}
	p.note("%s", l.note())
	return false
}

// add reads one text and appends what it holds.
func (r *Result) add(t *text, budget *limits) {
	var found []piece
	if !budget.spent() {
		found = t.pieces(budget)
	}
	found = append(found, t.transcripts(found, budget)...)
	sortPieces(found)
	if t.size > MaxBytes {
		budget.hit = true
		found = append(found, cutPiece(t))
	}
	for i := range found {
		r.addPiece(t, &found[i])
	}
}

// cutPiece says that the text is longer than what is read.
func cutPiece(t *text) piece {
	p := piece{start: len(t.data), end: len(t.data), input: report.Input{Kind: "unknown"}}
	p.note("Only the first %d of %d bytes are read.", MaxBytes, t.size)
	return p
}

func (r *Result) addPiece(t *text, p *piece) {
	in, index := p.input, len(r.Inputs)
	in.Source, in.Where, in.Count = t.name, t.where(p.start, p.end), len(p.objects)
	if t.utf16 {
		in.Repairs = append([]report.Repair{{Kind: "utf-16", Line: 1,
			Detail: "Decoded from UTF-16; places count in the UTF-8 form."}}, in.Repairs...)
	}
	for _, o := range p.objects {
		o.Input = index
		r.Objects = append(r.Objects, o)
		if o.Kind == Certificate {
			in.Certificates = append(in.Certificates, ID(o.DER))
		}
	}
	if p.transcript != nil {
		tr := *p.transcript
		tr.Input = index
		r.Transcripts = append(r.Transcripts, tr)
	}
	r.Inputs = append(r.Inputs, in)
}

// ID is the id of an object in a report: the SHA-256 of its DER (hex).
func ID(der []byte) string {
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
