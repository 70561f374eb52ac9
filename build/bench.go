package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// bench builds a release, measures it, and prints every figure beside its
// budget. It fails when one is exceeded.
func bench(ctx context.Context, p project, _ []string) error {
	if err := errors.Join(p.dist(ctx, true), p.worker(ctx, p.path("dist", "worker"))); err != nil {
		return err
	}
	load := systemLoad()
	figures, err := p.sizes()
	if err != nil {
		return err
	}
	inBrowser, err := p.measurePage(ctx)
	if err != nil {
		fmt.Fprintf(os.Stderr, "not measured in a browser: %v\n", err)
	}
	maps.Copy(figures, inBrowser)
	atEdge, err := p.measureWorker(ctx)
	if err != nil {
		fmt.Fprintf(os.Stderr, "not measured in workerd: %v\n", err)
	}
	maps.Copy(figures, atEdge)
	exceeded := printTable(figures)
	if cores := runtime.NumCPU(); load > float64(cores)/2 {
		fmt.Printf("\nother programs keep this machine busy (load %.1f on %d cores): the times above are longer than they need be\n", load, cores)
	}
	native, err := p.measureGo(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("\nGo benchmarks, native\n%s", native)
	if exceeded > 0 {
		return fmt.Errorf("build: %d figures are over their budget", exceeded)
	}
	return nil
}

// systemLoad is how many programs wanted to run in the last minute, this one
// among them; 0 where the system does not tell.
func systemLoad() (load float64) {
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		_, _ = fmt.Sscan(string(text), &load)
	}
	return load
}

// printTable prints the figures that are there, and counts those over budget.
func printTable(figures map[string]float64) (exceeded int) {
	fmt.Printf("\n%-58s%18s%14s  %s\n", "", "figure", "budget", "verdict")
	for _, b := range budgets {
		figure, measured := figures[b.name]
		if !measured {
			fmt.Printf("%-58s%18s\n", b.what, "not measured")
			continue
		}
		limit, verdict := b.verdict(figure)
		if verdict == overBudget {
			exceeded++
			verdict += ": " + b.why
		}
		fmt.Printf("%-58s%18s%14s  %s\n", b.what, b.unit(figure), limit, verdict)
	}
	return exceeded
}

// measurePage runs web/test/bench.ts.
func (p project) measurePage(ctx context.Context) (map[string]float64, error) {
	scripts, err := p.bundleTests([]string{p.path("web", "test", "bench.ts")})
	if err != nil {
		return nil, err
	}
	chromium, err := p.chromium(ctx)
	if err != nil {
		return nil, err
	}
	address, stop, err := p.serveTests(new(refusals))
	if err != nil {
		return nil, err
	}
	defer stop()
	c := p.command(ctx, "node", append([]string{"--enable-source-maps"}, scripts...)...)
	c.Env = append(os.Environ(), "CERTLENS_URL="+address, "CHROMIUM="+chromium)
	out, err := run(c)
	if err != nil {
		return nil, err
	}
	return readFigures(out)
}

func readFigures(lines string) (map[string]float64, error) {
	figures := map[string]float64{}
	for line := range strings.Lines(lines) {
		var m struct {
			Name   string
			Figure float64
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			return nil, errors.Join(fmt.Errorf("build: bench: not a figure: %q", line), err)
		}
		figures[m.Name] = m.Figure
	}
	return figures, nil
}

// edgeFigures are the figures by the units in which the benchmark gives them.
var edgeFigures = map[string]string{
	"workerd/s_client": "edge", "ms/workerd": "edge-time", "ms-CPU/workerd": "edge-cpu",
}

// measureWorker runs the benchmark of the worker, which sets it beside openssl
// s_client.
func (p project) measureWorker(ctx context.Context) (map[string]float64, error) {
	out, err := p.output(ctx, "go", "test", "-run=^$", "-bench=^BenchmarkHandshake$/^ecdsa$", "-benchtime=30x", "./worker")
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(out)
	figures := map[string]float64{}
	for i, unit := range fields {
		if name, wanted := edgeFigures[unit]; wanted {
			if figures[name], err = strconv.ParseFloat(fields[i-1], 64); err != nil {
				return nil, err
			}
		}
	}
	return figures, nil
}

// benchmark matches what go test -bench says of a package, and of one benchmark:
// its name, rounds, and ns per round.
var benchmark = regexp.MustCompile(`(?m)^pkg: certlens/(\S+)|^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op`)

// measureGo runs the Go benchmarks of every room.
func (p project) measureGo(ctx context.Context) (string, error) {
	out, err := p.output(ctx, "go", "test", "-run=^$", "-bench=.", "-benchtime=300ms", "./...")
	if err != nil {
		return "", err
	}
	var table strings.Builder
	room := ""
	for _, m := range benchmark.FindAllStringSubmatch(out, -1) {
		if m[1] != "" {
			room = m[1]
			continue
		}
		nanoseconds, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&table, "%-58s%18s\n", room+" "+m[2], fmt.Sprintf("%.3f ms", nanoseconds/1e6))
	}
	return table.String(), nil
}
