package site

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// attempts is how many ports Listen tries.
const attempts = 20

// Listen listens on addr, or on one of the next ports when that one is taken.
// Port 0 takes any free one.
func Listen(addr string) (net.Listener, error) {
	host, portText, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("site: bad address %q: %w", addr, err)
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("site: bad port %q: %w", portText, err)
	}
	for i := range uint64(attempts) {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.FormatUint(port+i, 10)))
		if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
			return l, err
		}
	}
	return nil, fmt.Errorf("site: the ports %d to %d of %s are all taken", port, port+attempts-1, host)
}
