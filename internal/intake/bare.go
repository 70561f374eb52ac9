package intake

import "bytes"

// Base64 of DER that stands in the text without BEGIN and END.

const (
	// minBare is the shortest run of base64 characters that is looked at: an
	// Ed25519 public key, the smallest object, has 60.
	minBare = 56
	// minBroken is the same for a run that ends where base64 may go on, and
	// minSpelled where a character may stand that is spelled otherwise.
	minBroken, minSpelled = 12, 4
	// minBytes is the smallest object, in bytes.
	minBytes = 40
)

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
		if at+1 < len(t.data) && t.data[at+1] <= 'P' && t.data[at+1] >= 'A' && !inRun(t, at) && longEnough(t.data[at:]) {
			return at
		}
		from = at + runLength(t.data[at:])
	}
}

func longEnough(data []byte) bool {
	n := runLength(data)
	if n >= minBare || n == len(data) {
		return n >= minBare
	}
	switch data[n] {
	case '-', '_', '%', '\\':
		return n >= minSpelled
	case '\n', '\r', '&', '<', '"', '\'':
		return n >= minBroken
	}
	return false
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

// inRun tells whether a base64 character stands right before the offset. What
// is left of an escape or an encoding does not count.
func inRun(t *text, at int) bool {
	if at <= t.start || sextet[t.data[at-1]] == 255 {
		return false
	}
	for n := 2; n <= 3 && at-n >= t.start; n++ {
		if s := spelled(t.data[at-n : at]); s.n == n {
			return false
		}
	}
	return true
}

// shortPeek is how many bytes are decoded to see what an element is, once as much
// was decoded in vain as the text has: the version 3 certificate and the key
// show what they are in these, and so tokens in a row stay cheap.
const shortPeek = 96

func claimBase64(t *text, start int) (*piece, int) {
	d := newDecoder(t.data, start, len(t.data))
	d.open = true
	p := newPiece(t, start, "base64")
	n := runLength(t.data[start:])
	if inURL(t.data[start+n:]) {
		d.digits = &urlSextet
		d.mend("base64url", start+n)
	}
	if t.vain > len(t.data) {
		d.peek = shortPeek
	}
	if u := p.unpack(d, ""); u.first == formUnknown || u.used < minBytes {
		t.vain += u.looked
		return nil, start + n
	}
	p.end = d.end
	p.addRepairs(d, true)
	return p, 0
}

// inURL tells whether a token goes on in the alphabet of URLs.
func inURL(rest []byte) bool {
	near := rest[:min(len(rest), 4)]
	return len(near) > 1 && (rest[0] == '-' || rest[0] == '_') && urlSextet[rest[1]] < 64 && string(near) != "----"
}
