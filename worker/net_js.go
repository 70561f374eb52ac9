package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"syscall"
	"syscall/js"
	"time"
)

// The sockets of syumai/workers come without knowing whether they connected,
// and do not end a read when its deadline passes. Hence these, on the same
// sockets of the edge (cloudflare:sockets), which worker.mjs opens.

// A settled is what came of a promise.
type settled struct {
	value js.Value
	err   error
}

// await gives a channel on which the outcome of a promise comes.
func await(promise js.Value) <-chan settled {
	outcome := make(chan settled, 1)
	var resolved, rejected js.Func
	end := func(s settled) any {
		resolved.Release()
		rejected.Release()
		outcome <- s
		return nil
	}
	resolved = js.FuncOf(func(_ js.Value, args []js.Value) any { return end(settled{value: args[0]}) })
	rejected = js.FuncOf(func(_ js.Value, args []js.Value) any { return end(settled{err: reason(args[0])}) })
	promise.Call("then", resolved, rejected)
	return outcome
}

// reasons are what the edge says when a connection fails, by a part of the
// text: it has no codes for it.
var reasons = []struct {
	part string
	err  error
}{
	{"cannot connect to the specified address", syscall.ECONNREFUSED},
	{"Network connection lost", syscall.ECONNRESET},
}

// reason turns what a promise was rejected with into an error.
func reason(value js.Value) error {
	said := value.Call("toString").String()
	for _, r := range reasons {
		if strings.Contains(said, r.part) {
			return r.err
		}
	}
	return errors.New(said)
}

// askResolver sends a query to the resolver of the deployment.
func askResolver(ctx context.Context, query []byte) ([]byte, error) {
	select {
	case s := <-await(host.Call("resolve", resolverURL(), toJS(query))):
		if s.err != nil {
			return nil, s.err
		}
		return fromJS(s.value), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// resolverURL is the resolver of the deployment, or else Cloudflare's own, which
// is in the same data centre.
func resolverURL() string {
	return cmp.Or(variable("DOH_URL"), "https://cloudflare-dns.com/dns-query")
}

// dial opens a TCP connection.
func dial(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
	opened := await(host.Call("open", address.String()))
	select {
	case s := <-opened:
		if s.err != nil {
			return nil, s.err
		}
		return newSocket(s.value, address), nil
	case <-ctx.Done():
		go func() {
			if s := <-opened; s.err == nil {
				s.value.Call("close")
			}
		}()
		return nil, ctx.Err()
	}
}

// A socket is a connection. It reads for one goroutine at a time, and writes
// for one.
type socket struct {
	js           js.Value
	remote       netip.AddrPort
	unread       []byte
	reading      <-chan settled // of a read that has not come back; or nil
	readUntil    deadline
	writtenUntil deadline
	closed       chan struct{}
	close        sync.Once
}

func newSocket(value js.Value, remote netip.AddrPort) *socket {
	return &socket{
		js: value, remote: remote, closed: make(chan struct{}),
		readUntil: newDeadline(), writtenUntil: newDeadline(),
	}
}

// Read reads what has come.
func (s *socket) Read(p []byte) (int, error) {
	for len(s.unread) == 0 {
		if s.reading == nil {
			s.reading = await(s.js.Call("read"))
		}
		chunk, err := s.wait(s.reading, &s.readUntil)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return 0, err // and what is being read comes later
		}
		s.reading = nil
		if err != nil {
			return 0, err
		}
		if chunk.IsUndefined() {
			return 0, io.EOF
		}
		s.unread = fromJS(chunk)
	}
	n := copy(p, s.unread)
	s.unread = s.unread[n:]
	return n, nil
}

// Write writes all of p.
func (s *socket) Write(p []byte) (int, error) {
	if _, err := s.wait(await(s.js.Call("write", toJS(p))), &s.writtenUntil); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (s *socket) wait(outcome <-chan settled, until *deadline) (js.Value, error) {
	select {
	case <-s.closed:
		return js.Value{}, net.ErrClosed
	case <-until.passed():
		return js.Value{}, os.ErrDeadlineExceeded
	default:
	}
	select {
	case o := <-outcome:
		return o.value, o.err
	case <-s.closed:
		return js.Value{}, net.ErrClosed
	case <-until.passed():
		return js.Value{}, os.ErrDeadlineExceeded
	}
}

// Close closes the connection.
func (s *socket) Close() error {
	s.close.Do(func() {
		close(s.closed)
		_ = s.SetDeadline(time.Time{}) // no timer outlives its request
		s.js.Call("close")
	})
	return nil
}

// LocalAddr is not known on the edge.
func (s *socket) LocalAddr() net.Addr { return &net.TCPAddr{} }

// RemoteAddr is the address that was dialled.
func (s *socket) RemoteAddr() net.Addr { return net.TCPAddrFromAddrPort(s.remote) }

// SetDeadline sets the deadline of reads and writes.
func (s *socket) SetDeadline(t time.Time) error {
	s.readUntil.set(t)
	s.writtenUntil.set(t)
	return nil
}

// SetReadDeadline sets the deadline of reads.
func (s *socket) SetReadDeadline(t time.Time) error { s.readUntil.set(t); return nil }

// SetWriteDeadline sets the deadline of writes.
func (s *socket) SetWriteDeadline(t time.Time) error { s.writtenUntil.set(t); return nil }

// A deadline is a channel that is closed when it has passed.
type deadline struct {
	mu    sync.Mutex
	timer *time.Timer
	over  chan struct{}
}

func newDeadline() deadline { return deadline{over: make(chan struct{})} }

func (d *deadline) passed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.over
}

// set changes the deadline; the zero time is none. Who waits for the channel of
// a deadline that has not passed is told when the new one does.
func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil && !d.timer.Stop() {
		<-d.over // the old one was just passing
	}
	d.timer = nil
	select {
	case <-d.over:
		d.over = make(chan struct{})
	default:
	}
	if t.IsZero() {
		return
	}
	if wait := time.Until(t); wait > 0 {
		over := d.over
		d.timer = time.AfterFunc(wait, func() { close(over) })
		return
	}
	close(d.over)
}

func toJS(data []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(array, data)
	return array
}

func fromJS(array js.Value) []byte {
	data := make([]byte, array.Get("byteLength").Int())
	js.CopyBytesToGo(data, array)
	return data
}
