package trust

import (
	"bytes"
	"crypto/x509"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"

	"certlens/internal/cert"
	"certlens/internal/lab"
	"certlens/internal/report"
)

// TestMozillaVersion holds the version and date that the store claims against
// the module that was built in.
func TestMozillaVersion(t *testing.T) {
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), mozillaModule+" "+mozillaVersion) {
		t.Errorf("go.mod does not have %s %s: correct mozillaVersion and mozillaDate", mozillaModule, mozillaVersion)
	}
	stamp := strings.ReplaceAll(mozillaDate, "-", "")
	if !strings.Contains(mozillaVersion, "-"+stamp) {
		t.Errorf("date %s is not that of version %s", mozillaDate, mozillaVersion)
	}
}

// TestMozillaAnchors compares the store with the bundle, parsed by crypto/x509.
func TestMozillaAnchors(t *testing.T) {
	store := LoadMozilla()
	anchors := store.Anchors()
	i := 0
	for root := range bundle.Roots() {
		want, err := x509.ParseCertificate(root.Certificate)
		if err != nil {
			t.Fatal(err)
		}
		a := anchors[i]
		i++
		if !bytes.Equal(a.Cert.RawSubject, want.RawSubject) || !bytes.Equal(peekSubject(root.Certificate), want.RawSubject) {
			t.Errorf("%s: subject differs", want.Subject)
		}
		if got := store.Lookup(a.Cert); got != a {
			t.Errorf("%s: Lookup does not find it", want.Subject)
		}
		if !store.Contains(a.Cert) {
			t.Errorf("%s: Contains does not know it", want.Subject)
		}
		if a.Store != "mozilla" || len(a.Cert.Problems) > 0 && a.Cert.X509 == nil {
			t.Errorf("%s: store %q, problems %v", want.Subject, a.Store, a.Cert.Problems)
		}
		if (root.Constraint != nil) == a.DistrustAfter.IsZero() {
			t.Errorf("%s: constraint %v, distrust after %v", want.Subject, root.Constraint != nil, a.DistrustAfter)
		}
	}
	if r := store.Report(); r.Anchors != i || r.Name != "mozilla" || r.Date != mozillaDate {
		t.Errorf("report %+v, want %d anchors", r, i)
	}
}

// TestDistrustAfter searches for a date in constraints that are like those of
// the bundle.
func TestDistrustAfter(t *testing.T) {
	for _, want := range []string{"2026-04-15T23:59:59Z", "2024-11-30T23:59:59Z", "2000-01-01T00:00:00Z"} {
		date, _ := time.Parse(time.RFC3339, want)
		root := bundle.Root{Constraint: func(chain []*x509.Certificate) error {
			if chain[0].NotBefore.After(date) {
				return os.ErrInvalid
			}
			return nil
		}}
		if got := distrustAfter(root).Format(time.RFC3339); got != want {
			t.Errorf("distrustAfter: %s, want %s", got, want)
		}
	}
	never := bundle.Root{Constraint: func([]*x509.Certificate) error { return nil }}
	if got := distrustAfter(never); !got.IsZero() {
		t.Errorf("a constraint that is always met: %s", got)
	}
}

// TestCheck asks an anchor with dates around that of a leaf.
func TestCheck(t *testing.T) {
	anchor, ca := Mozilla().Anchors()[0].Cert, Mozilla().Anchors()[1].Cert
	leaf := cert.Parse(lab.Issue(lab.Spec{Name: "www.example.com"}).Raw)
	for _, c := range []struct {
		after  time.Duration
		broken bool
	}{{time.Hour, false}, {0, false}, {-time.Second, true}} {
		a := &Anchor{Cert: anchor, DistrustAfter: leaf.NotBefore.Add(c.after)}
		p, broken := a.Check(leaf)
		if broken != c.broken {
			t.Errorf("%v after the leaf: %v", c.after, p)
		}
		if broken && (p.Class != report.Distrusted || p.Certificate != anchor.ID || !strings.Contains(p.Detail, leaf.NotBefore.Format(time.DateOnly))) {
			t.Errorf("problem %+v", p)
		}
	}
	if _, broken := (&Anchor{Cert: anchor, DistrustAfter: ca.NotBefore.Add(-time.Second)}).Check(ca); broken {
		t.Error("a date about servers' certificates refuses a CA")
	}
	if _, broken := (&Anchor{Cert: anchor}).Check(leaf); broken {
		t.Error("an anchor without a condition refuses a leaf")
	}
}

// TestUser makes a store of a user's certificates, one of them twice.
func TestUser(t *testing.T) {
	a, b := Mozilla().Anchors()[0].Cert, Mozilla().Anchors()[1].Cert
	s := User([]*cert.Certificate{a, b, a})
	if r := s.Report(); r.Anchors != 2 || r.Name != "user" || r.Date != "" {
		t.Errorf("report %+v", r)
	}
	if found := s.Find(a); len(found) != 1 || found[0].Cert != a || found[0].Store != "user" {
		t.Errorf("Find: %v", found)
	}
	if s.Contains(Mozilla().Anchors()[2].Cert) || !s.Contains(b) {
		t.Error("Contains is wrong")
	}
	if empty := User(nil); len(empty.Find(a)) != 0 || empty.Lookup(a) != nil {
		t.Error("the empty store has an anchor")
	}
}

func TestByName(t *testing.T) {
	for _, name := range Default() {
		if s, err := ByName(name); err != nil || s.Name != name {
			t.Errorf("ByName(%q): %v, %v", name, s, err)
		}
	}
	if _, err := ByName("\x1bnone"); err == nil || !strings.Contains(err.Error(), `"\x1bnone"`) {
		t.Errorf("error %v does not quote the name", err)
	}
}

// BenchmarkFindCold is what the first look into the store costs, BenchmarkFind
// every other.
func BenchmarkFindCold(b *testing.B) {
	c := Mozilla().Anchors()[0].Cert
	for b.Loop() {
		if len(LoadMozilla().Find(c)) == 0 {
			b.Fatal("not found")
		}
	}
}

func BenchmarkFind(b *testing.B) {
	c := Mozilla().Anchors()[0].Cert
	for b.Loop() {
		if len(Mozilla().Find(c)) == 0 {
			b.Fatal("not found")
		}
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]bool{"ISRG Root X1": true, "GTS Root R1": true, "ISRG Root": false, "ISRG Root X11": false, "R11": false, "": false, strings.Repeat("x", 300): false} {
		if got := Mozilla().Named(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}
