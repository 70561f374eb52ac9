package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
)

// A method is one thing that a page can ask for. It takes and gives bytes, and
// calls progress, which is never nil, on the way: with what it has to tell, or
// with nil, only to let the page's messages in.
type method func(ctx context.Context, in []byte, progress func([]byte)) ([]byte, error)

// methods is the whole door. Each entry says what goes in and what comes out.
var methods = map[string]method{
	"analyze":   analyze,    // an analyzeRequest with its data → report.Report
	"asn1":      tree,       // DER → report.ASN1
	"help":      help,       // helpRequest → report.HelpPage, or {}
	"helpIndex": helpIndex,  // nothing → []fix.Page
	"scan":      planScan,   // scanRequest → scan.Step, or {}
	"target":    readTarget, // targetRequest → targetAnswer
	"version":   version,    // nothing → {"contract", "go"}
	"warm":      warm,       // nothing → nothing; makes the first analysis fast
}

// errCancelled is what a cancelled call gives.
var errCancelled = errors.New("cancelled")

// call runs one method on what read gives. A panic in either becomes an error,
// so that the engine lives on: the call that caused it is lost, and no other.
func call(ctx context.Context, name string, read func() []byte, progress func([]byte)) (out []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("wasm: %s: panic: %v\n%s", name, r, debug.Stack())
		}
	}()
	m := methods[name]
	if m == nil {
		return nil, fmt.Errorf("wasm: no such method: %s", strconv.Quote(name))
	}
	out, err = m(ctx, read(), progress)
	if ctx.Err() != nil {
		return nil, errCancelled
	}
	return out, err
}
