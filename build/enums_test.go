package main

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestEnums(t *testing.T) {
	dir := t.TempDir()
	source := `package x

type Kind string

const (
	// A is the first.
	A Kind = "a"
	B Kind = "b"
	c      = "no type of its own"
	d string = "no enumeration"
	E = 5
)
`
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := readEnums(dir)
	if want := (enums{"Kind": {"a", "b"}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v, %v, want %v", got, err, want)
	}
	const generated = "/**\n * A Kind is one.\n */\nexport type Kind = string;\n/**\n * A is the first.\n */\n" +
		"export const A: Kind = \"a\";\nexport const B: Kind = \"b\";\nexport const E = 5;\nexport interface X {\n\tkind: Kind;\n}\n"
	const want = "/**\n * A Kind is one.\n */\nexport type Kind =\n\t| \"a\"\n\t| \"b\";\nexport interface X {\n\tkind: Kind;\n}\n"
	if got := got.typeScript(generated); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
