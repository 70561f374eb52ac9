package advice

import (
	"cmp"
	"fmt"
	"slices"

	"certlens/internal/cert"
	"certlens/internal/chain"
	"certlens/internal/client"
	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// fromTranscript takes what one tool run shows beyond the certificates in it.
func (d *diagnosis) fromTranscript(t *report.Transcript) {
	if d.Leaf == nil && d.isHeardOf(t) {
		return
	}
	explained := false
	for _, e := range t.Errors {
		if e.Class != "" {
			d.fromError(t, e)
			explained = true
		}
	}
	verified := len(t.VerifyErrors) > 0 || !t.NoPeerCertificate
	switch {
	case explained:
	case len(t.Errors) > 0 && len(t.Chain) == 0 && len(t.VerifyErrors) == 0:
		d.fromTool(report.Other, tool(t)+" reports: "+t.Errors[0].Text, certain)
	case !verified:
		d.fromTool(report.HandshakeFailure, "The handshake ended before the server sent a certificate.", certain)
	}
	if !verified {
		return // Verdicts about no certificate say nothing, "ok" included.
	}
	for _, e := range verdicts(t) {
		d.fromVerdict(t, e)
	}
}

// isHeardOf tells whether a run is the error page of a browser, which gives its
// code and no more: the catalogue has a sentence for the code.
func (d *diagnosis) isHeardOf(t *report.Transcript) bool {
	return isBrowser(t) && slices.ContainsFunc(d.Errors, func(e report.ErrorText) bool { return e.Client == t.Tool })
}

func isBrowser(t *report.Transcript) bool { return t.Tool == "chrome" || t.Tool == "firefox" }

// fromError takes an error line whose class is known. Before TLS 1.3 a server
// that wants a client certificate and gets none has no alert of its own for it
// (RFC 8446, section 6.2, added certificate_required), and mostly sends
// handshake_failure; that it had asked shows in the names of its CAs.
func (d *diagnosis) fromError(t *report.Transcript, e report.ErrorLine) {
	server := target(t.Host, t.Port)
	if e.Class == report.HandshakeFailure && len(t.ClientCANames) > 0 {
		d.fromTool(report.ClientCertRequired, server+askedAndEnded, likely)
		return
	}
	if name := reason(t.Alerts); e.Class == report.HandshakeFailure && name != "" {
		d.fromTool(e.Class, server+" ended the handshake with the alert "+name+".", certain)
		return
	}
	said := tool(t) + " reports: " + e.Text
	if t.Connected || e.Class != report.NoSharedCipher && e.Class != report.ProtocolVersion { // else it is about an option
		said = connection(e.Class, server, said)
	}
	d.fromTool(e.Class, said, certain)
}

// reason is the name of the first alert of the server that gives one: a
// handshake_failure (40) says nothing but that there was one.
func reason(alerts []report.Alert) string {
	for _, a := range alerts {
		if !a.Sent && a.Name != "handshake_failure" && codepoint.AlertClass(a.Number) == report.HandshakeFailure {
			return a.Name
		}
	}
	return ""
}

// askedAndEnded says, after the server's name, what an alert without a reason
// suggests.
const askedAndEnded = " asked for a client certificate and ended the handshake, most likely because it got none that it takes."

// fromTool adds a failure that a tool reported, unless it is known already.
func (d *diagnosis) fromTool(class report.Class, summary, confidence string) {
	if !d.found(class) {
		d.add(finding{report.Cause{Class: class, Summary: summary, From: "transcript"}, report.Error, confidence})
	}
}

// verdicts lists the verify errors of a run, and its final verify code when that
// is not among them.
func verdicts(t *report.Transcript) []report.VerifyError {
	list := slices.Clone(t.VerifyErrors)
	known := slices.ContainsFunc(list, func(e report.VerifyError) bool { return e.Code == t.VerifyCode })
	if t.VerifyCode > 0 && !known {
		list = append(list, report.VerifyError{Code: t.VerifyCode, Text: t.VerifyText, Depth: -1})
	}
	return list
}

// fromVerdict holds one verdict of the tool against ours.
func (d *diagnosis) fromVerdict(t *report.Transcript, e report.VerifyError) {
	classes := client.Verify(e.Code, e.Text, e.Depth)
	if len(classes) == 0 {
		return
	}
	switch class := classes[0]; {
	case slices.Contains(noAnchor, class):
		d.fromNoAnchor(t, e, class)
	case slices.Contains(outOfDate, class):
		d.fromDates(t, e, class)
	default:
		d.fromTool(class, fmt.Sprintf("%s reports: %s (code %d)%s.", tool(t), e.Text, e.Code, d.goodFor(class)), likely)
	}
}

// goodFor adds the names of the leaf to a verdict that it lacks one.
func (d *diagnosis) goodFor(class report.Class) string {
	if d.Leaf == nil || class != report.HostnameMismatch && class != report.IPMismatch {
		return ""
	}
	return "; the names of " + d.Leaf.Title() + " are " + d.namesOf()
}

// fromNoAnchor explains that the tool found no anchor. Where our path has none
// either, nothing is new. Where it has one, the tool's own store lacks it.
func (d *diagnosis) fromNoAnchor(t *report.Transcript, e report.VerifyError, class report.Class) {
	switch {
	case d.found(noAnchor...):
	case len(d.unseen) > 0 && class == report.MissingIntermediate:
		// The listing shows that the issuer was sent: the verdict is about what
		// came after it.
		d.fromTool(report.UnknownRoot, listed(t, e, report.UnknownRoot), likely)
	case len(d.unseen) == 0 && d.Leaf != nil && len(d.Paths) > 0 && d.Paths[0].Store != "":
		path := d.Paths[0]
		who := owner(path.Store, d.storeTitle(path.Store))
		root := path.Certificates[len(path.Certificates)-1]
		d.add(finding{report.Cause{
			Class: report.UnknownRoot, Certificate: root, From: "transcript",
			Summary: fmt.Sprintf("%s does not know %s, which %s %s: the trust store that it used is old or missing.", tool(t), d.title(root), who, verb(who, "trust", "trusts")),
		}, report.Error, likely})
	default:
		d.fromTool(class, listed(t, e, class), likely)
	}
}

// listed says how a chain ends of which only names are at hand.
func listed(t *report.Transcript, e report.VerifyError, class report.Class) string {
	var last report.TranscriptCertificate
	if len(t.Chain) > 0 {
		last = t.Chain[len(t.Chain)-1]
	}
	name := commonName(last.Subject)
	if e.Subject != "" {
		name = commonName(e.Subject)
	}
	switch {
	case name == "":
		return fmt.Sprintf("%s finds no trusted issuer (%s).", tool(t), e.Text)
	case class == report.SelfSigned:
		return fmt.Sprintf("%s is self-signed, and %s does not know it.", name, tool(t))
	case class == report.SelfSignedInChain:
		return fmt.Sprintf("The chain ends in %s, a self-signed certificate that %s does not know.", name, tool(t))
	case class == report.MissingIntermediate:
		return fmt.Sprintf("The server did not send the issuer of %s, or %s does not know it.", name, tool(t))
	case last.Issuer != "" && e.Subject == "":
		return fmt.Sprintf("%s was issued by %s, which %s does not know.", name, commonName(last.Issuer), tool(t))
	}
	return fmt.Sprintf("%s does not know the issuer of %s.", tool(t), name)
}

// fromDates explains that the tool found a certificate out of date. When that
// certificate is at hand and in date now, the two clocks differ, whatever else
// there is to say about the path.
func (d *diagnosis) fromDates(t *report.Transcript, e report.VerifyError, class report.Class) {
	if d.found(outOfDate...) {
		return
	}
	c := d.complainedOf(t, e)
	if c == nil || d.At.Before(c.NotBefore) || d.At.After(c.NotAfter) {
		if e.Depth > 0 && class == report.Expired {
			class = report.ExpiredIntermediate
		}
		d.fromTool(class, fmt.Sprintf("%s reports: %s%s.", tool(t), e.Text, subjectOf(e)), likely)
		return
	}
	d.fromTool(report.ClockSkew, fmt.Sprintf("%s says \"%s\", but %s is valid from %s to %s: the clock of that machine differs from the time of this check.",
		tool(t), e.Text, c.Title(), day(c.NotBefore), day(c.NotAfter)), likely)
}

// complainedOf finds the certificate of a verdict: by its place in what the
// server sent, when the subject agrees, or by its subject. A verdict that names
// neither is taken to be about the leaf where all of the path is at hand. It is
// nil when there is no such certificate.
func (d *diagnosis) complainedOf(t *report.Transcript, e report.VerifyError) *cert.Certificate {
	fits := func(c *cert.Certificate) bool {
		return c != nil && (e.Subject == "" || commonName(e.Subject) == known(c.Subject()))
	}
	if e.Depth >= 0 && e.Depth < len(t.Chain) {
		if c := d.byID[t.Chain[e.Depth].Certificate]; fits(c) {
			return c
		}
	}
	if e.Subject != "" {
		return d.named(fits)
	}
	reached := len(d.Paths) > 0 && d.Paths[0].Store != ""
	if e.Depth == 0 || e.Depth < 0 && reached {
		return d.Leaf
	}
	return nil
}

// named finds the first certificate that fits, those that were presented first.
func (d *diagnosis) named(fits func(*cert.Certificate) bool) *cert.Certificate {
	for _, c := range slices.Concat(d.Served, d.Certificates) {
		if fits(c) {
			return c
		}
	}
	return nil
}

// subjectOf names the certificate of a verdict.
func subjectOf(e report.VerifyError) string {
	if e.Subject == "" {
		return ""
	}
	return " (" + commonName(e.Subject) + ")"
}

// listedOnly names the certificates that a tool listed as sent, in the place
// where our best path ends for want of them, and that it did not print.
func (d *diagnosis) listedOnly() []string {
	if d.Leaf == nil || len(d.Paths) == 0 || d.Paths[0].Store != "" {
		return nil
	}
	path := d.Paths[0].Certificates
	top := d.byID[path[len(path)-1]]
	if top == nil || top.SelfSigned() {
		return nil
	}
	for i := range d.Transcripts {
		t := &d.Transcripts[i]
		at := len(path) - 1
		if at+1 >= len(t.Chain) || !d.isLeafOf(t) || t.Chain[at+1].Certificate != "" || t.Chain[at].Issuer != t.Chain[at+1].Subject {
			continue
		}
		var names []string
		for _, c := range t.Chain[at+1:] {
			names = append(names, commonName(c.Subject))
		}
		return names
	}
	return nil
}

// isLeafOf tells whether the run is about the leaf.
func (d *diagnosis) isLeafOf(t *report.Transcript) bool {
	first := t.Chain[0]
	return first.Certificate == d.Leaf.ID || first.Certificate == "" && first.Issuer != "" && commonName(first.Issuer) == known(d.Leaf.Issuer())
}

// known is the part of a name by which commonName knows it.
func known(n report.Name) string { return cmp.Or(n.CommonName, chain.NameTitle(n)) }

// alone tells what is known about the leaf having come without its issuer:
// proven when openssl could not find the issuer among what was sent, or our own
// probe saw all that was and a public CA has no other place for it; open when a
// run is about the leaf and does not tell. X509_V_ERR 21, and 20 at depth 0,
// mean that the leaf's issuer was neither sent nor known.
func (d *diagnosis) alone(c *cert.Certificate) (proven, open bool) {
	if c != d.Leaf {
		return false, false
	}
	if d.isLive() {
		return d.isPublic(), false
	}
	for i := range d.Transcripts {
		t := &d.Transcripts[i]
		if len(t.Chain) == 0 || !d.isLeafOf(t) {
			continue
		}
		open = true
		for _, e := range verdicts(t) {
			if e.Code == 21 || e.Code == 20 && e.Depth == 0 {
				return true, false
			}
		}
	}
	return false, open
}

// tool names the program of a run.
func tool(t *report.Transcript) string {
	switch t.Tool {
	case "s_client", "verify":
		return "openssl"
	case "java", "chrome", "firefox":
		return programNames[t.Tool]
	}
	return t.Tool
}
