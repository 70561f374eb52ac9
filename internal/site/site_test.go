package site

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var dist = fstest.MapFS{
	"index.html":                    {Data: []byte("page")},
	"index.html.br":                 {Data: []byte("page.br")},
	"index.html.gz":                 {Data: []byte("page.gz")},
	"assets/page-ABCD1234.js":       {Data: []byte("script")},
	"assets/page-ABCD1234.js.gz":    {Data: []byte("script.gz")},
	"assets/engine-0A1B2C3D.wasm":   {Data: []byte("engine")},
	"assets/notes.bin":              {Data: []byte("secret")},
	"manifest.webmanifest":          {Data: []byte("{}")},
	"assets/page-ABCD1234.css/x.js": {Data: []byte("in a directory")},
}

func TestHandler(t *testing.T) {
	for _, c := range []struct {
		method, path, accept            string
		status                          int
		body, encoding, kind, cacheable string
	}{
		{"GET", "/", "", 200, "page", "", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/index.html", "", 200, "page", "", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/", "gzip, deflate, br", 200, "page.br", "br", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/", "gzip", 200, "page.gz", "gzip", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/", "br;q=0, gzip;q=0.5", 200, "page.gz", "gzip", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/", "br;q=none", 200, "page", "", "text/html; charset=utf-8", "no-cache"},
		{"HEAD", "/", "br", 200, "", "br", "text/html; charset=utf-8", "no-cache"},
		{"GET", "/assets/page-ABCD1234.js", "br, gzip", 200, "script.gz", "gzip", "text/javascript; charset=utf-8", forEver},
		{"GET", "/assets/engine-0A1B2C3D.wasm", "br", 200, "engine", "", "application/wasm", forEver},
		{"GET", "/manifest.webmanifest", "br", 200, "{}", "", "application/manifest+json", "no-cache"},
		{"GET", "/assets/page-ABCD1234.js.gz", "", 404, "", "", "", ""},
		{"GET", "/assets/notes.bin", "", 404, "", "", "", ""},
		{"GET", "/assets/page-ABCD1234.css", "", 404, "", "", "", ""},
		{"GET", "/assets/absent-ABCD1234.js", "", 404, "", "", "", ""},
		{"GET", "/assets/", "", 404, "", "", "", ""},
		{"GET", "/../go.mod", "", 404, "", "", "", ""},
		{"GET", "/assets/../index.html", "", 404, "", "", "", ""},
		{"POST", "/", "", 405, "", "", "", ""},
	} {
		r := httptest.NewRequest(c.method, "http://127.0.0.1/", nil)
		r.URL.Path = c.path
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		Handler(dist).ServeHTTP(w, r)
		got := w.Result()
		body, _ := io.ReadAll(got.Body)
		name := c.method + " " + c.path + " (" + c.accept + ")"
		if got.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", name, got.StatusCode, c.status)
		}
		if got.Header.Get("X-Content-Type-Options") != "nosniff" || got.Header.Get("Content-Security-Policy") != policy {
			t.Errorf("%s: lacks a security header", name)
		}
		if c.status != 200 {
			if cache := got.Header.Get("Cache-Control"); cache != "" {
				t.Errorf("%s: a failure may be cached: %q", name, cache)
			}
			continue
		}
		for what, pair := range map[string][2]string{
			"body":          {string(body), c.body},
			"encoding":      {got.Header.Get("Content-Encoding"), c.encoding},
			"type":          {got.Header.Get("Content-Type"), c.kind},
			"Cache-Control": {got.Header.Get("Cache-Control"), c.cacheable},
			"Vary":          {got.Header.Get("Vary"), "Accept-Encoding"},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %s %q, want %q", name, what, pair[0], pair[1])
			}
		}
	}
}

// A browser shows how much of the engine has arrived only if it knows the length.
func TestLengthIsThatOfTheEncodedBody(t *testing.T) {
	server := httptest.NewServer(Handler(dist))
	defer server.Close()
	r, _ := http.NewRequest("GET", server.URL, nil)
	r.Header.Set("Accept-Encoding", "br")
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if got.ContentLength != int64(len("page.br")) {
		t.Errorf("length %d, want %d", got.ContentLength, len("page.br"))
	}
}

