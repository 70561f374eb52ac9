// Package lint is everything that judges one certificate, one chain, or one
// piece of revocation evidence by published rules. The rules are zlint's, which
// only this package imports, and our own: those about one certificate are native
// zlint rules (lint/hygiene), those about a chain are in this package.
//
// The verdict of a rule is zlint's verdict, save for the few certificates that a
// rule's own words leave out (exempt). What this package adds is the choice
// of the rules that fit (Profile), a faster way to the same answer for the few
// rules that take nearly all of the time (shortcut.go), and a form that people
// can read.
//
// Out of scope: whether a signature verifies and whether a path ends in a trust
// anchor. The packages chain and trust say that.
package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	_ "github.com/zmap/zlint/v3" // registers all rules
	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// Linter names the programs that judge, as in report.LintRun.
const Linter = "zlint v3.7.3"

// A Subject is a certificate and what the chain knows of it.
type Subject struct {
	Cert *cert.Certificate
	// PublicRoot tells that a path ends in a public trust store.
	PublicRoot bool
	// PrivateRoot tells that a path ends in an anchor that the user supplied, or
	// in a self-signed certificate that is in no public store.
	PrivateRoot bool
	// Issuer is the certificate that issued Cert; nil when unknown.
	Issuer *cert.Certificate
	// Signed tells that the key of Issuer is known to verify the signature of
	// Cert, as on a trusted path. It only saves time.
	Signed bool
}

// Certificate runs the rules of profile p over one certificate; Auto stands for
// what Choose gives. Findings are the errors, warnings and notices, worst first,
// then by name. A certificate that zcrypto refuses, or that is too large (see
// limits.go), has no findings, and the run says why.
func Certificate(s Subject, p Profile) (report.LintRun, []report.Finding) {
	reason := "The profile was asked for."
	if _, ok := selections[p]; !ok {
		p, reason = Choose(s)
	}
	run := report.LintRun{Certificate: s.Cert.ID, Profile: string(p), Reason: reason, Linter: Linter}
	if s.Cert.X509 == nil {
		run.Reason = "The certificate could not be parsed, so no rule could run."
		return run, nil
	}
	if why := oversize(s.Cert.X509); why != "" {
		run.Reason = why
		return run, nil
	}
	var t tally
	for _, rule := range certificateRules[p]() {
		t.add(rule.LintMetadata, rule.verdict(s))
	}
	run.Counts = t.counts
	return run, t.sorted(func(f *report.Finding) { f.Certificate = s.Cert.ID })
}

// verdict is what the rule says about the certificate.
func (r certificateRule) verdict(s Subject) *zlint.LintResult {
	switch {
	case r.exempt != nil && r.exempt(s.Cert):
		return &zlint.LintResult{Status: zlint.NA}
	case r.shortcut != nil && r.shortcut(s):
		return &zlint.LintResult{Status: zlint.Pass}
	case r.order != nil:
		return r.steady(s.Cert.X509, r.order)
	}
	return r.Execute(s.Cert.X509, zlint.GlobalRegistry().GetConfiguration())
}

// A tally counts the outcomes of the rules and keeps those worth telling.
type tally struct {
	counts   report.LintCounts
	findings []report.Finding
}

func (t *tally) add(rule zlint.LintMetadata, result *zlint.LintResult) {
	switch result.Status {
	case zlint.NA:
		t.counts.NotApplicable++
	case zlint.NE:
		t.counts.NotEffective++
	case zlint.Pass:
		t.counts.Pass++
	case zlint.Notice:
		t.counts.Notice++
		t.keep(rule, report.Notice, result.Details)
	case zlint.Warn:
		t.counts.Warning++
		t.keep(rule, report.Warning, result.Details)
	case zlint.Error:
		t.counts.Error++
		t.keep(rule, report.Error, result.Details)
	default: // zlint.Fatal: the rule broke, or gave no status at all
		t.counts.Error++
		t.keep(rule, report.Error, "The rule could not be evaluated: "+cmp.Or(result.Details, "it gave no result"))
	}
}

func (t *tally) keep(rule zlint.LintMetadata, severity report.Severity, detail string) {
	t.findings = append(t.findings, report.Finding{
		ID:        rule.Name,
		Severity:  severity,
		Title:     rule.Description,
		Detail:    clip(detail),
		Source:    string(rule.Source),
		Citation:  citation(rule),
		Effective: date(rule.EffectiveDate),
	})
}

// clip cuts a detail that lists what a large certificate has too much of.
func clip(detail string) string {
	const most = 2000
	if len(detail) <= most {
		return detail
	}
	return fmt.Sprintf("%s ... (%d bytes more)", strings.ToValidUTF8(detail[:most], ""), len(detail)-most)
}

// sorted gives the findings, worst first, with what label adds to each.
func (t *tally) sorted(label func(*report.Finding)) []report.Finding {
	for i := range t.findings {
		label(&t.findings[i])
	}
	sortFindings(t.findings)
	return t.findings
}

var severities = []report.Severity{report.Error, report.Warning, report.Notice, report.Info}

func sortFindings(findings []report.Finding) {
	rank := func(s report.Severity) int { return slices.Index(severities, s) }
	slices.SortStableFunc(findings, func(a, b report.Finding) int {
		return cmp.Or(cmp.Compare(rank(a.Severity), rank(b.Severity)), cmp.Compare(a.ID, b.ID))
	})
}

// citation is where a reader can look the rule up. One rule of zlint's
// community cites nothing.
func citation(rule zlint.LintMetadata) string {
	return cmp.Or(rule.Citation, "zlint, rules of the community")
}

// date is the day from which a rule holds; empty when it always did, which
// zlint writes as the zero time or as the year 0.
func date(t time.Time) string {
	if t.Year() <= 1 {
		return ""
	}
	return t.Format(time.DateOnly)
}
