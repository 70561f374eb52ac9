package advice

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"certlens/internal/chain"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// fine is the diagnosis of something that nothing speaks against.
func (d *diagnosis) fine() *report.Diagnosis {
	out := &report.Diagnosis{Class: report.OK, Severity: report.Info, Confidence: certain, Causes: []report.Cause{}}
	switch {
	case d.Leaf == nil && d.Handshake != nil:
		out.Class, out.Severity, out.Confidence = report.Other, report.Notice, unknown
		out.Summary = target(d.Handshake.Host, d.Handshake.Port) + " was reached, and sent no certificate."
	case d.Leaf == nil && !d.isAccepted():
		out.Class, out.Severity, out.Confidence = report.Other, report.Notice, unknown
		out.Summary = "The paste shows a connection, and neither an error nor a certificate."
	case d.Leaf == nil:
		out.Summary, out.Confidence = tool(&d.Transcripts[0])+" reports no error; the paste holds no certificate to check.", likely
	case len(d.unseen) > 0 && !d.isAccepted():
		out.Class, out.Severity, out.Confidence, out.Certificate = report.Other, report.Notice, unknown, d.Leaf.ID
		out.Summary = fmt.Sprintf("The server sent %s as well, which the paste does not hold; openssl s_client -showcerts prints it.", strings.Join(d.unseen, ", "))
	case len(d.unseen) > 0:
		out.Certificate = d.Leaf.ID
		out.Summary, out.Confidence = fmt.Sprintf("%s accepted the chain of %s; the paste lacks %s, which certlens could not check (-showcerts prints it).", tool(&d.Transcripts[0]), d.Leaf.Title(), strings.Join(d.unseen, ", ")), likely
	case d.leafIsNotFirst():
		out.Class, out.Severity, out.Certificate = report.Other, report.Warning, d.Leaf.ID
		out.Summary = fmt.Sprintf("The chain of %s is complete, but %s does not come first; clients refuse a server that sends it in this order.", d.Leaf.Title(), d.Leaf.Title())
	default:
		out.Certificate = d.Leaf.ID
		out.Summary = d.finePath() + d.expiry() + d.limited()
		if d.Host == "" && len(d.Transcripts) > 0 {
			out.Summary += " Names were not checked: no host name was given."
		}
		if d.beyondStore() {
			out.Severity, out.Confidence = report.Notice, unknown
		}
	}
	return out
}

// beyondStore tells whether the path ends in a store that says nothing of the
// purpose: the roots of the built-in stores are those for web servers.
func (d *diagnosis) beyondStore() bool {
	return len(d.Paths) > 0 && d.Paths[0].Trusted && d.Paths[0].Store != "user" && d.forOthers()
}

// leafIsNotFirst tells whether certificates were presented in an order in which
// TLS does not allow them: "The sender's certificate MUST come in the first
// CertificateEntry in the list." (RFC 8446, section 4.4.2)
func (d *diagnosis) leafIsNotFirst() bool {
	return len(d.Served) > 0 && d.Served[0].IsCA() && !d.Leaf.IsCA()
}

// accepted tells whether the tool verified a certificate and found no fault.
// "Verify return code: 0 (ok)" counts only where there was a certificate.
func accepted(t *report.Transcript) bool {
	return !t.NoPeerCertificate && len(t.VerifyErrors) == 0 && (t.VerifyCode == 0 || strings.EqualFold(t.VerifyText, "ok"))
}

func (d *diagnosis) isAccepted() bool {
	return slices.ContainsFunc(d.Transcripts, func(t report.Transcript) bool { return accepted(&t) })
}

