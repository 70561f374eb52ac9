package main

// The elements are described by the comments of their classes alone. From these
// comes the custom elements manifest of the npm package, which editors read, and
// the tables of docs/embedding.md.

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// A manifest is the part of a custom elements manifest (schema 2.1.0) that we
// publish.
type manifest struct {
	SchemaVersion string           `json:"schemaVersion"`
	Readme        string           `json:"readme"`
	Modules       []manifestModule `json:"modules"`
}

type manifestModule struct {
	Kind         string            `json:"kind"`
	Path         string            `json:"path"`
	Declarations []element         `json:"declarations"`
	Exports      []json.RawMessage `json:"exports"`
}

// An element is one custom element.
type element struct {
	Kind          string          `json:"kind"`
	Name          string          `json:"name"`
	TagName       string          `json:"tagName"`
	CustomElement bool            `json:"customElement"`
	Description   string          `json:"description,omitempty"`
	Superclass    json.RawMessage `json:"superclass,omitempty"`
	Attributes    []feature       `json:"attributes,omitempty"`
	Members       []feature       `json:"members,omitempty"`
	Events        []feature       `json:"events,omitempty"`
	Slots         []feature       `json:"slots,omitempty"`
	CSSParts      []feature       `json:"cssParts,omitempty"`
	CSSProperties []feature       `json:"cssProperties,omitempty"`
}

// A feature is anything of an element that has a name.
type feature struct {
	Kind        string      `json:"kind,omitempty"`
	Name        string      `json:"name"`
	Privacy     string      `json:"privacy,omitempty"`
	Type        *typeName   `json:"type,omitempty"`
	Description string      `json:"description,omitempty"`
	Default     string      `json:"default,omitempty"`
	FieldName   string      `json:"fieldName,omitempty"`
	Attribute   string      `json:"attribute,omitempty"`
	Parameters  []parameter `json:"parameters,omitempty"`
	Return      *returned   `json:"return,omitempty"`
}

type typeName struct {
	Text string `json:"text"`
}

type parameter struct {
	Name     string    `json:"name"`
	Optional bool      `json:"optional,omitempty"`
	Type     *typeName `json:"type,omitempty"`
}

type returned struct {
	Type *typeName `json:"type,omitempty"`
}

// elements reads the comments of all elements. What has no description is not
// meant for others, and left out.
func (p project) elements(ctx context.Context) (manifest, error) {
	if err := p.installPackages(ctx); err != nil {
		return manifest{}, err
	}
	out := "dist/.cache/elements"
	_, err := p.output(ctx, "node", "node_modules/@custom-elements-manifest/analyzer/cem.js", "analyze",
		"--litelement", "--quiet", "--globs", "web/src/elements/*.ts", "--outdir", out)
	if err != nil {
		return manifest{}, err
	}
	data, err := os.ReadFile(p.path(out, "custom-elements.json"))
	if err != nil {
		return manifest{}, err
	}
	var all manifest
	if err := json.Unmarshal(data, &all); err != nil {
		return manifest{}, err
	}
	all.SchemaVersion, all.Readme = "2.1.0", "README.md"
	for i := range all.Modules {
		m := &all.Modules[i]
		m.Path = strings.TrimSuffix(strings.Replace(m.Path, "web/src/", lib, 1), ".ts") + ".js"
		m.Declarations = slices.DeleteFunc(m.Declarations, func(e element) bool { return !e.CustomElement || e.TagName == "" })
		for j := range m.Declarations {
			m.Declarations[j].keepPublic()
		}
	}
	all.Modules = slices.DeleteFunc(all.Modules, func(m manifestModule) bool { return len(m.Declarations) == 0 })
	slices.SortFunc(all.Modules, func(a, b manifestModule) int { return cmp.Compare(a.Path, b.Path) })
	return all, nil
}

func (e *element) keepPublic() {
	for _, list := range []*[]feature{&e.Attributes, &e.Members, &e.Events} {
		*list = slices.DeleteFunc(*list, func(f feature) bool {
			return f.Description == "" || f.Privacy == "private" || strings.HasPrefix(f.Name, "#")
		})
	}
}

// elementsManifest is the custom elements manifest of the npm package, without
// the elements that the page has beside the checker.
func (p project) elementsManifest(ctx context.Context, modules []file) ([]byte, error) {
	all, err := p.elements(ctx)
	if err != nil {
		return nil, err
	}
	all.Modules = slices.DeleteFunc(all.Modules, func(m manifestModule) bool {
		return !slices.ContainsFunc(modules, func(f file) bool { return f.path == m.Path })
	})
	data, err := json.MarshalIndent(all, "", "\t")
	return append(data, '\n'), err
}

const (
	tablesBegin = "<!-- begin elements.gen -->\n"
	tablesEnd   = "<!-- end elements.gen -->\n"
)

// embedding is docs/embedding.md with the tables of <cert-lens>.
func embedding(p project) ([]byte, error) {
	text, err := os.ReadFile(p.path("docs", "embedding.md"))
	if err != nil {
		return nil, err
	}
	before, rest, begins := bytes.Cut(text, []byte(tablesBegin))
	_, after, ends := bytes.Cut(rest, []byte(tablesEnd))
	if !begins || !ends {
		return nil, errors.New("build: docs/embedding.md has no place for the tables")
	}
	all, err := p.elements(context.Background())
	if err != nil {
		return nil, err
	}
	var tables string
	for _, m := range all.Modules {
		for _, e := range m.Declarations {
			if e.TagName == "cert-lens" {
				tables = e.tables()
			}
		}
	}
	return slices.Concat(before, []byte(tablesBegin+tables+tablesEnd), after), nil
}

// tables writes what an element has, in Markdown.
func (e element) tables() string {
	var b strings.Builder
	b.WriteString("\nAttributes, which are properties of the same name as well:\n\n| attribute | type | default | |\n|---|---|---|---|\n")
	for _, a := range e.Attributes {
		row(&b, code(a.Name), code(a.typeText()), code(a.Default), a.Description)
	}
	b.WriteString("\nMethods:\n\n| method | gives | |\n|---|---|---|\n")
	for _, m := range e.Members {
		if m.Kind == "method" {
			row(&b, code(m.call()), code(m.Return.text()), m.Description)
		}
	}
	for _, list := range []struct {
		title, column string
		features      []feature
	}{{"Events", "event", e.Events}, {"Slots", "slot", e.Slots}, {"Parts", "part", e.CSSParts}, {"Custom properties", "property", e.CSSProperties}} {
		fmt.Fprintf(&b, "\n%s:\n\n| %s | |\n|---|---|\n", list.title, list.column)
		for _, f := range list.features {
			row(&b, code(f.Name), f.Description)
		}
	}
	return b.String() + "\n"
}

func row(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		cell = strings.Join(strings.Fields(cell), " ")
		fmt.Fprintf(b, "| %s ", strings.ReplaceAll(cell, "|", `\|`))
	}
	b.WriteString("|\n")
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

func (f feature) typeText() string {
	if f.Type == nil {
		return ""
	}
	return f.Type.Text
}

func (r *returned) text() string {
	if r == nil || r.Type == nil {
		return ""
	}
	return r.Type.Text
}

func (f feature) call() string {
	var names []string
	for _, p := range f.Parameters {
		name := p.Name
		if p.Optional {
			name += "?"
		}
		names = append(names, name)
	}
	return f.Name + "(" + strings.Join(names, ", ") + ")"
}
