package lint

import (
	"slices"
	"strings"

	"github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"
)

// unsteady are the rules of zlint v3.7.3 that walk over a Go map on the way to
// their result, so that the same certificate gives another result each time: the
// words of the detail in another order, or another one of several faults, or,
// for two or more extended key usages and a rare set of key usages, another
// status. The value puts the words of a detail in order.
var unsteady = map[string]func(detail string) string{
	"e_key_usage_and_extended_key_usage_inconsistent": sortWords("[", " ", "]"),
	"e_etsi_natural_person_key_usage_correct_values":  sortWords("[", " ", "]"),
	"e_ext_duplicate_extension":                       sortWords(": ", ", ", ""),
	"e_ext_tor_service_descriptor_hash_invalid":       func(detail string) string { return detail },
}

// steady runs an unsteady rule until it is all but certain that the best of its
// results was among them, and gives that: the lowest status, and of those the
// first detail.
func (r certificateRule) steady(c *x509.Certificate, order func(string) string) *zlint.LintResult {
	var best *zlint.LintResult
	for range 32 {
		result := r.Execute(c, zlint.GlobalRegistry().GetConfiguration())
		if result.Status <= zlint.Pass {
			return result
		}
		result.Details = order(result.Details)
		if best == nil || result.Status < best.Status || result.Status == best.Status && result.Details < best.Details {
			best = result
		}
	}
	return best
}

// sortWords gives a function that sorts the words between two marks, the second
// of which may be the end.
func sortWords(from, between, to string) func(string) string {
	return func(detail string) string {
		before, rest, ok := strings.Cut(detail, from)
		if !ok {
			return detail
		}
		list, after, closed := rest, "", false
		if to != "" {
			list, after, closed = strings.Cut(rest, to)
		}
		words := strings.Split(list, between)
		slices.Sort(words)
		list = before + from + strings.Join(words, between)
		if closed {
			list += to
		}
		return list + after
	}
}
