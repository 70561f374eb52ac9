package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"os"

	"certlens/internal/site"
	"certlens/worker/local"
)

// start makes dist/web and serves it until it is interrupted. It compresses
// nothing: that takes a minute, and saves none on the way to the same machine.
func start(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("start", flag.ExitOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "where to listen; the next free port when it is taken")
	allowPrivate := flags.Bool("allow-private", false, "connect to private networks too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := p.dist(ctx, false); err != nil {
		return err
	}
	l, err := site.Listen(*addr)
	if err != nil {
		return err
	}
	fmt.Printf("\ncertlens is at http://%s/\nend it with Ctrl-C\n", l.Addr())
	handler, err := p.withWorker(os.DirFS(p.web()), *allowPrivate)
	if err != nil {
		return err
	}
	return site.Serve(ctx, l, site.NewServer(handler))
}

// withWorker serves a page, and beside it the worker of this machine.
func (p project) withWorker(page fs.FS, allowPrivate bool) (http.Handler, error) {
	version, err := p.version()
	return local.Handler(page, local.Options{AllowPrivate: allowPrivate, Version: version}), err
}
