package client

import (
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// Every text must begin with enough letters to be looked for, and stand once.
func TestPatternsCanBeFound(t *testing.T) {
	for _, p := range load().patterns {
		if len(p.first) < gramSize {
			t.Errorf("%q (%s) begins with fewer than %d characters before a hole", p.words, p.row.client, gramSize)
		}
		for i, m := range p.more {
			if m.hole.has == nil && len(m.literal) == 0 && i < len(p.more)-1 {
				t.Errorf("%q (%s): nothing tells where {%s} ends", p.words, p.row.client, m.hole.name)
			}
		}
	}
}

// Every line of a table must be well-formed, and every class must exist: a
// mistyped one would be found by nobody.
func TestTables(t *testing.T) {
	keys := map[string]int{}
	for _, r := range load().rows {
		name := fmt.Sprintf("%s %s %q", r.client, r.code, r.texts)
		if !strings.ContainsRune("MSWR", rune(r.basis)) || r.client == "" || strings.ContainsAny(r.client, " {}%") {
			t.Errorf("%s: basis %c, client %q", name, r.basis, r.client)
		}
		for _, c := range slices.Concat(r.classes, r.server) {
			if meaningOf(c).proves == "" {
				t.Errorf("%s: there is no class %q", name, c)
			}
		}
		if len(r.classes) == 0 && r.role != 'f' && r.role != 't' {
			t.Errorf("%s means nothing", name)
		}
		if len(r.texts) == 0 && r.code == "" {
			t.Errorf("%s has neither a code nor a text", name)
		}
		if key := r.key(); key != "" {
			keys[key]++
		}
	}
	for key, n := range keys {
		if n > 1 {
			t.Errorf("%s stands %d times", key, n)
		}
	}
}

// filled puts something into every hole of a text.
func filled(text string) string {
	for _, hole := range [][2]string{{"{n}", "7"}, {"{sn}", "-7"}, {"{hex}", "0301"}, {"{word}", "word"}, {"{depth}", "1"}} {
		text = strings.ReplaceAll(text, hole[0], hole[1])
	}
	return strings.ReplaceAll(Fill(text, "www.example.com", "443"), "…", "2026")
}

// Our own texts must mean what their row says, when they stand alone.
func TestEveryTextMeansItsRow(t *testing.T) {
	for _, r := range load().rows {
		if r.role != 0 || r.quoted || r.kind == "alert" {
			continue
		}
		for _, text := range r.texts {
			filled := filled(text)
			got := Recognise([]byte(filled))
			if len(got) == 0 || !slices.Contains(append(got[0].Possible, got[0].Class), r.classes[0]) && !slices.Contains(r.classes, got[0].Class) {
				t.Errorf("%s: %q: %s, want %s", r.client, filled, summary(got), r.classes[0])
			}
		}
	}
}

// OpenSSL itself knows the texts of its reasons and verdicts by their numbers.
func TestOpenSSLAgrees(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	if out, _ := exec.Command(openssl, "version").Output(); !strings.HasPrefix(string(out), "OpenSSL 3") {
		t.Skipf("the numbers are those of OpenSSL 3, not of %s", out)
	}
	for _, r := range load().rows {
		code := r.code
		switch {
		case r.kind == "alert" && len(r.texts) > 0 && codepoint.AlertName(121) != r.names[0]:
			n, _ := strconv.Atoi(code)
			code = fmt.Sprintf("%08X", 0x0A000000+1000+n)
		case r.kind != "openssl" || len(code) != 8:
			continue
		}
		out, err := exec.Command(openssl, "errstr", code).Output()
		if err != nil {
			t.Fatal(err)
		}
		fields := strings.Split(strings.TrimSpace(string(out)), ":")
		if text := fields[len(fields)-1]; text != r.texts[0] && !strings.HasPrefix(text, "reason(") {
			t.Errorf("%s: OpenSSL says %q, the catalogue %q", code, text, r.texts[0])
		}
	}
}

// The codes of all versions of OpenSSL lead to the same entries.
func TestSplitCode(t *testing.T) {
	for _, c := range []struct {
		code        uint32
		lib, reason int
	}{
		{0x0A000086, libSSL, 0x86}, {0x14090086, libSSL, 0x86}, {0x1416F086, libSSL, 0x86}, {0x0A000410, libSSL, 1040},
		{0x14094410, libSSL, 1040}, {0x1404B42E, libSSL, 1070}, {0x14000086, libSSL, 0x86}, {0x0480006C, 9, 0x6C},
		{0x0906D06C, 9, 0x6C}, {0x05800074, 11, 0x74}, {0x1E08010C, 60, 0x10C}, {0x06880006, 13, 6},
	} {
		if lib, reason := splitCode(c.code); lib != c.lib || reason != c.reason {
			t.Errorf("%08X: library %d, reason %d; want %d, %d", c.code, lib, reason, c.lib, c.reason)
		}
	}
}

func TestVerify(t *testing.T) {
	for _, c := range []struct {
		code  int
		text  string
		depth int
		want  report.Class
	}{
		{0, "", -1, ""}, {0, "ok", -1, ""}, {20, "", -1, "missing_intermediate"}, {20, "unable to get local issuer certificate", 0, "missing_intermediate"},
		{20, "", 2, "unknown_root"}, {10, "certificate has expired", 1, "expired_intermediate"}, {10, "", 0, "expired"},
		{24, "invalid CA certificate", 1, "issuer_not_ca"}, {24, "", 1, "malformed"}, {0, "self signed certificate in certificate chain", -1, "self_signed_in_chain"},
		{999, "", -1, "other"}, {999, "hostname mismatch", -1, "hostname_mismatch"},
	} {
		got := Verify(c.code, c.text, c.depth)
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) == 0 || got[0] != c.want) {
			t.Errorf("%d %q at depth %d: %v, want %s", c.code, c.text, c.depth, got, c.want)
		}
	}
}

