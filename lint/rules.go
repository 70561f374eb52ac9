package lint

import (
	"cmp"
	"slices"

	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/lint/hygiene"
)

// A Rule is what is known of a rule, for documentation.
type Rule struct {
	// Name is the stable name. Its prefix is the severity of its findings: "e_"
	// an error, "w_" a warning, "n_" a notice.
	Name string
	// Description is what the rule demands.
	Description string
	// Source is who wrote the rule, as in report.Finding.
	Source string
	// Citation is where a reader can look it up.
	Citation string
	// Effective is the date from which the rule holds (YYYY-MM-DD); empty when it
	// always did.
	Effective string
	// About is what the rule judges: "certificate", "crl", "ocsp" or "chain".
	About string
	// Profiles are those that run the rule; none for rules about chains, which
	// always run.
	Profiles []Profile
}

// Rules lists every rule, by what it is about, then by name.
func Rules() []Rule {
	var all []Rule
	registry := zlint.GlobalRegistry()
	for _, l := range registry.CertificateLints().Lints() {
		all = append(all, describe("certificate", l.LintMetadata))
	}
	for _, l := range registry.RevocationListLints().Lints() {
		all = append(all, describe("crl", l.LintMetadata))
	}
	for _, l := range registry.OcspResponseLints().Lints() {
		all = append(all, describe("ocsp", l.LintMetadata))
	}
	for _, r := range chainRules {
		all = append(all, Rule{Name: r.name, Description: r.description, Source: string(hygiene.Source), Citation: r.citation, About: "chain"})
	}
	slices.SortFunc(all, func(a, b Rule) int { return cmp.Or(cmp.Compare(a.About, b.About), cmp.Compare(a.Name, b.Name)) })
	return all
}

func describe(about string, m zlint.LintMetadata) Rule {
	r := Rule{
		Name: m.Name, Description: m.Description, Source: string(m.Source),
		Citation: citation(m), Effective: date(m.EffectiveDate), About: about,
	}
	for _, p := range Profiles() {
		if s, ok := selections[p]; ok && s.includes(m) {
			r.Profiles = append(r.Profiles, p)
		}
	}
	return r
}
