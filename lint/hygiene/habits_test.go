package hygiene

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/zmap/zlint/v3/lint"
)

var hitOf = map[string]lint.LintStatus{"e": lint.Error, "w": lint.Warn, "n": lint.Notice}

// TestHabits walks the registry and checks what the package comment promises of
// each rule.
func TestHabits(t *testing.T) {
	rules := lint.GlobalRegistry().CertificateLints().BySource(Source)
	if len(rules) != len(cases) {
		t.Errorf("%d rules are registered, %d have a table", len(rules), len(cases))
	}
	name := regexp.MustCompile(`^[ewn](_[a-z0-9]+)+$`)
	keyword := regexp.MustCompile(`\b(MUST|SHOULD|MAY|RECOMMENDED|should)\b`)
	citation := regexp.MustCompile(`^(certlens; background.*: )?(RFC \d+|https://|NIST SP )|https://`)
	for _, rule := range rules {
		if !name.MatchString(rule.Name) {
			t.Errorf("%s: not a name", rule.Name)
		}
		if !keyword.MatchString(rule.Description) {
			t.Errorf("%s: no word of RFC 2119 in %q", rule.Name, rule.Description)
		}
		if !citation.MatchString(rule.Citation) {
			t.Errorf("%s: nothing to open in %q", rule.Name, rule.Citation)
		}
		checkFile(t, rule.Name)
		checkCases(t, rule.Name)
	}
}

// checkFile asks that the rule has a file of its name, and init first.
func checkFile(t *testing.T, rule string) {
	f, err := parser.ParseFile(token.NewFileSet(), rule[len("e_"):]+".go", nil, 0)
	if err != nil {
		t.Errorf("%s: %v", rule, err)
		return
	}
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			continue
		}
		if d, ok := d.(*ast.FuncDecl); !ok || d.Name.Name != "init" {
			t.Errorf("%s: init is not first", rule)
		}
		return
	}
}

// checkCases asks for a case that is not applicable, one that passes and one
// that hits, with the status that the prefix promises and no other.
func checkCases(t *testing.T, rule string) {
	seen := make(map[lint.LintStatus]bool)
	for _, c := range cases[rule] {
		seen[c.want] = true
	}
	hit := hitOf[rule[:1]]
	for _, want := range []lint.LintStatus{lint.NA, lint.Pass, hit} {
		if !seen[want] {
			t.Errorf("%s: no case gives %s", rule, want)
		}
	}
	for _, got := range slices.Sorted(maps.Keys(seen)) {
		if got > lint.Pass && got != hit {
			t.Errorf("%s: a case gives %s", rule, got)
		}
	}
}
