package chain

import (
	"context"
	"encoding/pem"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// TestSentences holds every sentence that the table of chains gives.
func TestSentences(t *testing.T) {
	const golden = "testdata/sentences.txt"
	var b strings.Builder
	for _, c := range chains {
		_, served, anchors := c.build(t)
		res := Build(context.Background(), Request{Served: certsOf(served), Host: c.host, At: now, Stores: []*trust.Store{trust.User(certsOf(anchors))}})
		if p := res.Paths[0]; !p.Trusted {
			fmt.Fprintf(&b, "%s\n%s\n\n", c.name, details(p))
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	now, then := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(now), len(then)) {
		if i >= len(now) || i >= len(then) || now[i] != then[i] {
			t.Fatalf("sentences differ from %s in line %d; go test -update rewrites it. Now:\n%s", golden, i+1, strings.Join(now[min(i, len(now)):min(i+3, len(now))], "\n"))
		}
	}
}

func TestLeaf(t *testing.T) {
	f := newForge(t)
	ca, a, b := f.make("Root ca").cert, f.make("a by Root dns a.example.com").cert, f.make("b by Root dns b.example.com").cert
	middle, lower := f.make("Middle by Root ca").cert, f.make("Lower by Middle ca").cert
	circle, again := f.make("Root2 by Middle like Root ca").cert, middle
	for _, c := range []struct {
		name   string
		served []*cert.Certificate
		host   string
		want   int
	}{
		{"nothing", nil, "", -1},
		{"leaf first", []*cert.Certificate{a, ca}, "", 0},
		{"two leaves", []*cert.Certificate{a, b}, "", 0},
		{"two leaves and a host", []*cert.Certificate{a, ca, b}, "b.example.com", 2},
		{"two leaves and another host", []*cert.Certificate{ca, a, b}, "c.example.com", 1},
		{"a broken certificate and a host", []*cert.Certificate{cert.Parse(a.DER[:40]), b}, "b.example.com", 1},
		{"wrong order", []*cert.Certificate{ca, a, b}, "", 1},
		{"CAs only", []*cert.Certificate{ca, ca}, "", 0},
		{"the CA that issued none", []*cert.Certificate{ca, lower, middle}, "", 1},
		{"CAs in a circle", []*cert.Certificate{circle, again}, "", 0},
	} {
		if got := Leaf(c.served, c.host); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if res := Build(context.Background(), Request{At: now}); res.Leaf != nil || len(res.Paths) != 0 {
		t.Errorf("a request without certificates gives %+v", res)
	}
}

// TestEndsOpen asks what a path is said to lack whose upper end is open, where a
// store of public CAs was asked.
func TestEndsOpen(t *testing.T) {
	f := newForge(t)
	f.make("Root ca")
	store := trust.User(certsOf([]*forged{f.make("Public ca")}))
	store.Name, store.Title = "public", "public store"
	for _, c := range []struct{ ca, leaf, want, at string }{
		{"A by Root ca", "leaf by A eku server", "unknown_root@A", ""},
		{"A by Root ca url", "leaf by A eku server", "unknown_root@A", "http://example.com/ca.der"},
		{"A by Root ca url", "leaf by A eku server public", "missing_intermediate@A", "http://example.com/ca.der"},
		{"A by Root ca public", "leaf by A eku server", "missing_intermediate@A", ""},
		{"A by Root ca", "leaf by A eku server logged", "missing_intermediate@A", ""},
	} {
		ca, leaf := f.make(c.ca), f.make(c.leaf)
		res := Build(context.Background(), Request{Served: certsOf([]*forged{leaf, ca}), Stores: []*trust.Store{store}, At: now, Purpose: Any})
		if got := f.verdict(res.Paths[0]); got != c.want || IssuerURL(ca.cert) != c.at {
			t.Errorf("%s < %s: %s, want %s", c.leaf, c.ca, got, c.want)
		}
	}
}

// TestAnyUsage asks for a purpose that a leaf allows without naming it, which
// OpenSSL refuses for some.
func TestAnyUsage(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	f := newForge(t)
	anchors, leaf := []*forged{f.make("Root ca")}, []*forged{f.make("leaf by Root eku any ku digital")}
	for purpose, trusted := range map[Purpose]bool{ServerAuth: false, ClientAuth: false, EmailProtection: false, CodeSigning: true} {
		res := Build(context.Background(), Request{Served: certsOf(leaf), Stores: []*trust.Store{trust.User(certsOf(anchors))}, At: now, Purpose: purpose})
		ours := !strings.Contains(f.verdict(res.Paths[0]), "wrong_purpose")
		theirs, out := opensslVerdict(t, openssl, leaf, anchors, "", purpose)
		if ours != trusted || (theirs == "ok") != trusted {
			t.Errorf("%s: %v, OpenSSL %s, want %v\n%s%s", purpose, ours, theirs, trusted, details(res.Paths[0]), out)
		}
	}
}

// TestOthers asks which certificates were left out of the judgement.
func TestOthers(t *testing.T) {
	f := newForge(t)
	ca, a, b := f.make("Root ca").cert, f.make("a by Root dns a.example.com").cert, f.make("b by Root dns b.example.com").cert
	served := []*cert.Certificate{a, ca, b, b}
	for _, c := range []struct {
		host string
		sent bool
		leaf string
		want []string
	}{
		{"", false, a.ID, []string{b.ID}},
		{"b.example.com", false, b.ID, []string{a.ID}},
		{"b.example.com", true, a.ID, []string{b.ID}},
	} {
		res := Build(context.Background(), Request{Served: served, Host: c.host, Sent: c.sent, At: now})
		if res.Leaf.ID != c.leaf || !reflect.DeepEqual(res.Others, c.want) {
			t.Errorf("%+v: leaf %s, others %v", c, res.Leaf.Title(), res.Others)
		}
	}
}

// TestStores asks several stores at once: a path for each, in their order, and
// the anchors that no one pasted.
func TestStores(t *testing.T) {
	f := newForge(t)
	root, old := f.make("Root ca"), f.make("Old ca")
	f.make("Int by Root ca")
	f.make("Cross by Old like Int keyof Int ca")
	end := f.make("leaf by Int dns www.example.com")
	first, second := trust.User(certsOf([]*forged{old})), trust.User(certsOf([]*forged{root}))
	first.Name, second.Name = "first", "second"
	res := Build(context.Background(), Request{Served: certsOf([]*forged{end, f.made["Int"]}), Extra: certsOf([]*forged{f.made["Cross"], root}),
		Stores: []*trust.Store{first, second}, At: now})
	var got []string
	for _, p := range res.Paths {
		var names []string
		for _, id := range p.Certificates {
			names = append(names, f.nameOf(id))
		}
		got = append(got, fmt.Sprint(p.Store, " ", p.Trusted, " ", strings.Join(names, "<")))
	}
	want := []string{"first true leaf<Cross<Old", "second true leaf<Int<Root"}
	if !reflect.DeepEqual(got, want) && got[0] != want[0] {
		t.Errorf("paths %q, want %q", got, want)
	}
	if len(res.Anchors) != 1 || res.Anchors[0].ID != old.cert.ID {
		t.Errorf("anchors %v, want Old alone: Root was pasted", res.Anchors)
	}
}

// TestDistrusted uses Mozilla's anchors with a date, with the check of the leaf
// alone: nobody but the CA can issue for a test.
func TestDistrusted(t *testing.T) {
	for _, a := range trust.Mozilla().Anchors() {
		if a.DistrustAfter.IsZero() {
			continue
		}
		res := Build(context.Background(), Request{Served: []*cert.Certificate{a.Cert}, Stores: []*trust.Store{trust.Mozilla()}, At: a.Cert.NotBefore})
		if !res.Paths[0].Trusted || res.Paths[0].Store != "mozilla" {
			t.Errorf("%s: %s", a.Cert.Title(), details(res.Paths[0]))
		}
		return
	}
	t.Skip("no anchor of this version of the store has a date")
}

// TestMozillaRoots builds the path of every anchor by itself: our strictness must
// not refuse what the store trusts.
func TestMozillaRoots(t *testing.T) {
	for _, a := range trust.Mozilla().Anchors() {
		res := Build(context.Background(), Request{Served: []*cert.Certificate{a.Cert}, Stores: []*trust.Store{trust.Mozilla()}, At: now})
		if !res.Paths[0].Trusted || len(res.Anchors) != 0 || res.Purpose != Issuing {
			t.Errorf("%s: %s", a.Cert.Title(), details(res.Paths[0]))
		}
	}
}

// TestReissued pastes a root that was issued anew with the key of an anchor.
func TestReissued(t *testing.T) {
	f := newForge(t)
	anchor := f.make("Root ca")
	again := f.make("Again ca like Root keyof Root to 2040-01-01")
	res := Build(context.Background(), Request{Served: []*cert.Certificate{again.cert}, Stores: []*trust.Store{trust.User(certsOf([]*forged{anchor}))}, At: now})
	if p := res.Paths[0]; !p.Trusted || len(p.Certificates) != 2 {
		t.Errorf("paths %+v", res.Paths)
	}
}

// TestDeterminism shuffles what was pasted; the answer stays.
func TestDeterminism(t *testing.T) {
	_, req := mesh(t, 5)
	want := Build(context.Background(), req)
	for i := range 5 {
		rand.New(rand.NewSource(int64(i))).Shuffle(len(req.Extra), func(a, b int) { req.Extra[a], req.Extra[b] = req.Extra[b], req.Extra[a] })
		if got := Build(context.Background(), req); !reflect.DeepEqual(got.Paths, want.Paths) {
			t.Fatalf("order %d gives other paths: %d and %d", i, len(got.Paths), len(want.Paths))
		}
	}
}

// mesh makes n CAs, each of which issued for each other, and a leaf.
func mesh(t testing.TB, n int) (*forge, Request) {
	f := newForge(t)
	for i := range n {
		f.make(fmt.Sprintf("CA%d ca", i))
	}
	anchor := f.make("Root ca")
	var extra []*forged
	for i := range n {
		for k := range n {
			if i != k {
				extra = append(extra, f.make(fmt.Sprintf("x%d-%d by CA%d like CA%d keyof CA%d ca", i, k, i, k, k)))
			}
		}
	}
	extra = append(extra, f.make(fmt.Sprintf("top by Root like CA%d keyof CA%d ca", n-1, n-1)))
	end := f.make("leaf by CA0 dns www.example.com")
	return f, Request{Served: []*cert.Certificate{end.cert}, Extra: certsOf(extra), At: now, Host: host,
		Stores: []*trust.Store{trust.User([]*cert.Certificate{anchor.cert})}}
}

// TestHostile gives searches that have no bound of their own.
func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name    string
		request func(t *testing.T) Request
		trusted bool
		note    string // part of it
	}{
		{"a mesh of 12 CAs", func(t *testing.T) Request { _, r := mesh(t, 12); return r }, true, "more paths than"},
		{"a mesh without an anchor", func(t *testing.T) Request { _, r := mesh(t, 12); r.Stores = nil; return r }, false, "4000 steps"},
		{"500 keys under one name", manyKeys(500, false), false, "signature checks"},
		{"500 keys under one name, key identifiers", manyKeys(500, true), true, ""},
		{"a chain of 60 CAs", longChain(60), false, "more than 20 certificates"},
		{"2,000 names under 2,000 constraints", manyNames(2000), false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			req := c.request(t)
			res := Build(context.Background(), req)
			if len(res.Paths) == 0 || len(res.Paths) > maxPaths || res.Paths[0].Trusted != c.trusted {
				t.Fatalf("%d paths, note %q", len(res.Paths), res.Note)
			}
			if res.Truncated != (res.Note != "") || !strings.Contains(res.Note, c.note) || c.note == "" && res.Truncated {
				t.Errorf("note %q, want %q", res.Note, c.note)
			}
		})
	}
}

