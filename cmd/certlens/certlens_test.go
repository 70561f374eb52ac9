package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certlens/build/hostile"
	"certlens/internal/lab"
	"certlens/internal/report"
)

var (
	root    = lab.Issue(lab.Spec{Name: "Example Root", CA: true})
	issuing = lab.Issue(lab.Spec{Name: "Example Issuing CA", CA: true, Issuer: root})
	leaf    = lab.Issue(lab.Spec{Name: "www.example.com", Issuer: issuing})
)

// execute runs the command as main would.
func execute(stdin string, args ...string) (status int, out, errors string) {
	var stdout, stderr bytes.Buffer
	status = run(args, terminal{
		in: strings.NewReader(stdin), out: &stdout, err: &stderr,
		now: func() time.Time { return lab.At },
	})
	return status, stdout.String(), stderr.String()
}

// file writes content to a temporary file.
func file(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file.pem")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestCommandLine(t *testing.T) {
	ca := file(t, lab.PEM(root))
	served := lab.PEM(leaf, issuing)
	for _, test := range []struct {
		name   string
		stdin  string
		args   []string
		status int
		out    string // must be in standard output
		err    string // must be in standard error
	}{
		{"good", served, []string{"--ca", ca, "--host", "www.example.com"}, 0, "✓", ""},
		{"analyze by name", served, []string{"analyze", "--ca", ca}, 0, "Path to", ""},
		{"wrong host", served, []string{"--ca", ca, "--host", "mail.example.com"}, 1, "hostname_mismatch", ""},
		{"host of a URL", served, []string{"--ca", ca, "--host", "https://www.example.com:8443/path"}, 0, "for host www.example.com", ""},
		{"host with a port", served, []string{"--ca", ca, "--host", "www.example.com:443", "--json"}, 0, `"host": "www.example.com"`, ""},
		{"unknown root", served, nil, 1, "unknown_root", ""},
		{"later", served, []string{"--ca", ca, "--at", "2029-01-01T00:00:00Z"}, 1, "expired", ""},
		{"file before flag", "", []string{file(t, served), "--ca", ca, "--json"}, 0, `"version": "1"`, ""},
		{"file after --", "", []string{"--ca", ca, "--", file(t, served)}, 0, "www.example.com", ""},
		{"two files", "", []string{file(t, lab.PEM(leaf)), file(t, lab.PEM(issuing)), "--ca", ca}, 0, "www.example.com", ""},
		{"no store", lab.PEM(root), []string{"--stores", "none"}, 0, "no trust store was asked", ""},
		{"nothing", "hello\n", nil, 2, "Nothing was recognised", ""},
		{"empty", "", nil, 2, "Nothing was recognised", ""},
		{"bad time", served, []string{"--at", "tomorrow"}, 2, "", `--at "tomorrow"`},
		{"bad profile", served, []string{"--profile", "strict"}, 2, "", "strict"},
		{"bad store", served, []string{"--stores", "netscape"}, 2, "", "netscape"},
		{"bad flag", served, []string{"--frobnicate"}, 2, "", "frobnicate"},
		{"no such file", "", []string{"/nonexistent.pem"}, 2, "", "nonexistent.pem"},
		{"hostile file name", "", []string{"/nonexistent\x1b]0;owned\a.pem"}, 2, "", `\u{001B}]0;owned`},
		{"anchors without certificate", served, []string{"--ca", file(t, "hello\n")}, 1, "No certificate was found in the trust anchors", ""},
		{"an error line alone", "curl: (60) SSL certificate problem: unable to get local issuer certificate\n", nil, 1, "Possible causes", ""},
		{"its fixes", "curl: (60) SSL certificate problem: unable to get local issuer certificate\n", nil, 1, "curl --cacert ca.pem", ""},
		{"an error line as JSON", "curl: (60) SSL certificate problem: certificate has expired\n", []string{"--json"}, 1, `"fixes": [`, ""},
		{"explain a class", "", []string{"explain", "missing_intermediate"}, 0, "An intermediate certificate is missing", ""},
		{"explain a code", "", []string{"explain", "node/UNABLE_TO_VERIFY_LEAF_SIGNATURE"}, 0, "NODE_EXTRA_CA_CERTS", ""},
		{"explain a code as JSON", "", []string{"explain", "--json", "openssl/20"}, 0, `"path": "openssl/20"`, ""},
		{"explain a text", "", []string{"explain", "curl: (6) Could not resolve host: nowhere.example"}, 1, "nowhere.example could not be found", ""},
		{"explain what stands in standard input", "SEC_ERROR_UNKNOWN_ISSUER", []string{"explain", "-"}, 1, "Firefox finds no path", ""},
		{"explain nothing", "", []string{"explain"}, 2, "", "explain needs"},
		{"explain what nobody says", "", []string{"explain", "hello"}, 2, "Nothing was recognised", ""},
		{"verification switched off", "curl -k https://nas.example.com:5001/\n", nil, 0, "Verification is switched off here", ""},
		{"a question in prose", "My certificate expired yesterday, how do I renew it with nginx?", nil, 2, "certlens explain expired", ""},
		{"a question about nothing known", "hello", nil, 2, "certlens explain --all", ""},
		{"the first causes", "curl: (60)", nil, 1, "more causes (--all shows them)", ""},
		{"a command once", "curl: (60)", nil, 1, "The same command decides as for 1.", ""},
		{"all causes", "curl: (60)", []string{"--all"}, 1, "23. ", ""},
		{"fixes for what the text names", "In docker: error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed", nil, 1, "Trust the CA in the Docker daemon", ""},
		{"explain all", "", []string{"explain", "--all"}, 0, "openssl/20: X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY", ""},
		{"explain in another case", "", []string{"explain", "OpenSSL/20"}, 0, "unable to get local issuer certificate", ""},
		{"explain in two words", "", []string{"explain", "openssl", "20"}, 0, "unable to get local issuer certificate", ""},
		{"several lines of a program", "", []string{"explain", "missing_intermediate"}, 0, "\n    npm error request to", ""},
		{"a private key", lab.KeyPEM(leaf), nil, 0, "Make a new key.", ""},
		{"no such password file", served, []string{"--password-file", "/nonexistent.txt"}, 2, "", "nonexistent.txt"},
		{"password file", served, []string{"--ca", ca, "--password-file", file(t, "one\r\n two \n\n")}, 0, "✓", ""},
		{"help", "", []string{"help"}, 0, "Exit status", ""},
		{"help flag", "", []string{"--help"}, 0, "Exit status", ""},
		{"version", "", []string{"version"}, 0, "certlens", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, out, errors := execute(test.stdin, test.args...)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			if !strings.Contains(out, test.out) || !strings.Contains(errors, test.err) {
				t.Errorf("output lacks %q or %q\nstdout: %s\nstderr: %s", test.out, test.err, out, errors)
			}
		})
	}
}

