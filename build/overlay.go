package main

// In the WebAssembly programs alone, files of the standard library are replaced.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A replacement replaces files of the standard library: those of root, the
// folder of its sources, by what it adds to replace.
type replacement func(p project, root string, replace map[string]string) error

var (
	engineReplacements = []replacement{replaceCookieJar, replaceP256, replaceASN1, replaceJSON, replaceSymbolTable}
	workerReplacements = []replacement{replaceSymbolTable}
)

// overlay writes the description of some replacements, in the form that go build
// -overlay takes, and gives its path.
func (p project) overlay(ctx context.Context, name string, replacements []replacement) (string, error) {
	root, err := p.output(ctx, "go", "env", "GOROOT")
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for _, r := range replacements {
		if err := r(p, filepath.Join(root, "src"), replace); err != nil {
			return "", err
		}
	}
	description, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := p.cache(name + "-overlay.json")
	return path, write(path, description)
}

// replaceFile lets one file have another content.
func (p project) replaceFile(replace map[string]string, file, content string) error {
	replace[file] = p.cache("std", filepath.Base(filepath.Dir(file))+"_"+filepath.Base(file))
	return write(replace[file], []byte(content))
}

// editFile lets one file be what an edit makes of it.
func (p project) editFile(replace map[string]string, file string, change func(source string) string) error {
	source, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	edited := change(string(source))
	if edited == "" {
		return fmt.Errorf("build: %s is not written as it was: see build/overlay.go", file)
	}
	return p.replaceFile(replace, file, edited)
}

const cookieJar = `// Package cookiejar declares what a list of public suffixes implements.
package cookiejar

type PublicSuffixList interface {
	PublicSuffix(domain string) string
	String() string
}
`

// The list of public suffixes that zlint uses offers itself to the standard
// library's cookie jar, and so brings all of net/http and crypto/tls into the
// engine, which makes no request. A package with the one interface that the list
// needs stands in for net/http/cookiejar: the download is 1.5 % smaller, and
// several packages less initialise.
func replaceCookieJar(p project, root string, replace map[string]string) error {
	dir := filepath.Join(root, "net", "http", "cookiejar")
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if !strings.HasSuffix(file, "_test.go") {
			replace[file] = "" // as if it were not there
		}
	}
	return p.replaceFile(replace, filepath.Join(dir, "jar.go"), cookieJar)
}

// Multiples of the generator of P-256 come from a table of 88 kB that does not
// compress, 4 % of the download. They are computed like those of any other point
// instead, by the same package. The table stays, all zeros, for the function that
// sets a pointer to it.
func replaceP256(p project, root string, replace map[string]string) error {
	const (
		multiply = "func (p *P256Point) ScalarBaseMult(scalar []byte) (*P256Point, error) {\n"
		instead  = "\treturn p.ScalarMult(NewP256Point().SetGenerator(), scalar)\n}\n\n" +
			"func (p *P256Point) scalarBaseMultByTable(scalar []byte) (*P256Point, error) {\n"
		table = "package nistec\n\nvar p256PrecomputedEmbed [43 * 32 * 2 * 4 * 8]byte\n"
	)
	dir := filepath.Join(root, "crypto", "internal", "fips140", "nistec")
	if err := p.replaceFile(replace, filepath.Join(dir, "p256_table.go"), table); err != nil {
		return err
	}
	return p.editFile(replace, filepath.Join(dir, "p256.go"), func(source string) string {
		return replaceEach(source, [2]string{multiply, multiply + instead})
	})
}

// The function that decodes one ASN.1 value is divided, as that of zcrypto is.
func replaceASN1(p project, root string, replace map[string]string) error {
	return p.editFile(replace, filepath.Join(root, "encoding", "asn1", "asn1.go"), divideField)
}

// The fields of a type that is decoded are found one after another, in place of
// two maps that encoding/json makes for each type, those that are only encoded
// included: the report has fifty, and no type has more than thirty fields. And
// what it does for one field is a function of its own.
func replaceJSON(p project, root string, replace map[string]string) error {
	const (
		mapsBegin  = "\texactNameIndex := make("
		mapsEnd    = "\treturn structFields{fields, exactNameIndex, foldedNameIndex}\n"
		fieldBegin = "\t\t\tfor i := 0; i < f.typ.NumField(); i++ {\n"
		fieldEnd   = "\n\t\t\t}\n\t\t}\n\t}\n\n\tslices.SortFunc(fields, "
		find       = `
func (s structFields) find(key []byte) *field {
	for i := range s.list {
		if s.list[i].name == string(key) {
			return &s.list[i]
		}
	}
	folded := foldName(key)
	for i := range s.list {
		if bytes.Equal(foldName(s.list[i].nameBytes), folded) {
			return &s.list[i]
		}
	}
	return nil
}
`
	)
	dir := filepath.Join(root, "encoding", "json")
	err := p.editFile(replace, filepath.Join(dir, "encode.go"), func(source string) string {
		source = replaceBetween(source, mapsBegin, mapsEnd, func(string) string { return "\treturn structFields{fields}\n" })
		source = replaceBetween(source, fieldBegin, fieldEnd, func(body string) string {
			return fieldBegin + "\t\t\t\tfunc() {\n" + strings.ReplaceAll(body, "\tcontinue\n", "\treturn\n") + "\n\t\t\t\t}()" + fieldEnd
		})
		source = replaceEach(source,
			[2]string{"\tbyExactName  map[string]*field\n\tbyFoldedName map[string]*field\n", ""})
		if source == "" {
			return ""
		}
		return source + find
	})
	return errors.Join(err, p.editFile(replace, filepath.Join(dir, "decode.go"), func(source string) string {
		return replaceEach(source,
			[2]string{"f := fields.byExactName[string(key)]\n", "f := fields.find(key)\n"},
			[2]string{"\t\t\tif f == nil {\n\t\t\t\tf = fields.byFoldedName[string(foldName(key))]\n\t\t\t}\n", ""})
	}))
}

// The runtime asks a table for the function of an address. For WebAssembly, where
// an address is the index of the function and 16 bits, the table says just that
// index, in 320 bytes a function: 3.3 MB of the engine, which a browser copies
// several times before the program runs. The runtime takes the index from the
// address instead, and does not look at each start whether the functions are in
// order. wasmstrip looks once, and clears the table.
func replaceSymbolTable(p project, root string, replace map[string]string) error {
	const (
		begin = "\tb := x / abi.FuncTabBucketSize\n"
		end   = "\tidx := ffb.idx + uint32(ffb.subbuckets[i])\n"
	)
	return p.editFile(replace, filepath.Join(root, "runtime", "symtab.go"), func(source string) string {
		source = replaceBetween(source, begin, end, func(string) string { return "\tidx := uint32(x >> 16)\n" })
		if strings.Contains(source, "findfunctab)") {
			return ""
		}
		return replaceEach(source,
			[2]string{"\tfor i := 0; i < nftab; i++ {\n\t\t// NOTE: ftab[nftab].entry is legal;", "\tfor i := nftab; i < nftab; i++ {\n\t\t// NOTE: ftab[nftab].entry is legal;"})
	})
}
