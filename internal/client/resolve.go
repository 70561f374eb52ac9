package client

import (
	"bytes"
	"slices"
)

const (
	// near is how far apart the texts of one error stand at most, in bytes: a
	// few lines.
	near = 400
	// far is the same for a stack trace that says more about the same error
	// further down.
	far = 16 << 10
	// nextTo is how far apart two texts of one message stand: punctuation.
	nextTo = 6
	// maxPending is how many texts may stand in front of what they pass on, and
	// maxNames how many programs and keys one error has; no real one has so many.
	maxPending, maxNames = 16, 8
)

// A resolver puts events together from hits that come in order.
type resolver struct {
	data    []byte
	pending []hit // frames and general texts for which nothing more has come yet
	last    *event
	reached hit // the last hit that was neither
	events  []*event
	known   map[string]*event
}

// add takes the next hit.
func (r *resolver) add(h hit) {
	if r.last != nil && h.start < r.reached.end && h.role != 'f' && h.role != 't' {
		r.inside(h)
		return
	}
	if n := len(r.pending); n > 0 && h.role != 'd' && r.pending[n-1].contains(h) {
		return // a part of the words of a frame
	}
	if len(r.pending) > 0 && h.start-r.pending[len(r.pending)-1].end > near {
		r.flush()
	}
	switch {
	case h.role == 't' && len(r.pending) > 0:
		r.wait(h)
		r.flush() // a text that stands behind ends what stands in front
	case h.role == 't' && r.last != nil && h.start-r.last.end <= near:
		r.last.take(h)
	case h.role == 't':
		if len(h.classes) > 0 {
			r.begin(h)
		}
	case h.role == 'f':
		if r.generalOf(h) {
			r.flush()
		}
		r.wait(h)
	case h.role == 'g':
		r.wait(h)
	default:
		r.part(h)
		r.begin(h)
		r.reached = h
	}
}

// wait keeps a text until something follows. Of many that nothing follows, the
// last are kept.
func (r *resolver) wait(h hit) {
	if len(r.pending) == maxPending {
		r.pending = append(r.pending[:0], r.pending[1:]...)
	}
	r.pending = append(r.pending, h)
}

// part ends those pending texts that a hit cannot belong to: general ones that mean
// something else, and stand on another line.
func (r *resolver) part(h hit) {
	for i, p := range slices.Backward(r.pending) {
		if p.role == 'g' && !slices.Contains(p.classes, h.classes[0]) && r.lineBetween(p.end, h.start) {
			rest := r.pending[i+1:]
			r.pending = slices.Clip(r.pending[:i+1])
			r.flush()
			r.pending = append(r.pending, rest...)
			return
		}
	}
}

// lineBetween tells whether a line ends between two places.
func (r *resolver) lineBetween(from, to int) bool {
	return from < to && bytes.IndexByte(r.data[from:to], '\n') >= 0
}

// generalOf tells whether a general text is pending that a frame cannot belong to:
// programs stand in front of what they pass on.
func (r *resolver) generalOf(frame hit) bool {
	return slices.ContainsFunc(r.pending, func(p hit) bool {
		return p.role == 'g' && p.client != frame.client && (frame.start-p.end > nextTo || r.lineBetween(p.end, frame.start))
	})
}

// inside takes a hit that begins within the one before: a part of it, or another
// reading of the same words, which counts where it says more.
func (r *resolver) inside(h hit) {
	if outranks(h, r.last.main) || h.end > r.reached.end && len(h.classes) < len(r.last.main.classes) {
		r.last.main, r.reached = h, h
		r.last.keys = append(appendName(nil, h.key()), r.last.keys...)
	}
}

// outranks tells whether a says more than b.
func outranks(a, b hit) bool { return a.role == 'd' && b.role != 'd' }

// begin makes an event of a hit and of what is pending in front of it.
func (r *resolver) begin(h hit) {
	for _, p := range r.pending {
		if n := len(p.classes); n == 1 || n == 2 {
			h.classes = moveFirst(h.classes, p.classes[0]) // "cannot load certificate", in front of "no such file"
		}
	}
	e := &event{main: h, start: h.start, end: h.end, shown: h.start, count: 1, named: named{depth: -1}}
	e.capture(h)
	for _, p := range slices.Backward(r.pending) {
		e.capture(p)
		if e.shown-p.end <= nextTo && p.start < e.shown {
			e.shown = p.start
		}
		e.start = min(e.start, p.start)
	}
	e.addKey(h.row)
	for _, p := range r.pending {
		e.wrap(p)
		e.addKey(p.row)
	}
	r.pending = r.pending[:0]
	r.enter(e)
}

// flush ends what is pending: a general text, or a frame with a meaning of its
// own, is an error of its own unless the error before was about the same.
func (r *resolver) flush() {
	pending := r.pending
	r.pending = nil
	best := -1
	for i, p := range pending {
		if len(p.classes) > 0 && p.role != 't' && (best < 0 || p.role == 'g' && pending[best].role != 'g') {
			best = i
		}
	}
	if best < 0 {
		return
	}
	h := pending[best]
	if last := r.last; last != nil && h.start-last.end <= far && h.client == last.main.client || last != nil && h.start-last.end <= near {
		if slices.Contains(h.classes, last.main.classes[0]) {
			for _, p := range pending {
				last.take(p)
			}
			return
		}
	}
	r.pending = slices.Delete(pending, best, best+1)
	r.begin(h)
}

// enter adds an event, or joins it with the one before where both are about the
// same error, or counts it where it stood before.
func (r *resolver) enter(e *event) {
	if r.last != nil && r.last.joins(e) {
		if r.last.main.row == e.main.row && r.lineBetween(r.last.end, e.start) {
			r.last.count++
		}
		r.last.join(e)
		return
	}
	if o := r.known[e.name()]; o != nil {
		o.count++
		o.end = e.end
		o.union(e)
		r.last = o
		return
	}
	r.last = e
	if len(r.events) >= MaxMatches {
		return
	}
	r.events = append(r.events, e)
	r.known[e.name()] = e
}
