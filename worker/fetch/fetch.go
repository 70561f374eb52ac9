// Package fetch fetches what a certificate names: its issuer's certificate, an
// OCSP response, a revocation list. Whoever asks chose the certificate, and
// with it the URLs: where they lead is checked at every step.
//
// It speaks HTTP/1.1 along one checked connection for each request: http.Client
// follows redirects, resolves names and keeps connections in ways of its own.
package fetch

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"certlens/internal/probe"
	"certlens/internal/report"
	"certlens/worker/policy"
)

const (
	// maxURLs bounds the URLs of one kind that are tried.
	maxURLs = 4
	// maxURL bounds the length of a URL, and of one that a server redirects to.
	maxURL = 2048
	// maxAddresses bounds the addresses of a name that are dialled.
	maxAddresses = 4
	// maxHeader bounds the status line and header of an answer.
	maxHeader = 16 << 10
	// maxAttempt bounds the time for one URL, so that one that is silent leaves
	// time for the next.
	maxAttempt = 5 * time.Second
)

// A Fetcher fetches what certificates name.
type Fetcher struct {
	// Client gives the resolver, the dialer, the clock and the randomness.
	Client probe.Client
	// Policy says where it may connect to. Its ports are those of TLS: without
	// AnyPort, the fetcher asks 80 and 443 alone.
	Policy policy.Policy
	// Redirects is how many redirects of one URL are followed.
	Redirects int
	// MaxIssuer and MaxRevocation bound the size of what is fetched.
	MaxIssuer, MaxRevocation int
	// Agent is the User-Agent.
	Agent string
}

// A question is one request for one URL.
type question struct {
	url string
	// body is posted as contentType; without it, the request is a GET.
	body        []byte
	contentType string
	limit       int // of the answer's body, in bytes
}

// first asks one URL after another until read takes an answer.
func (f Fetcher) first(ctx context.Context, questions []question, read func([]byte) error) (from string, tried []report.Fetch) {
	for _, q := range questions[:min(len(questions), maxURLs)] {
		body, last, err := f.get(ctx, q)
		if err == nil {
			err = read(body)
		}
		entry := report.Fetch{URL: q.url}
		if last != q.url {
			entry.Redirected = last
		}
		if err == nil {
			return q.url, append(tried, entry)
		}
		entry.Failure = err.Error()
		tried = append(tried, entry)
	}
	return "", tried
}

// get fetches one URL, and follows where it leads. It gives the last URL too.
func (f Fetcher) get(ctx context.Context, q question) (body []byte, last string, err error) {
	ctx, cancel := context.WithTimeout(ctx, maxAttempt)
	defer cancel()
	last = q.url
	for range f.Redirects + 1 {
		target, err := f.check(last)
		if err != nil {
			return nil, last, err
		}
		body, next, err := f.exchange(ctx, target, q)
		if err != nil || next == "" {
			return body, last, plain(ctx, err)
		}
		last = next
	}
	return nil, last, sentence("The server redirects more than %d times.", f.Redirects)
}

// A target is a URL that was found to be harmless as it is written.
type target struct {
	*url.URL
	host string // as the policy writes it
	port uint16
}

// check looks at a URL as it is written.
func (f Fetcher) check(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil || len(text) > maxURL || u.Opaque != "" {
		return target{}, sentence("The URL cannot be read.")
	}
	port, known := map[string]uint16{"http": 80, "https": 443}[u.Scheme]
	if !known {
		return target{}, sentence("Only http and https are fetched, and this is %s.", strconv.QuoteToASCII(u.Scheme))
	}
	if u.User != nil {
		return target{}, sentence("The URL holds a user name.")
	}
	if text := u.Port(); text != "" {
		number, err := strconv.ParseUint(text, 10, 16)
		if err != nil || !f.Policy.AnyPort && number != 80 && number != 443 {
			return target{}, sentence("Only the ports 80 and 443 are asked, and this is %s.", strconv.QuoteToASCII(text))
		}
		port = uint16(number)
	}
	host, refusal := f.Policy.Host(u.Hostname())
	if refusal != nil {
		return target{}, sentence("%s", refusal.Message)
	}
	return target{u, host, port}, nil
}