// TestBudget asks that no counter of work gives more than its limit, in whatever
// portions.
func TestBudget(t *testing.T) {
	b := newBudget()
	checks, steps, comparisons := 0, 0, 0
	for range 2 * maxSteps {
		if b.signature() {
			checks++
		}
		if b.step() {
			steps++
		}
		if b.spend(&b.comparisons, 1000, "%d", 8*maxComparisons) {
			comparisons += 1000
		}
	}
	if checks != maxSignatures || steps != maxSteps || comparisons > maxComparisons || comparisons < maxComparisons-1000 {
		t.Errorf("%d signature checks, %d steps, %d comparisons", checks, steps, comparisons)
	}
	if !strings.Contains(b.note, fmt.Sprint(maxSignatures)) {
		t.Errorf("note %q", b.note)
	}
}

// TestUnreadableDates damages one date at a time.
func TestUnreadableDates(t *testing.T) {
	f := newForge(t)
	root, end := f.make("Root ca anchor"), f.make("leaf by Root dns www.example.com from 2026-01-01 to 2027-01-01")
	for _, date := range []string{"260101000000Z", "270101000000Z"} {
		bad := strings.Replace(string(end.der), date, "26xx01000000Z", 1)
		if bad == string(end.der) {
			t.Fatalf("%s is not in the certificate", date)
		}
		res := Build(context.Background(), Request{Served: []*cert.Certificate{cert.Parse([]byte(bad))}, At: now, Stores: []*trust.Store{trust.User([]*cert.Certificate{root.cert})}})
		if got := f.verdict(res.Paths[0]); res.Paths[0].Trusted || !strings.Contains(got, "malformed") || strings.Contains(got, "expired") || strings.Contains(got, "not_yet") {
			t.Errorf("without %s: %s", date, got)
		}
	}
}

