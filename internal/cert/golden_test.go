package cert

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"certlens/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// testTime is the time that all tests judge for.
var testTime = time.Date(2026, 11, 20, 16, 20, 32, 0, time.UTC)

// toJSON is v as it stands in golden files.
func toJSON(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	must(enc.Encode(v))
	return out.Bytes()
}

// golden compares got with a file, or rewrites the file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		must(os.WriteFile(file, got, 0o644))
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test -update and read the difference", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and read the difference. Got:\n%s", file, firstDifference(got, want))
	}
}

// firstDifference is the first line of got that is not in the same place of want.
func firstDifference(got, want []byte) string {
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range g {
		if i >= len(w) || !bytes.Equal(g[i], w[i]) {
			line := "(nothing)"
			if i < len(w) {
				line = string(w[i])
			}
			return string(g[i]) + "\nwant:\n" + line
		}
	}
	return "(a shorter text)"
}

// TestGolden compares the report of every certificate in testdata/certs. The
// bulky fields that say nothing new are checked elsewhere and left out.
func TestGolden(t *testing.T) {
	for name, der := range pemFiles(t) {
		t.Run(name, func(t *testing.T) {
			r := Parse(der).Report(testTime)
			r.DER = ""
			for i := range r.Extensions {
				r.Extensions[i].Value = clipText(r.Extensions[i].Value)
			}
			r.Key.Modulus, r.Key.Point = clipText(r.Key.Modulus), clipText(r.Key.Point)
			r.Signature.Value = clipText(r.Signature.Value)
			golden(t, "testdata/certs/"+name+".json", toJSON(r))
		})
	}
}

func clipText(s string) string {
	if len(s) > 64 {
		return s[:64] + "..."
	}
	return s
}

// TestGoldenTree compares the trees of some certificates.
func TestGoldenTree(t *testing.T) {
	files := pemFiles(t)
	for _, name := range []string{"dv", "names", "unknown-extension"} {
		golden(t, "testdata/trees/"+name+".txt", []byte(drawTree(Tree(files[name]), "")))
	}
}

// drawTree writes one node per line.
func drawTree(n report.ASN1, indent string) string {
	var out strings.Builder
	drawNode(&out, n, indent)
	return out.String()
}

func drawNode(out *strings.Builder, n report.ASN1, indent string) {
	out.WriteString(indent + n.Type)
	if n.Encapsulated {
		out.WriteString(" holding")
	}
	if n.Value != "" {
		out.WriteString(" " + n.Value)
	}
	if n.Error != "" {
		out.WriteString(" ! " + n.Error)
	}
	fmt.Fprintf(out, "  @%d+%d+%d\n", n.Offset, n.Header, n.Length)
	for _, child := range n.Children {
		drawNode(out, child, indent+"  ")
	}
}
