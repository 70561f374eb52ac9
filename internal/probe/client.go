package probe

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"certlens/internal/report"
	"certlens/internal/service"
)

// Handshake resolves the host, checks all its addresses, connects to the first
// that answers, and makes the handshake. The error is a *Refusal.
func (c Client) Handshake(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
	request, refusal := complete(request)
	if refusal != nil {
		return nil, refusal
	}
	ctx, cancel := context.WithTimeout(ctx, maxDuration)
	defer cancel()
	course := newCourse(request, report.StepResolve, c.Now)
	course.Vantage = c.Vantage
	addresses := c.addresses(ctx, course)
	if refusal := c.refusal(addresses); refusal != nil {
		return nil, refusal
	}
	if course.Failure == nil {
		c.connect(ctx, course, request, addresses)
	}
	return course.Handshake, nil
}

// refusal is why one of the addresses is refused; nil when none is.
func (c Client) refusal(addresses []netip.Addr) *Refusal {
	if c.Check == nil {
		return nil
	}
	for _, address := range addresses {
		if refusal := c.Check(address); refusal != nil {
			return refusal
		}
	}
	return nil
}

// addresses gives the addresses of the host.
func (c Client) addresses(ctx context.Context, course *course) []netip.Addr {
	if address, err := netip.ParseAddr(course.Host); err == nil {
		return []netip.Addr{address}
	}
	addresses, err := c.Resolve(ctx, course.Host)
	if err != nil || len(addresses) == 0 {
		course.fail(course.unresolved(ctx, err))
		return nil
	}
	return addresses
}

// connect dials the addresses in their order and makes the handshake with the
// first that answers.
func (c Client) connect(ctx context.Context, course *course, request report.HandshakeRequest, addresses []netip.Addr) {
	course.begin(report.StepConnect)
	addresses = addresses[:min(len(addresses), maxAddresses)]
	for i, address := range addresses {
		course.Address = address.String()
		conn, err := c.dial(ctx, netip.AddrPortFrom(address, uint16(course.Port)), i == len(addresses)-1)
		if err == nil {
			run(ctx, course, conn, request, Options{Now: c.Now, Rand: c.Rand})
			return
		}
		if i == len(addresses)-1 || ctx.Err() != nil {
			course.fail(course.unconnected(ctx, err))
			return
		}
	}
}

// dial connects to one address, and leaves some time to those after it.
func (c Client) dial(ctx context.Context, address netip.AddrPort, last bool) (net.Conn, error) {
	if !last {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, maxConnect)
		defer cancel()
	}
	return c.Dial(ctx, address)
}

// complete fills in the defaults of a request, and refuses what makes no sense.
func complete(request report.HandshakeRequest) (report.HandshakeRequest, *Refusal) {
	request.Host = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(request.Host), "["), "]")
	switch {
	case !isHost(request.Host):
		return request, badRequest(strconv.Quote(request.Host) + " is neither a host name nor an IP address.")
	case request.Port == 0:
		request.Port = usualPort(request.StartTLS)
	}
	switch {
	case request.Port == 0:
		return request, badRequest(strconv.Quote(request.StartTLS) + " is not a protocol in which TLS can be started.")
	case request.Port < 0 || request.Port > 65535:
		return request, badRequest("There is no port " + strconv.Itoa(request.Port) + ".")
	case refusedOffer(request.Offer) != "":
		return request, badRequest(refusedOffer(request.Offer))
	case len(request.SNI) > maxName:
		return request, badRequest("The server name has more than " + strconv.Itoa(maxName) + " characters.")
	}
	return request, nil
}

func badRequest(message string) *Refusal { return &Refusal{Code: "bad_request", Message: message} }

// usualPort is the port of a protocol in which TLS is started; 0 when there is
// no such protocol.
func usualPort(protocol string) int {
	if protocol == "" {
		return 443
	}
	s, _ := service.Starting(protocol)
	return s.Port()
}

// isHost tells whether a text can be an IP address or the name of a host. An
// underscore is in no host name (RFC 1123, section 2.1), and in many DNS names.
func isHost(text string) bool {
	if _, err := netip.ParseAddr(text); err == nil {
		return true
	}
	name := strings.TrimSuffix(text, ".")
	if name == "" || len(name) > maxName {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if len(label) == 0 || len(label) > 63 || strings.ContainsFunc(label, notInName) {
			return false
		}
	}
	return true
}

func notInName(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	return !letter && (r < '0' || r > '9') && r != '-' && r != '_'
}
