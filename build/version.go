package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// An identity says what was built: the page shows it, and certlens version
// prints it. Two builds of one commit by one release of Go have the same.
type identity struct {
	// Version is that of package.json.
	Version string `json:"version"`
	// Commit is git's name for the source, with "+changes" when files differ from
	// it, or "unknown" outside of a checkout.
	Commit string `json:"commit"`
	// Build is the SHA-256 of the lines "path sha256" of the files of dist/web, in
	// the order of their paths, without the files in carriers and compressed copies.
	Build string `json:"build"`
}

// carriers are the files that hold the identity, or are made of those that do.
var carriers = []string{"certlens.html", "index.html", "sw.js", "version.json"}

// identify says what files are.
func (p project) identify(ctx context.Context, files []file) (identity, error) {
	version, err := p.version()
	return identity{version, p.commit(ctx), fingerprint(files)}, err
}

// commit asks git. What git ignores is not part of a build.
func (p project) commit(ctx context.Context) string {
	// A copy inside of another checkout has no commit of its own.
	prefix, err := p.output(ctx, "git", "rev-parse", "--show-prefix")
	if err != nil || prefix != "" {
		return "unknown"
	}
	commit, err := p.output(ctx, "git", "rev-parse", "HEAD")
	if err != nil {
		return "unknown"
	}
	changes, err := p.output(ctx, "git", "status", "--porcelain")
	if err != nil {
		return "unknown"
	}
	if changes != "" {
		commit += "+changes"
	}
	return commit
}

// fingerprint is the hash of a build.
func fingerprint(files []file) string {
	var lines []string
	for _, f := range files {
		if !slices.Contains(carriers, f.path) {
			lines = append(lines, fmt.Sprintf("%s %s\n", f.path, hash(f.data)))
		}
	}
	slices.Sort(lines)
	return hash([]byte(strings.Join(lines, "")))
}

// marks are what stands in the page for the identity.
func (i identity) marks() []string {
	return []string{
		"{version}", i.Version,
		"{commit}", i.Commit, "{commit-short}", i.shortCommit(),
		"{build}", i.Build, "{build-short}", i.Build[:8],
	}
}

func (i identity) shortCommit() string {
	commit, changes, changed := strings.Cut(i.Commit, "+")
	if len(commit) == 40 || len(commit) == 64 {
		commit = commit[:8]
	}
	if changed {
		commit += "+" + changes
	}
	return commit
}

func (i identity) file() (file, error) {
	data, err := json.MarshalIndent(i, "", "  ")
	return file{"version.json", append(data, '\n')}, err
}
