package lint

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/lint/internal/fixture"
)

// TestExclusions asks that what is left out exists, and that the rules named as
// the better ones exist as well.
func TestExclusions(t *testing.T) {
	lookup := zlint.GlobalRegistry().CertificateLints()
	name := regexp.MustCompile(`\b[ewn]_[a-z0-9_]+`)
	for p, s := range selections {
		for _, e := range s.without {
			if lookup.ByName(e.rule) == nil {
				t.Errorf("%s: %s is no rule", p, e.rule)
			}
			for _, other := range name.FindAllString(e.why, -1) {
				if lookup.ByName(other) == nil {
					t.Errorf("%s: %s is no rule", p, other)
				}
			}
		}
	}
}

// forumSources are the documents that bind public CAs alone.
var forumSources = []zlint.LintSource{
	zlint.CABFBaselineRequirements, zlint.CABFCSBaselineRequirements, zlint.CABFSMIMEBaselineRequirements,
	zlint.CABFEVGuidelines, zlint.MozillaRootStorePolicy, zlint.AppleRootStorePolicy, zlint.ChromeRootStorePolicy,
}

// TestPrivateIsQuiet lints what private CAs usually issue, and wants nothing
// said but what is listed. Under webpki the same certificates drown.
func TestPrivateIsQuiet(t *testing.T) {
	for _, c := range []struct {
		what string
		spec *fixture.Spec
		want string
	}{
		{"root", fixture.PrivateRoot, ""},
		{"intermediate", fixture.PrivateIntermediate, ""},
		{"leaf with local names", fixture.PrivateLeaf, ""},
		{"workload", &fixture.Spec{ // SPIFFE
			From: "2026-09-01", To: "2026-09-02", Key: "p256/workload", By: fixture.PrivateIntermediate,
			KU: []string{"digitalSignature"}, EKU: []string{"serverAuth", "clientAuth"}, URI: []string{"spiffe://prod/ns/a/sa/b"},
		}, ""},
		{"cluster CA", &fixture.Spec{ // as kubeadm makes it
			Subject: "CN=kubernetes", From: "2026-01-01", To: "2036-01-01", Key: "rsa2048/kubernetes",
			CA: true, KU: []string{"digitalSignature", "keyEncipherment", "keyCertSign"}, DNS: []string{"kubernetes"},
		}, ""},
		{"without extensions", &fixture.Spec{Subject: "CN=db.corp.example", From: "2026-01-01", To: "2036-01-01", Key: "rsa2048/db", NoSKI: true},
			"w_server_name_only_in_common_name"},
		{"issued, without key identifiers", plain(func(s *fixture.Spec) { s.Subject, s.NoAKI = "CN=www.example.com", true }), "e_ext_authority_key_identifier_no_key_identifier"},
		{"address as DNS name", plain(func(s *fixture.Spec) { s.DNS = []string{"10.0.0.7"} }), "e_san_dns_name_is_ip_address n_common_name_not_in_san"},
		{"ten years", plain(func(s *fixture.Spec) { s.To = "2036-09-01" }), "w_server_validity_over_825_days"},
	} {
		subject := Subject{Cert: cert.Parse(c.spec.DER()), PrivateRoot: true}
		run, findings := Certificate(subject, Auto)
		if run.Profile != string(Private) {
			t.Errorf("%s: profile %s", c.what, run.Profile)
		}
		if got := strings.Join(ids(findings), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		for _, f := range findings {
			if slices.Contains(forumSources, zlint.LintSource(f.Source)) {
				t.Errorf("%s: %s is of %s", c.what, f.ID, f.Source)
			}
		}
	}
	_, findings := Certificate(Subject{Cert: cert.Parse(fixture.PrivateLeaf.DER())}, WebPKI)
	if len(findings) < 10 {
		t.Errorf("under webpki only %v", ids(findings))
	}
}

func ids(findings []report.Finding) []string {
	var all []string
	for _, f := range findings {
		all = append(all, f.ID)
	}
	return all
}

// TestFinding looks at one finding, field by field, and at the run.
func TestFinding(t *testing.T) {
	const id = "e_server_cert_valid_time_longer_than_200_days"
	c := cert.Parse(fixtures["ten years"].DER())
	run, findings := Certificate(Subject{Cert: c, PublicRoot: true}, Auto)
	i := slices.IndexFunc(findings, func(f report.Finding) bool { return f.ID == id })
	if i < 0 {
		t.Fatalf("findings %v", ids(findings))
	}
	want := report.Finding{
		ID: id, Severity: report.Error, Source: "CABF_BR",
		Title:    "TLS server certificates issued on or after March 15, 2026 00:00 GMT/UTC must not have a validity period greater than 200 days",
		Detail:   "Certificate is issued on or after March 15, 2026 and has a validity of 3654 days",
		Citation: "https://github.com/cabforum/servercert/pull/553", Effective: "2026-03-15", Certificate: c.ID,
	}
	if findings[i] != want {
		t.Errorf("%+v\nwant %+v", findings[i], want)
	}
	if run.Certificate != c.ID || run.Linter != Linter || run.Profile != "webpki" || run.Counts.Pass < 100 {
		t.Errorf("%+v", run)
	}
	if !slices.IsSortedFunc(findings, func(a, b report.Finding) int {
		return slices.Index(severities, a.Severity) - slices.Index(severities, b.Severity)
	}) {
		t.Errorf("not worst first: %v", ids(findings))
	}
}

// TestFatal looks at what becomes of a rule that breaks.
func TestFatal(t *testing.T) {
	for _, result := range []*zlint.LintResult{{Status: zlint.Fatal, Details: "index out of range"}, {Status: zlint.Fatal}, {Status: zlint.Reserved}} {
		var r tally
		r.add(zlint.LintMetadata{Name: "e_x"}, result)
		f := r.findings[0]
		if f.Severity != report.Error || !strings.HasPrefix(f.Detail, "The rule could not be evaluated: ") || r.counts.Error != 1 || f.Citation == "" {
			t.Errorf("%+v", f)
		}
	}
}

func TestRules(t *testing.T) {
	rules := Rules()
	seen := make(map[string]bool)
	about := make(map[string]int)
	for _, r := range rules {
		if seen[r.Name] {
			t.Errorf("%s is there twice", r.Name)
		}
		seen[r.Name] = true
		about[r.About]++
		if r.Description == "" || r.Source == "" || r.Citation == "" {
			t.Errorf("%+v lacks something", r)
		}
		if (r.About == "certificate") && len(r.Profiles) == 0 {
			t.Errorf("%s runs in no profile", r.Name)
		}
	}
	registry := zlint.GlobalRegistry()
	want := map[string]int{
		"certificate": len(registry.CertificateLints().Lints()), "crl": len(registry.RevocationListLints().Lints()),
		"ocsp": len(registry.OcspResponseLints().Lints()), "chain": len(chainRules),
	}
	for kind, n := range want {
		if about[kind] != n || n == 0 {
			t.Errorf("%d rules about %s, want %d", about[kind], kind, n)
		}
	}
}
