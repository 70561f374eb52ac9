package main

// In the WebAssembly build alone, files of two packages of the standard library
// are replaced, for the size of the download.
//
// The list of public suffixes that zlint uses offers itself to the standard
// library's cookie jar, and so brings all of net/http and crypto/tls into the
// engine, which makes no request. A package with the one interface that the list
// needs stands in for net/http/cookiejar: the download is 1.5 % smaller, and
// several packages less initialise.
//
// Multiples of the generator of P-256 come from a table of 88 kB that does not
// compress, 4 % of the download. They are computed like those of any other point
// instead, by the same package.

import (
	"context"
	"encoding/json"
	"errors"
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
	if err := p.replaceP256(root, replace); err != nil {
		return "", err
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

// replaceP256 adds the files of P-256 to what is replaced. The table stays, all
// zeros, for the function that sets a pointer to it.
func (p project) replaceP256(root string, replace map[string]string) error {
	const (
		multiply = "func (p *P256Point) ScalarBaseMult(scalar []byte) (*P256Point, error) {\n"
		instead  = "\treturn p.ScalarMult(NewP256Point().SetGenerator(), scalar)\n}\n\n" +
			"func (p *P256Point) scalarBaseMultByTable(scalar []byte) (*P256Point, error) {\n"
		table = "package nistec\n\nvar p256PrecomputedEmbed [43 * 32 * 2 * 4 * 8]byte\n"
	)
	dir := filepath.Join(root, "src", "crypto", "internal", "fips140", "nistec")
	source, err := os.ReadFile(filepath.Join(dir, "p256.go"))
	if err != nil {
		return err
	}
	edited := strings.Replace(string(source), multiply, multiply+instead, 1)
	if edited == string(source) {
		return errors.New("build: crypto/internal/fips140/nistec has no ScalarBaseMult of P-256 to replace")
	}
	for name, content := range map[string]string{"p256.go": edited, "p256_table.go": table} {
		stand := p.cache("nistec_" + name)
		if err := os.WriteFile(stand, []byte(content), 0o644); err != nil {
			return err
		}
		replace[filepath.Join(dir, name)] = stand
	}
	return nil
}
