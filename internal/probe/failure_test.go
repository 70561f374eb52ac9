package probe

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

// hears reads the ClientHello, and then does something.
func hears(then func(net.Conn)) func(net.Conn) {
	return func(conn net.Conn) {
		if n, _ := conn.Read(make([]byte, 16<<10)); n > 0 {
			then(conn)
		}
	}
}

// says answers the ClientHello with bytes, and waits for the client to go.
func says(answer ...string) func(net.Conn) {
	return hears(func(conn net.Conn) {
		conn.Write([]byte(strings.Join(answer, "")))
		conn.Read(make([]byte, 1))
		time.Sleep(10 * time.Millisecond) // a reset would overtake what was said
	})
}

// endless says something again and again.
func endless(first, again string) func(net.Conn) {
	return hears(func(conn net.Conn) {
		conn.Write([]byte(first))
		for {
			if _, err := conn.Write([]byte(again)); err != nil {
				return
			}
		}
	})
}

func reset(conn net.Conn) {
	conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

// records and messages, as servers write them.
func rec(kind byte, body string) string { return string(appendRecord(nil, kind, 0x0303, []byte(body))) }
func msg(kind byte, body string) string {
	n := len(body)
	return string([]byte{kind, byte(n >> 16), byte(n >> 8), byte(n)}) + body
}
func alertOf(number byte) string { return rec(recordAlert, string([]byte{2, number})) }

// plainHello is a ServerHello of TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.
var plainHello = rec(recordHandshake, msg(messageServerHello, "\x03\x03"+strings.Repeat("r", 32)+"\x00\xC0\x2F\x00"))

// clearHello is a ServerHello of TLS 1.3 with TLS_AES_128_CCM_SHA256.
var clearHello = rec(recordHandshake, msg(messageServerHello, "\x03\x03"+strings.Repeat("r", 32)+"\x00\x13\x04\x00\x00\x06\x00\x2b\x00\x02\x03\x04"))

// oldHello is a SERVER-HELLO of SSL 2.0 with a certificate of three bytes.
const oldHello = "\x80\x15\x04\x00\x01\x00\x02\x00\x03\x00\x03\x00\x04DER\x01\x00\x80conn"

var (
	shortly = 300 * time.Millisecond
	aLot    = strings.Repeat("x", 16000)
)

// failures are bad servers, and what is said of each; S stands for the server's
// name and port.
var failures = []struct {
	name   string
	server func(net.Conn)
	offer  report.Offer
	step   report.Step
	class  report.Class
	detail string
}{
	{"plain HTTP", says("HTTP/1.1 400 Bad Request\r\n\r\n"), report.Offer{}, "hello", "plain_http", `S speaks HTTP without TLS: it answered with "HTTP/1.1 400 Bad Request".`},
	{"a page without a header", says("<!DOCTYPE HTML PUBLIC>\n<p>No"), report.Offer{}, "hello", "plain_http", `S speaks HTTP without TLS: it answered with "<!DOCTYPE HTML PUBLIC>".`},
	{"SSH", says("SSH-2.0-OpenSSH_9.2\r\n"), report.Offer{}, "hello", "wrong_protocol", `S speaks SSH without TLS: it answered with "SSH-2.0-OpenSSH_9.2".`},
	{"SSH, own offer", says("SSH-2.0-OpenSSH_9.2\r\n"), report.Offer{Versions: u(0x0303)}, "hello", "wrong_protocol", `S speaks SSH without TLS: it answered with "SSH-2.0-OpenSSH_9.2".`},
	{"SMTP", says("220 mail.test ESMTP Postfix\r\n"), report.Offer{}, "hello", "wrong_protocol", `S speaks SMTP without TLS: it answered with "220 mail.test ESMTP Postfix".`},
	{"SMTP or FTP", says("220 ready\r\n"), report.Offer{}, "hello", "wrong_protocol", `S speaks SMTP or FTP without TLS: it answered with "220 ready".`},
	{"POP3", says("-ERR what\r\n"), report.Offer{}, "hello", "wrong_protocol", `S speaks POP3 without TLS: it answered with "-ERR what".`},
	{"XMPP", says("<?xml version='1.0'?><stream:stream xmlns='jabber:client'>\n"), report.Offer{}, "hello", "wrong_protocol", `S speaks XMPP without TLS: it answered with "<?xml version='1.0'?><stream:stream xmlns='jabber:client'>".`},
	{"MySQL", says("\x4a\x00\x00\x00\x0a8.0.36\x00\x01\x00\x00\x00"), report.Offer{}, "hello", "wrong_protocol", `S speaks MySQL without TLS: it answered with "8.0.36".`},
	{"a letter, and no more", says("x"), report.Offer{}, "hello", "wrong_protocol", `S does not speak TLS: it answered with "x".`},
	{"terminal escapes", says("\x1b[2Jhello\n"), report.Offer{}, "hello", "wrong_protocol", "S does not speak TLS: it answered with \"\uFFFD[2Jhello\"."},
	{"garbage", says("\x00\x01\xff\xfe\n"), report.Offer{}, "hello", "wrong_protocol", `S does not speak TLS: it answered with the bytes 0001fffe.`},
	{"garbage like a record", says("\x16\x42\x00\x00\n"), report.Offer{}, "hello", "wrong_protocol", `S does not speak TLS: it answered with the bytes 16420000.`},
	{"silence", func(conn net.Conn) { conn.Read(make([]byte, 1<<15)); conn.Read(make([]byte, 1)) }, report.Offer{}, "hello", "timeout", `S fell silent before its ServerHello: after 0 bytes, the rest did not come in the time allowed.`},
	{"silence, own offer", func(conn net.Conn) { conn.Read(make([]byte, 1<<15)); conn.Read(make([]byte, 1)) }, report.Offer{Versions: u(0x0304)}, "hello", "timeout", `S fell silent before its ServerHello: after 0 bytes, the rest did not come in the time allowed.`},
	{"half a ServerHello", says(plainHello[:20]), report.Offer{}, "hello", "timeout", `S fell silent before its ServerHello: after 20 bytes, the rest did not come in the time allowed.`},
	{"half a flight", says(plainHello, rec(recordHandshake, "\x0b\x00\x01")), report.Offer{}, "server", "timeout", `S fell silent after its ServerHello, in the middle of its first flight: after 55 bytes, the rest did not come in the time allowed.`},
	{"a byte at a time", hears(func(conn net.Conn) {
		for i := range plainHello {
			if _, err := conn.Write([]byte{plainHello[i]}); err != nil {
				return
			}
			time.Sleep(time.Second)
		}
	}), report.Offer{}, "hello", "timeout", `S fell silent before its ServerHello: after 1 bytes, the rest did not come in the time allowed.`},
	{"closed at once", func(conn net.Conn) { conn.(*net.TCPConn).CloseWrite(); io.Copy(io.Discard, conn) }, report.Offer{Versions: u(0x0303)}, "hello", "closed", `S closed the connection before its ServerHello.`},
	{"closed after the ClientHello", hears(func(net.Conn) {}), report.Offer{}, "hello", "closed", `S closed the connection before its ServerHello.`},
	{"closed after the ServerHello", hears(func(conn net.Conn) { conn.Write([]byte(plainHello)) }), report.Offer{}, "server", "closed", `S closed the connection after its ServerHello, in the middle of its first flight.`},
	{"reset", hears(reset), report.Offer{}, "hello", "reset", `S reset the connection before its ServerHello.`},
	{"oversized record", says("\x16\x03\x03\xff\xff"), report.Offer{}, "hello", "malformed", `S sent a record of 65535 bytes, more than TLS allows.`},
	{"oversized message", says(rec(recordHandshake, "\x02\xff\xff\xff")), report.Offer{}, "hello", "malformed", `S sent a handshake message of 16777215 bytes, more than the 262144 that are read.`},
	{"endless chain", endless(plainHello, rec(recordHandshake, "\x0b\x03\xff\xff"+aLot)), report.Offer{}, "server", "malformed", `S sent a malformed Certificate.`},
	{"endless messages", endless("", rec(recordHandshake, strings.Repeat("\x00\x00\x00\x00", 4096))), report.Offer{Versions: u(0x0303)}, "hello", "malformed", `S sent 524288 bytes, and the handshake is not over.`},
	{"endless warnings", endless("", rec(recordAlert, "\x01\x70")), report.Offer{Versions: u(0x0303)}, "hello", "malformed", `S sent 524288 bytes, and the handshake is not over.`},
	{"endless certificates", says(plainHello, rec(recordHandshake, msg(messageCertificate, "\x00\x04\x00"+strings.Repeat("\x00\x00\x01x", 256)))), report.Offer{Versions: u(0x0303)}, "server", "malformed", `S sent more certificates than the first 250, which alone were read.`},
	{"unknown record", says(plainHello, "\x63\x03\x03\x00\x00"), report.Offer{}, "server", "malformed", `S sent a record of the unknown type 99.`},
	{"TLS 1.3 in clear", says(strings.Replace(clearHello, "\x13\x04", "\x13\x01", 1), rec(recordHandshake, msg(messageCertificate, ""))), report.Offer{}, "server", "malformed", `S sent in clear what TLS 1.3 seals.`},
	{"a suite that is not opened", says(clearHello), report.Offer{Versions: u(0x0304), Suites: u(0x1304)}, "done", "", ""},
	{"no ServerHello", says(rec(recordHandshake, msg(messageCertificate, ""))), report.Offer{}, "hello", "malformed", `S sent the handshake message 11 before its ServerHello.`},
	{"two ServerHellos", says(plainHello, plainHello), report.Offer{Versions: u(0x0303)}, "server", "malformed", `S sent a second ServerHello.`},
	{"short ServerHello", says(rec(recordHandshake, msg(messageServerHello, "\x03"))), report.Offer{}, "hello", "malformed", `S sent a malformed ServerHello.`},
	{"an alert of one byte", says(rec(recordAlert, "\x02")), report.Offer{}, "hello", "malformed", `S sent an alert of 1 bytes.`},
	{"alert to a current client", says(alertOf(40)), report.Offer{}, "hello", "handshake_failure", `S sent the alert handshake_failure (40) before its ServerHello.`},
	{"alert to few suites", says(alertOf(40)), report.Offer{Suites: u(0x0005, 0x0004)}, "hello", "no_shared_cipher", `S sent the alert handshake_failure (40) before its ServerHello: it takes none of the 2 cipher suites offered, as they were offered.`},
	{"alert to a group", says(alertOf(40)), report.Offer{Groups: u(1)}, "hello", "handshake_failure", `S sent the alert handshake_failure (40) before its ServerHello.`},
	{"alert: version", says(alertOf(70)), report.Offer{}, "hello", "protocol_version", `S sent the alert protocol_version (70) before its ServerHello: it does not speak TLSv1.3 or TLSv1.2.`},
	{"alert: fallback", says(alertOf(86)), report.Offer{Versions: u(0x0302), FallbackSCSV: true}, "hello", "protocol_version", `S sent the alert inappropriate_fallback (86) before its ServerHello: it speaks a newer version than TLSv1.1.`},
	{"alert: name", says(alertOf(112)), report.Offer{}, "hello", "unrecognized_name", `S sent the alert unrecognized_name (112) before its ServerHello: it knows no server of the name probe.test.`},
	{"alert: ALPN", says(alertOf(120)), report.Offer{ALPN: []string{"h2", "foo"}}, "hello", "alpn", `S sent the alert no_application_protocol (120) before its ServerHello: it speaks none of the application protocols offered, h2, foo.`},
	{"alert: unknown number", says(alertOf(200)), report.Offer{}, "hello", "handshake_failure", `S sent the alert of no known name (200) before its ServerHello.`},
	{"alert after the ServerHello", says(plainHello, alertOf(80)), report.Offer{}, "server", "handshake_failure", `S sent the alert internal_error (80) after its ServerHello, in the middle of its first flight.`},
	{"alert about a certificate that nobody asked for", says(alertOf(48)), report.Offer{}, "hello", "client_cert_rejected", `S sent the alert unknown_ca (48) before its ServerHello.`},
	{"SSL 2.0", says(oldHello), report.Offer{Versions: u(2)}, "done", "", ""},
	{"SSL 2.0: error", says("\x80\x03\x00\x00\x01"), report.Offer{Versions: u(2)}, "hello", "handshake_failure", `S answered in SSL 2.0, with the error 1.`},
	{"SSL 2.0: alert", says(alertOf(70)), report.Offer{Versions: u(2)}, "hello", "protocol_version", `S sent the alert protocol_version (70) before its ServerHello: it does not speak SSLv2.`},
	{"SSL 2.0: nonsense", says("\x80\x03\x09\x00\x01\n"), report.Offer{Versions: u(2)}, "hello", "wrong_protocol", `S does not speak TLS: it answered with the bytes 8003090001.`},
	{"SSL 3.0", says(strings.ReplaceAll(plainHello, "\x03\x03", "\x03\x00"), rec(recordHandshake, msg(messageServerHelloDone, ""))), report.Offer{Versions: u(0x0300), Suites: u(0xC02F)}, "done", "", ""},
	{"a version not offered", says(plainHello, rec(recordHandshake, msg(messageServerHelloDone, ""))), report.Offer{Versions: u(0x0304), Suites: u(0x1301, 0xC02F)}, "finish", "protocol_version", `S chose TLSv1.2, which it was not offered.`},
	{"a suite not offered", says(plainHello, rec(recordHandshake, msg(messageServerHelloDone, ""))), report.Offer{Versions: u(0x0303), Suites: u(0xC030)}, "finish", "malformed", `S chose the cipher suite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, which it was not offered.`},
}

func TestFailures(t *testing.T) {
	for _, c := range failures {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			port := daemon.Listen(t, c.server)
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			if c.class == report.Timeout {
				ctx, cancel = context.WithTimeout(t.Context(), shortly)
			}
			defer cancel()
			h, err := local.Handshake(ctx, report.HandshakeRequest{Host: "127.0.0.1", Port: port, SNI: "probe.test", Offer: c.offer})
			if err != nil {
				t.Fatal(err)
			}
			check(t, h, c.step, c.class, c.detail)
			t.Logf("%s: %s: %s", h.Step, classOf(h), detailOf(h))
		})
	}
}

