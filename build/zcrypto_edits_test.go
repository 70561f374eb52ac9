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
		{"x509/x509.go", parse, []string{
			"out := new(Certificate)\n\tvar err error\n\tout.PublicKey, err =",
			"case 15:\n\t\t\t\tcontinue\n",
			"if err != nil {\n\t\t\t\t\t\t\tcontinue\n\t\t\t\t\t\t}\n\t\t\t\t\t\treturn false, err\n",
			"\t\t\t\treturn true, nil\n\n\t\t\t\treturn false, nil\n",
			"\t\t\t\t\t\treturn true, nil\n\t\t\t\t\t}\n\t\t\t\t\treturn false, err\n",
		}},
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
		"x509/x509.go":           strings.Replace(parse, "case 31", "case 33", 1),
	} {
		for _, other := range []string{source, "package x\n"} {
			if got, err := edit(file, []byte(other)); err == nil {
				t.Errorf("%s: edited\n%s", file, got)
			}
		}
	}
}
