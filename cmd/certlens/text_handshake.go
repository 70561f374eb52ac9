package main

import (
	"encoding/base64"
	"fmt"
	"strings"

	"certlens/internal/report"
)

// A fact is one labelled line.
type fact struct{ label, value string }

// facts writes those that have a value, in two columns.
func (p *printer) facts(list []fact) {
	const column = 20
	for _, f := range list {
		for i, line := range wrap(f.value, width-2-column) {
			label := ""
			if i == 0 {
				label = f.label
			}
			p.line("  %s%s", p.paint(dim, fmt.Sprintf("%-*s", column, label)), line)
		}
	}
}

// handshake says what our own probe saw.
func (p *printer) handshake() {
	h := p.Handshake
	if h == nil {
		return
	}
	p.heading(fmt.Sprintf("Handshake with %s, port %d%s", printable(h.Host), h.Port, seenFrom(h.Vantage)))
	p.facts([]fact{
		{"Address", h.Address},
		{"STARTTLS", h.StartTLS},
		{"Server name sent", serverName(h)},
		{"Failed", failure(h)},
	})
	p.facts(banner(h.Banner))
	p.facts([]fact{
		{"Protocol", h.Protocol},
		{"Cipher", cipher(h.Suite)},
		{"Key exchange", keyExchange(h)},
		{"Signature", codePoint(h.SignatureScheme)},
		{"ALPN", negotiated(h)},
		{"OCSP staple", staple(h)},
		{"Timestamps (CT)", p.timestamps()},
		{"Client certificate", clientCertificate(h)},
		{"Client key types", keyTypes(h)},
		{"Client signatures", signatures(h)},
		{"Resumption", resumption(h)},
		{"Renegotiation", yesNo(h.SecureRenegotiation, "secure", "not secure (RFC 5746)")},
		{"Master secret", yesNo(h.ExtendedMasterSecret, "extended", "not extended (RFC 7627)")},
		{"Compression", said(h.Compression, "yes, which no server should do (CRIME)")},
		{"Server's clock", h.ServerTime},
		{"Alerts", alerts(h.Alerts)},
		{"Took", timings(h.Timings)},
	})
}

func seenFrom(vantage string) string {
	if vantage == "" {
		return ""
	}
	return ", seen from " + printable(vantage)
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// serverName is empty when the handshake did not come so far as to send one.
func serverName(h *report.Handshake) string {
	if h.Sent == 0 {
		return ""
	}
	return orElse(h.SNI, "none")
}

// maxBanner is how many lines of a banner the terminal shows.
const maxBanner = 5

// banner has a line for each line that the server said.
func banner(text string) []fact {
	var list []fact
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || len(list) == maxBanner {
			continue
		}
		list = append(list, fact{"", line})
	}
	if len(list) > 0 {
		list[0].label = "Server said first"
	}
	return list
}

// said is the text when something holds.
func said(holds bool, text string) string {
	if holds {
		return text
	}
	return ""
}

// yesNo words what may not have been seen at all.
func yesNo(seen *bool, yes, no string) string {
	switch {
	case seen == nil:
		return ""
	case *seen:
		return yes
	}
	return no
}

func failure(h *report.Handshake) string {
	if h.Failure == nil {
		return ""
	}
	return fmt.Sprintf("%s (%s)", h.Failure.Detail, stepWords[h.Step])
}

// stepWords say where a handshake ended.
var stepWords = map[report.Step]string{
	report.StepRequest:  "the request",
	report.StepResolve:  "finding the address",
	report.StepConnect:  "connecting",
	report.StepStartTLS: "asking for TLS",
	report.StepHello:    "waiting for the ServerHello",
	report.StepServer:   "reading what the server sent",
	report.StepFinish:   "finishing the handshake",
	report.StepDone:     "done",
}

func cipher(s *report.Suite) string {
	switch {
	case s == nil:
		return ""
	case s.OpenSSL == "" || s.OpenSSL == s.Name:
		return s.Name
	}
	return s.Name + " (" + s.OpenSSL + ")"
}

