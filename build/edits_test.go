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

const parse = `package x509

func parseCertificate(in *certificate) (*Certificate, error) {
	out := new(Certificate)
	tbs := in.TBSCertificate
	tbsbytes, err := asn1.Marshal(tbs)
	if err != nil {
		return nil, err
	}
	out.FingerprintNoCT = SHA256Fingerprint(tbsbytes[:])
	out.PublicKey, err = parsePublicKey(in)
	for _, e := range in.TBSCertificate.Extensions {
		if len(e.Id) == 4 {
			switch e.Id[3] {
			case 15:
				continue
			case 30:
				for _, subtree := range constraints.Permitted {
					switch subtree.Value.Tag {
					case 4:
						if err != nil {
							continue
						}
						return out, err
					}
				}
				continue

			case 31:
				continue
			case 32:
				if _, err = asn1.Unmarshal(e.Value, &policies); err != nil {
					if asn1.AllowPermissiveParsing {
						continue
					}
					return nil, err
				}
			}
		} else if e.Id.Equal(oidExtensionAuthorityInfoAccess) {
			continue
		}
	}
	return out, nil
}
`

const decode = `package asn1

func parseField(v reflect.Value, params fieldParameters) (offset int, err error) {
	if ifaceType := fieldType; ifaceType.Kind() == reflect.Interface && ifaceType.NumMethod() == 0 {
		if err != nil {
			return
		}
		return
	}

	t, offset, err := parseTagAndLength(bytes, offset)
	if params.explicit {
		if offset == len(bytes) {
			return
		}
	}

	matchAny, universalTag, compoundType, ok1 := getUniversalType(fieldType)

	// We deal with the structures defined in this package first.
	switch v := v.Addr().Interface().(type) {
	case *Flag:
		*v = true
		return
	}
	switch val := v; val.Kind() {
	case reflect.Struct:
		for i := 0; i < structType.NumField(); i++ {
			if err != nil {
				return
			}
		}
		return
	case reflect.Slice:
		err = err1
		return
	case reflect.String:
		var v string
		return
	}
	err = StructuralError{"unsupported: " + v.Type().String()}
	return
}
`

const badCharacter = "package cabf_br\n\nimport (\n\t\"regexp\"\n)\n\n" +
	"func NewBad() *bad {\n\treturn &bad{\n\t\texpression: regexp.MustCompile(`^[a-z(]*$`),\n\t}\n}\n"

const compromised = `package community

import (
	"crypto/ecdsa"
	"math/big"
)

var compromisedEmudhraKeys = map[string]*ecdsa.PublicKey{
	"EM": p384Key(
		"25",
		"7d"),
}

func p384Key(x, y string) *ecdsa.PublicKey {
	for name, key := range compromisedEmudhraKeys {
	}
	return nil
}
`

const domains = `package util

var tldMap = map[string]GTLDPeriod{
	"com": {
		GTLD:           "com",
		DelegationDate: "1985-01-01",
		RemovalDate:    "",
	},
	"an": {
		GTLD:           "an",
		DelegationDate: "1993-03-22",
		RemovalDate:    "2015-07-31",
	},
}
`

const lookUp = `package lint

import "sort"

func (lookup *a) register(name string) {
	lookup.lintNames = append(lookup.lintNames, name)
	sort.Strings(lookup.lintNames)
}

func (lookup *b) register(name string) {
	lookup.lintNames = append(lookup.lintNames, name)
	sort.Strings(lookup.lintNames)
}

func (lookup *c) register(name string) {
	lookup.lintNames = append(lookup.lintNames, name)
	sort.Strings(lookup.lintNames)
}
`

const rules = `package publicsuffix

var r = [3]Rule{
	{1, "com", 1, false},
	{2, "*.ck", 2, false},
	{1, "ac", 1, true},
}

func init() {
	for i := range r {
		DefaultList.AddRule(&r[i])
	}
}
`

const suffixes = `package publicsuffix

import (
	"io"
	"os"
	"strings"
)

func (l *List) Find(part string) *Rule {
	rule, ok := l.rules[part]
	return rule
}
`

