package intake

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"certlens/internal/report"
)

func TestNothing(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty": nil, "nul": make([]byte, 1000), "white space": []byte(" \r\n\t\n"),
		"binary": bytes.Repeat([]byte{0xFF, 0x30, 0x80, 0x0A}, 1000), "sequence": {0x30}, "text of zeros": []byte("0000"),
		"utf-16 of nothing": {0xFF, 0xFE}, "half a mark": {0xFF}, "BEGIN alone": []byte("-----BEGIN "),
	} {
		if r := Scan(Source{Data: data}); len(r.Inputs)+len(r.Objects)+len(r.Transcripts) > 0 || r.Truncated {
			t.Errorf("%s: %s", name, render(r))
		}
	}
	if r := Scan(); len(r.Inputs) != 0 {
		t.Error("no sources give inputs")
	}
}

// TestSources: several sources keep their names and their own places.
func TestSources(t *testing.T) {
	l := newLab(t, "ed25519")
	r := Scan(Source{Name: "a.pem", Data: l.leaf.pem()}, Source{Data: []byte("nothing")}, Source{Name: "b.der", Data: l.root.cert.Raw})
	if len(r.Inputs) != 2 || len(r.Objects) != 2 {
		t.Fatal(render(r))
	}
	check(t, "first", r.Inputs[0].Source, "a.pem")
	check(t, "second", r.Inputs[1].Source, "b.der")
	check(t, "object", r.Objects[1].Input, 1)
	check(t, "offset", r.Inputs[1].Where.Offset, 0)
	check(t, "id", r.Inputs[1].Certificates[0], ID(l.root.cert.Raw))
}

// TestStructures: each sort of object is known by its structure, whatever the
// key, in all ways of writing.
func TestStructures(t *testing.T) {
	for _, sort := range []string{"rsa", "ecdsa", "ed25519"} {
		l := newLab(t, sort)
		spki, err := x509.MarshalPKIXPublicKey(l.leaf.key.Public())
		if err != nil {
			t.Fatal(err)
		}
		objects := map[Kind][]byte{Certificate: l.leaf.cert.Raw, CRL: l.crl(t), Request: l.request(t), PublicKey: spki}
		if sort != "ed25519" { // x/crypto/ocsp has none
			objects[OCSP] = l.staple(t)
		}
		for kind, der := range objects {
			b64 := base64.StdEncoding.EncodeToString(der)
			for name, data := range map[string][]byte{
				"der": der, "twice": append(bytes.Clone(der), der...), "base64": []byte(b64), "quoted": []byte(`x="` + b64 + `";`),
				"unknown label": pemBlock("EXAMPLE", der), "lines": bytes.ReplaceAll(pemBlock("X", der), []byte("-----"), nil)[7:],
			} {
				r := Scan(Source{Data: data})
				if len(r.Objects) == 0 || r.Objects[0].Kind != kind || !bytes.Equal(r.Objects[0].DER, der) {
					t.Errorf("%s %s as %s: %s", sort, kind, name, render(r))
				}
			}
		}
	}
}

// TestCutShort: an object cut anywhere after its first bytes keeps its kind, and
// the number of missing bytes is right.
func TestCutShort(t *testing.T) {
	l := newLab(t, "rsa")
	for _, der := range [][]byte{l.leaf.cert.Raw, l.crl(t), l.request(t)} {
		whole := Scan(Source{Data: der}).Objects[0].Kind
		for n := 200; n < len(der); n += 7 {
			for name, data := range map[string][]byte{
				"der": der[:n], "base64": []byte(base64.StdEncoding.EncodeToString(der[:n])), "pem": pemBlock("CERTIFICATE", der[:n]),
			} {
				r := Scan(Source{Data: data})
				if len(r.Objects) != 1 || r.Objects[0].Kind != whole || r.Objects[0].Missing != len(der)-n {
					t.Fatalf("%s of %d bytes cut after %d: %s", name, len(der), n, render(r))
				}
				if want := fmt.Sprintf("Cut short: %d of %d bytes are missing.", len(der)-n, len(der)); !strings.Contains(r.Inputs[0].Note, want) {
					t.Fatalf("note %q, want %q", r.Inputs[0].Note, want)
				}
			}
		}
	}
}

// TestPositions compares line and column with a count from the start.
func TestPositions(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		data := make([]byte, random.IntN(3*markStep))
		for i := range data {
			data[i] = "\n\r\n\rab"[random.IntN(6)]
		}
		x := &text{data: data}
		line, column := 1, 1
		for i, c := range data {
			if gotLine, gotColumn := x.position(i); gotLine != line || gotColumn != column {
				t.Fatalf("offset %d of %q: got %d:%d, want %d:%d", i, data[max(0, i-9):i+1], gotLine, gotColumn, line, column)
			}
			column++
			if c == '\n' || c == '\r' && !bytes.HasPrefix(data[i+1:], []byte("\n")) {
				line, column = line+1, 1
			}
		}
	}
}

