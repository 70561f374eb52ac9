package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// A browser is one that the tests use: a variable that names its program, the
// names under which distributions install it, and the package of Debian.
type browser struct {
	name, variable, debian string
	programs               []string
}

var (
	// Chromium, and the browsers that are made of it.
	chromiumBrowser = browser{"Chromium", "CHROMIUM", "chromium", []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}}
	firefoxBrowser  = browser{"Firefox", "FIREFOX", "firefox-esr", []string{"firefox-esr", "firefox"}}
)

// chromium finds the browser of most tests.
func (p project) chromium(ctx context.Context) (string, error) { return chromiumBrowser.find(ctx, p) }

// find finds the program. Where there is none and the package manager can be
// used, it installs it.
func (b browser) find(ctx context.Context, p project) (string, error) {
	if path := os.Getenv(b.variable); path != "" {
		return path, nil
	}
	if path := b.installed(); path != "" {
		return path, nil
	}
	missing := fmt.Errorf("no %s: install it (Debian: apt-get install %s) or name it in %s=/path/to/%s", b.name, b.debian, b.variable, b.debian)
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return "", missing
	}
	fmt.Printf("   installing %s with apt-get\n", b.name)
	if _, err := p.output(ctx, "apt-get", "update"); err != nil {
		return "", fmt.Errorf("%w\n%w", missing, err)
	}
	c := p.command(ctx, "apt-get", "install", "-y", "--no-install-recommends", b.debian)
	c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if _, err := run(c); err != nil {
		return "", fmt.Errorf("%w\n%w", missing, err)
	}
	return b.installed(), nil
}

func (b browser) installed() string {
	for _, name := range b.programs {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
