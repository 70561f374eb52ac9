package intake

// A reader finds the runs of one tool in a text. It is given the pieces that
// were found before, in order, and gives a piece with a transcript per run.
type reader func(t *text, found []piece) []piece

// readers are tried in this order; a run that overlaps one of an earlier reader
// is dropped. A new tool is one file and one row.
var readers = []reader{
	readSClient,
}

// transcripts finds the runs of tools in the text. found are its pieces.
func (t *text) transcripts(found []piece, budget *limits) []piece {
	var runs []piece
	for _, read := range readers {
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
