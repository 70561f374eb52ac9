package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A listed package is what go list says of one of ours.
type listed struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
}

// mayImport says which rooms of ours each room may import, itself and what is
// below it aside, and why it is allowed that much. A room that is not named may
// import nothing.
var mayImport = map[string]struct {
	rooms []string
	why   string
}{
	"internal/report":         {nil, "the contract stands alone: outside users rely on it"},
	"internal/codepoint":      {rooms("report"), "it is a registry"},
	"internal/intake":         {rooms("report codepoint client"), "it finds objects, and does not decode them; what tools say stands in one catalogue"},
	"internal/cert":           {rooms("report"), "it knows one certificate, and no chain"},
	"internal/evidence":       {rooms("report cert"), "revocation lists and responses are about certificates"},
	"internal/trust":          {rooms("report cert"), "an anchor is a certificate"},
	"internal/chain":          {rooms("report cert trust"), "a path ends in an anchor"},
	"internal/client":         {rooms("report codepoint"), "it knows words, and judges nothing but them"},
	"internal/fix":            {rooms("report client target"), "it is a catalogue of what to do, and judges nothing"},
	"internal/advice":         {rooms("report cert chain trust client codepoint fix"), "it turns what was found into sentences, and reads nothing"},
	"lint":                    {rooms("report cert evidence"), "it judges by published rules, and builds no path"},
	"internal/engine":         {rooms("report intake cert evidence trust chain client advice fix lint"), "it is the flow through all rooms"},
	"internal/service":        {nil, "it is a table"},
	"internal/target":         {rooms("service"), "it reads one line that a person typed"},
	"wasm":                    {rooms("report engine intake cert fix target probe/scan"), "it is a face of the engine, explains errors, and plans scans"},
	"cmd/certlens":            {rooms("report engine intake site advice fix lint trust target probe probe/scan worker/local ."), "it is a face of the engine, makes handshakes, and serves the page"},
	"internal/probe":          {rooms("report codepoint service probe/starttls"), "it sees, and judges no certificate"},
	"internal/probe/scan":     {rooms("report codepoint probe"), "a strategy over handshakes"},
	"internal/probe/starttls": {rooms("report"), "a few lines of other protocols"},
	"internal/site":           {nil, "it serves files, and knows nothing of certificates"},
	"internal/lab":            {nil, "it makes certificates for tests and examples"},
	"internal/lab/sclient":    {rooms("report codepoint lab/daemon"), "it compares what a probe saw with what OpenSSL prints"},
	"worker":                  {rooms("probe worker/api worker/doh worker/policy"), "it is the edge program, and has no room for the engine"},
	"worker/api":              {rooms("report codepoint probe worker/fetch worker/policy"), "it is one handshake or one fetch, and judges neither"},
	"worker/policy":           {rooms("report service probe"), "it is tables and pure functions"},
	"worker/fetch":            {rooms("report probe worker/policy"), "it fetches what a certificate names, where the policy allows"},
	"worker/doh":              {nil, "it speaks DNS"},
	"worker/local":            {rooms("probe site worker/api worker/policy"), "it is the worker of one's own machine, beside the page"},
	".":                       {nil, "it holds the built page"},
	"build":                   {rooms("report site lab worker/local"), "it makes everything, and analyses nothing"},
}

// rooms gives import paths below certlens.
func rooms(names string) []string {
	var paths []string
	for name := range strings.FieldsSeq(names) {
		switch top, _, _ := strings.Cut(name, "/"); top {
		case ".", "lint", "worker":
			paths = append(paths, name)
		default:
			paths = append(paths, "internal/"+name)
		}
	}
	return paths
}

