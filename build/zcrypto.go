package main

// The newest zcrypto does not compile for js: its x509/root_unix.go is built
// there and names certFiles and certDirectories, which no file declares for
// that platform. A copy of the module with those two declarations added, and
// the edits of zcrypto_edits.go, stands in for it, through a workspace that only
// the WebAssembly builds use. Every other build takes the module as it is.

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const zcrypto = "github.com/zmap/zcrypto"

// A browser has no file system, so there are no places to look for roots.
const rootJS = `package x509

var certFiles, certDirectories []string
`

// edition changes when the copy does, so that an older one is not used.
const edition = "5"

// workspace makes the workspace, unless it is there already, and gives the path
// of its go.work file.
func (p project) workspace(ctx context.Context) (string, error) {
	out, err := p.output(ctx, "go", "mod", "download", "-json", zcrypto)
	if err != nil {
		return "", err
	}
	var module struct{ Dir, Version string }
	if err := json.Unmarshal([]byte(out), &module); err != nil {
		return "", err
	}
	copied := p.cache("zcrypto-" + module.Version + "-" + edition)
	if _, err := os.Stat(copied); err != nil {
		if err := copyModule(module.Dir, copied); err != nil {
			return "", err
		}
	}
	return p.writeWorkFile(ctx, copied)
}

// copyModule copies what a build needs, and adds the missing file. It works in
// a second directory that is renamed at the end: a copy is whole or absent.
func copyModule(from, to string) error {
	part := fmt.Sprintf("%s.part%d", to, os.Getpid())
	defer os.RemoveAll(part)
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(part, rel), 0o755)
		}
		if strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if data, err = edit(filepath.ToSlash(rel), data); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(part, rel), data, 0o644)
	})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(part, "x509", "root_js.go"), []byte(rootJS), 0o644); err != nil {
		return err
	}
	return os.Rename(part, to)
}

func (p project) writeWorkFile(ctx context.Context, copied string) (string, error) {
	goVersion, err := p.output(ctx, "go", "list", "-m", "-f", "{{.GoVersion}}")
	if err != nil {
		return "", err
	}
	standIn, err := p.standInTOML()
	if err != nil {
		return "", err
	}
	// The program names what was replaced, and by what: no path of this machine.
	text := fmt.Sprintf("go %s\n\nuse ../..\n\nreplace %s => ./%s\n\nreplace %s => ./%s\n",
		goVersion, zcrypto, filepath.Base(copied), toml, standIn)
	file := p.cache("go.work")
	if have, err := os.ReadFile(file); err == nil && string(have) == text {
		return file, nil
	}
	return file, os.WriteFile(file, []byte(text), 0o644)
}
