package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// wrangler takes the deployment as it is configured, from other folders.
func TestWranglerTakesTheDeployment(t *testing.T) {
	wrangler, err := exec.LookPath("wrangler")
	if err != nil {
		t.Skip("wrangler not found: npm install --global wrangler@4.60.0")
	}
	dir := t.TempDir()
	config, err := os.ReadFile("wrangler.jsonc")
	if err != nil {
		t.Fatal(err)
	}
	if err := build(filepath.Join(dir, "worker")); err != nil {
		t.Fatal(err)
	}
	here := strings.NewReplacer(`"../dist/worker/`, `"./worker/`, `"../dist/web"`, `"./web"`).Replace(string(config))
	for name, text := range map[string]string{"wrangler.jsonc": here, "web/index.html": "<!doctype html>", "web/.assetsignore": "*.br\n"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(wrangler, "deploy", "--dry-run", "--config", filepath.Join(dir, "wrangler.jsonc"))
	c.Dir = dir
	c.Env = append(os.Environ(), "WRANGLER_SEND_METRICS=false", "CI=1")
	out, err := c.CombinedOutput()
	if err != nil || strings.Contains(string(out), "WARNING") {
		t.Errorf("%v\n%s", err, out)
	}
	for _, part := range []string{"certlens.wasm", "wasm_exec.js", "env.RATE_LIMITER", "env.ASSETS", "--dry-run: exiting now"} {
		if !strings.Contains(string(out), part) {
			t.Errorf("no %s in\n%s", part, out)
		}
	}
}
