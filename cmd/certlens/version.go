package main

import (
	"fmt"
	"runtime/debug"
)

// version prints the version that the Go toolchain recorded, and the linter's.
func version(_ []string, t terminal) int {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintln(t.out, "certlens, version unknown")
		return statusFine
	}
	fmt.Fprintf(t.out, "certlens %s, %s\n", info.Main.Version, info.GoVersion)
	for _, dependency := range info.Deps {
		if dependency.Path == "github.com/zmap/zlint/v3" {
			fmt.Fprintf(t.out, "zlint %s\n", dependency.Version)
		}
	}
	return statusFine
}

// ownVersion is the version that the worker tells.
func ownVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}
