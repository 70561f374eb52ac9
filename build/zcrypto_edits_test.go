package main

import (
	"go/format"
	"strings"
	"testing"
)

const oidNames = `package pkix

var oidDotNotationToNames map[string]OIDName

func init() {
	oidDotNotationToNames = make(map[string]OIDName, 1024)

	// Names
	oidDotNotationToNames["2.5.4.3"] = OIDName{ShortName: "CN", LongName: "commonName"}
	oidDotNotationToNames["2.5"] = OIDName{ShortName: "X500", LongName: "directory services (X.500)"}

}
`

const isURL = `package util

import (
	"regexp"
	"strings"
)

var (
	URL   = "x"
	rxURL = regexp.MustCompile(URL)
)

func IsURL(str string) bool {
	return !strings.HasPrefix(str, ".") && rxURL.MatchString(str)
}
`

func TestEdit(t *testing.T) {
	for _, c := range []struct {
		file, source string
		want         []string
	}{
		{"x509/pkix/oid_names.go", oidNames, []string{
			"\t{\"2.5.4.3\", \"CN\", \"commonName\"},\n",
			"\t{\"2.5\", \"X500\", \"directory services (X.500)\"},\n",
			"// Names", "range oidNames",
		}},
		{"util/isURL.go", isURL, []string{"sync.OnceValue(", "rxURL().MatchString(str)", "\"sync\""}},
		{"util/other.go", isURL, []string{isURL}},
	} {
		got, err := edit(c.file, []byte(c.source))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := format.Source(got); err != nil {
			t.Errorf("%s: not Go: %v\n%s", c.file, err, got)
		}
		for _, want := range c.want {
			if !strings.Contains(string(got), want) {
				t.Errorf("%s: lacks %q:\n%s", c.file, want, got)
			}
		}
	}
}

func TestEditRefusesWhatItDoesNotKnow(t *testing.T) {
	for file, source := range map[string]string{
		"x509/pkix/oid_names.go": strings.Replace(oidNames, "ShortName: ", "", 1),
		"util/isURL.go":          strings.Replace(isURL, "rxURL.MatchString", "rxURL.FindString", 1),
	} {
		for _, other := range []string{source, "package x\n"} {
			if got, err := edit(file, []byte(other)); err == nil {
				t.Errorf("%s: edited\n%s", file, got)
			}
		}
	}
}
