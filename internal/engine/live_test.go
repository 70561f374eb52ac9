package engine

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ocsp"

	"certlens/internal/intake"
	"certlens/internal/lab"
	"certlens/internal/report"
)

// shook is a complete handshake that brought certificates.
func shook(certs ...*lab.Cert) *report.Handshake {
	h := &report.Handshake{Host: "www.example.com", Port: 443, SNI: "www.example.com", WantStaple: true, Complete: true, Step: report.StepDone}
	for _, c := range certs {
		h.Certificates = append(h.Certificates, base64.StdEncoding.EncodeToString(c.Raw))
	}
	return h
}

// stapled adds the issuer's OCSP response about the leaf.
func stapled(h *report.Handshake, status int) *report.Handshake {
	der, err := ocsp.CreateResponse(issuing.Certificate, issuing.Certificate, ocsp.Response{
		Status: status, SerialNumber: leaf.SerialNumber, RevokedAt: lab.At.AddDate(0, 0, -1),
		ThisUpdate: lab.At.AddDate(0, 0, -1), NextUpdate: lab.At.AddDate(0, 0, 6),
	}, issuing.Key)
	if err != nil {
		panic(err)
	}
	h.Staple = base64.StdEncoding.EncodeToString(der)
	return h
}

func failed(class report.Class) *report.Handshake {
	h := shook()
	h.Complete, h.Step = false, report.StepConnect
	h.Failure = &report.HandshakeFailed{Class: class, Detail: "It failed."}
	return h
}

func to(host, sni string, h *report.Handshake) *report.Handshake {
	h.Host, h.SNI = host, sni
	return h
}

// What a handshake brings is served, whatever was pasted beside it.
func TestHandshake(t *testing.T) {
	for _, test := range []struct {
		name      string
		handshake *report.Handshake
		paste     string
		host      string
		want      string // served / host from / class, severity, source of the main cause
	}{
		{"good", shook(leaf, issuing), "", "", "www.example.com, Example Issuing CA / www.example.com handshake / ok info"},
		{"twice, with the root", shook(leaf, leaf, issuing, root), "", "", "www.example.com, www.example.com, Example Issuing CA, Example Root / www.example.com handshake / ok info"},
		{"wrong order", shook(issuing, leaf), "", "", "Example Issuing CA, www.example.com / www.example.com handshake / other error path"},
		{"the host of the request", shook(leaf, issuing), "", "mail.example.com", "www.example.com, Example Issuing CA / mail.example.com request / hostname_mismatch error host"},
		{"an address, without a server name", to("192.0.2.1", "", shook(leaf, issuing)), "", "", "www.example.com, Example Issuing CA / 192.0.2.1 handshake / ip_mismatch error host"},
		{"another server name", to("192.0.2.1", "www.example.com", shook(leaf, issuing)), "", "", "www.example.com, Example Issuing CA / www.example.com handshake / ok info"},
		{"another chain in the paste", shook(leaf, issuing), lab.PEM(other), "", "www.example.com, Example Issuing CA / www.example.com handshake / ok info"},
		{"the intermediate in the paste", shook(leaf), lab.PEM(issuing), "", "www.example.com / www.example.com handshake / missing_intermediate error path"},
		{"a good staple", stapled(shook(leaf, issuing), ocsp.Good), "", "", "www.example.com, Example Issuing CA / www.example.com handshake / ok info"},
		{"a staple that revokes", stapled(shook(leaf, issuing), ocsp.Revoked), "", "", "www.example.com, Example Issuing CA / www.example.com handshake / revoked error path"},
		{"no connection", failed(report.Refused), "", "", " / www.example.com handshake / refused error handshake"},
		{"no connection, a chain in the paste", failed(report.Timeout), lab.PEM(leaf, issuing), "", "www.example.com, Example Issuing CA / www.example.com handshake / timeout error handshake"},
		{"no certificate", shook(), "", "", " / www.example.com handshake / other notice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Analyze(context.Background(), Request{
				Sources: []intake.Source{{Data: []byte(test.paste)}}, Anchors: []intake.Source{{Data: []byte(lab.PEM(root))}},
				Handshake: test.handshake, Host: test.host, At: lab.At,
			})
			from := ""
			if len(r.Diagnosis.Causes) > 0 {
				from = " " + r.Diagnosis.Causes[0].From
			}
			got := fmt.Sprintf("%s / %s %s / %s %s%s", strings.Join(titles(r, r.Served), ", "), r.Host, r.HostFrom, r.Diagnosis.Class, r.Diagnosis.Severity, from)
			if got != test.want {
				t.Errorf("got  %s\nwant %s\n%s", got, test.want, r.Diagnosis.Summary)
			}
			if r.Handshake != test.handshake {
				t.Error("the report lacks the handshake")
			}
			if r.Truncated {
				t.Errorf("something was left out: %q", r.Notes)
			}
		})
	}
}

