package trust

import "sync"

// An index finds entries by subject name. Most look-ups find the encoding that
// they ask for; only a miss pays for the comparison that RFC 5280 describes.
type index struct {
	exact  map[string][]*entry
	folded func() map[string][]*entry
}

// newIndex indexes the entries without parsing them.
func newIndex(entries []*entry) *index {
	x := &index{exact: map[string][]*entry{}}
	for _, e := range entries {
		x.exact[string(e.subject)] = append(x.exact[string(e.subject)], e)
	}
	x.folded = sync.OnceValue(func() map[string][]*entry {
		m := map[string][]*entry{}
		for _, e := range entries {
			k := NameKey(e.subject)
			m[k] = append(m[k], e)
		}
		return m
	})
	return x
}

// find lists the entries with the subject. An empty name is nobody's.
func (x *index) find(subject []byte) []*entry {
	if len(subject) == 0 {
		return nil
	}
	if found := x.exact[string(subject)]; found != nil {
		return found
	}
	return x.folded()[NameKey(subject)]
}
