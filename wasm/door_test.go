package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"certlens/internal/engine"
	"certlens/internal/intake"
	"certlens/internal/lab"
	"certlens/internal/report"
)

// ask calls the door the way the page does.
func ask(ctx context.Context, name string, in []byte) (out []byte, progress []engine.Progress, err error) {
	out, err = call(ctx, name, func() []byte { return in }, func(p []byte) {
		var step engine.Progress
		if p != nil && json.Unmarshal(p, &step) == nil {
			progress = append(progress, step)
		}
	})
	return out, progress, err
}

// request is the form in which the page's client sends one source.
func request(data string, rest string) []byte {
	return fmt.Appendf(nil, "{\"sources\":[{\"name\":\"\",\"size\":%d}],\"at\":\"2026-11-20T12:00:00Z\"%s}\n%s", len(data), rest, data)
}

func TestAnalyzeIsTheEngine(t *testing.T) {
	out, progress, err := ask(t.Context(), "analyze", request(string(warmChain), `,"host":"www.example.com","profile":"webpki"`))
	if err != nil {
		t.Fatal(err)
	}
	var got report.Report
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	want := engine.Analyze(t.Context(), engine.Request{
		Sources: []intake.Source{{Data: warmChain}},
		Host:    "www.example.com",
		At:      time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
		Profile: "webpki",
	})
	whole, err := encode(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out, whole) {
		t.Error("the report that went through the door is not the engine's")
	}
	if len(got.Served) != 3 {
		t.Errorf("%d certificates served, want 3", len(got.Served))
	}
	for _, p := range progress {
		if p.Report != nil {
			t.Error("a partial report that nobody asked for")
		}
	}
}

// The field for a host takes what people paste there.
func TestHostOfARequest(t *testing.T) {
	for text, want := range map[string]string{
		"www.example.com": "www.example.com", "https://www.example.com:8443/x": "www.example.com", "www.example.com:443": "www.example.com", "": "",
	} {
		req, _, err := decodeRequest(request("", `,"host":"`+text+`"`))
		if err != nil || req.Host != want {
			t.Errorf("%q: %q, %v; want %q", text, req.Host, err, want)
		}
	}
}

func TestPartialReports(t *testing.T) {
	for count, want := range map[int]bool{partialFrom - 1: false, partialFrom: true} {
		var certificates []*lab.Cert
		for i := range count {
			certificates = append(certificates, lab.Issue(lab.Spec{Name: fmt.Sprintf("certificate %d", i)}))
		}
		_, progress, err := ask(t.Context(), "analyze", request(lab.PEM(certificates...), `,"partial":true`))
		if err != nil {
			t.Fatal(err)
		}
		isPartial := func(p engine.Progress) bool { return p.Report != nil && len(p.Report.Certificates) == count }
		if got := slices.ContainsFunc(progress, isPartial); got != want {
			t.Errorf("%d certificates: partial report %v, want %v", count, got, want)
		}
	}
}

func TestLongListsGoInParts(t *testing.T) {
	const count = longList + 200
	r := &report.Report{Findings: make([]report.Finding, count), Inputs: make([]report.Input, longList-1)}
	for i := range r.Findings {
		r.Findings[i] = report.Finding{ID: fmt.Sprint(i), Detail: strings.Repeat("<", 2000)}
	}
	var findings []report.Finding
	sizes := []int{}
	s := sender{progress: func(p []byte) {
		var got struct {
			List  string
			Items []report.Finding
		}
		if err := json.Unmarshal(p, &got); err != nil || got.List != "findings" {
			t.Errorf("a part of %q: %v", got.List, err)
		}
		findings = append(findings, got.Items...)
		sizes = append(sizes, len(p))
	}}
	rest := s.sendParts(r)
	if !reflect.DeepEqual(findings, r.Findings) {
		t.Errorf("the parts hold %d findings, want %d, in order", len(findings), count)
	}
	if len(sizes) < 2 || slices.Max(sizes) > 2*partSize {
		t.Errorf("the parts have %v bytes", sizes)
	}
	if rest.Findings == nil || len(rest.Findings) != 0 || len(rest.Inputs) != longList-1 || len(r.Findings) != count {
		t.Error("the rest should be the report without its long lists, and the report itself as before")
	}
	if s.err != nil {
		t.Error(s.err)
	}
}

// The types of the page say that a list is a list, also when it is empty.
func TestReportHasNoNull(t *testing.T) {
	for name, data := range map[string]string{
		"a chain": string(warmChain),
		"nothing": "",
		"prose":   "Hello, World",
		"damaged": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
	} {
		out, _, err := ask(t.Context(), "analyze", request(data, ""))
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(out, &value); err != nil {
			t.Fatal(err)
		}
		for _, place := range nulls("report", value) {
			t.Errorf("%s: %s is null", name, place)
		}
	}
}

