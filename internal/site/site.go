// Package site serves the built page (dist/web) the way it is meant to be
// served: compressed copies where the browser takes them, hashed files cached
// for ever, and headers that let the page run its own code and nothing else.
package site

import (
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// types are the media types of what the build makes; the system's own table
// differs from machine to machine, and a wrong type stops a module from running.
var types = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".png":  "image/png",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
	".wasm": "application/wasm",

	".webmanifest": "application/manifest+json",
}

// encodings are the compressed copies, best first: the name in HTTP and the
// extension in the file system.
var encodings = []struct{ name, extension string }{{"br", ".br"}, {"gzip", ".gz"}}

// hashed matches the names that hold the hash of their content.
var hashed = regexp.MustCompile(`-[0-9A-Z]{8}\.[a-z]+$`)

// Handler serves the files of dist, an open dist/web.
func Handler(dist fs.FS) http.Handler {
	return handler{dist}
}

type handler struct{ dist fs.FS }

// index is the file that "/" stands for.
const index = "index.html"

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header(), headers)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = index
	}
	// A compressed copy is not a file of its own: it has no name to ask for.
	contentType, known := types[path.Ext(name)]
	if !fs.ValidPath(name) || !known {
		http.NotFound(w, r)
		return
	}
	setHeaders(w.Header(), forOthers(name))
	if name == index {
		h.allowScripts(w.Header())
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", caching(name))
	w.Header().Set("Vary", "Accept-Encoding")
	if name == oneFile {
		w.Header().Set("Content-Disposition", attachment)
	}
	h.send(w, r, name)
}

// allowScripts lets the scripts run that stand in the page.
func (h handler) allowScripts(header http.Header) {
	if page, err := fs.ReadFile(h.dist, index); err == nil {
		header.Set("Content-Security-Policy", allow(page))
	}
}

// send writes the best copy of a file that the browser takes.
func (h handler) send(w http.ResponseWriter, r *http.Request, name string) {
	accepted := acceptedEncodings(r.Header.Get("Accept-Encoding"))
	for _, e := range encodings {
		if !accepted[e.name] {
			continue
		}
		if f, size, err := h.open(name + e.extension); err == nil {
			defer f.Close()
			w.Header().Set("Content-Encoding", e.name)
			write(w, r, f, size)
			return
		}
	}
	f, size, err := h.open(name)
	if err != nil {
		w.Header().Del("Cache-Control")
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	write(w, r, f, size)
}

func (h handler) open(name string) (fs.File, int64, error) {
	f, err := h.dist.Open(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("site: %q is a directory", name)
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// write sends a whole file. Its length is known although it is encoded, which
// http.ServeContent would leave out.
func write(w http.ResponseWriter, r *http.Request, f io.Reader, size int64) {
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	if r.Method == http.MethodHead {
		return
	}
	// An error here is a browser that went away; there is nobody to tell.
	_, _ = io.Copy(w, f)
}

// forEver is for files whose names hold the hash of their content.
const forEver = "public, max-age=31536000, immutable"

func caching(name string) string {
	if hashed.MatchString(name) {
		return forEver
	}
	return "no-cache"
}

// acceptedEncodings reads an Accept-Encoding header (RFC 9110, section 12.5.3).
// A coding with the weight 0 is refused.
func acceptedEncodings(header string) map[string]bool {
	accepted := map[string]bool{}
	for item := range strings.SplitSeq(header, ",") {
		coding, params, err := mime.ParseMediaType(strings.TrimSpace(item))
		if err != nil {
			continue
		}
		weight, err := strconv.ParseFloat(params["q"], 64)
		accepted[coding] = params["q"] == "" || err == nil && weight > 0
	}
	return accepted
}
