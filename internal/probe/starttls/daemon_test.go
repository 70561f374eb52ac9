package starttls

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/lab/daemon"
)

// patience is how long a test waits for a server that runs here.
const patience = 30 * time.Second

// TestDaemons asks every real server to begin TLS, finishes a handshake, and
// compares the certificate with what openssl s_client was shown.
func TestDaemons(t *testing.T) {
	var table strings.Builder
	fmt.Fprintf(&table, "%-20s  %-12s  %-8s  %-16s  %-16s  %s\n", "server", "protocol", "TLS", "leaf here", "leaf s_client", "banner")
	for _, d := range daemon.All() {
		t.Run(d.Name, func(t *testing.T) {
			s := d.Start(t)
			banner, state := shake(t, s)
			if !slices.EqualFunc(state.PeerCertificates, s.Chain, func(a *x509.Certificate, b *lab.Cert) bool { return a.Equal(b.Certificate) }) {
				t.Errorf("another chain than the server was given: %d certificates, not %d", len(state.PeerCertificates), len(s.Chain))
			}
			leaf := sha256.Sum256(state.PeerCertificates[0].Raw)
			other := viaOpenSSL(t, s)
			if other != "" && other != fmt.Sprintf("%x", leaf) {
				t.Errorf("s_client was shown %s, and not %x", other, leaf)
			}
			line, _, _ := strings.Cut(banner, "\n")
			fmt.Fprintf(&table, "%-20s  %-12s  %-8s  %-16.8x  %-16.16s  %.60q\n", s.Name, s.StartTLS, tls.VersionName(state.Version), leaf, other, line)
		})
	}
	t.Log("\n" + table.String())
}

// shake begins TLS with a server and finishes the handshake.
func shake(t *testing.T, s daemon.Server) (banner string, state tls.ConnectionState) {
	t.Helper()
	conn, err := net.Dial("tcp", s.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	if s.StartTLS != "" {
		text, failure := Begin(conn, s.StartTLS, s.ServerName)
		if failure != nil {
			t.Fatalf("%s: %s: %s (banner %q)", s.Name, failure.Class, failure.Detail, text)
		}
		banner = text
	}
	secure := tls.Client(conn, &tls.Config{InsecureSkipVerify: true, ServerName: s.ServerName})
	if err := secure.Handshake(); err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return banner, secure.ConnectionState()
}

// viaOpenSSL is the SHA-256 of the leaf that openssl s_client is shown; empty
// where s_client does not speak the protocol.
func viaOpenSSL(t *testing.T, s daemon.Server) string {
	t.Helper()
	if s.StartTLS == "rdp" {
		return "" // s_client has no such protocol
	}
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	args := []string{"s_client", "-connect", s.Address(), "-servername", s.ServerName}
	if s.StartTLS != "" {
		// s_client calls it "xmpp".
		args = append(args, "-starttls", strings.TrimSuffix(s.StartTLS, "-client"), "-name", s.ServerName)
	}
	c := exec.Command(openssl, args...)
	out, err := c.CombinedOutput()
	block, _ := pem.Decode(out[max(0, bytes.Index(out, []byte("-----BEGIN"))):])
	if block == nil {
		t.Fatalf("%v: %v\n%s", c, err, out)
	}
	return fmt.Sprintf("%x", sha256.Sum256(block.Bytes))
}
