package scan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A statement is one thing to look for in a scan, whether it is done or not.
type statement struct {
	id       string
	severity report.Severity
	title    string
	citation string
	// has is for statements about suites: it tells whether one is meant.
	has func(codepoint.Properties) bool
	// detail is for all others: it says what was found; empty when nothing was.
	detail func(*report.Scan) string
}

// statements are all that a scan may show. A suite is mentioned once, in the
// first statement that means it.
var statements = []statement{
	{"e_scan_sslv2", report.Error, "SSL 2.0 must not be used", "RFC 6176, section 3", nil, spoken(codepoint.SSL2)},
	{"e_scan_sslv3", report.Error, "SSL 3.0 must not be used", "RFC 7568, section 3", nil, spoken(codepoint.SSL3)},
	{"e_scan_tls10", report.Error, "TLS 1.0 must not be used", "RFC 8996, section 4", nil, spoken(codepoint.TLS10)},
	{"e_scan_tls11", report.Error, "TLS 1.1 must not be used", "RFC 8996, section 5", nil, spoken(codepoint.TLS11)},
	{"e_scan_no_current_version", report.Error, "The server speaks neither TLS 1.2 nor TLS 1.3", "RFC 9325, section 3.1.1", nil, noCurrentVersion},
	{"n_scan_no_tls13", report.Notice, "TLS 1.3 is missing", "RFC 9325, section 3.1.1", nil, noTLS13},
	{"n_scan_no_fallback_scsv", report.Notice, "The server does not notice a downgrade by an attacker", "RFC 7507, section 3", nil, noFallback},

	{"e_scan_anonymous", report.Error, "Suites without authentication must not be used", "RFC 5246, appendix A.5", anonymous, nil},
	{"e_scan_null", report.Error, "Suites without encryption must not be used", "RFC 9325, section 4.1", shorter(1), nil},
	{"e_scan_export", report.Error, "Export suites must not be used", "RFC 9325, section 4.1", exported, nil},
	{"e_scan_rc4", report.Error, "RC4 must not be used", "RFC 7465, section 2", rc4, nil},
	{"e_scan_short_key", report.Error, "Ciphers with keys of less than 112 bits must not be used", "RFC 9325, section 4.1", shorter(112), nil},
	{"w_scan_small_blocks", report.Warning, "Ciphers with blocks of 64 bits should not be used (Sweet32)", "RFC 9325, section 4.1", codepoint.Properties.SmallBlock, nil},
	{"n_scan_no_forward_secrecy", report.Notice, "Suites without forward secrecy should not be used", "RFC 9325, section 4.1", notForwardSecret, nil},
	{"i_scan_cbc", report.Info, "CBC suites are hard to implement without leaks (Lucky Thirteen)", "RFC 7457, section 2.4", codepoint.Properties.CBC, nil},
	{"w_scan_no_forward_secrecy", report.Warning, "No suite has forward secrecy", "RFC 9325, section 4.1", nil, noForwardSecrecy},
	{"w_scan_client_order", report.Warning, "The server should not let the client choose weak suites", "RFC 9325, section 4.2.1", nil, clientOrder},

	{"e_scan_logjam", report.Error, "A finite field of 1024 bits or less can be broken (Logjam)", "RFC 9325, section 4.5", nil, fields(0, 1025)},
	{"e_scan_small_field", report.Error, "Finite fields must have at least 2048 bits", "RFC 9325, section 4.5", nil, fields(1025, 2048)},
	{"e_scan_small_curve", report.Error, "Curves of less than 224 bits must not be used", "RFC 9325, section 4.5", nil, smallCurves},

	{"e_scan_compression", report.Error, "TLS must not compress (CRIME)", "RFC 9325, section 3.3", nil,
		fact(func(s *report.Scan) *bool { return s.Compression }, true, "The server compresses when a client offers it, and what it sends can then be guessed from its length.")},
	{"e_scan_no_secure_renegotiation", report.Error, "Renegotiation must be secure", "RFC 5746, section 3.6", nil,
		fact(func(s *report.Scan) *bool { return s.SecureRenegotiation }, false, "The server does not know the extension renegotiation_info. An attacker may put words in front of a client's own.")},
	{"w_scan_sha1_signatures", report.Warning, "Handshakes of TLS 1.2 must not be signed with SHA-1", "RFC 9155, section 4", nil,
		fact(func(s *report.Scan) *bool { return s.SHA1Signatures }, true, "The server signs with SHA-1 for clients that offer nothing else.")},
	{"w_scan_no_extended_master_secret", report.Warning, "Up to TLS 1.2, the extended master secret should be used", "RFC 7627, section 5.2", nil,
		fact(func(s *report.Scan) *bool { return s.ExtendedMasterSecret }, false, "The server does not know the extension extended_master_secret, which ties a session to its handshake.")},
}

func anonymous(p codepoint.Properties) bool {
	return p.Authentication == "anon" || p.KeyExchange == "NULL"
}

func exported(p codepoint.Properties) bool { return p.Export }

func rc4(p codepoint.Properties) bool { return strings.HasPrefix(p.Cipher, "RC4") }

func notForwardSecret(p codepoint.Properties) bool { return !p.ForwardSecret() }

func shorter(bits int) func(codepoint.Properties) bool {
	return func(p codepoint.Properties) bool { return p.Bits < bits }
}

// severityOf is how bad it is to take a suite, as the statement that means it
// says; a weakness that none means is no more than to be known.
func severityOf(p codepoint.Properties) report.Severity {
	if i := meaning(p); i >= 0 {
		return statements[i].severity
	}
	if p.Weakness() != "" {
		return report.Info
	}
	return ""
}

