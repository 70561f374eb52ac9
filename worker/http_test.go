package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"certlens/internal/report"
)

func TestHTTP(t *testing.T) {
	const good = `{"host":"10.0.0.1","port":443,"offer":{}}` // taken, and then refused by the policy
	json := map[string]string{"Content-Type": "application/json"}
	with := func(more ...string) map[string]string {
		h := map[string]string{"Content-Type": "application/json"}
		for i := 0; i < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	onFaces(t, "strict", func(t *testing.T, f face) {
		own := f.url
		for _, test := range []struct {
			name, method, path string
			header             map[string]string
			body               string
			status             int
			code               string
			want               string // headers, as in "Name: value"
		}{
			{"about", "GET", "/v1/about", nil, "", 200, "", "Content-Type: application/json"},
			{"taken", "POST", "/v1/handshake", json, good, 403, "private_address", ""},
			{"charset", "POST", "/v1/handshake", with("Content-Type", "application/json; charset=utf-8"), good, 403, "private_address", ""},
			{"blanks around", "POST", "/v1/handshake", json, " \n" + good + "\n ", 403, "private_address", ""},

			{"no such path", "GET", "/v1/nothing", nil, "", 404, "not_found", ""},
			{"no such path below", "POST", "/v1/handshake/x", json, good, 404, "not_found", ""},
			{"path in capitals", "POST", "/v1/Handshake", json, good, 404, "not_found", ""},
			{"GET of a POST", "GET", "/v1/handshake", nil, "", 405, "method", "Allow: POST"},
			{"POST of a GET", "POST", "/v1/about", json, "{}", 405, "method", "Allow: GET"},
			{"PUT", "PUT", "/v1/handshake", json, good, 405, "method", "Allow: POST"},
			{"DELETE", "DELETE", "/v1/issuer", nil, "", 405, "method", "Allow: POST"},
			{"OPTIONS that asks nothing", "OPTIONS", "/v1/handshake", nil, "", 405, "method", ""},

			{"no content type", "POST", "/v1/handshake", map[string]string{"Content-Type": ""}, good, 415, "content_type", ""},
			{"a form", "POST", "/v1/handshake", with("Content-Type", "application/x-www-form-urlencoded"), good, 415, "content_type", ""},
			{"text", "POST", "/v1/handshake", with("Content-Type", "text/plain"), good, 415, "content_type", ""},
			{"text that names JSON", "POST", "/v1/handshake", with("Content-Type", "text/plain; application/json"), good, 415, "content_type", ""},

			{"nothing", "POST", "/v1/handshake", json, "", 400, "bad_request", ""},
			{"not JSON", "POST", "/v1/handshake", json, "host=10.0.0.1", 400, "bad_request", ""},
			{"cut off", "POST", "/v1/handshake", json, good[:20], 400, "bad_request", ""},
			{"more behind", "POST", "/v1/handshake", json, good + "}", 400, "bad_request", ""},
			{"twice", "POST", "/v1/handshake", json, good + good, 400, "bad_request", ""},
			{"a list", "POST", "/v1/handshake", json, "[" + good + "]", 400, "bad_request", ""},
			{"null", "POST", "/v1/handshake", json, "null", 400, "bad_host", ""},
			{"unknown field", "POST", "/v1/handshake", json, `{"host":"10.0.0.1","address":"8.8.8.8"}`, 400, "bad_request", ""},
			{"unknown field in the offer", "POST", "/v1/handshake", json, `{"host":"10.0.0.1","offer":{"x":1}}`, 400, "bad_request", ""},
			{"wrong type", "POST", "/v1/handshake", json, `{"host":1}`, 400, "bad_request", ""},
			{"number too large", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":1e99}`, 400, "bad_request", ""},
			{"suite too large", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","offer":{"suites":[65536]}}`, 400, "bad_request", ""},
			{"deep", "POST", "/v1/handshake", json, strings.Repeat(`{"offer":`, 12000), 400, "bad_request", ""},
			{"largest", "POST", "/v1/handshake", json, good + strings.Repeat(" ", 128<<10-len(good)), 403, "private_address", ""},
			{"too large", "POST", "/v1/handshake", json, good + strings.Repeat(" ", 128<<10-len(good)+1), 413, "too_large", ""},
			{"long list", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"suites":[1` + strings.Repeat(",1", 600) + `]}}`, 400, "bad_request", ""},
			{"long ALPN", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"alpn":["` + strings.Repeat("h", 256) + `"]}}`, 400, "bad_request", ""},
			{"empty ALPN", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"alpn":[""]}}`, 400, "bad_request", ""},
			{"ALPN with a line", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"alpn":["a\nflush_all"]}}`, 400, "bad_request", ""},
			{"ALPN with a delete", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"alpn":["a\u007f"]}}`, 400, "bad_request", ""},
			{"no such suite", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"suites":[4865,3338]}}`, 400, "bad_request", ""},
			{"no such group", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"groups":[3338]}}`, 400, "bad_request", ""},
			{"no such signature algorithm", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"offer":{"signatureAlgorithms":[3338]}}`, 400, "bad_request", ""},
			{"SNI with a line", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"sni":"a\r\nb"}`, 400, "bad_host", ""},
			{"SNI is a number", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","port":443,"sni":"127.0.0.1"}`, 400, "bad_host", ""},
			{"no such protocol", "POST", "/v1/handshake", json, `{"host":"8.8.8.8","starttls":"gopher"}`, 400, "bad_request", ""},
			{"no certificate", "POST", "/v1/issuer", json, `{}`, 400, "bad_request", ""},
			{"not base64", "POST", "/v1/issuer", json, `{"certificate":"***"}`, 400, "bad_request", ""},
			{"not DER", "POST", "/v1/issuer", json, `{"certificate":"aGVsbG8="}`, 400, "bad_request", ""},
			{"not DER either", "POST", "/v1/revocation", json, `{"certificate":"aGVsbG8=","issuer":"aGVsbG8="}`, 400, "bad_request", ""},

			{"own page", "POST", "/v1/handshake", with("Origin", own), good, 403, "private_address", "Access-Control-Allow-Origin: "},
			{"allowed page", "POST", "/v1/handshake", with("Origin", "https://page.example"), good, 403, "private_address", "Access-Control-Allow-Origin: https://page.example"},
			{"other allowed page", "GET", "/v1/about", with("Origin", "https://other.example"), "", 200, "", "Access-Control-Allow-Origin: https://other.example"},
			{"other page", "POST", "/v1/handshake", with("Origin", "https://evil.example"), good, 403, "origin", "Access-Control-Allow-Origin: "},
			{"page without origin", "POST", "/v1/handshake", with("Origin", "null"), good, 403, "origin", "Access-Control-Allow-Origin: "},
			{"allowed name, other scheme", "POST", "/v1/handshake", with("Origin", "http://page.example"), good, 403, "origin", "Access-Control-Allow-Origin: "},
			{"allowed name, other port", "POST", "/v1/handshake", with("Origin", "https://page.example:8443"), good, 403, "origin", ""},
			{"name that begins alike", "POST", "/v1/handshake", with("Origin", "https://page.example.evil.example"), good, 403, "origin", ""},
			{"own name, other port", "POST", "/v1/handshake", with("Origin", "http://127.0.0.1:1"), good, 403, "origin", ""},
			{"file", "POST", "/v1/handshake", with("Origin", "file://"), good, 403, "origin", ""},
			{"about for another page", "GET", "/v1/about", with("Origin", "https://evil.example"), "", 403, "origin", ""},
			{"preflight", "OPTIONS", "/v1/handshake", map[string]string{"Origin": "https://page.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}, "", 204, "", "Access-Control-Allow-Methods: POST"},
			{"preflight, headers", "OPTIONS", "/v1/issuer", map[string]string{"Origin": "https://page.example", "Access-Control-Request-Method": "POST"}, "", 204, "", "Access-Control-Allow-Headers: Content-Type"},
			{"preflight of another page", "OPTIONS", "/v1/handshake", map[string]string{"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}, "", 403, "origin", "Access-Control-Allow-Methods: "},
		} {
			a := f.send(t, test.method, test.path, test.header, test.body)
			if a.status != test.status || a.Code != test.code || (a.Message == "") != (test.code == "") {
				t.Errorf("%s: %d, %q, want %d, %q: %s", test.name, a.status, a.Code, test.status, test.code, a.body)
			}
			if name, value, ok := strings.Cut(test.want, ": "); ok && a.header.Get(name) != value {
				t.Errorf("%s: %s is %q, want %q", test.name, name, a.header.Get(name), value)
			}
			for name, value := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Origin", "Referrer-Policy": "no-referrer",
				"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Cross-Origin-Resource-Policy": "same-origin",
				"Access-Control-Allow-Credentials": "",
			} {
				if a.header.Get(name) != value {
					t.Errorf("%s: %s is %q, want %q", test.name, name, a.header.Get(name), value)
				}
			}
		}
	})
}

