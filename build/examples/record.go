package examples

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"certlens/internal/lab"
)

// Record writes s_client.txt to dir: what a real `openssl s_client` prints when
// a real `openssl s_server` presents the good chain and the client does not know
// its private root. Only the command line above the output is ours, because the
// server that was asked listened on the loopback interface.
func Record(dir string) error {
	work, err := os.MkdirTemp("", "certlens-examples-")
	if err != nil {
		return fmt.Errorf("examples: %w", err)
	}
	defer os.RemoveAll(work)
	port, stop, err := serve(work)
	if err != nil {
		return err
	}
	defer stop()
	client := exec.Command("openssl", "s_client", "-connect", "127.0.0.1:"+port,
		"-servername", host, "-showcerts", "-no-CAfile", "-no-CApath", "-no-CAstore")
	output, _ := client.CombinedOutput() // exit status 1 is the point: the root is unknown
	if !bytes.Contains(output, []byte("-----BEGIN CERTIFICATE-----")) {
		return fmt.Errorf("examples: openssl s_client gave no certificate: %q", output)
	}
	prompt := fmt.Sprintf("$ openssl s_client -connect %s:443 -servername %s -showcerts </dev/null\n", host, host)
	return os.WriteFile(filepath.Join(dir, "s_client.txt"), append([]byte(prompt), output...), 0o644)
}

// serve starts `openssl s_server` with the good chain and waits for it to listen.
func serve(work string) (port string, stop func(), err error) {
	for name, data := range map[string]string{
		"leaf.pem":  lab.PEM(server),
		"chain.pem": lab.PEM(issuing),
		"key.pem":   lab.KeyPEM(server),
	} {
		if err := os.WriteFile(filepath.Join(work, name), []byte(data), 0o600); err != nil {
			return "", nil, fmt.Errorf("examples: %w", err)
		}
	}
	if port, err = freePort(); err != nil {
		return "", nil, err
	}
	listener := exec.Command("openssl", "s_server", "-accept", "127.0.0.1:"+port, "-quiet", "-num_tickets", "0",
		"-cert", "leaf.pem", "-key", "key.pem", "-cert_chain", "chain.pem")
	listener.Dir = work
	if err := listener.Start(); err != nil {
		return "", nil, fmt.Errorf("examples: openssl s_server: %w", err)
	}
	stop = func() { listener.Process.Kill(); listener.Wait() }
	if err := waitFor("127.0.0.1:" + port); err != nil {
		stop()
		return "", nil, err
	}
	return port, stop, nil
}

func freePort() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("examples: %w", err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return port, err
}

func waitFor(address string) error {
	for range 100 {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			return conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("examples: %s does not listen", address)
}