// TestLines compares the walk over lines with a split of the whole.
func TestLines(t *testing.T) {
	for _, s := range []string{"", "a", "a\n", "a\r\nb", "\r\r\n\n\ra", "a\rb\nc\r\n", "\n\n"} {
		var got []string
		for l := linesFrom([]byte(s), 0); ; {
			start, end, ok := l.next()
			if !ok {
				break
			}
			got = append(got, s[start:end])
		}
		want := strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n")
		if want[len(want)-1] == "" {
			want = want[:len(want)-1]
		}
		if !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

// TestRunsInARow: runs of s_client keep apart when one paste holds several, in
// any order, and nothing of one reaches the other.
func TestRunsInARow(t *testing.T) {
	type whole struct {
		name string
		data []byte
		runs []report.Transcript
	}
	var list []whole
	for _, v := range vectors(t) {
		if !bytes.Contains(v.archive.Comment, []byte("ecorded from")) || bytes.Contains(v.archive.Comment, []byte("encode")) {
			continue
		}
		if runs := bare(Scan(Source{Data: v.input})); len(runs) > 0 {
			list = append(list, whole{filepath.Base(v.path), v.input, runs})
		}
	}
	if len(list) < 20 {
		t.Fatalf("%d vectors", len(list))
	}
	for _, a := range list {
		for _, b := range list {
			if a.name == "s_client-nocert.txtar" && isErrorLine(nil, b.data) {
				continue // the last line of a and the first of b could well be of one run
			}
			got := bare(Scan(Source{Data: append(bytes.Clone(a.data), b.data...)}))
			want := append(append([]report.Transcript{}, a.runs...), b.runs...)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s then %s: %d runs, want %d", a.name, b.name, len(got), len(want))
				for i := range got {
					if i < len(want) && !reflect.DeepEqual(got[i], want[i]) {
						t.Logf("got  %+v\nwant %+v", got[i], want[i])
					}
				}
			}
		}
	}
}

// bare gives transcripts without the numbers that depend on what stands before.
func bare(r Result) []report.Transcript {
	for i := range r.Transcripts {
		tr := &r.Transcripts[i]
		tr.Input = 0
		for j := range tr.VerifyErrors {
			tr.VerifyErrors[j].Line = 0
		}
		for j := range tr.Alerts {
			tr.Alerts[j].Line = 0
		}
		for j := range tr.Errors {
			tr.Errors[j].Line = 0
		}
	}
	return r.Transcripts
}

// TestRootStores reads the PEM files of whole root stores like encoding/pem does.
func TestRootStores(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/data/stores/*.pem")
	if len(paths) == 0 {
		t.Skip("no root stores in ../shared/data/stores: they come with the test material of the project")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := Scan(Source{Data: data})
		n := 0
		for rest := data; ; n++ {
			var b *pem.Block
			if b, rest = pem.Decode(rest); b == nil {
				break
			}
			if n >= len(r.Objects) || !bytes.Equal(r.Objects[n].DER, b.Bytes) || r.Objects[n].Kind != Certificate {
				t.Fatalf("%s: certificate %d differs", path, n)
			}
		}
		check(t, path, len(r.Objects), n)
		for _, in := range r.Inputs {
			if in.Note != "" || len(in.Repairs) > 0 {
				t.Errorf("%s: %+v", path, in)
			}
		}
	}
}

// TestLimbo finds every certificate of x509-limbo inside the strings of its JSON
// file, where line breaks are escaped.
func TestLimbo(t *testing.T) {
	data, err := os.ReadFile("../../../shared/x509-limbo/limbo.json")
	if err != nil {
		t.Skip("no limbo.json in ../shared/x509-limbo: it comes with the test material of the project")
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	eachString(tree, func(s string) {
		for rest := []byte(s); ; {
			var b *pem.Block
			if b, rest = pem.Decode(rest); b == nil {
				return
			}
			want[ID(b.Bytes)] = true
		}
	})
	r := Scan(Source{Data: data})
	got := map[string]bool{}
	for _, o := range r.Objects {
		if o.Missing == 0 {
			got[ID(o.DER)] = true
		}
	}
	if len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d certificates, want %d", len(got), len(want))
	}
}

// eachString calls f for every string of a JSON tree.
func eachString(v any, f func(string)) {
	switch v := v.(type) {
	case string:
		f(v)
	case []any:
		for _, e := range v {
			eachString(e, f)
		}
	case map[string]any:
		for _, e := range v {
			eachString(e, f)
		}
	}
}

// TestLimits: each limit is said, and what was read before it is there.
func TestLimits(t *testing.T) {
	l := newLab(t, "ed25519")
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"objects":     {bytes.Repeat(l.leaf.cert.Raw, MaxObjects+1), "limit of 10000 objects"},
		"blocks":      {bytes.Repeat(l.leaf.pem(), MaxObjects+1), "limit of 10000 objects"},
		"inputs":      {bytes.Repeat([]byte("-----BEGIN EXAMPLE-----\n"), 100*MaxInputs), "limit of 10000 pieces"},
		"transcripts": {bytes.Repeat([]byte("CONNECTED(00000003)\n"), MaxTranscripts+1), "limit of 1000 transcripts"},
		"lists": {append([]byte("CONNECTED(3)\n"), bytes.Repeat([]byte("verify error:num=1:x\n"), 2*MaxTranscriptItems)...),
			"Lists in this transcript end after 1000 entries."},
		"bytes": {make([]byte, MaxBytes+1), "Only the first 67108864 of 67108865 bytes are read."},
	} {
		r := Scan(Source{Data: c.data})
		if !r.Truncated || len(r.Inputs) == 0 || len(r.Inputs) > MaxInputs+MaxTranscripts || len(r.Objects) > MaxObjects {
			t.Errorf("%s: truncated %v, %d inputs, %d objects", name, r.Truncated, len(r.Inputs), len(r.Objects))
			continue
		}
		if note := r.Inputs[len(r.Inputs)-1].Note; !strings.Contains(note, c.want) {
			t.Errorf("%s: note %q", name, note)
		}
	}
}

// TestLinear: input that is made to cost time costs little more per byte when
// there is eight times as much of it.
func TestLinear(t *testing.T) {
	for name, unit := range hostile(t) {
		small, large := spend(unit, 1<<18), spend(unit, 1<<21)
		if large > 40*small+400*time.Millisecond {
			t.Errorf("%s: %v for 256 KiB, %v for 2 MiB", name, small, large)
		}
	}
}

// hostile gives texts that are made to cost time when they are repeated.
func hostile(t testing.TB) map[string]string {
	b64 := base64.StdEncoding.EncodeToString(newLab(t, "ed25519").leaf.cert.Raw)
	// A SEQUENCE of a SEQUENCE of an INTEGER and a SEQUENCE, like version 1.
	seq := base64.StdEncoding.EncodeToString([]byte("0\x82\x10\x000\x82\x0F\x00\x02\x01\x000\x82\x0E\x00"))[:20]
	open := "-----BEGIN CERTIFICATE-----\n" // what follows stands in a block
	units := map[string]string{
		"BEGIN lines": "-----BEGIN CERTIFICATE-----\n", "BEGIN in a row": "-----BEGIN X-----", "BEGIN and END": "-----BEGIN X-----\n-----END \n", "dashes": "-----\n",
		"no lines": "The quick brown fox. ", "lone CR": "fox\r", "empty lines": "\n", "M": "M", "tokens": "MII ",
		"cut base64": b64[:100] + "!", "cut lines": b64[:100] + "\n", "indefinite": "MIAGCSqGSIb3DQEHAqCAMIACAQExADALBgkqhkiG9w0BBwGggDCABgkq!",
		"depth": "depth=0 CN = x\n", "runs": "CONNECTED(3)\n", "commands": "openssl s_client -connect a:443\n", "go on": "openssl s_client \\\n",
		"BER": "\x30\x80", "BER ends": "\x30\x80\x00\x00", "equals": "-----BEGIN X-----\nAA==", "quotes": "> > > ",
		"refused tokens": "MIIB" + strings.Repeat("A", 60) + " ", "likely tokens": seq + strings.Repeat("A", 40) + " ",
		"threads":   "40F7:error:0A00010B:SSL routines:a:b:c:1:\n40F8:error:0A00010B:SSL routines:a:b:c:1:\n",
		"open keys": "-----BEGIN PRIVATE KEY-----\n", "key OIDs": "MII\x06\x03\x2B\x65\x70", "names": "0\x0B\x06\x03\x55\x04\x03",
		"errors": "40F7:error:0A00010B:SSL routines:a:b:c:1:\n", "UTF-16": "\xFF\xFE",

		"BEGIN": "BEGIN ", "-BEGIN": "---BEGIN", "a million dashes": "-", "em dashes": "—", "entities": "&#45;", "END lines": "-----END CERTIFICATE-----\n",
		"tails": strings.Repeat("A", 64) + "\n", "tails and END": strings.Repeat("A", 64) + "\n-----END X-----\n", "odd labels": "----BEGIN  CERTIFICATE ",
		"nested quotes": strings.Repeat("> ", 1000) + "x\n", "numbers": "1", "prefixes": strings.Repeat("a1 ", 80) + "-----BEGIN CERTIFICATE-----\n",
		"kty": `"kty":`, "objects": `{"kty":"RSA"`, "members": `{"kty":"d","d":"d"`, "braces": "{", "kty alone": "kty", "priv": "priv", "priv:": "priv:\n00:01\n", "hex lines": "00:01:02\n",
		"RSAKeyValue": "RSAKeyValue", "<RSAKeyValue>": "<RSAKeyValue>", "PuTTY": "PuTTY-User-Key-File-", "PuTTY lines": "PuTTY-User-Key-File-2: Public-Lines: 9\n", "AAAA": "AAAA",
		"SSH": "AAAAB3NzaC1yc2EAAAADAQABAAABAQC7AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 ", "hex": "30 82 ", "hex in lines": "30 82\n", "hex words": "0000000 8230 ", "hex of dashes": "2d2d2d",
		"dumps": "00000000: 3082 01d5 3082 017a\n", "hex runs": "3082 x ", "layers": b64Text(4), "text in base64": "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZywgYWdhaW4gYW5kIGFnYWlu ",
		"one token": "VGhlIHF1aWNrIGJyb3du", "a key store": "\xFE\xED\xFE\xED\x00\x00\x00\x02", "stores": "/u3+7QAAAAIAAAABAAAAAgAGdHJ1c3RlZAAAAA ",
		"curl": "* Connected to a (b) port 1\n", "curl hints": "* ALPN: offers x\n", "exits": "curl: (6) x\n", "verify": "error 20 at 0 depth lookup: x\n", "java": "javax.net.ssl|x|Produced ClientHello\n",
		"texts": "Certificate:\n", "owners": "Owner: a\n", "wget": "--  https://a\n", "containers": "a | ", "colours": "\x1b[31m", "colours in a run": "CONNECTED(3)\n\x1b[31m\x1b[",
	}
	noise := make([]byte, 3<<20)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	block := string(newLab(t, "ed25519").leaf.pem())
	encoded := func(format string) string {
		var out strings.Builder
		for _, c := range []byte(block) {
			fmt.Fprintf(&out, format, c)
		}
		return out.String()
	}
	for name, text := range map[string]string{
		"base64 of noise": base64.StdEncoding.EncodeToString(noise), "base64url of noise": base64.RawURLEncoding.EncodeToString(noise), "hex of noise": hex.EncodeToString(noise),
		"BEGIN, and noise": open + base64.StdEncoding.EncodeToString(noise), "percent": "%2D", "percent of PEM": encoded("%%%02X"), "percent twice": encoded("%%25%02X"),
		"entities of PEM": encoded("&#%d;"), "entities of PEM in hex": encoded("&#x%X;"), "entities of entities": "&amp;", "escaped PEM": strings.ReplaceAll(block, "\n", `\n`), "escapes of PEM": encoded(`\u%04x`),
		"quotes in quotes": `"\"\\\"\\\\\\\"`, "deep quotes": strings.Repeat(">", 5000) + " x\n", "BEGIN in one line": "-----BEGIN CERTIFICATE-----MIIB", "dashes and BEGIN": strings.Repeat("-", 1000) + "BEGIN",
	} {
		units["also: "+name] = text
	}
	for name, unit := range map[string]string{
		"slashes": "\\", "escapes": `\n`, "tags": "<", "brackets": "[", "carets": "^", "ESC": "\x1b", "ESC[": "\x1b[", "OSC": "\x1b]", "double quotes": `"`, "joined": "\"\n+\"", "dots": ".", "stars": "*",
		"percent": "%2", "ampersands": "&", "equals": "=", "QP": "=3D", "no-break": "\u00A0", "logs": "10:00:00 x AAAA\n", "words": "a b c d e f g\n", "headers": "a: b\n", "long lines": strings.Repeat("x", 5000) + "\n",
	} {
		units["in a block: "+name] = open + strings.Repeat(unit, 1<<21/len(unit)) // once is enough
	}
	return units
}

// b64Text gives text in so many layers of base64.
func b64Text(layers int) string {
	s := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 20)
	for range layers {
		s = base64.StdEncoding.EncodeToString([]byte(s))
	}
	return s
}

// spend is the time that a scan of about n bytes takes.
func spend(unit string, n int) time.Duration {
	data := []byte(strings.Repeat(unit, n/len(unit)+1)[:n])
	start := time.Now()
	Scan(Source{Data: data})
	return time.Since(start)
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"plain text":                            "plain text",
		"a\x00b\x1bc":                           "a b c",
		"\xff":                                  "\uFFFD",
		strings.Repeat("x1", 30):                withheld,
		strings.Repeat("ab/", 30):               strings.Repeat("ab/", 30),
		"q=" + strings.Repeat("A", 41) + ":end": "q=" + withheld + ":end",
		strings.Repeat("é", 400):                strings.Repeat("é", 256) + "…",
	} {
		if got := redact(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