// Servers that do anything but answer cost no more than the deadline, and come
// out as a result.
func TestServersThatDoNotAnswer(t *testing.T) {
	closedPort := 0
	if l, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		closedPort = l.Addr().(*net.TCPAddr).Port
		l.Close()
	}
	var sent atomic.Int64
	flood := []byte("\x16\x03\x03\x40\x00" + strings.Repeat("x", 1<<14))
	ports := map[string]int{
		"nothing listens": closedPort,
		"closes":          serveRaw(t, readSome),
		"resets":          serveRaw(t, func(c net.Conn) { readSome(c); _ = c.(*net.TCPConn).SetLinger(0) }),
		"plain HTTP":      serveRaw(t, func(c net.Conn) { readSome(c); _, _ = c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) }),
		"SSH":             serveRaw(t, func(c net.Conn) { _, _ = c.Write([]byte("SSH-2.0-OpenSSH_9.2\r\n")); readSome(c); readSome(c) }),
		"silent":          serveRaw(t, func(c net.Conn) { readAll(c) }),
		"a byte a second": serveRaw(t, func(c net.Conn) { drip(c, "\x16\x03\x03\x00\x7a\x02") }),
		"without end": serveRaw(t, func(c net.Conn) {
			for {
				n, err := c.Write(flood)
				if sent.Add(int64(n)); err != nil {
					return
				}
			}
		}),
	}
	classes := map[string]string{
		"nothing listens": "refused", "closes": "closed", "resets": "reset", "plain HTTP": "plain_http",
		"SSH": "wrong_protocol", "silent": "timeout", "a byte a second": "timeout", "without end": "",
	}
	onFaces(t, "private", func(t *testing.T, f face) {
		t.Parallel()
		for name, port := range ports {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				h := f.handshake(t, report.HandshakeRequest{Host: "127.0.0.1", Port: port})
				if h.Failure == nil || h.Complete || classes[name] != "" && string(h.Failure.Class) != classes[name] {
					t.Errorf("%+v, want %q", h.Failure, classes[name])
				}
				if name == "without end" && sent.Load() > 64<<20 {
					t.Errorf("%d bytes were sent", sent.Load())
				}
			})
		}
	})
}

