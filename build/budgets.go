package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A budget is the most that a figure may be, and who would feel it if it were
// more.
type budget struct {
	name, what string
	unit       unit
	most       float64 // 0 for a figure that has no budget
	why        string
}

// budgets are all figures that bench knows, in the order of the table.
var budgets = []budget{
	{"wasm", "all WebAssembly, brotli", bytesUnit, 2_300_000, "first load on a phone"},
	{"wasm-raw", "all WebAssembly, as the browser compiles it", bytesUnit, 0, ""},
	{"page", "JavaScript, CSS and HTML, brotli", bytesUnit, 60_000, "first load, without the engine"},
	{"loader", "what another site loads before an element is seen, brotli", bytesUnit, 25_000, "its readers came for something else"},
	{"worker", "the edge program and its JavaScript, gzip", bytesUnit, 3_000_000, "Cloudflare's free plan takes no more"},
	{"usable", "navigation to a page that takes a paste", milliseconds, 0, ""},
	{"engine", "navigation to an engine that takes calls", milliseconds, 0, ""},
	{"usable-before-engine", "page waits for engine (least of all starts)", lead, 0, "typing must not wait for the download"},
	{"first-report", "navigation to the first complete report, cold", milliseconds, 600, "someone is in a hurry"},
	{"paste-later", "first paste into a page that stood for 3 s", milliseconds, 0, ""},
	{"warm-report", "warm report, chain of 3, all lints (median of 100)", milliseconds, 25, "every keystroke in the options is one"},
	{"longest-task", "longest task of the main thread, chain of 3", milliseconds, 50, "the page must not stutter"},
	{"edge", "a handshake through workerd, of s_client's time (median of 30)", times, 2, "a scan is some dozens"},
	{"edge-time", "a handshake through workerd (median of 30)", milliseconds, 0, ""},
	{"edge-cpu", "the same, processor time", milliseconds, 0, ""},
	{"thousand", "1,000 certificates in one paste", milliseconds, 10_000, "a bundle of all roots is a common paste"},
	{"thousand-longest-task", "longest task of the main thread, 1,000 certificates", milliseconds, 50, "the page must not stutter"},
	{"thousand-progress", "steps of progress shown meanwhile", count, 0, ""},
	{"thousand-memory", "most memory of the page's process, 1,000 certificates", bytesUnit, 500_000_000, "a phone ends a tab that takes more"},
}

// A unit writes a figure.
type unit func(figure float64) string

func bytesUnit(f float64) string {
	switch {
	case f >= 10e6:
		return fmt.Sprintf("%.1f MB", f/1e6)
	case f >= 1e6:
		return fmt.Sprintf("%.3f MB", f/1e6)
	default:
		return fmt.Sprintf("%.1f kB", f/1e3)
	}
}

func milliseconds(f float64) string { return fmt.Sprintf("%.1f ms", f) }
func count(f float64) string        { return fmt.Sprintf("%.0f", f) }
func times(f float64) string        { return fmt.Sprintf("× %.2f", f) }

// lead is how much sooner one thing was than another.
func lead(f float64) string {
	if f > 0 {
		return fmt.Sprintf("no, %.0f ms ahead", f)
	}
	return fmt.Sprintf("yes, for %.0f ms", -f)
}

const overBudget = "OVER"

func (b budget) verdict(figure float64) (limit, verdict string) {
	switch {
	case b.name == "usable-before-engine" && figure <= 0:
		return "no", overBudget
	case b.name == "usable-before-engine":
		return "no", "holds"
	case b.most == 0:
		return "", ""
	case figure > b.most:
		return b.unit(b.most), overBudget
	}
	return b.unit(b.most), "holds"
}

// sizes measures dist/web and dist/worker.
func (p project) sizes() (map[string]float64, error) {
	figures := map[string]float64{}
	for pattern, name := range map[string]string{
		"assets/*.wasm": "wasm-raw", "assets/*.wasm.br": "wasm",
		"index.html.br": "page", "certlens.js.br": "loader",
	} {
		files, err := filepath.Glob(filepath.Join(p.web(), filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			info, err := os.Stat(f)
			if err != nil {
				return nil, err
			}
			figures[name] += float64(info.Size())
		}
	}
	code, err := p.pageCode()
	if err != nil {
		return nil, err
	}
	figures["page"] += code
	figures["worker"], err = zippedSize(p.path("dist", "worker"))
	return figures, err
}

// pageCode is the size of the scripts and styles of the page, the worker among
// them; those for other sites are not.
func (p project) pageCode() (float64, error) {
	html, err := os.ReadFile(filepath.Join(p.web(), "index.html"))
	if err != nil {
		return 0, err
	}
	workers, err := filepath.Glob(filepath.Join(p.web(), "assets", "worker-*.js.br"))
	if err != nil {
		return 0, err
	}
	names := workers
	for _, name := range references(string(html)) {
		if ext := filepath.Ext(name); ext == ".js" || ext == ".css" {
			names = append(names, filepath.Join(p.web(), filepath.FromSlash(name))+".br")
		}
	}
	var size float64
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return 0, err
		}
		size += float64(info.Size())
	}
	return size, nil
}

// distCheck builds what a release is made of, and holds it to its size. Times
// are not checked: they depend on what else the machine does.
func distCheck(ctx context.Context, p project) outcome {
	built := verdict("", errors.Join(p.dist(ctx, true), p.worker(ctx, p.path("dist", "worker"))))
	if built.failed > 0 {
		return built
	}
	figures, err := p.sizes()
	if err != nil {
		return verdict("", err)
	}
	for _, b := range budgets {
		if figure, isSize := figures[b.name]; isSize && b.most > 0 {
			var err error
			if limit, v := b.verdict(figure); v == overBudget {
				err = fmt.Errorf("%s: %s, and the budget is %s: %s", b.what, b.unit(figure), limit, b.why)
			}
			built = built.and(verdict("", err))
		}
	}
	return built
}
