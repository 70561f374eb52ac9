package advice

import (
	"fmt"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// isLive tells whether our own probe brought what was presented. Nothing is then
// open about what the server sent.
func (d *diagnosis) isLive() bool {
	return d.Handshake != nil && len(d.Handshake.Certificates) > 0
}

// fromHandshake takes what our own handshake shows beyond the certificates in it.
func (d *diagnosis) fromHandshake(h *report.Handshake) {
	if h.Failure != nil {
		d.add(failedHandshake(h))
	}
	if d.Leaf != nil && h.WantStaple && h.Complete && h.Staple == "" && mustStaple(d.Leaf) {
		d.add(finding{report.Cause{
			Class: report.StapleMissing, Certificate: d.Leaf.ID, From: "handshake", Rule: "RFC 7633, section 4.3.3",
			Summary: fmt.Sprintf("The certificate of %s demands a stapled OCSP response, and the server sent none; clients that honour the demand refuse the connection.", d.title(d.Leaf.ID)),
		}, report.Warning, certain})
	}
}

// failedHandshake words a failure as it is worded when a tool reports it. As with
// a tool, an alert without a reason after the server asked for a certificate is
// most likely about that.
func failedHandshake(h *report.Handshake) finding {
	class, server, confidence := h.Failure.Class, target(h.Host, h.Port), certain
	summary := connection(class, server, h.Failure.Detail)
	switch {
	case class == report.DNS:
		summary = connection(class, target(h.Host, 0), "")
	case class == report.WrongProtocol:
		summary = h.Failure.Detail // it names what the server speaks instead
	case class == report.HandshakeFailure && h.ClientCertificate != nil:
		class, summary, confidence = report.ClientCertRequired, server+askedAndEnded, likely
	case class == report.HandshakeFailure && reason(h.Alerts) != "":
		summary = server + " ended the handshake with the alert " + reason(h.Alerts) + "."
	case class == report.HandshakeFailure && h.Step == report.StepHello && len(h.Alerts) > 0:
		class, confidence = report.NoSharedCipher, likely
		summary = server + " refused the first message of a current client: most likely the two have no cipher suite or group in common. A scan tells."
	}
	return finding{report.Cause{Class: class, Summary: summary, From: "handshake"}, report.Error, confidence}
}

// oidTLSFeature is the extension by which a certificate demands that its server
// use extensions of TLS (RFC 7633, section 4.1).
const oidTLSFeature = "1.3.6.1.5.5.7.1.24"

// mustStaple tells whether a certificate demands status_request (5): its value is
// then a SEQUENCE of INTEGERs, of which one has that single byte.
func mustStaple(c *cert.Certificate) bool {
	value, _, _ := c.Extension(oidTLSFeature)
	for rest := value[min(2, len(value)):]; len(rest) >= 3 && rest[0] == 0x02; {
		if rest[1] == 1 && rest[2] == 5 {
			return true
		}
		rest = rest[min(2+int(rest[1]), len(rest)):]
	}
	return false
}