// meaning is the index of the statement that means a suite; -1 when none does.
func meaning(p codepoint.Properties) int {
	return slices.IndexFunc(statements, func(s statement) bool { return s.has != nil && s.has(p) })
}

// judgement gives the statements that hold, worst first.
func judgement(scan *report.Scan, stopped string) []report.ScanStatement {
	found := []report.ScanStatement{}
	if stopped != "" {
		found = append(found, report.ScanStatement{
			ID: "n_scan_stopped", Severity: report.Notice, Title: "The scan is not complete", Detail: stopped,
		})
	}
	meant := suitesByStatement(scan)
	for i, s := range statements {
		detail := ""
		if s.detail != nil {
			detail = s.detail(scan)
		} else if len(meant[i]) > 0 {
			detail = "The server takes " + list(meant[i]) + "."
		}
		if detail != "" {
			found = append(found, report.ScanStatement{ID: s.id, Severity: s.severity, Title: s.title, Detail: detail, Citation: s.citation})
		}
	}
	severities := []report.Severity{report.Error, report.Warning, report.Notice, report.Info}
	slices.SortStableFunc(found, func(a, b report.ScanStatement) int {
		return cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity))
	})
	return found
}

// spoken finds a version that should not be spoken.
func spoken(version uint16) func(*report.Scan) string {
	return func(scan *report.Scan) string {
		if supports(scan, version) != "yes" {
			return ""
		}
		return "The server speaks " + codepoint.Version(version) + "."
	}
}

func noCurrentVersion(scan *report.Scan) string {
	if supports(scan, codepoint.TLS12) != "no" || supports(scan, codepoint.TLS13) != "no" {
		return ""
	}
	return "Current clients refuse to connect."
}

func noTLS13(scan *report.Scan) string {
	if supports(scan, codepoint.TLS13) != "no" || supports(scan, codepoint.TLS12) != "yes" {
		return ""
	}
	return "The server speaks TLS 1.2 at most. TLS 1.3 is faster, hides the certificates from onlookers, and has no weak suites to choose."
}

// suitesByStatement gives the names of the suites that each statement means.
func suitesByStatement(scan *report.Scan) [][]string {
	meant := make([][]string, len(statements))
	for _, suite := range suitesIn(scan) {
		p, _ := codepoint.Of(suite)
		if i := meaning(p); i >= 0 {
			meant[i] = append(meant[i], codepoint.Suite(suite).Name)
		}
	}
	return meant
}

// suitesIn are the suites of all versions, each once.
func suitesIn(scan *report.Scan) []uint16 {
	var suites []uint16
	for _, v := range scan.Versions {
		for _, s := range v.Suites {
			if !slices.Contains(suites, s.ID) {
				suites = append(suites, s.ID)
			}
		}
	}
	return suites
}

func noForwardSecrecy(scan *report.Scan) string {
	suites := suitesIn(scan)
	forward := slices.ContainsFunc(suites, func(id uint16) bool {
		p, _ := codepoint.Of(id)
		return p.ForwardSecret()
	})
	if forward || len(suites) == 0 || !scan.Done {
		return ""
	}
	return "Whoever gets hold of the server's key can read all that was recorded before."
}

// fields finds finite fields within a range of bits.
func fields(from, below int) func(*report.Scan) string {
	return func(scan *report.Scan) string {
		for _, v := range scan.Versions {
			for _, s := range v.Suites {
				if s.DHBits > 0 && from <= s.DHBits && s.DHBits < below {
					return fmt.Sprintf("With %s, the server uses a finite field of %d bits.", s.Name, s.DHBits)
				}
			}
		}
		return ""
	}
}

// smallCurves finds groups that are named for a size below 224.
func smallCurves(scan *report.Scan) string {
	var names []string
	for _, g := range scan.Groups {
		var bits int
		if n, _ := fmt.Sscanf(strings.TrimLeft(g.Name, "sectp"), "%d", &bits); n == 1 && strings.HasPrefix(g.Name, "sec") && bits < 224 {
			names = append(names, g.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "The server takes " + list(names) + "."
}

// fact finds a fact that is known, and is not as it should be.
func fact(of func(*report.Scan) *bool, bad bool, detail string) func(*report.Scan) string {
	return func(scan *report.Scan) string {
		if value := of(scan); value == nil || *value != bad {
			return ""
		}
		return detail
	}
}

// clientOrder minds that the client's order decides where there is something
// weak to choose. Without that, it is as good as any.
func clientOrder(scan *report.Scan) string {
	for _, v := range scan.Versions {
		weak := slices.ContainsFunc(v.Suites, func(s report.ScanSuite) bool { return s.Weakness != "" && s.Severity != report.Info })
		strong := slices.ContainsFunc(v.Suites, func(s report.ScanSuite) bool { return s.Weakness == "" })
		if v.Order == "client" && weak && strong {
			return "In " + v.Protocol + ", the server takes the first suite that the client names, also where both have a better one."
		}
	}
	return ""
}

// noFallback minds that a downgrade is not noticed where there is a version
// worth a downgrade. TLS 1.3 has its own protection for clients that speak it.
func noFallback(scan *report.Scan) string {
	if scan.FallbackSCSV == nil || *scan.FallbackSCSV {
		return ""
	}
	for _, old := range []uint16{codepoint.TLS11, codepoint.TLS10, codepoint.SSL3} {
		if supports(scan, old) == "yes" {
			return "The server accepts a client that falls back to an older version although both speak a newer one."
		}
	}
	return ""
}

// maxListed is how many names a sentence holds.
const maxListed = 8

// list writes names one after the other, as in "a, b and c".
func list(names []string) string {
	if n := len(names) - maxListed; n > 0 {
		names = append(slices.Clone(names[:maxListed]), fmt.Sprintf("%d more", n))
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
