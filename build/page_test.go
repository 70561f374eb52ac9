package main

import (
	"slices"
	"strings"
	"testing"
)

const page = `<link rel="icon" href="./icon.svg" /><link rel="stylesheet" href="./src/page.css" />
<script type="module" src="./src/page.ts"></script><a href="https://example.com/">x</a><a href="#top">y</a>`

func TestReferences(t *testing.T) {
	want := []string{"icon.svg", "src/page.css", "src/page.ts"}
	if got := references(page + page); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRewrite(t *testing.T) {
	built := map[string]file{
		"icon.svg":     {"assets/icon-1.svg", []byte("icon")},
		"src/page.css": {"assets/page-2.css", []byte("style")},
		"src/page.ts":  {"assets/page-3.js", []byte("alert(1)")},
	}
	got, err := rewrite(page, built)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`href="./assets/icon-1.svg" />`,
		`href="./assets/page-2.css" integrity="sha384-`,
		// printf 'alert(1)' | openssl dgst -sha384 -binary | base64
		`src="./assets/page-3.js" integrity="sha384-HT2E9NfWiuQ/w1PRai+hTyqW16NIoCGA/m8VQDUopfAtcz6YQjtsMmQd5uRbVDpW"></script>`,
		`href="https://example.com/"`, `href="#top"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s:\n%s", want, got)
		}
	}
	delete(built, "icon.svg")
	if _, err := rewrite(page, built); err == nil || !strings.Contains(err.Error(), "icon.svg") {
		t.Errorf("got %v, want an error that names icon.svg", err)
	}
}

func TestHashedNameChangesWithTheContent(t *testing.T) {
	one, two := hashed("a.wasm", []byte("one")), hashed("a.wasm", []byte("two"))
	if one.path == two.path || !strings.HasPrefix(one.path, "assets/a-") || !strings.HasSuffix(one.path, ".wasm") {
		t.Errorf("got %s and %s", one.path, two.path)
	}
}

func TestPreload(t *testing.T) {
	got := preload(page, []file{{"assets/chunk-4.js", []byte("alert(1)")}})
	link := `<link rel="modulepreload" href="./assets/chunk-4.js" integrity="` + integrity([]byte("alert(1)")) + `" /><script type="module"`
	if strings.Count(got, link) != 1 {
		t.Errorf("lacks %s:\n%s", link, got)
	}
	if got := preload(page, nil); got != page {
		t.Errorf("changed without a reason:\n%s", got)
	}
}
