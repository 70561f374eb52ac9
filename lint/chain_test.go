package lint

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/lint/internal/fixture"
)

// The certificates of the cases below, by the letter that stands for them:
//
//	R  a root, and I an intermediate under it, and L a leaf under I
//	X  I's key and name, cross-signed by another root, S
//	M  another leaf under I, with L's key; N with L's serial number as well
//	P  the precertificate of L
//	O  a self-signed certificate that belongs to nobody
//	E  an intermediate under R that has ended, and F a leaf under it
//	Z  a leaf that starts next year; D one that ends in ten days
//	U  a self-signed server certificate of somebody else's
//	G  a leaf under H, an intermediate of two days that ends tomorrow, which T
//	   renews
//	B  bytes that are no certificate
var letters = map[byte]*fixture.Spec{
	'R': fixture.PublicRoot,
	'I': fixture.PublicIntermediate,
	'L': fixture.PublicLeaf,
	'S': otherRoot,
	'X': ca(func(s *fixture.Spec) { s.By = otherRoot }),
	'M': leaf(func(s *fixture.Spec) { s.Subject, s.DNS = "CN=other.example.com", []string{"other.example.com"} }),
	'N': leaf(func(s *fixture.Spec) { s.From, s.Serial = "2026-09-02", lSerial }),
	'P': leaf(func(s *fixture.Spec) { s.SCTs, s.Poison, s.Serial = 0, true, lSerial }),
	'O': {Subject: "CN=Example Other", From: "2020-01-01", To: "2040-01-01", Key: "p256/other", CA: true},
	'E': endedCA,
	'F': leaf(func(s *fixture.Spec) { s.By, s.Key, s.Subject = endedCA, "p256/f", "CN=f.example.com" }),
	'Z': leaf(func(s *fixture.Spec) { s.From, s.To = "2027-09-01", "2027-11-01" }),
	'U': {Subject: "CN=unrelated.example.net", From: "2026-09-01", To: "2026-11-29", Key: "p256/unrelated", EKU: []string{"serverAuth"}, DNS: []string{"unrelated.example.net"}},
	'G': leaf(func(s *fixture.Spec) { s.By, s.Key, s.Subject = shortCA, "p256/g", "CN=g.example.com" }),
	'H': shortCA,
	'T': longCA,
	'D': leaf(func(s *fixture.Spec) { s.To = "2026-10-11" }),
}

const lSerial = 0x0123456789abcdef

var (
	otherRoot = &fixture.Spec{Subject: "CN=Example Root S", From: "2020-01-01", To: "2040-01-01", Key: "p384/root-s", CA: true}
	shortCA   = ca(func(s *fixture.Spec) {
		s.Subject, s.From, s.To, s.Key = "CN=Example CA H", "2026-09-30T12:00:00Z", "2026-10-02T12:00:00Z", "p256/short"
	})
	longCA  = ca(func(s *fixture.Spec) { s.Subject, s.Key = "CN=Example CA H", "p256/short" })
	endedCA = ca(func(s *fixture.Spec) { s.Subject, s.To, s.Key = "CN=Example CA E", "2026-01-01", "p256/ended" })
)

// now is the time of the cases, unless they say otherwise.
const now = "2026-10-01T12:00:00Z"

func init() {
	l := *letters['L']
	l.Serial = lSerial
	letters['L'] = &l
}

