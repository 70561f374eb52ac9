package probe

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// errAlert stands for the alert that the flight holds.
var errAlert = errors.New("probe: the server sent an alert")

func failed(class report.Class, detail string) *report.HandshakeFailed {
	return &report.HandshakeFailed{Class: class, Detail: detail}
}

// The numbers of errors say how a connection ended; a dialer that is not the
// system's is expected to give the same.
func isRefused(err error) bool { return isErrno(err, syscall.ECONNREFUSED, 10061) }
func isReset(err error) bool {
	return isErrno(err, syscall.ECONNRESET, 10054) || isErrno(err, syscall.EPIPE, 10053)
}
func isUnreachable(err error) bool {
	return isErrno(err, syscall.EHOSTUNREACH, 10065) || isErrno(err, syscall.ENETUNREACH, 10051)
}

// isErrno tells whether an error is of a number, here or on Windows.
func isErrno(err error, here, windows syscall.Errno) bool {
	return errors.Is(err, here) || errors.Is(err, windows)
}

func isClosed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func isTimeout(ctx context.Context, err error) bool {
	var network net.Error
	return errors.Is(ctx.Err(), context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout()
}

// cancelled is the failure of a handshake that the caller ended.
func cancelled() *report.HandshakeFailed {
	return failed(report.Other, "The handshake was cancelled.")
}

// unresolved says why a name has no address.
func (c *course) unresolved(ctx context.Context, err error) *report.HandshakeFailed {
	var dns *net.DNSError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return cancelled()
	case isTimeout(ctx, err):
		return failed(report.Timeout, "The name "+c.Host+" was not resolved in the time allowed.")
	case err == nil:
		return failed(report.DNS, "The name "+c.Host+" has no address.")
	case errors.As(err, &dns) && dns.IsNotFound:
		return failed(report.DNS, "The name "+c.Host+" does not exist, or has no address.")
	}
	return failed(report.DNS, "The name "+c.Host+" could not be resolved: "+reason(err)+".")
}

// unconnected says why no connection was made.
func (c *course) unconnected(ctx context.Context, err error) *report.HandshakeFailed {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return cancelled()
	case isTimeout(ctx, err):
		return failed(report.Timeout, c.target()+" did not answer in the time allowed.")
	case isRefused(err):
		return failed(report.Refused, c.target()+" refused the connection: nothing listens there.")
	case isReset(err):
		return failed(report.Reset, c.target()+" reset the connection while it was being made.")
	case isUnreachable(err):
		return failed(report.Other, "There is no way from here to "+c.target()+".")
	}
	return failed(report.Other, "The connection to "+c.target()+" could not be made: "+reason(err)+".")
}

// reason is an error's text without the end of a sentence, and without the
// addresses of this machine, which those of sockets have.
func reason(err error) string {
	for operation := (*net.OpError)(nil); errors.As(err, &operation); {
		err = operation.Err
	}
	return text([]byte(strings.TrimRight(err.Error(), ".")))
}

// explain says why a handshake went no further.
func (c *course) explain(ctx context.Context, t *tap, err error) *report.HandshakeFailed {
	if t.err != nil {
		err = t.err
	}
	var f fault
	switch {
	case t.flight.fatal != nil:
		return c.refusal(*t.flight.fatal)
	case errors.Is(err, errNotTLS):
		return c.otherProtocol(t)
	case errors.As(err, &f):
		return failed(f.class, c.target()+" "+f.what+".")
	case t.err != nil:
		return c.broken(ctx, err)
	}
	return c.abandoned(err)
}

// moment says where in the handshake a server stopped.
func (c *course) moment() string {
	switch c.Step {
	case report.StepHello:
		return "before its ServerHello"
	case report.StepServer:
		return "after its ServerHello, in the middle of its first flight"
	}
	return "after the client's Finished"
}

// broken says how a connection ended.
func (c *course) broken(ctx context.Context, err error) *report.HandshakeFailed {
	moment := c.moment()
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return cancelled()
	case isTimeout(ctx, err):
		return failed(report.Timeout, c.target()+" fell silent "+moment+": after "+strconv.Itoa(c.Received)+
			" bytes, the rest did not come in the time allowed.")
	case isReset(err):
		return failed(c.without(report.Reset), c.target()+" reset the connection "+moment+c.wanted()+".")
	case isClosed(err):
		return failed(c.without(report.Closed), c.target()+" closed the connection "+moment+c.wanted()+".")
	}
	return failed(report.Other, "The connection to "+c.target()+" broke "+moment+": "+reason(err)+".")
}

