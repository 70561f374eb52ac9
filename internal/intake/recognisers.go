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
// offset; where one starts before another, it comes first, and what it claims is
// not looked at again. A new format is one file and one row.
func recognisers() []recogniser {
	return []recogniser{
		{nextBinary, claimBinary},
		{nextPEM, claimPEM},
		{nextTail, claimTail},
		{nextPPK, claimPPK},
		{nextKeyText, claimKeyText},
		{nextJWK, claimJWK},
		{nextXMLKey, claimXMLKey},
		{nextSSH, claimSSH},
		{nextHex, claimHex},
		{nextBase64, claimBase64},
		{nextLayer, claimLayer},
	}
}

// A piece is one claimed span of a text: a block with objects, or a transcript.
type piece struct {
	t          *text
	start, end int
	input      report.Input
	objects    []Object
	transcript *report.Transcript
	// trailing is the number of bytes at the end that belong to no object.
	trailing int
	// holds says what a layer that was taken off held, as in "base64 of PEM".
	holds string
	// cut is true when a limit left something of the transcript out.
	cut bool
}

func newPiece(t *text, start int, kind string) *piece {
	return &piece{t: t, start: start, input: report.Input{Kind: kind}}
}

// repair notes one mending; offset is where it was needed.
func (p *piece) repair(kind string, offset int, detail string) {
	line, _ := p.t.position(offset)
	p.input.Repairs = append(p.input.Repairs, report.Repair{Kind: kind, Line: line, Detail: detail})
}

// repairOnce is repair unless the kind was noted before.
func (p *piece) repairOnce(kind string, offset int, detail string) {
	for _, r := range p.input.Repairs {
		if r.Kind == kind {
			return
		}
	}
	p.repair(kind, offset, detail)
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
func (t *text) pieces() []piece {
	var found []piece
	table := recognisers()
	next := make([]int, len(table))
	for i := range next {
		next[i] = table[i].next(t, t.start)
	}
	for {
		i := earliest(next)
		if i < 0 {
			return found
		}
		p, again := table[i].claim(t, next[i])
		if p == nil {
			next[i] = table[i].next(t, again)
			continue
		}
		found = append(found, *p)
		if !t.budget.take(&found[len(found)-1]) {
			return found
		}
		for i := range next {
			if next[i] >= 0 && next[i] < p.end {
				next[i] = table[i].next(t, p.end)
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
func (r *Result) add(t *text) {
	var found []piece
	if !t.budget.spent() {
		found = t.pieces()
	}
	found = append(found, t.transcripts(found, t.budget)...)
	sortPieces(found)
	if t.size > MaxBytes {
		t.budget.hit = true
		found = append(found, cutPiece(t))
	}
	t.noteDuplicates(found)
	for i := range found {
		r.addPiece(t, &found[i])
	}
}

// noteDuplicates marks certificates that stand in the text a second time. What
// a tool prints twice is meant so.
func (t *text) noteDuplicates(found []piece) {
	first := make(map[string]int)
	inside := 0 // the end of the last transcript
	for i := range found {
		p := &found[i]
		if p.transcript != nil {
			inside = max(inside, p.end)
		}
		if p.start < inside {
			continue
		}
		for j := range p.objects {
			o := &p.objects[j]
			if o.Kind != Certificate {
				continue
			}
			o.id = ID(o.DER)
			if line, ok := first[o.id]; ok {
				p.repairOnce("duplicate", p.start, fmt.Sprintf("The certificate stands at line %d already.", line))
			} else {
				first[o.id], _ = t.position(p.start)
			}
		}
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
			if o.id == "" {
				o.id = ID(o.DER)
			}
			in.Certificates = append(in.Certificates, o.id)
		}
		in.Secret = in.Secret || o.Kind == PrivateKey
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
