package client

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/report"
)

// nginx runs nginx with some servers until the test ends, and gives its log.
func (b *bench) nginx(servers string, ports ...int) (log string) {
	log = b.path("nginx.log")
	conf := b.write("nginx.conf", fmt.Sprintf(`daemon off; master_process off; pid %[1]s/nginx.pid; error_log %[2]s info;
events {}
http {
	access_log off; client_body_temp_path %[1]s/t1; proxy_temp_path %[1]s/t2; fastcgi_temp_path %[1]s/t3; uwsgi_temp_path %[1]s/t4; scgi_temp_path %[1]s/t5;
	%[3]s
}
`, b.dir, log, servers))
	c := exec.Command("nginx", "-p", b.dir, "-c", conf)
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Process.Kill(); c.Wait() })
	for _, port := range ports {
		for range 200 {
			conn, err := net.Dial("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
			if err == nil {
				conn.Close()
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return log
}

// upstream asks all servers through nginx, and gives what it wrote into its log
// about each.
func upstream(b *bench, failures []failure) map[string]string {
	var locations strings.Builder
	for i, f := range failures {
		fmt.Fprintf(&locations, "location /%d/ { proxy_pass https://127.0.0.1:%d/; proxy_ssl_name %s; }\n", i, f.port, f.host)
	}
	port := b.closedPort()
	log := b.nginx(fmt.Sprintf(`server {
	listen 127.0.0.1:%d; proxy_connect_timeout 2s; proxy_read_timeout 2s; proxy_ssl_verify on; proxy_ssl_verify_depth 5; proxy_ssl_server_name on;
	proxy_ssl_trusted_certificate %s; proxy_ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
	%s
}`, port, b.anchors, locations.String()), port)
	results := map[string]string{}
	for i, f := range failures {
		if response, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/%d/", port, i)); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusNotFound {
				results[f.name] = "" // the server's own answer
			}
		}
	}
	text, _ := os.ReadFile(log)
	request := regexp.MustCompile(`request: "GET /(\d+)/`)
	for line := range strings.SplitSeq(string(text), "\n") {
		if m := request.FindStringSubmatch(line); m != nil {
			i, _ := strconv.Atoi(m[1])
			results[failures[i].name] += line + "\n"
		}
	}
	return results
}

// TestServerLog makes clients refuse a server, and a server refuse clients, and
// reads what nginx writes about it: it speaks for the server's side.
func TestServerLog(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a server")
	}
	if _, err := exec.LookPath("nginx"); err != nil {
		t.Skip("nginx not found: apt-get install nginx")
	}
	b := &bench{TB: t, dir: t.TempDir()}
	root := authority("Root", nil, nil)
	leaf := server("localhost", root, nil)
	b.write("leaf.pem", lab.PEM(leaf))
	b.write("leaf.key", lab.KeyPEM(leaf))
	b.write("root.pem", lab.PEM(root))
	plain, mutual := b.closedPort(), b.closedPort()
	files := fmt.Sprintf("ssl_certificate %[1]s/leaf.pem; ssl_certificate_key %[1]s/leaf.key; ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;", b.dir)
	log := b.nginx(fmt.Sprintf(`server { listen 127.0.0.1:%d ssl; %s }
	server { listen 127.0.0.1:%d ssl; %s ssl_verify_client on; ssl_client_certificate %s/root.pem; }`, plain, files, mutual, files, b.dir), plain, mutual)

	roots := x509.NewCertPool()
	roots.AddCert(root.Certificate)
	stranger := server("stranger", nil, nil)
	for _, c := range []struct {
		name   string
		port   int
		config *tls.Config // nil for plain HTTP
		class  report.Class
	}{
		{"distrusts the root", plain, &tls.Config{RootCAs: x509.NewCertPool(), ServerName: "localhost"}, report.UnknownRoot},
		{"asks for another name", plain, &tls.Config{RootCAs: roots, ServerName: "example.com"}, report.HostnameMismatch},
		{"TLS 1.1 only", plain, &tls.Config{RootCAs: roots, ServerName: "localhost", MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, report.ProtocolVersion},
		{"other ciphers", plain, &tls.Config{RootCAs: roots, ServerName: "localhost", MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}}, report.NoSharedCipher},
		{"plain HTTP", plain, nil, report.PlainHTTP},
		{"no client certificate", mutual, &tls.Config{RootCAs: roots, ServerName: "localhost"}, report.ClientCertRequired},
		{"unknown client certificate", mutual, &tls.Config{RootCAs: roots, ServerName: "localhost", GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			return &tls.Certificate{Certificate: [][]byte{stranger.Raw}, PrivateKey: stranger.Key}, nil
		}}, report.ClientCertRejected},
	} {
		before, _ := os.ReadFile(log)
		b.request(c.port, c.config)
		var text string
		for range 100 {
			after, _ := os.ReadFile(log)
			if text = string(after[len(before):]); strings.Contains(text, "client: 127.0.0.1") {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		got := Recognise([]byte(text))
		if len(got) == 0 || got[0].Side != report.SideServer || got[0].Class != c.class && !slices.Contains(got[0].Possible, c.class) {
			t.Errorf("%s: %s, want %s on the server's side, in:\n%s", c.name, summary(got), c.class, text)
			continue
		}
		t.Logf("%-28s %s (or %s)", c.name, got[0].Class, join(got[0].Possible))
	}
}

// request makes one request, whatever comes of it.
func (b *bench) request(port int, config *tls.Config) {
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	conn, err := net.DialTimeout("tcp4", address, time.Second)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(2 * time.Second))
	if config != nil {
		conn = tls.Client(conn, config)
	}
	conn.Write([]byte("GET / HTTP/1.0\r\n\r\n"))
	conn.Read(make([]byte, 1024))
}
