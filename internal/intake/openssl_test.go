package intake

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// The tests of this file run a real openssl on the loopback interface.

func needOpenSSL(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
}

// serve starts openssl s_server in a directory and gives its port.
func serve(t *testing.T, dir string, args ...string) int {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "openssl", append([]string{"s_server", "-accept", "127.0.0.1:0"}, args...)...)
	cmd.Dir = dir
	stdin, _ := cmd.StdinPipe() // held open: s_server ends with its input
	stdout, _ := cmd.StdoutPipe()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); stdin.Close(); cmd.Wait() })
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), "ACCEPT 127.0.0.1:"); ok {
			go io.Copy(io.Discard, stdout)
			port, err := strconv.Atoi(rest)
			if err != nil {
				t.Fatal(err)
			}
			return port
		}
	}
	t.Fatalf("s_server did not start: %s", stderr.String())
	return 0
}

// output collects what a process writes, for a reader on the side.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// connect runs openssl s_client, ends its input once it has printed until, and
// gives what it wrote to both streams.
func connect(t *testing.T, dir, until string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "openssl", append([]string{"s_client"}, args...)...)
	cmd.Dir = dir
	var out output
	cmd.Stdout, cmd.Stderr = &out, &out
	stdin, _ := cmd.StdinPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { cmd.Wait(); close(done) }()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(out.String(), until) {
			break
		}
		select {
		case <-done:
			return out.String()
		default:
		}
	}
	stdin.Close()
	<-done
	return out.String()
}

// transcript connects and reads the one run.
func transcript(t *testing.T, dir, until string, args ...string) (report.Transcript, Result) {
	t.Helper()
	out := connect(t, dir, until, args...)
	r := Scan(Source{Data: []byte(out)})
	if len(r.Transcripts) != 1 {
		t.Fatalf("%d transcripts in\n%s", len(r.Transcripts), out)
	}
	return r.Transcripts[0], r
}

func target(port int) string { return "localhost:" + strconv.Itoa(port) }

