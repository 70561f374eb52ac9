package client

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"certlens/internal/report"
)

// A program is one real client.
type program struct {
	name string
	// needs are the commands that it needs, and debian the package that has them.
	needs, debian string
	// suits tells whether the client can meet a failure; nil when it can meet all
	// that are not about its own files.
	suits func(failure) bool
	// ask connects once and gives what was printed; all does so for many at once.
	ask func(*bench, failure) string
	all func(*bench, []failure) map[string]string
}

// programs are the clients of this machine.
var programs = []program{
	{name: "openssl", needs: "openssl", debian: "openssl", ask: openssl, suits: not("timeout")},
	{name: "openssl verify", needs: "openssl", debian: "openssl", ask: opensslVerifies, suits: ofCertificate},
	{name: "curl", needs: "curl", debian: "curl", ask: curl},
	{name: "curl -v", needs: "curl", debian: "curl", ask: curlVerbose},
	{name: "gnutls", needs: "gnutls-cli", debian: "gnutls-bin", ask: gnutls, suits: not("timeout")},
	{name: "wget", needs: "wget", debian: "wget", ask: wget},
	{name: "git", needs: "git", debian: "git", ask: git, suits: not("timeout")},
	{name: "go", all: golang},
	{name: "go tls", all: golangTLS},
	{name: "node https", needs: "node", debian: "nodejs", all: node("https")},
	{name: "node fetch", needs: "node", debian: "nodejs", all: node("fetch"), suits: not("timeout")},
	{name: "npm", needs: "npm", debian: "npm", ask: npm, suits: not("timeout")},
	{name: "python", needs: "python3", debian: "python3", all: python("urllib")},
	{name: "requests", needs: "python3", debian: "python3-requests", all: python("requests")},
	{name: "pip", needs: "pip", debian: "python3-pip", ask: pip, suits: ofCertificate},
	{name: "java", needs: "java", debian: "openjdk-17-jdk-headless", all: java("url")},
	{name: "java client", needs: "java", debian: "openjdk-17-jdk-headless", all: java("client")},
	{name: "psql", needs: "psql", debian: "postgresql-client", ask: psql, suits: func(f failure) bool { return f.pg != 0 || f.class == report.Refused || f.class == report.DNS }},
	{name: "mysql", needs: "mariadb", debian: "mariadb-client", ask: mariadb, suits: func(f failure) bool { return f.my != 0 || f.class == report.Refused || f.class == report.DNS }},
	{name: "kubectl", needs: "kubectl", debian: "kubernetes-client", ask: kubectl, suits: not("timeout", "closed", "reset")},
	{name: "docker", needs: "docker", debian: "docker.io", ask: docker, suits: not("timeout")},
	{name: "perl", needs: "perl", debian: "libio-socket-ssl-perl", ask: perl, suits: not("plain HTTP")},
	{name: "socat", needs: "socat", debian: "socat", ask: socat, suits: not("timeout", "plain HTTP")},
	{name: "cargo", needs: "cargo", debian: "cargo", ask: cargo, suits: ofCertificate},
	{name: "nginx to upstream", needs: "nginx", debian: "nginx", all: upstream, suits: not("no such name", "good")},
	{name: "chromium", needs: "chromium", debian: "chromium", ask: chromium, suits: ofChromium},
}

func not(names ...string) func(failure) bool {
	return func(f failure) bool { return !slices.Contains(names, f.name) }
}

func ofCertificate(f failure) bool { return f.chain != nil }

// ofChromium leaves out what needs an anchor, which Chromium takes from a database
// of its own, and most alerts, which it does not tell apart.
func ofChromium(f failure) bool {
	switch f.class {
	case report.SelfSigned, report.UnknownRoot, report.ProtocolVersion, report.NoSharedCipher, report.PlainHTTP, report.WrongProtocol, report.Closed, report.Reset, report.Refused, report.DNS:
		return f.only == "" && !strings.HasPrefix(f.name, "alert") || strings.HasPrefix(f.name, "alert 40") || strings.HasPrefix(f.name, "alert 112")
	}
	return false
}

// meets tells whether a failure is for a client.
func (p program) meets(f failure) bool {
	if f.only != "" {
		return slices.Contains(strings.Split(f.only, ","), p.name)
	}
	return p.suits == nil || p.suits(f)
}

// patience is how long a client may take; those that have a limit of their own
// have a smaller one.
const patience = 20 * time.Second

// run gives what a command prints; nothing when it succeeds.
func (b *bench) run(env []string, stdin, name string, args ...string) string {
	text, err := b.output(env, stdin, name, args...)
	if err == nil {
		return ""
	}
	return text
}

