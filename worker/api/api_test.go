package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/probe"
	"certlens/worker/policy"
)

type resolve func(ctx context.Context, name string) ([]netip.Addr, error)

// config allows everything, and resolves as given.
func config(resolve resolve) Config {
	return Config{
		Client: probe.Client{
			Resolve: resolve,
			Dial: func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, "tcp", address.String())
			},
			Now: time.Now, Rand: rand.Reader,
		},
		Policy: policy.Policy{AllowPrivate: true, AnyPort: true},
		Limits: DefaultLimits,
	}
}

// ask asks a handler for a handshake with a host.
func ask(t *testing.T, handler http.Handler, host string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/handshake", strings.NewReader(`{"host":"`+host+`"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w.Result()
}

func code(t *testing.T, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(body), `"code":"`)
	code, _, _ := strings.Cut(after, `"`)
	return code
}

// A fault is answered, and what is written of it does not tell what was asked.
func TestFault(t *testing.T) {
	var written bytes.Buffer
	log.SetOutput(&written)
	defer log.SetOutput(io.Discard)
	for _, value := range []any{"about secret.example.net", errors.New("secret.example.net")} {
		handler := New(config(func(context.Context, string) ([]netip.Addr, error) { panic(value) }))
		for range 2 { // the place is free again
			if r := ask(t, handler, "secret.example.net"); r.StatusCode != http.StatusInternalServerError || code(t, r) != "internal" {
				t.Errorf("%d", r.StatusCode)
			}
		}
	}
	if said := written.String(); !strings.Contains(said, "api_test.go") || strings.Contains(said, "secret") {
		t.Errorf("it wrote %s", said)
	}
}

// Who is refused a private host is told how to look at it, whether it is written
// so or a name leads there.
func TestRefusalAdvises(t *testing.T) {
	c := config(func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("10.1.2.3")}, nil
	})
	c.Policy = policy.Policy{Ports: policy.Ports()}
	handler := New(c)
	for host, want := range map[string]bool{"10.1.2.3": true, "www.example.com": true, "nas.lan": true, "169.254.169.254": false} {
		r := ask(t, handler, host)
		body, err := io.ReadAll(r.Body)
		if advised := strings.Contains(string(body), "run certlens probe"); err != nil || r.StatusCode != http.StatusForbidden || advised != want {
			t.Errorf("%s: %d, %s, %v; want advice: %t", host, r.StatusCode, body, err, want)
		}
	}
}

func TestBusy(t *testing.T) {
	arrived, leave := make(chan struct{}), make(chan struct{})
	c := config(func(context.Context, string) ([]netip.Addr, error) {
		arrived <- struct{}{}
		<-leave
		return nil, errors.New("nothing")
	})
	c.Limits.Concurrent = 2
	handler := New(c)
	answers := make(chan int)
	for range 2 {
		go func() { answers <- ask(t, handler, "a.example.net").StatusCode }()
		<-arrived
	}
	r := ask(t, handler, "a.example.net")
	if r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" || code(t, r) != "busy" {
		t.Errorf("%d, %v", r.StatusCode, r.Header)
	}
	close(leave)
	for range 2 {
		if status := <-answers; status != http.StatusOK {
			t.Errorf("%d", status)
		}
	}
	go func() { <-arrived }()
	if r := ask(t, handler, "a.example.net"); r.StatusCode != http.StatusOK {
		t.Errorf("%d when all had left", r.StatusCode)
	}
}

