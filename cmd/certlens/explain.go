package main

import (
	"errors"
	"io"
	"strings"

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
	if len(words) == 0 && o.all {
		return listHelp(t, o.json)
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
	for _, path := range []string{text, strings.ToLower(text), strings.Join(words, "/")} {
		if page, found := fix.Help(strings.TrimSpace(path)); found {
			return showHelp(t, page, o)
		}
	}
	request, err := o.request(t)
	if err != nil {
		return misuse(t, err)
	}
	request.Sources = []intake.Source{{Data: []byte(text)}}
	return show(t, request, o)
}

func showHelp(t terminal, page report.HelpPage, o options) int {
	p := &printer{style: style{colour: t.colour}, all: o.all}
	p.help(page)
	return t.print(page, p, o.json)
}

// listHelp lists all that can be explained.
func listHelp(t terminal, asJSON bool) int {
	index := fix.Index()
	p := &printer{style: style{colour: t.colour}}
	for _, page := range index {
		p.page(page)
	}
	return t.print(index, p, asJSON)
}

// page is one line of a list of help pages.
func (p *printer) page(page fix.Page) {
	if strings.Contains(page.Path, "/") {
		p.line("  %s", printable(page.Path+strings.TrimPrefix(page.Title, strings.Replace(page.Path, "/", " ", 1))))
		return
	}
	p.line("  %-24s%s", page.Path, printable(page.Title))
}

// print writes what was asked for, as JSON or as text.
func (t terminal) print(data any, p *printer, asJSON bool) int {
	var err error
	if asJSON {
		err = writeJSON(t.out, data)
	} else {
		_, err = io.WriteString(t.out, p.out.String())
	}
	if err != nil {
		t.complain(err)
		return statusUsage
	}
	return statusFine
}

// help writes a help page. Of what each client says it has the first.
func (p *printer) help(page report.HelpPage) {
	p.line("%s", p.paint(bold, printable(page.Title)))
	p.prose(2, page.Meaning)
	p.line("  %s", p.paint(dim, string(page.Class)))
	if len(page.Causes) > 0 {
		p.heading("Usual causes")
		p.causes(page.Causes)
	}
	p.fixes(page.Fixes)
	if len(page.Sayings) == 0 {
		return
	}
	p.heading("What programs say")
	last, shown := "", 0
	for _, s := range page.Sayings {
		if s.Client == last && !p.all {
			continue
		}
		last = s.Client
		shown++
		text := s.Text
		if s.Accepts {
			text = "does not complain"
		}
		p.said(2, s.Client+": "+text)
	}
	p.rest(len(page.Sayings)-shown, " wordings")
}
