package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"certlens/internal/fix"
	"certlens/internal/report"
)

// width is how wide prose gets, in characters.
const width = 78

// A printer writes a report as text. The order is that of the page: verdict,
// chain, findings, certificates.
type printer struct {
	style
	*report.Report
	out   strings.Builder
	certs map[string]*report.Certificate
	// all shows every cause and fix.
	all bool
	// named are the words of the input, among which programs may be.
	named []string
}

func newPrinter(r *report.Report, s style) *printer {
	p := &printer{style: s, Report: r, certs: map[string]*report.Certificate{}}
	for i := range r.Certificates {
		p.certs[r.Certificates[i].ID] = &r.Certificates[i]
	}
	return p
}

func (p *printer) write(w io.Writer) error {
	p.verdict()
	p.keys()
	p.alternatives()
	p.fixes(p.Fixes)
	p.errors()
	p.inputs()
	p.handshake()
	p.transcripts()
	p.paths()
	p.scan()
	p.findings()
	p.objects()
	p.certificates()
	_, err := io.WriteString(w, p.out.String())
	return err
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

func (p *printer) heading(text string) { p.line("\n%s", p.paint(bold, text)) }

// said writes what a program said, in its own lines; those after the first are
// indented further.
func (p *printer) said(indent int, text string) {
	for line := range strings.Lines(text) {
		p.prose(indent, strings.TrimRight(line, "\r\n"))
		indent += 2
	}
}

// prose writes wrapped text with every line indented.
func (p *printer) prose(indent int, text string) {
	for _, line := range wrap(text, width-indent) {
		p.line("%s%s", strings.Repeat(" ", indent), line)
	}
}

func (p *printer) verdict() {
	d := p.Diagnosis
	if d == nil {
		p.noVerdict()
		return
	}
	for i, line := range wrap(d.Summary, width-2) {
		sign := " "
		if i == 0 {
			sign = p.mark(d.Severity)
		}
		p.line("%s %s", sign, p.paint(bold, line))
	}
	if d.Action != "" {
		p.prose(2, d.Action)
	}
	p.line("  %s", p.paint(dim, fmt.Sprintf("%s · judged%s at %s%s", d.Class, p.forPurpose(), p.At, p.forHost())))
	if len(d.Causes) > 1 {
		for _, cause := range d.Causes[1:] {
			p.prose(2, "Also: "+cause.Summary)
		}
	}
}

// noVerdict speaks of a paste without a certificate, a tool run or an error.
func (p *printer) noVerdict() {
	if off := switchedOff(p.Report); len(off) > 0 {
		p.line("%s %s", p.mark(report.Notice), p.paint(bold, "Verification is switched off here."))
		for _, finding := range off {
			p.prose(2, finding.Detail)
		}
		return
	}
	for _, input := range p.Inputs {
		if input.Password != "" {
			p.prose(0, "What is here is encrypted; its password opens it: give a file that holds it with --password-file.")
			return
		}
	}
	if len(p.Objects) > 0 {
		p.prose(0, "There is no certificate to judge; what is here is decoded below.")
		return
	}
	p.prose(0, "Nothing was recognised: no certificate, no s_client output, no error text.")
	p.prose(0, "Give a PEM or DER file, the output of openssl s_client -showcerts, or an error message as a program printed it.")
	p.topics()
}

// topics name what can be explained of that of which the text speaks.
func (p *printer) topics() {
	if len(p.Topics) == 0 {
		p.prose(0, "Or ask certlens explain; certlens explain --all lists what it explains.")
		return
	}
	p.heading("It speaks of this; certlens explain tells more, as in certlens explain " + string(p.Topics[0]))
	for _, class := range p.Topics {
		p.page(fix.Page{Path: string(class), Title: fix.Title(class)})
	}
	p.prose(2, "certlens explain --all lists all that is explained.")
}

// switchedOff are the findings that verification is switched off.
func switchedOff(r *report.Report) []report.Finding {
	var list []report.Finding
	for _, finding := range r.Findings {
		if finding.ID == "n_verification_switched_off" {
			list = append(list, finding)
		}
	}
	return list
}

// keys says what to do about a private key in the input.
func (p *printer) keys() {
	isKey := func(o report.Object) bool { return o.Kind == "private-key" }
	isSecret := func(i report.Input) bool { return i.Secret && i.Password == "" && i.Count == 0 }
	if !slices.ContainsFunc(p.Objects, isKey) && !slices.ContainsFunc(p.Inputs, isSecret) {
		return
	}
	p.line("\n%s %s", p.mark(report.Warning), p.paint(bold, "There is a private key in this input."))
	p.prose(2, "It is shown nowhere. If it was also pasted anywhere else (a ticket, a chat, a mail, a website), it is no longer private:")
	for i, step := range [...]string{
		"Make a new key. Renewing with the same key does not help.",
		"Have the certificate issued again for the new key, and install both.",
		"Then have the old certificate revoked, with the reason key compromise.",
	} {
		p.prose(2, fmt.Sprintf("%d. %s", i+1, step))
	}
}

// purposes are the words for Report.Purpose.
var purposes = map[string]string{
	"server": " as a TLS server", "client": " as a TLS client", "email": " for e-mail",
	"code-signing": " for code signing", "time-stamping": " for time stamping",
	"ocsp": " for signing OCSP responses", "issuing": " as a CA",
}

func (p *printer) forPurpose() string { return purposes[p.Purpose] }

func (p *printer) forHost() string {
	if p.Host == "" {
		return ""
	}
	return " for host " + printable(p.Host)
}

// inputs lists what was read only where that needs saying: limits, notes and
// repairs.
func (p *printer) inputs() {
	said := append([]string{}, p.Notes...)
	for _, input := range p.Inputs {
		where := fmt.Sprintf("line %d", input.Where.Line)
		if input.Source != "" {
			where = input.Source + ", " + where
		}
		note := input.Note
		if input.Password != "" {
			note = strings.TrimSpace(note + " Give a file with its password as --password-file FILE.")
		}
		if note != "" {
			said = append(said, where+": "+note)
		}
		for _, repair := range input.Repairs {
			said = append(said, fmt.Sprintf("line %d, repaired: %s", repair.Line, repair.Detail))
		}
	}
	if len(said) == 0 {
		return
	}
	p.heading("Input")
	for _, sentence := range said {
		p.prose(2, sentence)
	}
}

func (p *printer) transcripts() {
	for _, t := range p.Transcripts {
		p.heading("Transcript of " + t.Tool)
		for _, fact := range []struct{ label, value string }{
			{"Written by", t.Flavour}, {"Host", peer(t)}, {"Server name sent", t.SNI},
			{"Protocol", t.Protocol}, {"Cipher", t.Cipher}, {"Group", t.Group},
			{"ALPN", t.ALPN}, {"Verify result", verifyResult(t)},
		} {
			if fact.value != "" {
				p.line("  %-18s%s", fact.label, printable(fact.value))
			}
		}
		for _, e := range t.VerifyErrors {
			p.line("  %-18s%d (%s)", "Verify error", e.Code, printable(e.Text))
		}
		for _, e := range t.Errors {
			p.line("  %-18s%s", "Error", printable(e.Text))
		}
		for _, alert := range t.Alerts {
			p.line("  %-18s%s (%d)", "Alert", alert.Name, alert.Number)
		}
		for _, contradiction := range t.Contradictions {
			p.prose(2, contradiction)
		}
	}
}

func peer(t report.Transcript) string {
	if t.Host != "" && t.Port != 0 {
		return fmt.Sprintf("%s, port %d", t.Host, t.Port)
	}
	return t.Host
}

func verifyResult(t report.Transcript) string {
	if t.VerifyCode < 0 {
		return ""
	}
	return fmt.Sprintf("%d (%s)", t.VerifyCode, t.VerifyText)
}

func (p *printer) objects() {
	for i, object := range p.Objects {
		p.heading(object.Title)
		for _, revocation := range p.Revocations {
			if revocation.Object == i+1 {
				p.prose(2, revocation.Detail)
			}
		}
		p.fields(2, object.Fields)
		if object.Problem != nil {
			p.problem(2, *object.Problem)
		}
	}
}

// fields writes labelled statements, nested ones indented under their label.
func (p *printer) fields(indent int, fields []report.Field) {
	margin := strings.Repeat(" ", indent)
	for _, field := range fields {
		switch {
		case field.Label == "":
			p.line("%s%s", margin, printable(field.Value))
		case field.Value == "":
			p.line("%s%s", margin, p.paint(dim, printable(field.Label)))
		default:
			p.line("%s%s %s", margin, p.paint(dim, printable(field.Label)+":"), printable(field.Value))
		}
		p.fields(indent+2, field.Items)
	}
}

func (p *printer) problem(indent int, problem report.Problem) {
	p.prose(indent, fmt.Sprintf("broken at byte %d, %s: %s", problem.Offset, problem.Field, problem.Detail))
}
