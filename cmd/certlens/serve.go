package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"certlens"
	"certlens/internal/site"
)

// serve serves the page on this machine until it is interrupted.
func serve(args []string, t terminal) int {
	flags := flag.NewFlagSet("certlens serve", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // misuse prints
	addr := flags.String("addr", "127.0.0.1:8080", "")
	if err := flags.Parse(args); err != nil {
		return misuse(t, err)
	}
	if flags.NArg() > 0 {
		return misuse(t, fmt.Errorf("serve takes no argument %q", flags.Arg(0)))
	}
	page, err := certlens.Page()
	if err != nil {
		return misuse(t, err)
	}
	listener, err := site.Listen(*addr)
	if err != nil {
		return misuse(t, err)
	}
	fmt.Fprintf(t.out, "certlens is at http://%s/\nend it with Ctrl-C\n", listener.Addr())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := serveUntil(ctx, listener, site.Handler(page)); err != nil {
		t.complain(err)
		return statusUsage
	}
	return statusFine
}

// serveUntil serves until ctx ends.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
