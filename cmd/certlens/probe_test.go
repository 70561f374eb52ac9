package main

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/report"
)

// loopback is good for the address that the servers of the tests listen on.
var loopback = lab.Issue(lab.Spec{Name: "local.example.com", Hosts: []string{"127.0.0.1", "local.example.com"}, Issuer: issuing})

// listen answers each connection on a free port of this machine with serve,
// until the test ends.
func listen(t *testing.T, serve func(net.Conn)) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				serve(conn)
			}()
		}
	}()
	return listener.Addr().String()
}

// speakTLS is a server of the standard library.
func speakTLS(config *tls.Config, certs ...*lab.Cert) func(net.Conn) {
	own := tls.Certificate{PrivateKey: certs[0].Key}
	for _, c := range certs {
		own.Certificate = append(own.Certificate, c.Raw)
	}
	config = config.Clone()
	config.Certificates = []tls.Certificate{own}
	return func(conn net.Conn) {
		server := tls.Server(conn, config)
		if server.Handshake() == nil {
			_, _ = io.Copy(io.Discard, server)
		}
	}
}

func say(text string) func(net.Conn) {
	return func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, text)
	}
}

func TestProbe(t *testing.T) {
	ca := file(t, lab.PEM(root))
	good := listen(t, speakTLS(&tls.Config{NextProtos: []string{"h2"}}, loopback, issuing))
	alone := listen(t, speakTLS(&tls.Config{MaxVersion: tls.VersionTLS12}, loopback))
	strict := listen(t, speakTLS(&tls.Config{ClientAuth: tls.RequireAnyClientCert}, loopback, issuing))
	strict12 := listen(t, speakTLS(&tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, loopback, issuing))
	named := strings.Replace(good, "127.0.0.1", "localhost", 1)
	plain := listen(t, say("HTTP/1.1 400 Bad Request\r\nServer: \x1b[2Jexample\r\n\r\n"))
	closed := listen(t, say(""))
	nobody := vacant(t)
	for _, test := range []struct {
		name   string
		args   []string
		status int
		out    string // each of these, separated by |, must be in standard output
		err    string // must be in standard error
	}{
		{"good", []string{good, "--ca", ca}, 0, "chain is complete|Handshake with 127.0.0.1|seen from this machine|TLSv1.3|X25519MLKEM768|h2|Server name sent    none", ""},
		{"a server name", []string{good, "--ca", ca, "--sni", "local.example.com"}, 0, "for host local.example.com|Server name sent    local.example.com", ""},
		{"no server name", []string{named, "--ca", ca, "--sni", "", "--json"}, 1, `"hostFrom": "handshake"`, ""},
		{"no server name, in words", []string{named, "--ca", ca, "--sni="}, 1, "Server name sent    none", ""},
		{"a name for the server", []string{named, "--ca", ca}, 1, "Server name sent    localhost", ""},
		{"another server name", []string{good, "--ca", ca, "--sni", "other.example.com"}, 1, "hostname_mismatch", ""},
		{"a URL", []string{"https://" + good + "/path?q", "--ca", ca}, 0, "chain is complete", "Of the address, only " + good + " is used."},
		{"flags first", []string{"--ca", ca, "--json", good}, 0, `"hostFrom": "handshake"`, ""},
		{"leaf alone, TLS 1.2", []string{alone, "--ca", ca}, 1, "missing_intermediate|TLSv1.2|ECDHE-ECDSA", ""},
		{"no store", []string{good, "--stores", "none"}, 0, "unknown_root", ""},
		{"later", []string{good, "--ca", ca, "--at", "2030-01-01T00:00:00Z"}, 1, "expired", ""},
		{"client certificate", []string{strict, "--ca", ca}, 1, "client_cert_required|asked for, of any CA|Client signatures   rsa_pss_rsae_sha256", ""},
		{"client certificate, TLS 1.2", []string{strict12, "--ca", ca}, 1, "client_cert_required|Client key types    rsa_sign, ecdsa_sign|Client signatures   ", ""},
		{"plain HTTP", []string{plain}, 1, "plain_http|Server said first   HTTP/1.1 400|[2Jexample", ""},
		{"closed", []string{closed}, 1, "closed", ""},
		{"refused", []string{nobody}, 1, "refused the connection", ""},
		{"unresolvable", []string{"no-such-host.invalid"}, 1, "could not be found", ""},
		{"no server", nil, 2, "", "probe takes one server"},
		{"two servers", []string{good, good}, 2, "", "probe takes one server"},
		{"bad port", []string{"www.example.com:https"}, 2, "", `"https" is not a port`},
		{"bad host", []string{"www example com"}, 2, "", "is not a host name"},
		{"bad address", []string{"127.1"}, 2, "", "not an IP address in the usual notation"},
		{"bad scheme", []string{"gopher://www.example.com"}, 2, "", `"gopher" is not a scheme`},
		{"bad protocol", []string{good, "--starttls", "gopher"}, 2, "", `"gopher" is not a protocol`},
		{"bad flag", []string{good, "--host", "x"}, 2, "", "host"},
		{"hostile host", []string{"\x1b]0;owned\a"}, 2, "", `\x1b]0;owned`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, out, errors := execute("", append([]string{"probe"}, test.args...)...)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			for part := range strings.SplitSeq(test.out, "|") {
				if !strings.Contains(out, part) {
					t.Errorf("standard output lacks %q", part)
				}
			}
			if !strings.Contains(errors, test.err) || strings.Contains(out+errors, "\x1b") {
				t.Errorf("standard error lacks %q, or something controls the terminal", test.err)
			}
			if t.Failed() {
				t.Logf("stdout: %s\nstderr: %s", out, errors)
			}
		})
	}
}