func check(t *testing.T, h *report.Handshake, step report.Step, class report.Class, detail string) {
	t.Helper()
	if h.Step != step || classOf(h) != class || detailOf(h) != detail || h.Complete {
		t.Errorf("%s %s %s\nnot\n%s %s %s", h.Step, classOf(h), detailOf(h), step, class, detail)
	}
}

func detailOf(h *report.Handshake) string {
	if h.Failure == nil {
		return ""
	}
	return strings.ReplaceAll(h.Failure.Detail, (&course{Handshake: h}).target(), "S")
}

// consents speaks SMTP until the client may begin TLS, and then does something.
func consents(then func(net.Conn)) func(net.Conn) {
	return func(conn net.Conn) {
		lines := bufio.NewReader(conn)
		for _, answer := range []string{"220 mail.test ESMTP", "250-mail.test\r\n250 STARTTLS", "220 Go ahead"} {
			io.WriteString(conn, answer+"\r\n")
			if answer == "220 Go ahead" {
				break
			}
			if _, err := lines.ReadString('\n'); err != nil {
				return
			}
		}
		then(conn)
	}
}

// What comes in clear after the consent to TLS, and in another packet, is not
// what the server speaks.
func TestWhatComesAfterTheConsent(t *testing.T) {
	for said, quoted := range map[string]string{"250 injected\r\n": `"250 injected"`, "HTTP/1.1 400 No\r\n": `"HTTP/1.1 400 No"`, "\x00\x01\xff\xfe\n": "the bytes 0001fffe"} {
		h := at(t, daemon.Listen(t, consents(says(said))), report.HandshakeRequest{StartTLS: "smtp"})
		check(t, h, "hello", report.WrongProtocol, "S, or somebody between, went on in clear after its consent to TLS: it answered with "+
			quoted+". A client that believes this can be deceived (response injection).")
		if !strings.HasPrefix(h.Banner, "mail.test ESMTP\n") && !strings.HasPrefix(h.Banner, "220 mail.test ESMTP\n") || !strings.HasSuffix(h.Banner, text([]byte(said))) {
			t.Errorf("%q", h.Banner)
		}
	}
}

