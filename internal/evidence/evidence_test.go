package evidence

import (
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"certlens/internal/report"
)

var update = flag.Bool("update", false, "write what the vectors should give")

// A vector is one file of testdata.
type vector struct {
	name, kind string
	der        []byte
	at         time.Time
	want       string
	archive    *txtar.Archive
}

func vectors(t testing.TB) []vector {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	var all []vector
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v := vector{name: file, archive: archive}
		for _, part := range archive.Files {
			text := strings.TrimSpace(string(part.Data))
			switch part.Name {
			case "crl", "ocsp":
				v.kind = part.Name
				v.der, err = base64.StdEncoding.DecodeString(strings.ReplaceAll(text, "\n", ""))
			case "at":
				v.at, err = time.Parse(time.RFC3339, text)
			case "want":
				v.want = string(part.Data)
			}
			if err != nil {
				t.Fatalf("%s: %s: %v", file, part.Name, err)
			}
		}
		all = append(all, v)
	}
	return all
}

func (v vector) decode(der []byte) report.Object {
	if v.kind == "crl" {
		return DecodeCRL(der, v.at)
	}
	return DecodeOCSP(der, v.at)
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		got := text(v.decode(v.der))
		if *update {
			v.archive.Files[len(v.archive.Files)-1].Data = []byte(got)
			if err := os.WriteFile(v.name, txtar.Format(v.archive), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got != v.want {
			t.Errorf("%s: got\n%s\nwant\n%s", v.name, got, v.want)
		}
	}
}

// text writes an object as lines, without its ID.
func text(o report.Object) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s: %s\n", o.Kind, o.Title)
	if p := o.Problem; p != nil {
		fmt.Fprintf(&out, "problem: %s, byte %d: %s (fatal: %t)\n", p.Field, p.Offset, p.Detail, p.Fatal)
	}
	lines(&out, o.Fields, "")
	return out.String()
}

func lines(out *strings.Builder, fields []report.Field, indent string) {
	for _, f := range fields {
		fmt.Fprintf(out, "%s%s: %s\n", indent, f.Label, f.Value)
		lines(out, f.Items, indent+"  ")
	}
}
