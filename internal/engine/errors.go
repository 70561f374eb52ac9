package engine

import (
	"bytes"
	"cmp"
	"net/netip"
	"slices"

	"certlens/internal/advice"
	"certlens/internal/client"
	"certlens/internal/fix"
	"certlens/internal/intake"
	"certlens/internal/report"
)

// sources are those of the request, with its passwords.
func (a *analysis) sources() []intake.Source {
	sources := slices.Clone(a.req.Sources)
	for i := range sources {
		sources[i].Passwords = slices.Concat(sources[i].Passwords, a.req.Passwords)
	}
	return sources
}

// errors finds the error texts of programs, and what switches verification off,
// in all that is not an object.
func (a *analysis) errors() []report.ErrorText {
	var found []report.ErrorText
	for _, source := range a.req.Sources {
		text := a.words(source)
		if len(text) == 0 {
			continue
		}
		for _, e := range client.Recognise(text) {
			e.In = source.Name
			found = append(found, e)
		}
		a.switched = append(a.switched, fix.SwitchedOff(text)...)
		a.beside = cmp.Or(a.beside, fix.Beside(text))
	}
	return found[:min(len(found), client.MaxMatches)]
}

// words is a source with spaces where its objects stand, so that places stay what
// they are. No part of a key gets into the text of an error. It is empty when
// there is nothing but objects.
func (a *analysis) words(source intake.Source) []byte {
	text := intake.Mask(source.Text())
	isCopy := false
	for i, input := range a.found.Inputs {
		from, to := input.Where.Offset, input.Where.Offset+input.Where.Length
		if input.Source != source.Name || to > len(text) || !input.Secret && (input.Count == 0 || a.isTranscript(i)) {
			continue
		}
		if from == 0 && to == len(text) {
			return nil
		}
		if !isCopy {
			text, isCopy = bytes.Clone(text), true
		}
		blank(text[from:to])
	}
	return bytes.TrimRight(text, " \r\n")
}

// isTranscript tells whether an input is the run of a tool.
func (a *analysis) isTranscript(input int) bool {
	return slices.ContainsFunc(a.found.Transcripts, func(t report.Transcript) bool { return t.Input == input })
}

// blank makes spaces of all but the ends of lines.
func blank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// complained is the name of the server that the first error with one is about. A
// server's log names itself, or nobody.
func complained(errors []report.ErrorText) string {
	for i := range errors {
		e := &errors[i]
		if _, err := netip.ParseAddr(e.Host); e.Host != "" && err != nil && e.Side == report.SideClient {
			return e.Host
		}
	}
	return ""
}

// written says how a key was written where that was not DER.
func written(o report.Object, format string) report.Object {
	if format == "" {
		return o
	}
	o.Fields = slices.DeleteFunc(o.Fields, func(f report.Field) bool { return f.Label == "Format" })
	o.Fields = slices.Insert(o.Fields, 0, report.Field{Label: "Format", Value: format})
	return o
}

// mend says what to do about the diagnosis, and what is given up where the paste
// switches verification off.
func (a *analysis) mend() {
	values := a.values()
	programs := advice.Programs(a.report.Errors, a.report.Transcripts)
	for _, s := range a.switched {
		if values.Host == "" {
			values.Host, values.Port = s.Host, s.Port
		}
		programs = append(programs, s.Program)
		a.report.Findings = append(a.report.Findings, report.Finding{
			ID: "n_verification_switched_off", Severity: report.Notice, Source: "certlens", Citation: "RFC 9325, section 6.1",
			Title: "Verification is switched off here", Detail: s.Detail(values), Where: &s.Where,
		})
	}
	d := a.report.Diagnosis
	if d == nil && len(a.report.Inputs)+len(a.switched) == 0 {
		for _, source := range a.req.Sources[:min(len(a.req.Sources), 1)] {
			a.report.Topics = fix.Topics(source.Text())
		}
	}
	if (d == nil || d.Class == report.OK) && len(a.switched) == 0 {
		return
	}
	var classes []report.Class
	task := ""
	if d != nil {
		for i := range a.report.Errors {
			if e := &a.report.Errors[i]; e.Class == d.Class && task == "" {
				task = e.Task
			}
		}
		if slices.ContainsFunc(d.Causes, func(c report.Cause) bool { return c.From == "key" && c.Class == d.Class }) {
			task = "pair"
		}
		classes = append(classes, d.Class)
		for _, alternative := range d.Alternatives {
			classes = append(classes, alternative.Class)
		}
	}
	if len(a.switched) > 0 {
		classes = append(classes, report.UnknownRoot) // What people switch it off for.
	}
	if task != "" && classes[0] == report.Other {
		classes = classes[min(2, len(classes)):] // The server's log knows nothing of it.
	}
	if fixes := fix.For(fix.Question{Task: task, Classes: classes, Programs: programs, Values: values}); len(fixes) > 0 {
		a.report.Fixes = fixes
	}
}

// values are the names that commands carry.
func (a *analysis) values() fix.Values {
	v := fix.Values{Host: a.report.Host}
	if h := a.report.Handshake; h != nil {
		v.Port = h.Port
	}
	for i := range a.report.Transcripts {
		if v.Port == 0 {
			v.Port = a.report.Transcripts[i].Port
		}
	}
	for i := range a.report.Errors {
		e := &a.report.Errors[i]
		if v.Host == "" {
			v.Host = e.Host
		}
		if v.Port == 0 && e.Host == v.Host {
			v.Port = e.Port
		}
		if v.File == "" {
			v.File = e.File
		}
	}
	return v.Or(a.beside)
}
