package advice

import (
	"fmt"
	"slices"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// ruleFirst is about the order in which a server sends its certificates: "The
// sender's certificate MUST come in the first CertificateEntry in the list."
const ruleFirst = "RFC 8446, section 4.4.2"

// sentFirst finds a server that sends the certificate of a CA before its own.
// Clients judge the first one, and refuse it for what it is.
func (d *diagnosis) sentFirst() {
	if !d.isSent() || d.Leaf != d.Served[0] || !d.Leaf.IsCA() {
		return
	}
	own := slices.IndexFunc(d.Served, func(c *cert.Certificate) bool { return !c.IsCA() })
	if own < 0 {
		return
	}
	d.add(finding{report.Cause{
		Class: report.Other, Certificate: d.Leaf.ID, From: "path", Rule: ruleFirst,
		Summary: fmt.Sprintf("The server sends the CA certificate %s first, and clients take the first certificate for its own; %s must come first.", d.title(d.Leaf.ID), d.title(d.Served[own].ID)),
	}, report.Error, certain})
}

// isSent tells whether a handshake or a run shows that a server sent what was
// presented.
func (d *diagnosis) isSent() bool {
	return d.isLive() || len(d.Served) > 0 && slices.ContainsFunc(d.Transcripts, func(t report.Transcript) bool {
		return len(t.Chain) > 0 && t.Chain[0].Certificate == d.Served[0].ID
	})
}

// isOrder tells whether a finding is about the order of certificates. All other
// findings are then about a certificate that was never meant to be judged.
func isOrder(f finding) bool { return f.Class == report.Other && f.Rule == ruleFirst }
