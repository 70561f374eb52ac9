package advice

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"certlens/internal/fix"
	"certlens/internal/report"
)

// programNames are how programs write themselves, where that is not as the
// catalogue has them.
var programNames = map[string]string{
	"node": "Node.js", "java": "Java", "go": "Go", "python": "Python", "dotnet": ".NET", "ruby": "Ruby", "php": "PHP",
	"rust": "Rust", "chrome": "Chrome", "firefox": "Firefox", "apple": "macOS or iOS", "windows": "Windows", "gnutls": "GnuTLS",
	"openssl": "OpenSSL", "git": "Git", "wget": "Wget", "docker": "Docker", "apache": "Apache", "haproxy": "HAProxy", "terraform": "Terraform",
	"postfix": "Postfix", "dovecot": "Dovecot", "postgres": "PostgreSQL", "mysql": "MySQL", "ldap": "The LDAP client", "tomcat": "Tomcat",
	"envoy": "Envoy", "iis": "IIS", "dart": "Dart", "tls": "The program", "system": "The program", "http": "The program", "cloudflare": "Cloudflare",
}

// speaker names the program that printed an error: the outermost one.
func speaker(e *report.ErrorText) string {
	name := e.Client
	if len(e.Wrappers) > 0 {
		name = e.Wrappers[0]
	}
	return cmp.Or(programNames[name], name)
}

// Programs are those that a paste names, whose fixes come first: the outermost one
// of each error, and those below it.
func Programs(errors []report.ErrorText, transcripts []report.Transcript) []string {
	var names []string
	for _, e := range errors {
		names = append(append(names, e.Wrappers...), e.Client)
	}
	for _, t := range transcripts {
		switch t.Tool {
		case "s_client", "verify", "bssl":
			names = append(names, "openssl")
		case "gnutls-cli":
			names = append(names, "gnutls")
		default:
			names = append(names, t.Tool)
		}
	}
	return names
}

// A heard is the error text that a cause comes from, and the failures that it
// allows, most likely first.
type heard struct {
	text     *report.ErrorText
	possible []report.Class
}

// fromErrors holds the error texts against what is known otherwise. Certificates
// come first: a text that agrees with them confirms them, and one that does not is
// about another certificate, another clock or another store.
func (d *diagnosis) fromErrors() {
	for i := range d.Errors {
		e := &d.Errors[i]
		switch {
		case d.explains(e):
			d.agrees(e)
		case d.Leaf != nil && e.Side != report.SideServer && e.Class != report.Other:
			d.contradicts(e)
		case e.Class == report.Other && len(d.findings) > 0:
		default:
			d.fromText(e, alone(e), confidence(e))
		}
	}
}

// silent are the failures that are certain as such, and give no reason.
var silent = []report.Class{report.HandshakeFailure, report.Closed}

// agrees notes an error text that says what was found. Beside certificates it
// confirms that. Where a tool run alone shows it, the text is part of that run, and
// the catalogue knows what else it allows.
func (d *diagnosis) agrees(e *report.ErrorText) {
	switch {
	case d.Leaf != nil && len(d.Transcripts) == 0:
		d.confirmed = cmp.Or(d.confirmed, speaker(e))
	case d.Leaf == nil:
		for _, f := range d.findings {
			_, known := d.heard[f.Cause]
			if classes := classesOf(e); !known && len(classes) > 1 && slices.Contains(classes, f.Class) && (f.confidence != certain || slices.Contains(silent, f.Class)) {
				rest := slices.DeleteFunc(classes, func(c report.Class) bool { return c == f.Class })
				d.heard[f.Cause] = heard{e, append([]report.Class{f.Class}, rest...)}
			}
		}
	}
}

// classesOf are the failures that a text allows, most likely first.
func classesOf(e *report.ErrorText) []report.Class {
	return append([]report.Class{e.Class}, e.Possible...)
}

// explains tells whether what was found explains a text. All that find no path say
// the same in different words.
func (d *diagnosis) explains(e *report.ErrorText) bool {
	classes := classesOf(e)
	return d.found(classes...) || slices.Contains(noAnchor, e.Class) && d.found(noAnchor...) || slices.Contains(outOfDate, e.Class) && d.found(outOfDate...)
}

func confidence(e *report.ErrorText) string {
	switch {
	case e.Class == report.Other:
		return unknown
	case len(e.Possible) > 0:
		return likely
	}
	return certain
}

// fromText adds what a text says.
func (d *diagnosis) fromText(e *report.ErrorText, summary, confidence string, possible ...report.Class) {
	if possible == nil {
		possible = classesOf(e)
	}
	cause := report.Cause{Class: possible[0], Summary: summary, From: "error"}
	d.heard[cause] = heard{e, possible}
	d.add(finding{cause, report.Error, confidence})
}

