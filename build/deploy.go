package main

import (
	"context"
	"errors"
	"os"
)

// wrangler is Cloudflare's program, in the version that the deployment was tried
// with. It is fetched when it is needed, and is larger than everything else.
const wrangler = "wrangler@4.60.0"

// deploy makes the page and the worker, and hands both to wrangler, with all
// arguments: --dry-run, --env, --name. The account is what wrangler knows of it.
func deploy(ctx context.Context, p project, args []string) error {
	if err := errors.Join(p.dist(ctx, true), p.worker(ctx, p.path("dist", "worker"))); err != nil {
		return err
	}
	c := p.command(ctx, "npx", append([]string{"--yes", wrangler, "deploy", "--config", "worker/wrangler.jsonc"}, args...)...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	return c.Run()
}
