package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// A project is a checkout of certlens, named by its absolute directory.
type project string

// findProject looks for the module from the working directory upwards, so that
// the build program works from any directory of the checkout.
func findProject() (project, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && bytes.HasPrefix(data, []byte("module certlens\n")) {
			return project(dir), nil
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("build: not inside a checkout of certlens: no go.mod of module certlens here or above")
		}
		dir = filepath.Dir(dir)
	}
}

// path joins names to the root of the checkout.
func (p project) path(names ...string) string {
	return filepath.Join(append([]string{string(p)}, names...)...)
}

// web is where the built page is.
func (p project) web() string { return p.path("dist", "web") }

// cache is where everything goes that makes a second build fast. It can be
// deleted at any time.
func (p project) cache(names ...string) string {
	return p.path(append([]string{"dist", ".cache"}, names...)...)
}

// command is a program to be run in the root of the checkout.
func (p project) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = string(p)
	return c
}

// output runs a program and gives its standard output; an error holds all that
// the program said.
func (p project) output(ctx context.Context, name string, args ...string) (string, error) {
	return run(p.command(ctx, name, args...))
}

func run(c *exec.Cmd) (string, error) {
	var w words
	c.Stdout, c.Stderr = stream{&w, &w.out}, stream{&w, nil}
	if err := c.Run(); err != nil {
		return w.out.String(), fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, w.all.String())
	}
	return strings.TrimSpace(w.out.String()), nil
}

// words are all that a program says, in order, and its standard output apart.
type words struct {
	mu       sync.Mutex
	out, all bytes.Buffer
}

// A stream is one of the two outputs of a program.
type stream struct {
	words *words
	apart *bytes.Buffer
}

// Write takes what the program says next.
func (s stream) Write(p []byte) (int, error) {
	s.words.mu.Lock()
	defer s.words.mu.Unlock()
	if s.apart != nil {
		s.apart.Write(p)
	}
	return s.words.all.Write(p)
}

// installPackages runs npm ci when node_modules is not what the lock file says.
// The hash of the lock file that was installed is kept inside node_modules, so
// that deleting that directory is enough to start afresh.
func (p project) installPackages(ctx context.Context) error {
	lock, err := os.ReadFile(p.path("package-lock.json"))
	if err != nil {
		return err
	}
	stamp, want := p.path("node_modules", ".certlens-lock"), hash(lock)
	if have, err := os.ReadFile(stamp); err == nil && string(have) == want {
		return nil
	}
	fmt.Println("installing the npm packages of package-lock.json")
	if _, err := p.output(ctx, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}

// hash is the SHA-256 of some content (hex).
func hash(parts ...[]byte) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write(part)
	}
	return hex.EncodeToString(h.Sum(nil))
}