func TestEdit(t *testing.T) {
	for _, c := range []struct {
		module, file, source string
		want, gone           []string
	}{
		{zcrypto, "x509/pkix/oid_names.go", oidNames, []string{
			"\t{\"2.5.4.3\", \"CN\", \"commonName\"},\n",
			"\t{\"2.5\", \"X500\", \"directory services (X.500)\"},\n",
			"// Names", "range oidNames",
		}, nil},
		{zcrypto, "util/isURL.go", isURL, []string{"sync.OnceValue(", "rxURL().MatchString(str)", "\"sync\""}, nil},
		{zcrypto, "x509/x509.go", parse, []string{
			"out := new(Certificate)\n\tvar err error\n\tout.PublicKey, err =",
			"case 15:\n\t\t\t\tcontinue\n",
			"if err != nil {\n\t\t\t\t\t\t\tcontinue\n\t\t\t\t\t\t}\n\t\t\t\t\t\treturn false, err\n",
			"\t\t\treturn true, nil\n\n\t\t\t\treturn false, nil\n",
			"\t\t\t\t\t\treturn true, nil\n\t\t\t\t\t}\n\t\t\t\t\treturn false, err\n",
		}, nil},
		{zcrypto, "util/other.go", isURL, []string{isURL}, nil},
		{zcrypto, "encoding/asn1/asn1.go", decode, []string{
			"NumMethod() == 0 {\n\t\tfunc() {\n", "\t\treturn\n\t\t}()\n\t\treturn\n\t}\n\n\tt, offset",
			"case reflect.Struct:\n\t\tfunc() {\n", "}()\n\t\treturn\n\tcase reflect.Slice:\n\t\tfunc() {\n",
			"}()\n\t\treturn\n\t}\n\terr = StructuralError{",
			"\tif func() bool {\n\tif params.explicit {\n", "return true\n\t\t}\n\t}\n\t\treturn false\n\t}() {\n\t\treturn\n\t}\n\n\tmatchAny",
			"\tif func() bool {\n\t// We deal", "return true\n\t}\n\t\treturn false\n\t}() {\n\t\treturn\n\t}\n\tswitch val",
		}, nil},
		{zlint, "lint/lint_lookup.go", lookUp, []string{"inserted(lookup.lintNames, name)", "func inserted("}, []string{"sort.Strings"}},
		{zlint, "lints/cabf_br/lint_dnsname_bad_character_in_label.go", badCharacter,
			[]string{"expression: expression(),", "\nvar expression = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z(]*$`) })\n"}, nil},
		{zlint, "lints/community/lint_cert_issued_by_compromised_emudhra_ca.go", compromised, []string{"sync.OnceValue(", "Keys() {"}, nil},
		{zlint, "util/gtld_map.go", domains,
			[]string{"GTLDPeriod{\n\t{\"an\", \"1993-03-22\", \"2015-07-31\"},\n\t{\"com\", \"1985-01-01\", \"\"},\n}\n"}, []string{"tldMap"}},
		{publicSuffix, "publicsuffix/rules.go", rules, []string{"[3]Rule{\n\t{2, \"*.ck\", 2, false},\n\t{1, \"ac\", 1, true},\n\t{1, \"com\""}, []string{"init"}},
		{publicSuffix, "publicsuffix/publicsuffix.go", suffixes, []string{"l.rule(part)", "\t\"sort\"\n", "func (l *List) rule("}, nil},
	} {
		got, err := edit(c.module, c.file, []byte(c.source))
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
		for _, gone := range c.gone {
			if strings.Contains(string(got), gone) {
				t.Errorf("%s: has %q:\n%s", c.file, gone, got)
			}
		}
	}
}

func TestEditRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, c := range []struct{ module, file, source string }{
		{zcrypto, "x509/pkix/oid_names.go", strings.Replace(oidNames, "ShortName: ", "", 1)},
		{zcrypto, "util/isURL.go", strings.Replace(isURL, "regexp.MustCompile(", "regexp.MustCompilePOSIX(", 1)},
		{zcrypto, "x509/x509.go", strings.Replace(parse, "case 31", "case 33", 1)},
		{zcrypto, "encoding/asn1/asn1.go", strings.Replace(decode, "reflect.Slice", "reflect.Array", 1)},
		{zlint, "lint/lint_lookup.go", strings.Replace(lookUp, "sort.Strings", "slices.Sort", 1)},
		{zlint, "lints/cabf_br/lint_dnsname_bad_character_in_label.go", strings.Replace(badCharacter, "MustCompile", "MustCompilePOSIX", 1)},
		{zlint, "lints/community/lint_cert_issued_by_compromised_emudhra_ca.go", strings.Replace(compromised, "math/big", "math", 1)},
		{zlint, "util/gtld_map.go", strings.Replace(domains, "\"an\"", "\"com\"", 2)},
		{publicSuffix, "publicsuffix/rules.go", strings.Replace(rules, "\"ac\"", "\"com\"", 1)},
		{publicSuffix, "publicsuffix/rules.go", strings.Replace(rules, "AddRule", "Add", 1)},
		{publicSuffix, "publicsuffix/publicsuffix.go", strings.Replace(suffixes, "l.rules[part]", "l.get(part)", 1)},
	} {
		for _, other := range []string{c.source, "package x\n"} {
			if got, err := edit(c.module, c.file, []byte(other)); err == nil {
				t.Errorf("%s: edited\n%s", c.file, got)
			}
		}
	}
}
