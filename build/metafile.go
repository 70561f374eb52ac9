package main

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// readEntries takes from esbuild's metafile which output each entry became, and
// which outputs are imported by others.
func (b *bundle) readEntries(p project, o api.BuildOptions, metafile string) error {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string `json:"entryPoint"`
			Imports    []struct{ Path, Kind string }
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return err
	}
	imported := map[string]bool{}
	for out, m := range meta.Outputs {
		if entry, isEntry := strings.CutPrefix(m.EntryPoint, "web/"); isEntry {
			b.entries[entry] = p.inOutput(o, out)
		}
		for _, i := range m.Imports {
			if i.Kind == "import-statement" {
				imported[p.inOutput(o, i.Path)] = true
			}
		}
	}
	b.imported = slices.Sorted(maps.Keys(imported))
	return nil
}

// inOutput is the path below the output directory of a path of the metafile,
// which is below the root of the checkout.
func (p project) inOutput(o api.BuildOptions, path string) string {
	rel, err := filepath.Rel(o.Outdir, p.path(filepath.FromSlash(path)))
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}
