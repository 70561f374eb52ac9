package advice

import (
	"fmt"
	"slices"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// fromPath takes the problems of the best path: those of worse ones only say
// why they are worse.
func (d *diagnosis) fromPath() {
	if len(d.Paths) == 0 {
		for _, p := range d.HostProblems {
			d.addProblem(p)
		}
		return
	}
	for _, p := range d.Paths[0].Problems {
		if len(d.unseen) > 0 && slices.Contains(noAnchor, p.Class) {
			continue // The listing says more; see fromListing.
		}
		d.addProblem(p)
	}
	d.notSent()
}

// addProblem turns a problem into a finding.
func (d *diagnosis) addProblem(p report.PathProblem) {
	f := finding{
		Cause:    report.Cause{Class: p.Class, Certificate: p.Certificate, Summary: d.words(p), From: "path", Rule: p.Rule},
		severity: report.Error, confidence: certain,
	}
	switch p.Class {
	case report.HostnameMismatch, report.IPMismatch, report.NoSAN:
		if d.Host != "" {
			f.From = "host"
		}
	case report.MissingIntermediate, report.UnknownRoot:
		f.confidence = d.noAnchorConfidence(p.Certificate)
	case report.Other:
		f.severity = report.Warning
	}
	if len(d.Stores) == 0 && slices.Contains(noAnchor, p.Class) {
		f.severity, f.confidence = report.Notice, unknown
	}
	d.add(f)
}

// noAnchorConfidence: a root that no store holds is certain. Where the issuer is
// not at hand, what it is can only be guessed, and in the worst case even
// whether the server sent it.
func (d *diagnosis) noAnchorConfidence(id string) string {
	c := d.byID[id]
	if c == nil {
		return unknown
	}
	if c.SelfSigned() {
		return certain
	}
	if _, open := d.alone(c); open {
		return unknown
	}
	return likely
}

// notSent finds a certificate of the best path that was at hand, and that the
// server did not send.
func (d *diagnosis) notSent() {
	if len(d.Transcripts) == 0 || len(d.unseen) > 0 || len(d.Served) == 0 {
		return
	}
	path := d.Paths[0]
	for i, id := range path.Certificates {
		last := i == len(path.Certificates)-1
		c := d.byID[id]
		if i == 0 || c == nil || last && (path.Store != "" || c.SelfSigned()) || slices.Contains(d.Served, c) {
			continue
		}
		child := path.Certificates[i-1]
		d.add(finding{report.Cause{
			Class: report.MissingIntermediate, Certificate: child, From: "path", Rule: "RFC 8446, section 4.4.2",
			Summary: fmt.Sprintf("The server did not send %s, which issued %s; the paste holds it.", c.Title(), d.certificateOf(child)),
		}, report.Error, certain})
		return
	}
}

// words says a problem in one plain sentence. Those that are not in the table
// are plain already.
func (d *diagnosis) words(p report.PathProblem) string {
	if say := sentences[p.Class]; say != nil {
		if c := d.byID[p.Certificate]; c != nil {
			return say(d, c)
		}
	}
	return p.Detail
}

// sentences word the classes whose problem has a longer detail than a person
// wants to read first.
var sentences = map[report.Class]func(*diagnosis, *cert.Certificate) string{
	report.Expired: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("%s expired on %s, %s ago.", c.Title(), day(c.NotAfter), span(d.At.Sub(c.NotAfter)))
	},
	report.ExpiredIntermediate: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("The intermediate certificate %s expired on %s, %s ago.", c.Title(), day(c.NotAfter), span(d.At.Sub(c.NotAfter)))
	},
	report.ExpiredRoot: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("The root certificate %s expired on %s, %s ago.", c.Title(), day(c.NotAfter), span(d.At.Sub(c.NotAfter)))
	},
	report.NotYetValid: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("%s is not valid before %s, %s from now.", c.Title(), day(c.NotBefore), span(c.NotBefore.Sub(d.At)))
	},
	report.SelfSigned: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("%s is self-signed, and %s.", c.Title(), d.notTrusted("it"))
	},
	report.SelfSignedInChain: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("The chain ends in %s, and %s.", c.Title(), d.notTrusted("it"))
	},
	report.UnknownRoot: func(d *diagnosis, c *cert.Certificate) string {
		if c.SelfSigned() {
			return fmt.Sprintf("%s is a root certificate, and %s.", c.Title(), d.notTrusted("it"))
		}
		return fmt.Sprintf("%s was issued by %s, and %s.", c.Title(), issuer(c), d.notTrusted("that one"))
	},
	report.MissingIntermediate: func(d *diagnosis, c *cert.Certificate) string {
		switch proven, open := d.alone(c); {
		case proven:
			return fmt.Sprintf("The server did not send %s, which issued its certificate.", issuer(c))
		case open:
			return fmt.Sprintf("The paste lacks %s, which issued %s; whether the server sent it is open (openssl s_client -showcerts tells).", issuer(c), d.certificateOf(c.ID))
		}
		return fmt.Sprintf("%s, which issued %s, is missing from the chain.", issuer(c), d.certificateOf(c.ID))
	},
}

// notTrusted says that no store vouches for something.
func (d *diagnosis) notTrusted(what string) string {
	var owners []string
	for _, s := range d.Stores {
		owners = append(owners, owner(s.Name, s.Title))
	}
	switch len(owners) {
	case 0:
		return "no trust store was asked about " + what
	case 1:
		return owners[0] + " " + verb(owners[0], "do", "does") + " not trust " + what + d.butTool()
	}
	return "neither " + strings.Join(owners, " nor ") + " " + verb(owners[len(owners)-1], "trust", "trusts") + " " + what + d.butTool()
}

// butTool adds that a tool found a trusted issuer where we did not: it was run
// with a trust store that we don't have.
func (d *diagnosis) butTool() string {
	for _, t := range d.Transcripts {
		if len(t.Chain) > 0 && d.Leaf != nil && d.isLeafOf(t) && accepted(t) {
			return "; " + tool(t) + " did, with a trust store of its own"
		}
	}
	return ""
}

// owner names who trusts the anchors of a store.
func owner(name, title string) string {
	switch name {
	case "mozilla":
		return "Mozilla"
	case "user":
		return "you"
	}
	return "the " + title
}

// verb picks the form that goes with the owner.
func verb(owner, you, others string) string {
	if owner == "you" {
		return you
	}
	return others
}

// title names a certificate by its id.
func (d *diagnosis) title(id string) string {
	if c := d.byID[id]; c != nil {
		return c.Title()
	}
	return id
}

// certificateOf names a certificate as something that was issued.
func (d *diagnosis) certificateOf(id string) string {
	if d.Leaf != nil && d.Leaf.ID == id && !d.Leaf.IsCA() {
		return "the certificate of " + d.title(id)
	}
	return d.title(id)
}

// issuer names who issued a certificate, as the certificate itself says.
func issuer(c *cert.Certificate) string {
	n := c.Issuer()
	if n.CommonName != "" {
		return n.CommonName
	}
	for _, a := range n.Attributes {
		if a.Short == "O" && a.Value != "" {
			return a.Value
		}
	}
	return n.Text
}
