package probe

import (
	"errors"
	"net"
	"strconv"
	"time"
)

// errEnough ends reading after what was waited for has come.
var errEnough = errors.New("probe: enough was read")

// A tap is a connection that counts and bounds what passes, and shows it to the
// readers of both sides.
type tap struct {
	net.Conn
	*course
	flight *flight // nil before TLS
	speech *speech // nil before TLS
	// first is what the server said first, for people, if it is not TLS.
	first []byte
	// enough is asked before reading more; nil to go on.
	enough func() bool
	// err is why reading or writing ended.
	err error
}

func (t *tap) Read(b []byte) (int, error) {
	n, err := t.read(b)
	if err != nil {
		t.err = err
	}
	return n, err
}

func (t *tap) read(b []byte) (int, error) {
	switch {
	case t.err != nil:
		return 0, t.err
	case t.enough != nil && t.enough():
		return 0, errEnough
	case t.Received >= maxReceived:
		return 0, malformed("sent " + strconv.Itoa(maxReceived) + " bytes, and the handshake is not over")
	}
	n, err := t.Conn.Read(b[:min(len(b), maxReceived-t.Received)])
	t.Received += n
	if t.flight != nil && n > 0 {
		t.first = append(t.first, b[:min(n, maxBanner-len(t.first))]...)
		if err := t.flight.feed(b[:n]); err != nil {
			return 0, err
		}
	}
	if n > 0 {
		return n, nil // an error comes again
	}
	return 0, err
}

func (t *tap) Write(b []byte) (int, error) {
	if t.speech != nil {
		t.speech.feed(b)
	}
	n, err := t.Conn.Write(b)
	t.Sent += n
	if err != nil && t.err == nil {
		t.err = err
	}
	return n, err
}

// readOn reads the rest of the server's first flight after crypto/tls has given
// up: it is on its way, and can be opened.
func (t *tap) readOn() {
	f := t.flight
	if f == nil || t.err != nil || f.fatal != nil || !f.hasHello() {
		return
	}
	defer time.AfterFunc(lastWords, func() { t.Conn.Close() }).Stop()
	t.enough = func() bool { return f.over || f.fatal != nil }
	for buffer := make([]byte, 16<<10); t.err == nil; {
		t.Read(buffer)
	}
}

// An address that a library can use as a name, where the connection has none.
type noAddress struct{}

func (noAddress) Network() string { return "tcp" }
func (noAddress) String() string  { return "unknown" }

// RemoteAddr is never nil: crypto/tls keeps no session for a server without a
// name.
func (t *tap) RemoteAddr() net.Addr {
	if a := t.Conn.RemoteAddr(); a != nil {
		return a
	}
	return noAddress{}
}
