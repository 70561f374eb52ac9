package probe

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"certlens/internal/lab"
	"certlens/internal/report"
)

// fixed are options that make a ClientHello of our own the same every time, so
// that what a server once answered can be read again.
var fixed = Options{Now: func() time.Time { return lab.At }, Rand: constant('B')}

type constant byte

func (c constant) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(c)
	}
	return len(b), nil
}

// A replay is a connection on which the server has said all that it will.
type replay struct{ io.Reader }

func (replay) Write(b []byte) (int, error)      { return len(b), nil }
func (replay) Close() error                     { return nil }
func (replay) LocalAddr() net.Addr              { return nil }
func (replay) RemoteAddr() net.Addr             { return nil }
func (replay) SetDeadline(time.Time) error      { return nil }
func (replay) SetReadDeadline(time.Time) error  { return nil }
func (replay) SetWriteDeadline(time.Time) error { return nil }

// A recorder keeps what a server says.
type recorder struct {
	net.Conn
	said bytes.Buffer
}

func (r *recorder) Read(b []byte) (int, error) {
	n, err := r.Conn.Read(b)
	r.said.Write(b[:n])
	return n, err
}

// offers are those whose flights are fuzzed, with the server's settings.
var offers = []struct {
	offer report.Offer
	edit  func(*tls.Config)
}{
	{report.Offer{}, func(*tls.Config) {}},
	{report.Offer{ALPN: []string{"h2"}}, func(c *tls.Config) { c.MaxVersion, c.ClientAuth = tls.VersionTLS12, tls.RequestClientCert }},
	{report.Offer{Versions: u(0x0304), ALPN: []string{"h2"}}, func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert }},
	{report.Offer{Versions: u(0x0304), Groups: u(0x0018, 0x0019)}, func(*tls.Config) {}},
	{report.Offer{Suites: u(0xC02B, 0xC009)}, func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert }},
	{report.Offer{Versions: u(0x0301)}, func(*tls.Config) {}},
	{report.Offer{Versions: u(0x0002)}, func(*tls.Config) {}},
}

// recorded makes a handshake with crypto/tls and gives what that has said.
func recorded(t testing.TB, i int) []byte {
	config := serverConfig()
	config.NextProtos = []string{"h2"}
	offers[i].edit(config)
	port := goServer(t, config)
	conn, err := net.Dial("tcp4", (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}).String())
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{Conn: conn}
	h := Handshake(context.Background(), r, report.HandshakeRequest{Host: "probe.test", Offer: offers[i].offer}, fixed)
	if h.Failure != nil && offers[i].offer.Versions[0] != 2 {
		t.Fatalf("%v: %v", offers[i].offer, h.Failure)
	}
	return r.said.Bytes()
}

// FuzzHandshake answers each kind of ClientHello with anything. A handshake that
// crypto/tls makes can't be replayed, as its keys are new each time; the flights
// of our own can, to their ends.
func FuzzHandshake(f *testing.F) {
	for i := range offers {
		f.Add(uint8(i), recorded(f, i))
	}
	f.Add(uint8(len(offers)-1), []byte(oldHello))
	for _, text := range []string{"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n", "\x15\x03\x03\x00\x02\x02\x28"} {
		f.Add(uint8(0), []byte(text))
		f.Add(uint8(4), []byte(text))
	}
	f.Fuzz(func(t *testing.T, kind uint8, said []byte) {
		offer := offers[int(kind)%len(offers)].offer
		h := Handshake(context.Background(), replay{bytes.NewReader(said)}, report.HandshakeRequest{Host: "probe.test", Offer: offer}, fixed)
		if (h.Failure == nil) != (h.Step == report.StepDone) {
			t.Errorf("step %s, failure %v", h.Step, h.Failure)
		}
		if h.Failure != nil && (h.Failure.Class == "" || !utf8.ValidString(h.Failure.Detail)) {
			t.Errorf("%+v", h.Failure)
		}
		if h.Received > len(said) || len(h.Certificates) > maxCertificates || len(h.Alerts) > maxAlerts || len(h.Banner) > 3*maxBanner {
			t.Errorf("%+v", h)
		}
		if !isOwn(offer) {
			return
		}
		// It does not matter in which pieces it comes.
		dripping := Handshake(context.Background(), replay{iotest.OneByteReader(bytes.NewReader(said))}, report.HandshakeRequest{Host: "probe.test", Offer: offer}, fixed)
		if a, b := seen(t, h), seen(t, dripping); a != b {
			t.Errorf("at once %s\nbyte by byte %s", a, b)
		}
	})
}

// seen is what was seen, but for what was still read when all was known.
func seen(t *testing.T, h *report.Handshake) string {
	h.Received, h.Timings, h.Banner = 0, nil, ""
	out, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// FuzzMessages reads handshake messages as they are when TLS 1.3 has been opened,
// and up to TLS 1.2.
func FuzzMessages(f *testing.F) {
	for _, body := range []string{
		msg(messageEncryptedExtensions, "\x00\x09\x00\x10\x00\x05\x00\x03\x02h2"),
		msg(messageCertificateRequest, "\x00\x00\x08\x00\x0d\x00\x04\x00\x02\x08\x04"),
		msg(messageCertificateRequest, "\x01\x40\x00\x02\x04\x03\x00\x04\x00\x02\x30\x00"),
		msg(messageCertificate, "\x00\x00\x00\x14\x00\x00\x03DER\x00\x0c\x00\x05\x00\x08\x01\x00\x00\x04ocsp"),
		msg(messageCertificateVerify, "\x08\x04\x00\x01s"),
		msg(messageServerKeyExchange, "\x03\x00\x17\x01p\x04\x03\x00\x01s"),
		msg(messageServerKeyExchange, "\x00\x01p\x00\x01g\x00\x01y\x04\x03\x00\x01s"),
		msg(messageCertificateStatus, "\x01\x00\x00\x04ocsp"),
		msg(messageNewSessionTicket, ""), msg(messageFinished, "") + msg(messageKeyUpdate, ""),
	} {
		f.Add(uint16(0x0304), uint16(0x1301), []byte(body))
		f.Add(uint16(0x0303), uint16(0xC02F), []byte(body))
		f.Add(uint16(0x0303), uint16(0x009E), []byte(body))
	}
	f.Fuzz(func(t *testing.T, version, suite uint16, messages []byte) {
		r := &flight{course: newCourse(report.HandshakeRequest{}, report.StepServer, fixed.Now), hellos: [][]byte{{}}}
		r.choose(version, suite)
		r.unread = messages
		r.messages()
		if _, err := json.Marshal(r.Handshake); err != nil {
			t.Error(err)
		}
	})
}

// FuzzSession resumes anything: a stranger hands it in.
func FuzzSession(f *testing.F) {
	config := serverConfig()
	for _, version := range u(tls.VersionTLS12, tls.VersionTLS13) {
		config.MaxVersion = version
		h := at(f, goServer(f, config.Clone()), report.HandshakeRequest{SNI: "probe.test"})
		blob, err := base64.StdEncoding.DecodeString(h.Session)
		if err != nil || len(blob) == 0 {
			f.Fatalf("%+v", h)
		}
		f.Add(blob)
	}
	f.Fuzz(func(t *testing.T, blob []byte) {
		offer := report.Offer{Session: base64.StdEncoding.EncodeToString(blob)}
		h := Handshake(context.Background(), replay{bytes.NewReader(nil)}, report.HandshakeRequest{Host: "probe.test", Offer: offer}, fixed)
		if len(offer.Session) <= maxSession && classOf(h) != report.Closed {
			t.Errorf("%+v %+v", h, h.Failure)
		}
	})
}
