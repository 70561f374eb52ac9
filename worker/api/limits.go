package api

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"

	"certlens/internal/report"
)

// Limits bound what a worker does for anybody.
type Limits struct {
	// Deadline is how long a request may take from the first step to the last.
	Deadline time.Duration
	// Request bounds the body of a request in bytes.
	Request int
	// Received bounds what a server may send in a handshake, in bytes. A chain
	// of 100 certificates has some 200 kB.
	Received int
	// Issuer and Revocation bound what is fetched, in bytes. The longest lists
	// of CAs have tens of megabytes; an edge has no room for them.
	Issuer, Revocation int
	// Redirects is how many redirects of one URL are followed.
	Redirects int
	// Concurrent is how many requests are served at a time, and PerClient how
	// many of one client. Fetches is how many of all may be for what a
	// certificate names: each can need some 30 MB.
	Concurrent, PerClient, Fetches int
}

// DefaultLimits are those of a machine of one's own and of an edge.
var DefaultLimits = Limits{
	Deadline:   10 * time.Second,
	Request:    128 << 10,
	Received:   1 << 20,
	Issuer:     512 << 10,
	Revocation: 4 << 20,
	Redirects:  3,
	Concurrent: 64,
	PerClient:  8,
	Fetches:    8,
}

// busyFor is after how many seconds to ask again when all places are taken.
const busyFor = 2

func (l Limits) report() report.WorkerLimits {
	return report.WorkerLimits{
		Seconds: l.Deadline.Seconds(), Request: l.Request, Received: l.Received,
		Issuer: l.Issuer, Revocation: l.Revocation, Redirects: l.Redirects,
	}
}

// errReceived ends a connection on which a server sends without end.
var errReceived = errors.New("the server sends more than is read of it")

// A dial connects, as probe.Client's does.
type dial func(context.Context, netip.AddrPort) (net.Conn, error)

// limitReceived makes a dialer whose connections end after so many bytes.
func limitReceived(dial dial, most int) dial {
	return func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
		conn, err := dial(ctx, address)
		if err != nil {
			return nil, err
		}
		return &limitedConn{conn, most}, nil
	}
}

// A limitedConn is a connection of which so many bytes are read.
type limitedConn struct {
	net.Conn
	left int
}

// Read reads from the connection.
func (c *limitedConn) Read(p []byte) (int, error) {
	if c.left <= 0 && len(p) > 0 {
		return 0, errReceived
	}
	n, err := c.Conn.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}
