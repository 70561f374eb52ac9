package main

// The list of public suffixes that zlint uses offers itself to the standard
// library's cookie jar, and so brings all of net/http and crypto/tls into the
// engine, which makes no request. In the WebAssembly build alone, a package with
// the one interface that the list needs stands in for net/http/cookiejar: the
// download is 1.5 % smaller, and several packages less initialise.

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

const cookieJar = `// Package cookiejar declares what a list of public suffixes implements.
package cookiejar

type PublicSuffixList interface {
	PublicSuffix(domain string) string
	String() string
}
`

// overlay writes the description of the replacement, in the form that go build
// -overlay takes, and gives its path.
func (p project) overlay(ctx context.Context) (string, error) {
	root, err := p.output(ctx, "go", "env", "GOROOT")
	if err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(root, "src", "net", "http", "cookiejar", "*.go"))
	if err != nil {
		return "", err
	}
	stand := p.cache("cookiejar.go")
	replace := map[string]string{}
	for _, file := range files {
		switch {
		case filepath.Base(file) == "jar.go":
			replace[file] = stand
		case !strings.HasSuffix(file, "_test.go"):
			replace[file] = "" // as if it were not there
		}
	}
	description, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := p.cache("overlay.json")
	if err := os.WriteFile(stand, []byte(cookieJar), 0o644); err != nil {
		return "", err
	}
	return path, os.WriteFile(path, description, 0o644)
}
