package fetch

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"certlens/internal/lab"
	"certlens/internal/probe"
	"certlens/internal/report"
	"certlens/worker/policy"
)

// The hosts of the tests have public addresses, which the dialer of the tests
// takes for those of servers of this machine. The addresses that the policy must
// keep from it are those of nobody.
var zone = map[string]string{
	"ca.hostile.net": "8.8.8.8", "mirror.hostile.net": "8.8.4.4", "inside.hostile.net": "10.0.0.1",
	"half.hostile.net": "8.8.8.8 127.0.0.1", "nowhere.hostile.net": "",
	"many.hostile.net": "8.8.8.1 8.8.8.2 8.8.8.3 8.8.8.4 8.8.8.5 8.8.8.6",
}

// A network is what the dialer of a test reaches.
type network struct {
	handler http.Handler
	dialled []string
}

// fetcher gives a fetcher with the policy of an edge.
func (n *network) fetcher(t *testing.T) Fetcher {
	t.Helper()
	plain, secure := httptest.NewServer(n.handler), httptest.NewTLSServer(n.handler)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	f := Fetcher{Policy: policy.Policy{Ports: policy.Ports()}, Client: probe.Client{
		Resolve: func(_ context.Context, name string) ([]netip.Addr, error) {
			var addresses []netip.Addr
			for text := range strings.FieldsSeq(zone[name]) {
				addresses = append(addresses, netip.MustParseAddr(text))
			}
			return addresses, nil
		},
		Dial: func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
			n.dialled = append(n.dialled, address.String())
			server := plain
			if address.Port() == 443 {
				server = secure
			}
			return new(net.Dialer).DialContext(ctx, "tcp", server.Listener.Addr().String())
		},
		Now: time.Now, Rand: rand.Reader,
	}}
	f.Redirects, f.MaxIssuer, f.MaxRevocation, f.Agent = 3, 64<<10, 256<<10, "certlens/test"
	return f
}

var (
	root    = lab.Issue(lab.Spec{Name: "Fetch Root", CA: true})
	issuing = lab.Issue(lab.Spec{Name: "Fetch CA", CA: true, Issuer: root})
)

// certificate makes one with URLs.
func certificate(issuers, responders, lists []string) *lab.Cert {
	return lab.Issue(lab.Spec{Name: "www.hostile.net", Issuer: issuing, Edit: func(c *x509.Certificate) {
		c.IssuingCertificateURL, c.OCSPServer, c.CRLDistributionPoints = issuers, responders, lists
	}})
}

