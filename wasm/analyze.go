package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"time"

	"certlens/internal/cert"
	"certlens/internal/engine"
	"certlens/internal/intake"
	"certlens/internal/report"
	"certlens/internal/target"
)

// An analyzeRequest is one line of JSON. The data of the sources and anchors
// follow it, after the line feed, one after another in the order in which they
// are named: a file of 50 MB need not become a string on its way.
type analyzeRequest struct {
	Sources []sourceHeader `json:"sources"`
	// Handshake and Scan are what a live server said; may be absent.
	Handshake *report.Handshake `json:"handshake"`
	Scan      *report.Scan      `json:"scan"`
	// Host is the name to check the certificate for; may be empty.
	Host string `json:"host"`
	// At is the time to judge for (RFC 3339).
	At time.Time `json:"at"`
	// Stores are the trust stores; null for the default.
	Stores  []string       `json:"stores"`
	Anchors []sourceHeader `json:"anchors"`
	// Passwords are tried on what is encrypted in the sources.
	Passwords []string `json:"passwords"`
	// Profile is the lint profile; "" to choose by certificate.
	Profile string `json:"profile"`
	// Partial asks for reports on the way.
	Partial bool `json:"partial"`
}

// A sourceHeader names one source and says how many bytes of data it has.
type sourceHeader struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

// partialFrom is from how many certificates on a report is sent before their
// rules have run. Those of fewer have run before a page could draw it twice.
const partialFrom = 8

// interval is how often progress is told at most, unless it carries a report.
const interval = 16 * time.Millisecond

func analyze(ctx context.Context, in []byte, progress func([]byte)) ([]byte, error) {
	req, partial, err := decodeRequest(in)
	if err != nil {
		return nil, err
	}
	out := sender{progress: progress}
	var last time.Time
	req.Progress = func(p engine.Progress) {
		if p.Report != nil && (!partial || len(p.Report.Certificates) < partialFrom) {
			p.Report = nil
		}
		if p.Report == nil && p.Done < p.Total && time.Since(last) < interval {
			progress(nil)
			return
		}
		last = time.Now()
		p.Report = out.sendParts(p.Report)
		out.send(p)
	}
	r := out.sendParts(engine.Analyze(ctx, req))
	if out.err != nil {
		return nil, out.err
	}
	return encode(r)
}

func decodeRequest(in []byte) (req engine.Request, partial bool, err error) {
	line, data, _ := bytes.Cut(in, []byte("\n"))
	var h analyzeRequest
	if err := json.Unmarshal(line, &h); err != nil {
		return req, false, fmt.Errorf("wasm: bad request: %w", err)
	}
	if h.At.IsZero() {
		return req, false, errors.New("wasm: bad request: it has no time to judge for")
	}
	sources, data, err := cutSources(h.Sources, data)
	if err != nil {
		return req, false, err
	}
	anchors, data, err := cutSources(h.Anchors, data)
	if err != nil {
		return req, false, err
	}
	if len(data) != 0 {
		return req, false, fmt.Errorf("wasm: bad request: %d bytes more than its sources have", len(data))
	}
	req = engine.Request{
		Sources: sources, Handshake: h.Handshake, Scan: h.Scan,
		Host: target.Host(h.Host), At: h.At, Stores: h.Stores, Anchors: anchors, Passwords: h.Passwords, Profile: h.Profile,
	}
	return req, h.Partial, engine.Check(req)
}

// cutSources takes the data of each source off the front of data, and gives
// what is left.
func cutSources(headers []sourceHeader, data []byte) ([]intake.Source, []byte, error) {
	var sources []intake.Source
	for _, h := range headers {
		if h.Size < 0 || h.Size > len(data) {
			return nil, nil, fmt.Errorf("wasm: bad request: source %q has %d bytes, and %d are left", h.Name, h.Size, len(data))
		}
		sources = append(sources, intake.Source{Name: h.Name, Data: data[:h.Size:h.Size]})
		data = data[h.Size:]
	}
	return sources, data, nil
}

func tree(_ context.Context, in []byte, _ func([]byte)) ([]byte, error) {
	return encode(cert.Tree(in))
}

func version(context.Context, []byte, func([]byte)) ([]byte, error) {
	return encode(map[string]string{"contract": report.Version, "go": runtime.Version()})
}

// encode gives JSON without the escapes that only matter inside HTML: the page
// never puts it there.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("wasm: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
