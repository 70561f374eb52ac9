package hygiene

import (
	"slices"
	"strings"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
)

func init() {
	lint.RegisterCertificateLint(&lint.CertificateLint{
		LintMetadata: lint.LintMetadata{
			Name:        "n_san_wildcard_without_apex",
			Description: "A certificate for *.example.com that is to serve example.com as well should name it: a wildcard stands for exactly one label",
			Citation:    "certlens; background (what a wildcard covers): RFC 9525, section 6.3",
			Source:      Source,
		},
		Lint: func() lint.CertificateLintInterface { return sanWildcardWithoutApex{} },
	})
}

type sanWildcardWithoutApex struct{}

func (sanWildcardWithoutApex) CheckApplies(c *x509.Certificate) bool {
	return isServer(c) && soleApex(c) != ""
}

func (sanWildcardWithoutApex) Execute(c *x509.Certificate) *lint.LintResult {
	apex := soleApex(c)
	if slices.ContainsFunc(c.DNSNames, func(name string) bool { return strings.EqualFold(name, apex) }) {
		return pass
	}
	return hit(lint.Notice, "does not cover %s", some([]string{apex}))
}

// soleApex is the domain, in lower case, of the wildcard when that is the only one
// and all other names lie in its domain; else it is empty. Who asks for many
// names has thought of each. A domain of one label is left to
// w_san_wildcard_of_one_label.
func soleApex(c *x509.Certificate) string {
	apex := ""
	for _, name := range c.DNSNames {
		if domain, ok := strings.CutPrefix(strings.ToLower(name), "*."); ok && strings.Contains(domain, ".") {
			if apex != "" && apex != domain {
				return ""
			}
			apex = domain
		}
	}
	inside := func(name string) bool {
		name = strings.ToLower(name)
		return name == apex || strings.HasSuffix(name, "."+apex)
	}
	if slices.ContainsFunc(c.DNSNames, func(name string) bool { return !inside(name) }) {
		return ""
	}
	return apex
}
