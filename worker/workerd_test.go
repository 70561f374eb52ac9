package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// One workerd serves all tests of this package, with one worker for each of
// these configurations. Its network lets everything through: what a worker does
// not connect to, the policy refuses.
var edges = map[string]string{
	"strict":  `(name = "DOH_URL", text = "%[1]s"), (name = "ORIGINS", text = "https://page.example https://other.example")`,
	"private": `(name = "DOH_URL", text = "%[1]s"), (name = "ALLOW_PRIVATE", text = "true")`,
	"busy":    `(name = "DOH_URL", text = "%[1]s"), (name = "ALLOW_PRIVATE", text = "true")`,
	"limited": `(name = "DOH_URL", text = "%[1]s"), (name = "RATE_LIMITER", service = (name = "limiter", entrypoint = "Limiter"))`,
}

// limiter is the rate-limiting binding as the platform offers it: a method that
// counts by a key. This one never forgets.
const limiter = `
import { WorkerEntrypoint } from "cloudflare:workers";
const asked = new Map();
export class Limiter extends WorkerEntrypoint {
	limit({ key }) {
		asked.set(key, (asked.get(key) ?? 0) + 1);
		return { success: asked.get(key) <= 3 };
	}
}
export default { fetch() { return new Response(); } };
`

// A workerd is the running program.
type workerd struct {
	url     map[string]string // of each edge
	command *exec.Cmd
	// said is all that it has written.
	said *lockedBuffer
}

var running workerd

func TestMain(m *testing.M) {
	status := m.Run()
	if running.command != nil {
		_ = running.command.Process.Kill()
		_ = running.command.Wait()
	}
	os.Exit(status)
}

// startWorkerd starts it for the first test that needs it.
func startWorkerd(t testing.TB) workerd {
	t.Helper()
	program := filepath.Join("..", "node_modules", "workerd", "bin", "workerd")
	if _, err := os.Stat(program); err != nil {
		t.Skip("workerd not found: npm ci")
	}
	w, err := startOnce()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var startOnce = sync.OnceValues(func() (workerd, error) {
	dir, err := os.MkdirTemp("", "workerd")
	if err != nil {
		return running, err
	}
	defer os.RemoveAll(dir)
	if err := build(dir); err != nil {
		return running, err
	}
	if err := os.WriteFile(filepath.Join(dir, "limiter.mjs"), []byte(limiter), 0o600); err != nil {
		return running, err
	}
	config := filepath.Join(dir, "config.capnp")
	if err := os.WriteFile(config, []byte(configuration(resolverAddress())), 0o600); err != nil {
		return running, err
	}
	return running, running.start(config)
})

// build makes the worker as the build program does.
func build(dir string) error {
	if out, err := exec.Command("go", "run", "../build", "worker", "-o", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// configuration is a workerd configuration in Cap'n Proto's text format.
func configuration(resolver string) string {
	var services, sockets, workers strings.Builder
	for name, bindings := range edges {
		fmt.Fprintf(&services, "(name = %q, worker = .%s),\n", name, name)
		fmt.Fprintf(&sockets, "(name = %q, address = \"127.0.0.1:0\", http = (), service = %q),\n", name, name)
		fmt.Fprintf(&workers, `const %s :Workerd.Worker = (
			modules = [
				(name = "worker.mjs", esModule = embed "worker.mjs"),
				(name = "wasm_exec.js", esModule = embed "wasm_exec.js"),
				(name = "certlens.wasm", wasm = embed "certlens.wasm"),
			],
			compatibilityDate = %q,
			bindings = [%s],
			globalOutbound = "network",
		);
		`, name, compatibilityDate(), fmt.Sprintf(bindings, resolver))
	}
	return fmt.Sprintf(`using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
	services = [
		(name = "network", network = (allow = ["public", "private", "local"])),
		(name = "limiter", worker = (
			modules = [(name = "limiter.mjs", esModule = embed "limiter.mjs")],
			compatibilityDate = %q,
		)),
		%s],
	sockets = [%s],
);
%s`, compatibilityDate(), services.String(), sockets.String(), workers.String())
}

// start runs workerd until it listens for every edge.
func (w *workerd) start(config string) error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	w.said, w.url = &lockedBuffer{}, map[string]string{}
	w.command = exec.Command(filepath.Join("..", "node_modules", "workerd", "bin", "workerd"), "serve", "--control-fd=3", config)
	w.command.Stdout, w.command.Stderr, w.command.ExtraFiles = w.said, w.said, []*os.File{write}
	err = w.command.Start()
	write.Close()
	if err != nil {
		return err
	}
	_ = read.SetReadDeadline(time.Now().Add(time.Minute))
	for lines := bufio.NewScanner(read); len(w.url) < len(edges) && lines.Scan(); {
		var event struct {
			Event, Socket string
			Port          int
		}
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			return err
		}
		if event.Event == "listen" {
			w.url[event.Socket] = fmt.Sprintf("http://127.0.0.1:%d", event.Port)
		}
	}
	if len(w.url) < len(edges) {
		return errors.New("workerd does not listen:\n" + w.said.String())
	}
	return nil
}

// A lockedBuffer takes what a program writes while it runs.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

// Write writes.
func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

// String is what was written so far.
func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
