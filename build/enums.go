package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// enums maps the name of a string type to the values of its constants, in the
// order of the source. Neither generator sees that such a type has no others.
type enums map[string][]string

func readEnums(dir string) (enums, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	values := enums{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(f, func(n ast.Node) bool { return values.add(n) })
	}
	return values, nil
}

// add takes the values of one "Name Type = "value"" of a const declaration.
func (e enums) add(n ast.Node) (descend bool) {
	spec, isValue := n.(*ast.ValueSpec)
	if !isValue {
		return true
	}
	name, isNamed := spec.Type.(*ast.Ident)
	for _, v := range spec.Values {
		lit, isLit := v.(*ast.BasicLit)
		if !isNamed || !isLit || lit.Kind != token.STRING || name.Name == "string" {
			continue
		}
		if s, err := strconv.Unquote(lit.Value); err == nil {
			e[name.Name] = append(e[name.Name], s)
		}
	}
	return false
}

// constant is one constant as tygo writes it, with its comment, if it has one.
var constant = regexp.MustCompile(`(?m)^(/\*\*\n(?: \*.*\n)*? \*/\n)?export const \w+(: \w+)? = .*;\n`)

// typeScript turns the string types of tygo's output into unions of their
// values, and leaves out the constants, which would be code in a file of types.
func (e enums) typeScript(source string) string {
	source = constant.ReplaceAllString(source, "")
	for name, values := range e {
		var union strings.Builder
		for _, v := range values {
			fmt.Fprintf(&union, "\n\t| %q", v)
		}
		source = strings.Replace(source, "export type "+name+" = string;", "export type "+name+" ="+union.String()+";", 1)
	}
	return source
}

// schema gives the schema of such a type, and nil for every other.
func (e enums) schema(t reflect.Type) *jsonschema.Schema {
	values := e[t.Name()]
	if t.Kind() != reflect.String || values == nil {
		return nil
	}
	s := &jsonschema.Schema{Type: "string"}
	for _, v := range values {
		s.Enum = append(s.Enum, v)
	}
	return s
}
