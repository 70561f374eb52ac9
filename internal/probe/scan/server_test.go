package scan

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/lab/daemon"
	"certlens/internal/probe"
)

// serverName is the name in the certificates of all servers.
const serverName = "scan.test"

// local connects to servers of this machine.
var local = probe.Client{
	Dial: func(ctx context.Context, address netip.AddrPort) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", address.String())
	},
	Now:     time.Now,
	Rand:    rand.Reader,
	Vantage: "this machine",
}

// at is the target of a server of this machine.
func at(port int) Target { return Target{Host: "127.0.0.1", Port: port, SNI: serverName} }

// rsaKey is a key such as lab does not have, made once in a run.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// writeKeyPairs writes certificates with their keys into a folder: ecdsa.pem,
// rsa.pem and ed25519.pem, and a finite field of 2048 bits.
func writeKeyPairs(t *testing.T, dir string) {
	t.Helper()
	root := lab.Issue(lab.Spec{Name: "Scan Root", CA: true})
	leaf := lab.Issue(lab.Spec{Name: serverName, Issuer: root})
	write(t, dir, "ecdsa.pem", lab.PEM(leaf)+lab.KeyPEM(leaf))
	writeKeyPair(t, dir, "rsa.pem", leaf, root, rsaKey())
	writeKeyPair(t, dir, "ed25519.pem", leaf, root, ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	out, err := exec.Command(program(t, "openssl", "openssl"), "genpkey", "-genparam", "-algorithm", "DH",
		"-pkeyopt", "group:ffdhe2048", "-out", filepath.Join(dir, fieldFile)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// writeKeyPair issues a leaf again for another key, and writes both.
func writeKeyPair(t *testing.T, dir, name string, leaf, issuer *lab.Cert, key crypto.Signer) {
	t.Helper()
	template := *leaf.Certificate
	template.KeyUsage |= x509.KeyUsageKeyEncipherment // for key exchange by RSA
	der, err := x509.CreateCertificate(rand.Reader, &template, issuer.Certificate, key.Public(), issuer.Key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, name, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))+
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})))
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// program finds a program. Without it, the test is skipped and names Debian's
// package.
func program(t *testing.T, name, debian string) string {
	t.Helper()
	// Daemons are in a folder that not every user's PATH has.
	for _, path := range []string{name, "/usr/sbin/" + name} {
		if found, err := exec.LookPath(path); err == nil {
			return found
		}
	}
	t.Skipf("%s is not installed: apt-get install %s", name, debian)
	return ""
}

// run starts a server in a folder until the end of the test, and returns when
// its port answers.
func run(t *testing.T, dir string, port int, name string, arguments ...string) {
	t.Helper()
	out, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	c := exec.Command(name, arguments...)
	c.Dir, c.Stdout, c.Stderr = dir, out, out
	// openssl s_server ends with its input.
	input, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		c.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		input.Close()
		c.Process.Kill()
		<-ended
		if text, _ := os.ReadFile(out.Name()); t.Failed() {
			t.Logf("%s said:\n%s", name, text[max(0, len(text)-4096):])
		}
	})
	for {
		conn, err := net.Dial("tcp4", address(port))
		if err == nil {
			conn.Close()
			return
		}
		select {
		case <-ended:
			t.Fatalf("%s ended before its port answered: %v", name, c.ProcessState)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func address(port int) string {
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), uint16(port)).String()
}

// openssl starts openssl s_server with an RSA certificate.
func openssl(t *testing.T, arguments ...string) int {
	t.Helper()
	dir, port := t.TempDir(), daemon.FreePort(t)
	writeKeyPairs(t, dir)
	run(t, dir, port, program(t, "openssl", "openssl"),
		append([]string{"s_server", "-accept", address(port), "-cert", "rsa.pem", "-dhparam", fieldFile}, arguments...)...)
	return port
}

// golang starts a server of crypto/tls with an ECDSA certificate.
func golang(t *testing.T, config *tls.Config) int {
	t.Helper()
	leaf := lab.Issue(lab.Spec{Name: serverName})
	config.Certificates = []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: leaf.Key}}
	return daemon.Listen(t, func(conn net.Conn) {
		server := tls.Server(conn, config)
		if server.Handshake() == nil {
			io.Copy(io.Discard, server)
		}
	})
}

// counted passes the connections of a new port on to a server, and counts those
// on which the client said something.
func counted(t *testing.T, port int) (int, *atomic.Int64) {
	t.Helper()
	count := &atomic.Int64{}
	return daemon.Listen(t, func(client net.Conn) {
		first := make([]byte, 1)
		if _, err := io.ReadFull(client, first); err != nil {
			return // a look whether the port is open
		}
		count.Add(1)
		server, err := net.Dial("tcp4", address(port))
		if err != nil {
			return
		}
		defer server.Close()
		server.Write(first)
		go func() {
			io.Copy(server, client)
			server.(*net.TCPConn).CloseWrite()
		}()
		io.Copy(client, server)
	}), count
}