func certsOnly(t *testing.T, certificates ...*lab.Cert) []byte {
	t.Helper()
	var all []byte
	for _, c := range certificates {
		all = append(all, c.Raw...)
	}
	oid := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	type content struct{ Type asn1.ObjectIdentifier }
	signed, err := asn1.Marshal(struct {
		Version      int
		Algorithms   []int `asn1:"set"`
		Content      content
		Certificates asn1.RawValue
		Signers      []int `asn1:"set"`
	}{1, nil, content{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}}, asn1.RawValue{Class: 2, Tag: 0, IsCompound: true, Bytes: all}, nil})
	if err != nil {
		t.Fatal(err)
	}
	der, err := asn1.Marshal(struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue
	}{oid, asn1.RawValue{Class: 2, Tag: 0, IsCompound: true, Bytes: signed}})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestIssuer(t *testing.T) {
	n := &network{handler: serve(map[string]http.HandlerFunc{
		"/ca.der":  send(issuing.Raw),
		"/ca.pem":  send([]byte(lab.PEM(issuing, root))),
		"/ca.p7c":  send(certsOnly(t, issuing, root)),
		"/p7.pem":  send(pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: certsOnly(t, issuing)})),
		"/chunked": chunked(issuing.Raw),
		"/page":    send([]byte("<!doctype html><title>Not found</title>")),
		"/empty":   send(nil),
		"/key":     send([]byte(lab.KeyPEM(issuing))),
		"/tail":    send(append(bytes.Clone(issuing.Raw), "tail"...)),
		"/large":   send(make([]byte, 65<<10)),
		"/largest": chunked(make([]byte, 65<<10)),
		"/header":  func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 200<<10)) },
		// Less than the limit of the whole answer, and more than that of a header.
		"/heavy": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X", strings.Repeat("x", maxHeader))
			_, _ = w.Write(issuing.Raw)
		},
		"/far":      redirect("/" + strings.Repeat("a", maxURL)),
		"/farther":  redirect("/" + strings.Repeat("a", 1<<20)),
		"/escaped":  redirect("/" + strings.Repeat("\x80", maxURL/2)),
		"/missing":  http.NotFound,
		"/moved":    redirect("/ca.der"),
		"/mirror":   redirect("https://mirror.hostile.net/ca.der"),
		"/three":    redirect("/two"),
		"/two":      redirect("/moved"),
		"/four":     redirect("/three"),
		"/loop":     redirect("/loop"),
		"/inside":   redirect("http://inside.hostile.net/ca.der"),
		"/address":  redirect("http://127.0.0.1/ca.der"),
		"/spelled":  redirect("http://0x7f.1/ca.der"),
		"/decimal":  redirect("http://2130706433/ca.der"),
		"/mapped":   redirect("http://[::ffff:127.0.0.1]/ca.der"),
		"/metadata": redirect("http://169.254.169.254/latest/meta-data/"),
		"/name":     redirect("http://localhost/ca.der"),
		"/port":     redirect("http://ca.hostile.net:8080/ca.der"),
		"/ssh":      redirect("http://ca.hostile.net:22/"),
		"/file":     redirect("file:///etc/passwd"),
		"/ftp":      redirect("ftp://ca.hostile.net/ca.der"),
		"/user":     redirect("http://user@ca.hostile.net/ca.der"),
		"/nothing":  redirect("http://"),
		"/broken":   func(w http.ResponseWriter, _ *http.Request) { hijack(w, "HTTP/1.1 200 OK\r\nContent-Le") },
		"/garbage":  func(w http.ResponseWriter, _ *http.Request) { hijack(w, "SSH-2.0-OpenSSH_9.2\r\n") },
	})}
	f := n.fetcher(t)
	const ca = "http://ca.hostile.net"
	for _, test := range []struct {
		urls         string
		certificates int
		redirected   string
		failure      string // of the last URL
		dialled      string
	}{
		{ca + "/ca.der", 1, "", "", "8.8.8.8:80"},
		{ca + "/ca.pem", 2, "", "", "8.8.8.8:80"},
		{ca + "/ca.p7c", 2, "", "", "8.8.8.8:80"},
		{ca + "/p7.pem", 1, "", "", "8.8.8.8:80"},
		{ca + "/chunked", 1, "", "", "8.8.8.8:80"},
		{ca + ":80/ca.der", 1, "", "", "8.8.8.8:80"},
		{"https://ca.hostile.net/ca.der", 1, "", "", "8.8.8.8:443"},
		{"http://8.8.8.8/ca.der", 1, "", "", "8.8.8.8:80"},
		{ca + "/missing " + ca + "/ca.der", 1, "", "", "8.8.8.8:80 8.8.8.8:80"},
		{"ldap://ca.hostile.net/cn=ca " + ca + "/ca.der", 1, "", "", "8.8.8.8:80"},
		{ca + "/moved", 1, ca + "/ca.der", "", "8.8.8.8:80 8.8.8.8:80"},
		{ca + "/mirror", 1, "https://mirror.hostile.net/ca.der", "", "8.8.8.8:80 8.8.4.4:443"},
		{ca + "/three", 1, ca + "/ca.der", "", "8.8.8.8:80 8.8.8.8:80 8.8.8.8:80 8.8.8.8:80"},

		{ca + "/page", 0, "", "no certificate", "8.8.8.8:80"},
		{ca + "/empty", 0, "", "no certificate", "8.8.8.8:80"},
		{ca + "/key", 0, "", "no certificate", "8.8.8.8:80"},
		{ca + "/tail", 0, "", "no certificate", "8.8.8.8:80"},
		{ca + "/large", 0, "", "more than 65536 bytes", "8.8.8.8:80"},
		{ca + "/largest", 0, "", "more than 65536 bytes", "8.8.8.8:80"},
		{ca + "/header", 0, "", "a header of more than 16384 bytes", "8.8.8.8:80"},
		{ca + "/broken", 0, "", "could not be fetched", "8.8.8.8:80"},
		{ca + "/garbage", 0, "", "could not be fetched", "8.8.8.8:80"},
		{ca + "/missing", 0, "", "status 404", "8.8.8.8:80"},
		{ca + "/four", 0, ca + "/ca.der", "more than 3 times", "8.8.8.8:80 8.8.8.8:80 8.8.8.8:80 8.8.8.8:80"},
		{ca + "/loop", 0, "", "more than 3 times", "8.8.8.8:80 8.8.8.8:80 8.8.8.8:80 8.8.8.8:80"},
		{"http://nowhere.hostile.net/", 0, "", "no address", ""},

		{ca + "/heavy", 0, "", "a header of more than 16384 bytes", "8.8.8.8:80"},
		{ca + "/far", 0, "", "a URL of more than 2048 bytes", "8.8.8.8:80"},
		{ca + "/farther", 0, "", "a header of more than 16384 bytes", "8.8.8.8:80"},
		{ca + "/escaped", 0, "", "a URL of more than 2048 bytes", "8.8.8.8:80"},

		// Nothing may be dialled but what was checked.
		{ca + "/inside", 0, "http://inside.hostile.net/ca.der", "The name leads to an address that is not public", "8.8.8.8:80"},
		{ca + "/address", 0, "http://127.0.0.1/ca.der", "loopback", "8.8.8.8:80"},
		{ca + "/spelled", 0, "http://0x7f.1/ca.der", "ends in a number", "8.8.8.8:80"},
		{ca + "/decimal", 0, "http://2130706433/ca.der", "ends in a number", "8.8.8.8:80"},
		{ca + "/mapped", 0, "http://[::ffff:127.0.0.1]/ca.der", "loopback", "8.8.8.8:80"},
		{ca + "/metadata", 0, "http://169.254.169.254/latest/meta-data/", "metadata", "8.8.8.8:80"},
		{ca + "/name", 0, "http://localhost/ca.der", "no dot", "8.8.8.8:80"},
		{ca + "/port", 0, "http://ca.hostile.net:8080/ca.der", "ports 80 and 443", "8.8.8.8:80"},
		{ca + "/ssh", 0, "http://ca.hostile.net:22/", "ports 80 and 443", "8.8.8.8:80"},
		{ca + "/file", 0, "file:///etc/passwd", `"file"`, "8.8.8.8:80"},
		{ca + "/ftp", 0, "ftp://ca.hostile.net/ca.der", `"ftp"`, "8.8.8.8:80"},
		{ca + "/user", 0, "http://user@ca.hostile.net/ca.der", "user name", "8.8.8.8:80"},
		{ca + "/nothing", 0, "http:", "", "8.8.8.8:80"},
		{"http://inside.hostile.net/", 0, "", "The name leads to an address that is not public", ""},
		{"http://half.hostile.net/", 0, "", "The name leads to an address that is not public", ""},
		{"http://127.0.0.1/", 0, "", "loopback", ""},
		{"http://[::1]/", 0, "", "loopback", ""},
		{"http://[fe80::1%25eth0]/", 0, "", "interface", ""},
		{"http://10.1/", 0, "", "ends in a number", ""},
		{"http://ca.hostile.net:22/", 0, "", "ports 80 and 443", ""},
		{"http://ca.hostile.net:/ca.der", 1, "", "", "8.8.8.8:80"},
		{"http://a:b@ca.hostile.net/", 0, "", "user name", ""},
		{"http://%31%32%37.0.0.1/", 0, "", "cannot be read", ""},
		{"http:ca.hostile.net", 0, "", "cannot be read", ""},
		{"gopher://ca.hostile.net/", 0, "", `"gopher"`, ""},
		{ca + "/" + strings.Repeat("a", maxURL), 0, "", "cannot be read", ""},
	} {
		name := test.urls[:min(len(test.urls), 60)]
		n.dialled = nil
		answer, refusal := f.Issuer(t.Context(), certificate(strings.Fields(test.urls), nil, nil).Raw)
		if refusal != nil {
			t.Errorf("%s: %v", name, refusal)
			continue
		}
		last := answer.Tried[len(answer.Tried)-1]
		if len(answer.Certificates) != test.certificates || !strings.Contains(last.Failure, test.failure) || (last.Failure == "") != (test.certificates > 0) {
			t.Errorf("%s: %d certificates, %q; want %d, %q", name, len(answer.Certificates), last.Failure, test.certificates, test.failure)
		}
		if got := strings.Join(n.dialled, " "); got != test.dialled || last.Redirected != test.redirected {
			t.Errorf("%s: dialled %q, redirected to %q; want %q, %q", name, got, last.Redirected, test.dialled, test.redirected)
		}
		if test.certificates > 0 && answer.Certificates[0] != base64.StdEncoding.EncodeToString(issuing.Raw) {
			t.Errorf("%s: another certificate", name)
		}
	}
}

