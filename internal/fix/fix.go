// Package fix is the catalogue of what to do about a failure, as data: what each
// failure means, what can be behind it, and how it is put right on each platform.
//
// House rules:
//
//   - A procedure is written once for a platform ("trust a CA in Java"); failures
//     refer to what has to be done (see failures), never to a platform.
//   - No fix switches verification off.
//   - What comes from a paste is quoted for the shell, or left out: see Values.
//   - The tables are text, and nothing of them is read before it is needed.
package fix

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"certlens/internal/report"
)

// A Question is what fixes are asked for.
type Question struct {
	// Classes are the failures, the main one first, and then those that the
	// evidence leaves possible.
	Classes []report.Class
	// Programs are those that the paste names, as in ErrorText.Client; their
	// fixes come first.
	Programs []string
	// Task is what one text needs rather than its class; empty for none.
	Task string
	Values
}

// A task is something that has to be done, on whichever platform: "trust".
type task struct {
	name     string
	audience string // "server", "client" or "ca"
	// title is an instruction; {name} stands for the platform, as in "with nginx".
	title string
	risk  string
	why   string
}

// A procedure is how a task is done on one platform. It has no platform when it
// holds for all.
type procedure struct {
	task     *task
	platform string
	// programs are other programs for which the same is to be done.
	programs []string
	name     string
	blocks   []string // lines for a shell begin with "$ "
	note     string
}

// For gives the fixes for some failures. Of those that are equally close to the
// main failure, the ones that hold for all platforms come first, then those for
// the programs that the paste names, then all others.
func For(q Question) []report.Fix {
	type ranked struct {
		report.Fix
		tier int
	}
	var list []ranked
	var done []string
	values := q.Values.filler()
	names := []string{q.Task}
	for _, class := range q.Classes {
		names = append(names, tasksOf(class)...)
	}
	isLocal := q.isLocal()
	for _, name := range names {
		if slices.Contains(done, name) {
			continue
		}
		done = append(done, name)
		for i := range catalogue().procedures {
			p := &catalogue().procedures[i]
			if p.task.name != name || isLocal && p.platform == "certbot" {
				continue
			}
			tier := p.tier(q.Programs)
			if isLocal && p.platform == "private-ca" {
				tier = 0
			}
			list = append(list, ranked{p.fix(values), tier})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.tier, b.tier) })
	fixes := make([]report.Fix, 0, len(list))
	for _, r := range list {
		fixes = append(fixes, r.Fix)
	}
	return fixes
}

// tier is 0 for a procedure that is for everybody or for a program that is named,
// and 1 for any other.
func (p *procedure) tier(programs []string) int {
	isNamed := func(program string) bool { return p.platform == program || slices.Contains(p.programs, program) }
	if p.platform == "" || slices.ContainsFunc(programs, isNamed) {
		return 0
	}
	return 1
}

func (p *procedure) fix(values filler) report.Fix {
	f := report.Fix{
		ID: p.task.audience + "-" + p.task.name, Audience: p.task.audience, Platform: p.platform, Risk: p.task.risk,
		Title:       strings.TrimSpace(strings.ReplaceAll(p.task.title, "{name}", " "+p.name)),
		Explanation: strings.TrimSpace(p.task.why + " " + p.note),
	}
	if p.platform != "" {
		f.ID += "-" + p.platform
	}
	for _, block := range p.blocks {
		f.Commands = append(f.Commands, values.fill(block))
	}
	return f
}

// A tables is the catalogue, read.
type tables struct {
	procedures []procedure
	failures   map[report.Class]*failure
	order      []report.Class
}

// catalogue reads the tables, once.
var catalogue = sync.OnceValue(func() *tables {
	t := &tables{failures: map[report.Class]*failure{}}
	t.readProcedures()
	t.readFailures()
	return t
})

// readProcedures reads the table of procedures. A line that begins with "@"
// begins a task: name ¦ audience ¦ title ¦ why ¦ risk. Others are procedures:
// platform and programs ¦ name ¦ blocks ¦ note. Blocks are separated by " ;; ",
// and their lines by " ↵ ".
func (t *tables) readProcedures() {
	var current *task
	for line := range strings.Lines(procedures) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		head, isTask := strings.CutPrefix(line, "@")
		column := columns(head)
		if isTask {
			current = &task{column(), column(), column(), "", ""}
			current.why, current.risk = column(), column()
			continue
		}
		programs := strings.Fields(column())
		p := procedure{task: current, name: column()}
		if programs[0] != "-" {
			p.platform, p.programs = programs[0], programs[1:]
		}
		if blocks := column(); blocks != "" {
			p.blocks = strings.Split(strings.ReplaceAll(blocks, " ↵ ", "\n"), " ;; ")
		}
		p.note = column()
		t.procedures = append(t.procedures, p)
	}
}

// columns gives the columns of a line, one after another, and then empty ones.
func columns(line string) func() string {
	return func() string {
		column, rest, _ := strings.Cut(line, "¦")
		line = rest
		return strings.TrimSpace(column)
	}
}
