//go:build linux && alone

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// One binary is all that is needed: copied into an empty folder, with an empty
// home and nothing in its path, where there is no network but that of the machine
// to itself. It needs the built page, and so is a check of its own: go run ./build
// check binary.
func TestAlone(t *testing.T) {
	if os.Getenv("CERTLENS_ALONE") != "" {
		alone(t)
		return
	}
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "certlens"), ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// The same test once more, in namespaces of its own.
	c := exec.Command("/proc/self/exe", "-test.run=^TestAlone$", "-test.v")
	c.Env = []string{"CERTLENS_ALONE=" + dir}
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSPC) {
		t.Skipf("this machine lets nobody make a network namespace: %v", err)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func alone(t *testing.T) {
	if err := raiseLoopback(); err != nil {
		t.Fatal(err)
	}
	if c, err := net.DialTimeout("tcp", "192.0.2.1:443", time.Second); err == nil {
		c.Close()
		t.Fatal("there is a network")
	}
	example, err := os.ReadFile("../../web/examples/expired.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir, home := os.Getenv("CERTLENS_ALONE"), t.TempDir()
	command := func(args ...string) *exec.Cmd {
		c := exec.Command(filepath.Join(dir, "certlens"), args...)
		c.Dir, c.Env = dir, []string{"HOME=" + home, "PATH="}
		return c
	}
	say := func(in string, args ...string) string {
		c := command(args...)
		c.Stdin = strings.NewReader(in)
		out, err := c.Output()
		if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != statusErrors) {
			t.Fatalf("%q: %v\n%s", args, err, out)
		}
		return string(out)
	}
	if out := say(string(example), "--at", "2026-11-20T12:00:00Z"); !strings.Contains(out, "expired") {
		t.Errorf("analyze: %s", out)
	}
	if out := say("", "explain", "openssl/20"); !strings.Contains(out, "issuer") {
		t.Errorf("explain: %s", out)
	}
	if out := say("", "version"); !regexp.MustCompile(`(?m)^page .* build [0-9a-f]{64}$`).MatchString(out) {
		t.Errorf("version: %s", out)
	}
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	at, _ := url.Parse(server.URL)
	if out := say("", "probe", at.Host, "--json"); !hasHandshake(out) {
		t.Errorf("probe: %s", out)
	}

	serve := command("serve", "--addr", "127.0.0.1:0", "--allow-private")
	words, err := serve.StdoutPipe()
	if err == nil {
		err = serve.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		serve.Process.Kill()
		_ = serve.Wait()
	}()
	line, _ := bufio.NewReader(words).ReadString('\n')
	base := regexp.MustCompile(`http://\S+/`).FindString(line)
	page := get(t, base)
	for _, name := range regexp.MustCompile(`(?:src|href)="(?:\./)?([^":#]+)"`).FindAllStringSubmatch(page, -1) {
		get(t, base+name[1])
	}
	if !strings.Contains(page, "<cert-lens ") || !strings.Contains(page, `href="certlens.html"`) {
		t.Errorf("the page: %s", page)
	}
	body := fmt.Sprintf(`{"host": %q, "port": %s, "offer": {}}`, at.Hostname(), at.Port())
	request, _ := http.NewRequest("POST", base+"v1/handshake", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", strings.TrimSuffix(base, "/"))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got, _ := io.ReadAll(answer.Body); !bytes.Contains(got, []byte(`"certificates"`)) {
		t.Errorf("the worker: %d %s", answer.StatusCode, got)
	}

	for folder, want := range map[string]int{dir: 1, home: 0} {
		if left, err := os.ReadDir(folder); err != nil || len(left) != want {
			t.Errorf("%s: %v, %v", folder, left, err)
		}
	}
}

func hasHandshake(out string) bool {
	var report struct{ Handshake struct{ Certificates []any } }
	return json.Unmarshal([]byte(out), &report) == nil && len(report.Handshake.Certificates) > 0
}

func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || len(body) == 0 {
		t.Errorf("%s: %d, %d bytes, %v", address, answer.StatusCode, len(body), err)
	}
	return string(body)
}

// raiseLoopback starts the one interface that a new network namespace has.
func raiseLoopback() error {
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer syscall.Close(socket)
	request := struct {
		name  [16]byte
		flags uint16
		_     [22]byte
	}{name: [16]byte{'l', 'o'}, flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	_, _, failure := syscall.Syscall(syscall.SYS_IOCTL, uintptr(socket), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request)))
	if failure != 0 {
		return failure
	}
	return nil
}
