package local

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var page = fstest.MapFS{"index.html": {Data: []byte("page")}}

func TestPageAndAPI(t *testing.T) {
	server := httptest.NewServer(Handler(page, Options{Version: "test"}))
	defer server.Close()
	for path, want := range map[string]string{"/": "page", "/v1/about": `"vantage":"the machine that runs certlens"`} {
		r, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if body, _ := io.ReadAll(r.Body); r.StatusCode != 200 || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d, %s", path, r.StatusCode, body)
		}
	}
}

// A page on the Internet can make its own name lead to this machine. The name
// is what betrays it.
func TestNamesOfThisServer(t *testing.T) {
	handler := Handler(page, Options{Origins: []string{"https://certlens.example.com", "http://intern.example.com:8080"}})
	for _, test := range []struct {
		host, origin string
		ours         bool
	}{
		{"127.0.0.1:8080", "", true}, // and is then refused by the policy
		{"127.0.0.1:8080", "http://127.0.0.1:8080", true},
		{"localhost:8080", "http://localhost:8080", true},
		{"LOCALHOST", "http://localhost", true},
		{"[::1]:8080", "http://[::1]:8080", true},
		{"192.168.1.5", "", true},
		{"certlens.example.com", "https://certlens.example.com", true},
		{"intern.example.com:8080", "", true},
		{"evil.example.net:8080", "", false},
		{"evil.example.net:8080", "http://evil.example.net:8080", false},
		{"127.0.0.1.evil.example.net:8080", "http://127.0.0.1.evil.example.net:8080", false},
		{"127.0.0.1:8080", "http://evil.example.net", false},
		{"localhost.evil.example.net", "", false},
		{"certlens.example.com:8080", "", false},
		{"", "", false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/v1/handshake", strings.NewReader(`{"host":"10.0.0.1"}`))
		r.Header.Set("Content-Type", "application/json")
		r.Host = test.host
		if test.origin != "" {
			r.Header.Set("Origin", test.origin)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		code := "private_address"
		if !test.ours {
			code = "origin"
		}
		if !strings.Contains(w.Body.String(), `"code":"`+code+`"`) {
			t.Errorf("%s of %s: %d, %s", test.host, test.origin, w.Code, w.Body)
		}
	}
}

// The machine that serves does not open its own networks, whatever their range.
func TestOwnNetworks(t *testing.T) {
	addresses, err := net.InterfaceAddrs()
	if err != nil || len(addresses) == 0 {
		t.Skipf("no network: %v", err)
	}
	own := ownNetworks()
	for _, address := range addresses {
		ip, _, err := net.ParseCIDR(address.String())
		if err != nil {
			t.Fatal(err)
		}
		it, _ := netip.AddrFromSlice(ip)
		if !slices.ContainsFunc(own, func(p netip.Prefix) bool { return p.Contains(it.Unmap()) }) {
			t.Errorf("%s is not in %v", it, own)
		}
	}
}

// What a resolver's error says is not where the resolver or this machine is.
func TestResolverErrors(t *testing.T) {
	for _, test := range []struct{ err, want string }{
		{"no such host", "no such host"},
		{"read udp 10.1.2.3:4567->10.0.0.53:53: read: connection refused", "the resolver cannot be asked"},
		{"dial udp: lookup 10.0.0.53", "the resolver cannot be asked"},
	} {
		err := withoutPlaces(fmt.Errorf("wrapped: %w", &net.DNSError{Err: test.err, Name: "a.example", Server: "10.0.0.53:53"}))
		var failure *net.DNSError
		if !errors.As(err, &failure) || failure.Err != test.want || strings.Contains(failure.Error(), "10.0.") {
			t.Errorf("%s: %v", test.err, failure)
		}
	}
	if withoutPlaces(nil) != nil {
		t.Error("an error of none")
	}
}

func TestAddOrigin(t *testing.T) {
	for origin, good := range map[string]bool{
		"https://certlens.example.com": true, "http://localhost:8080": true, "https://[::1]:8443": true,
		"certlens.example.com": false, "https://": false, "https://a.example/": false, "https://a.example/x": false,
		"ftp://a.example": false, "*": false, "https://user@a.example": false, "null": false, "": false,
	} {
		var o Options
		if err := o.AddOrigin(origin); (err == nil) != good || (len(o.Origins) == 1) != good {
			t.Errorf("%q: %v, %q", origin, err, o.Origins)
		}
	}
}

func TestRateLimiter(t *testing.T) {
	now := time.Unix(0, 0)
	l := newRateLimiter(func() time.Time { return now })
	client, other := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("192.0.2.2/32")
	for i := range atOnce {
		if wait := l.Allow(client); wait != 0 {
			t.Fatalf("request %d waits %d s", i, wait)
		}
	}
	if wait := l.Allow(client); wait != 1 {
		t.Errorf("one too many waits %d s", wait)
	}
	if wait := l.Allow(other); wait != 0 {
		t.Errorf("another client waits %d s", wait)
	}
	now = now.Add(time.Second)
	for i := range perSecond {
		if wait := l.Allow(client); wait != 0 {
			t.Errorf("request %d of the next second waits %d s", i, wait)
		}
	}
}

// However many clients there are, no more than so many are remembered.
func TestRateLimiterForgets(t *testing.T) {
	now := time.Unix(0, 0)
	l := newRateLimiter(func() time.Time { return now })
	address := netip.MustParseAddr("10.0.0.0")
	for range 3 * maxClients {
		l.Allow(netip.PrefixFrom(address, 32))
		address = address.Next()
		now = now.Add(time.Millisecond)
	}
	if len(l.clients) > maxClients {
		t.Errorf("%d clients are remembered", len(l.clients))
	}
}
