package lint

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/internal/cert"
	"certlens/lint/hygiene"
)

// A Profile is a set of rules that fits one kind of certificate.
type Profile string

// The profiles. Auto is not a set of rules: it stands for the one that Choose
// gives.
const (
	Auto     Profile = "auto"
	WebPKI   Profile = "webpki"
	RFC5280  Profile = "rfc5280"
	SMIME    Profile = "smime"
	CodeSign Profile = "codesign"
	Private  Profile = "private"
)

// Profiles lists every profile, Auto first.
func Profiles() []Profile {
	return []Profile{Auto, WebPKI, RFC5280, SMIME, CodeSign, Private}
}

// knownProfiles lists the profiles for a message.
func knownProfiles() string {
	var names []string
	for _, p := range Profiles() {
		names = append(names, string(p))
	}
	return strings.Join(names, ", ")
}

// ParseProfile reads the name of a profile; the empty string means Auto.
func ParseProfile(s string) (Profile, error) {
	if s == "" {
		return Auto, nil
	}
	if p := Profile(s); slices.Contains(Profiles(), p) {
		return p, nil
	}
	return "", fmt.Errorf("lint: unknown profile %s (known: %s)", strconv.Quote(s), knownProfiles())
}

// rfcs are the sources that hold for every certificate that says it is X.509:
// RFC 5280 and what it stands on or was amended by.
var rfcs = []zlint.LintSource{
	zlint.RFC3279, zlint.RFC5280, zlint.RFC5480, zlint.RFC5891,
	zlint.RFC6960, zlint.RFC6962, zlint.RFC8813,
}

// A selection says which rules a profile runs.
type selection struct {
	// sources are whose rules run; nil means everybody's.
	sources []zlint.LintSource
	// without names rules that do not run although their source does.
	without []exclusion
}

// An exclusion is a rule that a profile leaves out, and why.
type exclusion struct{ rule, why string }

// selections has one line for each set of rules:
//
//   - webpki runs everything. A publicly trusted certificate has to satisfy the
//     RFCs, the CA/Browser Forum's documents and each root program at once,
//     and zlint itself keeps a document away from certificates that it does not
//     cover. What is listed here is therefore what zlint lists.
//   - rfc5280 runs the RFCs and nothing else.
//   - smime adds the S/MIME Baseline Requirements, Mozilla's policy (which
//     covers e-mail roots), ETSI's rules for qualified certificates, and what
//     the community found.
//   - codesign adds the Code Signing Baseline Requirements and the community's.
//   - private leaves out every document that binds public CAs alone, keeps the
//     RFCs and the community's rules, and adds our own, which speak of what
//     clients do with a certificate whoever issued it.
var selections = map[Profile]selection{
	WebPKI:   {without: saidByOthers},
	RFC5280:  {sources: rfcs},
	SMIME:    {sources: plus(zlint.CABFSMIMEBaselineRequirements, zlint.MozillaRootStorePolicy, zlint.EtsiEsi, zlint.Community, hygiene.Source), without: publicTLSOnly},
	CodeSign: {sources: plus(zlint.CABFCSBaselineRequirements, zlint.Community, hygiene.Source), without: publicTLSOnly},
	Private:  {sources: plus(zlint.Community, hygiene.Source), without: slices.Concat(publicTLSOnly, noiseForPrivate)},
}

func plus(more ...zlint.LintSource) []zlint.LintSource { return slices.Concat(rfcs, more) }

// includes tells whether the selection runs the rule with the given metadata.
func (s selection) includes(m zlint.LintMetadata) bool {
	if s.sources != nil && !slices.Contains(s.sources, m.Source) {
		return false
	}
	return !slices.ContainsFunc(s.without, func(e exclusion) bool { return e.rule == m.Name })
}

// A certificateRule is one rule, with the certificates that it is not meant for if
// zlint does not leave them out, a faster way to the same answer if there is one,
// and the order of its details if they are in none.
type certificateRule struct {
	*zlint.CertificateLint
	exempt   func(*cert.Certificate) bool
	shortcut shortcut
	order    func(detail string) string
}

// certificateRules gives the rules of each profile, by name. They are picked from
// the registry on first use: zlint's own Registry.Filter sorts all names again
// for each rule that it adds.
var certificateRules = perProfile(func(s selection) []certificateRule {
	var rules []certificateRule
	for _, l := range zlint.GlobalRegistry().CertificateLints().Lints() {
		if s.includes(l.LintMetadata) {
			rules = append(rules, certificateRule{l, exempt[l.Name], shortcuts[l.Name], unsteady[l.Name]})
		}
	}
	return rules
})

// perProfile gives a function for each profile that picks its rules once.
func perProfile[R any](pick func(selection) []R) map[Profile]func() []R {
	all := make(map[Profile]func() []R)
	for p, s := range selections {
		all[p] = sync.OnceValue(func() []R { return pick(s) })
	}
	return all
}