// isUncertified tells that the server asked for a certificate, and got none.
func (c *course) isUncertified() bool {
	return c.ClientCertificate != nil && c.Step == report.StepFinish
}

// without is the class of an end without a word.
func (c *course) without(class report.Class) report.Class {
	if c.isUncertified() {
		return report.ClientCertRequired
	}
	return class
}

// wanted says what the server may have missed.
func (c *course) wanted() string {
	if c.isUncertified() {
		return ", having asked for a client certificate and got none"
	}
	return ""
}

// refusal says what an alert of the server means here.
func (c *course) refusal(alert report.Alert) *report.HandshakeFailed {
	class := c.alertClass(alert.Number)
	name := alert.Name
	if name == "" {
		name = "of no known name"
	}
	detail := c.target() + " sent the alert " + name + " (" + strconv.Itoa(alert.Number) + ") " + c.moment()
	if meaning := c.meaning(class, alert.Number); meaning != "" {
		detail += ": " + meaning
	}
	return failed(class, detail+".")
}

const (
	handshakeFailure      = 40
	inappropriateFallback = 86
)

// alertClass is the failure that an alert means, after what was said before it.
func (c *course) alertClass(number int) report.Class {
	class := codepoint.AlertClass(number)
	switch {
	case c.isUncertified() && (class == report.ClientCertRejected || number == handshakeFailure):
		// RFC 5246, section 7.4.6: when the client has no certificate, the server
		// may "respond with a fatal handshake_failure alert". Nothing was sent
		// that could have been rejected.
		return report.ClientCertRequired
	case number == handshakeFailure && c.Step == report.StepHello && c.chosen:
		return report.NoSharedCipher
	case class == "":
		return report.HandshakeFailure
	}
	return class
}

// meaning says in words what an alert says about the offer.
func (c *course) meaning(class report.Class, number int) string {
	switch class {
	case report.ProtocolVersion:
		if number == inappropriateFallback {
			return "it speaks a newer version than " + versionNames(c.Offer.Versions)
		}
		return "it does not speak " + versionNames(c.Offer.Versions)
	case report.NoSharedCipher:
		return "it takes none of the " + strconv.Itoa(len(c.Offer.Suites)) + " cipher suites offered, as they were offered"
	case report.UnrecognizedName:
		if c.SNI == "" {
			return "it wants a server name, and was sent none"
		}
		return "it knows no server of the name " + text([]byte(c.SNI))
	case report.ALPN:
		return "it speaks none of the application protocols offered, " + text([]byte(strings.Join(c.Offer.ALPN, ", ")))
	case report.ClientCertRequired:
		return "it asked for a client certificate, and got none"
	}
	return ""
}

// versionNames lists versions for people.
func versionNames(versions []uint16) string {
	names := make([]string, len(versions))
	for i, version := range versions {
		names[i] = codepoint.Version(version)
	}
	return strings.Join(names, " or ")
}

// breaches are the alerts by which a client says that a server broke the rules;
// bad_certificate is among them, for crypto/tls sends it when it can't parse one.
var breaches = []int{10, 22, 42, 47, 50, 109, 110}

// abandoned says why crypto/tls gave up: it has told the server by an alert.
func (c *course) abandoned(err error) *report.HandshakeFailed {
	const protocolVersion = 70
	why := strings.TrimPrefix(reason(err), "tls: ")
	switch number := c.lastSent(); {
	case number == protocolVersion && c.Protocol != "":
		return failed(report.ProtocolVersion, c.target()+" chose "+c.Protocol+", which current clients do not speak.")
	case slices.Contains(breaches, number):
		return failed(report.Malformed, "A current client gives up the handshake with "+c.target()+": "+why+".")
	}
	return failed(report.HandshakeFailure, "A current client gives up the handshake with "+c.target()+": "+why+".")
}

// lastSent is the last alert that the client sent; -1 when there is none.
func (c *course) lastSent() int {
	for i := len(c.Alerts) - 1; i >= 0; i-- {
		if c.Alerts[i].Sent {
			return c.Alerts[i].Number
		}
	}
	return -1
}
