package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A checked is one kind of check, with what it costs to leave it out.
type checked struct {
	name string
	// why says what a failure means for people who use or change certlens.
	why string
	run func(ctx context.Context, p project) outcome
	// long is true for a check that takes more than a minute or two.
	long bool
}

// checks are all checks in the order in which they run: what fails fast first.
//
// govulncheck is not among them: it needs a database from the network, and the
// checks must give the same answer without one.
var checks = []checked{
	{"gofmt", "Go files are formatted", gofmt, false},
	{"biome", "TypeScript and CSS are formatted and free of what the linter knows", biome, false},
	{"tsc", "TypeScript is sound, for the page, the worker and the tests", typeCheck, false},
	{"gen", "generated files are what their source gives", generatedDrift, false},
	{"tidy", "go.mod names what is used, and nothing else", tidy, false},
	{"vet", "go vet finds nothing", vet, false},
	{"staticcheck", "staticcheck finds nothing", staticcheck, false},
	{"go", "the Go tests pass", goTest, false},
	{"dist", "everything builds, within its size", distCheck, false},
	{"binary", "one binary is all that is needed", binaryTest, false},
	{"browser", "the page works in a real browser", browserTest, false},
	{"package", "the npm package works in sites of every kind, and in Node", packageTest, false},
	{"firefox", "the page works in a browser of another kind", firefoxTest, false},
	{"fuzz", "every fuzz target survives ten minutes", fuzz, true},
}

// An outcome is what came of a check: how many tests passed, failed and were
// skipped, and the words to show.
type outcome struct {
	passed, failed, skipped int
	// output is shown whole when something failed.
	output string
	// notes are shown always: the names of skipped tests with the reason.
	notes []string
}

// check runs the checks that args name, or all.
func check(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("check", flag.ExitOnError)
	long := flags.Bool("long", false, "also run what takes long: fuzzing, big inputs")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(flags.Args(), *long)
	if err != nil {
		return err
	}
	if err := p.installPackages(ctx); err != nil {
		return err
	}
	ctx = context.WithValue(ctx, longKey{}, *long)
	var sum outcome
	for _, c := range chosen {
		fmt.Printf("\n== %s: %s\n", c.name, c.why)
		begin := time.Now()
		o := c.run(ctx, p)
		o.print(time.Since(begin))
		sum.passed, sum.failed, sum.skipped = sum.passed+o.passed, sum.failed+o.failed, sum.skipped+o.skipped
	}
	fmt.Printf("\n%d passed, %d failed, %d skipped\n", sum.passed, sum.failed, sum.skipped)
	if sum.failed > 0 {
		return errFailed
	}
	return nil
}

// errFailed needs no more words: the checks have said them.
var errFailed = errors.New("build: not every check passed")

// longKey marks a context in which tests may take long.
type longKey struct{}

func isLong(ctx context.Context) bool { return ctx.Value(longKey{}) == true }

func choose(names []string, long bool) ([]checked, error) {
	var chosen []checked
	for _, c := range checks {
		if slices.Contains(names, c.name) || len(names) == 0 && (long || !c.long) {
			chosen = append(chosen, c)
		}
	}
	if len(names) > 0 && len(chosen) != len(names) {
		return nil, fmt.Errorf("build: check: one of %q is not a check", names)
	}
	return chosen, nil
}

func (o outcome) print(took time.Duration) {
	for _, note := range o.notes {
		fmt.Println("   " + strings.ReplaceAll(strings.TrimSpace(note), "\n", "\n   "))
	}
	word := "ok"
	if o.failed > 0 {
		word = "FAILED"
		fmt.Println(strings.TrimRight(o.output, "\n"))
	}
	fmt.Printf("   %s: %d passed, %d failed, %d skipped, %.1f s\n", word, o.passed, o.failed, o.skipped, took.Seconds())
}

// verdict is the outcome of a check that is a single test.
func verdict(output string, err error) outcome {
	if err != nil {
		return outcome{failed: 1, output: strings.TrimSpace(output + "\n" + err.Error())}
	}
	return outcome{passed: 1}
}

// and adds another outcome.
func (o outcome) and(other outcome) outcome {
	o.passed += other.passed
	o.failed += other.failed
	o.skipped += other.skipped
	o.output = strings.TrimSpace(o.output + "\n" + other.output)
	o.notes = append(o.notes, other.notes...)
	return o
}