// output gives all that a command prints. One that fails without a word says why in
// b.silence.
func (b *bench) output(env []string, stdin, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.Stdin = b.dir, strings.NewReader(stdin)
	c.Env = append(append(environment(), "HOME="+b.dir), env...)
	c.WaitDelay = time.Second
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	if err != nil && strings.TrimSpace(out.String()) == "" {
		b.silence = fmt.Sprintf("%s: %v", name, cmp.Or(ctx.Err(), err))
	}
	return out.String(), err
}

// environment is that of the test without what tells clients whom to trust, and
// how to connect.
func environment() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(strings.ToUpper(v), "=")
		return strings.Contains(name, "PROXY") || strings.Contains(name, "CERT") || strings.Contains(name, "SSL") || strings.Contains(name, "CA_") || strings.Contains(name, "CAINFO")
	})
	return append(env, "LC_ALL=C.UTF-8")
}

func (f failure) address() string { return net.JoinHostPort(f.host, strconv.Itoa(f.port)) }

func (f failure) url() string { return "https://" + f.address() + "/" }

// trusted is the file of CAs that a client is given.
func (b *bench) trusted(f failure) string {
	if f.ca != "" {
		return f.ca
	}
	return b.anchors
}

// nameFlag is how openssl is told what to ask for.
func nameFlag(f failure) string {
	if net.ParseIP(f.host) != nil {
		return "-verify_ip"
	}
	return "-verify_hostname"
}

func openssl(b *bench, f failure) string {
	args := []string{"s_client", "-connect", f.address(), "-4", nameFlag(f), f.host, "-CAfile", b.trusted(f), "-verify_return_error", "-ign_eof"}
	if net.ParseIP(f.host) == nil {
		args = append(args, "-servername", f.host)
	}
	if f.cert != "" {
		args = append(args, "-cert", f.cert, "-key", f.cert)
	}
	text, err := b.output(nil, "GET / HTTP/1.0\r\n\r\n", "openssl", args...)
	if err == nil && strings.Contains(text, "404 Not Found") {
		return ""
	}
	return text
}

func opensslVerifies(b *bench, f failure) string {
	leaf := b.write("leaf.pem", string(f.chain))
	args := []string{"verify", "-CAfile", b.trusted(f), "-untrusted", leaf, "-purpose", "sslserver", nameFlag(f), f.host}
	if f.crl != "" {
		args = append(args, "-crl_check_all", "-CRLfile", f.crl)
	}
	return b.run(nil, "", "openssl", append(args, leaf)...)
}

func curlArgs(b *bench, f failure) []string {
	args := []string{"-sS", "-4", "--max-time", "2", "--cacert", b.trusted(f), "-o", os.DevNull}
	switch {
	case f.crl != "":
		args = append(args, "--crlfile", f.crl)
	case f.cert != "":
		args = append(args, "--cert", f.cert, "--key", f.cert)
	case f.pin != "":
		args = append(args, "--pinnedpubkey", f.pin)
	case f.class == report.StapleMissing:
		args = append(args, "--cert-status")
	}
	return append(args, f.url())
}

func curl(b *bench, f failure) string { return b.run(nil, "", "curl", curlArgs(b, f)...) }

func curlVerbose(b *bench, f failure) string {
	return b.run(nil, "", "curl", append([]string{"-v"}, curlArgs(b, f)...)...)
}

func gnutls(b *bench, f failure) string {
	args := []string{"--x509cafile", b.trusted(f), "--port", strconv.Itoa(f.port), f.host}
	if f.crl != "" {
		args = append(args, "--x509crlfile", f.crl)
	}
	return b.run(nil, "GET / HTTP/1.0\r\n\r\n", "gnutls-cli", args...)
}

func wget(b *bench, f failure) string {
	args := []string{"-4", "--tries=1", "--timeout=1.5", "--ca-certificate=" + b.trusted(f), "-O", os.DevNull, f.url()}
	if f.crl != "" {
		args = append(args, "--crl-file="+f.crl)
	}
	text := b.run(nil, "", "wget", args...)
	if strings.Contains(text, "404 Not Found") {
		return ""
	}
	return text
}

func git(b *bench, f failure) string {
	text := b.run([]string{"GIT_TERMINAL_PROMPT=0"}, "", "git", "-c", "http.sslCAInfo="+b.trusted(f), "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=1", "ls-remote", f.url()+"x.git")
	if strings.Contains(text, "not found") && !strings.Contains(text, "unable to access") {
		return ""
	}
	return text
}

