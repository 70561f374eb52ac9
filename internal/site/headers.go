package site

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"regexp"
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
	{"manifest-src", "'self'"}, // the page can be installed
	{"base-uri", "'none'"},
	{"form-action", "'none'"},
	{"frame-ancestors", "'none'"},
	{"require-trusted-types-for", "'script'"},
	{"trusted-types", "certlens lit-html"}, // the worker's address; the elements' templates
})

// Inline is a script that stands in the page itself.
var Inline = regexp.MustCompile(`(?s)<script type="module" async>(.*?)</script>`)

// allow adds to the policy the scripts that stand in the page, by their hashes
// (CSP Level 3, section 6.7.3.3), so that no others run there.
func allow(page []byte) string {
	allowed := "script-src 'self'"
	for _, script := range Inline.FindAllSubmatch(page, -1) {
		allowed += " '" + HashSource(script[1]) + "'"
	}
	return strings.Replace(policy, "script-src 'self'", allowed, 1)
}

// HashSource names code in a policy by its hash (CSP Level 3, section 2.3.1).
func HashSource(code []byte) string {
	sum := sha256.Sum256(code)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

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

// What other sites use: the page for frames, which any site may put
// into one, and what certlens.js loads, which any site may load.
var (
	framed = map[string]string{
		"Content-Security-Policy":      strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors *", 1),
		"Cross-Origin-Resource-Policy": "cross-origin",
	}
	shared = map[string]string{
		"Access-Control-Allow-Origin":  "*",
		"Cross-Origin-Resource-Policy": "cross-origin",
	}
)

// forOthers are the headers that a file for other sites has in place of the usual.
func forOthers(name string) map[string]string {
	switch {
	case name == "embed.html":
		return framed
	case name == "certlens.js" || strings.HasPrefix(name, "assets/"):
		return shared
	}
	return nil
}

// Static writes the headers for hosts of static files that read them from a file
// named _headers, as Cloudflare does. Such hosts compress by themselves.
func Static(page []byte) string {
	var b strings.Builder
	b.WriteString("/*\n")
	usual := maps.Clone(headers)
	usual["Content-Security-Policy"] = allow(page)
	for _, name := range slices.Sorted(maps.Keys(usual)) {
		fmt.Fprintf(&b, "  %s: %s\n", name, usual[name])
	}
	fmt.Fprintf(&b, "/assets/*\n  Cache-Control: %s\n", forEver)
	b.WriteString(instead(shared))
	fmt.Fprintf(&b, "/certlens.js\n%s", instead(shared))
	fmt.Fprintf(&b, "/embed.html\n%s/embed\n%[1]s", instead(framed))
	// Some such hosts take the extension off.
	for _, name := range []string{oneFile, strings.TrimSuffix(oneFile, ".html")} {
		fmt.Fprintf(&b, "/%s\n  Content-Disposition: %s\n", name, attachment)
	}
	return b.String()
}

// instead writes headers that take the place of what "/*" says: without the "!" a
// host would send both.
func instead(set map[string]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if _, usual := headers[name]; usual {
			fmt.Fprintf(&b, "  ! %s\n", name)
		}
		fmt.Fprintf(&b, "  %s: %s\n", name, set[name])
	}
	return b.String()
}

// oneFile is the page in one file. It is for keeping, not for opening here: the
// policy of this server would not let it run.
const (
	oneFile    = "certlens.html"
	attachment = `attachment; filename="certlens.html"`
)

func setHeaders(h http.Header, set map[string]string) {
	for name, value := range set {
		h.Set(name, value)
	}
}
