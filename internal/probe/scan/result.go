package scan

import (
	"slices"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// result writes down what the survey has found out.
func (s *survey) result() *report.Scan {
	scan := &report.Scan{
		Host:         s.target.Host,
		Port:         s.target.Port,
		StartTLS:     s.target.StartTLS,
		SNI:          s.target.SNI,
		Done:         len(s.next) == 0,
		Failure:      s.failure,
		Handshakes:   s.made,
		Expected:     s.made + len(s.next) + s.later(),
		Versions:     []report.ScanVersion{},
		Groups:       s.scanGroups(),
		Certificates: append([]report.ScanChain{}, s.chains...),
		NamePolicy:   s.names,
		Resumption:   s.resumption,
		FallbackSCSV: s.fallback,
		Compression:  s.compresses(),
		Statements:   []report.ScanStatement{},
		Profiles:     []report.ScanProfile{},

		SHA1Signatures:       s.sha1,
		SecureRenegotiation:  s.newestHello(func(h *report.Handshake) *bool { return h.SecureRenegotiation }),
		ExtendedMasterSecret: s.newestHello(func(h *report.Handshake) *bool { return h.ExtendedMasterSecret }),
	}
	if h := s.contact.Handshake; h != nil {
		scan.Port, scan.SNI, scan.Vantage = h.Port, h.SNI, h.Vantage
	}
	if s.failure == nil {
		for _, v := range s.versions {
			scan.Versions = append(scan.Versions, v.scanVersion())
		}
		scan.Statements = judgement(scan, s.incomplete())
	}
	scan.PostQuantum = s.postQuantum(scan)
	if scan.Done && s.failure == nil && s.stopped == "" {
		scan.Profiles = compare(scan)
	}
	return scan
}

// incomplete says why the scan is not complete; empty when it is, or when the
// version at which something is missing says so.
func (s *survey) incomplete() string {
	if s.stopped == "" && s.cut != "" {
		return "There may be more groups than those that were found. " + s.cut
	}
	return s.stopped
}

// later guesses how many handshakes will follow on those that are asked for now.
func (s *survey) later() int {
	switch {
	case len(s.next) == 0:
		return 0
	case s.newest() == nil:
		return 30
	case !s.surveyed():
		return 10
	}
	return 2
}

func (v *version) scanVersion() report.ScanVersion {
	scan := report.ScanVersion{Version: v.id, Protocol: codepoint.Version(v.id), Detail: v.why, Order: v.order}
	switch v.state {
	case chosen:
		scan.Supported, scan.Detail = "yes", ""
		if v.cut != "" {
			scan.Detail = "There may be more suites than those that were found. " + v.cut
		}
	case declined:
		scan.Supported = "no"
	case unknown:
		scan.Supported = "unknown"
	case pending:
		scan.Supported, scan.Detail = "unknown", "The server was not asked yet."
	}
	for _, c := range v.suites {
		scan.Suites = append(scan.Suites, c.scanSuite())
	}
	return scan
}

func (c choice) scanSuite() report.ScanSuite {
	p, _ := codepoint.Of(c.id)
	s := report.ScanSuite{Suite: codepoint.Suite(c.id), DHBits: c.DHBits, Weakness: p.Weakness(), Severity: severityOf(p)}
	if c.Group != nil {
		group := codepoint.Group(c.Group.ID)
		s.Group = &group
	}
	return s
}

// scanGroups are the groups in the order of TLS 1.3, then those that were seen
// in older versions alone.
func (s *survey) scanGroups() []report.ScanGroup {
	groups := []report.ScanGroup{}
	for _, c := range slices.Concat(s.groups13, s.groups12, s.fields()) {
		i := slices.IndexFunc(groups, func(g report.ScanGroup) bool { return g.ID == c.id })
		if i < 0 {
			i = len(groups)
			groups = append(groups, report.ScanGroup{CodePoint: codepoint.Group(c.id), PostQuantum: codepoint.PostQuantum(c.id)})
		}
		if !slices.Contains(groups[i].Versions, c.Version) {
			groups[i].Versions = append(groups[i].Versions, c.Version)
		}
	}
	return groups
}

// fields are the finite fields of RFC 7919 that were chosen up to TLS 1.2.
func (s *survey) fields() []choice {
	var fields []choice
	for _, v := range s.versions[1:] {
		for _, c := range v.suites {
			if g := groupOf(c.Handshake); isField(g) {
				fields = append(fields, choice{g, c.Handshake})
			}
		}
	}
	return fields
}

// postQuantum says whether a current client's key exchange with the server
// withstands a quantum computer.
func (s *survey) postQuantum(scan *report.Scan) report.ScanPostQuantum {
	var taken []string
	for _, g := range scan.Groups {
		if g.PostQuantum {
			taken = append(taken, g.Name)
		}
	}
	tls13 := supports(scan, codepoint.TLS13)
	agreed := uint16(0)
	if s.contact.state == chosen {
		agreed = groupOf(s.contact.Handshake)
	}
	switch {
	case codepoint.PostQuantum(agreed):
		return report.ScanPostQuantum{Ready: "yes", Detail: "A current client and the server agree on " + codepoint.Group(agreed).Name + ", which withstands a quantum computer."}
	case !scan.Done || scan.Failure != nil || tls13 == "unknown" || tls13 == "yes" && s.cut != "":
		return report.ScanPostQuantum{Ready: "unknown", Detail: "It is not known which groups the server takes."}
	case tls13 == "no":
		return report.ScanPostQuantum{Ready: "no", Detail: "The server does not speak TLS 1.3, and no older version has a key exchange that withstands a quantum computer. What is recorded today can be read when there is one."}
	case len(taken) > 0:
		return report.ScanPostQuantum{Ready: "no", Detail: "The server takes " + list(taken) + ", but agrees with a current client on a group that does not withstand a quantum computer."}
	}
	return report.ScanPostQuantum{Ready: "no", Detail: "The server takes no group that withstands a quantum computer, such as X25519MLKEM768. What is recorded today can be read when there is one."}
}

// supports tells whether a server speaks a version: "yes", "no" or "unknown".
func supports(scan *report.Scan, id uint16) string {
	for _, v := range scan.Versions {
		if v.Version == id {
			return v.Supported
		}
	}
	return "unknown"
}
