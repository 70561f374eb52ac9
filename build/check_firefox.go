package main

import (
	"context"
	"path/filepath"
)

// firefoxTest runs web/test/firefox/*.test.ts: the main flows, in a browser with
// another engine.
func firefoxTest(ctx context.Context, p project) outcome {
	sources, err := filepath.Glob(p.path("web", "test", "firefox", "*.test.ts"))
	if err != nil {
		return verdict("", err)
	}
	firefox, err := firefoxBrowser.find(ctx, p)
	if err != nil {
		return skipFiles(sources, err)
	}
	tests, err := p.bundleTests(sources)
	if err != nil {
		return verdict("", err)
	}
	address, stop, err := p.serveTests(new(refusals))
	if err != nil {
		return verdict("", err)
	}
	defer stop()
	return p.runTests(ctx, tests, []string{"CERTLENS_URL=" + address, "FIREFOX=" + firefox})
}
