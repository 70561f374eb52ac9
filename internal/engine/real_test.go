package engine

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"certlens/internal/intake"
	"certlens/internal/report"
)

// Chains that public servers sent, recorded by x509-limbo with the time at which
// they were good, are good in certlens too, and the leaf is for the server.
func TestRealChains(t *testing.T) {
	data, err := os.ReadFile("../../../shared/x509-limbo/limbo.json")
	if err != nil {
		t.Skip("x509-limbo not found: put its limbo.json beside the checkout as shared/x509-limbo/limbo.json")
	}
	var suite struct {
		TestCases []struct {
			ID            string    `json:"id"`
			Leaf          string    `json:"peer_certificate"`
			Intermediates []string  `json:"untrusted_intermediates"`
			At            time.Time `json:"validation_time"`
			Peer          struct {
				Value string `json:"value"`
			} `json:"expected_peer_name"`
		} `json:"testcases"`
	}
	if err := json.Unmarshal(data, &suite); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, c := range suite.TestCases {
		if !strings.HasPrefix(c.ID, "online::") {
			continue
		}
		found++
		input := c.Leaf + strings.Join(c.Intermediates, "")
		r := Analyze(context.Background(), Request{
			Sources: []intake.Source{{Data: []byte(input)}}, Host: c.Peer.Value, At: c.At,
		})
		if r.Diagnosis.Class != report.OK || !r.Paths[0].Trusted || r.Paths[0].Store != "mozilla" {
			t.Errorf("%s: %s: %s", c.ID, r.Diagnosis.Class, r.Diagnosis.Summary)
		}
		if want := 1 + len(c.Intermediates); len(r.Served) != want || r.Lints[0].Profile != "webpki" {
			t.Errorf("%s: %d served, want %d; profile %s", c.ID, len(r.Served), want, r.Lints[0].Profile)
		}
	}
	if found == 0 {
		t.Error("x509-limbo holds no recorded chain")
	}
}