func check[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

const verified = "Verify return code"

// TestOpenSSLHandshakes reads good and bad handshakes over protocols and keys.
func TestOpenSSLHandshakes(t *testing.T) {
	needOpenSSL(t)
	for _, sort := range []string{"rsa", "ecdsa"} {
		l := newLab(t, sort)
		dir := l.write(t)
		for _, version := range []string{"1_2", "1_3"} {
			t.Run(sort+"-tls"+version, func(t *testing.T) {
				port := serve(t, dir, "-cert", "leaf.pem", "-key", "leaf.key", "-cert_chain", "intermediate.pem",
					"-tls"+version, "-alpn", "h2,http/1.1", "-status_file", "staple.der")
				t.Run("showcerts", func(t *testing.T) { good(t, l, sort, version, dir, port) })
				t.Run("untrusted", func(t *testing.T) { untrusted(t, l, dir, port) })
				t.Run("wrong-root", func(t *testing.T) { wrongRoot(t, dir, port) })
				t.Run("host", func(t *testing.T) { wrongHost(t, dir, port) })
			})
		}
	}
}

func good(t *testing.T, l lab, sort, version, dir string, port int) {
	tr, r := transcript(t, dir, verified, "-connect", target(port), "-servername", "www.example.com", "-showcerts",
		"-CAfile", "root.pem", "-alpn", "http/1.1", "-status")
	check(t, "connected", tr.Connected, true)
	check(t, "protocol", tr.Protocol, "TLSv"+strings.ReplaceAll(version, "_", "."))
	check(t, "cipher has GCM", strings.Contains(tr.Cipher, "AES_256_GCM") || strings.Contains(tr.Cipher, "AES256-GCM"), true)
	check(t, "group", strings.Contains(tr.Group, "X25519"), true)
	check(t, "digest", tr.SignatureDigest, "SHA256")
	check(t, "signature type", tr.SignatureType != "", true)
	check(t, "key bits", tr.ServerKeyBits, map[string]int{"rsa": 2048, "ecdsa": 256}[sort])
	check(t, "alpn", tr.ALPN, "http/1.1")
	check(t, "alpn none", tr.ALPNNone, false)
	check(t, "staple", tr.OCSPStaple, "sent")
	check(t, "verify code", tr.VerifyCode, 0)
	check(t, "verify text", tr.VerifyText, "ok")
	check(t, "verify errors", len(tr.VerifyErrors), 0)
	check(t, "errors", len(tr.Errors), 0)
	check(t, "contradictions", len(tr.Contradictions), 0)
	if len(tr.Chain) != 2 {
		t.Fatalf("chain: %+v", tr.Chain)
	}
	check(t, "leaf", tr.Chain[0].Certificate, ID(l.leaf.cert.Raw))
	check(t, "intermediate", tr.Chain[1].Certificate, ID(l.intermediate.cert.Raw))
	check(t, "leaf depth", tr.Chain[0].Depth, 0)
	check(t, "subject", strings.Contains(tr.Chain[0].Subject, "www.example.com"), true)
	check(t, "issuer", strings.Contains(tr.Chain[1].Issuer, "Example Root"), true)
	check(t, "input kind", r.Inputs[tr.Input].Kind, "s_client")
}

func untrusted(t *testing.T, l lab, dir string, port int) {
	tr, r := transcript(t, dir, verified, "-connect", target(port), "-CAfile", "client.pem")
	check(t, "verify code", tr.VerifyCode, 20)
	if len(tr.VerifyErrors) != 1 || len(tr.Chain) != 2 {
		t.Fatalf("verify errors %+v, chain %+v", tr.VerifyErrors, tr.Chain)
	}
	e := tr.VerifyErrors[0]
	check(t, "error", e.Code, 20)
	check(t, "depth", e.Depth, 1)
	check(t, "subject", strings.Contains(e.Subject, "Example Intermediate"), true)
	check(t, "leaf", tr.Chain[0].Certificate, ID(l.leaf.cert.Raw))
	check(t, "intermediate, which was not printed", tr.Chain[1].Certificate, "")
	check(t, "alpn none", tr.ALPNNone, true)
	check(t, "staple was not asked for", tr.OCSPStaple, "")
	check(t, "objects", len(r.Objects), 1)
}

// wrongRoot: the error lines alone are those of any openssl command; the shell
// line above them tells that it was s_client.
func wrongRoot(t *testing.T, dir string, port int) {
	args := []string{"-connect", target(port), "-CAfile", "missing.pem"}
	out := connect(t, dir, verified, args...)
	if r := Scan(Source{Data: []byte(out)}); len(r.Transcripts) != 0 {
		t.Errorf("%d transcripts without the command", len(r.Transcripts))
	}
	r := Scan(Source{Data: []byte("$ openssl s_client " + strings.Join(args, " ") + "\n" + out)})
	if len(r.Transcripts) != 1 {
		t.Fatalf("%d transcripts with the command", len(r.Transcripts))
	}
	tr := r.Transcripts[0]
	check(t, "class", firstClass(tr), report.CAFileUnreadable)
	check(t, "host", tr.Host, "localhost")
	check(t, "port", tr.Port, port)
}

func wrongHost(t *testing.T, dir string, port int) {
	tr, _ := transcript(t, dir, verified, "-connect", target(port), "-CAfile", "root.pem", "-verify_hostname", "other.example.com")
	check(t, "verify code", tr.VerifyCode, 62)
	check(t, "verify error", tr.VerifyErrors[0].Code, 62)
	tr, _ = transcript(t, dir, verified, "-connect", target(port), "-CAfile", "root.pem", "-verify_hostname", "www.example.com")
	check(t, "verify code", tr.VerifyCode, 0)
	check(t, "host", tr.Host, "www.example.com")
}

// TestOpenSSLClientCertificate reads what a server that wants one says.
func TestOpenSSLClientCertificate(t *testing.T) {
	needOpenSSL(t)
	dir := newLab(t, "ecdsa").write(t)
	for version, alert := range map[string]int{"1_2": 40, "1_3": 116} {
		t.Run("tls"+version, func(t *testing.T) {
			port := serve(t, dir, "-cert", "leaf.pem", "-key", "leaf.key", "-cert_chain", "intermediate.pem",
				"-tls"+version, "-Verify", "2", "-verify_return_error", "-CAfile", "root.pem")
			tr, _ := transcript(t, dir, "SSL alert number", "-connect", target(port), "-CAfile", "root.pem")
			if len(tr.Alerts) != 1 || len(tr.ClientCANames) != 1 || len(tr.Errors) != 1 {
				t.Fatalf("alerts %+v, names %q, errors %+v", tr.Alerts, tr.ClientCANames, tr.Errors)
			}
			check(t, "alert", tr.Alerts[0].Number, alert)
			check(t, "sent", tr.Alerts[0].Sent, false)
			check(t, "class", tr.Errors[0].Class, codepoint.AlertClass(alert))
			check(t, "CA name", strings.Contains(tr.ClientCANames[0], "Example Root"), true)
			check(t, "chain", len(tr.Chain), 2)

			tr, _ = transcript(t, dir, verified, "-connect", target(port), "-CAfile", "root.pem", "-cert", "client.pem", "-key", "client.key")
			check(t, "alerts with a certificate", len(tr.Alerts), 0)
			check(t, "verify code", tr.VerifyCode, 0)
		})
	}
}

// TestOpenSSLFailures reads runs that end before a certificate is seen.
func TestOpenSSLFailures(t *testing.T) {
	needOpenSSL(t)
	dir := newLab(t, "ecdsa").write(t)
	tls12 := serve(t, dir, "-cert", "leaf.pem", "-key", "leaf.key", "-tls1_2", "-www")
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	plainPort := plain.Listener.Addr().(*net.TCPAddr).Port
	for _, c := range []struct {
		name      string
		port      int
		args      []string
		connected bool
		alert     int
		class     report.Class
	}{
		{"plain-http", plainPort, nil, true, -1, report.WrongProtocol},
		{"refused", closedPort(t), nil, false, -1, report.Refused},
		{"version", tls12, []string{"-tls1_3"}, true, 70, report.ProtocolVersion},
		{"cipher", tls12, []string{"-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"}, true, 40, report.HandshakeFailure},
		{"closed", closingPort(t, nil), nil, true, -1, report.Closed},
		{"unrecognized-name", closingPort(t, []byte{21, 3, 3, 0, 2, 2, 112}), nil, true, 112, report.UnrecognizedName},
		{"no-ca-file", tls12, []string{"-cert", "missing.pem"}, false, -1, report.ClientCertUnreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr, _ := transcript(t, dir, "\x00", append([]string{"-connect", target(c.port)}, c.args...)...)
			check(t, "connected", tr.Connected, c.connected)
			check(t, "no peer certificate", tr.NoPeerCertificate, c.connected)
			check(t, "protocol", tr.Protocol, "")
			check(t, "cipher", tr.Cipher, "")
			check(t, "contradictions", len(tr.Contradictions) == 1, c.connected)
			if len(tr.Errors) == 0 {
				t.Fatal("no errors")
			}
			check(t, "class", firstClass(tr), c.class)
			if c.alert >= 0 && (len(tr.Alerts) != 1 || tr.Alerts[0].Number != c.alert) {
				t.Errorf("alerts: %+v, want %d", tr.Alerts, c.alert)
			}
		})
	}
}

