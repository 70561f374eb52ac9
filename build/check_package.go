package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"certlens/internal/site"
)

// packageTest packs the package, installs it into the sample sites, builds each
// with its own tool, and runs web/test/package/*.test.ts.
func packageTest(ctx context.Context, p project) outcome {
	sources, err := filepath.Glob(p.path("web", "test", "package", "*.test.ts"))
	if err != nil {
		return verdict("", err)
	}
	if err := p.installSamples(ctx); err != nil {
		return skipFiles(sources, fmt.Errorf("the tools of build/samples cannot be installed: %w", err))
	}
	if err := errors.Join(npm(ctx, p, nil), p.buildSamples(ctx)); err != nil {
		return verdict("", err)
	}
	types := p.single(ctx, "node", p.path("node_modules", "typescript", "bin", "tsc"), "--pretty", "false", "-p", p.samples("types"))
	tests, err := p.bundleTests(sources)
	if err != nil {
		return types.and(verdict("", err))
	}
	chromium, err := p.chromium(ctx)
	if err != nil {
		return types.and(skipFiles(sources, err))
	}
	address, stop, err := serveFolder(p.cache("samples"))
	if err != nil {
		return types.and(verdict("", err))
	}
	defer stop()
	return types.and(p.runTests(ctx, tests, []string{"CERTLENS_URL=" + address, "CHROMIUM=" + chromium}))
}

// samples is where the sample sites are.
func (p project) samples(names ...string) string {
	return p.path(append([]string{"build", "samples"}, names...)...)
}

// installSamples installs the tools of the sample sites, and what the package is
// compared with, when they are not what the lock file says.
func (p project) installSamples(ctx context.Context) error {
	lock, err := os.ReadFile(p.samples("package-lock.json"))
	if err != nil {
		return err
	}
	stamp, want := p.samples("node_modules", ".certlens-lock"), hash(lock)
	if have, err := os.ReadFile(stamp); err == nil && string(have) == want {
		return nil
	}
	fmt.Println("   installing the npm packages of build/samples/package-lock.json")
	if _, err := p.output(ctx, "npm", "ci", "--prefix", p.samples(), "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}

// buildSamples installs the packed package as a site would, and builds the sites.
func (p project) buildSamples(ctx context.Context) error {
	packed, err := p.pack(ctx, p.cache())
	if err != nil {
		return err
	}
	_, err = p.output(ctx, "npm", "install", "--prefix", p.samples(), "--no-save", "--ignore-scripts", "--no-audit", "--no-fund",
		p.cache(packed.Filename))
	if err != nil {
		return err
	}
	out := p.cache("samples")
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if _, err := p.output(ctx, "node", p.samples("build.mjs"), out); err != nil {
		return err
	}
	return p.writeChains(out)
}

// writeChains puts a chain of three beside each site.
func (p project) writeChains(out string) error {
	var chain strings.Builder
	for _, name := range []string{"good.txt", "root.txt"} {
		text, err := os.ReadFile(p.path("web", "examples", name))
		if err != nil {
			return err
		}
		chain.Write(text)
	}
	sites, err := os.ReadDir(out)
	for _, s := range sites {
		err = errors.Join(err, os.WriteFile(filepath.Join(out, s.Name(), "chain.pem"), []byte(chain.String()), 0o644))
	}
	return err
}

// serveFolder serves a folder as any server of files does, until stop is called.
func serveFolder(dir string) (address string, stop func(), err error) {
	l, err := site.Listen("127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := site.NewServer(http.FileServer(http.Dir(dir)))
	go func() { _ = server.Serve(l) }()
	return "http://" + l.Addr().String() + "/", func() { server.Close() }, nil
}