// vacant is an address at which nothing listens.
func vacant(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// The report of a handshake is that of a paste, and the handshake beside it.
func TestProbeAsJSON(t *testing.T) {
	address := listen(t, speakTLS(&tls.Config{}, loopback, issuing))
	_, out, _ := execute("", "probe", "--json", address)
	var r report.Report
	decoder := json.NewDecoder(strings.NewReader(out))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		t.Fatal(err)
	}
	if r.Handshake == nil || r.Handshake.Vantage != "this machine" || !r.Handshake.Complete || len(r.Handshake.Certificates) != 2 {
		t.Fatalf("the handshake is %+v", r.Handshake)
	}
	_, pasted, _ := execute(lab.PEM(loopback, issuing), "--json", "--host", "127.0.0.1")
	var same report.Report
	if err := json.Unmarshal([]byte(pasted), &same); err != nil {
		t.Fatal(err)
	}
	if len(r.Served) != 2 || r.Served[0] != same.Served[0] || r.Served[1] != same.Served[1] || r.Diagnosis.Class != same.Diagnosis.Class {
		t.Errorf("a handshake gives %v and %s, the paste of its certificates %v and %s", r.Served, r.Diagnosis.Class, same.Served, same.Diagnosis.Class)
	}
}

// A scan tells what was configured, and what is obsolete about it makes the
// exit status.
func TestProbeScans(t *testing.T) {
	ca := file(t, lab.PEM(root))
	modern := listen(t, speakTLS(&tls.Config{MinVersion: tls.VersionTLS13}, loopback, issuing))
	status, out, _ := execute("", "probe", "--scan", "--ca", ca, modern)
	for _, part := range []string{"TLSv1.3             offered", "TLSv1.2             not offered", "TLS_AES_128_GCM_SHA256", "X25519MLKEM768 (post-quantum)", "Mozilla's profile modern"} {
		if !strings.Contains(out, part) {
			t.Errorf("the scan lacks %q", part)
		}
	}
	if status != statusFine {
		t.Errorf("status %d for a server with TLS 1.3 alone", status)
	}
	// A scan finds what a current client cannot speak.
	ancient := listen(t, speakTLS(&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10}, loopback, issuing))
	status, out, _ = execute("", "probe", "--scan", "--ca", ca, ancient)
	if status != statusErrors || !strings.Contains(out, "protocol_version") || !strings.Contains(out, "TLSv1               offered") {
		t.Errorf("status %d for a server with TLS 1.0 alone:\n%s", status, out)
	}
	old := listen(t, speakTLS(&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS12}, loopback, issuing))
	status, out, _ = execute("", "probe", "--scan", "--json", "--ca", ca, old)
	var r report.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range r.Findings {
		found = found || f.Severity == report.Error && strings.Contains(f.Citation, "8996")
	}
	if status != statusErrors || !found || r.Scan == nil || !r.Scan.Done {
		t.Errorf("status %d, done %t, RFC 8996 cited by an error: %t", status, r.Scan != nil && r.Scan.Done, found)
	}
}

// Only a terminal gets progress, and it is gone at the end.
func TestProbeProgress(t *testing.T) {
	address := listen(t, speakTLS(&tls.Config{}, loopback, issuing))
	for _, live := range []bool{false, true} {
		var stdout, stderr bytes.Buffer
		run([]string{"probe", address}, terminal{in: strings.NewReader(""), out: &stdout, err: &stderr, live: live, now: func() time.Time { return lab.At }})
		if said := strings.Contains(stderr.String(), "Connecting to "+address); said != live {
			t.Errorf("a terminal: %t; progress: %t", live, said)
		}
		if live && !strings.HasSuffix(stderr.String(), "\r\x1b[K") {
			t.Errorf("progress is left behind: %q", stderr.String())
		}
	}
}

// The handshake of certlens and that of openssl s_server agree, with a staple and
// STARTTLS among them.
func TestProbesOpenSSL(t *testing.T) {
	requireOpenSSL(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"leaf.pem": lab.PEM(leaf), "chain.pem": lab.PEM(issuing), "key.pem": lab.KeyPEM(leaf)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ca := file(t, lab.PEM(root))
	for _, test := range []struct {
		name           string
		server         []string
		protocol, alpn string
		served, status int
	}{
		{"TLS 1.3", []string{"-cert_chain", "chain.pem"}, "TLSv1.3", "", 2, 0},
		{"TLS 1.2", []string{"-cert_chain", "chain.pem", "-tls1_2"}, "TLSv1.2", "", 2, 0},
		{"ALPN", []string{"-cert_chain", "chain.pem", "-alpn", "http/1.1"}, "TLSv1.3", "http/1.1", 2, 0},
		{"leaf alone", nil, "TLSv1.3", "", 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			port := serveChain(t, dir, test.server)
			status, out, _ := execute("", "probe", "--json", "--ca", ca, "--sni", "www.example.com", "127.0.0.1:"+port)
			var r report.Report
			if err := json.Unmarshal([]byte(out), &r); err != nil {
				t.Fatal(err)
			}
			h := r.Handshake
			if h.Protocol != test.protocol || h.ALPN != test.alpn || len(r.Served) != test.served || status != test.status {
				t.Errorf("%s, ALPN %q, %d served, status %d; want %+v", h.Protocol, h.ALPN, len(r.Served), status, test)
			}
		})
	}
}
