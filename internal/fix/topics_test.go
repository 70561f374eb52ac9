package fix

import (
	"slices"
	"strings"
	"testing"

	"certlens/internal/report"
)

func TestTopics(t *testing.T) {
	for text, want := range map[string][]report.Class{
		"My certificate EXPIRED yesterday, how do I renew it with nginx?": {report.Expired},
		"is a self-signed certificate safe":                               {report.SelfSigned},
		"Zscaler":                                                         {report.Interception},
		"the hostname does not match":                                     {report.HostnameMismatch},
		"hello":                                                           nil,
		"":                                                                nil,
		"please go there with the node":                                   nil,
		strings.Repeat("x", maxSpoken) + " expired": nil,
	} {
		if got := Topics([]byte(text)); !slices.Equal(got, want) {
			t.Errorf("%.60q: %q, want %q", text, got, want)
		}
	}
	for program, class := range map[string]report.Class{"java": report.UnknownRoot, "Docker": report.UnknownRoot, "nginx": report.MissingIntermediate} {
		if got := Topics([]byte(program)); !slices.Contains(got, class) {
			t.Errorf("%q: %q lack %q", program, got, class)
		}
	}
	for line := range strings.Lines(topics) {
		if class, _, _ := strings.Cut(strings.TrimSpace(line), " "); class != "" && catalogue().failures[report.Class(class)] == nil {
			t.Errorf("no failure %q", class)
		}
	}
}
