package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/evanw/esbuild/pkg/api"

	"certlens/build/hostile"
	"certlens/internal/site"
	"certlens/worker/local"
)

// browserTest runs web/test/*.test.ts with the test runner of Node, against a
// server of dist/web.
func browserTest(ctx context.Context, p project) outcome {
	sources, err := filepath.Glob(p.path("web", "test", "*.test.ts"))
	if err != nil {
		return verdict("", err)
	}
	tests, err := p.bundleTests(sources)
	if err != nil {
		return verdict("", err)
	}
	chromium, err := p.chromium(ctx)
	if err != nil {
		return skipFiles(sources, err)
	}
	var refused refusals
	address, stop, err := p.serveTests(&refused)
	if err != nil {
		return verdict("", err)
	}
	defer stop()
	o := p.runTests(ctx, tests, []string{"CERTLENS_URL=" + address, "CHROMIUM=" + chromium})
	for _, report := range refused.left() {
		o.failed++
		o.output += fmt.Sprintf("refused by a policy: %s\n", report)
	}
	return o
}

// skipFiles skips the tests of a browser that is not there, by name.
func skipFiles(sources []string, err error) outcome {
	o := outcome{skipped: len(sources)}
	for _, name := range sources {
		o.notes = append(o.notes, fmt.Sprintf("skipped: %s: %v", filepath.Base(name), err))
	}
	return o
}

// bundleTests turns each test into one module that Node runs, in dist/test, and
// puts a paste of 1,000 certificates and the hostile ones beside them. Packages
// stay outside: Node finds them in node_modules.
func (p project) bundleTests(sources []string) ([]string, error) {
	out := p.path("dist", "test")
	if err := os.RemoveAll(out); err != nil {
		return nil, err
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir: string(p),
		EntryPoints:   sources,
		Outdir:        out,
		OutExtension:  map[string]string{".js": ".mjs"},
		Bundle:        true,
		Format:        api.FormatESModule,
		Platform:      api.PlatformNode,
		Packages:      api.PackagesExternal,
		Sourcemap:     api.SourceMapInline,
		Tsconfig:      p.path("tsconfig.test.json"),
		Loader:        map[string]api.Loader{".txt": api.LoaderText},
		Write:         true,
	})
	if len(result.Errors) > 0 {
		text := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, fmt.Errorf("build: %s", strings.Join(text, ""))
	}
	if err := os.WriteFile(filepath.Join(out, "many.pem"), []byte(manyPEM(1000)), 0o644); err != nil {
		return nil, err
	}
	attack, err := hostile.JSON()
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(out, "hostile.json"), attack, 0o644); err != nil {
		return nil, err
	}
	return filepath.Glob(filepath.Join(out, "*.mjs"))
}

// hostPage is the page as a strict host has it: without what its policy refuses.
func hostPage(page []byte) []byte {
	return site.Inline.ReplaceAll(bytes.Replace(page, []byte(keepsPage), nil, 1), nil)
}

// serveTests serves dist/web on a free port until stop is called, beside it a
// bare page (door.html) on which tests can import the engine's client alone, a
// worker that connects to the servers of the tests, and below /strict/ one that
// refuses to, as it is by default. Below /host/ is everything under the policy of
// a strict host, whose page is host.html.
func (p project) serveTests(refused *refusals) (address string, stop func(), err error) {
	client, err := p.bundleClient()
	if err != nil {
		return "", nil, err
	}
	page, err := os.ReadFile(filepath.Join(p.web(), "index.html"))
	if err != nil {
		return "", nil, err
	}
	l, err := site.Listen("127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	handler, err := p.withWorker(layers{os.DirFS(p.web()), fstest.MapFS{
		"door.html":        {Data: []byte("<!doctype html><title>door</title><link rel=\"icon\" href=\"data:,\">")},
		"assets/client.js": {Data: client},
		"ten.html":         {Data: []byte(tenElements)},
		"host.html":        {Data: hostPage(page)},
	}}, true)
	if err != nil {
		return "", nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", policed(handler, ""))
	mux.Handle("/host/", policed(http.StripPrefix("/host", handler), hostPolicy))
	mux.Handle(refusalsPath, refused)
	mux.Handle("/strict/", http.StripPrefix("/strict", local.API(local.Options{})))
	server := &http.Server{Handler: mux}
	go func() { _ = server.Serve(l) }()
	return "http://" + l.Addr().String() + "/", func() { server.Close() }, nil
}

