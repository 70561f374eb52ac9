package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// compare sets the element beside @peculiar/certificates-viewer, in one run in
// Chromium: what a site loads, and how soon a chain is shown.
func compare(ctx context.Context, p project, _ []string) error {
	if err := p.dist(ctx, true); err != nil {
		return err
	}
	if err := p.installSamples(ctx); err != nil {
		return err
	}
	chain := filepath.Join(p.cache("compared"), "site")
	if err := os.MkdirAll(chain, 0o755); err != nil {
		return err
	}
	if err := p.writeChains(filepath.Dir(chain)); err != nil {
		return err
	}
	scripts, err := p.bundleTests([]string{p.path("web", "test", "compare.ts")})
	if err != nil {
		return err
	}
	chromium, err := p.chromium(ctx)
	if err != nil {
		return err
	}
	c := p.command(ctx, "node", append([]string{"--enable-source-maps"}, scripts...)...)
	c.Env = append(os.Environ(), "CHROMIUM="+chromium, "CERTLENS_URL=none", "CHAIN="+filepath.Join(chain, "chain.pem"),
		"CERTLENS="+p.web(), "PECULIAR="+p.samples("node_modules", "@peculiar", "certificates-viewer", "dist", "peculiar"))
	table, err := run(c)
	if load := systemLoad(); err == nil {
		fmt.Printf("%s\n\nload of the machine in the last minute: %.1f\n", table, load)
	}
	return err
}
