package main

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"
)

func TestReadTests(t *testing.T) {
	got := readTests(bytes.NewBufferString(`{"Action":"run","Package":"certlens/x","Test":"TestA"}
{"Action":"pass","Package":"certlens/x","Test":"TestA"}
{"Action":"output","Package":"certlens/x","Test":"TestB","Output":"=== RUN   TestB\n"}
{"Action":"output","Package":"certlens/x","Test":"TestB","Output":"    b_test.go:7: openssl not found: apt-get install openssl\n"}
{"Action":"output","Package":"certlens/x","Test":"TestB","Output":"--- SKIP: TestB (0.00s)\n"}
{"Action":"skip","Package":"certlens/x","Test":"TestB"}
{"Action":"output","Package":"certlens/x","Test":"TestC","Output":"    c_test.go:9: got 1, want 2\n"}
{"Action":"fail","Package":"certlens/x","Test":"TestC"}
{"Action":"output","Package":"certlens/x","Output":"FAIL\n"}
{"Action":"fail","Package":"certlens/x"}
{"Action":"skip","Package":"certlens/y"}
{"Action":"build-output","ImportPath":"certlens/z","Output":"z.go:1: undefined: w\n"}
{"Action":"build-fail","ImportPath":"certlens/z"}
{"Action":"fail","Package":"certlens/z","FailedBuild":"certlens/z"}
`))
	if got.passed != 1 || got.failed != 2 || got.skipped != 1 {
		t.Errorf("%d passed, %d failed, %d skipped; want 1, 2, 1", got.passed, got.failed, got.skipped)
	}
	if want := []string{"skipped: x TestB: openssl not found: apt-get install openssl"}; !reflect.DeepEqual(got.notes, want) {
		t.Errorf("notes %q, want %q", got.notes, want)
	}
	for _, want := range []string{"got 1, want 2", "undefined: w"} {
		if !strings.Contains(got.output, want) {
			t.Errorf("the output lacks %q:\n%s", want, got.output)
		}
	}
}

func TestReadTAP(t *testing.T) {
	got := readTAP(`TAP version 13
ok 1 - a door # SKIP Chromium not found
not ok 2 - a window
# tests 5
# suites 0
# pass 2
# fail 1
# cancelled 1
# skipped 1
# todo 0
`)
	want := outcome{passed: 2, failed: 2, skipped: 1, notes: []string{"skipped: a door: Chromium not found"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestChoose(t *testing.T) {
	short, _ := choose(nil, false)
	long, _ := choose(nil, true)
	if len(long) != len(checks) || len(short) >= len(long) {
		t.Errorf("%d checks, %d with long ones, of %d", len(short), len(long), len(checks))
	}
	one, err := choose([]string{"fuzz"}, false)
	if err != nil || len(one) != 1 {
		t.Errorf("got %v, %v", one, err)
	}
	if _, err := choose([]string{"gofmt", "spelling"}, false); err == nil {
		t.Error("a check that is none was chosen")
	}
}

// What a check promises is that .ci/run and a person run the same.
func TestOneCommandForAll(t *testing.T) {
	p, err := findProject()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		".ci/run":      "exec npm test </dev/null\n",
		"package.json": `"test": "go run ./build check",`,
	} {
		data, err := os.ReadFile(p.path(name))
		if err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s lacks %q: %v", name, want, err)
		}
	}
}
