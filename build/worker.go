package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"certlens/build/wasmstrip"
)

// worker makes dist/worker: the edge program, the JavaScript half of the Go
// runtime, and the module that joins them.
func worker(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("worker", flag.ExitOnError)
	out := flags.String("o", p.path("dist", "worker"), "where to put it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return p.worker(ctx, *out)
}

func (p project) worker(ctx context.Context, out string) error {
	program, err := p.compileWorker(ctx)
	if err != nil {
		return err
	}
	wasmExec, err := p.wasmExec(ctx)
	if err != nil {
		return err
	}
	files := []file{{"certlens.wasm", program}}
	for _, source := range []string{wasmExec, p.path("worker", "worker.mjs")} {
		data, err := os.ReadFile(source)
		if err != nil {
			return err
		}
		files = append(files, file{filepath.Base(source), data})
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := writeWhole(filepath.Join(out, f.path), f.data); err != nil {
			return err
		}
	}
	size, err := zippedSize(out)
	fmt.Printf("dist/worker: %d files, %s with gzip\n", len(files), bytesUnit(size))
	return err
}

// zippedSize is the size of the files of a folder with gzip, which is what
// Cloudflare counts.
func zippedSize(dir string) (size float64, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return 0, err
		}
		zipped, err := encodings[1].encode(data)
		if err != nil {
			return 0, err
		}
		size += float64(len(zipped))
	}
	return size, err
}

// compileWorker compiles the edge program. It needs no zcrypto, and so no
// workspace. What it shares with the engine is that all of its start is paid
// for before the first answer, and more dearly: by every request.
func (p project) compileWorker(ctx context.Context) ([]byte, error) {
	version, err := p.version()
	if err != nil {
		return nil, err
	}
	overlay, err := p.overlay(ctx, "worker", workerReplacements)
	if err != nil {
		return nil, err
	}
	out := p.cache("worker.wasm")
	c := p.command(ctx, "go", slices.Concat(
		[]string{"build", "-trimpath", "-buildvcs=false", "-overlay=" + overlay, "-ldflags=-s -w -X main.version=" + version},
		inlining, []string{"-o", out, "./worker"})...)
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off", "CGO_ENABLED=0")
	if _, err := run(c); err != nil {
		return nil, err
	}
	program, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	return wasmstrip.Strip(program, traced...)
}

// version is that of package.json.
func (p project) version() (string, error) {
	text, err := os.ReadFile(p.path("package.json"))
	if err != nil {
		return "", err
	}
	var about struct{ Version string }
	err = json.Unmarshal(text, &about)
	return about.Version, err
}
