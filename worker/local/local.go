// Package local is the worker on one's own machine: the API with the resolver
// and the sockets of the system, beside the page.
package local

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"certlens/internal/probe"
	"certlens/internal/site"
	"certlens/worker/api"
	"certlens/worker/policy"
)

// Options are what somebody chooses who runs a worker.
type Options struct {
	// AllowPrivate allows private networks, and every port.
	AllowPrivate bool
	// Origins are where the page is reached from elsewhere, as in
	// "https://certlens.example.com": behind a proxy, or as a page of its own.
	Origins []string
	// Version is the version of certlens.
	Version string
}

// AddOrigin adds an origin, as a flag gives it.
func (o *Options) AddOrigin(text string) error {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.Scheme+"://"+u.Host != text {
		return fmt.Errorf("%q is not an origin like https://certlens.example.com", text)
	}
	o.Origins = append(o.Origins, text)
	return nil
}

// Handler serves the page and, under /v1, the API.
func Handler(page fs.FS, o Options) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", site.Handler(page))
	mux.Handle("/v1/", API(o))
	return mux
}

// API makes the API of this machine.
func API(o Options) http.Handler {
	return api.New(api.Config{
		Client:      Client("the machine that runs certlens"), // who asks may sit at another
		Policy:      policy.Policy{AllowPrivate: o.AllowPrivate, AnyPort: o.AllowPrivate, Ports: policy.Ports(), Own: ownNetworks},
		Hosts:       o.isOurs,
		Origins:     o.Origins,
		Limits:      api.DefaultLimits,
		RateLimiter: newRateLimiter(time.Now),
		Version:     o.Version,
	})
}

// Client is the probe of this machine, which goes by a name for who reads the
// report.
func Client(vantage string) probe.Client {
	dialer := &net.Dialer{}
	return probe.Client{
		Resolve: resolve,
		Dial: func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp", address.String())
		},
		Now: time.Now, Rand: rand.Reader, Vantage: vantage,
	}
}

// ownNetworks are the addresses of this machine with their networks.
func ownNetworks() []netip.Prefix {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	var own []netip.Prefix
	for _, address := range addresses {
		if prefix, err := netip.ParsePrefix(address.String()); err == nil {
			own = append(own, prefix)
		}
	}
	return own
}

// resolve asks the system's resolver, which gives IPv4 addresses as IPv6 ones.
func resolve(ctx context.Context, name string) ([]netip.Addr, error) {
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", name)
	for i, address := range addresses {
		addresses[i] = address.Unmap()
	}
	return addresses, withoutPlaces(err)
}

// resolverErrors are what package net says of a resolver in its own words.
var resolverErrors = []string{
	"no such host", "server misbehaving", "lame referral", "no answer from DNS server",
	"invalid DNS response", "cannot unmarshal DNS message", "i/o timeout", "operation was canceled",
}

// withoutPlaces keeps an error from telling where the resolver is, and where
// this machine: other errors of sockets have their addresses in the text.
func withoutPlaces(err error) error {
	if failure := (*net.DNSError)(nil); errors.As(err, &failure) {
		failure.Server = ""
		if !slices.Contains(resolverErrors, failure.Err) {
			failure.Err = "the resolver cannot be asked"
		}
	}
	return err
}

// isOurs tells whether a Host header names this server: by an address or as
// localhost, which no name server can make lead elsewhere, or by one of the
// names that it was told.
func (o Options) isOurs(hostPort string) bool {
	host := hostPort
	if h, _, err := net.SplitHostPort(hostPort); err == nil {
		host = h
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil || strings.EqualFold(host, "localhost") {
		return true
	}
	for _, origin := range o.Origins {
		if u, err := url.Parse(origin); err == nil && strings.EqualFold(u.Host, hostPort) {
			return true
		}
	}
	return false
}