// A caller that ends a handshake before TLS is told so.
func TestCancelledBeforeTLS(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	port := daemon.Listen(t, func(conn net.Conn) {
		io.WriteString(conn, "220 mail.test ESMTP\r\n")
		conn.Read(make([]byte, 1<<10)) // the client speaks, and waits
		cancel()
		conn.Read(make([]byte, 1))
	})
	h, err := local.Handshake(ctx, report.HandshakeRequest{Host: "127.0.0.1", Port: port, StartTLS: "smtp"})
	if err != nil {
		t.Fatal(err)
	}
	check(t, h, "starttls", report.Other, "The handshake was cancelled.")
}

// What is told of an error is not where this machine is.
func TestErrorsDoNotTellAddresses(t *testing.T) {
	here := &net.TCPAddr{IP: net.IPv4(10, 1, 2, 3), Port: 4567}
	err := error(&net.OpError{Op: "read", Net: "tcp", Source: here, Addr: here, Err: syscall.EPROTO})
	for range 2 {
		if said := reason(err); said != "protocol error" {
			t.Error(said)
		}
		err = &net.OpError{Op: "local error", Source: here, Err: fmt.Errorf("tls: %w", err)}
	}
}

// What was seen before a failure is kept.
func TestWhatWasSeenBefore(t *testing.T) {
	s := daemon.OpenSSL(t, "rsa", "-tls1", "-cipher", "ALL:@SECLEVEL=0")
	h := shake(t, s, report.HandshakeRequest{})
	// OpenSSL refuses what is not offered; it has nothing to show.
	check(t, h, "hello", report.ProtocolVersion, "S sent the alert protocol_version (70) before its ServerHello: it does not speak TLSv1.3 or TLSv1.2.")

	// A server that goes on in TLS 1.0 all the same shows its chain.
	chain := "\x00\x00\x06\x00\x00\x03DER"
	port := daemon.Listen(t, says(strings.ReplaceAll(plainHello, "\x03\x03", "\x03\x01"),
		strings.ReplaceAll(rec(recordHandshake, msg(messageCertificate, chain)+msg(messageServerHelloDone, "")), "\x03\x03", "\x03\x01")))
	h = at(t, port, report.HandshakeRequest{})
	check(t, h, "finish", report.ProtocolVersion, "S chose TLSv1, which current clients do not speak.")
	if len(h.Certificates) != 1 || h.Protocol != "TLSv1" {
		t.Errorf("%+v", h)
	}
}