// TestSent asks that the first certificate is the leaf where a server sent the
// list, whatever else stands in it.
func TestSent(t *testing.T) {
	f := newForge(t)
	ca, end := f.make("Root ca").cert, f.make("leaf by Root dns www.example.com").cert
	for _, c := range []struct {
		served []*cert.Certificate
		sent   bool
		want   *cert.Certificate
	}{
		{[]*cert.Certificate{ca, end}, true, ca},
		{[]*cert.Certificate{ca, end}, false, end},
		{[]*cert.Certificate{end, ca}, true, end},
	} {
		if res := Build(context.Background(), Request{Served: c.served, Sent: c.sent, Host: host, At: now}); res.Leaf != c.want {
			t.Errorf("sent %v: the leaf is %s, want %s", c.sent, res.Leaf.Title(), c.want.Title())
		}
	}
}

// manyKeys makes n CAs of the same name, of which the last issued the leaf.
func manyKeys(n int, keyIDs bool) func(t *testing.T) Request {
	return func(t *testing.T) Request {
		f := newForge(t)
		root := f.make("Root ca")
		f.make("CA by Root ca key ed25519")
		var extra []*forged
		for i := range n {
			spec := fmt.Sprintf("CA%d by Root like CA ca key ed25519", i)
			if !keyIDs {
				spec += " noski"
			}
			extra = append(extra, f.make(spec))
		}
		end := f.make(fmt.Sprintf("leaf by CA%d dns www.example.com", n-1))
		return Request{Served: []*cert.Certificate{end.cert}, Extra: certsOf(extra), At: now, Host: host, Stores: []*trust.Store{trust.User(certsOf([]*forged{root}))}}
	}
}

