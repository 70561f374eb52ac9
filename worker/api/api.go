// Package api is the worker's HTTP interface: JSON in, one handshake or one
// fetch, JSON out. It is the same handler on the edge and on one's own machine;
// what differs comes in through Config.
//
// It keeps nothing, and it logs nothing: which hosts somebody asks about is
// nobody's business.
package api

import (
	"context"
	"log"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"runtime/debug"

	"certlens/internal/probe"
	"certlens/internal/report"
	"certlens/worker/fetch"
	"certlens/worker/policy"
)

// A Config is what differs between one worker and the next.
type Config struct {
	// Client makes the connections. Its Check is the policy's.
	Client probe.Client
	// Policy says where it may connect to.
	Policy policy.Policy
	// Hosts tells which names the server itself goes by, as in the Host header;
	// nil for any. A server that a browser of the same machine can reach needs
	// it: a page whose name was made to lead there (DNS rebinding) is of the same
	// origin.
	Hosts func(host string) bool
	// Origins are the origins of other pages that may ask, as in
	// "https://example.com". Those of the server's own may always.
	Origins []string
	// Limits are those of each request, and of all at a time.
	Limits Limits
	// RateLimiter limits the requests of one client; nil for no limit.
	RateLimiter RateLimiter
	// Version is the version of certlens.
	Version string
}

// A RateLimiter limits how often a client may ask.
type RateLimiter interface {
	// Allow takes note of a request, and tells after how many seconds to ask
	// again when it is one too many; 0 when it is not.
	Allow(client netip.Prefix) (retryAfter int)
}

// A server is the handler.
type server struct {
	Config
	// dial is the Client's, with the limit of a handshake.
	dial    dial
	fetcher fetch.Fetcher
	// served and fetching are the requests that are served now: all, and those
	// that fetch.
	served, fetching *crowd
}

// New makes the handler of the paths under /v1.
func New(config Config) http.Handler {
	config.Client.Check = config.Policy.Resolved // hosts that are addresses were checked before
	return &server{
		Config: config,
		dial:   limitReceived(config.Client.Dial, config.Limits.Received),
		fetcher: fetch.Fetcher{
			Client: config.Client, Policy: config.Policy, Agent: "certlens/" + config.Version,
			Redirects: config.Limits.Redirects, MaxIssuer: config.Limits.Issuer, MaxRevocation: config.Limits.Revocation,
		},
		served:   newCrowd(config.Limits.Concurrent, config.Limits.PerClient),
		fetching: newCrowd(config.Limits.Fetches, config.Limits.Fetches),
	}
}

// A serve serves one request, of which it gets the body.
type serve func(s *server, ctx context.Context, body []byte) (any, *probe.Refusal)

// routes are the paths with their method.
var routes = map[string]route{
	"/v1/handshake":  {http.MethodPost, (*server).handshake, false},
	"/v1/issuer":     {http.MethodPost, (*server).issuer, true},
	"/v1/revocation": {http.MethodPost, (*server).revocation, true},
	"/v1/about":      {http.MethodGet, (*server).about, false},
}

// A route is how a path is served.
type route struct {
	method  string
	serve   serve
	fetches bool
}

// ServeHTTP serves a request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer fault(w)
	setHeaders(w.Header())
	route, known := routes[r.URL.Path]
	switch refusal := s.checkOrigin(w.Header(), r); {
	case refusal != nil:
		writeRefusal(w, refusal)
	case !known:
		writeRefusal(w, refuse(report.RefusedPath, "There is nothing at this path."))
	case isPreflight(r):
		allowPreflight(w, route.method)
	case r.Method != route.method:
		w.Header().Set("Allow", route.method)
		writeRefusal(w, refuse(report.RefusedMethod, "This path takes %s alone.", route.method))
	default:
		answer, refusal := s.answer(r, route)
		writeAnswer(w, answer, refusal)
	}
}

// answer serves a request. One that is posted connects somewhere: the checks
// come in the order of what they cost, and a place is taken when the client has
// done its part.
func (s *server) answer(r *http.Request, route route) (any, *probe.Refusal) {
	if r.Method == http.MethodGet {
		return route.serve(s, r.Context(), nil)
	}
	if refusal := checkContentType(r); refusal != nil {
		return nil, refusal
	}
	client := clientOf(r)
	if s.RateLimiter != nil {
		if wait := s.RateLimiter.Allow(client); wait > 0 {
			return nil, refuseUntil(wait, report.RefusedRate, "You ask more often than this worker answers.")
		}
	}
	body, refusal := s.read(r)
	if refusal != nil {
		return nil, refusal
	}
	if refusal := s.served.enter(client); refusal != nil {
		return nil, refusal
	}
	defer s.served.leave(client)
	if route.fetches {
		if refusal := s.fetching.enter(client); refusal != nil {
			return nil, refusal
		}
		defer s.fetching.leave(client)
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Limits.Deadline)
	defer cancel()
	return route.serve(s, ctx, body)
}

// clientOf is who asks: an IPv4 address, or the network of an IPv6 address,
// which is the least that one customer gets (RFC 6177).
func clientOf(r *http.Request) netip.Prefix {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	address, _ := netip.ParseAddr(host)
	address = address.Unmap()
	network, _ := address.Prefix(min(address.BitLen(), 64))
	return network
}

// fault answers when serving panics. The value of a panic can hold what was
// asked for, so that only those of the runtime are printed.
func fault(w http.ResponseWriter) {
	value := recover()
	if value == nil {
		return
	}
	if err, ofRuntime := value.(runtime.Error); ofRuntime {
		value = err.Error()
	} else {
		value = "a panic"
	}
	log.Printf("certlens: %s\n%s", value, debug.Stack())
	writeRefusal(w, refuse(report.RefusedFault, "The worker has a fault, which it has noted without what you asked for."))
}