// A certificate that crypto/tls can't parse is shown all the same.
func TestCertificateThatCantBeParsed(t *testing.T) {
	dir := t.TempDir()
	certificate, key := filepath.Join(dir, "negative.pem"), filepath.Join(dir, "key.pem")
	out, err := exec.Command("openssl", "req", "-x509", "-set_serial", "-5", "-subj", "/CN=negative", "-newkey", "ec",
		"-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate).CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("openssl not found: apt-get install openssl")
	} else if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, version := range []string{"-tls1_2", "-tls1_3"} {
		s := daemon.OpenSSL(t, "ecdsa", version, "-cert", certificate, "-key", key)
		h := shake(t, s, report.HandshakeRequest{})
		check(t, h, "finish", report.Malformed, "A current client gives up the handshake with S: failed to parse certificate from server: x509: negative serial number.")
		if len(h.Certificates) != 2 || h.SignatureScheme == nil {
			t.Errorf("%s: %+v", version, h)
		}
	}
}

// Real servers of other protocols, and real refusals.
func TestRealRefusals(t *testing.T) {
	server := &http.Server{Handler: http.NotFoundHandler()}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(l)
	defer server.Close()
	h := at(t, l.Addr().(*net.TCPAddr).Port, report.HandshakeRequest{})
	check(t, h, "hello", report.PlainHTTP, `S speaks HTTP without TLS: it answered with "HTTP/1.1 400 Bad Request".`)
	if !strings.HasPrefix(h.Banner, "HTTP/1.1 400 Bad Request\n") {
		t.Errorf("%q", h.Banner)
	}

	h = shake(t, daemon.OpenSSL(t, "ecdsa", "-servername", "other.test", "-servername_fatal", "-cert2", "leaf.pem", "-key2", "key.pem"), report.HandshakeRequest{})
	check(t, h, "hello", report.UnrecognizedName, `S sent the alert unrecognized_name (112) before its ServerHello: it knows no server of the name daemon.test.`)

	config := serverConfig()
	config.NextProtos = []string{"h2"}
	h = at(t, goServer(t, config), report.HandshakeRequest{Offer: report.Offer{ALPN: []string{"foo"}}})
	check(t, h, "hello", report.ALPN, `S sent the alert no_application_protocol (120) before its ServerHello: it speaks none of the application protocols offered, foo.`)

	const wanted = "after the client's Finished: it asked for a client certificate, and got none."
	h = shake(t, daemon.OpenSSL(t, "ecdsa", "-Verify", "1", "-tls1_3"), report.HandshakeRequest{})
	check(t, h, "finish", report.ClientCertRequired, "S sent the alert certificate_required (116) "+wanted)
	h = shake(t, daemon.OpenSSL(t, "ecdsa", "-Verify", "1", "-tls1_2"), report.HandshakeRequest{})
	check(t, h, "finish", report.ClientCertRequired, "S sent the alert handshake_failure (40) "+wanted)
}

