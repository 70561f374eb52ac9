package probe

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"net"
	"testing"
	"time"

	"certlens/internal/report"
)

// The handshakes of the probe beside one that crypto/tls makes for itself, all
// with the same server on the loopback interface.
func BenchmarkHandshake(b *testing.B) {
	address := (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: goServer(b, serverConfig())}).String()
	dial := func(b *testing.B) net.Conn {
		conn, err := net.Dial("tcp4", address)
		if err != nil {
			b.Fatal(err)
		}
		return conn
	}
	b.Run("crypto-tls", func(b *testing.B) {
		for b.Loop() {
			client := tls.Client(dial(b), &tls.Config{InsecureSkipVerify: true, ServerName: "probe.test"})
			if err := client.Handshake(); err != nil {
				b.Fatal(err)
			}
			client.Close()
		}
	})
	for _, c := range []struct {
		name  string
		offer report.Offer
	}{
		{"probe", report.Offer{}},
		{"probe-own-1.3", report.Offer{Versions: u(0x0304)}},
		{"probe-own-1.2", report.Offer{Versions: u(0x0303)}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				h := Handshake(context.Background(), dial(b), report.HandshakeRequest{Host: "probe.test", Offer: c.offer}, Options{time.Now, rand.Reader})
				if h.Failure != nil {
					b.Fatal(h.Failure)
				}
			}
		})
	}
}
