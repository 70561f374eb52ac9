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
	"syscall"
	"time"

	"certlens"
	"certlens/internal/site"
	"certlens/worker/local"
)

// serve serves the page on this machine, and the worker that it asks about live
// hosts, until it is interrupted.
func serve(args []string, t terminal) int {
	flags := flag.NewFlagSet("certlens serve", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // misuse prints
	addr := flags.String("addr", "127.0.0.1:8080", "")
	var options local.Options
	flags.BoolVar(&options.AllowPrivate, "allow-private", false, "")
	flags.Func("origin", "", options.AddOrigin)
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	options.Version = ownVersion()
	if err := serveUntil(ctx, listener, local.Handler(page, options)); err != nil {
		t.complain(err)
		return statusUsage
	}
	return statusFine
}

// newServer bounds how long a client may take for a request, and for the answer:
// WriteTimeout counts from the end of the request's header, so that there is
// room in it for its body and for the work.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
	}
}

// serveUntil serves until ctx ends.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := newServer(handler)
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
