package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"certlens/internal/site"
)

// start makes dist/web and serves it until it is interrupted. It compresses
// nothing: that takes a minute, and saves none on the way to the same machine.
func start(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("start", flag.ExitOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "where to listen; the next free port when it is taken")
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
	return serve(ctx, l, site.Handler(os.DirFS(p.web())))
}

// serve serves until ctx ends.
func serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
