package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"certlens/internal/probe/scan"
	"certlens/internal/target"
)

// A targetRequest is what a person typed for a live server, and the protocol
// that they chose.
type targetRequest struct {
	Text     string `json:"text"`
	StartTLS string `json:"starttls"`
}

// A targetAnswer is the server, or why there is none.
type targetAnswer struct {
	Target *target.Target `json:"target,omitempty"`
	// Command is the openssl line for it; empty when openssl does not know the
	// protocol.
	Command string `json:"command,omitempty"`
	Problem string `json:"problem,omitempty"`
}

func readTarget(_ context.Context, in []byte, _ func([]byte)) ([]byte, error) {
	var req targetRequest
	if err := json.Unmarshal(in, &req); err != nil {
		return nil, fmt.Errorf("wasm: bad request: %w", err)
	}
	t, err := target.Parse(req.Text, req.StartTLS)
	if problem := (*target.Error)(nil); errors.As(err, &problem) {
		return encode(targetAnswer{Problem: problem.Sentence})
	}
	return encode(targetAnswer{Target: &t, Command: t.Command()})
}

// A scanRequest is a server, and the handshakes made with it that the engine was
// not told of before: to read all of them at each step of a scan would be most of
// its work.
type scanRequest struct {
	// ID tells the scans of a page apart.
	ID     int         `json:"id"`
	Target scan.Target `json:"target"`
	// Told is how many handshakes of the scan went before; with 0, it begins anew.
	Told int             `json:"told"`
	Done []scan.Exchange `json:"done"`
	// End forgets the scan.
	End bool `json:"end"`
}

// scanned are the handshakes of one scan, the latest. They go when it is done or
// ended, and when another begins. No call lets another in while it uses them.
var scanned struct {
	id   int
	done []scan.Exchange
}

// planScan gives {} when it does not have the handshakes that went before: the
// page began another scan, or the engine was started again. It is then to be
// told of all.
func planScan(_ context.Context, in []byte, _ func([]byte)) ([]byte, error) {
	var req scanRequest
	if err := json.Unmarshal(in, &req); err != nil {
		return nil, fmt.Errorf("wasm: bad request: %w", err)
	}
	known := req.ID == scanned.id
	switch {
	case req.End:
		if known {
			scanned.done = nil
		}
		return []byte("{}"), nil
	case req.Told == 0:
		scanned.id, scanned.done = req.ID, nil
	case !known || req.Told != len(scanned.done):
		return []byte("{}"), nil
	}
	scanned.done = append(scanned.done, req.Done...)
	step := scan.Plan(req.Target, scanned.done)
	if len(step.Next) == 0 {
		scanned.done = nil
	}
	return encode(step)
}
