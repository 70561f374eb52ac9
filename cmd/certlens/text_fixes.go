package main

import (
	"cmp"
	"fmt"
	"strings"

	"certlens/internal/report"
)

// mostFixes is how many fixes a report shows; --json has all.
const mostFixes = 4

// alternatives lists what the evidence leaves possible.
func (p *printer) alternatives() {
	if p.Diagnosis != nil && len(p.Diagnosis.Alternatives) > 0 {
		p.heading("Possible causes, the likeliest first")
		p.causes(p.Diagnosis.Alternatives)
	}
}

func (p *printer) causes(list []report.Alternative) {
	for i, a := range list {
		p.prose(2, fmt.Sprintf("%d. %s", i+1, a.Summary))
		if a.Decide != "" {
			p.prose(5, a.Decide)
		}
		p.commands(5, a.Command)
	}
}

// fixes shows the first few, and says how many more there are.
func (p *printer) fixes(list []report.Fix, most int) {
	if len(list) == 0 {
		return
	}
	p.heading("What to do")
	said := map[string]bool{}
	for _, f := range list[:min(len(list), most)] {
		p.line("  %s", p.paint(bold, printable(f.Title)))
		p.once(said, "", f.Explanation)
		p.once(said, "Note: ", f.Risk)
		p.commands(4, f.Commands...)
	}
	if more := len(list) - most; more > 0 {
		p.line("  %s", p.paint(dim, fmt.Sprintf("and %d more, for other programs and systems (--json has all)", more)))
	}
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
	const most = 10
	p.heading("Error texts")
	for _, e := range p.Errors[:min(len(p.Errors), most)] {
		times := ""
		if e.Count > 1 {
			times = fmt.Sprintf(", %d times", e.Count)
		}
		who := strings.Join(append(append([]string{}, e.Wrappers...), e.Client), ", ")
		p.line("  line %d%s, %s: %s", e.Where.Line, times, who, p.paint(bold, cmp.Or(strings.Join(e.Keys[:min(1, len(e.Keys))], ""), string(e.Class))))
		p.prose(4, e.Text)
		p.prose(4, strings.TrimSpace(e.Proves+" "+e.LeavesOpen))
	}
	if more := len(p.Errors) - most; more > 0 {
		p.line("  %s", p.paint(dim, fmt.Sprintf("and %d more", more)))
	}
}