// exchange sends one request and reads the answer: its body, or the URL that it
// redirects to.
func (f Fetcher) exchange(ctx context.Context, t target, q question) (body []byte, next string, err error) {
	conn, err := f.dial(ctx, t)
	if err != nil {
		return nil, "", err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline) // the context closes it too
	}
	if t.Scheme == "https" {
		conn = f.secure(conn, t.host)
	}
	request := f.request(t, q)
	if err := request.Write(conn); err != nil {
		return nil, "", err
	}
	limited := &io.LimitedReader{R: conn, N: maxHeader}
	answer, err := http.ReadResponse(bufio.NewReader(limited), request)
	switch {
	case err != nil && limited.N == 0:
		return nil, "", sentence("The server sends a header of more than %d bytes.", maxHeader)
	case err != nil:
		return nil, "", err
	}
	if location := answer.Header.Get("Location"); isRedirect(answer.StatusCode) && location != "" {
		next, err = t.follow(location)
		return nil, next, err
	}
	limited.N += int64(q.limit) + 1
	body, err = readBody(answer, q.limit)
	return body, "", err
}

// follow gives the URL that a redirect leads to. It goes into the answer, and so
// a server may not make it as long as it likes.
func (t target) follow(location string) (string, error) {
	to, err := t.Parse(location)
	if err != nil {
		return "", sentence("The server redirects to what is not a URL.")
	}
	next := to.String() // which can be longer, for what it escapes
	if len(next) > maxURL {
		return "", sentence("The server redirects to a URL of more than %d bytes.", maxURL)
	}
	return next, nil
}

// dial connects to the first address of a host that answers, as a handshake
// would: all are checked, and of what was checked the first few are dialled.
func (f Fetcher) dial(ctx context.Context, t target) (net.Conn, error) {
	addresses, err := f.addresses(ctx, t.host)
	if err != nil {
		return nil, err
	}
	for _, address := range addresses {
		if refusal := f.Policy.Resolved(address); refusal != nil {
			return nil, sentence("%s", refusal.Message)
		}
	}
	err = sentence("The name has no address.")
	for _, address := range addresses[:min(len(addresses), maxAddresses)] {
		var conn net.Conn
		if conn, err = f.Client.Dial(ctx, netip.AddrPortFrom(address, t.port)); err == nil || ctx.Err() != nil {
			return conn, err
		}
	}
	return nil, err
}

func (f Fetcher) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if address, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{address}, nil
	}
	return f.Client.Resolve(ctx, host)
}

// secure speaks TLS. The server's certificate is not judged: what is fetched is
// signed by a CA, and is judged by that, whoever delivers it. RFC 5280, section
// 8: CAs "SHOULD NOT include URIs that specify https" at all, because of the
// circle that this would else be.
func (f Fetcher) secure(conn net.Conn, host string) net.Conn {
	return tls.Client(conn, &tls.Config{
		ServerName:         host,
		InsecureSkipVerify: true,
		Rand:               f.Client.Rand,
		Time:               f.Client.Now,
	})
}

func (f Fetcher) request(t target, q question) *http.Request {
	r := &http.Request{
		Method: http.MethodGet, URL: t.URL, Host: t.Host, Close: true,
		Header: http.Header{"User-Agent": {f.Agent}, "Accept": {"*/*"}},
	}
	if q.body != nil {
		r.Method = http.MethodPost
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(q.body)), int64(len(q.body))
		r.Header.Set("Content-Type", q.contentType)
	}
	return r
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

func readBody(answer *http.Response, limit int) ([]byte, error) {
	tooLarge := sentence("The server sends more than %d bytes, which is the most that is fetched.", limit)
	switch {
	case answer.StatusCode != http.StatusOK:
		return nil, sentence("The server answers with the status %d.", answer.StatusCode)
	case answer.ContentLength > int64(limit):
		return nil, tooLarge
	}
	body := bytes.NewBuffer(make([]byte, 0, max(answer.ContentLength, 0)+bytes.MinRead))
	_, err := body.ReadFrom(io.LimitReader(answer.Body, int64(limit)+1))
	switch {
	case body.Len() > limit:
		return nil, tooLarge
	case err != nil:
		return nil, err
	}
	return body.Bytes(), nil
}

// A failure is a sentence for people.
type failure string

func (f failure) Error() string { return string(f) }

func sentence(format string, args ...any) error { return failure(fmt.Sprintf(format, args...)) }

// plain turns an error into a sentence, which does not tell the addresses of
// this machine.
func plain(ctx context.Context, err error) error {
	var said failure
	if err == nil || errors.As(err, &said) {
		return err
	}
	if timeout := net.Error(nil); ctx.Err() != nil || errors.As(err, &timeout) && timeout.Timeout() {
		return sentence("The server did not answer in the time allowed.")
	}
	for operation := (*net.OpError)(nil); errors.As(err, &operation); { // TLS wraps one in another
		err = operation.Err
	}
	return sentence("The URL could not be fetched: %v.", err)
}
