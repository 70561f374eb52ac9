package main

import (
	"fmt"
	"strings"

	"certlens/internal/report"
)

// paths draws each path, leaf first, with its problems at the certificate where
// they stand.
func (p *printer) paths() {
	for i, path := range p.Paths {
		verdict := p.mark(report.Error) + " not trusted"
		if path.Trusted {
			verdict = p.mark(report.Info) + " trusted"
		}
		name := "Path"
		if len(p.Paths) > 1 {
			name = fmt.Sprintf("Path %d", i+1)
		}
		if title := p.storeTitle(path.Store); title != "" {
			name += " to " + title
		}
		p.heading(name + ": " + verdict)
		for depth, id := range path.Certificates {
			p.member(depth, id)
			for _, problem := range path.Problems {
				if problem.Certificate == id {
					p.pathProblem(depth, problem)
				}
			}
		}
	}
}

func (p *printer) storeTitle(name string) string {
	for _, store := range p.Stores {
		if store.Name == name {
			return store.Title
		}
	}
	return ""
}

func (p *printer) member(depth int, id string) {
	c, ok := p.certs[id]
	if !ok {
		p.line("  %s%s", strings.Repeat("  ", depth), id)
		return
	}
	branch := ""
	if depth > 0 {
		branch = "└ "
	}
	origin := ""
	if c.Origin != "input" {
		origin = ", not sent, in the trust store"
	}
	p.line("  %s%s%s %s", strings.Repeat("  ", depth), branch, printable(c.Title),
		p.paint(dim, fmt.Sprintf("(%s%s)", until(c), origin)))
}

// until says how long a certificate is still good.
func until(c *report.Certificate) string {
	switch {
	case c.NotAfter == "":
		return "validity unreadable"
	case c.DaysLeft < 0:
		return "expired " + c.NotAfter
	}
	return fmt.Sprintf("until %s, %d days left", c.NotAfter, c.DaysLeft)
}

func (p *printer) pathProblem(depth int, problem report.PathProblem) {
	indent := 4 + 2*depth
	for i, line := range wrap(problem.Detail, width-indent-2) {
		sign := " "
		if i == 0 {
			sign = p.mark(report.Error)
		}
		p.line("%s%s %s", strings.Repeat(" ", indent), sign, line)
	}
	p.line("%s  %s", strings.Repeat(" ", indent), p.paint(dim, string(problem.Class)+" · "+problem.Rule))
}
