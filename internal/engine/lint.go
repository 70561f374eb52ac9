package engine

import (
	"cmp"
	"slices"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
	"certlens/lint"
)

// lint runs the rules over every pasted certificate and object, and over the
// chain as it was presented; what a scan found stands beside them. Trust anchors that certlens brought along are not
// the user's, and are not judged.
func (a *analysis) lint() {
	a.scanned()
	pasted := a.distinct()
	for i, c := range pasted {
		if a.cancelled() {
			return
		}
		a.keep(lint.Certificate(a.subject(c), a.profile))
		a.progress(Progress{Stage: "lint", Done: i + 1, Total: len(pasted)})
	}
	for i, object := range a.report.Objects {
		switch object.Kind {
		case "crl":
			a.keep(lint.CRL(a.ders[i], i+1))
		case "ocsp":
			a.keep(lint.OCSP(a.ders[i], i+1))
		}
	}
	if len(a.served) > 0 {
		a.keep(lint.Chain(lint.Served{Certs: a.served, At: a.req.At, Roots: a.isAnchor}))
	}
	a.sortFindings()
}

// distinct are the distinct certificates of the input, in order.
func (a *analysis) distinct() []*cert.Certificate {
	var certs []*cert.Certificate
	for _, c := range a.report.Certificates {
		if c.Origin == "input" {
			certs = append(certs, a.certs[c.ID])
		}
	}
	return certs
}

// subject adds to a certificate what the paths tell about it.
func (a *analysis) subject(c *cert.Certificate) lint.Subject {
	public := a.public[c.ID] || a.isPublicAnchor(c)
	return lint.Subject{
		Cert:        c,
		PublicRoot:  public,
		PrivateRoot: a.private[c.ID] && !public,
		Issuer:      a.issuer[c.ID],
		Signed:      a.signed[c.ID],
	}
}

func (a *analysis) isAnchor(c *cert.Certificate) bool {
	return slices.ContainsFunc(a.stores, func(s *trust.Store) bool { return s.Contains(c) })
}

func (a *analysis) isPublicAnchor(c *cert.Certificate) bool {
	return slices.ContainsFunc(a.stores, func(s *trust.Store) bool { return s.Name != userStore && s.Contains(c) })
}

func (a *analysis) keep(run report.LintRun, findings []report.Finding) {
	a.report.Lints = append(a.report.Lints, run)
	a.report.Findings = append(a.report.Findings, findings...)
}

// severities, worst first.
var severities = []report.Severity{report.Error, report.Warning, report.Notice, report.Info}

// sortFindings puts the worst first, and keeps the order of the certificates
// and of the rules within one severity.
func (a *analysis) sortFindings() {
	slices.SortStableFunc(a.report.Findings, func(x, y report.Finding) int {
		return cmp.Compare(slices.Index(severities, x.Severity), slices.Index(severities, y.Severity))
	})
}
