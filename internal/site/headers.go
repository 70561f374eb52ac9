package site

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// policy is the Content Security Policy, and what each part is for. The worker
// is under the same one, because it comes from the same server.
var policy = join([][2]string{
	{"default-src", "'none'"},
	{"script-src", "'self' 'wasm-unsafe-eval'"}, // the engine is WebAssembly
	{"style-src", "'self'"},
	{"img-src", "'self' data:"},
	{"connect-src", "'self'"}, // the worker fetches the engine
	{"worker-src", "'self'"},
	{"base-uri", "'none'"},
	{"form-action", "'none'"},
	{"frame-ancestors", "'none'"},
	{"require-trusted-types-for", "'script'"},
	{"trusted-types", "certlens lit-html"}, // the worker's address; the elements' templates
})

func join(directives [][2]string) string {
	var s string
	for _, d := range directives {
		s += d[0] + " " + d[1] + "; "
	}
	return s[:len(s)-2]
}

// headers go with every answer.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
}

// Static writes the headers for hosts of static files that read them from a file
// named _headers, as Cloudflare does. Such hosts compress by themselves.
func Static() string {
	var b strings.Builder
	b.WriteString("/*\n")
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		fmt.Fprintf(&b, "  %s: %s\n", name, headers[name])
	}
	fmt.Fprintf(&b, "/assets/*\n  Cache-Control: %s\n", forEver)
	return b.String()
}

func setHeaders(h http.Header) {
	for name, value := range headers {
		h.Set(name, value)
	}
}