// What comes before the handshake fails in the Client.
func TestBeforeTheHandshake(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	h := at(t, port, report.HandshakeRequest{})
	check(t, h, "connect", report.Refused, "S refused the connection: nothing listens there.")

	two := func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("127.0.0.1")}, nil
	}
	resolving := func(err error) func(context.Context, string) ([]netip.Addr, error) {
		return func(context.Context, string) ([]netip.Addr, error) { return nil, err }
	}
	dialling := func(err error) func(context.Context, netip.AddrPort) (net.Conn, error) {
		return func(context.Context, netip.AddrPort) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err}
		}
	}
	for _, c := range []struct {
		resolve func(context.Context, string) ([]netip.Addr, error)
		dial    func(context.Context, netip.AddrPort) (net.Conn, error)
		step    report.Step
		class   report.Class
		detail  string
	}{
		{resolving(&net.DNSError{IsNotFound: true}), nil, "resolve", report.DNS, "The name probe.test does not exist, or has no address."},
		{resolving(nil), nil, "resolve", report.DNS, "The name probe.test has no address."},
		{resolving(&net.DNSError{IsTimeout: true}), nil, "resolve", report.Timeout, "The name probe.test was not resolved in the time allowed."},
		{resolving(errors.New("the resolver is broken.")), nil, "resolve", report.DNS, "The name probe.test could not be resolved: the resolver is broken."},
		{two, dialling(syscall.ECONNREFUSED), "connect", report.Refused, "S refused the connection: nothing listens there."},
		{two, dialling(syscall.ECONNRESET), "connect", report.Reset, "S reset the connection while it was being made."},
		{two, dialling(syscall.EHOSTUNREACH), "connect", report.Other, "There is no way from here to S."},
		{two, dialling(os.ErrDeadlineExceeded), "connect", report.Timeout, "S did not answer in the time allowed."},
		{two, dialling(errors.New("no")), "connect", report.Other, "The connection to S could not be made: no."},
	} {
		client := local
		client.Resolve, client.Dial = c.resolve, c.dial
		h, err := client.Handshake(t.Context(), report.HandshakeRequest{Host: "probe.test"})
		if err != nil {
			t.Fatal(err)
		}
		check(t, h, c.step, c.class, c.detail)
	}

	// The second address is tried when the first does not answer.
	server := goServer(t, serverConfig())
	client := local
	client.Resolve = two
	client.Dial = func(ctx context.Context, a netip.AddrPort) (net.Conn, error) {
		if a.Addr().String() == "192.0.2.1" {
			return nil, syscall.ECONNREFUSED
		}
		return local.Dial(ctx, a)
	}
	h, err = client.Handshake(t.Context(), report.HandshakeRequest{Host: "probe.test", Port: server})
	if err != nil || !h.Complete || h.Address != "127.0.0.1" || h.SNI != "probe.test" {
		t.Errorf("%+v %v", h, err)
	}
}

