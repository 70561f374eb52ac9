package client

import (
	"bytes"
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// An index finds the patterns that may begin near a place, by four bytes of
// their first literal.
type index struct {
	// offset is where in its first literal the four bytes of each pattern stand.
	offset []uint8
	// head is the first pattern, plus one, for each hash of four bytes, and next
	// the one after it.
	head [1 << hashBits]uint16
	next []uint16
}

const (
	gramSize = 4
	hashBits = 14
)

func hash(gram uint32) uint32 { return gram * 0x9E3779B1 >> (32 - hashBits) }

func gramAt(b []byte, i int) uint32 {
	return uint32(b[i]) | uint32(b[i+1])<<8 | uint32(b[i+2])<<16 | uint32(b[i+3])<<24
}

// newIndex chooses for each pattern the four bytes that are rarest among all
// patterns, so that ordinary words ("certificate") lead to few.
func newIndex(patterns []pattern) *index {
	x := &index{offset: make([]uint8, len(patterns)), next: make([]uint16, len(patterns))}
	var count [1 << hashBits]uint16
	for i := range patterns {
		for j := 0; j+gramSize <= len(patterns[i].first); j++ {
			count[hash(gramAt(patterns[i].first, j))]++
		}
	}
	for i := range patterns {
		first := patterns[i].first
		if len(first) < gramSize {
			continue
		}
		best := 0
		for j := 1; j+gramSize <= min(len(first), 255); j++ {
			if count[hash(gramAt(first, j))] < count[hash(gramAt(first, best))] {
				best = j
			}
		}
		h := hash(gramAt(first, best))
		x.offset[i], x.next[i], x.head[h] = uint8(best), x.head[h], uint16(i+1)
	}
	return x
}

// A hit is one place where a text of the catalogue stands.
type hit struct {
	*row
	start, end int // in the input
	client     string
	code       string
	classes    []report.Class
	named
	word string // what stood in the last hole of another sort
}

// setHost takes a name or address, with or without a port. Postfix writes both, as
// mx.example.com[192.0.2.1].
func (h *hit) setHost(text string) {
	text = strings.TrimRight(clean(text, maxName), ".")
	if a, err := netip.ParseAddrPort(text); err == nil {
		h.host, h.port = a.Addr().String(), int(a.Port())
		return
	}
	if i := strings.IndexByte(text, '['); i > 0 {
		_, behind, _ := strings.Cut(text, "]")
		text = text[:i] + behind
	}
	name, port, ok := strings.Cut(text, ":")
	if n, err := strconv.ParseUint(port, 10, 16); ok && err == nil {
		h.host, h.port = name, int(n)
		return
	}
	h.host = strings.Trim(text, "[]")
}

// contains tells whether another hit is a part of this one.
func (h *hit) contains(o hit) bool {
	return o.start >= h.start && o.end <= h.end && o.end-o.start < h.end-h.start
}

// A finder looks through one block after the other.
type finder struct {
	*catalogue
	block
	hits []hit
}

// find gives the hits of data[from:to] in the order of their starts, the longer
// of two that start together first. Texts may end behind to.
func (f *finder) find(data []byte, from, to int) []hit {
	f.fill(data, from, min(to+overlap, len(data)))
	f.hits = f.hits[:0]
	if len(f.text) < gramSize {
		return nil
	}
	gram := gramAt(f.text, 0) << 8
	for i := gramSize - 1; i < len(f.text); i++ {
		gram = gram>>8 | uint32(f.text[i])<<24
		if k := f.head[hash(gram)]; k != 0 {
			f.candidates(k, i-gramSize+1, to)
		}
	}
	return f.hits
}

// insert puts a hit into its place: hits are found by four bytes somewhere in
// their first words, and so almost in order.
func (f *finder) insert(h hit) {
	f.hits = append(f.hits, h)
	for i := len(f.hits) - 1; i > 0 && h.before(&f.hits[i-1]); i-- {
		f.hits[i], f.hits[i-1] = f.hits[i-1], h
	}
}

// before tells whether a hit begins in front of another, or is the longer of two
// that begin together.
func (h *hit) before(o *hit) bool {
	return h.start < o.start || h.start == o.start && h.end > o.end
}

// candidates tries the patterns whose four bytes may stand at a place.
func (f *finder) candidates(k uint16, at, to int) {
	for ; k != 0; k = f.next[k-1] {
		p := &f.patterns[k-1]
		i := at - int(f.offset[k-1])
		if i < 0 || int(f.at[i]) >= to || !bytes.HasPrefix(f.text[i:], p.first) {
			continue
		}
		h := hit{row: p.row, named: named{depth: -1}}
		end, ok := p.match(&f.block, i, &h)
		if !ok {
			continue
		}
		h.start, h.end = int(f.at[i]), f.endOf(end-1)
		if p.exact && string(f.data[h.start:h.end]) != p.words || p.read != nil && !p.read(f, &h) {
			continue
		}
		h.fill(p.client)
		f.insert(h)
	}
}

// fill takes from the row what reading the place did not give.
func (h *hit) fill(client string) {
	h.client = cmp.Or(h.client, client, h.row.client)
	h.speaker = cmp.Or(h.speaker, h.row.side)
	h.code = cmp.Or(h.code, h.row.code)
	if h.classes == nil {
		h.classes = h.row.classes
	}
}

// behind gives up to n bytes of the squeezed form that follow a place in the
// input.
func (f *finder) behind(at, n int) []byte {
	i, _ := slices.BinarySearch(f.at, int32(at))
	return f.text[i:min(i+n, len(f.text))]
}
