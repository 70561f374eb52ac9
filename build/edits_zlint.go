package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

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
