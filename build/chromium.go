package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// chromiumNames are the names under which distributions install Chromium, and
// the browsers that are made of it.
var chromiumNames = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

var errNoChromium = errors.New("no Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM=/path/to/chromium")

// chromium finds the browser of the tests. Where there is none and the package
// manager can be used, it installs it.
func (p project) chromium(ctx context.Context) (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path, nil
	}
	if path := findChromium(); path != "" {
		return path, nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil || os.Geteuid() != 0 {
		return "", errNoChromium
	}
	fmt.Println("   installing Chromium with apt-get")
	if _, err := p.output(ctx, "apt-get", "update"); err != nil {
		return "", fmt.Errorf("%w\n%w", errNoChromium, err)
	}
	c := p.command(ctx, "apt-get", "install", "-y", "--no-install-recommends", "chromium")
	c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if _, err := run(c); err != nil {
		return "", fmt.Errorf("%w\n%w", errNoChromium, err)
	}
	return findChromium(), nil
}

func findChromium() string {
	for _, name := range chromiumNames {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
