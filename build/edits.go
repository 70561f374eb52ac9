package main

import (
	"fmt"
	"regexp"
	"slices"
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

var (
	oidNamesBegin    = "func init() {\n\toidDotNotationToNames = make(map[string]OIDName, 1024)\n"
	oidNameStatement = regexp.MustCompile(`(?m)^\toidDotNotationToNames\[(".*?")\] = OIDName\{ShortName: (".*"), LongName: (".*")\}$`)
	oidNamesLoop     = `
func init() {
	oidDotNotationToNames = make(map[string]OIDName, len(oidNames))
	for _, n := range oidNames {
		oidDotNotationToNames[n[0]] = OIDName{ShortName: n[1], LongName: n[2]}
	}
}
`
)

// tabulate turns an init function that fills a map with a thousand statements
// into a table, which is data, and a loop over it. Those statements are 280 kB of
// code which runs once; yet V8 counts how many bytes of a function have run,
// finds this one worth optimizing, and keeps a core busy with it for most of a
// second, while the first report is waited for. A name that is stated twice
// stays what it was: the last counts.
func tabulate(source string) string {
	text := strings.Replace(source, oidNamesBegin, "var oidNames = [...][3]string{\n", 1)
	text = oidNameStatement.ReplaceAllString(text, "\t{$1, $2, $3},")
	if text == source || strings.Contains(text, "oidDotNotationToNames[") {
		return ""
	}
	return text + oidNamesLoop
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

// postponeKeys makes the public keys of compromised CAs at their first use. The
// engine seldom comes to that: lint/shortcut_ecdsa.go tells that none has signed.
func postponeKeys(source string) string {
	return replaceEach(source,
		[2]string{"\t\"math/big\"\n", "\t\"math/big\"\n\t\"sync\"\n"},
		[2]string{"var compromisedEmudhraKeys = map[string]*ecdsa.PublicKey{\n",
			"var compromisedEmudhraKeys = sync.OnceValue(func() map[string]*ecdsa.PublicKey {\n\treturn map[string]*ecdsa.PublicKey{\n"},
		[2]string{"\n}\n\nfunc p384Key(", "\n\t}\n})\n\nfunc p384Key("},
		[2]string{"range compromisedEmudhraKeys {", "range compromisedEmudhraKeys() {"})
}

var (
	// caseBegin and caseEnd enclose what becomes a function of its own: the two
	// longest cases of the switch over extensions.
	caseBegin = []string{"\t\t\tcase 30:\n", "\t\t\tcase 32:\n"}
	caseEnd   = []string{"\n\t\t\tcase 31:\n", "\n\t\t\t}\n\t\t} else if e.Id.Equal(oidExtensionAuthorityInfoAccess) {\n"}

	// A continue of the loop over the extensions stands at most six tabs deep;
	// the deeper ones belong to loops inside the case.
	nextExtension = regexp.MustCompile(`(?m)^(\t{4,6})continue$`)
	failed        = regexp.MustCompile(`(?m)^(\t+)return (?:nil|out), `)
)

const (
	caseOpen  = "\t\t\t\tdone, err := func() (bool, error) {\n"
	caseClose = "\n\t\t\t\treturn false, nil\n\t\t\t\t}()\n" +
		"\t\t\t\tif err != nil {\n\t\t\t\t\treturn nil, err\n\t\t\t\t}\n" +
		"\t\t\t\tif done {\n\t\t\t\t\tcontinue\n\t\t\t\t}"
)

// divide makes functions of the longest parts of the function that parses a
// certificate. Undivided it is 55 kB, and each of its branches is a jump that
// counts for all of them, so that V8 optimizes it after three certificates.
func divide(source string) string {
	for i, begin := range caseBegin {
		before, rest, found := strings.Cut(source, begin)
		body, after, ends := strings.Cut(rest, caseEnd[i])
		if !found || !ends || strings.Contains(before, caseEnd[i]) {
			return ""
		}
		body = nextExtension.ReplaceAllString(body, "${1}return true, nil")
		body = failed.ReplaceAllString(body, "${1}return false, ")
		source = before + begin + caseOpen + body + caseClose + caseEnd[i] + after
	}
	return source
}

const (
	withoutCTBegin = "\ttbs := in.TBSCertificate\n"
	withoutCTEnd   = "\tout.FingerprintNoCT = SHA256Fingerprint(tbsbytes[:])\n"
)

// leaveOut takes out the hash of a certificate without what Certificate
// Transparency put into it, for which the whole certificate is encoded again.
// Only zcrypto's own JSON form of a certificate has it. The variable that it
// leaves behind is the one of the errors that follow.
func leaveOut(source string) string {
	before, rest, found := strings.Cut(source, withoutCTBegin)
	_, after, ends := strings.Cut(rest, withoutCTEnd)
	if !found || !ends {
		return ""
	}
	return before + "\tvar err error\n" + after
}

// fieldParts are the parts of the function that decodes one ASN.1 value by the
// type it goes into, which become functions of their own: where each begins, and
// the line after it.
var fieldParts = [][2]string{
	{"\tif ifaceType := fieldType; ifaceType.Kind() == reflect.Interface && ifaceType.NumMethod() == 0 {\n",
		"\t}\n\n\tt, offset, err := parseTagAndLength("},
	{"\tcase reflect.Struct:\n", "\tcase reflect.Slice:\n"},
	{"\tcase reflect.Slice:\n", "\tcase reflect.String:\n"},
	{"\tcase reflect.String:\n", "\t}\n\terr = StructuralError{\"unsupported: \""},
}

// fieldBranches are parts of it that may or may not return.
var fieldBranches = [][2]string{
	{"\tif params.explicit {\n", "\n\tmatchAny, universalTag, compoundType, ok1 := "},
	{"\t// We deal with the structures defined in this package first.\n", "\tswitch val := v; val.Kind() {\n"},
}

// divideField divides that function, of which the standard library has one and
// zcrypto another, nearly the same. Undivided, each of its 22 kB of code runs for
// every field of a certificate as far as V8 can tell, and is optimized after the
// first certificate. The parts set its results.
func divideField(source string) string {
	before, function, found := strings.Cut(source, "\nfunc parseField(")
	if !found {
		return ""
	}
	for _, part := range fieldParts {
		head, rest, found := strings.Cut(function, part[0])
		body, tail, ends := strings.Cut(rest, part[1])
		if !found || !ends {
			return ""
		}
		function = head + part[0] + "\t\tfunc() {\n" + body + "\t\t}()\n\t\treturn\n" + part[1] + tail
	}
	for _, part := range fieldBranches {
		head, rest, found := strings.Cut(function, part[0])
		body, tail, ends := strings.Cut(rest, part[1])
		if !found || !ends {
			return ""
		}
		body = strings.ReplaceAll(body, "\treturn\n", "\treturn true\n")
		function = head + "\tif func() bool {\n" + part[0] + body + "\t\treturn false\n\t}() {\n\t\treturn\n\t}\n" + part[1] + tail
	}
	return before + "\nfunc parseField(" + function
}

const (
	appendName = "\tlookup.lintNames = append(lookup.lintNames, name)\n"
	sortNames  = "\tsort.Strings(lookup.lintNames)\n"
	insert     = `
// inserted gives the names with one more, in order.
func inserted(names []string, name string) []string {
	i := sort.SearchStrings(names, name)
	names = append(names, "")
	copy(names[i+1:], names[i:])
	names[i] = name
	return names
}
`
)

// insertInOrder puts the name of a rule where it belongs among those of the rules
// before it. zlint sorts all of them after each of its 500 rules.
func insertInOrder(source string) string {
	text := strings.ReplaceAll(source, appendName, "\tlookup.lintNames = inserted(lookup.lintNames, name)\n")
	text = strings.ReplaceAll(text, sortNames, "")
	if strings.Count(source, appendName) != 3 || strings.Count(source, sortNames) != 3 {
		return ""
	}
	return text + insert
}

const (
	rulesInit = `
func init() {
	for i := range r {
		DefaultList.AddRule(&r[i])
	}
}
`
	findRule = "rule, ok := l.rules[part]\n"
	rule     = `
// rule finds a rule by its value. Those of the default list are a table in order.
func (l *List) rule(value string) (*Rule, bool) {
	if rule, ok := l.rules[value]; ok || l != DefaultList {
		return rule, ok
	}
	i := sort.Search(len(r), func(i int) bool { return r[i].Value >= value })
	if i == len(r) || r[i].Value != value {
		return nil, false
	}
	return &r[i], true
}
`
)

var publicRule = regexp.MustCompile(`(?m)^\t\{\d, "(.*)", \d+, (?:true|false)\},\n`)

// sortRules puts the 10,000 rules of the list of public suffixes in order, so that
// one is found in them as they are, and none is put into a map at start. No two
// are for the same name, or else the last would have counted.
func sortRules(source string) string {
	source = replaceEach(source, [2]string{rulesInit, ""})
	lines := publicRule.FindAllStringSubmatchIndex(source, -1)
	if len(lines) == 0 {
		return ""
	}
	first, last := lines[0][0], lines[len(lines)-1][1]
	value := func(line []int) string { return source[line[2]:line[3]] }
	slices.SortStableFunc(lines, func(a, b []int) int { return strings.Compare(value(a), value(b)) })
	var table strings.Builder
	before := ""
	for _, line := range lines {
		if value(line) == before || strings.Contains(value(line), `\`) {
			return ""
		}
		before = value(line)
		table.WriteString(source[line[0]:line[1]])
	}
	if table.Len() != last-first {
		return ""
	}
	return source[:first] + table.String() + source[last:]
}

func searchRules(source string) string {
	source = replaceEach(source,
		[2]string{findRule, "rule, ok := l.rule(part)\n"},
		[2]string{"\t\"os\"\n\t\"strings\"\n", "\t\"os\"\n\t\"sort\"\n\t\"strings\"\n"})
	if source == "" {
		return ""
	}
	return source + rule
}

const (
	domainsBegin = "var tldMap = map[string]GTLDPeriod{\n"
	searchDomain = `
// tldPeriodOf finds the period of a top level domain. The table is in order.
func tldPeriodOf(label string) (GTLDPeriod, bool) {
	i := sort.Search(len(tldPeriods), func(i int) bool { return tldPeriods[i].GTLD >= label })
	if i == len(tldPeriods) || tldPeriods[i].GTLD != label {
		return GTLDPeriod{}, false
	}
	return tldPeriods[i], true
}
`
)

var domain = regexp.MustCompile(`\t"(.*)": \{\n\t\tGTLD: +"(.*)",\n\t\tDelegationDate: +(".*"),\n\t\tRemovalDate: +(".*"),\n\t\},\n`)

// tableDomains turns the map of 1,500 top level domains into a table in order, so
// that none is put into a map at start.
func tableDomains(source string) string {
	before, rest, found := strings.Cut(replaceEach(source, [2]string{"package util\n", "package util\n\nimport \"sort\"\n"}), domainsBegin)
	domains := domain.FindAllStringSubmatch(rest, -1)
	if !found || len(domains) != strings.Count(rest, "GTLD:") {
		return ""
	}
	slices.SortFunc(domains, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	var table strings.Builder
	for i, d := range domains {
		if d[1] != d[2] || i > 0 && d[1] == domains[i-1][1] {
			return ""
		}
		fmt.Fprintf(&table, "\t{%q, %s, %s},\n", d[1], d[3], d[4])
	}
	return before + "var tldPeriods = [...]GTLDPeriod{\n" + table.String() + "}\n" + searchDomain
}

func searchDomains(source string) string {
	return replaceEach(source,
		[2]string{"tldPeriod, present := tldMap[rightLabel]", "tldPeriod, present := tldPeriodOf(rightLabel)"},
		[2]string{"_, ok := tldMap[label]", "_, ok := tldPeriodOf(label)"})
}