func titles(r *report.Report, ids []string) []string {
	var list []string
	for _, id := range ids {
		at := slices.IndexFunc(r.Certificates, func(c report.Certificate) bool { return c.ID == id })
		list = append(list, r.Certificates[at].Title)
	}
	return list
}

// The objects of a handshake name the input that stands for it, and those of the
// paste keep theirs.
func TestHandshakeIsAnInput(t *testing.T) {
	r := Analyze(context.Background(), Request{
		Sources:   []intake.Source{{Data: []byte(lab.CRL(issuing, other))}},
		Handshake: stapled(shook(leaf, issuing), ocsp.Good), At: lab.At,
	})
	if len(r.Inputs) != 2 || len(r.Objects) != 2 {
		t.Fatalf("%d inputs and %d objects, want 2 and 2", len(r.Inputs), len(r.Objects))
	}
	live := r.Inputs[1]
	if live.Kind != "handshake" || live.Source != "www.example.com:443" || live.Count != 3 || !slices.Equal(live.Certificates, r.Served) {
		t.Errorf("the input of the handshake is %+v", live)
	}
	if staple, list := r.Objects[0], r.Objects[1]; staple.Kind != "ocsp" || staple.Input != 1 || list.Kind != "crl" || list.Input != 0 {
		t.Errorf("the staple is %s of input %d, the list %s of input %d", staple.Kind, staple.Input, list.Kind, list.Input)
	}
	if len(r.Revocations) == 0 || !r.Revocations[0].Verified || r.Revocations[0].Status != "good" {
		t.Errorf("the staple says %+v", r.Revocations)
	}
}

func TestHandshakeWithBadBase64(t *testing.T) {
	h := shook(leaf)
	h.Certificates = append(h.Certificates, "%%%")
	r := Analyze(context.Background(), Request{Handshake: h, At: lab.At})
	if !r.Truncated || len(r.Served) != 1 || !strings.Contains(strings.Join(r.Notes, " "), "Object 2 of the handshake") {
		t.Errorf("truncated %t, %d served, notes %q", r.Truncated, len(r.Served), r.Notes)
	}
}

// What a scan finds wrong is among the findings, worst first; the chains that it
// found stand beside the one that was served.
func TestScan(t *testing.T) {
	second := shook(lab.Issue(lab.Spec{Name: "www.example.com", Key: "another", Issuer: issuing}), issuing)
	s := &report.Scan{
		Host: "www.example.com", Port: 443, Done: true,
		Certificates: []report.ScanChain{{Certificates: shook(leaf, issuing).Certificates}, {Certificates: second.Certificates}},
		Statements: []report.ScanStatement{
			{ID: "w_scan_order", Severity: report.Warning, Title: "A warning", Detail: "Of a kind.", Citation: "RFC 9325"},
			{ID: "e_scan_tls10", Severity: report.Error, Title: "An error", Citation: "RFC 8996, section 2"},
			{ID: "n_scan_groups", Severity: report.Notice, Title: "A remark"},
		},
	}
	r := Analyze(context.Background(), Request{
		Handshake: shook(leaf, issuing), Scan: s, At: lab.At, Anchors: []intake.Source{{Data: []byte(lab.PEM(root))}},
	})
	var ids []string
	for _, f := range r.Findings {
		if f.Source == "certlens" && strings.Contains(f.ID, "_scan_") {
			ids = append(ids, f.ID)
		}
	}
	if want := []string{"e_scan_tls10", "w_scan_order"}; !slices.Equal(ids, want) {
		t.Errorf("findings %v, want %v", ids, want)
	}
	if r.Findings[0].ID != "e_scan_tls10" || r.Findings[0].Citation == "" {
		t.Errorf("the first finding is %+v", r.Findings[0])
	}
	if r.Scan != s || len(r.Served) != 2 || r.Diagnosis.Class != report.OK {
		t.Errorf("%d served, %s", len(r.Served), r.Diagnosis.Summary)
	}
	if n := len(r.Certificates); n != 4 {
		t.Errorf("%d certificates, want two leaves, their issuer and the root", n)
	}
}
