package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"certlens/build/wasmstrip"
)

// inlining is left to where a loop gains from it. Everywhere else code runs once
// or a few times before the first report, and what counts is how long the
// browser compiles it. V8 moreover takes a large function for a hot one, because
// it counts bytes and Go's compiler makes each branch a jump across the whole
// function, and then keeps the cores busy optimizing it.
var inlining = []string{
	"-gcflags=all=-l",
	"-gcflags=runtime=",
	"-gcflags=internal/runtime/...=",
	"-gcflags=math/...=",
	"-gcflags=crypto/...=",
}

// traced are the beginnings of the names that a traceback still shows: those of
// the runtime, and our own.
var traced = []string{"runtime.", "main.", "certlens/"}

// compileEngine compiles the WebAssembly program and gives it, stripped. The Go
// build cache makes this fast when nothing changed.
func (p project) compileEngine(ctx context.Context) ([]byte, error) {
	work, err := p.workspace(ctx)
	if err != nil {
		return nil, err
	}
	overlay, err := p.overlay(ctx, "engine", engineReplacements)
	if err != nil {
		return nil, err
	}
	out := p.cache("engine.wasm")
	// -s -w drop the symbol table and DWARF, which a browser has no use for.
	// -trimpath keeps the paths of this machine out of the artefact.
	c := p.command(ctx, "go", slices.Concat(
		[]string{"build", "-trimpath", "-buildvcs=false", "-overlay=" + overlay, "-ldflags=-s -w"},
		inlining, []string{"-o", out, "./wasm"})...)
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK="+work, "CGO_ENABLED=0")
	if _, err := run(c); err != nil {
		return nil, err
	}
	program, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	return wasmstrip.Strip(program, traced...)
}

// wasmExec is the path of the JavaScript half of the Go runtime, which must be
// of the same release as the compiler.
func (p project) wasmExec(ctx context.Context) (string, error) {
	root, err := p.output(ctx, "go", "env", "GOROOT")
	return filepath.Join(root, "lib", "wasm", "wasm_exec.js"), err
}
