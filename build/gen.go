package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gzuidhof/tygo/tygo"
	"github.com/invopop/jsonschema"

	"certlens/internal/report"
)

// A generated file is one that gen writes and that is committed, so that a
// reader of the source sees it and a drift from its origin fails the checks.
type generated struct {
	path string
	make func(p project) ([]byte, error)
}

var generatedFiles = []generated{
	{"web/src/engine/report.gen.ts", typeScript},
	{"docs/report.schema.json", schema},
	{"docs/embedding.md", embedding},
	{"wasm/warm.pem", warmPEM},
}

// gen writes the files that are made from the contract (internal/report) and from
// the comments of the elements, and the chain of the warm-up.
func gen(_ context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("gen", flag.ExitOnError)
	check := flags.Bool("check", false, "write nothing; fail when a file is not what would be written")
	if err := flags.Parse(args); err != nil {
		return err
	}
	// Both generators look for packages from the working directory.
	if err := os.Chdir(string(p)); err != nil {
		return err
	}
	var stale []string
	for _, g := range generatedFiles {
		want, err := g.make(p)
		if err != nil {
			return fmt.Errorf("build: %s: %w", g.path, err)
		}
		have, _ := os.ReadFile(p.path(g.path))
		if bytes.Equal(have, want) {
			continue
		}
		stale = append(stale, g.path)
		if !*check {
			if err := write(p.path(g.path), want); err != nil {
				return err
			}
		}
	}
	return reportStale(stale, *check)
}

func reportStale(stale []string, check bool) error {
	if check && stale != nil {
		return fmt.Errorf("build: not what their source gives: %s\nwrite them with: go run ./build gen", strings.Join(stale, ", "))
	}
	for _, path := range stale {
		fmt.Println("wrote", path)
	}
	return nil
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// typeScript gives the contract as TypeScript types, comments included.
func typeScript(p project) ([]byte, error) {
	out := p.cache("report.gen.ts")
	err := tygo.New(&tygo.Config{Packages: []*tygo.PackageConfig{{
		Path:       "certlens/internal/report",
		OutputPath: out,
		Indent:     "\t",
	}}}).Generate()
	if err != nil {
		return nil, err
	}
	source, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	values, err := readEnums(p.path("internal", "report"))
	return []byte(values.typeScript(string(source))), err
}

// schema gives the contract as a JSON Schema, comments included. It allows
// fields that it does not name: the contract may grow without a new version.
func schema(p project) ([]byte, error) {
	values, err := readEnums(p.path("internal", "report"))
	if err != nil {
		return nil, err
	}
	r := &jsonschema.Reflector{Mapper: values.schema, AllowAdditionalProperties: true}
	if err := r.AddGoComments("certlens", "./internal/report"); err != nil {
		return nil, err
	}
	s := r.Reflect(&report.Report{})
	s.Title = "certlens report, version " + report.Version
	data, err := json.MarshalIndent(s, "", "  ")
	return append(data, '\n'), err
}