// alone says what a text proves, and what is the most likely of what it leaves open.
func alone(e *report.ErrorText) string {
	who, server := speaker(e), theServer(e)
	words := connection(e.Class, target(e.Host, e.Port), "")
	if e.Class == report.DNS {
		words = connection(e.Class, target(e.Host, 0), "")
	}
	switch {
	case e.Side != report.SideClient || e.Action != "":
		return who + " reports: " + e.Proves + mostLikely(e)
	case e.Class == report.CAFileUnreadable:
		return who + " cannot read the CAs that it was told to trust" + inFile(e) + "."
	case e.Class == report.ClientCertUnreadable:
		return who + " cannot use its own certificate or key" + inFile(e) + "."
	case slices.Contains(noAnchor, e.Class) && !slices.Contains(e.Possible, report.Expired):
		return fmt.Sprintf("%s finds no path from the certificate of %s to a root that it trusts%s", who, server, cmp.Or(because(e), "."))
	case words != "" && len(e.Possible) == 0:
		return words
	case e.Host == "":
		return who + " reports: " + e.Proves + mostLikely(e)
	}
	return fmt.Sprintf("%s reports about %s: %s%s", who, server, e.Proves, mostLikely(e))
}

// theServer names the server of a text inside of a sentence.
func theServer(e *report.ErrorText) string {
	if e.Host == "" {
		return "the server"
	}
	return target(e.Host, e.Port)
}

func inFile(e *report.ErrorText) string {
	if e.File == "" {
		return ""
	}
	return " (" + e.File + ")"
}

// because ends a sentence with the most likely cause; empty when there is one alone.
func because(e *report.ErrorText) string {
	if len(e.Possible) == 0 && e.Class != report.SelfSigned {
		return ""
	}
	said := fix.Alternative(e.Class, fix.Values{}).Summary
	if said == "" {
		return ""
	}
	return "; most likely " + strings.ToLower(said[:1]) + said[1:]
}

// mostLikely is a sentence of its own with the most likely cause.
func mostLikely(e *report.ErrorText) string {
	if len(e.Possible) == 0 || e.Action != "" || e.Class == report.HandshakeFailure || e.Class == report.Other {
		return ""
	}
	said := fix.Alternative(e.Class, fix.Values{}).Summary
	if said == "" || said == e.Proves {
		return ""
	}
	return " Most likely: " + said
}

// contradicts says that a text does not fit the certificates, and what can be
// behind that.
func (d *diagnosis) contradicts(e *report.ErrorText) {
	who := speaker(e)
	switch {
	case slices.Contains(outOfDate, e.Class):
		d.fromText(e, fmt.Sprintf("%s says that a certificate is out of date, but those here are in date at the time of this check: the clock of that machine is wrong, or it is sent another certificate.", who),
			likely, report.ClockSkew, e.Class)
	case slices.Contains(noAnchor, e.Class) && len(d.Paths) > 0 && d.Paths[0].Trusted:
		possible := classesOf(e)
		why := "the server sends something else than what stands here, or " + who + " lacks that root"
		if d.isSent() {
			why, possible = who+" lacks that root, or is sent something else", []report.Class{report.UnknownRoot, report.Interception}
		}
		path := d.Paths[0]
		d.fromText(e, fmt.Sprintf("%s finds no path to a root that it trusts, but the chain here is complete and ends in %s: %s.", who, d.title(path.Certificates[len(path.Certificates)-1]), why), likely, possible...)
	case slices.Contains([]report.Class{report.HostnameMismatch, report.IPMismatch, report.NoSAN}, e.Class):
		d.fromText(e, fmt.Sprintf("%s says that the certificate is for other names%s; the names of the one here are %s.", who, forHost(e), d.namesOf()), likely)
	case len(d.Paths) > 0 && d.Paths[0].Trusted && len(d.findings) == 0:
		d.fromText(e, alone(e)+" The certificates here are in order.", confidence(e))
	case certificateClass(e.Class):
		d.fromText(e, alone(e), likely)
	default:
		d.fromText(e, alone(e), confidence(e))
	}
}

func forHost(e *report.ErrorText) string {
	if e.Host == "" {
		return ""
	}
	return " than " + e.Host
}

// certificateClass tells whether a failure is one of a certificate or chain.
func certificateClass(class report.Class) bool {
	at := slices.Index(order, class)
	return at >= slices.Index(order, report.BadSignature) && at <= slices.Index(order, report.ExpiredRoot)
}

// weigh adds to a diagnosis what the error texts change: what confirms it, and
// what else is possible.
func (d *diagnosis) weigh(out *report.Diagnosis, main report.Cause) {
	said, isHeard := d.heard[main]
	if !isHeard {
		if d.confirmed != "" && out.Class != report.OK && (main.Certificate == "" || main.Certificate != d.Namesake) {
			out.Summary += " That is what " + d.confirmed + " says."
			if out.Confidence == unknown {
				out.Confidence = likely
			}
		}
		return
	}
	if len(said.possible) < 2 {
		return
	}
	v := fix.Values{Host: cmp.Or(said.text.Host, d.Host), Port: said.text.Port, File: said.text.File}
	for i := range d.Transcripts {
		t := &d.Transcripts[i]
		if v.Port == 0 {
			v.Port = t.Port
		}
	}
	v = v.Or(d.Beside)
	for _, class := range said.possible {
		out.Alternatives = append(out.Alternatives, fix.Alternative(class, v))
	}
}
