package hygiene

import (
	"strings"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "n_san_wildcard_without_apex",
			Description: "A certificate for *.example.com that should serve example.com as well SHOULD name it: a wildcard stands for exactly one label",
			Citation:    "RFC 9525, section 6.3",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return sanWildcardWithoutApex{} },
	})
}

type sanWildcardWithoutApex struct{}

func (sanWildcardWithoutApex) CheckApplies(c *x509.Certificate) bool {
	return isServer(c) && len(apexes(c)) > 0
}

func (sanWildcardWithoutApex) Execute(c *x509.Certificate) *lint.LintResult {
	named := make(map[string]bool)
	for _, name := range c.DNSNames {
		named[strings.ToLower(name)] = true
	}
	var missing []string
	for _, apex := range apexes(c) {
		_, parent, _ := strings.Cut(apex, ".")
		if !named[apex] && !named["*."+parent] {
			missing = append(missing, apex)
		}
	}
	if missing == nil {
		return pass
	}
	return hit(lint.Notice, "does not cover %s", some(missing))
}

// apexes are the domains of the wildcards, in lower case. A domain of one label
// is left to w_san_wildcard_of_one_label.
func apexes(c *x509.Certificate) []string {
	var all []string
	for _, name := range c.DNSNames {
		if apex, ok := strings.CutPrefix(strings.ToLower(name), "*."); ok && strings.Contains(apex, ".") {
			all = append(all, apex)
		}
	}
	return all
}
