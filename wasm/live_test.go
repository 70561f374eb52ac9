package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"certlens/internal/codepoint"
	"certlens/internal/probe/scan"
	"certlens/internal/report"
)

// shook is a handshake that brought the chain of the warm-up, as the page gets it
// from a worker.
func shook() string {
	h := report.Handshake{Host: "www.example.com", Port: 443, SNI: "www.example.com", Complete: true, Step: report.StepDone}
	for block, rest := pem.Decode(warmChain); block != nil; block, rest = pem.Decode(rest) {
		h.Certificates = append(h.Certificates, base64.StdEncoding.EncodeToString(block.Bytes))
	}
	data, err := json.Marshal(h)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func TestAnalyzeTakesAHandshake(t *testing.T) {
	for name, rest := range map[string]string{
		"a handshake": `,"handshake":` + shook(),
		"a scan too":  `,"handshake":` + shook() + `,"scan":{"host":"www.example.com","port":443,"statements":[],"certificates":[]}`,
	} {
		out, _, err := ask(t.Context(), "analyze", request("", rest))
		if err != nil {
			t.Fatal(err)
		}
		var r report.Report
		if err := json.Unmarshal(out, &r); err != nil {
			t.Fatal(err)
		}
		if len(r.Served) != 3 || r.Host != "www.example.com" || r.HostFrom != "handshake" || r.Handshake == nil {
			t.Errorf("%s: %d served, host %q from %q", name, len(r.Served), r.Host, r.HostFrom)
		}
		if (r.Scan != nil) != strings.Contains(rest, "scan") {
			t.Errorf("%s: the report's scan is %v", name, r.Scan)
		}
	}
}

func TestTarget(t *testing.T) {
	for in, want := range map[string]string{
		`{"text":"mail.example.com:587","starttls":""}`:      `{"target":{"host":"mail.example.com","port":587,"starttls":"submission"},"command":"openssl s_client -connect mail.example.com:587 -servername mail.example.com -starttls smtp -showcerts </dev/null"}`,
		`{"text":"mail.example.com:587","starttls":"none"}`:  `{"target":{"host":"mail.example.com","port":587},"command":"openssl s_client -connect mail.example.com:587 -servername mail.example.com -showcerts </dev/null"}`,
		`{"text":"some thing","starttls":""}`:                `{"problem":"\"some thing\" is not a host name."}`,
		`{"text":"https://example.com:8443/","starttls":""}`: `{"target":{"host":"example.com","port":8443,"alpn":["h2","http/1.1"],"notes":["Of the address, only example.com:8443 is used."]},"command":"openssl s_client -connect example.com:8443 -servername example.com -showcerts </dev/null"}`,
	} {
		out, _, err := ask(t.Context(), "target", []byte(in))
		if err != nil || string(out) != want {
			t.Errorf("%s\ngives %s, %v\nwant  %s", in, out, err, want)
		}
	}
}

// tell is one step of a scan, as the page asks for it; nil when the engine does
// not know what went before.
func tell(t *testing.T, req scanRequest) []byte {
	t.Helper()
	in, err := json.Marshal(req)
	if err != nil {
		t.Fatal(err)
	}
	out, _, err := ask(t.Context(), "scan", in)
	if err != nil {
		t.Fatal(err)
	}
	if string(out) == "{}" {
		return nil
	}
	return out
}

// answer is what a server says that takes ten suites of TLS 1.2 in the client's
// order.
func answer(request report.HandshakeRequest) scan.Exchange {
	h := report.Handshake{Host: request.Host, Port: 443, Step: report.StepHello}
	taken := codepoint.Suites(codepoint.TLS12)[:10]
	offered := request.Offer.Suites
	if len(request.Offer.Versions) == 0 {
		offered = taken
	}
	i := slices.IndexFunc(offered, func(id uint16) bool { return slices.Contains(taken, id) })
	if len(request.Offer.Versions) > 0 && !slices.Contains(request.Offer.Versions, codepoint.TLS12) || i < 0 {
		h.Failure = &report.HandshakeFailed{Class: report.HandshakeFailure, Detail: "The server refuses."}
		h.Alerts = []report.Alert{{Number: 40}}
		return scan.Exchange{Request: request, Handshake: &h}
	}
	suite := codepoint.Suite(offered[i])
	h.Version, h.Suite, h.Step = codepoint.TLS12, &suite, report.StepDone
	return scan.Exchange{Request: request, Handshake: &h}
}

// The page asks for the next handshakes until none is left, tells of each once,
// and shows what each step says; a list is a list there, also when it is empty.
// What is told step by step gives what telling all at once gives, also by an
// engine that was started again meanwhile.
func TestScanIsPlanned(t *testing.T) {
	target := scan.Target{Host: "www.example.com", Port: 443}
	var done []scan.Exchange
	told, sent := 0, 0
	for {
		if len(done) == 9 {
			scanned.id, scanned.done = 0, nil // as in an engine that was started again
			if out := tell(t, scanRequest{ID: 1, Target: target, Told: told, Done: done[told:]}); out != nil {
				t.Fatalf("an engine that knows of nothing answers %s", out)
			}
			sent, told = 0, 0
		}
		out := tell(t, scanRequest{ID: 1, Target: target, Told: told, Done: done[told:]})
		sent += len(done) - told
		told = len(done)
		want, err := encode(scan.Plan(target, done))
		if err != nil || string(out) != string(want) {
			t.Fatalf("after %d handshakes:\n%s\nwant, %v\n%s", len(done), out, err, want)
		}
		var step scan.Step
		var value any
		if err := errors.Join(json.Unmarshal(out, &value), json.Unmarshal(out, &step)); err != nil {
			t.Fatal(err)
		}
		for _, place := range nulls("step", value) {
			t.Errorf("after %d handshakes, %s is null", len(done), place)
		}
		if len(step.Next) == 0 {
			break
		}
		done = append(done, answer(step.Next[0]))
	}
	if len(done) < 20 || sent != len(done) {
		t.Errorf("%d handshakes, told of %d", len(done), sent)
	}
	if scanned.done != nil {
		t.Error("a scan that is done is not forgotten")
	}
}

func TestScansAreToldApart(t *testing.T) {
	target := scan.Target{Host: "www.example.com", Port: 443}
	var done []scan.Exchange
	for range 3 {
		done = append(done, answer(scan.Plan(target, done).Next[0]))
	}
	for name, c := range map[string]struct {
		between scanRequest
		known   bool
	}{
		"the end of another scan": {scanRequest{ID: 6, End: true}, true},
		"a step without news":     {scanRequest{ID: 7, Target: target, Told: 2}, true},
		"its own end":             {scanRequest{ID: 7, End: true}, false},
		"another scan":            {scanRequest{ID: 8, Target: target}, false},
		"its beginning":           {scanRequest{ID: 7, Target: target}, false},
		"more than was told of":   {scanRequest{ID: 7, Target: target, Told: 2, Done: done[2:]}, false},
	} {
		tell(t, scanRequest{ID: 7, Target: target, Done: done[:2]})
		tell(t, c.between)
		if out := tell(t, scanRequest{ID: 7, Target: target, Told: 2, Done: done[2:]}); (out != nil) != c.known {
			t.Errorf("after %s: %.60s", name, out)
		}
	}
}

func TestBadRequestsAreErrors(t *testing.T) {
	for _, name := range []string{"target", "scan"} {
		for _, in := range []string{"", "{", `[]`, fmt.Sprint(1)} {
			if out, err := call(context.Background(), name, func() []byte { return []byte(in) }, func([]byte) {}); err == nil {
				t.Errorf("%s(%q) gives %s", name, in, out)
			}
		}
	}
}
