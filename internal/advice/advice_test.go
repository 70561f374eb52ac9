package advice

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"certlens/internal/cert"
	"certlens/internal/chain"
	"certlens/internal/codepoint"
	"certlens/internal/lab"
	"certlens/internal/report"
	"certlens/internal/trust"
)

// The certificates of the tests.
var (
	root    = lab.Issue(lab.Spec{Name: "Example Root", CA: true})
	middle  = lab.Issue(lab.Spec{Name: "Example CA", CA: true, Issuer: root})
	site    = lab.Issue(lab.Spec{Name: "www.example.com", Issuer: middle})
	old     = lab.Issue(lab.Spec{Name: "old.example.com", Issuer: middle, Until: lab.At.AddDate(0, 0, -3)})
	early   = lab.Issue(lab.Spec{Name: "early.example.com", Issuer: middle, From: lab.At.AddDate(0, 0, 1)})
	lone    = lab.Issue(lab.Spec{Name: "lone.example.com"})
	stale   = lab.Issue(lab.Spec{Name: "Stale CA", CA: true, Issuer: root, Until: lab.At.AddDate(0, 0, -40)})
	short   = lab.Issue(lab.Spec{Name: "Short CA", CA: true, Issuer: root, Until: lab.At.AddDate(0, 0, 5)})
	long    = lab.Issue(lab.Spec{Name: "long.example.com", Issuer: short})
	visitor = lab.Issue(lab.Spec{Name: "Example Client", Issuer: middle, Edit: usage(x509.ExtKeyUsageClientAuth)})
	signer  = lab.Issue(lab.Spec{Name: "Example Signer", Issuer: middle, Edit: usage(x509.ExtKeyUsageCodeSigning)})
	public  = lab.Issue(lab.Spec{Name: "public.example.com", Issuer: middle, Edit: func(t *x509.Certificate) {
		t.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 32}, Value: []byte{0x30, 10, 0x30, 8, 6, 6, 0x67, 0x81, 0x0c, 1, 2, 1}}}
		t.IssuingCertificateURL = []string{"http://ca.example.com/ca.cer"}
	}})
	mailer = lab.Issue(lab.Spec{Name: "Mail CA", CA: true, Issuer: root, Edit: usage(x509.ExtKeyUsageEmailProtection)})
	unit   = lab.Issue(lab.Spec{Name: "Example", CA: true, Edit: func(t *x509.Certificate) {
		t.Subject.OrganizationalUnit = []string{"Root R7"}
	}})
	ages = lab.Issue(lab.Spec{Name: "ages.example.com", Issuer: middle, Until: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)})
	ur   = lab.Issue(lab.Spec{Name: "ur.example.com", Issuer: middle, Edit: func(t *x509.Certificate) {
		t.NotBefore, t.NotAfter = time.Time{}, time.Time{}
	}})
	stapler = lab.Issue(lab.Spec{Name: "staple.example.com", Issuer: middle, Edit: func(t *x509.Certificate) {
		t.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}, Value: []byte{0x30, 6, 2, 1, 17, 2, 1, 5}}}
	}})
	ed448 = read("../chain/testdata/keys/ed448.pem")
	under = lab.Issue(lab.Spec{Name: "under.example.com", Issuer: stale})
)

// usage sets the extended key usage, and leaves out names.
func usage(u x509.ExtKeyUsage) func(*x509.Certificate) {
	return func(t *x509.Certificate) { t.ExtKeyUsage, t.DNSNames = []x509.ExtKeyUsage{u}, nil }
}

// read reads the certificates of a PEM file.
func read(name string) (out []*lab.Cert) {
	rest, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	for {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return out
		}
		c, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			panic(err)
		}
		out = append(out, &lab.Cert{Certificate: c})
	}
}

