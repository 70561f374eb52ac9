package main

import (
	"fmt"
	"regexp"
	"strings"
)

// What goes into the engine starts sooner than the modules themselves: what they
// do at start is done in less code, or not before it is needed. It gives the same
// results. A file that is no longer written as an edit expects fails the build, so
// that somebody looks whether the edit is still needed.

// edits are the changes of each file, by its module and its path in that.
var edits = map[string]map[string]func(source string) string{
	zcrypto: {
		"x509/pkix/oid_names.go": tabulate,
		"util/isURL.go":          postpone("rxURL"),
		"x509/x509.go":           func(source string) string { return divide(leaveOut(source)) },
		"encoding/asn1/asn1.go":  divideField,
	},
	zlint: {
		"lint/lint_lookup.go": insertInOrder,
		"lints/cabf_br/lint_dnsname_bad_character_in_label.go":                             compileOnce,
		"lints/cabf_br/lint_san_dns_name_onion_invalid.go":                                 postpone("base32SubsetRegex"),
		"lints/cabf_br/lint_state_or_province_name_must_not_contain_control_characters.go": postpone("controlCharsRegex"),
		"lints/cabf_smime_br/lint_registration_scheme_id_matches_subject_country.go":       postpone("countryRegex"),
		"lints/community/lint_cert_issued_by_compromised_emudhra_ca.go":                    postponeKeys,
		"lints/community/lint_suspicious_chars_in_address.go":                              postpone("suspiciousCharsInAddressRegexp"),
		"lints/etsi/lint_e_qcstatem_psd2_orgid_format.go":                                  postpone("psd2OrgIdFormatRegex"),
		"lints/etsi/lint_qcstatem_psd2_ncaid_format.go":                                    postpone("psd2NcaIdFormat"),
		"util/gtld.go":      searchDomains,
		"util/gtld_map.go":  tableDomains,
		"util/encodings.go": compileOnce,
	},
	publicSuffix: {
		"publicsuffix/rules.go":        sortRules,
		"publicsuffix/publicsuffix.go": searchRules,
	},
}

func edit(module, file string, source []byte) ([]byte, error) {
	change := edits[module][file]
	if change == nil {
		return source, nil
	}
	changed := change(string(source))
	if changed == "" {
		return nil, fmt.Errorf("build: %s of %s is not written as it was: see build/edits.go", file, module)
	}
	return []byte(changed), nil
}

// replaceEach replaces texts that stand in the source once each; it gives nothing
// when one does not.
func replaceEach(source string, changes ...[2]string) string {
	for _, change := range changes {
		if strings.Count(source, change[0]) != 1 {
			return ""
		}
		source = strings.Replace(source, change[0], change[1], 1)
	}
	return source
}

// replaceBetween replaces two texts and what stands between them; it gives nothing
// when one of them does not stand in the source, or they do in another order.
func replaceBetween(source, begin, end string, change func(between string) string) string {
	before, rest, begins := strings.Cut(source, begin)
	between, after, ends := strings.Cut(rest, end)
	if !begins || !ends || strings.Contains(before, end) {
		return ""
	}
	return before + change(between) + after
}

// onceCompiled is an expression that is compiled at its first use, and once.
func onceCompiled(expression string) string {
	return "sync.OnceValue(func() *regexp.Regexp { return " + expression + " })"
}

// importSync is for files that onceCompiled changes.
var importSync = [2]string{"\t\"regexp\"\n", "\t\"regexp\"\n\t\"sync\"\n"}

// postpone gives an edit that compiles the regular expression of a variable at its
// first use, which for most certificates is never.
func postpone(variable string) func(string) string {
	declared := regexp.MustCompile(`\b` + variable + `\s+= (regexp\.MustCompile\(.*\))\n`)
	return func(source string) string {
		found := declared.FindStringSubmatch(source)
		if found == nil {
			return ""
		}
		source = strings.ReplaceAll(source, variable+".", variable+"().")
		return replaceEach(source, importSync, [2]string{found[1], onceCompiled(found[1])})
	}
}

var mustCompile = regexp.MustCompile("regexp\\.MustCompile\\(`.*`\\)")

// compileOnce keeps the one regular expression of a file, which is compiled each
// time that a function runs.
func compileOnce(source string) string {
	found := mustCompile.FindAllString(source, -1)
	if len(found) != 1 {
		return ""
	}
	source = replaceEach(source, importSync, [2]string{found[0], "expression()"})
	if source == "" {
		return ""
	}
	return source + "\nvar expression = " + onceCompiled(found[0]) + "\n"
}
