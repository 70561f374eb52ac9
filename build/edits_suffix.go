package main

import (
	"regexp"
	"slices"
	"strings"
)

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