func readSome(c net.Conn) { _, _ = c.Read(make([]byte, 1<<14)) }

func readAll(c net.Conn) {
	for buffer := make([]byte, 1<<14); ; {
		if _, err := c.Read(buffer); err != nil {
			return
		}
	}
}

// drip sends a byte a second until the other side has enough.
func drip(c net.Conn, text string) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		readAll(c)
	}()
	for i := range 60 {
		if _, err := c.Write([]byte{text[i%len(text)]}); err != nil {
			return
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return
		}
	}
}

// rounds counts how often the rate limit was tested: the limiter forgets nobody.
var rounds int

func TestRateLimit(t *testing.T) {
	w := startWorkerd(t)
	f := face{"workerd", w.url["limited"], nil}
	ask := func(client string) answered {
		return f.send(t, "POST", "/v1/handshake", map[string]string{"Content-Type": "application/json", "CF-Connecting-IP": client}, `{"host":"10.0.0.1"}`)
	}
	rounds++
	four, six := fmt.Sprintf("8.8.8.%d", rounds), fmt.Sprintf("2001:db8:%d", rounds)
	for _, test := range []struct{ client, same string }{{four, four}, {six + ":2::1", six + ":2:ffff::1"}, {six + "::1", six + ":0:1::"}} {
		for i := range 3 {
			if a := ask(test.client); a.Code != "private_address" {
				t.Errorf("%s, %d: %d, %q", test.client, i, a.status, a.Code)
			}
		}
		a := ask(test.same)
		if a.status != http.StatusTooManyRequests || a.Code != "rate_limit" || a.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d, %q, %v", test.client, a.status, a.Code, a.header)
		}
	}
	// About takes from the same account, and a preflight from none.
	six += ":4::1"
	for i, want := range []int{200, 200, 200, http.StatusTooManyRequests} {
		if a := f.send(t, "GET", "/v1/about", map[string]string{"CF-Connecting-IP": six}, ""); a.status != want {
			t.Errorf("about, %d: %d, want %d", i, a.status, want)
		}
	}
	if a := f.send(t, "OPTIONS", "/v1/about", map[string]string{"CF-Connecting-IP": six, "Access-Control-Request-Method": "GET"}, ""); a.status != http.StatusNoContent {
		t.Errorf("preflight: %d", a.status)
	}
	six = strings.TrimSuffix(six, ":4::1")
	if a := ask(six + ":3::1"); a.Code != "private_address" {
		t.Errorf("another network: %d, %q", a.status, a.Code)
	}
}

// Nobody may learn from what a worker writes what was asked of it.
func TestNothingIsWritten(t *testing.T) {
	w := startWorkerd(t)
	f := face{"workerd", w.url["private"], nil}
	secret := fmt.Sprintf("secret-%d.example.net", time.Now().UnixNano())
	f.post(t, "/v1/handshake", report.HandshakeRequest{Host: secret, Port: 443})
	f.post(t, "/v1/handshake", report.HandshakeRequest{Host: "127.0.0.1", Port: 1, SNI: secret})
	f.post(t, "/v1/handshake", report.HandshakeRequest{Host: "bad " + secret})
	f.send(t, "POST", "/v1/"+secret, nil, secret)
	if said := w.said.String(); strings.Contains(said, "secret") {
		t.Errorf("it wrote %s", said)
	}
}