// finePath names the end of the trusted path.
func (d *diagnosis) finePath() string {
	if len(d.Paths) == 0 || !d.Paths[0].Trusted {
		return "Nothing speaks against " + d.Leaf.Title() + "."
	}
	p := d.Paths[0]
	root := d.title(p.Certificates[len(p.Certificates)-1])
	who := owner(p.Store, d.storeTitle(p.Store))
	trusts := who + " " + verb(who, "trust", "trusts") + d.webOnly(p.Store)
	leaf := d.Leaf.Title()
	switch {
	case len(p.Certificates) == 1 && d.Leaf.SelfSigned() && d.Leaf.IsCA():
		return fmt.Sprintf("%s is a root certificate that %s.", leaf, trusts)
	case len(p.Certificates) == 1:
		return fmt.Sprintf("%s is a certificate that %s itself.", leaf, trusts)
	case d.Leaf.SelfSigned():
		return fmt.Sprintf("%s is a root certificate with the name and key of one that %s.", leaf, trusts)
	case d.Leaf.IsCA():
		return fmt.Sprintf("%s is an intermediate certificate; its chain is complete and ends in %s, which %s.", leaf, root, trusts) + d.beyond()
	}
	say := fmt.Sprintf("%s chain is complete and ends in %s, which %s.", possessive(leaf), root, trusts)
	if as := roles[d.Purpose]; as != "" {
		say = "As " + as + ", " + say
	}
	return say + d.beyond()
}

// beyond says what a store of roots for web servers leaves open.
func (d *diagnosis) beyond() string {
	if !d.beyondStore() {
		return ""
	}
	return " Whether that root is trusted for " + d.use() + " is not known here."
}

// roles name the purposes as what a certificate is.
var roles = map[chain.Purpose]string{
	chain.ClientAuth:      "a TLS client",
	chain.EmailProtection: "a certificate for e-mail",
	chain.CodeSigning:     "a certificate for code signing",
	chain.TimeStamping:    "a time stamping authority",
	chain.OCSPSigning:     "an OCSP responder",
}

// uses name the purposes that roots for web servers say nothing of.
var uses = map[chain.Purpose]string{
	chain.EmailProtection: "e-mail",
	chain.CodeSigning:     "code signing",
	chain.TimeStamping:    "time stamping",
}

// storeTitle finds the title of a store.
func (d *diagnosis) storeTitle(name string) string {
	for _, s := range d.Stores {
		if s.Name == name {
			return s.Title
		}
	}
	return name
}

// expiry says how long the path is good for, and which certificate ends it. The
// anchor's dates count as well, as most clients look at them. It says nothing of a
// date that has passed or is unknown: a path that is fine has none.
func (d *diagnosis) expiry() string {
	first := d.Leaf
	if len(d.Paths) > 0 && d.Paths[0].Trusted {
		for _, id := range d.Paths[0].Certificates {
			if c := d.byID[id]; c != nil && c.NotAfter.Before(first.NotAfter) {
				first = c
			}
		}
	}
	switch {
	case first.NotAfter.Before(d.At):
		return ""
	case first == d.Leaf:
		return " It expires in " + span(d.At, first.NotAfter) + "."
	}
	return fmt.Sprintf(" It expires in %s, but %s, which its chain needs, in %s already.", span(d.At, d.Leaf.NotAfter), d.title(first.ID), span(d.At, first.NotAfter))
}

// limited says the date from which on a store trusts nothing new of the root. A
// path that has it at its end can be trusted all the same.
func (d *diagnosis) limited() string {
	if len(d.Paths) == 0 || !d.Paths[0].Trusted {
		return ""
	}
	p := d.Paths[0]
	store, err := trust.ByName(p.Store)
	root := d.byID[p.Certificates[len(p.Certificates)-1]]
	if err != nil || root == nil {
		return ""
	}
	a := store.Lookup(root)
	if a == nil || a.DistrustAfter.IsZero() {
		return ""
	}
	return fmt.Sprintf(" %s does not trust certificates of servers that %s issues after %s.", store.Owner, d.title(root.ID), day(a.DistrustAfter))
}

// possessive appends the genitive to a name.
func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// day writes a date in UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// span writes the time between two instants in whole days, rounded down. It
// counts seconds, as a time.Duration ends after 292 years.
func span(from, to time.Time) string {
	switch n := (to.Unix() - from.Unix()) / (24 * 60 * 60); n {
	case 0:
		return "less than a day"
	case 1:
		return "1 day"
	default:
		return strconv.FormatInt(n, 10) + " days"
	}
}
