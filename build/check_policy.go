package main

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"sync"
)

// hostPolicy is that of the strictest sites that have the element
// (docs/embedding.md).
const hostPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
	"img-src 'self' data:; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'"

// refusals is a server to which browsers report what a policy made them refuse,
// in pages and in workers; the tests ask it for what came since they last did.
type refusals struct {
	mu      sync.Mutex
	reports []json.RawMessage
}

// refusalsPath is where.
const refusalsPath = "/refusals"

func (f *refusals) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.Method != http.MethodPost {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(f.reports)
		f.reports = nil
		return
	}
	report, err := io.ReadAll(r.Body)
	if err != nil || !json.Valid(report) {
		report, _ = json.Marshal(string(report))
	}
	f.reports = append(f.reports, report)
}

// left gives what no test asked for.
func (f *refusals) left() []json.RawMessage {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.reports
}

// policed has browsers report what the policy of a handler's answers refuses, and
// puts another policy in the place of the handler's own, unless that is empty.
func policed(h http.Handler, policy string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(&policedWriter{ResponseWriter: w, policy: policy, to: "http://" + r.Host + refusalsPath}, r)
	})
}

type policedWriter struct {
	http.ResponseWriter
	policy, to string
	begun      bool
}

func (w *policedWriter) WriteHeader(status int) {
	if !w.begun {
		w.begun = true
		const name = "Content-Security-Policy"
		if policy := cmp.Or(w.policy, w.Header().Get(name)); policy != "" {
			w.Header().Set(name, policy+"; report-uri "+w.to)
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *policedWriter) Write(b []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}
