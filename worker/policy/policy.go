// Package policy says where a worker may connect to. It is tables and pure
// functions: it resolves nothing and connects to nothing.
//
// A host is looked at twice. As it is written, it must be a name or an address
// in the one usual spelling, so that nobody after us reads it in another way;
// and every address that it has must be a public one.
package policy

import (
	"fmt"
	"net/netip"
	"slices"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// A Policy is where a worker may connect to. The zero value allows nothing but
// public addresses, and no port.
type Policy struct {
	// AllowPrivate allows the addresses and names of private networks.
	AllowPrivate bool
	// Ports are the allowed ports, ascending; AnyPort allows all.
	Ports []int
	// AnyPort allows every port.
	AnyPort bool
	// Own gives the addresses of the machine with their networks, which are
	// closed unless AllowPrivate; nil where there are none, as on an edge. They
	// can change.
	Own func() []netip.Prefix
}

// refuse makes a refusal.
func refuse(code report.RefusalCode, format string, args ...any) *probe.Refusal {
	return &probe.Refusal{Code: string(code), Message: fmt.Sprintf(format, args...)}
}

// Advise adds to the refusal of a handshake where it can be made, for a host that
// somebody's own network has, and for a port that is not among those of TLS.
func (p Policy) Advise(refusal *probe.Refusal, host string) *probe.Refusal {
	code := report.RefusalCode(refusal.Code)
	if p.AllowPrivate || code != report.RefusedAddress && code != report.RefusedPort {
		return refusal
	}
	p.AllowPrivate = true
	if _, never := p.Host(host); never != nil {
		return refusal
	}
	advised := *refusal
	advised.Message += " To look at it, run certlens probe, or certlens serve --allow-private, on a machine that reaches it."
	return &advised
}

// Port refuses ports. Those of TLS are few, and a worker that connects to any
// port is a port scanner.
func (p Policy) Port(port int) *probe.Refusal {
	switch {
	case port < 1 || port > 65535:
		return refuse(report.RefusedRequest, "There is no port %d.", port)
	case p.AnyPort || slices.Contains(p.Ports, port):
		return nil
	}
	return refuse(report.RefusedPort, "Port %d is not one on which this worker looks for TLS.", port)
}
