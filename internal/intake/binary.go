package intake

import "bytes"

// Binary files: a source that starts with DER, or that is a key store of Java.

func nextBinary(t *text, from int) int {
	if from == 0 && len(t.data) > 0 && (t.data[0] == tagSequence || isStore(t.data)) {
		return 0
	}
	return -1
}

func claimBinary(t *text, start int) (*piece, int) {
	p := newPiece(t, start, "der")
	if isStore(t.data) {
		p.end = p.takeStore(t.data)
		return p, 0
	}
	if !p.takeDER(t.data) {
		return nil, len(t.data)
	}
	if rest := bytes.Trim(t.data[p.end:], "\r\n\x00 \t"); len(rest) > 0 {
		p.note("The %s after it are no DER.", counted(len(t.data)-p.end, "byte"))
	}
	return p, 0
}

// takeDER adds the objects that stand one after another at the start of data,
// and moves the end of the piece behind them; false when there is none.
func (p *piece) takeDER(data []byte) bool {
	first := formUnknown
	for p.end < len(data) && len(p.objects) < MaxObjects {
		e, ok := readElement(data[p.end:])
		if !ok {
			break
		}
		f := classify(e)
		if f == formUnknown {
			break
		}
		if first == formUnknown {
			first = f
		}
		p.take(e, f, "")
		p.end += len(e.raw)
	}
	if first == formPKCS7 {
		p.input.Kind = "pkcs7"
	}
	return first != formUnknown
}
