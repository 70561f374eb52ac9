package advice

import (
	"strings"
	"testing"

	"certlens/internal/report"
)

// A server that was reached and then said nothing may await another protocol; one
// that was not reached is a matter of the way there.
func TestActionOnSilence(t *testing.T) {
	for step, want := range map[report.Step]string{
		report.StepConnect: "firewalls", report.StepStartTLS: "which protocol is spoken", report.StepHello: "which protocol is spoken", report.StepServer: "firewalls",
	} {
		h := &report.Handshake{Host: "mail.example.com", Port: 993, StartTLS: "imap", Step: step}
		if d := Diagnose(In{Handshake: broken(h, report.Timeout)}); d.Class != report.Timeout || !strings.Contains(d.Action, want) {
			t.Errorf("%s: %s, %q, want %q", step, d.Class, d.Action, want)
		}
	}
}
