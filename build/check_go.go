package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// A testEvent is one line of go test -json (go doc test2json).
type testEvent struct {
	Action, Package, Test, Output string
	ImportPath, FailedBuild       string
}

// goTest runs the Go tests. -short leaves out what takes long: big inputs, and
// comparisons over thousands of certificates.
func goTest(ctx context.Context, p project) outcome {
	args := []string{"test", "-json", "-vet=off"}
	if !isLong(ctx) {
		args = append(args, "-short")
	}
	c := p.command(ctx, "go", append(args, "./...")...)
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	runErr := c.Run()
	o := readTests(&out)
	if runErr != nil && o.failed == 0 {
		o.failed, o.output = 1, errs.String()+runErr.Error()
	}
	return o
}

// readTests counts tests, keeps what the failed ones said, and for the skipped
// ones the reason.
func readTests(stream *bytes.Buffer) outcome {
	r := testReader{said: map[string]*strings.Builder{}, broken: map[string]bool{}}
	lines := bufio.NewScanner(stream)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e testEvent
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			r.output += lines.Text() + "\n"
			continue
		}
		r.add(e)
	}
	sort.Strings(r.notes)
	return r.outcome
}

// A testReader collects the outcome, event by event.
type testReader struct {
	outcome
	// said holds what each test printed so far.
	said map[string]*strings.Builder
	// broken holds the packages of which a test failed.
	broken map[string]bool
}

func (r *testReader) add(e testEvent) {
	id := strings.TrimPrefix(e.Package+e.ImportPath, "certlens/") + " " + e.Test
	if r.said[id] == nil {
		r.said[id] = &strings.Builder{}
	}
	words := r.said[id]
	switch {
	case e.Action == "output" || e.Action == "build-output":
		words.WriteString(e.Output)
	case e.Action == "pass" && e.Test != "":
		r.passed++
	case e.Action == "skip" && e.Test != "":
		r.skipped++
		r.notes = append(r.notes, fmt.Sprintf("skipped: %s: %s", id, reason(words.String())))
	case e.Action == "fail" || e.Action == "build-fail":
		r.output += words.String()
		// A package fails with its tests or its build, which are counted, or
		// else by itself, as after a time limit.
		if e.Test != "" || e.Action == "build-fail" || e.FailedBuild == "" && !r.broken[e.Package] {
			r.failed++
			r.broken[e.Package] = true
		}
	}
}

// frame matches the lines of a test's output that are not the test's own words.
var frame = regexp.MustCompile(`(?m)^\s*(=== |--- ).*\n|^\s*\S+_test\.go:\d+: `)

func reason(output string) string {
	return strings.TrimSpace(frame.ReplaceAllString(output, ""))
}

// fuzzTime is how long each fuzz target runs.
const fuzzTime = "10m"

// fuzz runs every fuzz target of every package, one after another: a target
// uses all cores. Minimising what is merely interesting is cut short, for it
// would take most of the time.
func fuzz(ctx context.Context, p project) outcome {
	targets, err := p.fuzzTargets(ctx)
	if err != nil {
		return verdict("", err)
	}
	var sum outcome
	for _, t := range targets {
		fmt.Printf("   %s %s for %s\n", t[0], t[1], fuzzTime)
		sum = sum.and(p.single(ctx, "go", "test", "-run=^$", "-fuzz=^"+t[1]+"$", "-fuzztime="+fuzzTime, "-fuzzminimizetime=10x", t[0]))
	}
	return sum
}

// fuzzTargets gives package and name of each target.
func (p project) fuzzTargets(ctx context.Context) ([][2]string, error) {
	out, err := p.output(ctx, "go", "test", "-json", "-list=^Fuzz", "./...")
	if err != nil {
		return nil, err
	}
	var targets [][2]string
	for line := range strings.SplitSeq(out, "\n") {
		var e testEvent
		if json.Unmarshal([]byte(line), &e) == nil && strings.HasPrefix(e.Output, "Fuzz") {
			targets = append(targets, [2]string{e.Package, strings.TrimSpace(e.Output)})
		}
	}
	return targets, nil
}
