package advice

import (
	"fmt"
	"slices"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// notJudged names the certificates that were presented beside the leaf and that
// could have been the leaf as well.
func (d *diagnosis) notJudged() string {
	var names []string
	for _, id := range d.Others {
		names = append(names, d.title(id))
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " Beside it stands another certificate, which was not judged: " + names[0] + "."
	}
	return fmt.Sprintf(" Beside it stand %d other certificates, which were not judged: %s.", len(names), few(names))
}

// few lists up to three names, and says how many more there are.
func few(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// isBundle tells whether so many CA certificates were presented, and nothing
// else, that they are no chain but a collection.
func (d *diagnosis) isBundle() bool {
	const longestChain = 10
	if len(d.Transcripts) > 0 || d.isLive() || len(d.Served) <= longestChain {
		return false
	}
	for _, c := range d.Served {
		if !c.IsCA() && !c.SelfIssued() {
			return false
		}
	}
	return true
}

// bundle says what a collection of CA certificates holds. It has no leaf that a
// path could be judged for.
func (d *diagnosis) bundle() *report.Diagnosis {
	certs := map[string]*cert.Certificate{}
	for _, c := range d.Served {
		certs[c.ID] = c
	}
	summary := fmt.Sprintf("%d CA certificates, and no certificate that they were issued for", len(certs))
	for _, s := range d.Stores {
		store, err := trust.ByName(s.Name)
		if err != nil {
			continue
		}
		known := 0
		for _, c := range certs {
			if store.Contains(c) {
				known++
			}
		}
		summary += fmt.Sprintf("; %d are roots that %s trusts for web servers", known, store.Owner)
	}
	return &report.Diagnosis{Class: report.OK, Severity: report.Info, Summary: summary + ".", Confidence: certain, Causes: []report.Cause{}}
}

// namesOf lists the hosts that the leaf is good for.
func (d *diagnosis) namesOf() string {
	var names []string
	for _, n := range d.Leaf.Names() {
		if (n.Type == "dns" || n.Type == "ip") && !slices.Contains(names, n.Value) {
			names = append(names, n.Value)
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return few(names)
}

// runAndText is about a paste in which the run of a tool and an error text show
// different failures. The one that is proven better comes first, and the other one is
// said beside it.
func (d *diagnosis) runAndText() string {
	isText := func(f finding) bool { return f.From == "error" }
	main := d.findings[0]
	i := slices.IndexFunc(d.findings, func(f finding) bool {
		return isText(f) != isText(main) && f.Class != main.Class && f.severity == report.Error
	})
	if len(d.Transcripts) == 0 || i < 0 {
		return ""
	}
	other := d.findings[i]
	if proof(other) > proof(main) {
		copy(d.findings[1:], d.findings[:i])
		d.findings[0], main, other = other, other, main
	}
	if isText(main) {
		return " The run beside it shows something else: " + other.Summary
	}
	return " The error text beside it says something else: " + other.Summary
}

// proof is how much a finding proves. That a connection ended says little, however
// certain it is.
func proof(f finding) int {
	switch {
	case f.Class == report.Other || slices.Contains(silent, f.Class):
		return 0
	case f.confidence == certain:
		return 2
	}
	return 1
}
