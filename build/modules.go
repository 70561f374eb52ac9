package main

// The WebAssembly program is built from copies of some modules, with the edits
// of edits.go, through a workspace that only that build uses. Every other build
// takes the modules as they are.
//
// One edit is needed: the newest zcrypto does not compile for js. Its
// x509/root_unix.go is built there and names certFiles and certDirectories,
// which no file declares for that platform. The copy has a file that does.

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

const (
	zcrypto      = "github.com/zmap/zcrypto"
	zlint        = "github.com/zmap/zlint/v3"
	publicSuffix = "github.com/weppos/publicsuffix-go"
)

// A browser has no file system, so there are no places to look for roots.
const rootJS = `package x509

var certFiles, certDirectories []string
`

// added are files that a copy has and its module has not.
var added = map[string]map[string]string{
	zcrypto: {"x509/root_js.go": rootJS},
}

//go:embed edits.go edits_asn1.go edits_suffix.go edits_zcrypto.go edits_zlint.go
var editsSource embed.FS

// workspace makes the workspace, unless it is there already, and gives the path
// of its go.work file.
func (p project) workspace(ctx context.Context) (string, error) {
	goVersion, err := p.output(ctx, "go", "list", "-m", "-f", "{{.GoVersion}}")
	if err != nil {
		return "", err
	}
	modules := []string{zcrypto, zlint, publicSuffix}
	if _, err := p.output(ctx, "go", append([]string{"mod", "download"}, modules...)...); err != nil {
		return "", err
	}
	text := fmt.Sprintf("go %s\n\nuse ../..\n", goVersion)
	for _, module := range modules {
		copied, err := p.copied(ctx, module)
		if err != nil {
			return "", err
		}
		text += replaceLine(module, copied)
	}
	standIn, err := p.standInTOML()
	if err != nil {
		return "", err
	}
	text += replaceLine(toml, standIn)
	file := p.cache("go.work")
	if have, err := os.ReadFile(file); err == nil && string(have) == text {
		return file, nil
	}
	return file, os.WriteFile(file, []byte(text), 0o644)
}

// The program names what was replaced, and by what: no path of this machine.
func replaceLine(module, dir string) string {
	return fmt.Sprintf("\nreplace %s => ./%s\n", module, dir)
}

// copied makes the copy of a module, unless it is there already, and gives the
// name of its directory beside go.work. Another edit gives it another name.
func (p project) copied(ctx context.Context, module string) (string, error) {
	out, err := p.output(ctx, "go", "list", "-m", "-json", module)
	if err != nil {
		return "", err
	}
	var about struct {
		Dir, Version string
		Replace      *struct{ Version string }
	}
	if err := json.Unmarshal([]byte(out), &about); err != nil {
		return "", err
	}
	if about.Replace != nil {
		about.Version = about.Replace.Version
	}
	edition, err := edition()
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%s-%s-%s", path.Base(strings.TrimSuffix(module, "/v3")), about.Version, edition)
	if _, err := os.Stat(p.cache(name)); err == nil {
		return name, nil
	}
	return name, copyModule(module, about.Dir, p.cache(name))
}

// edition changes when an edit does, so that an older copy is not used.
func edition() (string, error) {
	hash := sha256.New()
	err := fs.WalkDir(editsSource, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := editsSource.ReadFile(name)
		hash.Write(data)
		return err
	})
	return fmt.Sprintf("%.4x", hash.Sum(nil)), err
}

// copyModule copies what a build needs, edits it, and adds what is missing. It
// works in a second directory that is renamed at the end: a copy is whole or
// absent.
func copyModule(module, from, to string) error {
	part := fmt.Sprintf("%s.part%d", to, os.Getpid())
	defer os.RemoveAll(part)
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == "testdata" {
			return fs.SkipDir
		}
		if err != nil || e.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if data, err = edit(module, filepath.ToSlash(rel), data); err != nil {
			return err
		}
		return write(filepath.Join(part, rel), data)
	})
	if err != nil {
		return err
	}
	for name, text := range added[module] {
		if err := write(filepath.Join(part, filepath.FromSlash(name)), []byte(text)); err != nil {
			return err
		}
	}
	return os.Rename(part, to)
}