// onlyIn says which of our rooms alone may import a package from outside, by the
// beginning of its path.
var onlyIn = []struct {
	imported string
	rooms    []string
	why      string
}{
	{"syscall/js", []string{"wasm", "worker"}, "there is one door to the browser, and one to the edge"},
	{"github.com/syumai/workers", []string{"worker"}, "one room knows the edge"},
	{"golang.org/x/time/rate", []string{"worker/local"}, "the edge has a rate limit of its own"},
	{"github.com/zmap/zlint/", []string{"lint"}, "one room knows the linter"},
	{"github.com/zmap/zcrypto/", []string{"internal/cert", "internal/chain", "lint"}, "a certificate is parsed once"},
	{"golang.org/x/crypto/x509roots/", []string{"internal/trust"}, "one room knows the root stores"},
	{"net/http", []string{"internal/site", "build", "cmd/certlens", "worker", "worker/api", "worker/fetch", "worker/local"}, "the analysis makes no request"},
	{"crypto/rand", []string{"internal/lab", "cmd/certlens", "worker", "worker/local"}, "the same input gives the same bytes"},
	{"math/rand", nil, "the same input gives the same bytes"},
	{"os", []string{"build", "cmd/certlens", "wasm", "worker", "internal/site", "internal/lab", "internal/lab/sclient"}, "the analysis reads no file"},
	{"github.com/evanw/esbuild/", []string{"build"}, "a tool of the build"},
	{"github.com/andybalholm/brotli", []string{"build"}, "a tool of the build"},
}

func TestWhoMayImportWhom(t *testing.T) {
	for _, p := range append(list(t, "linux", "amd64"), list(t, "js", "wasm")...) {
		room := roomOf(p.ImportPath)
		allowed, known := mayImport[room]
		if !known {
			t.Errorf("%s is in no room of the table: add it, with what it may import and why", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			if target, ours := cut(imported); ours && roomOf(imported) != room && !slices.Contains(allowed.rooms, target) {
				t.Errorf("%s imports %s, which %s may not: %s", p.ImportPath, imported, room, allowed.why)
			}
			for _, rule := range onlyIn {
				if matches(imported, rule.imported) && !slices.Contains(rule.rooms, room) {
					t.Errorf("%s imports %s, which is for %v alone: %s", p.ImportPath, imported, rule.rooms, rule.why)
				}
			}
		}
	}
}

// The bridge is the only code that no native test can run.
func TestBridgeIsNamedForIt(t *testing.T) {
	for _, p := range list(t, "js", "wasm") {
		for _, name := range p.GoFiles {
			if usesJS := slices.Contains(imports(t, p, name), "syscall/js"); usesJS != strings.HasSuffix(name, "_js.go") {
				t.Errorf("%s/%s: uses syscall/js: %v; a file does so if and only if its name ends in _js.go", p.ImportPath, name, usesJS)
			}
		}
	}
}

// matches tells whether a path is the named one, or below one that ends in "/".
func matches(imported, named string) bool {
	return imported == named || strings.HasSuffix(named, "/") && strings.HasPrefix(imported, named)
}

// cut gives a path of ours without the name of the module; "." for its root.
func cut(importPath string) (name string, ours bool) {
	if importPath == "certlens" {
		return ".", true
	}
	return strings.CutPrefix(importPath, "certlens/")
}

// roomOf is the room that a package of ours is in: the longest entry of the
// table that its path begins with.
func roomOf(importPath string) string {
	name, _ := cut(importPath)
	for room := name; room != "."; room = path.Dir(room) {
		if _, ok := mayImport[room]; ok {
			return room
		}
	}
	return name
}

// list gives all packages of ours, as they are for a platform. The tests of a
// package may import more; they are not listed.
func list(t *testing.T, system, architecture string) []listed {
	t.Helper()
	p, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,GoFiles", "./...")
	c.Dir = string(p)
	c.Env = append(c.Environ(), "GOOS="+system, "GOARCH="+architecture)
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// imports are the packages that one file imports.
func imports(t *testing.T, p listed, name string) []string {
	t.Helper()
	root, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	dir, _ := cut(p.ImportPath)
	f, err := parser.ParseFile(token.NewFileSet(), root.path(filepath.FromSlash(dir), name), nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range f.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, imported)
		}
	}
	return paths
}
