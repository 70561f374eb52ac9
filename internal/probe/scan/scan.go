// Package scan finds out how a server speaks TLS with few handshakes: it offers
// everything, removes what the server chose, and offers the rest again.
//
// It is a strategy, and makes no connection. Plan looks at the handshakes made
// so far and says which to make next; who makes them (a page that asks a worker,
// a terminal that dials) does not matter to it. Run is the loop for callers in Go.
package scan

import "certlens/internal/report"

const (
	// maxHandshakes bounds a scan. A server that takes every suite in every
	// version, and every group, needs fewer.
	maxHandshakes = 1200
	// maxSilences bounds the handshakes that may fail without a word of the
	// server. Each costs the patience of whoever waits for it.
	maxSilences = 12
)

// A Target is what to scan.
type Target struct {
	Host     string `json:"host"`
	Port     int    `json:"port,omitempty"`
	StartTLS string `json:"starttls,omitempty"`
	SNI      string `json:"sni,omitempty"`
	// NoSNI is as in report.HandshakeRequest.
	NoSNI bool `json:"noSNI,omitempty"`
}

// An Exchange is one handshake that was asked for, with its outcome. Who keeps
// exchanges as JSON may leave out what Plan does not look at, such as the offer
// that a Handshake repeats, its timings, staple and extensions.
type Exchange struct {
	Request   report.HandshakeRequest `json:"request"`
	Handshake *report.Handshake       `json:"handshake,omitempty"`
	// Refusal says why there is no handshake. It ends the scan, so a caller that
	// may ask again later does that first.
	Refusal string `json:"refusal,omitempty"`
}

// A Step is what a plan says: what is known so far, and the handshakes to make
// next, in any order or at the same time. None are left when the scan is done.
type Step struct {
	Scan *report.Scan              `json:"scan"`
	Next []report.HandshakeRequest `json:"next"`
}

// Plan says what is known after the exchanges made so far, in whatever order
// they were made, and what to ask next. It may be called with exchanges that are
// still under way left out: it names those again.
func Plan(target Target, done []Exchange) Step {
	s := newSurvey(newReplay(target, done))
	s.run()
	if s.control() == unknown {
		// The server closes connections for reasons of its own, so that a closed
		// connection was no refusal.
		r := newReplay(target, done)
		r.unsure = true
		s = newSurvey(r)
		s.run()
	}
	return Step{Scan: s.result(), Next: append([]report.HandshakeRequest{}, s.next...)}
}
