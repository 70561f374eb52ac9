package main

import (
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// A reference is one file that index.html names: <script src="./x">,
// <link href="./x">, <img src="./x">. Only names that begin with "./" are ours.
var reference = regexp.MustCompile(`\b(src|href)="\./([^"#?]+)"`)

// references gives the files that html names, once each, in order.
func references(html string) []string {
	var names []string
	seen := map[string]bool{}
	for _, m := range reference.FindAllStringSubmatch(html, -1) {
		if !seen[m[2]] {
			seen[m[2]] = true
			names = append(names, m[2])
		}
	}
	return names
}

// isCode tells whether a reference is bundled, rather than copied.
func isCode(name string) bool {
	switch path.Ext(name) {
	case ".ts", ".css":
		return true
	}
	return false
}

// rewrite puts the hashed names into html, with an integrity value for what is
// run: a server that was tampered with can then change no script without also
// changing the page. Script and style are the two that browsers check.
func rewrite(html string, built map[string]file) (string, error) {
	var missing []string
	html = reference.ReplaceAllStringFunc(html, func(s string) string {
		m := reference.FindStringSubmatch(s)
		f, ok := built[m[2]]
		if !ok {
			missing = append(missing, m[2])
			return s
		}
		s = fmt.Sprintf(`%s="./%s"`, m[1], f.path)
		if isCode(m[2]) {
			s += fmt.Sprintf(` integrity="%s"`, integrity(f.data))
		}
		return s
	})
	if missing != nil {
		return "", fmt.Errorf("build: web/index.html names %s, which nothing built", strings.Join(missing, ", "))
	}
	return html, nil
}

// preload puts links in front of the first script that load what the scripts
// import, so that the browser need not read a script to know of it, and which
// carry its integrity value.
func preload(html string, imported []file) string {
	var links strings.Builder
	for _, f := range imported {
		fmt.Fprintf(&links, `<link rel="modulepreload" href="./%s" integrity="%s" />`, f.path, integrity(f.data))
	}
	return strings.Replace(html, "<script", links.String()+"<script", 1)
}

// integrity is the value of the integrity attribute (W3C Subresource Integrity).
func integrity(data []byte) string {
	sum := sha512.Sum384(data)
	return "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
}
