// Command build makes everything that certlens is made of: go run ./build VERB.
// Each verb is one file, and the first lines of that file say what it does. All
// output goes to dist, which git ignores.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sort"
	"strings"
)

// A verb is one thing that the build program does.
type verb struct {
	does string
	run  func(ctx context.Context, p project, args []string) error
}

var verbs = map[string]verb{
	"bench":   {"measures every budget in Chromium and prints the table", bench},
	"check":   {"runs every check; -long also fuzzes and reads big inputs", check},
	"compare": {"sets the element beside another viewer, and prints the table of docs/embedding.md", compare},
	"deploy":  {"makes everything and deploys it to Cloudflare, with the arguments of wrangler", deploy},
	"dev":     {"serves the page and rebuilds it when a file changes", dev},
	"dist":    {"makes dist/web and dist/certlens.html; -fast compresses nothing", dist},
	"gen":     {"writes the generated files; -check only compares", gen},
	"npm":     {"makes dist/npm, the package for bundlers and Node", npm},
	"onefile": {"makes dist/certlens.html, everything in one file", onefile},
	"start":   {"makes dist/web and serves it on 127.0.0.1", start},
	"worker":  {"makes dist/worker, the edge program; -o names another folder", worker},
}

func main() {
	if len(os.Args) < 2 || verbs[os.Args[1]].run == nil {
		fmt.Fprint(os.Stderr, usage())
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	p, err := findProject()
	if err == nil {
		err = verbs[os.Args[1]].run(ctx, p, os.Args[2:])
	}
	if err != nil && !errors.Is(err, errFailed) {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil {
		os.Exit(1)
	}
}

func usage() string {
	var b strings.Builder
	b.WriteString("usage: go run ./build VERB\n\n")
	names := make([]string, 0, len(verbs))
	for name := range verbs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, "  %-9s%s\n", name, verbs[name].does)
	}
	return b.String()
}