// tenElements is a page of another site on the same server: what it has is below
// what a browser shows at first.
var tenElements = `<!doctype html><title>ten</title><link rel="icon" href="data:,"><script type="module" src="./certlens.js"></script>` +
	strings.Repeat("<br>", 300) + strings.Repeat("<cert-lens></cert-lens>", 10)

// keepsPage is what of our page no host has: with it the page installs itself, by
// a manifest and a service worker.
const keepsPage = ` id="update"`

// layers are file systems, of which the first that has a file gives it.
type layers []fs.FS

// Open opens a file.
func (l layers) Open(name string) (f fs.File, err error) {
	for _, layer := range l {
		if f, err = layer.Open(name); err == nil {
			return f, nil
		}
	}
	return nil, err
}

// bundleClient bundles the engine's client for the worker that is in dist/web.
func (p project) bundleClient() ([]byte, error) {
	var names []string
	for _, pattern := range []string{"worker-*.js", "engine-*.wasm"} {
		found, err := filepath.Glob(filepath.Join(p.web(), "assets", pattern))
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("build: dist/web holds %d of %s: go run ./build dist", len(found), pattern)
		}
		names = append(names, filepath.Base(found[0]))
	}
	b, err := p.bundlePage([]string{"src/engine/client.ts"}, engineFiles{worker: names[0], engine: names[1]}, true)
	if err != nil {
		return nil, err
	}
	return b.find(b.entries["src/engine/client.ts"]).data, nil
}

// runTests runs the tests one file after another, so that times which a test
// asserts are not those of two browsers on one core. People read one report of
// the runner, and this program the other.
func (p project) runTests(ctx context.Context, tests, env []string) outcome {
	tap := p.cache("browser.tap")
	args := append([]string{"--enable-source-maps", "--test", "--test-concurrency=1",
		"--test-reporter=spec", "--test-reporter-destination=stdout",
		"--test-reporter=tap", "--test-reporter-destination=" + tap}, tests...)
	c := p.command(ctx, "node", args...)
	c.Env = append(os.Environ(), env...)
	if isLong(ctx) {
		c.Env = append(c.Env, "CERTLENS_LONG=1")
	}
	output, runErr := c.CombinedOutput()
	counts, err := os.ReadFile(tap)
	if err != nil {
		return verdict(string(output), errors.Join(runErr, err))
	}
	o := readTAP(string(counts))
	o.output = string(output)
	if runErr != nil && o.failed == 0 {
		o.failed, o.output = 1, o.output+runErr.Error()
	}
	return o
}

var (
	tapCount = regexp.MustCompile(`(?m)^# (pass|fail|cancelled|skipped|todo) (\d+)$`)
	tapSkip  = regexp.MustCompile(`(?m)^\s*ok \d+ - (.*?) # SKIP ?(.*)$`)
)

// readTAP takes the counts and the skipped tests from the Test Anything
// Protocol, as Node writes it.
func readTAP(tap string) outcome {
	var o outcome
	for _, m := range tapCount.FindAllStringSubmatch(tap, -1) {
		n, _ := strconv.Atoi(m[2])
		switch m[1] {
		case "pass":
			o.passed += n
		case "fail", "cancelled":
			o.failed += n
		default:
			o.skipped += n
		}
	}
	for _, m := range tapSkip.FindAllStringSubmatch(tap, -1) {
		o.notes = append(o.notes, fmt.Sprintf("skipped: %s: %s", m[1], m[2]))
	}
	return o
}
