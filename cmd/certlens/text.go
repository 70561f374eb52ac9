package main

import (
	"fmt"
	"io"
	"strings"

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
}

func writeText(w io.Writer, r *report.Report, s style) error {
	p := &printer{style: s, Report: r, certs: map[string]*report.Certificate{}}
	for i := range r.Certificates {
		p.certs[r.Certificates[i].ID] = &r.Certificates[i]
	}
	p.verdict()
	p.alternatives()
	p.fixes(p.Fixes, mostFixes)
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
	if len(p.Objects) > 0 {
		p.prose(0, "There is no certificate to judge; what is here is decoded below.")
		return
	}
	p.prose(0, "Nothing was recognised: no certificate, no s_client output, no error text.")
	p.prose(0, "Give a PEM or DER file, the output of openssl s_client -showcerts, or an error message as a program printed it.")
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
		if input.Note != "" {
			said = append(said, where+": "+input.Note)
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
