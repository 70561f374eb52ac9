package main

import (
	"context"
	"os"
	"path/filepath"

	"certlens/build/wasmstrip"
)

// compileEngine compiles the WebAssembly program and gives it, stripped. The Go
// build cache makes this fast when nothing changed.
func (p project) compileEngine(ctx context.Context) ([]byte, error) {
	work, err := p.workspace(ctx)
	if err != nil {
		return nil, err
	}
	overlay, err := p.overlay(ctx)
	if err != nil {
		return nil, err
	}
	out := p.cache("engine.wasm")
	// -s -w drop the symbol table and DWARF, which a browser has no use for;
	// -l inlines nothing inside the rules: they are large and run once each.
	// -trimpath keeps the paths of this machine out of the artefact.
	c := p.command(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-overlay="+overlay,
		"-ldflags=-s -w", "-gcflags=github.com/zmap/zlint/...=-l", "-o", out, "./wasm")
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK="+work, "CGO_ENABLED=0")
	if _, err := run(c); err != nil {
		return nil, err
	}
	program, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	return wasmstrip.Strip(program)
}

// wasmExec is the path of the JavaScript half of the Go runtime, which must be
// of the same release as the compiler.
func (p project) wasmExec(ctx context.Context) (string, error) {
	root, err := p.output(ctx, "go", "env", "GOROOT")
	return filepath.Join(root, "lib", "wasm", "wasm_exec.js"), err
}
