package main

import (
	"encoding/json"

	"certlens/internal/report"
)

// A report of a thousand certificates takes a page longer to parse than it may
// stand still. Its long lists go ahead in parts, each a message of its own; the
// page puts them together again. A page that got a report without its lists
// would show less than there is, so what is left out of it is always sent before.

// longList is the number of items from which a list goes in parts.
const longList = 64

// partSize is the size of a part, in bytes, at which it is sent.
const partSize = 128 << 10

// A part is some items of one of the lists of a report, by its name in JSON.
type part struct {
	List  string            `json:"list"`
	Items []json.RawMessage `json:"items"`
}

// A sender sends JSON on the way of a call. It keeps the first error.
type sender struct {
	progress func([]byte)
	err      error
}

func (s *sender) send(v any) {
	data, err := encode(v)
	if err != nil {
		s.fail(err)
		return
	}
	s.progress(data)
}

func (s *sender) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// sendParts sends the long lists of r, and gives r without them.
func (s *sender) sendParts(r *report.Report) *report.Report {
	if r == nil {
		return nil
	}
	rest := *r
	sendList(s, "inputs", &rest.Inputs)
	sendList(s, "certificates", &rest.Certificates)
	sendList(s, "lints", &rest.Lints)
	sendList(s, "findings", &rest.Findings)
	return &rest
}

func sendList[T any](s *sender, name string, list *[]T) {
	if len(*list) < longList {
		return
	}
	next, size := part{List: name}, 0
	for _, item := range *list {
		data, err := encode(item)
		if err != nil {
			s.fail(err)
			return
		}
		next.Items = append(next.Items, data)
		if size += len(data); size >= partSize {
			s.send(next)
			next, size = part{List: name}, 0
		}
	}
	if len(next.Items) > 0 {
		s.send(next)
	}
	*list = []T{}
}