func npm(b *bench, f failure) string {
	text := b.run([]string{"npm_config_cache=" + b.path("npm"), "npm_config_update_notifier=false"}, "", "npm", "view", "left-pad", "--registry="+f.url(), "--cafile="+b.trusted(f),
		"--fetch-retries=0", "--fetch-timeout=1500")
	if strings.Contains(text, "E404") {
		return ""
	}
	return text
}

func pip(b *bench, f failure) string {
	text := b.run([]string{"PIP_CONFIG_FILE=" + os.DevNull}, "", "pip", "download", "--index-url", f.url()+"simple", "--cert", b.trusted(f), "--retries", "0", "--timeout", "1.5",
		"--no-cache-dir", "--disable-pip-version-check", "no-such-package")
	if !strings.Contains(text, "SSL") && !strings.Contains(text, "HTTPSConnectionPool") {
		return ""
	}
	return text
}

func psql(b *bench, f failure) string {
	port := f.pg
	if port == 0 {
		port = f.port
	}
	address := "hostaddr=127.0.0.1 "
	if f.class == report.DNS {
		address = ""
	}
	cert := ""
	if f.cert != "" {
		cert = " sslcert=" + f.cert + " sslkey=" + f.cert
	}
	text := b.run(nil, "", "psql", fmt.Sprintf("%shost=%s port=%d user=u dbname=d sslmode=verify-full sslrootcert=%s connect_timeout=2 gssencmode=disable%s", address, f.host, port, b.trusted(f), cert), "-c", "select 1")
	if strings.Contains(text, "FATAL:  no") {
		return ""
	}
	return text
}

func mariadb(b *bench, f failure) string {
	port := f.my
	if port == 0 {
		port = f.port
	}
	host := "127.0.0.1"
	if f.class == report.DNS || f.class == report.HostnameMismatch {
		host = f.host
	}
	text := b.run(nil, "", "mariadb", "--no-defaults", "--protocol=tcp", "--host="+host, "--port="+strconv.Itoa(port), "--user=u", "--ssl", "--ssl-ca="+b.trusted(f), "--ssl-verify-server-cert", "--connect-timeout=2", "-e", "select 1")
	// It asked the server behind TLS, which speaks no MySQL.
	for _, got := range []string{"Lost connection", "Malformed", "ERROR 2027", "Received malformed packet"} {
		if strings.Contains(text, got) {
			return ""
		}
	}
	return text
}

func kubectl(b *bench, f failure) string {
	text := b.run([]string{"KUBECONFIG=" + os.DevNull}, "", "kubectl", "--server="+strings.TrimSuffix(f.url(), "/"), "--certificate-authority="+b.trusted(f), "--request-timeout=1500ms", "--token=x", "get", "pods")
	if strings.Contains(text, "the server could not find the requested resource") || strings.Contains(text, "the server doesn't have a resource type") || strings.Contains(text, "(NotFound)") {
		return ""
	}
	return text
}

func docker(b *bench, f failure) string {
	args := []string{"--host", "tcp://" + f.address(), "--tlsverify", "--tlscacert", b.trusted(f)}
	if f.cert != "" {
		args = append(args, "--tlscert", f.cert, "--tlskey", f.cert)
	}
	text := b.run(nil, "", "docker", append(args, "version")...)
	if strings.Contains(text, "404") || strings.Contains(text, "page not found") || strings.Contains(text, "Not Found") {
		return ""
	}
	return text
}

func perl(b *bench, f failure) string {
	return b.run(nil, "GET / HTTP/1.0\r\n\r\n", "perl", "-MIO::Socket::SSL", "-e", `
my ($address, $host, $ca) = @ARGV;
my $c = IO::Socket::SSL->new(PeerAddr => $address, Timeout => 2, SSL_ca_file => $ca, SSL_hostname => $host, SSL_verifycn_name => $host, SSL_verifycn_scheme => "http", SSL_verify_mode => SSL_VERIFY_PEER)
  or die "failed connect or ssl handshake: $!,$SSL_ERROR";
print $c "GET / HTTP/1.0\r\n\r\n"; my $line = <$c>; defined $line or die "read: $!,$SSL_ERROR"`, f.address(), f.host, b.trusted(f))
}

func socat(b *bench, f failure) string {
	return b.run(nil, "GET / HTTP/1.0\r\n\r\n", "socat", "-", "OPENSSL:"+f.address()+",pf=ip4,cafile="+b.trusted(f)+",commonname="+f.host)
}

func cargo(b *bench, f failure) string {
	text := b.run([]string{"CARGO_HTTP_CAINFO=" + b.trusted(f), "CARGO_NET_RETRY=0", "CARGO_HTTP_TIMEOUT=2", "CARGO_HOME=" + b.path("cargo"), "RUSTUP_HOME=" + os.Getenv("HOME") + "/.rustup"}, "", "cargo", "search", "--index", "sparse+"+f.url(), "left-pad")
	if strings.Contains(text, "404") || strings.Contains(text, "config.json not found") {
		return ""
	}
	return text
}

