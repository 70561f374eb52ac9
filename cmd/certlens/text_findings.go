package main

import (
	"fmt"
	"strings"

	"certlens/internal/report"
)

// findings lists what the rules found, worst first, then counts the rest.
func (p *printer) findings() {
	if len(p.Lints) == 0 && len(p.Findings) == 0 {
		return
	}
	if p.Diagnosis == nil && len(p.Lints)+len(p.Findings) == len(switchedOff(p.Report)) {
		return // The verdict has said them.
	}
	p.heading("Findings")
	for _, finding := range p.Findings {
		p.finding(finding)
	}
	for _, run := range p.Lints {
		for i, line := range wrap(p.counts(run), width-4) {
			p.line("  %s%s", strings.Repeat(" ", min(i, 1)*2), p.paint(dim, line))
		}
	}
}

func (p *printer) finding(f report.Finding) {
	for i, line := range wrap(f.Title, width-4) {
		sign := " "
		if i == 0 {
			sign = p.mark(f.Severity)
		}
		p.line("  %s %s", sign, line)
	}
	p.prose(4, f.Detail)
	about := fmt.Sprintf("%s %s · %s", f.Severity, f.ID, f.Citation)
	if subject := p.subject(f.Certificate, f.Object); subject != "" {
		about = subject + " · " + about
	}
	for _, line := range wrap(about, width-4) {
		p.line("    %s", p.paint(dim, line))
	}
}

// subject names what a finding or a run of rules is about.
func (p *printer) subject(certificate string, object int) string {
	if c, ok := p.certs[certificate]; ok {
		return printable(c.Title)
	}
	if object > 0 && object <= len(p.Objects) {
		return p.Objects[object-1].Title
	}
	return ""
}

func (p *printer) counts(run report.LintRun) string {
	subject := p.subject(run.Certificate, run.Object)
	if subject == "" {
		subject = "the chain"
	}
	c := run.Counts
	return fmt.Sprintf("%s: %d passed, %d not applicable, %s, profile %s. %s",
		subject, c.Pass, c.NotApplicable+c.NotEffective, run.Linter, run.Profile, run.Reason)
}

// certificates describes each pasted certificate.
func (p *printer) certificates() {
	for i := range p.Certificates {
		c := &p.Certificates[i]
		if c.Origin != "input" {
			continue
		}
		p.heading(fmt.Sprintf("Certificate %d: %s", i+1, printable(c.Title)))
		p.fields(2, certificateFields(c))
		for _, problem := range c.Problems {
			p.problem(2, problem)
		}
		for _, extension := range c.Extensions {
			p.extension(extension)
		}
	}
}

func certificateFields(c *report.Certificate) []report.Field {
	fields := []report.Field{
		{Label: "Subject", Value: c.Subject.Text},
		{Label: "Issuer", Value: c.Issuer.Text},
		{Label: "Serial", Value: c.Serial.Hex},
		{Label: "Valid", Value: validity(c)},
		{Label: "Names", Value: names(c.Names)},
		{Label: "Key", Value: key(c.Key)},
		{Label: "Signature", Value: c.Signature.Algorithm},
		{Label: "Validation", Value: c.Validation},
		{Label: "SHA-256", Value: c.Fingerprints.SHA256},
		{Label: "SHA-1", Value: c.Fingerprints.SHA1},
		{Label: "Key pin", Value: c.Fingerprints.SPKIPin},
	}
	var filled []report.Field
	for _, field := range fields {
		if field.Value != "" {
			filled = append(filled, field)
		}
	}
	return filled
}

// maxNames is how many alternative names the terminal lists; --json has all.
const maxNames = 20

func names(all []report.GeneralName) string {
	var list []string
	for i, name := range all {
		if i == maxNames {
			list = append(list, fmt.Sprintf("and %d more", len(all)-maxNames))
			break
		}
		list = append(list, name.Value)
	}
	return strings.Join(list, ", ")
}

func key(k report.Key) string {
	switch {
	case k.Curve != "":
		return k.Algorithm + " " + k.Curve
	case k.Exponent != "":
		return fmt.Sprintf("%s %d bits, exponent %s", k.Algorithm, k.Bits, k.Exponent)
	case k.Bits != 0:
		return fmt.Sprintf("%s %d bits", k.Algorithm, k.Bits)
	}
	return k.Algorithm
}

func (p *printer) extension(e report.Extension) {
	name := e.Name
	if e.Critical {
		name += " (critical)"
	}
	if !e.Known && e.Problem == nil {
		p.fields(2, []report.Field{{Label: name, Value: fmt.Sprintf("%d bytes, not decoded", len(e.Value)/2)}})
		return
	}
	p.fields(2, []report.Field{{Label: name, Items: e.Fields}})
	if e.Problem != nil {
		p.problem(4, *e.Problem)
	}
}

// validity is empty where it could not be read.
func validity(c *report.Certificate) string {
	if c.NotBefore == "" && c.NotAfter == "" {
		return ""
	}
	return fmt.Sprintf("%s to %s (%d days)", c.NotBefore, c.NotAfter, c.ValidityDays)
}
