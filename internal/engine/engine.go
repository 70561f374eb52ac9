// Package engine is the one flow from paste to report. It reads like the
// picture in docs/architecture.md:
//
//	sources ─ intake ─▶ objects ─ cert ─▶ certificates ─┬─ chain ─┬─ lint ─▶ advice ─▶ report
//	            └─▶ transcripts ────────────────────────┘─────────┘
//
// What a live server said in a handshake and in a scan comes in with the request,
// and its certificates join the objects.
//
// It makes no network request and reads no clock; the time is in the request.
package engine

import (
	"context"
	"fmt"
	"time"

	"certlens/internal/intake"
	"certlens/internal/report"
	"certlens/internal/trust"
	"certlens/lint"
)

// A Request is one question: what is in these bytes, and is it good for this
// host at this time?
type Request struct {
	// Sources are the pastes and files to read, in order.
	Sources []intake.Source
	// Handshake is what our own probe saw of a live server; nil when nobody
	// asked for one. Its certificates are then what was served, and those of the
	// sources stand beside them.
	Handshake *report.Handshake
	// Scan is what many handshakes say about the same server; nil when nobody
	// asked for one.
	Scan *report.Scan
	// Host is the host name or IP address that the certificate should be good
	// for; empty to take it from the handshake or a transcript, or not to check
	// it.
	Host string
	// At is the time to judge for.
	At time.Time
	// Stores are the names of the trust stores to use; nil for the default,
	// empty for none but the user's own anchors.
	Stores []string
	// Anchors are user-supplied trust anchors, in any form that intake reads.
	// They stand beside the stores; to use them alone, leave Stores empty.
	Anchors []intake.Source
	// Passwords are tried on what is encrypted in the sources, and kept nowhere.
	Passwords []string
	// Profile is the lint profile; "" or "auto" to choose one for each
	// certificate.
	Profile string
	// Progress, when not nil, is called on the way, from the same goroutine.
	Progress func(Progress)
}

// A Progress tells how far an analysis is.
type Progress struct {
	// Stage is "decode" or "lint".
	Stage string `json:"stage"`
	// Done and Total count certificates.
	Done  int `json:"done"`
	Total int `json:"total"`
	// Report, when present, is what is known so far: everything but the
	// outcome of the rules.
	Report *report.Report `json:"report,omitempty"`
}

// Check tells whether the request names stores and a profile that exist.
// Analyze treats names that don't as the default.
func Check(req Request) error {
	if _, err := lint.ParseProfile(req.Profile); err != nil {
		return err
	}
	for _, name := range req.Stores {
		if _, err := trust.ByName(name); err != nil {
			return err
		}
	}
	if req.At.Year() < 1 || req.At.Year() > 9999 {
		return fmt.Errorf("engine: year %d cannot be written in RFC 3339", req.At.Year())
	}
	return nil
}

// Analyze reads, decodes, judges and lints. It returns a report, never an
// error: a broken certificate is a result. When ctx ends first, the report
// holds what was done until then.
func Analyze(ctx context.Context, req Request) *report.Report {
	a := begin(ctx, req)
	a.read()
	a.decode()
	a.trust()
	a.findPaths()
	a.diagnose()
	a.mend()
	a.partial()
	a.lint()
	return a.report
}
