package probe

import (
	"strconv"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A course is one handshake under way: what was seen of it, and where it
// stands.
type course struct {
	*report.Handshake
	now   func() time.Time
	since time.Time // when the step was begun
	// chosen tells that the suites of the offer are not a current client's.
	chosen bool
}

// newCourse begins the handshake of a request, at its first step; empty when
// that has been another's to make.
func newCourse(request report.HandshakeRequest, first report.Step, now func() time.Time) *course {
	at := now()
	return &course{
		Handshake: &report.Handshake{
			Host:     request.Host,
			Port:     request.Port,
			StartTLS: request.StartTLS,
			At:       at.UTC().Format(time.RFC3339),
			Offer:    request.Offer,
			Step:     first,
		},
		now:    now,
		since:  at,
		chosen: len(request.Offer.Suites) > 0,
	}
}

// begin ends the step before and begins the next.
func (c *course) begin(next report.Step) {
	c.clock()
	c.Step = next
}

// clock notes how long the step took.
func (c *course) clock() {
	at := c.now()
	if c.Step == "" {
		c.since = at
		return
	}
	c.Timings = append(c.Timings, report.Timing{Step: c.Step, Milliseconds: milliseconds(at.Sub(c.since))})
	c.since = at
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// took is how long a step took.
func (c *course) took(step report.Step) time.Duration {
	for _, timing := range c.Timings {
		if timing.Step == step {
			return time.Duration(timing.Milliseconds * float64(time.Millisecond))
		}
	}
	return 0
}

// fail ends the handshake at its step.
func (c *course) fail(failure *report.HandshakeFailed) {
	c.clock()
	c.Failure = failure
}

// noteAlert notes an alert, and gives it.
func (c *course) noteAlert(number int, sent bool) report.Alert {
	alert := report.Alert{Number: number, Name: codepoint.AlertName(number), Sent: sent}
	if len(c.Alerts) < maxAlerts {
		c.Alerts = append(c.Alerts, alert)
	}
	return alert
}

// target names the server for people.
func (c *course) target() string { return c.Host + " port " + strconv.Itoa(c.Port) }
