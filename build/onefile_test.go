package main

import (
	"strings"
	"testing"
)

const source = `<!doctype html><html><head><meta charset="utf-8" />
<link rel="icon" href="./icon.svg" type="image/svg+xml" /><link rel="stylesheet" href="./src/page.css" />
<!-- online --><link rel="manifest" href="manifest.webmanifest" /><!-- /online -->
<script type="module" src="./src/page.ts"></script></head><body><cert-lens probe="/v1"></cert-lens></body></html>`

func TestOneFile(t *testing.T) {
	o := oneFile{script: "alert(1)", worker: "self.x=1", style: "p{}", engine: "AAAA", icon: "data:,"}
	got, err := o.build(online.ReplaceAllString(source, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<meta charset="utf-8" />` + "\n\t\t" + `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; `,
		// printf 'alert(1)' | openssl dgst -sha256 -binary | base64
		`script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' `,
		`<style>p{}</style>`, `id="worker">self.x=1</script>`, `id="engine">AAAA</script>`,
		`<script type="module">alert(1)</script>` + "\n</body>", `<cert-lens></cert-lens>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s:\n%s", want, got)
		}
	}
	for _, not := range []string{"connect-src", "probe", "manifest", `src="`, `href="./`} {
		if strings.Contains(got, not) {
			t.Errorf("has %s:\n%s", not, got)
		}
	}
}

func TestOneFileRefusesWhatWouldEndAScript(t *testing.T) {
	for _, script := range []string{"x = '</script>'", "x = '<!--<SCRIPT>'", "a\rb", "a\x00b"} {
		o := oneFile{script: script, engine: "AAAA"}
		if _, err := o.build(source); err == nil {
			t.Errorf("%q is taken", script)
		}
	}
}

func TestPrecacheIsWhatThePageNames(t *testing.T) {
	files := []file{
		{"index.html", []byte(`<script src="./assets/page-1.js"><link href="manifest.webmanifest"><a href="certlens.html">`)},
		{"assets/page-1.js", []byte(`worker-2.js sw.js embed.html`)},
		{"assets/worker-2.js", []byte(`engine-3.wasm`)},
		{"assets/engine-3.wasm", nil}, {"assets/embed-4.js", nil}, {"assets/icon-5.png", nil},
		{"manifest.webmanifest", []byte(`icon-5.png`)},
		{"certlens.html", nil}, {"sw.js", nil}, {"embed.html", []byte("embed-4.js")}, {"_headers", nil},
	}
	var got []string
	for _, f := range precache(files) {
		got = append(got, f.path)
	}
	const want = "assets/engine-3.wasm assets/icon-5.png assets/page-1.js assets/worker-2.js index.html manifest.webmanifest"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
}
