package intake

import (
	"bytes"
	"strconv"
	"strings"
)

// Private keys of PuTTY, with the public half in the open.

var ppkStart = []byte("PuTTY-User-Key-File-")

// maxPPK is the longest file of PuTTY that is believed, in bytes.
const maxPPK = 32 << 10

func nextPPK(t *text, from int) int {
	if i := bytes.Index(t.data[from:], ppkStart); i >= 0 {
		return from + i
	}
	return -1
}

// claimPPK takes all up to the MAC at the end, however the lines were changed,
// or to the next such file.
func claimPPK(t *text, start int) (*piece, int) {
	near := t.data[start:min(len(t.data), start+maxPPK)]
	if next := bytes.Index(near[1:], ppkStart); next >= 0 {
		near = near[:next+1]
	}
	if !bytes.Contains(near, []byte("Private-Lines")) && !bytes.Contains(near, []byte("Public-Lines")) {
		return nil, start + len(ppkStart)
	}
	p := newPiece(t, start, "ppk")
	p.end = start + len(near)
	if i := bytes.Index(near, []byte("Private-MAC: ")); i >= 0 {
		p.end = start + i + len("Private-MAC: ")
		for p.end < len(t.data) && isAllHex(t.data[p.end:p.end+1]) {
			p.end++
		}
	} else {
		p.note("The end of the key is missing.")
	}
	h, encrypted := readPPK(plain(t.data[start:p.end], marginBefore(t.data, start)))
	p.takeKey(PrivateKey, h, "PuTTY")
	if encrypted {
		p.objects[0].Encrypted = true
		p.note("The private key is encrypted.")
	}
	return p, 0
}

// readPPK reads the public lines.
func readPPK(text string) (h *half, encrypted bool) {
	left := 0
	var public strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case left > 0 && line != "":
			left--
			public.WriteString(line)
		case name == "Encryption":
			encrypted = value != "none"
		case name == "Public-Lines":
			left, _ = strconv.Atoi(value)
		}
	}
	blob := newDecoder([]byte(public.String()), 0, public.Len()).all()
	if found, ok := sshHalf(blob); ok {
		h = &found
	}
	return h, encrypted
}

// plain gives text with everything that is spelled otherwise as what it stands
// for, and without margins.
func plain(data []byte, m margin) string {
	out := make([]byte, 0, len(data))
	lineStart := false
	for i := 0; i < len(data); {
		if lineStart {
			lineStart = false
			rest := data[i:min(len(data), i+2*maxMargin)]
			if n := m.match(rest); n > 0 {
				i += n
				continue
			}
			for i < len(data) && isMargin(data[i]) {
				i++
			}
			continue
		}
		c, n := data[i], 1
		if s := spelled(data[i:]); s.n > 0 && s.char != elided {
			c, n = s.char, s.n
		}
		if c == '\r' {
			c = '\n'
		}
		lineStart = c == '\n'
		if i += n; c != 0 {
			out = append(out, c)
		}
	}
	return string(out)
}
