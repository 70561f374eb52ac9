package site

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// NewServer bounds how long a client may take for a request, and for the answer:
// WriteTimeout counts from the end of the request's header, so that there is
// room in it for its body and for the work.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
	}
}

// Serve serves until ctx ends.
func Serve(ctx context.Context, listener net.Listener, server *http.Server) error {
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
