package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

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
	options.Version = certlens.Version()
	if err := site.Serve(ctx, listener, site.NewServer(local.Handler(page, options))); err != nil {
		t.complain(err)
		return statusUsage
	}
	return statusFine
}
