//go:build !js

// The page makes its handshakes itself: without this file its engine holds
// nothing of package probe, nor of TLS.

package scan

import (
	"cmp"
	"context"
	"errors"
	"time"

	"certlens/internal/probe"
	"certlens/internal/report"
)

const (
	// maxParallel bounds the handshakes at the same time, whatever the caller
	// asks for: many servers take a crowd for an attack.
	maxParallel = 16
	// maxRetries bounds how often a request is repeated that a Handshaker wants
	// to have later, and maxWait how long is waited for that each time.
	maxRetries = 3
	maxWait    = 30 * time.Second
)

// Run scans a target with at most so many handshakes at the same time. After
// each it calls progress, which may be nil, with what is known so far. When ctx
// ends, it gives what was known by then, which is not Done.
func Run(ctx context.Context, h probe.Handshaker, target Target, parallel int, progress func(*report.Scan)) *report.Scan {
	var (
		done     []Exchange
		step     Step
		ended    = make(chan Exchange)
		underway = map[string]bool{}
	)
	for {
		step = Plan(target, done)
		if progress != nil {
			progress(step.Scan)
		}
		for _, request := range step.Next {
			name := nameOf(request)
			if underway[name] || len(underway) >= max(1, min(parallel, maxParallel)) || ctx.Err() != nil {
				continue
			}
			underway[name] = true
			go func() { ended <- exchange(ctx, h, request) }()
		}
		if len(underway) == 0 {
			return step.Scan
		}
		e := <-ended
		delete(underway, nameOf(e.Request))
		// A handshake that was cut off says nothing about the server.
		if ctx.Err() == nil {
			done = append(done, e)
		}
	}
}

// exchange makes one handshake, later where the Handshaker wants that.
func exchange(ctx context.Context, h probe.Handshaker, request report.HandshakeRequest) Exchange {
	for try := 0; ; try++ {
		handshake, err := h.Handshake(ctx, request)
		var refusal *probe.Refusal
		switch {
		case err == nil:
			return Exchange{Request: request, Handshake: handshake}
		case errors.As(err, &refusal) && refusal.RetryAfter > 0 && refusal.RetryAfter <= maxWait && try < maxRetries && wait(ctx, refusal.RetryAfter):
		case refusal != nil:
			return Exchange{Request: request, Refusal: cmp.Or(refusal.Message, refusal.Code, "The request was refused.")}
		default:
			return Exchange{Request: request, Refusal: err.Error()}
		}
	}
}

// wait waits; false when ctx ends first.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
