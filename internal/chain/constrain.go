package chain

import (
	"fmt"
	"slices"
	"strconv"

	"certlens/internal/report"
)

const ruleNames = "RFC 5280, section 4.2.1.10"

// checkConstraints holds the names of each certificate against the constraints of
// every CA above it, the anchor's included.
//
// RFC 5280, section 6.1.3 (b) and (c): name constraints do not apply to a
// self-issued certificate "unless it is the final certificate in the path".
func checkConstraints(j *judge) {
	for above := 1; above < len(j.certs); above++ {
		limits := j.certs[above].limits
		if limits == nil || limits.malformed {
			continue
		}
		j.checkSubtrees(above, limits)
		for i := above - 1; i >= 0; i-- {
			if i > 0 && j.certs[i].SelfIssued() {
				continue
			}
			for _, detail := range j.search.violations(j.certs[above], j.certs[i]) {
				j.add(i, report.NameConstraint, ruleNames, "%s", detail)
			}
		}
	}
}

// checkSubtrees reports constraints that say nothing a client can act on.
func (j *judge) checkSubtrees(i int, limits *constraints) {
	for _, list := range [][]subtree{limits.permitted, limits.excluded} {
		for _, s := range list {
			if s.invalid {
				j.add(i, report.NameConstraint, ruleNames, "%s has the name constraint %s, which is not valid for %s.", j.certs[i].Title(), strconv.Quote(s.text), plural(s.kind))
				return
			}
		}
	}
}

// A couple is a CA with name constraints and a certificate somewhere below it.
type couple struct{ above, below string }

// violations says in sentences how the names of below break the constraints of
// above. The answer is kept for the next path that holds both.
func (s *search) violations(above, below *member) []string {
	k := couple{above.ID, below.ID}
	found, done := s.couples[k]
	if !done {
		found = s.compare(above, below)
		s.couples[k] = found
	}
	return found
}

// compare does the work of violations.
func (s *search) compare(above, below *member) []string {
	names := subjects(below)
	// OpenSSL counts like this, and gives up beyond 2^20.
	work := (len(below.Subject().Attributes) + len(below.names)) * (len(above.limits.permitted) + len(above.limits.excluded))
	if work > maxComparisons || !s.budget.spend(&s.budget.comparisons, work, "Comparing names with name constraints stopped after %d comparisons.", 8*maxComparisons) {
		return []string{fmt.Sprintf("%s has too many names for the many name constraints of %s: that is %d comparisons, and OpenSSL refuses more than %d.", below.Title(), above.Title(), work, maxComparisons)}
	}
	var out []string
	for kind := range words {
		out = append(out, compareKind(nameKind(kind), above, below, names)...)
	}
	return out
}

// compareKind compares the names of one kind.
func compareKind(kind nameKind, above, below *member, names []subject) []string {
	permitted, excluded := ofKind(above.limits.permitted, kind), ofKind(above.limits.excluded, kind)
	var outside, inside, unknown []string
	for i := range names {
		n := &names[i]
		switch {
		case n.kind != kind || len(permitted)+len(excluded) == 0:
		case !understood(kind):
			unknown = append(unknown, n.text)
		case anyInvalid(permitted):
			// Reported by checkSubtrees; what it would permit is unknown.
		case len(permitted) > 0 && (n.invalid || !withinAny(permitted, n, false)):
			outside = append(outside, n.text)
		case n.invalid || withinAny(excluded, n, true):
			inside = append(inside, n.text)
		}
	}
	return sentences(kind, above, below, outside, inside, unknown)
}

// sentences words what compareKind found.
func sentences(kind nameKind, above, below *member, outside, inside, unknown []string) []string {
	var out []string
	if len(outside) > 0 {
		out = append(out, fmt.Sprintf("%s may issue for the %s %s only; %s has %s.", above.Title(), plural(kind), list(above.limits.permitted, kind), below.Title(), few(outside)))
	}
	if len(inside) > 0 {
		out = append(out, fmt.Sprintf("%s must not issue for the %s %s; %s has %s.", above.Title(), plural(kind), list(above.limits.excluded, kind), below.Title(), few(inside)))
	}
	// RFC 5280: if a critical extension imposes constraints on a name form that
	// appears in a certificate below, "the application MUST either process the
	// constraint or reject the certificate."
	if len(unknown) > 0 && above.limits.critical {
		out = append(out, fmt.Sprintf("%s has name constraints of the kind %s, which clients cannot process, and %s has such a name.", above.Title(), kind, below.Title()))
	}
	return out
}

// understood tells whether constraints of the kind can be processed.
func understood(kind nameKind) bool {
	switch kind {
	case dnsName, ipAddress, emailName, uriName, directoryName:
		return true
	}
	return false
}

// ofKind picks the subtrees of a kind.
func ofKind(all []subtree, kind nameKind) []subtree {
	var out []subtree
	for _, s := range all {
		if s.kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// anyInvalid tells whether a subtree is not valid.
func anyInvalid(trees []subtree) bool {
	return slices.ContainsFunc(trees, func(s subtree) bool { return s.invalid })
}

// withinAny tells whether the name is in one of the subtrees. One that is not
// valid holds nothing; it is reported by itself.
func withinAny(trees []subtree, n *subject, excluded bool) bool {
	for i := range trees {
		if !trees[i].invalid && trees[i].within(n, excluded) {
			return true
		}
	}
	return false
}

// list names the subtrees of a kind.
func list(all []subtree, kind nameKind) string {
	var out []string
	for _, s := range ofKind(all, kind) {
		if s.text == "" {
			s.text = "(all)"
		}
		out = append(out, s.text)
	}
	return few(out)
}

// plural names a kind in the plural.
func plural(kind nameKind) string {
	if kind == emailName || kind == ipAddress {
		return kind.String() + "es"
	}
	return kind.String() + "s"
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
