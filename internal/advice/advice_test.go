package advice

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"certlens/internal/cert"
	"certlens/internal/chain"
	"certlens/internal/lab"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// The certificates of the tests.
var (
	root   = lab.Issue(lab.Spec{Name: "Example Root", CA: true})
	middle = lab.Issue(lab.Spec{Name: "Example CA", CA: true, Issuer: root})
	site   = lab.Issue(lab.Spec{Name: "www.example.com", Issuer: middle})
	old    = lab.Issue(lab.Spec{Name: "old.example.com", Issuer: middle, Until: lab.At.AddDate(0, 0, -3)})
	early  = lab.Issue(lab.Spec{Name: "early.example.com", Issuer: middle, From: lab.At.AddDate(0, 0, 1)})
	lone   = lab.Issue(lab.Spec{Name: "lone.example.com"})
	stale  = lab.Issue(lab.Spec{Name: "Stale CA", CA: true, Issuer: root, Until: lab.At.AddDate(0, 0, -40)})
	under  = lab.Issue(lab.Spec{Name: "under.example.com", Issuer: stale})
)

// A question is the input of one test.
type question struct {
	served, extra []*lab.Cert
	anchors       []*lab.Cert // nil to ask no store
	mozilla       bool
	host          string
	at            time.Time
	runs          []report.Transcript
}

// ask runs the question through trust, chain and advice.
func (q question) ask() *report.Diagnosis {
	at := q.at
	if at.IsZero() {
		at = lab.At
	}
	var stores []*trust.Store
	if q.anchors != nil {
		stores = append(stores, trust.User(parse(q.anchors)))
	}
	if q.mozilla {
		stores = append(stores, trust.Mozilla())
	}
	served := parse(q.served)
	res := chain.Build(context.Background(), chain.Request{Served: served, Extra: parse(q.extra), Stores: stores, Host: q.host, At: at})
	in := In{Leaf: res.Leaf, Served: served, Paths: res.Paths, HostProblems: res.HostProblems, Host: q.host, Transcripts: q.runs, At: at}
	in.Certificates = append(append(append(in.Certificates, served...), parse(q.extra)...), res.Anchors...)
	for _, s := range stores {
		in.Stores = append(in.Stores, s.Report())
	}
	return Diagnose(in)
}

// parse parses each certificate once, so that the same one is the same pointer.
func parse(list []*lab.Cert) []*cert.Certificate {
	var out []*cert.Certificate
	for _, c := range list {
		out = append(out, cert.Parse(c.Raw))
	}
	return out
}

// run is a run of s_client that listed the chain; printed ones came with PEM.
func run(code int, text string, printed int, chain ...*lab.Cert) report.Transcript {
	t := report.Transcript{Tool: "s_client", Connected: true, Host: "www.example.com", Port: 443, Protocol: "TLSv1.3", VerifyCode: code, VerifyText: text}
	for i, c := range chain {
		entry := report.TranscriptCertificate{Depth: i, Subject: "O = Example, CN = " + c.Subject.CommonName, Issuer: "O = Example, CN = " + c.Issuer.CommonName}
		if i < printed {
			entry.Certificate = cert.Parse(c.Raw).ID
		}
		t.Chain = append(t.Chain, entry)
	}
	return t
}

// at sets verify errors.
func withErrors(t report.Transcript, errors ...report.VerifyError) report.Transcript {
	t.VerifyErrors = errors
	return t
}

// failed is a run that received no certificate.
func failed(errors ...report.ErrorLine) report.Transcript {
	return report.Transcript{Tool: "s_client", Connected: true, Host: "www.example.com", Port: 443, NoPeerCertificate: true, VerifyText: "ok", Errors: errors}
}

type certs = []*lab.Cert