func firstClass(tr report.Transcript) report.Class {
	for _, e := range tr.Errors {
		if e.Class != "" {
			return e.Class
		}
	}
	return ""
}

// closedPort gives a port on which nothing listens.
func closedPort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// closingPort answers each connection with some bytes and closes it.
func closingPort(t *testing.T, answer []byte) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Read(make([]byte, 65536))
			c.Write(answer)
			c.Close()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

// TestOpenSSLAlerts compares the table of alerts with what openssl says about
// each when it receives it.
func TestOpenSSLAlerts(t *testing.T) {
	needOpenSSL(t)
	for number := 1; number < 256; number++ { // 0 is no failure
		name, class := codepoint.AlertName(number), codepoint.AlertClass(number)
		if class == "" {
			continue // not assigned, or no failure by itself
		}
		port := closingPort(t, []byte{21, 3, 3, 0, 2, 2, byte(number)})
		out := connect(t, t.TempDir(), "\x00", "-connect", target(port), "-msg")
		r := Scan(Source{Data: []byte(out)})
		if len(r.Transcripts) != 1 || len(r.Transcripts[0].Alerts) != 1 {
			t.Errorf("alert %d %s is not read from\n%s", number, name, out)
			continue
		}
		check(t, "number", r.Transcripts[0].Alerts[0].Number, number)
		check(t, "class of "+name, firstClass(r.Transcripts[0]), class)
		_, said, _ := strings.Cut(out, "], fatal ")
		said, _, _ = strings.Cut(said, "\n")
		if said != name && said != "???" {
			t.Errorf("alert %d: named %q here, %q by openssl", number, name, said)
		}
	}
}

// TestOpenSSLWeb reads a run that goes on with the answer of a web server, which
// holds lines that look like the tool's.
func TestOpenSSLWeb(t *testing.T) {
	needOpenSSL(t)
	dir := newLab(t, "ecdsa").write(t)
	port := serve(t, dir, "-cert", "leaf.pem", "-key", "leaf.key", "-cert_chain", "intermediate.pem", "-www")
	cmd := exec.Command("openssl", "s_client", "-connect", target(port), "-CAfile", "root.pem", "-ign_eof")
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader("GET / HTTP/1.0\r\n\r\n")
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("s_server")) {
		t.Fatalf("%v: %s", err, out)
	}
	r := Scan(Source{Data: out})
	if len(r.Transcripts) != 1 {
		t.Fatalf("%d transcripts in\n%s", len(r.Transcripts), out)
	}
	tr := r.Transcripts[0]
	check(t, "verify code", tr.VerifyCode, 0)
	check(t, "protocol", tr.Protocol, "TLSv1.3")
	check(t, "chain", len(tr.Chain), 2)
	check(t, "errors", len(tr.Errors), 0)
}
