package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"certlens/internal/intake"
	"certlens/internal/lab"
	"certlens/internal/report"
)

var update = flag.Bool("update", false, "write the vectors in testdata anew; read the difference")

const testdata = "../../testdata"

// analyze runs a vector at the moment of the lab.
func (v vector) analyze(progress func(Progress)) *report.Report {
	req := Request{Sources: []intake.Source{{Data: []byte(v.input)}}, Host: v.host, At: lab.At, Progress: progress}
	if v.anchors != "" {
		req.Anchors = []intake.Source{{Data: []byte(v.anchors)}}
	}
	return Analyze(context.Background(), req)
}

// archive is the vector's file.
func (v vector) archive(r *report.Report) *txtar.Archive {
	request, _ := json.Marshal(map[string]string{"host": v.host, "at": lab.At.Format(time.RFC3339)})
	a := &txtar.Archive{Comment: []byte(v.why + "\n"), Files: []txtar.File{
		{Name: "request.json", Data: append(request, '\n')},
		{Name: "input", Data: []byte(v.input)},
	}}
	if v.anchors != "" {
		a.Files = append(a.Files, txtar.File{Name: "anchors", Data: []byte(v.anchors)})
	}
	a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(summary(r))})
	return a
}

// summary is what a reader of a vector wants to see of a report.
func summary(r *report.Report) string {
	var out strings.Builder
	titles := map[string]string{}
	for _, c := range r.Certificates {
		titles[c.ID] = c.Title
	}
	if d := r.Diagnosis; d != nil {
		fmt.Fprintf(&out, "diagnosis: %s, %s, %s: %s\n", d.Class, d.Severity, d.Confidence, d.Summary)
		if d.Action != "" {
			fmt.Fprintf(&out, "action: %s\n", d.Action)
		}
		for _, cause := range d.Causes {
			fmt.Fprintf(&out, "cause: %s, %s\n", cause.Class, cause.From)
		}
		for _, a := range d.Alternatives {
			fmt.Fprintf(&out, "alternative: %s: %s %s\n", a.Class, a.Summary, a.Command)
		}
	}
	for _, e := range r.Errors {
		fmt.Fprintf(&out, "error: %s %s at %d:%d: %s\n", e.Client, e.Code, e.Where.Line, e.Where.Column, e.Class)
	}
	for _, f := range r.Fixes[:min(len(r.Fixes), 3)] {
		fmt.Fprintf(&out, "fix: %s: %s\n", f.ID, strings.Join(f.Commands, "; "))
	}
	for _, input := range r.Inputs {
		fmt.Fprintf(&out, "input: %s at %d:%d, %d bytes, gave %d %s\n", input.Kind, input.Where.Line, input.Where.Column, input.Where.Length, input.Count, input.Note)
	}
	for _, id := range r.Served {
		fmt.Fprintf(&out, "served: %s\n", titles[id])
	}
	for _, c := range r.Certificates {
		for _, p := range c.Problems {
			fmt.Fprintf(&out, "problem: %s: %s at %d: %s\n", c.Title, p.Field, p.Offset, p.Detail)
		}
	}
	for _, o := range r.Objects {
		fmt.Fprintf(&out, "object: %s: %s\n", o.Kind, o.Title)
	}
	for _, v := range r.Revocations {
		fmt.Fprintf(&out, "revocation: %s: %s, verified %t, current %t\n", titles[v.Certificate], v.Status, v.Verified, v.Current)
	}
	for _, p := range r.Paths {
		summarizePath(&out, p, titles)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "finding: %s %s %s\n", f.Severity, f.ID, titles[f.Certificate])
	}
	return out.String()
}

func summarizePath(out *strings.Builder, p report.Path, titles map[string]string) {
	var names []string
	for _, id := range p.Certificates {
		names = append(names, titles[id])
	}
	fmt.Fprintf(out, "path: %q, trusted %t: %s\n", p.Store, p.Trusted, strings.Join(names, " < "))
	for _, problem := range p.Problems {
		fmt.Fprintf(out, "  %s: %s (%s)\n", problem.Class, problem.Detail, problem.Rule)
	}
}

func TestVectors(t *testing.T) {
	for _, v := range vectors() {
		t.Run(v.name, func(t *testing.T) {
			file := filepath.Join(testdata, v.name+".txtar")
			got := txtar.Format(v.archive(v.analyze(nil)))
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; go test ./internal/engine -update rewrites it\n%s", file, firstDifference(string(got), string(want)))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

// The same input at the same time gives the same bytes.
func TestAnalyzeIsDeterministic(t *testing.T) {
	for _, v := range vectors() {
		first, _ := json.Marshal(v.analyze(nil))
		second, _ := json.Marshal(v.analyze(nil))
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two runs differ", v.name)
		}
	}
}

// A private key must not appear in any form that a report could hold it in.
func TestPrivateKeyIsNotInTheReport(t *testing.T) {
	scalar, err := leaf.Key.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors() {
		if v.name != "private-key" {
			continue
		}
		data, err := json.Marshal(v.analyze(nil))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(lab.KeyPEM(leaf)) {
			if line = strings.TrimSpace(line); !strings.HasPrefix(line, "-----") && bytes.Contains(data, []byte(line)) {
				t.Errorf("the report holds a line of the key: %s", line)
			}
		}
		if bytes.Contains(data, fmt.Appendf(nil, "%x", scalar)) {
			t.Error("the report holds the key in hexadecimal")
		}
		return
	}
	t.Fatal("there is no vector with a private key")
}

// The partial report holds all but the outcome of the rules.
func TestProgress(t *testing.T) {
	var partial *report.Report
	var stages []string
	v := vectors()[0]
	whole := v.analyze(func(p Progress) {
		stages = append(stages, fmt.Sprintf("%s %d/%d", p.Stage, p.Done, p.Total))
		if p.Report != nil {
			partial = p.Report
		}
	})
	if got, want := strings.Join(stages, ", "), "decode 1/2, decode 2/2, lint 0/2, lint 1/2, lint 2/2"; got != want {
		t.Errorf("progress was %s, want %s", got, want)
	}
	if partial == nil || partial.Diagnosis == nil || partial.Diagnosis.Class != whole.Diagnosis.Class {
		t.Fatal("the partial report has not the diagnosis of the whole")
	}
	if len(partial.Lints) != 0 || len(partial.Findings) != 0 {
		t.Error("the partial report has lints")
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r := Analyze(ctx, Request{
		Sources: []intake.Source{{Data: []byte(lab.PEM(leaf, issuing))}}, At: lab.At,
		Progress: func(p Progress) {
			if p.Stage == "lint" {
				cancel()
			}
		},
	})
	if !r.Truncated || len(r.Notes) == 0 || len(r.Lints) > 1 {
		t.Errorf("truncated %t, notes %q, %d lint runs", r.Truncated, r.Notes, len(r.Lints))
	}
	if len(r.Certificates) != 2 {
		t.Errorf("a cancelled report lost certificates: it has %d", len(r.Certificates))
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name string
		req  Request
		ok   bool
	}{
		{"defaults", Request{At: lab.At}, true},
		{"named", Request{At: lab.At, Profile: "smime", Stores: []string{"mozilla"}}, true},
		{"no store", Request{At: lab.At, Stores: []string{}}, true},
		{"unknown profile", Request{At: lab.At, Profile: "strict"}, false},
		{"unknown store", Request{At: lab.At, Stores: []string{"netscape"}}, false},
		{"year", Request{At: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)}, false},
	} {
		if err := Check(test.req); (err == nil) != test.ok {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
