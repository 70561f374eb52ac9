package main

import (
	"crypto/tls"
	"encoding/base64"
	"net"
	"strconv"
	"testing"

	"certlens/internal/lab"
)

// serveTLS starts a TLS server with a certificate for a name, until the test
// ends. It gives the certificate (DER, base64) and the port.
func serveTLS(t testing.TB, host string, port int, name string) (certificate string, listens int) {
	t.Helper()
	made := lab.Issue(lab.Spec{Name: name})
	l, err := tls.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)), &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{made.Raw}, PrivateKey: made.Key}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go answerAll(l, func(conn net.Conn) {
		_ = conn.(*tls.Conn).Handshake()
		_, _ = conn.Read(make([]byte, 1))
	})
	return base64.StdEncoding.EncodeToString(made.Raw), l.Addr().(*net.TCPAddr).Port
}

// answerAll serves each connection of a listener, until that is closed.
func answerAll(l net.Listener, serve func(net.Conn)) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			serve(conn)
		}()
	}
}

// serveRaw starts a server that speaks as it likes, and gives its port.
func serveRaw(t testing.TB, serve func(net.Conn)) (port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go answerAll(l, serve)
	return l.Addr().(*net.TCPAddr).Port
}