func TestNoMoreAddressesThanAreDialled(t *testing.T) {
	n := &network{handler: http.NotFoundHandler()}
	f := n.fetcher(t)
	f.Client.Dial = func(_ context.Context, address netip.AddrPort) (net.Conn, error) {
		n.dialled = append(n.dialled, address.String())
		return nil, syscall.ECONNREFUSED
	}
	answer, refusal := f.Issuer(t.Context(), certificate([]string{"http://many.hostile.net/"}, nil, nil).Raw)
	if refusal != nil || len(n.dialled) != maxAddresses || answer.Tried[0].Failure == "" {
		t.Errorf("%v, %+v, dialled %v", refusal, answer, n.dialled)
	}
}

// What is told of an error is not where this machine is.
func TestErrorsDoNotTellAddresses(t *testing.T) {
	here := &net.TCPAddr{IP: net.IPv4(10, 1, 2, 3), Port: 4567}
	inner := &net.OpError{Op: "read", Net: "tcp", Source: here, Addr: here, Err: syscall.EPROTO}
	outer := &net.OpError{Op: "local error", Net: "tcp", Source: here, Err: fmt.Errorf("tls: %w", inner)}
	for _, err := range []error{inner, outer, &net.OpError{Op: "read", Source: here, Err: inner}} {
		if said := plain(t.Context(), err).Error(); strings.Contains(said, "10.1.2.3") || !strings.Contains(said, "protocol error") {
			t.Errorf("%s", said)
		}
	}
}

