// Package doh resolves names by DNS over HTTPS (RFC 8484). On the edge there is
// no other way to know an address before it is connected to.
package doh

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"golang.org/x/net/dns/dnsmessage"
)

// maxAddresses bounds the addresses of one name.
const maxAddresses = 64

// An Exchange sends a query (RFC 1035, section 4.1) to a resolver, as the media
// type application/dns-message, and gives the response.
type Exchange func(ctx context.Context, query []byte) ([]byte, error)

// Resolver gives a function that resolves names: the IPv4 addresses first, as
// the edge reaches more of those.
func Resolver(exchange Exchange) func(ctx context.Context, name string) ([]netip.Addr, error) {
	return func(ctx context.Context, name string) ([]netip.Addr, error) {
		if name == "localhost" || strings.HasSuffix(name, ".localhost") {
			// RFC 6761, section 6.3: "Name resolution APIs and libraries SHOULD
			// recognize localhost names as special and SHOULD always return the
			// IP loopback address".
			return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}, nil
		}
		return both(ctx, exchange, name)
	}
}

// An outcome is what came of one question.
type outcome struct {
	addresses []netip.Addr
	err       error
}

// both asks for both kinds of addresses at a time. One kind is enough.
func both(ctx context.Context, exchange Exchange, name string) ([]netip.Addr, error) {
	v6 := make(chan outcome, 1)
	go func() { v6 <- ask(ctx, exchange, name, dnsmessage.TypeAAAA) }()
	first := ask(ctx, exchange, name, dnsmessage.TypeA)
	second := <-v6
	addresses := append(first.addresses, second.addresses...)
	if len(addresses) > 0 {
		return addresses[:min(len(addresses), maxAddresses)], nil
	}
	return nil, cmp.Or(first.err, second.err)
}

func ask(ctx context.Context, exchange Exchange, name string, kind dnsmessage.Type) outcome {
	query, err := newQuery(name, kind)
	if err != nil {
		return outcome{err: &net.DNSError{Err: "not a domain name", Name: name}}
	}
	response, err := exchange(ctx, query)
	if err != nil {
		return outcome{err: &net.DNSError{UnwrapErr: err, Err: err.Error(), Name: name, IsTimeout: ctx.Err() != nil}}
	}
	return read(response, name, kind)
}

// newQuery asks one question. RFC 8484, section 4.1: "DoH clients using media
// formats that include the ID field from the DNS message header, such as
// "application/dns-message", SHOULD use a DNS ID of 0 in every DNS request".
func newQuery(name string, kind dnsmessage.Type) ([]byte, error) {
	full, err := dnsmessage.NewName(strings.TrimSuffix(name, ".") + ".")
	if err != nil {
		return nil, err
	}
	return (&dnsmessage.Message{
		Header:    dnsmessage.Header{RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: full, Type: kind, Class: dnsmessage.ClassINET}},
	}).Pack()
}

// read takes the addresses of a response, whichever names they are of: those
// that the asked name is an alias of (CNAME) come in the same response.
func read(response []byte, name string, kind dnsmessage.Type) outcome {
	var parser dnsmessage.Parser
	header, err := parser.Start(response)
	if err == nil && header.RCode != dnsmessage.RCodeSuccess {
		return outcome{err: &net.DNSError{Err: said(header.RCode), Name: name, IsNotFound: header.RCode == dnsmessage.RCodeNameError}}
	}
	if err == nil {
		err = parser.SkipAllQuestions()
	}
	var found []netip.Addr
	for err == nil {
		var address netip.Addr
		if address, err = next(&parser, kind); address.IsValid() {
			found = append(found, address)
		}
	}
	if !errors.Is(err, dnsmessage.ErrSectionDone) {
		return outcome{err: &net.DNSError{Err: fmt.Sprintf("the resolver's answer cannot be read: %v", err), Name: name}}
	}
	return outcome{addresses: found}
}

// next reads one answer; the address is not valid when it is of another type.
func next(parser *dnsmessage.Parser, kind dnsmessage.Type) (netip.Addr, error) {
	header, err := parser.AnswerHeader()
	switch {
	case err != nil:
		return netip.Addr{}, err
	case header.Type == kind && kind == dnsmessage.TypeA:
		a, err := parser.AResource()
		return netip.AddrFrom4(a.A), err
	case header.Type == kind:
		aaaa, err := parser.AAAAResource()
		return netip.AddrFrom16(aaaa.AAAA), err
	}
	return netip.Addr{}, parser.SkipAnswer()
}

func said(code dnsmessage.RCode) string {
	if code == dnsmessage.RCodeNameError {
		return "no such host"
	}
	return "the resolver answers " + strings.TrimPrefix(code.String(), "RCode")
}