func nulls(place string, value any) []string {
	var found []string
	switch v := value.(type) {
	case nil:
		return []string{place}
	case map[string]any:
		for name, field := range v {
			found = append(found, nulls(place+"."+name, field)...)
		}
	case []any:
		for i, item := range v {
			found = append(found, nulls(fmt.Sprintf("%s[%d]", place, i), item)...)
		}
	}
	return found
}

func TestSourcesAndAnchorsAreToldApart(t *testing.T) {
	in := []byte(`{"sources":[{"name":"a","size":2},{"name":"b","size":0}],"anchors":[{"name":"c","size":3}],` +
		`"at":"2026-11-20T12:00:00Z","stores":[],"partial":true}` + "\nxx\n\ny")
	got, partial, err := decodeRequest(in)
	if err != nil {
		t.Fatal(err)
	}
	want := engine.Request{
		Sources: []intake.Source{{Name: "a", Data: []byte("xx")}, {Name: "b", Data: []byte{}}},
		Anchors: []intake.Source{{Name: "c", Data: []byte("\n\ny")}},
		At:      time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
		Stores:  []string{},
	}
	if !reflect.DeepEqual(got, want) || !partial {
		t.Errorf("got %+v, %v, want %+v", got, partial, want)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct{ method, in, want string }{
		"a method that is none":  {"fetch", "", `no such method: "fetch"`},
		"no request":             {"analyze", "", "bad request"},
		"not JSON":               {"analyze", "{\n", "bad request"},
		"a time that is none":    {"analyze", `{"at":"yesterday"}`, "bad request"},
		"a store that is none":   {"analyze", `{"at":"2026-11-20T12:00:00Z","stores":["acme"]}`, `"acme"`},
		"a profile that is none": {"analyze", `{"at":"2026-11-20T12:00:00Z","profile":"acme"}`, `"acme"`},
		"no time at all":         {"analyze", `{}`, "no time"},
		"too little data":        {"analyze", `{"sources":[{"name":"x","size":9}],"at":"2026-11-20T12:00:00Z"}` + "\nabc", `source "x" has 9 bytes, and 3 are left`},
		"a size below zero":      {"analyze", `{"sources":[{"name":"x","size":-1}],"at":"2026-11-20T12:00:00Z"}` + "\nabc", "has -1 bytes"},
		"too much data":          {"analyze", `{"sources":[],"at":"2026-11-20T12:00:00Z"}` + "\nabc", "3 bytes more"},
	} {
		if out, _, err := ask(t.Context(), c.method, []byte(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %q and %v, want an error with %q", name, out, err, c.want)
		}
	}
}

func TestPanicIsAnError(t *testing.T) {
	out, err := call(t.Context(), "asn1", func() []byte { panic("not bytes") }, nil)
	if out != nil || err == nil || !strings.Contains(err.Error(), "asn1: panic: not bytes") {
		t.Errorf("got %q, %v", out, err)
	}
	if _, _, err := ask(t.Context(), "version", nil); err != nil {
		t.Errorf("the call after a panic failed: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := ask(ctx, "analyze", request(string(warmChain), "")); err != errCancelled {
		t.Errorf("got %v, want %v", err, errCancelled)
	}
}

func TestTree(t *testing.T) {
	out, _, err := ask(t.Context(), "asn1", []byte{0x30, 0x03, 0x02, 0x01, 0x05})
	if err != nil {
		t.Fatal(err)
	}
	var tree report.ASN1
	if err := json.Unmarshal(out, &tree); err != nil {
		t.Fatal(err)
	}
	if tree.Type != "SEQUENCE" || len(tree.Children) != 1 || tree.Children[0].Value != "5" {
		t.Errorf("got %+v", tree)
	}
}

func TestWarm(t *testing.T) {
	steps := 0
	if _, err := call(t.Context(), "warm", func() []byte { return nil }, func([]byte) { steps++ }); err != nil {
		t.Fatal(err)
	}
	if steps < 2 {
		t.Errorf("the warm-up let messages in %d times, want at least 2", steps)
	}
}

// FuzzCall holds that no bytes make the door panic or give what is not JSON.
func FuzzCall(f *testing.F) {
	f.Add("analyze", request("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", ""))
	f.Add("analyze", []byte(`{"sources":[{"size":1}],"anchors":[{"size":1}],"at":"2026-11-20T12:00:00Z"}`+"\nab"))
	f.Add("asn1", []byte{0x30, 0x80, 0x02, 0x01, 0x05, 0, 0})
	f.Add("version", []byte{})
	f.Fuzz(func(t *testing.T, name string, in []byte) {
		out, _, err := ask(t.Context(), name, in)
		if err != nil && strings.Contains(err.Error(), "panic") {
			t.Error(err)
		}
		if err == nil && name != "warm" && !json.Valid(out) {
			t.Errorf("not JSON: %q", out)
		}
	})
}
