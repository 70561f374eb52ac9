package main

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// readEntries takes from esbuild's metafile which output each entry became.
func (b *bundle) readEntries(p project, o api.BuildOptions, metafile string) error {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string `json:"entryPoint"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return err
	}
	for out, m := range meta.Outputs {
		entry, isEntry := strings.CutPrefix(m.EntryPoint, "web/")
		if !isEntry {
			continue
		}
		rel, err := filepath.Rel(o.Outdir, p.path(filepath.FromSlash(out)))
		if err != nil {
			return err
		}
		b.entries[entry] = filepath.ToSlash(rel)
	}
	return nil
}
