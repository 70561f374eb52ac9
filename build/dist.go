package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"certlens/internal/site"
)

// dist makes dist/web: the page, its worker and the engine, each under a name
// that holds the hash of its content, with a compressed copy beside it.
func dist(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("dist", flag.ExitOnError)
	fast := flags.Bool("fast", false, "compress nothing, and keep the names in scripts")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return p.dist(ctx, !*fast)
}

func (p project) dist(ctx context.Context, release bool) error {
	if err := p.installPackages(ctx); err != nil {
		return err
	}
	begin := time.Now()
	files, err := p.files(ctx, release)
	if err != nil {
		return err
	}
	total, err := p.writeDist(files, release)
	if err != nil {
		return err
	}
	if err := p.writeOneFile(files); err != nil {
		return err
	}
	fmt.Printf("dist/web: %d files, %.1f MB, in %.1f s\n", total.count, float64(total.bytes)/1e6, time.Since(begin).Seconds())
	return nil
}

// pageFiles makes the files of the page, index.html last. Each needs the hashed
// name of the one before: engine, worker, page.
func (p project) pageFiles(ctx context.Context, release bool) ([]file, error) {
	if err := os.MkdirAll(p.cache(), 0o755); err != nil {
		return nil, err
	}
	wasm, err := p.compileEngine(ctx)
	if err != nil {
		return nil, err
	}
	engine := hashed("engine.wasm", wasm)
	wasmExec, err := p.wasmExec(ctx)
	if err != nil {
		return nil, err
	}
	worker, err := p.bundleWorker(wasmExec, len(wasm), release)
	if err != nil {
		return nil, err
	}
	files := append([]file{engine}, worker.files...)
	script := worker.find(worker.entries["src/engine/worker.ts"])
	e := engineFiles{worker: path.Base(script.path), engine: path.Base(engine.path)}
	embed, err := p.embedFiles(e, e.verify(script, engine), release)
	if err != nil {
		return nil, err
	}
	page, err := p.page("index.html", e, release)
	if err != nil {
		return nil, err
	}
	index := &page[len(page)-1]
	if index.data, err = p.startEarly(index.data, e, release); err != nil {
		return nil, err
	}
	return unique(slices.Concat(files, deployed(index.data), embed, page)), nil
}

// startEarly puts into the page the script that starts the engine before the
// page's own script has arrived.
func (p project) startEarly(html []byte, e engineFiles, release bool) ([]byte, error) {
	script, err := p.bundleOne("src/inside.ts", "inside", release, e.below("assets/").plugin())
	if err == nil {
		err = fitsInside(string(script.data))
	}
	inside := slices.Concat([]byte(`<script type="module" async>`), bytes.TrimSpace(script.data), []byte("</script>"))
	return bytes.Replace(html, []byte("<!-- early -->"), inside, 1), err
}

// unique leaves out what is there already.
func unique(files []file) []file {
	seen := map[string]bool{}
	return slices.DeleteFunc(files, func(f file) bool {
		again := seen[f.path]
		seen[f.path] = true
		return again
	})
}

// page bundles what a page of web names.
func (p project) page(name string, e engineFiles, release bool, more ...api.Plugin) ([]file, error) {
	html, err := os.ReadFile(p.path("web", name))
	if err != nil {
		return nil, err
	}
	var entries []string
	var files []file
	built := map[string]file{}
	for _, name := range references(string(html)) {
		if isCode(name) {
			entries = append(entries, name)
			continue
		}
		data, err := os.ReadFile(p.path("web", filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		built[name] = hashed(path.Base(name), data)
		files = append(files, built[name])
	}
	b, err := p.bundlePage(entries, e, release, more...)
	if err != nil {
		return nil, err
	}
	for entry, out := range b.entries {
		built[entry] = b.find(out)
	}
	var imported []file
	for _, path := range b.imported {
		imported = append(imported, b.find(path))
	}
	text, err := rewrite(string(html), built)
	return slices.Concat(files, b.files, []file{{name, []byte(preload(text, imported))}}), err
}

// deployed are the files for hosts of static files: which headers to send, and
// that the compressed copies are no files of their own.
func deployed(index []byte) []file {
	return []file{
		{"_headers", []byte(site.Static(index))},
		{".assetsignore", []byte("*.br\n*.gz\n_headers\n")},
	}
}

func (b bundle) find(path string) file {
	for _, f := range b.files {
		if f.path == path {
			return f
		}
	}
	return file{}
}

// hashed names a file by its content, so that it can be cached for ever.
func hashed(name string, data []byte) file {
	ext := path.Ext(name)
	return file{fmt.Sprintf("assets/%s-%s%s", strings.TrimSuffix(name, ext), strings.ToUpper(hash(data)[:8]), ext), data}
}

type total struct{ count, bytes int }

// writeDist writes the files, with compressed copies for a release, and then
// deletes all others: a server that runs meanwhile always finds what its
// index.html names.
func (p project) writeDist(files []file, release bool) (total, error) {
	compressed := make([][]file, len(files))
	errs := make([]error, len(files))
	var wg sync.WaitGroup
	for i, f := range files {
		if release && f.path != "certlens.html" { // which is compressed inside
			wg.Go(func() { compressed[i], errs[i] = p.compress(f) })
		}
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return total{}, err
	}
	var t total
	keep := map[string]bool{}
	for i, f := range files {
		for _, f := range append(compressed[i], f) {
			keep[f.path] = true
			t.count++
			t.bytes += len(f.data)
			if err := p.writeWeb(f); err != nil {
				return t, err
			}
		}
	}
	return t, deleteOthers(p.web(), keep)
}

func (p project) writeWeb(f file) error {
	name := filepath.Join(p.web(), filepath.FromSlash(f.path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return writeWhole(name, f.data)
}

func deleteOthers(dir string, keep map[string]bool) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil || keep[filepath.ToSlash(rel)] {
			return err
		}
		return os.Remove(name)
	})
}