func TestJSONIsTheReport(t *testing.T) {
	_, out, _ := execute(lab.PEM(leaf, issuing), "--json", "--host", "www.example.com", "--ca", file(t, lab.PEM(root)))
	var r report.Report
	decoder := json.NewDecoder(strings.NewReader(out))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		t.Fatal(err)
	}
	if len(r.Certificates) != 3 || r.Certificates[0].Title != "www.example.com" || !r.Paths[0].Trusted {
		t.Errorf("%d certificates, first path %+v", len(r.Certificates), r.Paths)
	}
	if r.At != "2026-11-20T12:00:00Z" {
		t.Errorf("judged for %s", r.At)
	}
}

// A subject must not be able to control the terminal.
func TestTextIsPrintable(t *testing.T) {
	hostile := lab.Issue(lab.Spec{Name: "\x1b[2J\x1b]0;owned\a\u202Egnp.exe", Hosts: []string{"x.example.com"}})
	for _, colour := range []bool{false, true} {
		var out bytes.Buffer
		run(nil, terminal{in: strings.NewReader(lab.PEM(hostile)), out: &out, err: &out, colour: colour, now: func() time.Time { return lab.At }})
		text := out.String()
		if !strings.Contains(text, `\x1b[2J`) || !strings.Contains(text, `\u202e`) {
			t.Errorf("control characters are not shown: %q", text)
		}
		for _, bad := range []string{"\x1b[2J", "\x1b]", "\a", "\u202E"} {
			if strings.Contains(text, bad) {
				t.Errorf("output holds %q", bad)
			}
		}
		if strings.Contains(text, "\x1b") != colour {
			t.Errorf("colour %t, but escape sequences %t", colour, !colour)
		}
	}
}

