package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"certlens/internal/intake"
	"certlens/internal/report"
)

// How many causes and fixes a report shows; --all shows all.
const (
	mostCauses = 5
	mostFixes  = 4
)

// most is how many of a list are shown.
func (p *printer) most(length, few int) int {
	if p.all {
		return length
	}
	return min(length, few)
}

// rest counts what is not shown.
func (p *printer) rest(n int, what string) {
	if n > 0 {
		p.line("  %s", p.paint(dim, fmt.Sprintf("and %d more%s (--all shows them)", n, what)))
	}
}

// maxNaming is how much of a source is looked through for names of programs.
const maxNaming = 64 << 10

// named are the words of the sources, lower case.
func named(sources []intake.Source) []string {
	var words []string
	for _, s := range sources {
		text := strings.ToLower(string(s.Data[:min(len(s.Data), maxNaming)]))
		words = append(words, strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })...)
	}
	return words
}

// alternatives lists what the evidence leaves possible.
func (p *printer) alternatives() {
	if p.Diagnosis != nil && len(p.Diagnosis.Alternatives) > 0 {
		p.heading("Possible causes, the likeliest first")
		p.causes(p.Diagnosis.Alternatives)
	}
}

// causes shows the first few, and each command once.
func (p *printer) causes(list []report.Alternative) {
	most := p.most(len(list), mostCauses)
	first := map[string]int{}
	for i, a := range list[:most] {
		p.prose(2, fmt.Sprintf("%d. %s", i+1, a.Summary))
		if a.Decide != "" {
			p.prose(5, a.Decide)
		}
		if before, isSaid := first[a.Command]; isSaid && a.Command != "" {
			p.prose(5, fmt.Sprintf("The same command decides as for %d.", before))
			continue
		}
		first[a.Command] = i + 1
		p.commands(5, a.Command)
	}
	p.rest(len(list)-most, " causes")
}

// fixes shows the first few, and says how many more there are.
func (p *printer) fixes(list []report.Fix) {
	if len(list) == 0 {
		return
	}
	list = p.namedFirst(list)
	most := p.most(len(list), mostFixes)
	p.heading("What to do")
	said := map[string]bool{}
	for _, f := range list[:most] {
		p.line("  %s", p.paint(bold, printable(f.Title)))
		p.once(said, "", f.Explanation)
		p.once(said, "Note: ", f.Risk)
		p.commands(4, f.Commands...)
	}
	p.rest(len(list)-most, ", for other programs and systems")
}

// namedFirst puts what a program that the input names has to do before what
// others have to, as far as it is the first thing to do.
func (p *printer) namedFirst(list []report.Fix) []report.Fix {
	task := strings.TrimSuffix(list[0].ID, "-"+list[0].Platform)
	isNamed := func(f report.Fix) bool {
		return strings.HasPrefix(f.ID, task+"-") && slices.Contains(p.named, f.Platform)
	}
	var first, others []report.Fix
	for i, f := range list {
		if isNamed(f) || i == 0 && f.Platform == "" {
			first = append(first, f)
		} else {
			others = append(others, f)
		}
	}
	return append(first, others...)
}

// once writes the sentences that were not said before: what is to be done is
// explained alike for every platform.
func (p *printer) once(said map[string]bool, prefix, text string) {
	var fresh []string
	for sentence := range strings.SplitSeq(text, ". ") {
		sentence = strings.TrimSuffix(sentence, ".")
		if sentence != "" && !said[sentence] {
			fresh = append(fresh, sentence+".")
		}
		said[sentence] = true
	}
	if len(fresh) > 0 {
		p.prose(4, prefix+strings.Join(fresh, " "))
	}
}

// commands are printed as they are, to be copied.
func (p *printer) commands(indent int, blocks ...string) {
	margin := strings.Repeat(" ", indent)
	for _, block := range blocks {
		for line := range strings.Lines(block) {
			p.line("%s%s", margin, p.paint(blue, printable(strings.TrimSuffix(line, "\n"))))
		}
	}
}

// errors lists the error texts that were found, with what they prove.
func (p *printer) errors() {
	if len(p.Errors) == 0 {
		return
	}
	most := p.most(len(p.Errors), 10)
	p.heading("Error texts")
	for _, e := range p.Errors[:most] {
		times := ""
		if e.Count > 1 {
			times = fmt.Sprintf(", %d times", e.Count)
		}
		who := strings.Join(append(append([]string{}, e.Wrappers...), e.Client), ", ")
		p.line("  line %d%s, %s: %s", e.Where.Line, times, who, p.paint(bold, cmp.Or(strings.Join(e.Keys[:min(1, len(e.Keys))], ""), string(e.Class))))
		p.said(4, e.Text)
		p.prose(4, strings.TrimSpace(e.Proves+" "+e.LeavesOpen))
	}
	p.rest(len(p.Errors)-most, "")
}