// Lookup takes a code in all the ways in which it is written.
func TestLine(t *testing.T) {
	for line, want := range map[string]struct {
		class   report.Class
		verdict int
	}{
		"SSL certificate problem: unable to get local issuer certificate": {report.MissingIntermediate, 20},
		"The certificate issuer is unknown.":                              {report.UnknownRoot, 20},
		"schannel: SEC_E_WRONG_PRINCIPAL (0x80090322)":                    {report.HostnameMismatch, 62},
		"error:0A00018A:SSL routines::dh key too small":                   {report.WeakKey, 0},
		"The certificate is NOT trusted.":                                 {report.UnknownRoot, 0},
		"connect:errno=111":                                               {report.Refused, 0},
		"nothing":                                                         {"", 0},
	} {
		classes, verdict := Line(line)
		if verdict != want.verdict || (want.class == "") != (len(classes) == 0) || len(classes) > 0 && classes[0] != want.class {
			t.Errorf("%s: %v %d", line, classes, verdict)
		}
	}
}

func TestLookup(t *testing.T) {
	for name, want := range map[string]report.Class{
		"openssl/20": "missing_intermediate", "openssl/X509_V_ERR_CERT_HAS_EXPIRED": "expired", "openssl/0A00010B": "plain_http",
		"openssl/1408F10B": "plain_http", "openssl/14094410": "handshake_failure", "openssl/0A000418": "client_cert_rejected",
		"node/UNABLE_TO_VERIFY_LEAF_SIGNATURE": "missing_intermediate", "node/UNABLE_TO_GET_ISSUER_CERT_LOCALLY": "unknown_root",
		"node/ERR_SSL_WRONG_VERSION_NUMBER": "plain_http", "node/ERR_TLS_CERT_ALTNAME_INVALID": "hostname_mismatch", "python/WRONG_VERSION_NUMBER": "plain_http",
		"curl/60": "unknown_root", "curl/CURLE_SSL_CACERT": "unknown_root", "alert/40": "handshake_failure", "alert/handshake_failure": "handshake_failure", "alert/Unknown CA": "client_cert_rejected",
		"chrome/ERR_CERT_AUTHORITY_INVALID": "unknown_root", "chrome/NET::ERR_CERT_DATE_INVALID": "expired", "chrome/-202": "unknown_root",
		"firefox/SEC_ERROR_UNKNOWN_ISSUER": "unknown_root", "firefox/-8179": "unknown_root", "windows/0x800B0109": "unknown_root", "windows/800b0109": "unknown_root",
		"windows/-2146762487": "unknown_root", "windows/CERT_E_EXPIRED": "expired", "apple/-9807": "unknown_root", "apple/errSSLCertExpired": "expired", "apple/-1202": "unknown_root",
		"gnutls/-348": "unknown_root", "dotnet/PartialChain": "missing_intermediate", "rustls/UnknownIssuer": "unknown_root", "http/526": "unknown_root", "apache/AH01909": "hostname_mismatch",
		"openssl/": "", "openssl/999": "", "alert/200": "", "none/1": "", "windows/": "", "chrome/": "",
	} {
		kind, code, _ := strings.Cut(name, "/")
		e, ok := Lookup(kind, code)
		if ok != (want != "") || e.Class != want {
			t.Errorf("%s: %v %s, want %s", name, ok, e.Class, want)
		}
		if ok && (e.Proves == "" || e.Source == "" || e.Key == "") {
			t.Errorf("%s: %+v", name, e)
		}
	}
	codes := Codes()
	if len(codes) < 700 || !slices.IsSorted(codes) {
		t.Errorf("%d codes", len(codes))
	}
	for _, key := range codes {
		kind, code, _ := strings.Cut(key, "/")
		if e, ok := Lookup(kind, code); !ok || e.Key != key {
			t.Errorf("%s leads to %q", key, e.Key)
		}
	}
}

// What Says gives must be recognised as what it was asked for.
func TestSays(t *testing.T) {
	for _, m := range meanings {
		list := Says(m.class)
		if len(list) == 0 && !slices.Contains([]report.Class{report.ClockSkew, report.ExpiredRoot}, m.class) {
			t.Errorf("nobody says anything of %s", m.class)
		}
		for _, s := range list {
			if s.Source == "" || s.Accepts != (s.Text == "") {
				t.Errorf("%s: %+v", m.class, s)
			}
			if s.Accepts {
				continue
			}
			text := filled(s.Text)
			got := Recognise([]byte(text))
			if len(got) == 0 || got[0].Class != m.class && !slices.Contains(got[0].Possible, m.class) {
				if ip := m.class == report.IPMismatch && len(got) > 0 && got[0].Class == report.HostnameMismatch; !ip {
					t.Errorf("%s says %q of %s; that is recognised as %s", s.Client, text, m.class, summary(got))
				}
			}
		}
	}
}

// Everybody who is asked about most says something about what goes wrong most.
func TestSaysOfMost(t *testing.T) {
	for _, class := range []report.Class{report.Expired, report.SelfSigned, report.UnknownRoot, report.MissingIntermediate, report.HostnameMismatch} {
		said := map[string]bool{}
		for _, s := range Says(class) {
			said[s.Client] = true
		}
		for _, client := range strings.Fields("curl openssl wget go node python java dotnet rust chrome firefox apple windows gnutls") {
			if !said[client] {
				t.Errorf("%s says nothing of %s", client, class)
			}
		}
	}
}

func TestFill(t *testing.T) {
	got := Fill("connect to {host} port {port} failed: {rest} {unknown}", "h.example", "")
	if want := "connect to h.example port … failed: … {unknown}"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
