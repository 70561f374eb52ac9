// Package scan finds out how a server speaks TLS with few handshakes: it offers
// everything, removes what the server chose, and offers the rest again.
//
// It is a strategy, and makes no connection. Plan looks at the handshakes made
// so far and says which to make next; who makes them (a page that asks a worker,
// a terminal that dials) does not matter to it.
package scan

import "certlens/internal/report"

// A Target is what to scan.
type Target struct {
	Host     string `json:"host"`
	Port     int    `json:"port,omitempty"`
	StartTLS string `json:"starttls,omitempty"`
	SNI      string `json:"sni,omitempty"`
}

// An Exchange is one handshake that was asked for, with its outcome.
type Exchange struct {
	Request   report.HandshakeRequest `json:"request"`
	Handshake *report.Handshake       `json:"handshake,omitempty"`
	// Refusal says why there is no handshake.
	Refusal string `json:"refusal,omitempty"`
}

// A Step is what a plan says: what is known so far, and the handshakes to make
// next, in any order or at the same time. None are left when the scan is done.
type Step struct {
	Scan *report.Scan              `json:"scan"`
	Next []report.HandshakeRequest `json:"next"`
}
