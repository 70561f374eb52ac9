package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestFingerprint(t *testing.T) {
	files := []file{{"index.html", []byte("page")}, {"assets/b.js", []byte("b")}, {"assets/a.js", []byte("a")}}
	// printf 'assets/a.js %s\nassets/b.js %s\n' $(printf a | sha256sum | cut -c-64) $(printf b | sha256sum | cut -c-64) | sha256sum
	const want = "f592f7b102fe0782492f1acba4651253af42139d45497dbbb2ccd72407e489dd"
	if got := fingerprint(files); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	slices.Reverse(files)
	files[2].data = []byte("another page, which holds the fingerprint")
	if got := fingerprint(files); got != want {
		t.Errorf("in another order: got %s, want %s", got, want)
	}
	files[0].data = []byte("A")
	if got := fingerprint(files); got == want {
		t.Error("another file gives the same")
	}
}

func TestShortCommit(t *testing.T) {
	long := strings.Repeat("0123456789", 4)
	for commit, want := range map[string]string{long: "01234567", long + "+changes": "01234567+changes", "unknown": "unknown"} {
		if got := (identity{Commit: commit}).shortCommit(); got != want {
			t.Errorf("%s: got %s, want %s", commit, got, want)
		}
	}
}

// Two builds of one source, in folders of other names and with other caches, give
// the same bytes. One of them compiles everything, which takes minutes; the
// compressors are not part of it, which are deterministic and need a minute more.
func TestBuildsAreReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles everything anew: npm run test:long")
	}
	source, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(source.path("node_modules", "lit")); err != nil {
		t.Skip("the packages of package-lock.json are not installed: npm ci")
	}
	one := buildCopy(t, source, filepath.Join(t.TempDir(), "a"))
	t.Setenv("GOCACHE", t.TempDir())
	two := buildCopy(t, source, filepath.Join(t.TempDir(), "a longer name", "b"))
	if len(one) != len(two) || len(one) < 10 {
		t.Fatalf("%d files and %d files", len(one), len(two))
	}
	for i := range one {
		if one[i].path != two[i].path || hash(one[i].data) != hash(two[i].data) {
			t.Errorf("%s (%s) and %s (%s) differ", one[i].path, hash(one[i].data), two[i].path, hash(two[i].data))
		}
	}
}

// buildCopy copies the sources to a folder, and builds there.
func buildCopy(t *testing.T, source project, to string) []file {
	for _, name := range []string{"lit", "lit-element", "lit-html", "@lit", "@types"} {
		if err := os.CopyFS(filepath.Join(to, "node_modules", name), os.DirFS(source.path("node_modules", name))); err != nil {
			t.Fatal(err)
		}
	}
	err := filepath.WalkDir(string(source), func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			if slices.Contains([]string{"dist", "node_modules", ".git"}, e.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(string(source), name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := project(to).files(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
