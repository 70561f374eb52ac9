package main

import (
	"crypto/tls"
	"net"
	"testing"

	"certlens/internal/lab/daemon"
	"certlens/internal/lab/sclient"
	"certlens/internal/report"
)

// edge gives the worker in workerd that connects to this machine.
func edge(t testing.TB) face {
	t.Helper()
	return face{name: "workerd", url: startWorkerd(t).url["private"]}
}

// What a worker sees of a server must be what s_client prints of it.
func TestAgainstSClient(t *testing.T) {
	f, table := edge(t), &sclient.Table{}
	for _, c := range sclient.Cases {
		t.Run(c.Name, func(t *testing.T) {
			s, request := c.Start(t), c.Request()
			request.Host, request.Port, request.SNI = s.Host, s.Port, s.ServerName
			table.Compare(t, c.Name, s, f.handshake(t, request), c.Client)
		})
	}
	t.Logf("\n%s", table)
}

func TestDaemonsAgainstSClient(t *testing.T) {
	f, table := edge(t), &sclient.Table{}
	for _, d := range daemon.All() {
		t.Run(d.Name, func(t *testing.T) {
			s := d.Start(t)
			h := f.handshake(t, report.HandshakeRequest{Host: s.Host, Port: s.Port, StartTLS: s.StartTLS, SNI: s.ServerName})
			table.CompareDaemon(t, s, h)
		})
	}
	t.Logf("\n%s", table)
}

// OpenSSL 3.0 has no hybrid groups, so that a server of Go is asked, which says
// itself what was agreed.
func TestHybridGroup(t *testing.T) {
	for group, name := range map[tls.CurveID]string{
		tls.X25519MLKEM768: "X25519MLKEM768", tls.SecP256r1MLKEM768: "SecP256r1MLKEM768", tls.SecP384r1MLKEM1024: "SecP384r1MLKEM1024",
	} {
		states := make(chan tls.ConnectionState, 1)
		l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
			Certificates:     []tls.Certificate{{Certificate: [][]byte{issuing.Raw}, PrivateKey: issuing.Key}},
			CurvePreferences: []tls.CurveID{group},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		go answerAll(l, func(conn net.Conn) {
			_ = conn.(*tls.Conn).Handshake()
			states <- conn.(*tls.Conn).ConnectionState()
			readAll(conn)
		})
		h := edge(t).handshake(t, report.HandshakeRequest{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port})
		state := <-states
		if h.Group == nil || h.Group.Name != name || h.Group.ID != uint16(state.CurveID) || h.Version != state.Version || h.Suite.ID != state.CipherSuite || !h.Complete || !state.HandshakeComplete {
			t.Errorf("%s: %+v, and the server says %+v", name, h, state)
		}
	}
}

func TestIPv6(t *testing.T) {
	if l, err := net.Listen("tcp", "[::1]:0"); err != nil {
		t.Skipf("this machine has no IPv6: %v", err)
	} else {
		l.Close()
	}
	certificate, port := serveTLS(t, "::1", 0, "six.test")
	onFaces(t, "private", func(t *testing.T, f face) {
		testZone.set("six.example.net", "::1")
		for _, host := range []string{"::1", "six.example.net"} {
			h := f.handshake(t, report.HandshakeRequest{Host: host, Port: port})
			if h.Address != "::1" || len(h.Certificates) != 1 || h.Certificates[0] != certificate {
				t.Errorf("%s: %+v %+v", host, h, h.Failure)
			}
		}
	})
}
