package probe

import (
	"context"
	"crypto/ecdh"
	"crypto/mlkem"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

// The tests of this file talk to crypto/tls, which takes post-quantum groups and
// gives sessions back.

// goServer runs crypto/tls, and gives its port.
func goServer(t testing.TB, config *tls.Config) int {
	return daemon.Listen(t, func(conn net.Conn) {
		server := tls.Server(conn, config)
		if server.Handshake() == nil {
			server.Read(make([]byte, 1))
			server.Close()
		}
	})
}

// at makes a handshake with a server of this machine.
func at(t testing.TB, port int, request report.HandshakeRequest) *report.Handshake {
	t.Helper()
	request.Host, request.Port = "127.0.0.1", port
	h, err := local.Handshake(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// certificateFor issues a server certificate with its chain.
func certificateFor(edit func(*lab.Spec)) tls.Certificate {
	root := lab.Issue(lab.Spec{Name: "Probe Root", CA: true})
	spec := lab.Spec{Name: "probe.test", Issuer: root}
	if edit != nil {
		edit(&spec)
	}
	leaf := lab.Issue(spec)
	return tls.Certificate{Certificate: [][]byte{leaf.Raw, root.Raw}, PrivateKey: leaf.Key}
}

func serverConfig() *tls.Config {
	c := certificateFor(nil)
	c.SignedCertificateTimestamps = [][]byte{[]byte("a timestamp"), []byte("another")}
	c.OCSPStaple = []byte("a response")
	return &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS10}
}

func TestTheModernHandshake(t *testing.T) {
	h := at(t, goServer(t, serverConfig()), report.HandshakeRequest{SNI: "probe.test"})
	if h.Failure != nil || !h.Complete || h.Step != report.StepDone {
		t.Fatalf("%+v %v", h, h.Failure)
	}
	want := serverConfig().Certificates[0]
	for name, is := range map[string]bool{
		"protocol":     h.Protocol == "TLSv1.3",
		"group":        h.Group.Name == "X25519MLKEM768",
		"scheme":       h.SignatureScheme.Name == "ecdsa_secp256r1_sha256",
		"chain":        slices.Equal(h.Certificates, encodeAll(want.Certificate)),
		"staple":       h.Staple == base64.StdEncoding.EncodeToString(want.OCSPStaple),
		"timestamps":   slices.Equal(h.SCTs, encodeAll(want.SignedCertificateTimestamps)),
		"ticket":       h.Ticket != nil && *h.Ticket,
		"no retry":     !h.HelloRetry,
		"no request":   h.ClientCertificate == nil,
		"not in 1.3":   h.SecureRenegotiation == nil && h.ExtendedMasterSecret == nil && h.SessionID == nil,
		"no time":      h.ServerTime == "",
		"name":         h.SNI == "probe.test",
		"staple asked": h.WantStaple,
		"offer":        slices.Contains(h.Offer.Groups, 0x11EC) && slices.Equal(h.Offer.Versions, u(0x0304, 0x0303)),
		"address":      h.Address == "127.0.0.1" && h.Vantage == "this machine",
		"counts":       h.Sent > 1000 && h.Received > 1000,
		"timings":      slices.Equal(steps(h), []report.Step{"resolve", "connect", "hello", "server", "finish"}),
	} {
		if !is {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

func encodeAll(list [][]byte) []string {
	var out []string
	for _, b := range list {
		out = append(out, base64.StdEncoding.EncodeToString(b))
	}
	return out
}

func steps(h *report.Handshake) []report.Step {
	var out []report.Step
	for _, timing := range h.Timings {
		out = append(out, timing.Step)
	}
	return out
}

// With a ClientHello of our own, each group that can be computed opens the
// server's flight; the same facts are read in each version.
func TestOwnOffers(t *testing.T) {
	port := goServer(t, serverConfig())
	want := serverConfig().Certificates[0]
	for _, c := range []struct {
		offer report.Offer
		group string
		retry bool
	}{
		{report.Offer{Versions: u(0x0304), Groups: u(0x11EC)}, "X25519MLKEM768", false},
		{report.Offer{Versions: u(0x0304), Groups: u(0x11EB)}, "SecP256r1MLKEM768", false},
		{report.Offer{Versions: u(0x0304), Groups: u(0x11ED)}, "SecP384r1MLKEM1024", false},
		{report.Offer{Versions: u(0x0304), Groups: u(0x001D)}, "x25519", false},
		{report.Offer{Versions: u(0x0304), Groups: u(0x0019)}, "secp521r1", false},
		{report.Offer{Versions: u(0x0304), Groups: u(0x0017, 0x0018)}, "secp256r1", true},
		{report.Offer{Versions: u(0x0304), Groups: u(0x11ED, 0x11EB)}, "SecP256r1MLKEM768", true},
		{report.Offer{Versions: u(0x0304)}, "X25519MLKEM768", false},
		{report.Offer{Suites: u(0xC02B)}, "x25519", false},
		{report.Offer{Versions: u(0x0302), Suites: u(0xC009)}, "x25519", false},
		{report.Offer{Versions: u(0x0301), Suites: u(0xC00A), Groups: u(0x0018)}, "secp384r1", false},
	} {
		h := at(t, port, report.HandshakeRequest{SNI: "probe.test", Offer: c.offer, WantStaple: true})
		if h.Failure != nil || h.Step != report.StepDone || h.Complete {
			t.Errorf("%v: %v", c.offer, h.Failure)
			continue
		}
		if h.Group == nil || h.Group.Name != c.group || h.HelloRetry != c.retry {
			t.Errorf("%v: %v, retry %v", c.offer, h.Group, h.HelloRetry)
		}
		if !slices.Equal(h.Certificates, encodeAll(want.Certificate)) || !slices.Equal(h.SCTs, encodeAll(want.SignedCertificateTimestamps)) ||
			h.Staple != base64.StdEncoding.EncodeToString(want.OCSPStaple) {
			t.Errorf("%v: %+v", c.offer, h)
		}
	}
}

func TestHelloRetry(t *testing.T) {
	config := serverConfig()
	config.CurvePreferences = []tls.CurveID{tls.CurveP521}
	h := at(t, goServer(t, config), report.HandshakeRequest{})
	if !h.HelloRetry || !h.Complete || h.Group.Name != "secp521r1" || !slices.Equal(h.Extensions, u(43, 51)) {
		t.Errorf("%+v", h)
	}
}

// A server that wants a client certificate says so in its first flight, and what
// it does without one comes after the client's Finished.
func TestClientCertificates(t *testing.T) {
	pool := x509.NewCertPool()
	pool.AddCert(lab.Issue(lab.Spec{Name: "Client Root", CA: true}).Certificate)
	for _, version := range u(tls.VersionTLS12, tls.VersionTLS13) {
		for _, c := range []struct {
			auth     tls.ClientAuthType
			complete bool
			class    report.Class
		}{
			{tls.RequestClientCert, true, ""},
			{tls.RequireAnyClientCert, false, report.ClientCertRequired},
		} {
			config := serverConfig()
			config.MaxVersion, config.ClientAuth, config.ClientCAs = version, c.auth, pool
			h := at(t, goServer(t, config), report.HandshakeRequest{})
			r := h.ClientCertificate
			if h.Complete != c.complete || classOf(h) != c.class || len(h.Certificates) != 2 {
				t.Errorf("%x %v: %+v %v", version, c.auth, h, h.Failure)
			}
			if r == nil || !slices.Equal(r.Authorities, []string{"CN=Client Root,O=Example,C=DE"}) || len(r.SignatureAlgorithms) == 0 {
				t.Errorf("%x %v: %+v", version, c.auth, r)
			}
		}
	}
}

func classOf(h *report.Handshake) report.Class {
	if h.Failure == nil {
		return ""
	}
	return h.Failure.Class
}

// A session is resumed, also when the certificate has expired meanwhile; a
// forged one is as good as none.
func TestSessions(t *testing.T) {
	for _, version := range u(tls.VersionTLS12, tls.VersionTLS13) {
		config := serverConfig()
		config.MaxVersion = version
		config.Certificates[0] = certificateFor(func(s *lab.Spec) { s.From, s.Until = lab.At.AddDate(-2, 0, 0), lab.At.AddDate(-1, 0, 0) })
		port := goServer(t, config)
		first := at(t, port, report.HandshakeRequest{SNI: "probe.test"})
		if first.Session == "" || first.Resumed || first.Ticket == nil || !*first.Ticket {
			t.Fatalf("%+v", first)
		}
		second := at(t, port, report.HandshakeRequest{SNI: "probe.test", Offer: report.Offer{Session: first.Session}})
		if !second.Resumed || !second.Complete || second.Session == "" || second.Offer.Session != first.Session {
			t.Errorf("%x: %+v", version, second)
		}
		unnamed := at(t, port, report.HandshakeRequest{NoSNI: true, Offer: report.Offer{Session: first.Session}})
		if !unnamed.Complete || unnamed.SNI != "" {
			t.Errorf("%x: %+v", version, unnamed)
		}
		for i, forged := range forgeries(t, first.Session) {
			h := at(t, port, report.HandshakeRequest{SNI: "probe.test", Offer: report.Offer{Session: forged}})
			if h.Resumed {
				t.Errorf("%x: forgery %d was resumed", version, i)
			}
		}
	}
}

// forgeries are a session with each of its first bytes changed, cut off, and some
// that are none.
func forgeries(t *testing.T, session string) []string {
	raw, err := base64.StdEncoding.DecodeString(session)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{"x", "AAAA", base64.StdEncoding.EncodeToString(make([]byte, 100))}
	length := int(raw[0])<<8 | int(raw[1])
	for i := range 46 { // behind the ticket, up to the secret
		changed := slices.Clone(raw)
		changed[2+length+i] ^= 1
		if i < 5 || i >= 13 { // the time of creation may be any
			out = append(out, base64.StdEncoding.EncodeToString(changed))
		}
		out = append(out, base64.StdEncoding.EncodeToString(raw[:2+length+i]))
	}
	return out
}

// The keys of both sides agree for every group, those that no server here has
// included.
func TestShares(t *testing.T) {
	answers := map[uint16]func(*testing.T, []byte) (public, secret []byte){
		0x0201: func(t *testing.T, client []byte) ([]byte, []byte) {
			key, err := mlkem.NewEncapsulationKey768(client)
			if err != nil {
				t.Fatal(err)
			}
			secret, ciphertext := key.Encapsulate()
			return ciphertext, secret
		},
		0x0202: func(t *testing.T, client []byte) ([]byte, []byte) {
			key, err := mlkem.NewEncapsulationKey1024(client)
			if err != nil {
				t.Fatal(err)
			}
			secret, ciphertext := key.Encapsulate()
			return ciphertext, secret
		},
	}
	for id, curve := range map[uint16]ecdh.Curve{0x0017: ecdh.P256(), 0x0018: ecdh.P384(), 0x0019: ecdh.P521(), 0x001D: ecdh.X25519()} {
		answers[id] = func(t *testing.T, client []byte) ([]byte, []byte) {
			public, err := curve.NewPublicKey(client)
			if err != nil {
				t.Fatal(err)
			}
			key, err := curve.GenerateKey(rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			secret, err := key.ECDH(public)
			if err != nil {
				t.Fatal(err)
			}
			return key.PublicKey().Bytes(), secret
		}
	}
	for id, answer := range answers {
		s, err := newShare(id, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		public, want := answer(t, s.public)
		secret, err := s.secret(public)
		if err != nil || !slices.Equal(secret, want) {
			t.Errorf("%04x: %v", id, err)
		}
		for _, bad := range [][]byte{nil, public[1:], append(public, 0)} {
			if _, err := s.secret(bad); err == nil {
				t.Errorf("%04x takes a share of %d bytes", id, len(bad))
			}
		}
	}
	if s, err := newShare(0x0100, rand.Reader); s != nil || err != nil {
		t.Error("ffdhe2048 is not computed")
	}
}

// What a request lacks is filled in, and what makes no sense is refused before
// anything is done.
func TestRequests(t *testing.T) {
	refusing := local
	refusing.Resolve = func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("10.0.0.1")}, nil
	}
	refusing.Check = func(a netip.Addr) *Refusal {
		if a.IsPrivate() {
			return &Refusal{Code: "private_address", Message: a.String() + " is private."}
		}
		return nil
	}
	refusing.Dial = func(context.Context, netip.AddrPort) (net.Conn, error) {
		t.Error("dialled")
		return nil, context.Canceled
	}
	for _, c := range []struct {
		request report.HandshakeRequest
		want    string
	}{
		{report.HandshakeRequest{Host: ""}, `"" is neither a host name nor an IP address.`},
		{report.HandshakeRequest{Host: "https://example.test"}, `"https://example.test" is neither a host name nor an IP address.`},
		{report.HandshakeRequest{Host: "example.test", Port: 70000}, "There is no port 70000."},
		{report.HandshakeRequest{Host: "example.test", StartTLS: "gopher"}, `"gopher" is not a protocol in which TLS can be started.`},
		{report.HandshakeRequest{Host: "example.test", Offer: report.Offer{Versions: u(2, 0x0303)}}, "SSL 2.0 has a ClientHello of its own, and can only be offered alone."},
		{report.HandshakeRequest{Host: "example.test", Offer: report.Offer{Versions: u(0x7f00)}}, "One of the versions is none of SSL or TLS."},
		{report.HandshakeRequest{Host: "example.test", Offer: report.Offer{ALPN: []string{""}}}, "The name of an application protocol has 1 to 255 bytes."},
		{report.HandshakeRequest{Host: "example.test", Offer: report.Offer{Suites: make([]uint16, 2000)}}, "A list of the offer has more than 1024 entries."},
		{report.HandshakeRequest{Host: "example.test"}, "10.0.0.1 is private."},
	} {
		h, err := refusing.Handshake(t.Context(), c.request)
		refusal, ok := err.(*Refusal)
		if h != nil || !ok || refusal.Message != c.want {
			t.Errorf("%+v: %v", c.request, err)
		}
	}
	for _, c := range []struct {
		request report.HandshakeRequest
		want    string
	}{
		{report.HandshakeRequest{Host: "example.test."}, "example.test"},
		{report.HandshakeRequest{Host: "192.0.2.1"}, ""},
		{report.HandshakeRequest{Host: "192.0.2.1", SNI: "example.test"}, "example.test"},
		{report.HandshakeRequest{Host: "example.test", SNI: "other.test"}, "other.test"},
		{report.HandshakeRequest{Host: "example.test", NoSNI: true}, ""},
	} {
		if got := serverName(c.request); got != c.want {
			t.Errorf("%+v: %q", c.request, got)
		}
	}
}

// The offer that is reported is the one that is made.
func TestHelloSaysTheOffer(t *testing.T) {
	for _, offer := range []report.Offer{
		{Versions: u(0x0304, 0x0303), Suites: u(0x1301, 0xC02F), Groups: u(0x001D), SignatureAlgorithms: u(0x0403), ALPN: []string{"h2", "http/1.1"}},
		{Versions: u(0x0301), Suites: u(0x0003, 0x0000), FallbackSCSV: true, Compression: true, Groups: u(1), SignatureAlgorithms: u(0x0201)},
	} {
		h, err := newHello(report.HandshakeRequest{Offer: offer, WantStaple: true}, "example.test", rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		message, err := h.marshal()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(message); n > 255 && n < 512 {
			t.Errorf("%d bytes, which old servers hang on", n)
		}
		c := newCourse(report.HandshakeRequest{}, "", time.Now)
		s := speech{course: c}
		s.feed(appendRecord(nil, recordHandshake, 0x0301, message))
		if slices.Max(offer.Versions) < 0x0303 {
			offer.SignatureAlgorithms = nil // has no place there
		}
		if !s.offered || !equalOffers(c.Offer, offer) || c.SNI != "example.test" || !c.WantStaple {
			t.Errorf("%+v, not %+v", c.Offer, offer)
		}
	}
}

func equalOffers(a, b report.Offer) bool {
	return slices.Equal(a.Versions, b.Versions) && slices.Equal(a.Suites, b.Suites) && slices.Equal(a.Groups, b.Groups) &&
		slices.Equal(a.SignatureAlgorithms, b.SignatureAlgorithms) && slices.Equal(a.ALPN, b.ALPN) &&
		a.FallbackSCSV == b.FallbackSCSV && a.Compression == b.Compression
}

// What only old servers tell.
func TestOldFacts(t *testing.T) {
	now := lab.At
	for random, want := range map[time.Time]string{
		now:                       "2026-11-20T12:00:00Z",
		now.Add(-23 * time.Hour):  "2026-11-19T13:00:00Z",
		now.Add(25 * time.Hour):   "", // is no time
		now.AddDate(-30, 0, 0):    "",
		time.Unix(0xffffffff, 0):  "",
		now.Add(90 * time.Minute): "2026-11-20T13:30:00Z",
	} {
		bytes := append(binary.BigEndian.AppendUint32(nil, uint32(random.Unix())), make([]byte, 28)...)
		hello := rec(recordHandshake, msg(messageServerHello, "\x03\x01"+string(bytes)+"\x02id\x00\x33\x01"))
		key := msg(messageServerKeyExchange, "\x00\x41\x00\x01"+string(make([]byte, 63))+"\x00\x01g\x00\x01y")
		f := &flight{course: newCourse(report.HandshakeRequest{}, report.StepHello, func() time.Time { return now }), brief: true}
		if err := f.feed([]byte(hello + rec(recordHandshake, key+msg(messageServerHelloDone, "")))); err != nil || !f.over {
			t.Fatal(err)
		}
		if f.ServerTime != want || !f.Compression || !*f.SessionID || *f.Ticket || *f.SecureRenegotiation || f.DHBits != 505 {
			t.Errorf("%q, not %q: %+v", f.ServerTime, want, f.Handshake)
		}
	}
}
