package scan

import (
	"slices"
	"strings"
	"testing"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// speaking is a finished scan of a server that speaks versions with suites, in
// the words of report.
func speaking(versions map[uint16][]uint16, edit func(*report.Scan)) *report.Scan {
	scan := &report.Scan{Done: true}
	for _, id := range append([]uint16{codepoint.TLS13}, append(oldVersions, codepoint.SSL2)...) {
		v := report.ScanVersion{Version: id, Protocol: codepoint.Version(id), Supported: "no", Order: "server"}
		for _, suite := range versions[id] {
			v.Supported = "yes"
			v.Suites = append(v.Suites, choice{suite, &report.Handshake{}}.scanSuite())
		}
		scan.Versions = append(scan.Versions, v)
	}
	if edit != nil {
		edit(scan)
	}
	return scan
}

// dh gives the suites of a version a finite field of so many bits.
func dh(version, bits int) func(*report.Scan) {
	return func(s *report.Scan) { s.Versions[version].Suites[0].DHBits = bits }
}

func TestStatements(t *testing.T) {
	yes, no := true, false
	good := []uint16{0xC02F, 0xC030}
	current := map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS12: good}
	with := func(suites ...uint16) map[uint16][]uint16 {
		return map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS12: append(good, suites...)}
	}
	reached := map[string]bool{}
	for _, c := range []struct {
		name     string
		versions map[uint16][]uint16
		edit     func(*report.Scan)
		want     string
	}{
		{"TLS 1.3 alone", map[uint16][]uint16{codepoint.TLS13: {0x1301}}, nil, ""},
		{"TLS 1.2 and 1.3", current, nil, ""},
		{"not known", map[uint16][]uint16{}, func(s *report.Scan) {
			for i := range s.Versions {
				s.Versions[i].Supported = "unknown"
			}
		}, ""},
		{"TLS 1.2", map[uint16][]uint16{codepoint.TLS12: good}, nil, "n_scan_no_tls13"},
		{"all versions", map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS12: good, codepoint.TLS11: {0xC013}, codepoint.TLS10: {0xC013}, codepoint.SSL3: {0xC013}, codepoint.SSL2: {0xC013}}, nil,
			"e_scan_sslv2 e_scan_sslv3 e_scan_tls10 e_scan_tls11 i_scan_cbc"},
		{"old versions alone", map[uint16][]uint16{codepoint.TLS10: {0x002F}}, nil,
			"e_scan_tls10 e_scan_no_current_version w_scan_no_forward_secrecy n_scan_no_forward_secrecy"},
		{"anonymous", with(0x00A6, 0x0018), nil, "e_scan_anonymous"},
		{"null", with(0xC010), nil, "e_scan_null"},
		{"export", with(0x0003, 0x0008), nil, "e_scan_export"},
		{"RC4", with(0xC011, 0x0005), nil, "e_scan_rc4"},
		{"DES", with(0x0015), nil, "e_scan_short_key"},
		{"3DES", with(0xC012, 0x0007), nil, "w_scan_small_blocks"},
		{"RSA", with(0x009C), nil, "n_scan_no_forward_secrecy"},
		{"CBC", with(0xC013), nil, "i_scan_cbc"},
		{"client's order of good suites", current, func(s *report.Scan) { s.Versions[1].Order = "client" }, ""},
		{"client's order with CBC", with(0xC013), func(s *report.Scan) { s.Versions[1].Order = "client" }, "i_scan_cbc"},
		{"client's order with 3DES", with(0xC012), func(s *report.Scan) { s.Versions[1].Order = "client" }, "w_scan_small_blocks w_scan_client_order"},
		{"512 bits", current, dh(1, 512), "e_scan_logjam"},
		{"1024 bits", current, dh(1, 1024), "e_scan_logjam"},
		{"1536 bits", current, dh(1, 1536), "e_scan_small_field"},
		{"2048 bits", current, dh(1, 2048), ""},
		{"curves", current, func(s *report.Scan) {
			for _, g := range []uint16{0x0017, 0x001D, 0x000E, 0x0015, 0x11EC} {
				s.Groups = append(s.Groups, report.ScanGroup{CodePoint: codepoint.Group(g)})
			}
		}, ""},
		{"small curves", current, func(s *report.Scan) {
			for _, g := range []uint16{0x0001, 0x0010, 0x0013} {
				s.Groups = append(s.Groups, report.ScanGroup{CodePoint: codepoint.Group(g)})
			}
		}, "e_scan_small_curve"},
		{"as it should be", current, func(s *report.Scan) {
			s.Compression, s.SecureRenegotiation, s.SHA1Signatures, s.ExtendedMasterSecret, s.FallbackSCSV = &no, &yes, &no, &yes, &no
		}, ""},
		{"as it should not be", current, func(s *report.Scan) {
			s.Compression, s.SecureRenegotiation, s.SHA1Signatures, s.ExtendedMasterSecret = &yes, &no, &yes, &no
		}, "e_scan_compression e_scan_no_secure_renegotiation w_scan_sha1_signatures w_scan_no_extended_master_secret"},
		{"no fallback protection", map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS11: {0xC013}},
			func(s *report.Scan) { s.FallbackSCSV = &no }, "e_scan_tls11 n_scan_no_fallback_scsv i_scan_cbc"},
	} {
		var got []string
		for _, s := range judgement(speaking(c.versions, c.edit), "") {
			got = append(got, s.ID)
			reached[s.ID] = true
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for _, s := range statements {
		if !reached[s.id] {
			t.Errorf("nothing gives %s", s.id)
		}
		severity := map[string]report.Severity{"e": report.Error, "w": report.Warning, "n": report.Notice, "i": report.Info}
		if !strings.HasPrefix(s.citation, "RFC ") || severity[s.id[:1]] != s.severity || (s.has == nil) == (s.detail == nil) {
			t.Errorf("%+v", s)
		}
	}
}

// What is said of a suite and of all is equally bad, and every weakness has a
// severity.
func TestSuitesAreAsBadAsTheirStatement(t *testing.T) {
	for id, want := range map[uint16]report.Severity{
		0x1301: "", 0xC02F: "", 0xC0AE: report.Info, 0xC013: report.Info, 0x009C: report.Notice, 0x002F: report.Notice,
		0xC012: report.Warning, 0x000A: report.Warning, 0x0005: report.Error, 0x0003: report.Error, 0x0018: report.Error,
	} {
		if s := (choice{id, &report.Handshake{}}).scanSuite(); s.Severity != want {
			t.Errorf("%s (%s): %q, want %q", s.Name, s.Weakness, s.Severity, want)
		}
	}
	for version, suites := range suitesToOffer() {
		for _, id := range suites.all {
			if s := (choice{id, &report.Handshake{}}).scanSuite(); (s.Weakness == "") != (s.Severity == "") {
				t.Errorf("%04X, %s: %q is %q", version, s.Name, s.Weakness, s.Severity)
			}
		}
	}
}

// A suite is mentioned once, in the worst of all statements about it.
func TestSuiteIsMentionedOnce(t *testing.T) {
	suites := slices.Concat(suitesToOffer()[codepoint.TLS12].all, suitesToOffer()[codepoint.SSL3].all)
	said := judgement(speaking(map[uint16][]uint16{codepoint.TLS12: suites}, nil), "")
	if len(said) < 9 {
		t.Errorf("%d statements about all suites", len(said))
	}
	mentioned := map[string]int{}
	for _, names := range suitesByStatement(speaking(map[uint16][]uint16{codepoint.TLS12: suites}, nil)) {
		for _, name := range names {
			mentioned[name]++
		}
	}
	for name, n := range mentioned {
		if n > 1 && !strings.HasPrefix(name, "SSL_RSA_FIPS") { // of which there are two by each name
			t.Errorf("%s is mentioned %d times", name, n)
		}
	}
}

func TestProfiles(t *testing.T) {
	ecdsa := report.ScanChain{When: []string{"ECDSA"}, Certificates: []string{"ecdsa"}}
	rsa := report.ScanChain{When: []string{"RSA", "without a server name"}, Certificates: []string{"rsa"}}
	group := func(id uint16, versions ...uint16) report.ScanGroup {
		return report.ScanGroup{CodePoint: codepoint.Group(id), Versions: versions, PostQuantum: codepoint.PostQuantum(id)}
	}
	for _, c := range []struct {
		name     string
		versions map[uint16][]uint16
		edit     func(*report.Scan)
		meets    string
		differs  string // of the last profile that is not met
	}{
		{"TLS 1.3 with ECDSA", map[uint16][]uint16{codepoint.TLS13: {0x1301}},
			func(s *report.Scan) { s.Certificates = []report.ScanChain{ecdsa} },
			"modern intermediate old", ""},
		{"TLS 1.3 with all that is newer than the profile", map[uint16][]uint16{codepoint.TLS13: {0x1301}},
			func(s *report.Scan) {
				s.Certificates = []report.ScanChain{ecdsa, rsa}
				s.Groups = []report.ScanGroup{group(0x11EC, codepoint.TLS13), group(0x001D, codepoint.TLS13)}
			},
			"intermediate old", "The RSA certificate would have to give way to one of ECDSA."},
		{"TLS 1.2", map[uint16][]uint16{codepoint.TLS12: mozillaTLS12},
			func(s *report.Scan) { s.Certificates = []report.ScanChain{rsa} },
			"", "TLSv1.3 would have to be switched on."},
		{"another suite", map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS12: {0xC02F, 0xC011}},
			func(s *report.Scan) { s.Certificates = []report.ScanChain{rsa} },
			"", "TLS_ECDHE_RSA_WITH_RC4_128_SHA would have to be switched off."},
		{"another group", map[uint16][]uint16{codepoint.TLS13: {0x1301}},
			func(s *report.Scan) {
				s.Certificates = []report.ScanChain{rsa}
				s.Groups = []report.ScanGroup{group(0x0019, codepoint.TLS13), group(0x0100, codepoint.TLS12), group(0x0101, codepoint.TLS13)}
			},
			"", "secp521r1 and ffdhe3072 would have to be switched off."},
		{"small field", map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS12: {0x009E}},
			func(s *report.Scan) { s.Certificates = []report.ScanChain{rsa}; s.Versions[1].Suites[0].DHBits = 1024 },
			"old", "The finite field of 1024 bits would have to give way to one of 2048."},
		{"client's order", map[uint16][]uint16{codepoint.TLS13: {0x1301}, codepoint.TLS12: {0xC02F, 0x000A}},
			func(s *report.Scan) { s.Certificates = []report.ScanChain{rsa}; s.Versions[1].Order = "client" },
			"", "In TLSv1.2, the server's order of suites would have to count."},
		{"not known", map[uint16][]uint16{codepoint.TLS13: {0x1301}},
			func(s *report.Scan) { s.Certificates = []report.ScanChain{rsa}; s.Versions[4].Supported = "unknown" },
			"", "It is not known whether SSLv3 is switched off."},
		{"Ed25519", map[uint16][]uint16{codepoint.TLS13: {0x1301}},
			func(s *report.Scan) {
				s.Certificates = []report.ScanChain{rsa, {When: []string{"EdDSA"}, Certificates: []string{"eddsa"}}}
			},
			"", "The EdDSA certificate would have to give way to one of RSA or ECDSA."},
	} {
		var meets []string
		var differs string
		for _, p := range compare(speaking(c.versions, c.edit)) {
			if p.Meets {
				meets = append(meets, p.Name)
			} else {
				differs = strings.Join(p.Differences, " ")
			}
			if p.Meets != (len(p.Differences) == 0) || len(p.Configurations) != len(platforms) || p.Source == "" {
				t.Errorf("%s: %+v", c.name, p)
			}
		}
		if strings.Join(meets, " ") != c.meets || differs != c.differs {
			t.Errorf("%s: meets %q, want %q; %q, want %q", c.name, meets, c.meets, differs, c.differs)
		}
	}
}
