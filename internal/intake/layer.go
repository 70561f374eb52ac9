package intake

import (
	"bytes"
	"strings"
)

// Base64 of text that itself holds something: a Secret of Kubernetes, a
// kubeconfig, a data URI, a part of a JWT.

// minLayer is the shortest token that may be a layer, in characters: the base64
// of a BEGIN and an END line has more.
const minLayer = 64

// nextLayer finds a token of at least minLayer characters. A probe at every such
// distance can't miss one.
func nextLayer(t *text, from int) int {
	for at := from + minLayer - 1; at < len(t.data); {
		if !isToken(t.data[at]) {
			at += minLayer
			continue
		}
		start, end := at, at
		for start > from && isToken(t.data[start-1]) {
			start--
		}
		for end < len(t.data) && isToken(t.data[end]) {
			end++
		}
		if end-start >= minLayer && isText(t.data[start:end]) {
			return start
		}
		at = end + minLayer
	}
	return -1
}

// isToken tells whether a byte is a character of either base64 alphabet.
func isToken(c byte) bool { return sextet[c]&urlSextet[c] != 255 }

// isText tells whether a token begins like the base64 of text, or of a key
// store.
func isText(token []byte) bool {
	var head [minLayer / 4 * 3]byte
	for i := 0; i+4 <= minLayer; i += 4 {
		var v [4]byte
		for j := range v {
			v[j] = min(sextet[token[i+j]], urlSextet[token[i+j]])
		}
		head[i/4*3], head[i/4*3+1], head[i/4*3+2] = v[0]<<2|v[1]>>4, v[1]<<4|v[2]>>2, v[2]<<6|v[3]
	}
	if isStore(head[:]) {
		return true
	}
	for _, c := range head {
		if (c < ' ' || c > '~') && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

func claimLayer(t *text, start int) (*piece, int) {
	if t.depth >= MaxLayers {
		return tooDeep(t, start), 0
	}
	d := newDecoder(t.data, start, len(t.data))
	d.open, d.want, d.whole = true, maxLength, true
	n := 0
	for start+n < len(t.data) && isToken(t.data[start+n]) {
		n++
	}
	if bytes.ContainsAny(t.data[start:start+n], "-_") {
		d.digits = &urlSextet
		d.mend("base64url", start)
	}
	p := newPiece(t, start, "base64")
	inner := d.all()
	if !p.takeLayer(inner, "base64") {
		// Not the next line of the same: each would be decoded to the end again.
		return nil, max(start+n, d.end)
	}
	p.end = d.end
	p.addRepairs(d, true)
	return p, 0
}

// takeLayer gives the piece what stands in a layer that was taken off; false
// when that is nothing.
func (p *piece) takeLayer(data []byte, what string) bool {
	inner := p.t.inner(data)
	found := inner.pieces()
	p.t.budget.hit = p.t.budget.hit || inner.budget.hit
	if !useful(found) {
		return false
	}
	for i := range found {
		p.takeInner(&found[i])
	}
	p.holds = what + " of " + contents(found)
	if p.t.depth == 0 {
		p.note("It is %s.", p.holds)
	}
	if p.input.Label == "" {
		p.input.Label = found[0].input.Label
	}
	return true
}

// tooDeep is the piece for a layer below the last that is taken off.
func tooDeep(t *text, start int) *piece {
	t.budget.hit = true
	p := newPiece(t, start, "unknown")
	p.end, p.holds = len(t.data), "more layers"
	p.note("More than %d layers of base64 and hex are not taken off.", MaxLayers)
	return p
}

// useful tells whether a layer held more than what only looks like something.
func useful(found []piece) bool {
	for _, f := range found {
		if len(f.objects) > 0 || f.input.Secret || f.input.Kind != "unknown" || f.holds != "" {
			return true
		}
	}
	return false
}

// takeInner takes over what a piece inside of p gave. All of it stands where p
// stands.
func (p *piece) takeInner(f *piece) {
	p.objects = append(p.objects, f.objects...)
	p.input.Secret = p.input.Secret || f.input.Secret
	if f.input.Kind == "pkcs12" || f.input.Kind == "jks" {
		p.input.Kind = f.input.Kind
	}
	if f.input.Password != "" {
		p.input.Password = f.input.Password
	}
	for _, r := range f.input.Repairs {
		p.repairOnce(r.Kind, p.start, r.Detail)
	}
	if f.input.Note != "" && !strings.Contains(p.input.Note, f.input.Note) {
		p.note("%s", f.input.Note)
	}
}

// contents names what was found in a layer.
func contents(found []piece) string {
	for _, f := range found {
		switch {
		case f.holds != "":
			return f.holds
		case f.input.Kind == "pem":
			return "PEM"
		case f.input.Kind == "jks", f.input.Kind == "pkcs12", f.input.Kind == "der", f.input.Kind == "pkcs7":
			return "a file"
		}
	}
	return "text"
}
