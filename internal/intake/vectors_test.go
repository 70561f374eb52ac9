package intake

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/tools/txtar"

	"certlens/internal/report"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata/*.txtar")

// A vector is one txtar file: what it shows in the comment, the input, and what
// Scan makes of it. A line "encode: NAME" in the comment says how the input of
// the file becomes the input of the test.
type vector struct {
	path    string
	archive *txtar.Archive
	input   []byte
}

// encoders turn the text of a vector into bytes that a txtar file can't hold.
var encoders = map[string]func([]byte) []byte{
	"crlf":        func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) },
	"cr":          func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) },
	"utf-8-bom":   func(b []byte) []byte { return append([]byte("\xEF\xBB\xBF"), b...) },
	"utf-16le":    func(b []byte) []byte { return toUTF16(b, binary.LittleEndian) },
	"utf-16be":    func(b []byte) []byte { return toUTF16(b, binary.BigEndian) },
	"base64":      fromBase64,
	"nul":         func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("␀"), []byte{0}) },
	"trim":        bytes.TrimSpace,
	"spaced":      func(b []byte) []byte { return bytes.ReplaceAll(bytes.TrimSpace(b), []byte("\n"), []byte(" ")) },
	"json-string": func(b []byte) []byte { return bytes.ReplaceAll(bytes.TrimSpace(b), []byte("\n"), []byte(`\n`)) },
}

func toUTF16(b []byte, order binary.AppendByteOrder) []byte {
	out := order.AppendUint16(nil, 0xFEFF)
	for _, u := range utf16.Encode([]rune(string(b))) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func fromBase64(b []byte) []byte {
	out, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(string(b), "\n", ""))
	if err != nil {
		panic(err)
	}
	return out
}

func vectors(t testing.TB) []vector {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no vectors in testdata: %v", err)
	}
	var list []vector
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		v := vector{path: path, archive: a, input: a.Files[0].Data}
		for line := range strings.Lines(string(a.Comment)) {
			if name, ok := strings.CutPrefix(strings.TrimSpace(line), "encode: "); ok {
				encode := encoders[name]
				if encode == nil {
					t.Fatalf("%s: no encoder %q", path, name)
				}
				v.input = encode(v.input)
			}
		}
		list = append(list, v)
	}
	return list
}

func TestVectors(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(strings.TrimSuffix(filepath.Base(v.path), ".txtar"), func(t *testing.T) {
			got := render(Scan(Source{Data: v.input}))
			if *update {
				v.archive.Files = []txtar.File{v.archive.Files[0], {Name: "want", Data: []byte(got)}}
				if err := os.WriteFile(v.path, txtar.Format(v.archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(v.archive.Files) != 2 {
				t.Fatal("no want section; run with -update")
			}
			if want := string(v.archive.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// render gives a result as text that is easy to review. What is empty is left out.
func render(r Result) string {
	var b strings.Builder
	if len(r.Inputs) == 0 {
		b.WriteString("nothing\n")
	}
	for i, in := range r.Inputs {
		fmt.Fprintf(&b, "input %d: %s", i, in.Kind)
		if in.Label != "" {
			fmt.Fprintf(&b, " %q", in.Label)
		}
		fmt.Fprintf(&b, " at %d:%d, offset %d, %d bytes\n", in.Where.Line, in.Where.Column, in.Where.Offset, in.Where.Length)
		if in.Secret {
			b.WriteString("  secret\n")
		}
		if in.Password != "" {
			fmt.Fprintf(&b, "  password: %s\n", in.Password)
		}
		for _, m := range in.Repairs {
			fmt.Fprintf(&b, "  repair %s, line %d: %s\n", m.Kind, m.Line, m.Detail)
		}
		if in.Note != "" {
			fmt.Fprintf(&b, "  note: %s\n", in.Note)
		}
		for _, o := range r.Objects {
			if o.Input == i {
				renderObject(&b, o)
			}
		}
		for _, tr := range r.Transcripts {
			if tr.Input == i {
				renderTranscript(&b, tr)
			}
		}
	}
	if r.Truncated {
		b.WriteString("truncated\n")
	}
	return b.String()
}

func renderObject(b *strings.Builder, o Object) {
	fmt.Fprintf(b, "  %s, %d bytes, %s", o.Kind, len(o.DER), ID(o.DER)[:16])
	if o.Missing > 0 {
		fmt.Fprintf(b, ", %d missing", o.Missing)
	}
	if o.Encrypted {
		b.WriteString(", encrypted")
	}
	b.WriteString("\n")
}

func renderTranscript(b *strings.Builder, tr report.Transcript) {
	field := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "0" && s != "false" {
			fmt.Fprintf(b, "  %s: %s\n", name, s)
		}
	}
	field("tool", tr.Tool)
	field("flavour", tr.Flavour)
	field("host", tr.Host)
	field("port", tr.Port)
	field("address", tr.Address)
	field("sni", tr.SNI)
	field("starttls", tr.StartTLS)
	field("connected", tr.Connected)
	field("protocol", tr.Protocol)
	field("cipher", tr.Cipher)
	field("group", tr.Group)
	field("signature", strings.TrimSpace(tr.SignatureType+" "+tr.SignatureDigest))
	field("server key bits", tr.ServerKeyBits)
	field("alpn", tr.ALPN)
	field("alpn none", tr.ALPNNone)
	for _, c := range tr.Chain {
		fmt.Fprintf(b, "  chain %d: %s", c.Depth, c.Subject)
		fmt.Fprintf(b, " / %s / %.16s\n", c.Issuer, c.Certificate)
	}
	field("no peer certificate", tr.NoPeerCertificate)
	field("ocsp staple", tr.OCSPStaple)
	for _, e := range tr.VerifyErrors {
		fmt.Fprintf(b, "  verify error %d at depth %d, line %d: %s / %s\n", e.Code, e.Depth, e.Line, e.Text, e.Subject)
	}
	fmt.Fprintf(b, "  verify code %d %s\n", tr.VerifyCode, tr.VerifyText)
	for _, a := range tr.Alerts {
		fmt.Fprintf(b, "  alert %d %s, sent %v, line %d\n", a.Number, a.Name, a.Sent, a.Line)
	}
	for _, e := range tr.Errors {
		fmt.Fprintf(b, "  error %q, line %d: %s\n", e.Class, e.Line, e.Text)
	}
	field("exit", tr.Exit)
	field("client certificate requested", tr.ClientCertRequested)
	field("client certificate types", strings.Join(tr.ClientCertTypes, ", "))
	field("client signature algorithms", strings.Join(tr.ClientSignatureAlgorithms, ", "))
	for _, n := range tr.ClientCANames {
		field("client CA", n)
	}
	for _, c := range tr.Contradictions {
		field("contradiction", c)
	}
}
