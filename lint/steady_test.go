package lint

import (
	"reflect"
	"testing"

	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/internal/cert"
)

// TestSteady asks for the same findings, twenty times.
func TestSteady(t *testing.T) {
	eachFixture(t, func(t *testing.T, c *cert.Certificate) {
		s := Subject{Cert: c}
		_, first := Certificate(s, WebPKI)
		for range 20 {
			if _, again := Certificate(s, WebPKI); !reflect.DeepEqual(first, again) {
				t.Fatalf("findings differ:\n%+v\n%+v", first, again)
			}
		}
	})
}

func TestUnsteadyRulesExist(t *testing.T) {
	for name := range unsteady {
		if zlint.GlobalRegistry().CertificateLints().ByName(name) == nil {
			t.Errorf("%s is no rule", name)
		}
	}
}

func TestSortWords(t *testing.T) {
	for _, c := range []struct{ from, between, to, in, want string }{
		{"[", " ", "]", "KeyUsage [b c a] (1) for [z y]", "KeyUsage [a b c] (1) for [z y]"},
		{"[", " ", "]", "no list", "no list"},
		{"[", " ", "]", "open [b a", "open [a b"},
		{": ", ", ", "", "duplicated: 1.3, 1.2", "duplicated: 1.2, 1.3"},
	} {
		if got := sortWords(c.from, c.between, c.to)(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}
