package main

import (
	"fmt"
	"strings"

	"certlens/internal/report"
)

// scan says how the server speaks TLS. What is wrong with that is among the
// findings.
func (p *printer) scan() {
	s := p.Scan
	if s == nil {
		return
	}
	p.heading(fmt.Sprintf("Versions and cipher suites%s, %d handshakes", seenFrom(s.Vantage), s.Handshakes))
	if s.Failure != nil {
		p.prose(2, s.Failure.Detail)
	}
	if !s.Done {
		p.prose(2, "The scan was ended before it was done; this is what it found until then.")
	}
	for _, v := range s.Versions {
		p.version(v)
	}
	p.facts([]fact{
		{"Groups", groups(s.Groups)},
		{"Post-quantum", strings.TrimSpace(postQuantum[s.PostQuantum.Ready] + " " + s.PostQuantum.Detail)},
		{"Certificates", chains(s.Certificates)},
		{"Server names", namePolicy(s.NamePolicy)},
		{"Resumption", resumptions(s.Resumption)},
		{"Downgrades", yesNo(s.FallbackSCSV, "refused (TLS_FALLBACK_SCSV)", "not refused (TLS_FALLBACK_SCSV)")},
		{"Renegotiation", yesNo(s.SecureRenegotiation, "secure", "not secure (RFC 5746)")},
		{"Master secret", yesNo(s.ExtendedMasterSecret, "extended", "not extended (RFC 7627)")},
		{"Compression", yesNo(s.Compression, "offered, which no server should do (CRIME)", "not offered")},
	})
	p.remarks(s.Statements)
	p.profiles(s.Profiles)
}

// version writes one version with its suites, in their order.
func (p *printer) version(v report.ScanVersion) {
	said := map[string]string{"yes": "offered", "no": "not offered", "unknown": "not known"}[v.Supported]
	if len(v.Suites) > 0 {
		said += map[string]string{"server": ", in the server's order", "client": ", in the client's order"}[v.Order]
	}
	if v.Supported == "unknown" && v.Detail != "" {
		said += ": " + v.Detail
	}
	p.facts([]fact{{v.Protocol, said}})
	for _, s := range v.Suites {
		exchange := codePoint(s.Group)
		if s.DHBits != 0 {
			exchange = strings.TrimSpace(fmt.Sprintf("%s %d bits", orElse(exchange, "DH"), s.DHBits))
		}
		line := fmt.Sprintf("    %-46s%s", s.Name, exchange)
		if s.Weakness != "" {
			line += "  " + p.sign(s.Severity) + " " + s.Weakness
		}
		p.line("%s", strings.TrimRight(line, " "))
	}
}

func groups(list []report.ScanGroup) string {
	var names []string
	for _, g := range list {
		name := g.Name
		if g.PostQuantum {
			name += " (post-quantum)"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

var postQuantum = map[string]string{"yes": "ready.", "no": "not ready.", "unknown": "not known."}

func chains(list []report.ScanChain) string {
	var words []string
	for _, c := range list {
		words = append(words, fmt.Sprintf("%d sent (%s)", len(c.Certificates), strings.Join(c.When, ", ")))
	}
	return strings.Join(words, "; ")
}

func namePolicy(n *report.ScanNames) string {
	if n == nil {
		return ""
	}
	words := map[string]string{"same": "the same certificate", "other": "another certificate", "refused": "refused", "unknown": "not known"}
	return fmt.Sprintf("without a name: %s; an unknown name: %s", words[n.WithoutName], words[n.UnknownName])
}

func resumptions(r *report.ScanResumption) string {
	if r == nil {
		return ""
	}
	words := map[string]string{"yes": "yes", "no": "no", "offered": "offered, and not tried", "declined": "offered, and not taken back", "unknown": "not known"}
	var parts []string
	for _, way := range []struct{ name, value string }{
		{"TLS 1.3: ", r.TLS13}, {"before, by ticket: ", r.Ticket}, {"before, by session id: ", r.Session},
	} {
		if way.value != "" {
			parts = append(parts, way.name+words[way.value])
		}
	}
	return strings.Join(parts, "; ")
}

// sign is the mark of a severity where nothing is good.
func (p *printer) sign(severity report.Severity) string {
	if severity == report.Info {
		return p.paint(dim, "○")
	}
	return p.mark(severity)
}

// remarks are the statements that are no findings.
func (p *printer) remarks(list []report.ScanStatement) {
	for _, s := range list {
		if s.Severity == report.Error || s.Severity == report.Warning {
			continue
		}
		for i, line := range wrap(strings.TrimSuffix(s.Title, ".")+". "+s.Detail, width-4) {
			sign := " "
			if i == 0 {
				sign = p.sign(s.Severity)
			}
			p.line("  %s %s", sign, line)
		}
		p.line("    %s", p.paint(dim, printable(s.Citation)))
	}
}

// profiles compares the server with Mozilla's recommendations.
func (p *printer) profiles(list []report.ScanProfile) {
	for _, profile := range list {
		said := "met"
		if n := len(profile.Differences); n == 1 {
			said = "1 difference"
		} else if !profile.Meets {
			said = fmt.Sprintf("%d differences", n)
		}
		p.line("  %s %s", p.paint(dim, "Mozilla's profile "+printable(profile.Name)+":"), said)
		for _, difference := range profile.Differences {
			p.prose(4, difference)
		}
	}
	if len(list) > 0 {
		p.line("  %s", p.paint(dim, printable(list[0].Source)))
		p.prose(2, "With --json there are server configurations that meet each profile.")
	}
}
