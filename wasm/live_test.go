package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

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
		`{"text":"mail.example.com:587","starttls":""}`:      `{"target":{"host":"mail.example.com","port":587,"starttls":"submission"},"command":"openssl s_client -connect mail.example.com:587 -servername mail.example.com -showcerts -starttls smtp </dev/null"}`,
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

// The page asks for the next handshakes until none is left, and shows what each
// step says; a list is a list there, also when it is empty.
func TestScanIsPlanned(t *testing.T) {
	var done []scan.Exchange
	for range 3 {
		in, err := json.Marshal(scanRequest{Target: scan.Target{Host: "www.example.com", Port: 443}, Done: done})
		if err != nil {
			t.Fatal(err)
		}
		out, _, err := ask(t.Context(), "scan", in)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(out, &value); err != nil {
			t.Fatal(err)
		}
		for _, place := range nulls("step", value) {
			t.Errorf("after %d handshakes, %s is null", len(done), place)
		}
		var step scan.Step
		if err := json.Unmarshal(out, &step); err != nil {
			t.Fatal(err)
		}
		if len(step.Next) == 0 {
			if len(done) == 0 {
				t.Error("nothing is to be asked")
			}
			return
		}
		for _, request := range step.Next {
			done = append(done, scan.Exchange{Request: request, Refusal: "The worker refuses."})
		}
	}
	t.Error("the scan of a server that nobody may ask does not end")
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