func TestPolicyNamesNoOtherOrigin(t *testing.T) {
	if strings.Contains(policy, "//") || strings.Contains(policy, "*") || strings.Contains(policy, "'unsafe-") {
		t.Errorf("the policy allows more than the page's own origin: %s", policy)
	}
	if !strings.HasPrefix(policy, "default-src 'none';") {
		t.Errorf("the policy allows what it does not name: %s", policy)
	}
}

func TestStaticHeadersAreTheSame(t *testing.T) {
	w := httptest.NewRecorder()
	Handler(dist).ServeHTTP(w, httptest.NewRequest("GET", "/assets/page-ABCD1234.js", nil))
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Cache-Control", "Referrer-Policy"} {
		if line := "  " + name + ": " + w.Header().Get(name) + "\n"; !strings.Contains(Static(nil), line) {
			t.Errorf("no %q in\n%s", line, Static(nil))
		}
	}
}

// The one file would not run under the headers of the page.
func TestOneFileIsForKeeping(t *testing.T) {
	files := fstest.MapFS{"certlens.html": {Data: []byte("all")}, "index.html": {Data: []byte("page")}}
	for path, want := range map[string]string{"/certlens.html": attachment, "/index.html": ""} {
		w := httptest.NewRecorder()
		Handler(files).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if got := w.Header().Get("Content-Disposition"); got != want || w.Code != 200 {
			t.Errorf("%s: %d, Content-Disposition %q, want %q", path, w.Code, got, want)
		}
	}
	if line := "/certlens.html\n  Content-Disposition: " + attachment + "\n"; !strings.Contains(Static(nil), line) {
		t.Errorf("no %q in\n%s", line, Static(nil))
	}
}

// Other sites may frame one page, and load what certlens.js needs; all else is for
// this site alone.
func TestForOthers(t *testing.T) {
	for path, want := range map[string]struct{ ancestors, resource, origin string }{
		"/":                        {"'none'", "same-origin", ""},
		"/index.html":              {"'none'", "same-origin", ""},
		"/embed.html":              {"*", "cross-origin", ""},
		"/certlens.js":             {"'none'", "cross-origin", "*"},
		"/assets/page-ABCD1234.js": {"'none'", "cross-origin", "*"},
		"/assets/../embed.html":    {"'none'", "same-origin", ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = path
		w := httptest.NewRecorder()
		Handler(dist).ServeHTTP(w, r)
		h := w.Header()
		if !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors "+want.ancestors+";") {
			t.Errorf("%s: Content-Security-Policy %q, want frame-ancestors %s", path, h.Get("Content-Security-Policy"), want.ancestors)
		}
		if got := h.Get("Cross-Origin-Resource-Policy"); got != want.resource {
			t.Errorf("%s: Cross-Origin-Resource-Policy %q, want %q", path, got, want.resource)
		}
		if got := h.Get("Access-Control-Allow-Origin"); got != want.origin {
			t.Errorf("%s: Access-Control-Allow-Origin %q, want %q", path, got, want.origin)
		}
	}
	if block := "\n/embed.html\n  ! Content-Security-Policy\n  Content-Security-Policy: " + framed["Content-Security-Policy"]; !strings.Contains(Static(nil), block) {
		t.Errorf("no %q in\n%s", block, Static(nil))
	}
}

func TestListen(t *testing.T) {
	first, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if port(second) <= port(first) || port(second) >= port(first)+attempts {
		t.Errorf("port %d was taken; got %d, want one of the next", port(first), port(second))
	}
	for _, bad := range []string{"", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000", "127.0.0.1:-1"} {
		if l, err := Listen(bad); err == nil {
			l.Close()
			t.Errorf("%q: listens on %v, want an error", bad, l.Addr())
		}
	}
}

func port(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// Only the very script that stands in the page may run there.
func TestInlineScriptIsAllowedByItsHash(t *testing.T) {
	page := []byte(`<script type="module" async>start()</script><script type="module" src="./x.js"></script>`)
	const hash = "'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='"
	w := httptest.NewRecorder()
	Handler(fstest.MapFS{"index.html": {Data: page}}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	want := "script-src 'self' " + hash + " 'wasm-unsafe-eval';"
	if got := w.Header().Get("Content-Security-Policy"); !strings.Contains(got, want) {
		t.Errorf("policy %q, want %q", got, want)
	}
	if static := Static(page); !strings.Contains(static, "\n  Content-Security-Policy: "+w.Header().Get("Content-Security-Policy")+"\n") {
		t.Errorf("other headers for hosts of static files:\n%s", static)
	}
}
