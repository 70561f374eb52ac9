package lint

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/lint/hygiene"
)

// Served is what a server presented.
type Served struct {
	// Certs are the certificates as presented, duplicates included.
	Certs []*cert.Certificate
	// At is the time to judge for.
	At time.Time
	// Roots tells whether a certificate is a trust anchor; nil when nothing is known
	// of anchors.
	Roots func(*cert.Certificate) bool
}

// Chain runs our rules about what a server presented. Findings are worst first,
// then by name, then in the order presented. A list that can't be a served chain
// (see bundle) is not judged by the rules about its order and members, and gets
// one notice that says so.
func Chain(s Served) (report.LintRun, []report.Finding) {
	run := report.LintRun{Profile: "chain", Linter: "certlens", Reason: s.reason()}
	var findings []report.Finding
	for _, rule := range chainRules {
		if !rule.applies(s) {
			run.Counts.NotApplicable++
			continue
		}
		statements := rule.check(s)
		if len(statements) == 0 {
			run.Counts.Pass++
		}
		for _, st := range statements {
			findings = append(findings, rule.finding(st))
		}
	}
	count(&run.Counts, findings)
	sortFindings(findings)
	return run, findings
}

func (s Served) reason() string {
	switch n := len(s.Certs); {
	case n == 0:
		return "No certificate was presented."
	case s.bundle():
		return fmt.Sprintf("These %d certificates look like a collection of CAs, not like what a server presents.", n)
	case n == 1:
		return "One certificate was presented."
	default:
		return fmt.Sprintf("%d certificates were presented.", n)
	}
}

func count(c *report.LintCounts, findings []report.Finding) {
	for _, f := range findings {
		switch f.Severity {
		case report.Error:
			c.Error++
		case report.Warning:
			c.Warning++
		case report.Notice:
			c.Notice++
		}
	}
}

// A chainRule is one rule about what a server presented, with the metadata of a
// zlint rule. Its source is certlens.
type chainRule struct {
	name, description, citation string
	// scope says for which lists the rule is meant.
	scope scope
	// check gives what breaks the rule.
	check func(Served) []statement
}

// A statement is one breach of a chain rule.
type statement struct {
	// certificate is the id of the certificate at fault; empty for the list.
	certificate string
	detail      string
}

type scope int

const (
	chains  scope = iota // what a server may have presented
	bundles              // what is too long, or holds CAs alone
	both
)

func (r chainRule) applies(s Served) bool {
	switch {
	case len(s.Certs) == 0:
		return false
	case r.scope == both:
		return true
	}
	return (r.scope == bundles) == s.bundle()
}

func (r chainRule) finding(st statement) report.Finding {
	return report.Finding{
		ID:          r.name,
		Severity:    severityOf[r.name[0]],
		Title:       r.description,
		Detail:      st.detail,
		Source:      string(hygiene.Source),
		Citation:    r.citation,
		Certificate: st.certificate,
	}
}

// severityOf reads the prefix of a rule's name.
var severityOf = map[byte]report.Severity{'e': report.Error, 'w': report.Warning, 'n': report.Notice}

// longestChain is the number of certificates above which a list is no chain:
// those in use have five or six at most.
const longestChain = 10

// bundle tells whether the list is a collection, such as a file of trust anchors
// or of intermediates: more certificates than a chain has, or two and more that
// are all CAs.
func (s Served) bundle() bool {
	if len(s.Certs) > longestChain {
		return true
	}
	isCA := func(c *cert.Certificate) bool { return c.IsCA() }
	return len(s.Certs) > 1 && !slices.ContainsFunc(s.Certs, func(c *cert.Certificate) bool { return !isCA(c) })
}

// leaf gives the index of the server's own certificate: the first that is no CA.
// A single certificate, whatever it is, is the server's own.
func (s Served) leaf() int {
	return max(0, slices.IndexFunc(s.Certs, func(c *cert.Certificate) bool { return !c.IsCA() }))
}

// distinct gives the certificates without repetitions.
func (s Served) distinct() []*cert.Certificate {
	seen := make(map[string]bool)
	var all []*cert.Certificate
	for _, c := range s.Certs {
		if !seen[c.ID] {
			seen[c.ID] = true
			all = append(all, c)
		}
	}
	return all
}

// names tells whether b names a as its issuer.
func names(a, b *cert.Certificate) bool {
	return len(a.RawSubject) > 0 && bytes.Equal(a.RawSubject, b.RawIssuer)
}

// issued tells whether a may have issued b: the names match (RFC 5280, section
// 6.1.3 (a)(4)) and the key identifiers, where both have one, do not differ.
func issued(a, b *cert.Certificate) bool {
	if !names(a, b) {
		return false
	}
	if a.X509 == nil || b.X509 == nil || len(a.X509.SubjectKeyId) == 0 || len(b.X509.AuthorityKeyId) == 0 {
		return true
	}
	return bytes.Equal(a.X509.SubjectKeyId, b.X509.AuthorityKeyId)
}