func TestNoMoreURLsThanAreTried(t *testing.T) {
	n := &network{handler: http.NotFoundHandler()}
	urls := strings.Fields(strings.Repeat("http://ca.hostile.net/x ", 20))
	answer, refusal := n.fetcher(t).Issuer(t.Context(), certificate(urls, nil, nil).Raw)
	if refusal != nil || len(answer.Tried) != maxURLs || len(n.dialled) != maxURLs {
		t.Errorf("%v, %d tried, %d dialled", refusal, len(answer.Tried), len(n.dialled))
	}
}

func TestWhatIsAskedForNothing(t *testing.T) {
	f := (&network{handler: http.NotFoundHandler()}).fetcher(t)
	bare := certificate(nil, nil, nil).Raw
	_, byIssuer := f.Issuer(t.Context(), bare)
	_, byList := f.Revocation(t.Context(), bare, nil)
	_, byResponder := f.Revocation(t.Context(), certificate(nil, []string{"http://ca.hostile.net/"}, nil).Raw, nil)
	_, noCertificate := f.Issuer(t.Context(), []byte("hello"))
	_, noIssuer := f.Revocation(t.Context(), bare, []byte("hello"))
	for i, want := range []report.RefusalCode{report.RefusedNoURL, report.RefusedNoURL, report.RefusedNoURL, report.RefusedRequest, report.RefusedRequest} {
		refusal := []*probe.Refusal{byIssuer, byList, byResponder, noCertificate, noIssuer}[i]
		if refusal == nil || refusal.Code != string(want) {
			t.Errorf("%d: %v, want %s", i, refusal, want)
		}
	}
}