// TestDiagnose holds every diagnosis against the table.
func TestDiagnose(t *testing.T) {
	for _, c := range diagnoses {
		t.Run(c.name, func(t *testing.T) {
			got := c.q.ask()
			if got == nil {
				t.Fatal("no diagnosis")
			}
			if head := strings.Join([]string{string(got.Class), string(got.Severity), got.Confidence}, " "); head != c.want || got.Summary != c.summary {
				t.Errorf("got\n%s\n%s\nwant\n%s\n%s", head, got.Summary, c.want, c.summary)
			}
			var other []string
			for i, cause := range got.Causes {
				if i == 0 && (cause.Class != got.Class || cause.Summary != got.Summary) {
					t.Errorf("first cause %+v is not the main one", cause)
				}
				if i > 0 {
					other = append(other, string(cause.Class))
				}
			}
			if strings.Join(other, " ") != c.other {
				t.Errorf("other causes %v, want %q", other, c.other)
			}
		})
	}
}

func runs(list ...report.Transcript) []report.Transcript { return list }

func withLine(t report.Transcript, class report.Class) report.Transcript {
	t.Errors = []report.ErrorLine{{Class: class}}
	return t
}

func asked(t report.Transcript) report.Transcript {
	t.ClientCANames = []string{"CN = Example Root"}
	return t
}

// brokeOff is a run with -verify_return_error: the client ends the handshake,
// and then says that there is no certificate.
func brokeOff() report.Transcript {
	t := failed(report.ErrorLine{Text: "certificate verify failed"})
	t.VerifyCode, t.VerifyText = 20, "unable to get local issuer certificate"
	t.VerifyErrors = []report.VerifyError{{Code: 20, Depth: 1, Text: t.VerifyText, Subject: "O = Example, CN = Example CA"}}
	return t
}

func TestNothing(t *testing.T) {
	if d := Diagnose(In{}); d != nil {
		t.Errorf("a diagnosis of nothing: %+v", d)
	}
}

// TestOrder asks that every class has a place, so that none is an afterthought
// by accident.
func TestOrder(t *testing.T) {
	late := map[report.Class]bool{report.OK: true, report.Other: true, report.PinMismatch: true, report.StapleMissing: true, report.Interception: true}
	for _, c := range classes(t) {
		if late[c] {
			continue
		}
		if r := rank(finding{Cause: report.Cause{Class: c}, severity: report.Error}); r == len(order) {
			t.Errorf("%s has no place in the order", c)
		}
	}
}

// classes reads the names of all classes from the contract's source.
func classes(t *testing.T) []report.Class {
	source, err := os.ReadFile("../report/judgement.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []report.Class
	for _, m := range regexp.MustCompile(`Class += "([a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		out = append(out, report.Class(m[1]))
	}
	if len(out) < 40 {
		t.Fatalf("found only %d classes", len(out))
	}
	return out
}

func TestVerifyClass(t *testing.T) {
	for _, c := range []struct {
		code int
		text string
		want report.Class
	}{
		{0, "ok", ""}, {0, "", ""},
		{18, "self-signed certificate", report.SelfSigned},
		{18, "self signed certificate", report.SelfSigned},
		{19, "self-signed certificate in certificate chain", report.SelfSignedInChain},
		{20, "", report.UnknownRoot},
		{24, "invalid CA certificate", report.IssuerNotCA}, // before OpenSSL 3
		{79, "invalid CA certificate", report.IssuerNotCA},
		{62, "Hostname mismatch", report.HostnameMismatch},
		{9, "certificate is not yet valid or the system clock is incorrect", report.NotYetValid},
		{0, "certificate has expired", report.Expired},
		{999, "something new", report.Other},
	} {
		if got := VerifyClass(c.code, c.text); got != c.want {
			t.Errorf("%d %q: %q, want %q", c.code, c.text, got, c.want)
		}
	}
}

func TestCommonName(t *testing.T) {
	for dn, want := range map[string]string{
		"C = US, O = Example, CN = Example CA": "Example CA",
		"C=US, O=Example, CN=Example CA":       "Example CA",
		"/C=US/O=Example/CN=Example CA":        "Example CA",
		`C = US, CN = "Example, Inc.", O = X`:  `Example, Inc.`,
		`C=US,CN=Example\, Inc.,O=X`:           `Example, Inc.`,
		`CN = "a \"b\""`:                       `a "b"`,
		`CN="`:                                 "",
		"O = Example":                          "O = Example",
		"":                                     "",
	} {
		if got := commonName(dn); got != want {
			t.Errorf("%q: %q, want %q", dn, got, want)
		}
	}
}
