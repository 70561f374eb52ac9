package probe

import (
	"context"
	"crypto/rand"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certlens/internal/lab/daemon"
	"certlens/internal/lab/sclient"
	"certlens/internal/report"
)

// The tests of this file compare what the probe saw of real servers with what
// openssl s_client prints about them.

func u(ids ...uint16) []uint16 { return ids }

func TestAgainstSClient(t *testing.T) {
	table := &sclient.Table{}
	for _, c := range sclient.Cases {
		t.Run(c.Name, func(t *testing.T) {
			s := c.Start(t)
			table.Compare(t, c.Name, s, shake(t, s, c.Request()), c.Client)
		})
	}
	t.Logf("\n%s", table)
}

// The same for servers that speak another protocol before.
func TestDaemonsAgainstSClient(t *testing.T) {
	table := &sclient.Table{}
	for _, d := range daemon.All() {
		t.Run(d.Name, func(t *testing.T) {
			s := d.Start(t)
			table.CompareDaemon(t, s, shake(t, s, report.HandshakeRequest{StartTLS: s.StartTLS}))
		})
	}
	t.Logf("\n%s", table)
}

// A session of OpenSSL is resumed where s_client can do so too.
func TestResumptionAgainstSClient(t *testing.T) {
	for _, version := range []string{"-tls1_2", "-tls1_3"} {
		s := daemon.OpenSSL(t, "ecdsa", version)
		first := shake(t, s, report.HandshakeRequest{})
		second := shake(t, s, report.HandshakeRequest{Offer: report.Offer{Session: first.Session}})
		session := filepath.Join(s.Dir, "session")
		sclient.Run(t, s, "-sess_out", session)
		theirs := strings.Contains(sclient.Run(t, s, "-sess_in", session), "\nReused, ")
		if first.Resumed || second.Resumed != theirs || !second.Complete {
			t.Errorf("%s: resumed %v then %v, and %v says s_client", version, first.Resumed, second.Resumed, theirs)
		}
		t.Logf("%s: resumed %v, and %v says s_client", version, second.Resumed, theirs)
	}
}

// shake makes a handshake with a server, and expects that it was given an end.
func shake(t testing.TB, s daemon.Server, request report.HandshakeRequest) *report.Handshake {
	t.Helper()
	request.Host, request.Port, request.SNI = s.Host, s.Port, s.ServerName
	h, err := local.Handshake(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if (h.Failure == nil) != (h.Step == report.StepDone) {
		t.Errorf("step %s, failure %v", h.Step, h.Failure)
	}
	return h
}

// local connects to this machine.
var local = Client{
	Dial: func(ctx context.Context, a netip.AddrPort) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", a.String())
	},
	Now:     time.Now,
	Rand:    rand.Reader,
	Vantage: "this machine",
}
