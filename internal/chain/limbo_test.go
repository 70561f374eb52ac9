package chain

import (
	"bufio"
	"context"
	"encoding/json"
	"encoding/pem"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"certlens/internal/cert"
	"certlens/internal/trust"
)

var update = flag.Bool("update", false, "rewrite golden files")

// The x509-limbo suite, and the cases where our answer differs from the suite's,
// each with the reason.
const (
	limboFile   = "../../../shared/x509-limbo/limbo.json"
	limboGolden = "testdata/limbo-differences.txt"
	noReason    = "no reason known yet" // what -update writes; the test wants one
)

// A limboCase is one test case; limbo-schema.json explains the fields.
type limboCase struct {
	ID            string   `json:"id"`
	Features      []string `json:"features"`
	Description   string   `json:"description"`
	Kind          string   `json:"validation_kind"`
	Trusted       []string `json:"trusted_certs"`
	Intermediates []string `json:"untrusted_intermediates"`
	Peer          string   `json:"peer_certificate"`
	Time          *string  `json:"validation_time"`
	Algorithms    []string `json:"signature_algorithms"`
	Expected      string   `json:"expected_result"`
	PeerName      *struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	} `json:"expected_peer_name"`
}

// skip says why a case asks for something that paths alone cannot answer.
func (c limboCase) skip() string {
	switch {
	case slices.Contains(c.Features, "has-crl"):
		return "revocation is judged elsewhere"
	case slices.Contains(c.Features, "max-chain-depth"):
		return "a request has no depth limit of its own"
	case len(c.Algorithms) > 0:
		return "a request has no list of signature algorithms"
	}
	return ""
}

// request turns the case into a request.
func (c limboCase) request(t testing.TB) Request {
	req := Request{At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	if c.Time != nil {
		at, err := time.Parse(time.RFC3339, *c.Time)
		if err != nil {
			t.Fatal(err)
		}
		req.At = at
	}
	if c.Kind == "CLIENT" {
		req.Purpose = ClientAuth
	} else if c.PeerName != nil {
		req.Host = c.PeerName.Value
	}
	req.Served = parsePEM(t, c.Peer)
	req.Extra = parsePEM(t, c.Intermediates...)
	req.Stores = []*trust.Store{trust.User(parsePEM(t, c.Trusted...))}
	return req
}

// parsePEM parses all certificates of some PEM texts.
func parsePEM(t testing.TB, texts ...string) []*cert.Certificate {
	var out []*cert.Certificate
	for _, text := range texts {
		rest := []byte(text)
		for {
			var b *pem.Block
			if b, rest = pem.Decode(rest); b == nil {
				break
			}
			out = append(out, cert.Parse(b.Bytes))
		}
	}
	if len(texts) > 0 && len(out) == 0 {
		t.Fatal("no PEM block")
	}
	return out
}

// limboCases reads the suite, or skips the test.
func limboCases(t testing.TB) []limboCase {
	data, err := os.ReadFile(limboFile)
	if err != nil {
		t.Skipf("x509-limbo not found: put limbo.json of github.com/C2SP/x509-limbo at %s", limboFile)
	}
	var suite struct {
		Cases []limboCase `json:"testcases"`
	}
	if err := json.Unmarshal(data, &suite); err != nil {
		t.Fatal(err)
	}
	return suite.Cases
}

// TestLimbo runs the suite. What differs must be in the golden file, and what is
// there must differ.
func TestLimbo(t *testing.T) {
	reasons := readDifferences(t)
	got := map[string]string{}
	var conform, skipped int
	var why = map[string][]string{}
	for _, c := range limboCases(t) {
		if c.skip() != "" {
			skipped++
			t.Logf("skipped: %s: %s", c.ID, c.skip())
			continue
		}
		res := Build(context.Background(), c.request(t))
		trusted := len(res.Paths) > 0 && res.Paths[0].Trusted
		switch {
		case trusted == (c.Expected == "SUCCESS"):
			conform++
		case trusted:
			got[c.ID] = "accepted"
			t.Logf("wrongly accepted: %s", c.ID)
		default:
			got[c.ID] = "rejected"
			t.Logf("wrongly rejected: %s", c.ID)
			for _, p := range res.Paths[0].Problems {
				why[c.ID] = append(why[c.ID], string(p.Class)+": "+p.Detail)
			}
		}
	}
	accepted := 0
	for _, v := range got {
		if v == "accepted" {
			accepted++
		}
	}
	t.Logf("x509-limbo: %d conform, %d wrongly accepted, %d wrongly rejected, %d skipped", conform, accepted, len(got)-accepted, skipped)
	if *update {
		writeDifferences(t, got, reasons)
		return
	}
	for _, id := range slices.Sorted(maps.Keys(got)) {
		if want := reasons[id]; !strings.HasPrefix(want, got[id]+": ") || strings.Contains(want, noReason) {
			t.Errorf("%s is %s; known differences say %q\n%s", id, got[id], want, strings.Join(why[id], "\n"))
		}
	}
	for id := range reasons {
		if got[id] == "" {
			t.Errorf("%s conforms now, or is gone: take it out of %s", id, limboGolden)
		}
	}
}

// readDifferences reads lines "id verdict: reason".
func readDifferences(t *testing.T) map[string]string {
	f, err := os.Open(limboGolden)
	if err != nil {
		if *update {
			return map[string]string{}
		}
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if id, rest, ok := strings.Cut(s.Text(), " "); ok && !strings.HasPrefix(id, "#") {
			out[id] = rest
		}
	}
	return out
}

// writeDifferences writes them back, with the reasons that are known.
func writeDifferences(t *testing.T, got, reasons map[string]string) {
	var b strings.Builder
	b.WriteString("# Cases of x509-limbo in which we answer otherwise than the suite expects, with the reason.\n")
	for _, id := range slices.Sorted(maps.Keys(got)) {
		line := reasons[id]
		if !strings.HasPrefix(line, got[id]+": ") {
			line = got[id] + ": " + noReason
		}
		fmt.Fprintf(&b, "%s %s\n", id, line)
	}
	if err := os.WriteFile(limboGolden, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
