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

// A scanRequest is a server, and the handshakes made with it so far.
type scanRequest struct {
	Target scan.Target     `json:"target"`
	Done   []scan.Exchange `json:"done"`
}

func planScan(_ context.Context, in []byte, _ func([]byte)) ([]byte, error) {
	var req scanRequest
	if err := json.Unmarshal(in, &req); err != nil {
		return nil, fmt.Errorf("wasm: bad request: %w", err)
	}
	return encode(scan.Plan(req.Target, req.Done))
}