// A question is the input of one test.
type question struct {
	served, extra []*lab.Cert
	anchors       []*lab.Cert // nil to ask no store
	mozilla, sent bool
	host          string
	at            time.Time
	runs          []report.Transcript
	live          *report.Handshake
	errors        []report.ErrorText
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
	res := chain.Build(context.Background(), chain.Request{Served: served, Extra: parse(q.extra), Stores: stores, Host: q.host, At: at, Sent: q.sent})
	in := In{Purpose: res.Purpose, Others: res.Others, Leaf: res.Leaf, Served: served, Paths: res.Paths, HostProblems: res.HostProblems, Host: q.host, Transcripts: q.runs, Handshake: q.live, Errors: q.errors, At: at}
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

// alerted is a run that an alert of the server ended.
func alerted(number int) report.Transcript {
	t := failed(report.ErrorLine{Text: "alert", Class: codepoint.AlertClass(number)})
	t.Alerts = []report.Alert{{Number: number, Name: codepoint.AlertName(number)}}
	return t
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

// unanswered is a handshake that brought nothing.
var unanswered = report.Handshake{Host: "www.example.com", Port: 443, SNI: "www.example.com"}

// shook is a complete handshake. What it brought is in the question; advice asks
// only whether it brought something.
func shook() *report.Handshake {
	h := unanswered
	h.Complete, h.Certificates = true, []string{""}
	return &h
}

func wanting(h *report.Handshake) *report.Handshake { h.WantStaple = true; return h }

func stapled(h *report.Handshake) *report.Handshake { h.Staple = "MAMKAQM="; return h }

func asking(h *report.Handshake) *report.Handshake {
	h.ClientCertificate = &report.ClientCertificateRequest{}
	return h
}

func broken(h *report.Handshake, class report.Class) *report.Handshake {
	b := *h
	b.Complete, b.Failure = false, &report.HandshakeFailed{Class: class, Detail: "The server's first message cannot be read."}
	return &b
}

// TestMozilla asks about anchors of Mozilla, which no test can issue from: a
// root by itself, one that is trusted for what it issued until some date, all
// together, and paths that are said to end there.
func TestMozilla(t *testing.T) {
	var all []*cert.Certificate
	var limited, plain *trust.Anchor
	for _, a := range trust.Mozilla().Anchors() {
		all = append(all, a.Cert)
		if a.DistrustAfter.IsZero() {
			plain = a
		} else {
			limited = a
		}
	}
	stores := []report.Store{trust.Mozilla().Report()}
	ask := func(purpose chain.Purpose, leaf *cert.Certificate, root *trust.Anchor) *report.Diagnosis {
		p := report.Path{Store: "mozilla", Certificates: []string{leaf.ID, root.Cert.ID}, Trusted: true}
		return Diagnose(In{Leaf: leaf, Purpose: purpose, Served: []*cert.Certificate{leaf}, Certificates: []*cert.Certificate{root.Cert}, Paths: []report.Path{p}, Stores: stores, At: lab.At})
	}
	for _, c := range []struct {
		name string
		d    *report.Diagnosis
		want string
	}{
		{"server", ask(chain.ServerAuth, parse(certs{site})[0], plain), "info certain www.example.com's chain is complete and ends in ROOT, which Mozilla trusts. It expires in 59 days."},
		{"client", ask(chain.ClientAuth, parse(certs{visitor})[0], plain), "info certain As a TLS client, Example Client's chain is complete and ends in ROOT, which Mozilla trusts for web servers. It expires in 59 days."},
		{"code signing", ask(chain.CodeSigning, parse(certs{signer})[0], plain), "notice unknown As a certificate for code signing, Example Signer's chain is complete and ends in ROOT, which Mozilla trusts for web servers. Whether that root is trusted for code signing is not known here. It expires in 59 days."},
		{"all", Diagnose(In{Leaf: all[0], Served: all, Stores: stores, At: lab.At}), fmt.Sprintf("info certain %d CA certificates, and no certificate that they were issued for; %d are roots that Mozilla trusts for web servers.", len(all), len(all))},
	} {
		got := strings.ReplaceAll(fmt.Sprint(c.d.Severity, " ", c.d.Confidence, " ", c.d.Summary), chain.NameTitle(plain.Cert.Subject()), "ROOT")
		if got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	if limited == nil {
		t.Skip("no anchor of this version of the store has a date")
	}
	d := ask(chain.ServerAuth, parse(certs{site})[0], limited)
	if want := "after " + limited.DistrustAfter.Format(time.DateOnly) + "."; !strings.HasSuffix(d.Summary, want) {
		t.Errorf("%s\nwant an end like %q", d.Summary, want)
	}
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