// The server may take as long as the caller allows, and no longer.
func TestEndsWithItsContext(t *testing.T) {
	ended := make(chan struct{})
	n := &network{handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		for w.Header().Set("Content-Length", "1000"); r.Context().Err() == nil; time.Sleep(10 * time.Millisecond) {
			_, _ = io.WriteString(w, "x")
			_ = http.NewResponseController(w).Flush()
		}
	})}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	answer, refusal := n.fetcher(t).Issuer(ctx, certificate([]string{"http://ca.hostile.net/drip"}, nil, nil).Raw)
	if refusal != nil || !strings.Contains(answer.Tried[0].Failure, "in the time allowed") {
		t.Errorf("%v, %+v", refusal, answer)
	}
	<-ended
}

func TestRevocation(t *testing.T) {
	list, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: lab.At, NextUpdate: lab.At.AddDate(0, 0, 7),
	}, issuing.Certificate, issuing.Key)
	if err != nil {
		t.Fatal(err)
	}
	n := &network{handler: serve(map[string]http.HandlerFunc{
		"/ocsp":  respond(t),
		"/later": send([]byte{0x30, 3, 0x0a, 1, 3}),
		"/page":  send([]byte("<!doctype html>")),
		"/crl":   send(list),
		"/pem":   send(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: list})),
		"/cert":  send(issuing.Raw),
		"/large": chunked(make([]byte, 257<<10)),
	})}
	f := n.fetcher(t)
	const ca = "http://ca.hostile.net"
	for _, test := range []struct {
		name, responders, lists string
		withIssuer              bool
		kind, url               string
		failures                string // a part of each, in order
	}{
		{"response", ca + "/ocsp", ca + "/crl", true, "ocsp", ca + "/ocsp", ""},
		{"no issuer, no response", ca + "/ocsp", ca + "/crl", false, "crl", ca + "/crl", ""},
		{"list", "", ca + "/crl", true, "crl", ca + "/crl", ""},
		{"list as PEM", "", ca + "/pem", true, "crl", ca + "/pem", ""},
		{"responder fails", ca + "/later", ca + "/crl", true, "crl", ca + "/crl", "tryLater"},
		{"many responders fail", strings.Repeat(ca+"/page ", 9), ca + "/crl", true, "crl", ca + "/crl", "neither|neither|neither"},
		{"nothing", ca + "/page", ca + "/cert", true, "", "", "neither|neither"},
		{"too large", "", ca + "/large", true, "", "", "more than 262144 bytes"},
	} {
		var by []byte
		if test.withIssuer {
			by = issuing.Raw
		}
		answer, refusal := f.Revocation(t.Context(), certificate(nil, strings.Fields(test.responders), strings.Fields(test.lists)).Raw, by)
		if refusal != nil {
			t.Errorf("%s: %v", test.name, refusal)
			continue
		}
		if answer.Kind != test.kind || answer.URL != test.url || (answer.DER != "") != (test.kind != "") {
			t.Errorf("%s: %q from %q, want %q from %q", test.name, answer.Kind, answer.URL, test.kind, test.url)
		}
		var failures []string
		for _, tried := range answer.Tried {
			if tried.Failure != "" {
				failures = append(failures, tried.Failure)
			}
		}
		for i, part := range strings.Split(test.failures, "|") {
			if i < len(failures) && !strings.Contains(failures[i], part) || part != "" && i >= len(failures) {
				t.Errorf("%s: %q, want %q", test.name, failures, test.failures)
			}
		}
	}
}

