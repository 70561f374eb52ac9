package intake

import (
	"bytes"

	"certlens/internal/report"
)

// Base64 of DER that stands in the text without BEGIN and END.

// minBare is the shortest run of base64 characters that is looked at: an
// Ed25519 public key, the smallest object, has 60.
const minBare = 56

// nextBase64 finds a token that starts like the base64 of a SEQUENCE: 0x30 gives
// the letter M, and a length octet either up to 0x7F or from 0x80 to 0x84 gives
// a letter from A to P.
func nextBase64(t *text, from int) int {
	for {
		i := bytes.IndexByte(t.data[from:], 'M')
		if i < 0 {
			return -1
		}
		at := from + i
		n := runLength(t.data[at:])
		if n >= minBare && t.data[at+1] <= 'P' && t.data[at+1] >= 'A' && !inRun(t, at) {
			return at
		}
		from = at + n
	}
}

// runLength counts the base64 characters at the start of data.
func runLength(data []byte) int {
	for i, c := range data {
		if sextet[c] == 255 {
			return i
		}
	}
	return len(data)
}

// inRun tells whether a base64 character stands right before the offset.
func inRun(t *text, at int) bool { return at > t.start && sextet[t.data[at-1]] != 255 }

// shortPeek is how many bytes are decoded to see what an element is, once as much
// was decoded in vain as the text has: the version 3 certificate and the key
// show what they are in these, and so tokens in a row stay cheap.
const shortPeek = 96

func claimBase64(t *text, start int) (*piece, int) {
	d := newDecoder(t.data, start, len(t.data))
	d.open = true
	p := &piece{start: start, input: report.Input{Kind: "base64"}}
	if t.vain > len(t.data) {
		d.peek = shortPeek
	}
	if u := p.unpack(d, ""); u.first == formUnknown {
		t.vain += u.looked
		return nil, start + runLength(t.data[start:])
	}
	p.end = d.end
	addRepairs(t, p, d, true)
	return p, 0
}
