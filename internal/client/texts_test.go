package client

import (
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"certlens/internal/report"
)

// wantRecognised is the share of the texts that must come back with their class,
// in percent.
const wantRecognised = 99

// A textCase is one line of testdata/texts.tsv.
type textCase struct {
	text    string
	class   report.Class
	cantSay bool // the text leaves others possible
	chapter string
}

func textCases(t testing.TB) []textCase {
	t.Helper()
	data, err := os.ReadFile("testdata/texts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var cases []textCase
	for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		class, cantSay := strings.CutPrefix(f[1], "~")
		cases = append(cases, textCase{strings.ReplaceAll(f[0], " ⏎ ", "\n"), report.Class(class), cantSay, f[2]})
	}
	return cases
}

// verdict tells whether the first error found in the text is the right one.
func (c textCase) verdict() (right bool, got string) {
	matches := Recognise([]byte(c.text))
	if len(matches) == 0 {
		return false, "nothing"
	}
	m := matches[0]
	right = m.Class == c.class || c.cantSay && slices.Contains(m.Possible, c.class)
	got = string(m.Class)
	for _, other := range matches[1:] {
		got += " + " + string(other.Class)
	}
	return right, got
}

// TestTexts feeds every text to Recognise and counts, by chapter, how many come
// back with their class.
func TestTexts(t *testing.T) {
	all, right := map[string]int{}, map[string]int{}
	for _, c := range textCases(t) {
		ok, got := c.verdict()
		for _, chapter := range []string{c.chapter, "all"} {
			all[chapter]++
			if ok {
				right[chapter]++
			}
		}
		if !ok {
			t.Logf("chapter %s: %q: %s, want %s", c.chapter, c.text, got, c.class)
		}
	}
	var chapters []string
	for chapter := range all {
		chapters = append(chapters, chapter)
	}
	sort.Strings(chapters)
	for _, chapter := range chapters {
		t.Logf("%-4s %4d of %4d texts recognised with their class (%.1f %%)", chapter, right[chapter], all[chapter], 100*float64(right[chapter])/float64(all[chapter]))
	}
	if right["all"]*100 < all["all"]*wantRecognised {
		t.Errorf("%d of %d recognised, want %d %%", right["all"], all["all"], wantRecognised)
	}
}