// respond answers OCSP requests, as another reader understands them.
func respond(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		request, err := ocsp.ParseRequest(body)
		if err != nil || r.Header.Get("Content-Type") != "application/ocsp-request" {
			t.Errorf("%v, %q", err, r.Header.Get("Content-Type"))
			return
		}
		response, err := ocsp.CreateResponse(issuing.Certificate, issuing.Certificate, ocsp.Response{
			Status: ocsp.Good, SerialNumber: request.SerialNumber, ThisUpdate: lab.At, NextUpdate: lab.At.AddDate(0, 0, 7),
		}, issuing.Key)
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(response)
	}
}

func TestRequestIsThatOfAnotherProgram(t *testing.T) {
	leaf := certificate(nil, nil, nil)
	want, err := ocsp.CreateRequest(leaf.Certificate, issuing.Certificate, &ocsp.RequestOptions{Hash: crypto.SHA1})
	if err != nil {
		t.Fatal(err)
	}
	n, _ := readCertificate(leaf.Raw)
	by, _ := readCertificate(issuing.Raw)
	if got, err := n.request(by); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v\n%x, want\n%x", err, got, want)
	}
}

// A serial number is as the certificate's maker likes, and may not carry much.
func TestLongSerialNumberIsNotAskedAbout(t *testing.T) {
	n := &network{handler: serve(map[string]http.HandlerFunc{"/ocsp": respond(t)})}
	f := n.fetcher(t)
	for bits, want := range map[uint]bool{8*maxSerial - 2: true, 8 * maxSerial: false} {
		leaf := lab.Issue(lab.Spec{Name: "www.hostile.net", Issuer: issuing, Edit: func(c *x509.Certificate) {
			c.SerialNumber, c.OCSPServer = new(big.Int).Lsh(big.NewInt(1), bits), []string{"http://ca.hostile.net/ocsp"}
		}})
		n.dialled = nil
		_, refusal := f.Revocation(t.Context(), leaf.Raw, issuing.Raw)
		if (refusal == nil) != want || (len(n.dialled) > 0) != want {
			t.Errorf("%d bits: %v, dialled %v", bits, refusal, n.dialled)
		}
	}
}

// What the standard parser says of a certificate must be what is read here.
func TestURLsAreThoseOfTheStandardParser(t *testing.T) {
	urls := [3][]string{{"http://a.example/1", "ldap://b.example/2"}, {"http://c.example/3"}, {"http://d.example/4", "http://e.example/5"}}
	n, ok := readCertificate(certificate(urls[0], urls[1], urls[2]).Raw)
	if got, want := fmt.Sprint(ok, n.issuers, n.responders, n.lists), fmt.Sprint(true, urls[0], urls[1], urls[2]); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(certificate([]string{"http://a.example/"}, []string{"http://b.example/"}, []string{"http://c.example/"}).Raw))
	f.Add([]byte(lab.PEM(issuing, root)))
	f.Add([]byte{0x30, 3, 0x0a, 1, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, der := range certificates(data) {
			if n, ok := readCertificate(der); !ok {
				t.Error("found, and not a certificate")
			} else if _, err := n.request(n); (err != nil) != (len(n.serial) > maxSerial) {
				t.Error(err)
			}
		}
		_, _, _ = readStatus(data)
	})
}

func serve(paths map[string]http.HandlerFunc) http.Handler {
	mux := http.NewServeMux()
	for path, handler := range paths {
		mux.HandleFunc(path, handler)
	}
	return mux
}

func send(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }
}

func chunked(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for piece := range bytes.Lines(body) {
			_, _ = w.Write(piece)
			_ = http.NewResponseController(w).Flush()
		}
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

func hijack(w http.ResponseWriter, text string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = io.WriteString(conn, text)
	conn.Close()
}
