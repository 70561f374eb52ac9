package intake

import "slices"

// A reader finds the runs of one tool or more in a text. It is given the pieces
// that were found before, in order, those of earlier readers among them, and
// gives a piece per run, with a transcript or a note.
type reader func(t *text, found []piece) []piece

// readers are tried in this order; a run that overlaps one of an earlier reader
// is dropped. A new tool is one file and one row.
var readers = []reader{
	readSClient,
	readTools,
}

// transcripts finds the runs of tools in the text. found are its pieces.
func (t *text) transcripts(found []piece, budget *limits) []piece {
	var runs []piece
	for i, read := range readers {
		if i > 0 && len(runs) > 0 {
			found = append(slices.Clone(found), runs...)
			sortPieces(found)
		}
		for _, p := range read(t, found) {
			if overlaps(runs, p) {
				continue
			}
			if budget.transcripts--; budget.transcripts < 0 {
				budget.hit = true
				runs[len(runs)-1].note("The limit of %d transcripts is reached; what follows is not read.", MaxTranscripts)
				return runs
			}
			budget.hit = budget.hit || p.cut
			runs = append(runs, p)
		}
	}
	return runs
}

// overlaps tells whether p shares bytes with one of the runs.
func overlaps(runs []piece, p piece) bool {
	for i := len(runs) - 1; i >= 0; i-- {
		if p.start < runs[i].end && runs[i].start < p.end {
			return true
		}
	}
	return false
}
