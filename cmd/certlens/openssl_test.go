package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/report"
)

// A real s_server presents a chain, a real s_client prints it, and certlens
// reads what it printed.
func TestReadsWhatOpenSSLPrints(t *testing.T) {
	requireOpenSSL(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"leaf.pem": lab.PEM(leaf), "chain.pem": lab.PEM(issuing), "key.pem": lab.KeyPEM(leaf), "root.pem": lab.PEM(root),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name           string
		server, client []string
		served         int
		protocol       string
		verifyCode     int
		class          report.Class
		status         int
	}{
		{"complete, root known", []string{"-cert_chain", "chain.pem"}, []string{"-showcerts", "-CAfile", "root.pem"}, 2, "TLSv1.3", 0, report.OK, 0},
		{"complete, TLS 1.2", []string{"-cert_chain", "chain.pem", "-tls1_2"}, []string{"-showcerts", "-CAfile", "root.pem"}, 2, "TLSv1.2", 0, report.OK, 0},
		{"leaf alone", nil, []string{"-showcerts", "-CAfile", "root.pem"}, 1, "TLSv1.3", 21, report.MissingIntermediate, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			port := serveChain(t, dir, test.server)
			client := exec.Command("openssl", append([]string{"s_client", "-connect", "127.0.0.1:" + port, "-servername", "www.example.com"}, test.client...)...)
			client.Dir = dir
			printed, _ := client.CombinedOutput()
			status, out, _ := execute(string(printed), "--json", "--ca", filepath.Join(dir, "root.pem"))
			var r report.Report
			if err := json.Unmarshal([]byte(out), &r); err != nil {
				t.Fatalf("%v\n%s", err, printed)
			}
			if len(r.Transcripts) != 1 || len(r.Served) != test.served {
				t.Fatalf("%d transcripts, %d served\n%s", len(r.Transcripts), len(r.Served), printed)
			}
			said := r.Transcripts[0]
			got := fmt.Sprint(said.Protocol, said.VerifyCode, r.Diagnosis.Class, status)
			if want := fmt.Sprint(test.protocol, test.verifyCode, test.class, test.status); got != want {
				t.Errorf("got %s, want %s\n%s", got, want, printed)
			}
			if r.Certificates[0].Title != "www.example.com" {
				t.Errorf("the leaf is %q", r.Certificates[0].Title)
			}
		})
	}
}

func requireOpenSSL(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
}

// serveChain starts `openssl s_server` on a free port, until the test ends.
func serveChain(t *testing.T, dir string, flags []string) (port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	listener.Close()
	server := exec.Command("openssl", append([]string{"s_server", "-accept", "127.0.0.1:" + port, "-cert", "leaf.pem", "-key", "key.pem", "-quiet"}, flags...)...)
	server.Dir = dir
	var said strings.Builder
	server.Stderr = &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	for range 100 {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			conn.Close()
			return port
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("openssl s_server does not listen: %s", said.String())
	return ""
}