func codePoint(c *report.CodePoint) string {
	if c == nil {
		return ""
	}
	return c.Name
}

func keyExchange(h *report.Handshake) string {
	switch group := codePoint(h.Group); {
	case h.Suite == nil:
		return ""
	case group != "" && h.DHBits != 0:
		return fmt.Sprintf("%s, %d bits", group, h.DHBits)
	case h.DHBits != 0:
		return fmt.Sprintf("DH, %d bits", h.DHBits)
	default:
		return group
	}
}

func negotiated(h *report.Handshake) string {
	if h.Suite == nil {
		return ""
	}
	return orElse(h.ALPN, "none negotiated")
}

func staple(h *report.Handshake) string {
	switch {
	case h.Staple != "":
		return fmt.Sprintf("%d bytes, read below", base64.StdEncoding.DecodedLen(len(h.Staple))-strings.Count(h.Staple, "="))
	case h.WantStaple && len(h.Certificates) > 0:
		return "none was sent"
	}
	return ""
}

// timestamps counts the signed certificate timestamps by where they came from.
func (p *printer) timestamps() string {
	if len(p.Served) == 0 {
		return ""
	}
	embedded := 0
	if leaf := p.certs[p.Served[0]]; leaf != nil {
		embedded = len(leaf.SCTs)
	}
	return fmt.Sprintf("%d in the certificate, %d in the handshake", embedded, len(p.Handshake.SCTs))
}

// maxAuthorities is how many names of CAs the terminal lists; --json has all.
const maxAuthorities = 10

func clientCertificate(h *report.Handshake) string {
	c := h.ClientCertificate
	if c == nil {
		return said(len(h.Certificates) > 0, "not asked for")
	}
	names := c.Authorities
	if len(names) == 0 {
		return "asked for, of any CA"
	}
	text := "asked for, of " + strings.Join(names[:min(len(names), maxAuthorities)], "; ")
	if rest := len(names) - maxAuthorities; rest > 0 {
		text += fmt.Sprintf("; and %d more", rest)
	}
	return text
}

// keyTypes are those that the client certificate may have, up to TLS 1.2.
func keyTypes(h *report.Handshake) string {
	if h.ClientCertificate == nil {
		return ""
	}
	return strings.Join(h.ClientCertificate.Types, ", ")
}

// signatures are those that the server takes from a client.
func signatures(h *report.Handshake) string {
	if h.ClientCertificate == nil {
		return ""
	}
	var names []string
	for _, scheme := range h.ClientCertificate.SignatureAlgorithms {
		names = append(names, scheme.Name)
	}
	return strings.Join(names, ", ")
}

func resumption(h *report.Handshake) string {
	var ways []string
	if h.Resumed {
		ways = append(ways, "the session was resumed")
	}
	if h.Ticket != nil && *h.Ticket {
		ways = append(ways, "ticket offered")
	}
	if h.SessionID != nil && *h.SessionID {
		ways = append(ways, "session id offered")
	}
	if len(ways) == 0 {
		return said(h.Complete && (h.Ticket != nil || h.SessionID != nil), "not offered")
	}
	return strings.Join(ways, ", ")
}

// closeNotify is the alert with which both sides end a connection, and which
// means nothing else.
const closeNotify = 0

func alerts(list []report.Alert) string {
	var words []string
	for _, a := range list {
		if a.Number == closeNotify {
			continue
		}
		who := "the server"
		if a.Sent {
			who = "certlens"
		}
		words = append(words, fmt.Sprintf("%s (%d) from %s", orElse(a.Name, "unknown"), a.Number, who))
	}
	return strings.Join(words, ", ")
}

func timings(list []report.Timing) string {
	var words []string
	for _, t := range list {
		decimals := 0
		if t.Milliseconds < 10 {
			decimals = 1
		}
		words = append(words, fmt.Sprintf("%s %.*f ms", t.Step, decimals, t.Milliseconds))
	}
	return strings.Join(words, ", ")
}
