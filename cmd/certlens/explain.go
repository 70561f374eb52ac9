package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"certlens/internal/engine"
	"certlens/internal/fix"
	"certlens/internal/intake"
	"certlens/internal/report"
)

// explain says what a failure or an error code means, or what is behind an error
// text: a text is analyzed as a paste is.
func explain(args []string, t terminal) int {
	var o options
	words, err := parse(o.flags("explain"), args)
	if err != nil {
		return misuse(t, err)
	}
	if len(words) == 0 {
		return misuse(t, errors.New("explain needs an error text, a failure or a code"))
	}
	text := strings.Join(words, " ")
	if text == "-" {
		data, err := io.ReadAll(t.in)
		if err != nil {
			return misuse(t, err)
		}
		text = string(data)
	}
	if page, found := fix.Help(strings.TrimSpace(text)); found {
		return showHelp(t, page, o.json)
	}
	request, err := o.request(t)
	if err != nil {
		return misuse(t, err)
	}
	request.Sources = []intake.Source{{Data: []byte(text)}}
	return show(t, engine.Analyze(context.Background(), request), o.json)
}

func showHelp(t terminal, page report.HelpPage, asJSON bool) int {
	var err error
	if asJSON {
		err = writeJSON(t.out, page)
	} else {
		p := &printer{style: style{colour: t.colour}}
		p.help(page)
		_, err = io.WriteString(t.out, p.out.String())
	}
	if err != nil {
		t.complain(err)
		return statusUsage
	}
	return statusFine
}

// help writes a help page. Of what the clients say it has the first few.
func (p *printer) help(page report.HelpPage) {
	p.line("%s", p.paint(bold, printable(page.Title)))
	p.prose(2, page.Meaning)
	p.line("  %s", p.paint(dim, string(page.Class)))
	if len(page.Causes) > 0 {
		p.heading("Usual causes")
		p.causes(page.Causes)
	}
	p.fixes(page.Fixes, mostFixes)
	if len(page.Sayings) == 0 {
		return
	}
	p.heading("What programs say")
	last := ""
	for _, s := range page.Sayings {
		if s.Client == last {
			continue
		}
		last = s.Client
		text := s.Text
		if s.Accepts {
			text = "does not complain"
		}
		p.prose(2, s.Client+": "+text)
	}
}
