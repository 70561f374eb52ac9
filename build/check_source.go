package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// gofmt names the files that are not formatted.
func gofmt(ctx context.Context, p project) outcome {
	files, err := p.goFiles()
	if err != nil {
		return verdict("", err)
	}
	out, err := p.output(ctx, "gofmt", append([]string{"-l"}, files...)...)
	if err == nil && out != "" {
		err = errors.New("not formatted:\n" + out)
	}
	return verdict("", err)
}

// goFiles are the Go files of the checkout, relative to it.
func (p project) goFiles() ([]string, error) {
	var files []string
	err := filepath.WalkDir(string(p), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && slices.Contains([]string{"node_modules", "dist", ".git"}, e.Name()) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			rel, err := filepath.Rel(string(p), path)
			files = append(files, rel)
			return err
		}
		return nil
	})
	return files, err
}

func generatedDrift(ctx context.Context, p project) outcome {
	return verdict("", gen(ctx, p, []string{"-check"}))
}

// tidy shows what is wrong with go.mod; go.sum follows from it.
func tidy(ctx context.Context, p project) outcome {
	diff, err := p.output(ctx, "go", "mod", "tidy", "-diff")
	if err != nil {
		shown, _, _ := strings.Cut(diff, "diff current/go.sum")
		err = fmt.Errorf("put it right with: go mod tidy\n%s", shown)
	}
	return verdict("", err)
}

// vet also reads the files that are only built for the browser.
func vet(ctx context.Context, p project) outcome {
	native := p.single(ctx, "go", "vet", "./...")
	work, err := p.workspace(ctx)
	if err != nil {
		return native.and(verdict("", err))
	}
	c := p.command(ctx, "go", "vet", "./wasm", "./worker")
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK="+work)
	_, err = run(c)
	return native.and(verdict("", err))
}

// staticcheck is a tool of go.mod, so that its version is pinned there.
func staticcheck(ctx context.Context, p project) outcome {
	return p.single(ctx, "go", "tool", "staticcheck", "./...")
}

func biome(ctx context.Context, p project) outcome {
	bin := p.path("node_modules", "@biomejs", "biome", "bin", "biome")
	if out, err := p.output(ctx, "node", bin, "--version"); err != nil {
		return outcome{skipped: 1, notes: []string{"skipped: biome has no program for this machine in package-lock.json:\n" + out}}
	}
	return p.single(ctx, "node", bin, "check", "--error-on-warnings", "--colors=off", "--max-diagnostics=none")
}

// typeCheck runs once for each environment: a name of the page's world must not
// be used in the worker, and the other way round.
func typeCheck(ctx context.Context, p project) outcome {
	var sum outcome
	for _, config := range []string{"tsconfig.json", "tsconfig.worker.json", "tsconfig.test.json"} {
		sum = sum.and(p.single(ctx, "node", p.path("node_modules", "typescript", "bin", "tsc"), "--pretty", "false", "-p", config))
	}
	return sum
}

// single is the outcome of one program that is one test.
func (p project) single(ctx context.Context, name string, args ...string) outcome {
	_, err := p.output(ctx, name, args...)
	return verdict("", err)
}