// chromium answers itself that a reserved name does not exist: it asks the name
// server without the system's help, and that one may take longer than the page has.
func chromium(b *bench, f failure) string {
	text, _ := b.output(nil, "", "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir="+b.path("chromium"),
		"--host-resolver-rules=MAP *.invalid ^NOTFOUND", "--timeout=15000", "--dump-dom", f.url())
	if strings.Contains(text, "Page load timed out") {
		b.silence = "the page did not load in 15 seconds"
		return ""
	}
	return text
}

// results waits for a program that asks all servers at once.
func (b *bench) results(env []string, work any, name string, args ...string) map[string]string {
	stdin, err := json.Marshal(work)
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Stdin = bytes.NewReader(stdin)
	c.Env = append(environment(), env...)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	results := map[string]string{}
	if err == nil {
		err = json.Unmarshal(out, &results)
	}
	if err != nil {
		b.Errorf("%s: %v\n%s", name, err, errs.String())
	}
	return results
}

// A job is a server as the scripts read it.
type job struct {
	Name string `json:"name"`
	Host string `json:"host"`
	Port int    `json:"port"`
	CA   string `json:"ca,omitempty"`
	Cert string `json:"cert,omitempty"`
	CRL  string `json:"crl,omitempty"`
}

func (b *bench) jobs(failures []failure) any {
	var list []job
	for _, f := range failures {
		list = append(list, job{f.name, f.host, f.port, f.ca, f.cert, f.crl})
	}
	return map[string]any{"anchors": b.anchors, "servers": list}
}

func node(api string) func(*bench, []failure) map[string]string {
	return func(b *bench, failures []failure) map[string]string {
		return b.results([]string{"NODE_EXTRA_CA_CERTS=" + b.anchors}, b.jobs(failures), "node", "testdata/clients/node.cjs", api)
	}
}

func python(library string) func(*bench, []failure) map[string]string {
	return func(b *bench, failures []failure) map[string]string {
		return b.results(nil, b.jobs(failures), "python3", "testdata/clients/client.py", library)
	}
}

func java(api string) func(*bench, []failure) map[string]string {
	return func(b *bench, failures []failure) map[string]string {
		var in strings.Builder
		for _, f := range failures {
			fmt.Fprintf(&in, "%s\t%s\t%d\t%s\n", f.name, f.host, f.port, b.trusted(f))
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*patience)
		defer cancel()
		c := exec.CommandContext(ctx, "java", "testdata/clients/Client.java", api)
		c.Stdin = strings.NewReader(in.String())
		var errs bytes.Buffer
		c.Stderr = &errs
		out, err := c.Output()
		if err != nil {
			b.Errorf("java: %v\n%s", err, errs.String())
		}
		results := map[string]string{}
		for part := range strings.SplitSeq("\n"+string(out), "\n==== ") {
			name, text, _ := strings.Cut(part, "\n")
			results[name] = strings.TrimSpace(text)
		}
		return results
	}
}

// golang is net/http.
func golang(b *bench, failures []failure) map[string]string {
	results := map[string]string{}
	for _, f := range failures {
		client := http.Client{Timeout: 1500 * time.Millisecond, Transport: &http.Transport{TLSClientConfig: b.config(f), Proxy: nil}}
		if response, err := client.Get(f.url()); err != nil {
			results[f.name] = err.Error()
		} else {
			response.Body.Close()
			results[f.name] = ""
		}
		client.CloseIdleConnections()
	}
	return results
}

func (b *bench) config(f failure) *tls.Config {
	roots := x509.NewCertPool()
	text, _ := os.ReadFile(b.trusted(f))
	roots.AppendCertsFromPEM(text)
	return &tls.Config{RootCAs: roots}
}

// golangTLS is crypto/tls.
func golangTLS(b *bench, failures []failure) map[string]string {
	results := map[string]string{}
	for _, f := range failures {
		c, err := tls.DialWithDialer(&net.Dialer{Timeout: 1500 * time.Millisecond}, "tcp4", f.address(), b.config(f))
		if err == nil {
			c.SetDeadline(time.Now().Add(1500 * time.Millisecond))
			c.Write([]byte("GET / HTTP/1.0\r\n\r\n"))
			_, err = c.Read(make([]byte, 16))
			c.Close()
		}
		results[f.name] = ""
		if err != nil {
			results[f.name] = err.Error()
		}
	}
	return results
}
