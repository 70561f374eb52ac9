// Package probe makes one TLS handshake on a given connection and says
// everything that it saw, also when it fails half-way. What is made of many
// handshakes is package scan; what is spoken before TLS is package starttls.
package probe

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/probe/starttls"
	"certlens/internal/report"
)

// A Handshaker makes handshakes: with a dialer of this machine, or by asking a
// worker to. The result is a Handshake whenever the request was taken, however
// the handshake ended; the error is for requests that were not, and is a
// *Refusal where the Handshaker's policy refuses.
type Handshaker interface {
	Handshake(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error)
}

// A Refusal says why a request was not taken. It is the body of the worker's
// answers other than 200.
type Refusal struct {
	// Code is a stable name, as in "private_address", "port", "rate_limit",
	// "busy", "bad_request", "too_large".
	Code string `json:"code"`
	// Message is one plain sentence.
	Message string `json:"message"`
	// RetryAfter is how long to wait before asking again; 0 when asking again
	// is no use.
	RetryAfter time.Duration `json:"-"`
}

func (r *Refusal) Error() string { return "probe: " + r.Message }

// A Client is the Handshaker that makes the connection itself. The terminal
// gives it the system's resolver and dialer; the worker gives it DNS over HTTPS
// and the sockets of the edge.
type Client struct {
	// Resolve gives the addresses of a name. Hosts that are addresses are not
	// resolved.
	Resolve func(ctx context.Context, name string) ([]netip.Addr, error)
	// Check refuses addresses; nil allows all. It is asked about every address
	// that a host has, and one refused address refuses the host: the address
	// that was checked is the address that is dialled.
	Check func(netip.Addr) *Refusal
	// Dial connects to an address that was checked.
	Dial func(ctx context.Context, address netip.AddrPort) (net.Conn, error)
	// Now is the clock, Rand the randomness.
	Now  func() time.Time
	Rand io.Reader
	// Vantage says where connections are made from, for people.
	Vantage string
}

// Options are what a handshake takes from outside. All of them are needed.
type Options struct {
	// Now is the clock, Rand the randomness.
	Now  func() time.Time
	Rand io.Reader
}

// Handshake makes one handshake on a connection: first what StartTLS names,
// then TLS. It closes the connection, at the latest when ctx ends. Address,
// Vantage and the timings before the handshake are the Client's to know.
func Handshake(ctx context.Context, conn net.Conn, request report.HandshakeRequest, options Options) *report.Handshake {
	ctx, cancel := context.WithTimeout(ctx, maxDuration)
	defer cancel()
	if request.Port == 0 {
		request.Port = usualPort(request.StartTLS)
	}
	c := newCourse(request, "", options.Now)
	run(ctx, c, conn, request, options)
	return c.Handshake
}

// run makes the handshake of a course that has got its connection.
func run(ctx context.Context, c *course, conn net.Conn, request report.HandshakeRequest, options Options) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if deadline, ok := ctx.Deadline(); ok {
		conn.SetDeadline(deadline)
	}
	if refused := refusedOffer(request.Offer); refused != "" {
		c.begin(report.StepRequest)
		c.fail(failed(report.Other, refused))
		return
	}
	t := &tap{Conn: conn, course: c}
	if request.StartTLS != "" && !startTLS(ctx, c, t, request) {
		return
	}
	c.begin(report.StepHello)
	c.SNI = serverName(request)
	t.flight = &flight{course: c}
	err := kindOf(request.Offer)(c, t, request, options)
	if err == nil {
		c.begin(report.StepDone)
		return
	}
	failure := c.explain(ctx, t, err)
	t.readOn()
	c.fail(failure)
}

// kindOf is the kind of handshake that an offer needs.
func kindOf(o report.Offer) func(*course, *tap, report.HandshakeRequest, Options) error {
	switch {
	case len(o.Versions) == 1 && o.Versions[0] == codepoint.SSL2:
		return ssl2
	case isOwn(o):
		return offered
	}
	return modern
}

// startTLS speaks the protocol in which TLS is started.
func startTLS(ctx context.Context, c *course, t *tap, request report.HandshakeRequest) bool {
	c.begin(report.StepStartTLS)
	host := serverName(request)
	if host == "" {
		host = c.Host
	}
	banner, failure := starttls.Begin(t, c.StartTLS, host)
	c.Banner = banner
	if failure != nil && errors.Is(ctx.Err(), context.Canceled) {
		failure = cancelled()
	}
	if failure != nil {
		c.fail(failure)
	}
	return failure == nil
}
