package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"certlens/internal/probe"
	"certlens/internal/report"
	"certlens/worker/api"
	"certlens/worker/doh"
	"certlens/worker/policy"
)

// compatibilityDate is that of the deployment.
func compatibilityDate() string {
	text, err := os.ReadFile("wrangler.jsonc")
	if err != nil {
		panic(err)
	}
	return regexp.MustCompile(`"compatibility_date": "([\d-]+)"`).FindStringSubmatch(string(text))[1]
}

// A face is one way to reach the API: the handler in this process, or the
// program in workerd.
type face struct {
	name string
	url  string
	// dialled are the addresses that were connected to, where that can be seen.
	dialled func() []string
}

// onFaces runs a test on the handler and in workerd, both configured as one of
// the edges.
func onFaces(t *testing.T, edge string, test func(t *testing.T, f face)) {
	t.Run("native", func(t *testing.T) { test(t, native(t, edge)) })
	t.Run("workerd", func(t *testing.T) {
		w := startWorkerd(t)
		test(t, face{"workerd", w.url[edge], func() []string { return nil }})
	})
}

// native serves the handler, with the same resolver as workerd.
func native(t *testing.T, edge string) face {
	t.Helper()
	var mu sync.Mutex
	var dialled []string
	allowPrivate := edge == "private"
	limits := api.DefaultLimits
	limits.PerClient = limits.Concurrent // the people of a test have one address
	server := httptest.NewServer(api.New(api.Config{
		Client: probe.Client{
			Resolve: doh.Resolver(askTestResolver),
			Dial: func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
				mu.Lock()
				dialled = append(dialled, address.String())
				mu.Unlock()
				return new(net.Dialer).DialContext(ctx, "tcp", address.String())
			},
			Now: time.Now, Rand: rand.Reader, Vantage: "this machine",
		},
		Policy:  policy.Policy{AllowPrivate: allowPrivate, AnyPort: allowPrivate, Ports: policy.Ports(policy.Port25)},
		Origins: []string{"https://page.example", "https://other.example"},
		Limits:  limits,
		Version: "test",
	}))
	t.Cleanup(server.Close)
	return face{"native", server.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return dialled
	}}
}

// An answered is what came of a request.
type answered struct {
	status int
	header http.Header
	body   []byte
	probe.Refusal
}

// send makes a request. It may be called by several goroutines: what goes wrong
// is an error of the test, and does not end it.
func (f face) send(t testing.TB, method, path string, header map[string]string, body string) answered {
	t.Helper()
	var a answered
	r, err := http.NewRequestWithContext(t.Context(), method, f.url+path, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return a
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return a
	}
	defer response.Body.Close()
	a.status, a.header = response.StatusCode, response.Header
	if a.body, err = io.ReadAll(response.Body); err != nil {
		t.Error(err)
	}
	if a.status != http.StatusOK && len(a.body) > 0 {
		if err := json.Unmarshal(a.body, &a.Refusal); err != nil {
			t.Errorf("%d, %v: %s", a.status, err, a.body)
		}
	}
	return a
}

// post makes a request of the contract.
func (f face) post(t testing.TB, path string, request any) answered {
	t.Helper()
	text, err := json.Marshal(request)
	if err != nil {
		t.Error(err)
	}
	return f.send(t, http.MethodPost, path, map[string]string{"Content-Type": "application/json"}, string(text))
}

// handshake asks for one that must be made.
func (f face) handshake(t testing.TB, request report.HandshakeRequest) *report.Handshake {
	t.Helper()
	a := f.post(t, "/v1/handshake", request)
	var h report.Handshake
	if err := json.Unmarshal(a.body, &h); err != nil || a.status != http.StatusOK {
		t.Errorf("%d, %v: %s", a.status, err, a.body)
	}
	return &h
}

// A zone is what the resolver of the tests knows.
type zone struct {
	mu      sync.Mutex
	records map[string][]string // all answers for a name, of which each is given once but the last
	asked   map[string]int      // by name and type
}

// resolverAddress starts a resolver (DNS over HTTPS, without the S) for all tests.
var resolverAddress = sync.OnceValue(func() string {
	return httptest.NewServer(&testZone).URL + "/dns-query"
})

var testZone = zone{records: readZone(), asked: map[string]int{}}

func readZone() map[string][]string {
	text, err := os.ReadFile("testdata/zone.txt")
	if err != nil {
		panic(err)
	}
	records := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if name, addresses, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(line, "#") {
			records[name] = append(records[name], addresses)
		}
	}
	return records
}

// ServeHTTP answers a query.
func (z *zone) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query, err := io.ReadAll(r.Body)
	var m dnsmessage.Message
	if err == nil {
		err = m.Unpack(query)
	}
	if err != nil || r.Header.Get("Content-Type") != "application/dns-message" {
		http.Error(w, "not a query", http.StatusBadRequest)
		return
	}
	m.Response, m.RecursionAvailable = true, true
	if !z.answer(&m, m.Questions[0].Name, m.Questions[0].Type) {
		m.RCode = dnsmessage.RCodeNameError
	}
	packed, err := m.Pack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/dns-message")
	_, _ = w.Write(packed)
}

// answer adds what is known of a name, and tells whether it is known.
func (z *zone) answer(m *dnsmessage.Message, name dnsmessage.Name, kind dnsmessage.Type) bool {
	texts, known := z.next(strings.ToLower(strings.TrimSuffix(name.String(), ".")), kind)
	header := dnsmessage.ResourceHeader{Name: name, Class: dnsmessage.ClassINET, TTL: 1}
	for text := range strings.FieldsSeq(texts) {
		if target, isAlias := strings.CutPrefix(text, "="); isAlias {
			alias := dnsmessage.MustNewName(target + ".")
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.CNAMEResource{CNAME: alias}})
			return z.answer(m, alias, kind)
		}
		address := netip.MustParseAddr(text)
		switch {
		case address.Is4() && kind == dnsmessage.TypeA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AResource{A: address.As4()}})
		case !address.Is4() && kind == dnsmessage.TypeAAAA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: header, Body: &dnsmessage.AAAAResource{AAAA: address.As16()}})
		}
	}
	return known
}

// next is what a name has when it is asked for one type of address once more.
func (z *zone) next(name string, kind dnsmessage.Type) (texts string, known bool) {
	z.mu.Lock()
	defer z.mu.Unlock()
	key := fmt.Sprint(name, " ", kind)
	answers := z.records[name]
	if len(answers) == 0 {
		return "", false
	}
	texts = answers[min(z.asked[key], len(answers)-1)]
	z.asked[key]++
	return texts, true
}

// times tells how often a name was asked for, and forgets it.
func (z *zone) times(name string) int {
	z.mu.Lock()
	defer z.mu.Unlock()
	count := 0
	for key, n := range z.asked {
		if strings.HasPrefix(key, name+" ") {
			count += n
			delete(z.asked, key)
		}
	}
	return count
}

func askTestResolver(ctx context.Context, query []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, resolverAddress(), bytes.NewReader(query))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/dns-message")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, errors.New(answer.Status)
	}
	return io.ReadAll(answer.Body)
}