// served reads letters.
func served(t *testing.T, text, at string) Served {
	t.Helper()
	s := Served{At: moment(t, at)}
	for _, letter := range []byte(text) {
		der := []byte("no certificate")
		if spec := letters[letter]; spec != nil {
			der = spec.DER()
		}
		s.Certs = append(s.Certs, cert.Parse(der))
	}
	root := cert.Parse(fixture.PublicRoot.DER()).ID
	s.Roots = func(c *cert.Certificate) bool { return c.ID == root }
	return s
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestChain(t *testing.T) {
	for _, c := range []struct{ certs, at, want string }{
		{"", now, ""},
		{"L", now, ""},
		{"R", now, ""},
		{"O", now, ""},
		{"B", now, ""},
		{"LI", now, ""},
		{"LX", now, ""},
		{"LIX", now, ""},
		{"LXI", now, ""},
		{"LB", now, ""},
		{"LIR", now, "w_chain_root_included"},
		{"LIXRS", now, "w_chain_root_included w_chain_root_included"},
		{"LR", now, "w_chain_root_included"}, // R may well stand above the gap
		{"LM", now, "w_chain_unrelated_certificate n_chain_key_reused"},
		{"IL", now, "e_chain_leaf_not_first"},
		{"RIL", now, "e_chain_leaf_not_first w_chain_order w_chain_root_included"},
		{"LRI", now, "w_chain_order w_chain_root_included"},
		{"LII", now, "w_chain_duplicate"},
		{"LLI", now, "w_chain_duplicate"},
		{"LIII", now, "w_chain_duplicate"},
		{"LIO", now, "w_chain_unrelated_certificate"},
		{"LIU", now, "w_chain_unrelated_certificate"},
		{"GH", now, "n_chain_expires_soon n_chain_outlives_issuer"},
		{"GHR", now, "w_chain_root_included n_chain_expires_soon n_chain_outlives_issuer"},
		{"GHT", now, "n_chain_expires_soon"}, // T issued it as well, and lasts
		{"LIE", now, "w_chain_member_expired w_chain_unrelated_certificate"},
		{"FE", now, "w_chain_member_expired n_chain_outlives_issuer"},
		{"LIM", now, "w_chain_unrelated_certificate n_chain_key_reused"},
		{"LIN", now, "e_chain_serial_reused w_chain_unrelated_certificate n_chain_key_reused"},
		{"LIP", now, "w_chain_unrelated_certificate n_chain_key_reused"}, // a precertificate may have the number
		{"IX", now, "n_chain_is_bundle"},
		{"RI", now, "n_chain_is_bundle"},
		{"RIOSX", now, "n_chain_is_bundle"},
		{"RIE", now, "w_chain_member_expired n_chain_is_bundle"},
		{"LIXRSLIXRSL", now, "n_chain_is_bundle"},
		{"ZI", now, "e_chain_not_yet_valid"},
		{"DI", now, "n_chain_expires_soon"},
		// The last second counts, and the one after it does not.
		{"LI", "2026-11-29T23:59:59Z", "n_chain_expires_soon"},
		{"LI", "2026-11-29T23:59:59.5Z", "n_chain_expires_soon"},
		{"LI", "2026-11-30T00:00:00Z", "e_chain_leaf_expired"},
		// The first second counts, and the one before it does not.
		{"LI", "2026-09-01T00:00:00Z", ""},
		{"LI", "2026-08-31T23:59:59Z", "e_chain_not_yet_valid"},
		// 90 days: a third of them is less than 30 days by a second.
		{"LI", "2026-10-30T23:59:59Z", ""},
		{"LI", "2026-10-31T00:00:02Z", "n_chain_expires_soon"},
	} {
		run, findings := Chain(served(t, c.certs, c.at))
		if got := strings.Join(ids(findings), " "); got != c.want {
			t.Errorf("%q at %s: %s, want %s", c.certs, c.at, got, c.want)
		}
		checkChainRun(t, c.certs, run, findings)
	}
}

// checkChainRun asks that the counts add up and that findings are complete.
func checkChainRun(t *testing.T, certs string, run report.LintRun, findings []report.Finding) {
	t.Helper()
	var c report.LintCounts
	count(&c, findings)
	broken := make(map[string]bool)
	for _, f := range findings {
		broken[f.ID] = true
		if f.Title == "" || f.Detail == "" || f.Source != "certlens" || f.Citation == "" {
			t.Errorf("%q: %+v lacks something", certs, f)
		}
	}
	if run.Counts.Error != c.Error || run.Counts.Warning != c.Warning || run.Counts.Notice != c.Notice {
		t.Errorf("%q: counts %+v, findings %v", certs, run.Counts, ids(findings))
	}
	if n := run.Counts.Pass + run.Counts.NotApplicable + len(broken); n != len(chainRules) {
		t.Errorf("%q: %d outcomes for %d rules", certs, n, len(chainRules))
	}
	if run.Profile != "chain" || !strings.HasSuffix(run.Reason, ".") {
		t.Errorf("%q: %+v", certs, run)
	}
}

func TestChainDetails(t *testing.T) {
	for _, c := range []struct{ certs, id, want string }{
		{"RIL", "e_chain_leaf_not_first", "is at position 3 of 3, after"},
		{"LRI", "w_chain_order", "stands before"},
		{"LIR", "w_chain_root_included", "is a trust anchor; leaving it out saves"},
		{"LIXRS", "w_chain_root_included", "is self-signed; leaving it out saves"},
		{"GH", "n_chain_expires_soon", "Example CA H ends on 2026-10-02 12:00 UTC, one day from now"},
		{"GH", "n_chain_outlives_issuer", "but Example CA H, which issued it, already on 2026-10-02 12:00 UTC"},
		{"LIII", "w_chain_duplicate", "is there 3 times"},
		{"LIMO", "w_chain_unrelated_certificate", "upwards was issued by other.example.com, nor by Example Other"},
		{"LIN", "e_chain_serial_reused", "123456789abcdef"},
		{"FE", "w_chain_member_expired", "ended on 2026-01-01 00:00 UTC"},
		{"DI", "n_chain_expires_soon", "ends on 2026-10-11 00:00 UTC, 9 days from now"},
	} {
		_, findings := Chain(served(t, c.certs, now))
		for _, f := range findings {
			if f.ID == c.id && strings.Contains(f.Detail, c.want) {
				c.want = ""
			}
		}
		if c.want != "" {
			t.Errorf("%q: no %s says %q: %+v", c.certs, c.id, c.want, findings)
		}
	}
}

// TestLongBundle has many certificates, some of them ended: it must stay quiet
// about order, and quick.
func TestLongBundle(t *testing.T) {
	s := Served{At: moment(t, now)}
	for i := range 1000 {
		spec := &fixture.Spec{Subject: fmt.Sprintf("CN=Example Root %d", i), From: "2020-01-01", To: "2040-01-01", Key: "ed25519/bundle", CA: true}
		s.Certs = append(s.Certs, cert.Parse(spec.DER()))
	}
	_, findings := Chain(s)
	if got := strings.Join(ids(findings), " "); got != "n_chain_is_bundle" {
		t.Errorf("%.200s", got)
	}
}

// TestChainHabits asks of the chain rules what lint/hygiene asks of its own.
func TestChainHabits(t *testing.T) {
	name := regexp.MustCompile(`^[ewn]_chain(_[a-z0-9]+)+$`)
	keyword := regexp.MustCompile(`\b(MUST|SHOULD|MAY|should)\b`)
	for _, rule := range chainRules {
		if !name.MatchString(rule.name) || strings.Contains(rule.description, "should") && strings.HasPrefix(rule.citation, "RFC 8446") || !keyword.MatchString(rule.description) || rule.citation == "" {
			t.Errorf("%+v", rule)
		}
	}
}