// Nothing that anybody else wrote controls the terminal, in any form of output.
func TestOutputControlsNothing(t *testing.T) {
	for _, text := range append(hostile.Texts, strings.Join(hostile.Texts, "")) {
		said := "x509: certificate is valid for " + text + ", not " + text + "\n" +
			"curl: (60) SSL: no alternative certificate subject name matches target host name '" + text + "'\n" +
			"CONNECTED(00000003)\ndepth=0 CN = " + text + "\nverify error:num=20:" + text + "\n---\nCertificate chain\n 0 s:CN = " + text +
			"\n   i:CN = " + text + "\n---\n    Verify return code: 20 (" + text + ")\n"
		named := filepath.Join(t.TempDir(), strings.Map(func(r rune) rune {
			if r == 0 || r == '/' {
				return '_'
			}
			return r
		}, text)[:min(len(text), 200)])
		if err := os.WriteFile(named, []byte("\x00"+said+hostile.Chain()), 0o600); err != nil {
			t.Fatal(err)
		}
		argument := strings.ReplaceAll(text, "\x00", "")
		for _, args := range [][]string{
			{}, {"--all"}, {"--json"}, {named}, {"--json", named}, {"--ca", named}, {named + ".pem"},
			{"--host", argument}, {"--json", "--host", argument}, {"--at", argument}, {"--stores", argument}, {"--profile", argument}, {"--" + argument},
			{"explain", argument}, {"explain", "--json", argument}, {"explain", "--json", said}, {"probe", argument},
		} {
			_, out, errors := execute(said+hostile.Chain(), args...)
			if at := strings.IndexFunc(out+errors, func(r rune) bool { return r != '\n' && dangerous(r) }); at >= 0 {
				t.Errorf("%.40q: output holds %.60q", args, (out + errors)[at:])
			}
			if slices.Contains(args, "--json") && !json.Valid([]byte(out)) {
				t.Errorf("%.40q: not JSON: %.60q, %.200q", args, out, errors)
			}
		}
		var r report.Report
		_, out, _ := execute(said, "--json", "--host", argument)
		if err := json.Unmarshal([]byte(out), &r); err != nil || len(r.Errors) == 0 {
			t.Errorf("%.40q: %v, %d errors", text, err, len(r.Errors))
		}
	}
}

// What is escaped is read as what it was.
func TestJSONEscapes(t *testing.T) {
	want := strings.Join(hostile.Texts, "\n")
	var out bytes.Buffer
	var got string
	if err := writeJSON(&out, want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || got != want {
		t.Errorf("%q: %v", got, err)
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain":      "plain",
		"Zürich 東京":  "Zürich 東京",
		"a\x00b":     `a\u{0000}b`,
		"a\nb":       `a\u{000A}b`,
		"\xff\xfe":   `\xff\xfe`,
		"\u200Bzero": `\u{200B}zero`,
		"\uFFFD":     "\uFFFD",
	} {
		if got := printable(in); got != want {
			t.Errorf("printable(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := wrap("The server did not send its issuer.", 12)
	if want := []string{"The server", "did not send", "its issuer."}; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("wrap gave %q", got)
	}
	if got := wrap("", 12); len(got) != 0 {
		t.Errorf("wrap of nothing gave %q", got)
	}
}

func TestReadPasswords(t *testing.T) {
	got, err := readPasswords([]string{file(t, "one\r\n two \n\nthree")})
	if want := []string{"one", " two ", "three"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}
