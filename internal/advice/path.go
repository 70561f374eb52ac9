package advice

import (
	"fmt"
	"slices"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/chain"
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
	d.sentFirst()
	d.notSent()
	d.caution()
}

// caution warns of a certificate that some clients refuse in some handshakes,
// which makes no path bad.
func (d *diagnosis) caution() {
	if d.Leaf == nil {
		return
	}
	for _, p := range chain.Cautions(d.Leaf, d.Purpose) {
		d.add(finding{report.Cause{Class: p.Class, Certificate: p.Certificate, Summary: p.Detail, From: "path", Rule: p.Rule}, report.Warning, certain})
	}
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
		switch p.Rule {
		case chain.RulePolicy:
			f.severity = report.Error
		case chain.RuleSignature: // It was not verified, so that nothing is.
			f.severity, f.confidence = report.Error, unknown
		}
	}
	if slices.Contains(noAnchor, p.Class) && (len(d.Stores) == 0 || d.forOthers()) {
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
	if len(d.Transcripts) == 0 && !d.isLive() || len(d.unseen) > 0 || len(d.Served) == 0 {
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
			Summary: fmt.Sprintf("The server did not send %s, which issued %s; %s.", c.Title(), d.certificateOf(child), d.holder()),
		}, report.Error, certain})
		return
	}
}

// holder says where a certificate is that the server did not send.
func (d *diagnosis) holder() string {
	if d.isLive() {
		return "it is at hand here"
	}
	return "the paste holds it"
}

// words says a problem in one plain sentence. Those that are not in the table
// are plain already.
func (d *diagnosis) words(p report.PathProblem) string {
	if c := d.byID[p.Certificate]; c != nil && c.ID == d.Namesake && slices.Contains(noAnchor, p.Class) {
		return fmt.Sprintf("%s was not signed with the key of the trusted root %s: anybody can give a CA that name.", c.Title(), issuer(c))
	}
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
		return fmt.Sprintf("%s expired on %s, %s ago.", c.Title(), day(c.NotAfter), span(c.NotAfter, d.At))
	},
	report.ExpiredIntermediate: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("The intermediate certificate %s expired on %s, %s ago.", c.Title(), day(c.NotAfter), span(c.NotAfter, d.At))
	},
	report.ExpiredRoot: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("The root certificate %s expired on %s, %s ago.", c.Title(), day(c.NotAfter), span(c.NotAfter, d.At))
	},
	report.NotYetValid: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("%s is not valid before %s, %s from now.", c.Title(), day(c.NotBefore), span(d.At, c.NotBefore))
	},
	report.SelfSigned: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("%s is self-signed, and %s.", c.Title(), d.notTrusted("it"))
	},
	report.SelfSignedInChain: func(d *diagnosis, c *cert.Certificate) string {
		return fmt.Sprintf("The chain ends in %s, and %s.", c.Title(), d.notTrusted("it"))
	},
	report.UnknownRoot: func(d *diagnosis, c *cert.Certificate) string {
		if c.SelfIssued() {
			return fmt.Sprintf("%s is a root certificate, and %s.", d.title(c.ID), d.notTrusted("it"))
		}
		return d.eitherOr(c)
	},
	report.MissingIntermediate: func(d *diagnosis, c *cert.Certificate) string {
		switch proven, open := d.alone(c); {
		case proven:
			return fmt.Sprintf("The server did not send %s, which issued its certificate.", issuer(c))
		case open:
			return fmt.Sprintf("The paste lacks %s, which issued %s; whether the server sent it is open (openssl s_client -showcerts tells).", issuer(c), d.certificateOf(c.ID))
		}
		if d.isPublic() {
			return fmt.Sprintf("%s, which issued %s, is missing from the chain%s.", issuer(c), d.certificateOf(c.ID), at(c))
		}
		return d.eitherOr(c)
	},
}

// eitherOr says that the issuer of a certificate is not at hand, where nothing
// tells whether it is an intermediate or a root.
func (d *diagnosis) eitherOr(c *cert.Certificate) string {
	who, sends, root := issuer(c), "the server must send it", "a private root"
	if d.Purpose != chain.ServerAuth && d.Purpose != "" {
		sends, root = "it must be sent along", "a root"
	}
	but := ""
	if t := d.acceptedBy(); t != "" {
		but = "; " + t + " accepted the chain, with a trust store of its own"
	}
	return fmt.Sprintf("%s was issued by %s, whose certificate is not here: if %s is an intermediate, %s%s; if it is %s, clients must trust it%s.",
		d.title(c.ID), who, who, sends, at(c), root, but)
}

// at says where a certificate claims that its issuer's is to be had.
func at(c *cert.Certificate) string {
	if url := chain.IssuerURL(c); url != "" {
		return " (it should be at " + url + ")"
	}
	return ""
}

// isPublic tells whether the best path shows that a public CA issued it.
func (d *diagnosis) isPublic() bool {
	return slices.ContainsFunc(d.Paths[0].Certificates, func(id string) bool {
		return d.byID[id] != nil && chain.PublicTLS(d.byID[id])
	})
}

// forOthers tells whether the leaf is for something that the roots of web servers
// say nothing of.
func (d *diagnosis) forOthers() bool { return d.use() != "" }

// use names what the leaf is for, where roots for web servers say nothing of it:
// its purpose, or that of the certificates that it may issue.
func (d *diagnosis) use() string {
	if d.Purpose == chain.Issuing && d.Leaf != nil && !chain.ForServers(d.Leaf) {
		return "what it issues"
	}
	return uses[d.Purpose]
}

// webOnly is added to what a store is said to trust, where it matters that its
// roots are those for web servers.
func (d *diagnosis) webOnly(store string) string {
	if store == "user" || d.Purpose == chain.ServerAuth || d.Purpose == chain.Any || d.Purpose == "" {
		return ""
	}
	return " for web servers"
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
		if d.webOnly(d.Stores[0].Name) != "" {
			return what + " is not among the roots that " + owners[0] + " trusts for web servers" + d.butTool()
		}
		return owners[0] + " " + verb(owners[0], "do", "does") + " not trust " + what + d.butTool()
	}
	return "neither " + strings.Join(owners, " nor ") + " " + verb(owners[len(owners)-1], "trust", "trusts") + " " + what + d.webOnly(d.Stores[len(owners)-1].Name) + d.butTool()
}

// butTool adds that a tool found a trusted issuer where we did not: it was run
// with a trust store that we don't have.
func (d *diagnosis) butTool() string {
	if t := d.acceptedBy(); t != "" {
		return "; " + t + " did, with a trust store of its own"
	}
	return ""
}

// acceptedBy names a tool that found nothing wrong with the chain of the leaf.
func (d *diagnosis) acceptedBy() string {
	for i := range d.Transcripts {
		t := &d.Transcripts[i]
		if len(t.Chain) > 0 && d.Leaf != nil && d.isLeafOf(t) && accepted(t) {
			return tool(t)
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
	c := d.byID[id]
	switch {
	case c == nil:
		return id
	case c.Subject().CommonName != "":
		return chain.NameTitle(c.Subject())
	}
	return c.Title()
}

// certificateOf names a certificate as something that was issued.
func (d *diagnosis) certificateOf(id string) string {
	if d.Leaf != nil && d.Leaf.ID == id && !d.Leaf.IsCA() {
		return "the certificate of " + d.title(id)
	}
	return d.title(id)
}

// issuer names who issued a certificate, as the certificate itself says.
func issuer(c *cert.Certificate) string { return chain.NameTitle(c.Issuer()) }
