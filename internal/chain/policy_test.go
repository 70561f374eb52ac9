package chain

import (
	"context"
	"testing"

	"certlens/internal/report"
)

// TestPolicyForms asks which values of critical extensions about policies can be
// read.
func TestPolicyForms(t *testing.T) {
	for _, c := range []struct {
		value string // last OID arc and DER
		ok    bool
	}{
		{"32:3005300306012a", true},
		{"32:300430020601", false},
		{"32:3000", false},
		{"32:30053003020101", false},
		{"32:300b30090601" + "2a30043002" + "0600", false},
		{"32:300f300d06012a30083006" + "06012a" + "0c0161", true},
		{"32:300730050601" + "2a3000", false},
		{"32:deadbeef", false},
		{"33:3008300606012a06012a", true},
		{"33:3005300306012a", false},
		{"33:3000", false},
		{"36:3003800100", true},
		{"36:3003810100", true},
		{"36:3006800100810105", true},
		{"36:3006810100800105", false},
		{"36:3000", false},
		{"36:30038001ff", false},
		{"36:30028000", false},
		{"36:300480020000", false},
		{"36:300580030fffff", true},
		{"36:30038001000500", false},
		{"36:deadbeef", false},
		{"54:020100", true},
		{"54:0201ff", false},
		{"54:0200", false},
		{"54:deadbeef", false},
	} {
		end := newForge(t).make("leaf public dns www.example.com policy " + c.value)
		if c.value[:3] == "32:" {
			end = newForge(t).make("leaf dns www.example.com policy " + c.value)
		}
		res := Build(context.Background(), Request{Served: certsOf([]*forged{end}), At: now})
		bad := false
		for _, p := range res.Paths[0].Problems {
			bad = bad || p.Class == report.Malformed
		}
		if bad == c.ok {
			t.Errorf("%s: malformed %v\n%s", c.value, bad, details(res.Paths[0]))
		}
	}
}
