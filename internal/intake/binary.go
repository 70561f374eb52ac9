package intake

import (
	"bytes"

	"certlens/internal/report"
)

// Binary DER: a source that starts with it, as a dropped file does.

func nextBinary(t *text, from int) int {
	if from == 0 && len(t.data) > 0 && t.data[0] == tagSequence {
		return 0
	}
	return -1
}

func claimBinary(t *text, start int) (*piece, int) {
	p := &piece{start: start, input: report.Input{Kind: "der"}}
	first := formUnknown
	for p.end < len(t.data) && len(p.objects) < MaxObjects {
		e, ok := readElement(t.data[p.end:])
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
	if first == formUnknown {
		return nil, len(t.data)
	}
	if first == formPKCS7 {
		p.input.Kind = "pkcs7"
	}
	if rest := bytes.Trim(t.data[p.end:], "\r\n\x00 \t"); len(rest) > 0 {
		p.note("The %s after it are no DER.", counted(len(t.data)-p.end, "byte"))
	}
	return p, 0
}