// One client has some of the places, and others have the rest; what fetches has
// fewer of all.
func TestPlacesOfAClient(t *testing.T) {
	arrived, leave := make(chan struct{}), make(chan struct{})
	c := config(func(ctx context.Context, _ string) ([]netip.Addr, error) {
		select {
		case arrived <- struct{}{}:
			<-leave
		case <-ctx.Done(): // nobody waits for one that should have been refused
		}
		return nil, errors.New("nothing")
	})
	c.Limits.Deadline = time.Second
	c.Limits.Concurrent, c.Limits.PerClient, c.Limits.Fetches = 5, 2, 1
	handler := New(c)
	certificate := lab.Issue(lab.Spec{Name: "www.hostile.net", Edit: func(c *x509.Certificate) {
		c.IssuingCertificateURL = []string{"http://ca.hostile.net/"}
	}})
	ask := func(client, path string) *http.Response {
		body := `{"host":"a.example.net"}`
		if path == "/v1/issuer" {
			body = `{"certificate":"` + base64.StdEncoding.EncodeToString(certificate.Raw) + `"}`
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = client + ":1"
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
	answers := make(chan int)
	hold := func(client, path string) {
		go func() { answers <- ask(client, path).StatusCode }()
		<-arrived
	}
	refused := func(client, path string, status int, want string) {
		t.Helper()
		if r := ask(client, path); r.StatusCode != status || code(t, r) != want || r.Header.Get("Retry-After") == "" {
			t.Errorf("%s of %s: %d, %v; want %d", path, client, r.StatusCode, r.Header, status)
		}
	}
	hold("192.0.2.1", "/v1/handshake")
	hold("192.0.2.1", "/v1/handshake")
	refused("192.0.2.1", "/v1/handshake", http.StatusTooManyRequests, "rate_limit")
	hold("192.0.2.2", "/v1/issuer")
	refused("192.0.2.3", "/v1/issuer", http.StatusServiceUnavailable, "busy")
	hold("192.0.2.3", "/v1/handshake")
	hold("192.0.2.4", "/v1/handshake")
	refused("192.0.2.5", "/v1/handshake", http.StatusServiceUnavailable, "busy")
	close(leave)
	for range 5 {
		if status := <-answers; status != http.StatusOK {
			t.Errorf("%d", status)
		}
	}
	if s := handler.(*server); s.served.all+len(s.served.of)+s.fetching.all+len(s.fetching.of) != 0 {
		t.Errorf("%+v, %+v when all had left", s.served, s.fetching)
	}
}

// A limiter that lets nobody ask.
type closedLimiter struct{ asked []netip.Prefix }

func (l *closedLimiter) Allow(client netip.Prefix) int {
	l.asked = append(l.asked, client)
	return 7
}

func TestRateLimiterIsAsked(t *testing.T) {
	limiter := &closedLimiter{}
	c := config(func(context.Context, string) ([]netip.Addr, error) { t.Error("resolves"); return nil, nil })
	c.RateLimiter = limiter
	handler := New(c)
	for remote, client := range map[string]string{
		"192.0.2.7:1": "192.0.2.7/32", "[2001:db8::7]:1": "2001:db8::/64", "[::ffff:192.0.2.7]:1": "192.0.2.7/32", "[fe80::1%eth0]:1": "fe80::/64",
	} {
		r := httptest.NewRequest(http.MethodPost, "/v1/issuer", strings.NewReader(`{}`))
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = remote
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "7" || limiter.asked[len(limiter.asked)-1].String() != client {
			t.Errorf("%s: %d, %v, asked about %v", remote, w.Code, w.Header(), limiter.asked)
		}
	}
}

func TestHosts(t *testing.T) {
	c := config(nil)
	c.Hosts = func(host string) bool { return host == "known.example:8080" }
	for host, status := range map[string]int{"known.example:8080": 200, "known.example": 403, "evil.example:8080": 403, "": 403} {
		r := httptest.NewRequest(http.MethodGet, "/v1/about", nil)
		r.Host = host
		// The page's own origin is what the Host header says, which is why that is
		// not believed.
		r.Header.Set("Origin", "http://"+host)
		w := httptest.NewRecorder()
		New(c).ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("%s: %d, want %d", host, w.Code, status)
		}
	}
}

// However a request ends, nothing of it stays.
func TestNothingIsLeft(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	open := make(chan int, 1000)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			open <- 1
			go func() {
				_, _ = io.Copy(io.Discard, conn) // until the other side closes
				open <- -1
			}()
		}
	}()
	c := config(func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	})
	c.Client.Dial = func(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", l.Addr().String())
	}
	c.Limits.Deadline = 20 * time.Millisecond
	handler := New(c)
	before := runtime.NumGoroutine()
	const requests = 20
	for range requests {
		if r := ask(t, handler, "silent.example.net"); r.StatusCode != http.StatusOK {
			t.Errorf("%d", r.StatusCode)
		}
	}
	sum := 0
	for range 2 * requests { // each connection is opened, and closed
		sum += <-open
	}
	if sum != 0 {
		t.Errorf("%d connections are left", sum)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, and %d before", runtime.NumGoroutine(), before)
}

// What a server sends is read up to the limit, whatever reads it.
func TestReceivedIsLimited(t *testing.T) {
	dial := limitReceived(func(context.Context, netip.AddrPort) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			for {
				if _, err := theirs.Write(make([]byte, 100)); err != nil {
					return
				}
			}
		}()
		return ours, nil
	}, 250)
	conn, err := dial(t.Context(), netip.AddrPort{})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if read, err := io.ReadAll(conn); len(read) != 250 || !errors.Is(err, errReceived) {
		t.Errorf("%d bytes, %v", len(read), err)
	}
}
