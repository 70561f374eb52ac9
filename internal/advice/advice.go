// Package advice turns what was found into words: the one thing that a person
// should read, and every failure that a path, a host name or a transcript shows.
//
// It judges nothing again. It knows which of several failures a person should
// deal with first, what a tool's own verdict adds to ours, and what a paste
// leaves open.
package advice

import (
	"cmp"
	"slices"
	"time"

	"certlens/internal/cert"
	"certlens/internal/chain"
	"certlens/internal/fix"
	"certlens/internal/report"
)

// In is what a diagnosis is made of.
type In struct {
	// Leaf is the certificate that the paths are about; nil when none was found.
	Leaf *cert.Certificate
	// Served are the certificates as presented, in order.
	Served []*cert.Certificate
	// Certificates are all certificates that paths refer to, anchors included.
	Certificates []*cert.Certificate
	// Paths are the paths, best first.
	Paths []report.Path
	// HostProblems are the problems of the host name.
	HostProblems []report.PathProblem
	// Purpose is what the paths were judged for; empty for a web server.
	Purpose chain.Purpose
	// Others are the ids of certificates that were presented and not judged.
	Others []string
	// Host is the name that was checked; empty when none was.
	Host string
	// Stores are the stores that paths were checked against.
	Stores []report.Store
	// Transcripts are the tool runs found in the paste.
	Transcripts []report.Transcript
	// Handshake is what our own probe saw; nil when nobody asked for it.
	Handshake *report.Handshake
	// Errors are the error texts of programs found in the paste.
	Errors []report.ErrorText
	// Bundle is the chain to install (PEM); empty when there is none.
	Bundle string
	// Damaged are the ids of the certificates that could be read only in part,
	// or only after mending, because of the paste.
	Damaged []string
	// Namesake is the id of the certificate at the end of the best path where the
	// name of its issuer is that of a trusted root with another key.
	Namesake string
	// Beside is the server of the URLs that stand beside the errors.
	Beside fix.Values
	// ForeignKey tells that the private key in the paste is not that of the leaf.
	ForeignKey bool
	// At is the time of the check.
	At time.Time
}

// Confidences of a diagnosis.
const (
	certain = "certain"
	likely  = "likely"
	unknown = "unknown"
)

// A finding is one cause with what decides whether it is the main one.
type finding struct {
	report.Cause
	severity   report.Severity
	confidence string
}

// A diagnosis is being made.
type diagnosis struct {
	In
	byID     map[string]*cert.Certificate
	findings []finding
	// unseen are the names of certificates that a tool listed as sent and that
	// the paste does not hold.
	unseen []string
	// confirmed is the program whose error text agrees with what was found, and
	// ask what to ask who re-signs the connection for.
	confirmed, ask string
	// heard are the causes that an error text alone shows, or that one shares with
	// a tool run.
	heard map[report.Cause]heard
}

// Diagnose names the failure and says it in one plain sentence. It is nil when
// there is no certificate, no connection and no error to speak of.
func Diagnose(in In) *report.Diagnosis {
	if in.Leaf == nil && len(in.Transcripts) == 0 && in.Handshake == nil && len(in.Errors) == 0 {
		return nil
	}
	d := &diagnosis{In: in, byID: map[string]*cert.Certificate{}, heard: map[report.Cause]heard{}}
	for _, c := range slices.Concat(in.Certificates, in.Served, []*cert.Certificate{in.Leaf}) {
		if c != nil {
			d.byID[c.ID] = c
		}
	}
	d.unseen = d.listedOnly()
	out := d.conclude()
	out.Action = d.action(out.Class, out.Certificate)
	return out
}

// conclude finds all failures and picks the main one.
func (d *diagnosis) conclude() *report.Diagnosis {
	if d.isBundle() {
		return d.bundle()
	}
	d.fromPath()
	if d.Handshake != nil {
		d.fromHandshake(d.Handshake)
	}
	for i := range d.Transcripts {
		t := &d.Transcripts[i]
		d.fromTranscript(t)
	}
	d.fromIssuer()
	d.fromKey()
	d.fromErrors()
	out := d.verdict()
	out.Summary += d.notJudged()
	if len(out.Causes) > 0 {
		out.Causes[0].Summary = out.Summary
	}
	return out
}

// add keeps a finding, unless it was found before.
func (d *diagnosis) add(f finding) {
	same := func(o finding) bool {
		return o.Class == f.Class && o.Certificate == f.Certificate && o.Summary == f.Summary
	}
	if !slices.ContainsFunc(d.findings, same) {
		d.findings = append(d.findings, f)
	}
}

// found tells whether one of the classes is among the findings.
func (d *diagnosis) found(classes ...report.Class) bool {
	return slices.ContainsFunc(d.findings, func(f finding) bool { return slices.Contains(classes, f.Class) })
}

// verdict picks the main finding. Without any, all is well.
func (d *diagnosis) verdict() *report.Diagnosis {
	if len(d.findings) == 0 {
		return d.fine()
	}
	slices.SortStableFunc(d.findings, func(a, b finding) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(d.place(a), d.place(b)))
	})
	besides := d.runAndText()
	main := d.findings[0]
	out := &report.Diagnosis{
		Class: main.Class, Severity: main.severity, Certificate: main.Certificate,
		Summary: main.Summary, Confidence: main.confidence, Causes: []report.Cause{},
	}
	for _, f := range d.findings {
		out.Causes = append(out.Causes, f.Cause)
	}
	out.Summary += besides
	d.weigh(out, main.Cause)
	return out
}

// place is how far above the leaf a finding's certificate stands on the best
// path; findings without one come last.
func (d *diagnosis) place(f finding) int {
	if len(d.Paths) > 0 {
		if i := slices.Index(d.Paths[0].Certificates, f.Certificate); i >= 0 {
			return i
		}
	}
	return 1 << 10
}