// A caller that has enough ends the handshake at once.
func TestCancel(t *testing.T) {
	heard := make(chan bool)
	port := daemon.Listen(t, func(conn net.Conn) {
		conn.Read(make([]byte, 1<<15))
		close(heard)
		conn.Read(make([]byte, 1))
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-heard
		cancel()
	}()
	h, err := local.Handshake(ctx, report.HandshakeRequest{Host: "127.0.0.1", Port: port})
	if err != nil {
		t.Fatal(err)
	}
	check(t, h, "hello", report.Other, "The handshake was cancelled.")
}

// A hundred certificates are read in full, whichever way.
func TestLongChain(t *testing.T) {
	config := serverConfig()
	chain := &config.Certificates[0].Certificate
	for len(*chain) < 100 {
		*chain = append(*chain, (*chain)[1])
	}
	for _, version := range u(tls.VersionTLS12, tls.VersionTLS13) {
		config.MaxVersion = version
		port := goServer(t, config)
		for _, offer := range []report.Offer{{}, {Versions: u(version)}} {
			if h := at(t, port, report.HandshakeRequest{Offer: offer}); h.Failure != nil || len(h.Certificates) != 100 {
				t.Errorf("%x: %d certificates, %v", version, len(h.Certificates), h.Failure)
			}
		}
	}
}

// However a handshake ends, nothing of it is left.
func TestNothingIsLeft(t *testing.T) {
	before := census()
	t.Run("all", TestFailures)
	t.Run("cancel", TestCancel)
	t.Run("refusals", TestBeforeTheHandshake)
	t.Run("good", TestTheModernHandshake)
	t.Run("own", TestOwnOffers)
	after := census()
	for range 200 { // what was closed last may still be ending
		if after.goroutines <= before.goroutines && after.files <= before.files {
			break
		}
		time.Sleep(20 * time.Millisecond)
		after = census()
	}
	if after.goroutines > before.goroutines || after.files > before.files {
		stacks := make([]byte, 1<<16)
		t.Errorf("%+v before, %+v after\n%s", before, after, stacks[:runtime.Stack(stacks, true)])
	}
	t.Logf("%+v before, %+v after", before, after)
}

type counted struct{ goroutines, files int }

// census counts goroutines and open files, where the system lists those.
func census() counted {
	files, _ := os.ReadDir("/proc/self/fd")
	return counted{runtime.NumGoroutine(), len(files)}
}
