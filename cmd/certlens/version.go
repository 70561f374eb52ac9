package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"certlens"
)

// version prints the version, and what this program was made of, as far as the Go
// toolchain recorded it.
func version(_ []string, t terminal) int {
	info, _ := debug.ReadBuildInfo()
	writeVersion(t.out, certlens.Version(), info, certlens.PageIdentity())
	return statusFine
}

func writeVersion(w io.Writer, own string, info *debug.BuildInfo, page certlens.Identity) {
	fmt.Fprintf(w, "certlens %s%s\n", own, commit(info))
	if page.Build != "" {
		fmt.Fprintf(w, "page %s, commit %s, build %s\n", page.Version, page.Commit, page.Build)
	}
	if info == nil {
		return
	}
	fmt.Fprintln(w, info.GoVersion)
	for _, dependency := range info.Deps {
		if dependency.Path == "github.com/zmap/zlint/v3" {
			fmt.Fprintf(w, "zlint %s\n", dependency.Version)
		}
	}
}

// commit says of which commit a program was made; empty when it was made outside
// of a checkout.
func commit(info *debug.BuildInfo) string {
	if info == nil {
		return ""
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision := settings["vcs.revision"]
	if revision == "" {
		return ""
	}
	if settings["vcs.modified"] == "true" {
		revision += "+changes"
	}
	return ", commit " + revision
}