// longChain makes a chain of n CAs below an anchor.
func longChain(n int) func(t *testing.T) Request {
	return func(t *testing.T) Request {
		f := newForge(t)
		root := f.make("CA0 ca")
		var extra []*forged
		for i := range n {
			extra = append(extra, f.make(fmt.Sprintf("CA%d by CA%d ca", i+1, i)))
		}
		end := f.make(fmt.Sprintf("leaf by CA%d dns www.example.com", n))
		return Request{Served: []*cert.Certificate{end.cert}, Extra: certsOf(extra), At: now, Host: host, Stores: []*trust.Store{trust.User(certsOf([]*forged{root}))}}
	}
}

// manyNames makes a leaf with n names under a CA with n constraints.
func manyNames(n int) func(t *testing.T) Request {
	return func(t *testing.T) Request {
		f := newForge(t)
		var names, permits strings.Builder
		for i := range n {
			fmt.Fprintf(&names, ",n%d.example.com", i)
			fmt.Fprintf(&permits, " permit dns:n%d.example.com", i)
		}
		root := f.make("Root ca" + permits.String())
		end := f.make("leaf by Root dns www.example.com" + names.String())
		return Request{Served: []*cert.Certificate{end.cert}, At: now, Host: host, Stores: []*trust.Store{trust.User(certsOf([]*forged{root}))}}
	}
}

// TestCancelled ends a search by its context.
func TestCancelled(t *testing.T) {
	_, req := mesh(t, 3)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if res := Build(ctx, req); !res.Truncated || len(res.Paths) == 0 || res.Paths[0].Trusted {
		t.Errorf("%+v", res)
	}
}

func TestBundle(t *testing.T) {
	f := newForge(t)
	root, middle, end := f.make("Root ca"), f.make("Int by Root ca"), f.make("leaf by Int")
	certs := certsOf([]*forged{root, end, middle})
	ids := func(list ...*forged) (out []string) {
		for _, c := range list {
			out = append(out, c.cert.ID)
		}
		return out
	}
	for _, c := range []struct {
		name string
		path report.Path
		want []*forged
	}{
		{"a chain", report.Path{Trusted: true, Certificates: ids(end, middle, root)}, []*forged{end, middle}},
		{"the leaf is the anchor", report.Path{Trusted: true, Certificates: ids(end)}, []*forged{end}},
		{"not trusted", report.Path{Certificates: ids(end, middle, root)}, nil},
		{"empty", report.Path{Trusted: true}, nil},
		{"not at hand", report.Path{Trusted: true, Certificates: []string{"?", root.cert.ID}}, nil},
	} {
		want := ""
		for _, w := range c.want {
			want += string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.der}))
		}
		if got := Bundle(c.path, certs...); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}
