package chain

import (
	"fmt"
	"slices"
	"time"

	"certlens/internal/report"
	"certlens/internal/trust"
)

// A judge collects what speaks against one path.
type judge struct {
	search  *search
	certs   []*member // leaf first
	anchor  *trust.Anchor
	walk    *walk
	at      time.Time
	host    string
	purpose Purpose

	found []placed
}

// A placed problem remembers where on the path it is.
type placed struct {
	at int
	report.PathProblem
}

// checks are all that is asked of a path. Problems are listed by their place on
// the path, and at one place in this order.
var checks = []func(*judge){
	checkBroken,
	checkHost,
	checkValidity,
	checkSignatures,
	checkForm,
	checkCritical,
	checkIssuers,
	checkPathLength,
	checkPurpose,
	checkKeys,
	checkConstraints,
	checkPolicies,
	checkRefused,
	checkEnd,
}

// add records a problem of the certificate at index i.
func (j *judge) add(i int, class report.Class, rule, format string, args ...any) {
	j.found = append(j.found, placed{i, report.PathProblem{
		Class: class, Certificate: j.certs[i].ID, Detail: fmt.Sprintf(format, args...), Rule: rule,
	}})
}

// judgement runs all checks.
func (j *judge) judgement() report.Path {
	for _, check := range checks {
		check(j)
	}
	j.found = slices.DeleteFunc(j.found, j.followsFromUnreadable)
	slices.SortStableFunc(j.found, func(a, b placed) int { return a.at - b.at })
	p := report.Path{Certificates: []string{}, Problems: []report.PathProblem{}}
	for _, m := range j.certs {
		p.Certificates = append(p.Certificates, m.ID)
	}
	for _, f := range j.found {
		p.Problems = append(p.Problems, f.PathProblem)
	}
	if j.anchor != nil {
		p.Store = j.anchor.Store
		p.Trusted = len(p.Problems) == 0
	}
	return p
}

// unreadableSays are the classes that still mean something for a certificate
// that could not be read to its end: what it lacks may stand in the part that
// is missing, and a signature never fits a part.
var unreadableSays = []report.Class{
	report.Malformed, report.Expired, report.NotYetValid, report.ExpiredIntermediate,
	report.MissingIntermediate, report.UnknownRoot, report.Distrusted,
}

// followsFromUnreadable tells whether a problem is only a consequence of its
// certificate being unreadable.
func (j *judge) followsFromUnreadable(p placed) bool {
	return j.certs[p.at].broken() != nil && !slices.Contains(unreadableSays, p.Class)
}

// instant writes a time as it reads in a sentence.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
