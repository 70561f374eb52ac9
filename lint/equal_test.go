package lint

import (
	"os"
	"strings"
	"testing"

	"github.com/zmap/zlint/v3"
	zlintlint "github.com/zmap/zlint/v3/lint"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/lint/hygiene"
)

// TestEqual runs zlint itself, with nothing of ours between, on every fixture,
// and compares the status of every rule of every profile.
func TestEqual(t *testing.T) {
	compared, reached := 0, make(map[string]bool)
	eachFixture(t, func(t *testing.T, c *cert.Certificate) {
		if c.X509 == nil {
			t.Fatalf("zcrypto refuses the fixture: %v", c.Problems)
		}
		native := zlint.LintCertificate(c.X509).Results
		for p := range selections {
			run, findings := Certificate(Subject{Cert: c}, p)
			want := make(map[string]string)
			var counts report.LintCounts
			for _, rule := range certificateRules[p]() {
				result := native[rule.Name]
				if got := rule.verdict(Subject{Cert: c}).Status; got != result.Status {
					t.Errorf("%s: %s: %s, zlint says %s", p, rule.Name, got, result.Status)
				}
				if tell(&counts, result.Status) {
					want[rule.Name] = result.Details
					if rule.order != nil {
						want[rule.Name] = rule.order(result.Details)
					}
					reached[rule.Name] = true
				}
				compared++
			}
			if run.Counts != counts {
				t.Errorf("%s: counts %+v, want %+v", p, run.Counts, counts)
			}
			compareFindings(t, p, findings, want)
		}
	})
	t.Logf("compared %d statuses; %d rules found something", compared, len(reached))
	if len(reached) < 120 {
		t.Errorf("the fixtures make %d rules find something, which is too few to compare", len(reached))
	}
}

// tell counts a status, and says whether it is worth a finding.
func tell(c *report.LintCounts, status zlintlint.LintStatus) bool {
	field := map[zlintlint.LintStatus]*int{
		zlintlint.NA: &c.NotApplicable, zlintlint.NE: &c.NotEffective, zlintlint.Pass: &c.Pass,
		zlintlint.Notice: &c.Notice, zlintlint.Warn: &c.Warning, zlintlint.Error: &c.Error, zlintlint.Fatal: &c.Error,
	}[status]
	*field++
	return status > zlintlint.Pass
}

func compareFindings(t *testing.T, p Profile, findings []report.Finding, want map[string]string) {
	t.Helper()
	if len(findings) != len(want) {
		t.Errorf("%s: %d findings, want %d", p, len(findings), len(want))
	}
	for _, f := range findings {
		detail, ok := want[f.ID]
		if !ok || !strings.HasSuffix(f.Detail, detail) {
			t.Errorf("%s: %s: detail %q, zlint says %q (%t)", p, f.ID, f.Detail, detail, ok)
		}
	}
}

// TestWebPKIRunsAll asks that webpki leaves out no rule of zlint's.
func TestWebPKIRunsAll(t *testing.T) {
	runs := make(map[string]bool)
	for _, rule := range certificateRules[WebPKI]() {
		runs[rule.Name] = true
	}
	for _, rule := range zlintlint.GlobalRegistry().CertificateLints().Lints() {
		if !runs[rule.Name] && rule.Source != hygiene.Source {
			t.Errorf("%s does not run", rule.Name)
		}
	}
}

// TestSources compares the rules of a profile with what zlint's own filter gives
// for the same sources.
func TestSources(t *testing.T) {
	for p, s := range selections {
		options := zlintlint.FilterOptions{IncludeSources: s.sources}
		for _, e := range s.without {
			options.ExcludeNames = append(options.ExcludeNames, e.rule)
		}
		filtered, err := zlintlint.GlobalRegistry().Filter(options)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, rule := range certificateRules[p]() {
			got = append(got, rule.Name)
		}
		want := filtered.CertificateLints().Names()
		if len(got) != len(want) {
			t.Errorf("%s: %d rules, zlint's filter gives %d", p, len(got), len(want))
		}
		for _, name := range got {
			if filtered.CertificateLints().ByName(name) == nil {
				t.Errorf("%s: zlint's filter leaves %s out", p, name)
			}
		}
		t.Logf("%s: %d rules", p, len(got))
	}
}

// TestVersion asks that the version that reports name is the one that is built.
func TestVersion(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	_, version, _ := strings.Cut(Linter, " ")
	if !strings.Contains(string(mod), "github.com/zmap/zlint/v3 "+version) {
		t.Errorf("go.mod does not ask for %s", Linter)
	}
}
