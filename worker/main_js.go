package main

import (
	"bytes"
	"crypto/rand"
	"io"
	"net/http"
	"strings"
	"syscall/js"
	"time"

	"github.com/syumai/workers"

	"certlens/internal/probe"
	"certlens/worker/api"
	"certlens/worker/doh"
	"certlens/worker/policy"
)

// version is set by the build.
var version = "unknown"

// host is what worker.mjs hands to this program: the doors of the edge, and of
// each request what is its own.
var host = js.Global().Get("context")

// main serves requests, one at a time, until worker.mjs drops the program.
func main() {
	workers.Serve(whole{api.New(config())})
}

// A whole handler reads and writes bodies at once. The streams of
// syumai/workers cost more than most answers, and the program ends with the
// first that is closed.
type whole struct{ http.Handler }

// ServeHTTP serves a request.
func (h whole) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = io.NopCloser(bytes.NewReader(fromJS(host.Get("body"))))
	h.Handler.ServeHTTP(answer{w}, r)
}

// An answer hands its body over as it is.
type answer struct{ http.ResponseWriter }

// Write takes the body, which comes in one piece.
func (a answer) Write(p []byte) (int, error) {
	a.ResponseWriter.(interface{ WriteRawJSBody(js.Value) }).WriteRawJSBody(toJS(p))
	return len(p), nil
}

// config reads the variables of the deployment, which docs/deployment.md
// describes.
func config() api.Config {
	allowPrivate := variable("ALLOW_PRIVATE") == "true"
	limits := api.DefaultLimits
	limits.Concurrent = 1 // worker.mjs counts the programs, and the requests of a client
	return api.Config{
		Client: probe.Client{
			Resolve: doh.Resolver(askResolver),
			Dial:    dial,
			Now:     time.Now,
			Rand:    rand.Reader,
			Vantage: vantage(),
		},
		Policy:  policy.Policy{AllowPrivate: allowPrivate, AnyPort: allowPrivate, Ports: policy.Ports(policy.Port25)},
		Origins: strings.Fields(variable("ORIGINS")),
		Limits:  limits,
		Version: version,
	}
}

// variable gives a variable of the deployment; empty when it is not set.
func variable(name string) string { return text(host.Get("env").Get(name)) }

// vantage says where the edge is, by the airport near it.
func vantage() string {
	if place := text(host.Get("place")); place != "" {
		return "Cloudflare, " + place
	}
	return "this worker"
}

// text is a JavaScript string; empty for anything else.
func text(value js.Value) string {
	if value.Type() != js.TypeString {
		return ""
	}
	return value.String()
}
