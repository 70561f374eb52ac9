package api

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// checkOrigin refuses the pages of others (CORS; Fetch standard, section 3.2),
// and requests under a name that the server does not go by. A request without
// Origin is no page's, or one that reads nothing: every POST of a page has one.
func (s *server) checkOrigin(h http.Header, r *http.Request) *probe.Refusal {
	h.Add("Vary", "Origin")
	if s.Hosts != nil && !s.Hosts(r.Host) {
		return refuse(report.RefusedOrigin, "This worker is not known under the name that was asked.")
	}
	origin := r.Header.Get("Origin")
	switch {
	case origin == "" || isOwn(origin, r):
		return nil
	case slices.Contains(s.Origins, origin):
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", "Retry-After")
		return nil
	}
	return refuse(report.RefusedOrigin, "Pages of this origin may not ask this worker.")
}

// isOwn tells whether an origin is the server's. The scheme is not compared:
// behind a proxy, the server does not know its own.
func isOwn(origin string, r *http.Request) bool {
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.EqualFold(u.Host, r.Host)
}

func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
}

// allowPreflight tells a browser what an allowed page may send.
func allowPreflight(w http.ResponseWriter, method string) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", method)
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// checkContentType refuses what a form of another page could send without being
// asked whether it may.
func checkContentType(r *http.Request) *probe.Refusal {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return refuse(report.RefusedContentType, "The request is not application/json.")
	}
	return nil
}
