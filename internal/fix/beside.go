package fix

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"certlens/internal/target"
)

// maxURLs is how many URLs are looked at. A text with more is a log, in which none
// is meant.
const maxURLs = 100

// connects are the commands whose URL is that of the server they complain about.
var connects = [...]string{"curl", "wget", "git", "http", "https", "npm", "pip", "docker", "kubectl", "helm", "openssl"}

// documented are parts of the names of hosts that programs refer to for help.
var documented = [...]string{"curl.", "docs.", "doc.", "readthedocs", "support.", "help.", "wiki", "stackoverflow.", "go.dev", "nodejs.org", "golang.org", "aka.ms", "bugs.", "w3.org", "letsencrypt.org", "mozilla.org"}

// Beside gives the server of the URLs that stand in a text: of those in commands, or
// else of all that lead to no documentation. It is empty when they name several.
func Beside(text []byte) Values {
	var commanded, others []Values
	text = text[:min(len(text), maxSearched)]
	at := 0
	for range maxURLs {
		i := bytes.Index(text[at:], []byte("https://"))
		if i < 0 {
			return cmp.Or(same(commanded), same(others))
		}
		at += i + len("https://")
		line := text[max(0, at-maxLine):at]
		words := strings.Fields(string(line[bytes.LastIndexByte(line, '\n')+1:]))
		url := restOfLine(text[at:])
		if end := bytes.IndexAny(url, "/?#\\ \t\r\"'`<>(){},;|"); end >= 0 {
			url = url[:end]
		}
		server, err := target.Parse(strings.TrimRight(string(url), ".:"), target.None)
		if err != nil || bytes.IndexByte(url, '@') >= 0 || !bytes.ContainsAny(url, ".:") {
			continue
		}
		v := Values{Host: server.Host, Port: server.Port}
		switch {
		case slices.ContainsFunc(words[:min(3, len(words))], func(w string) bool { return slices.Contains(connects[:], w) }):
			commanded = append(commanded, v)
		case !slices.ContainsFunc(documented[:], func(part string) bool { return strings.Contains(v.Host, part) }):
			others = append(others, v)
		}
	}
	return Values{}
}

// same gives what all name; nothing when they differ.
func same(list []Values) Values {
	for _, v := range list {
		if v != list[0] {
			return Values{}
		}
	}
	return append(list, Values{})[0]
}

// Or fills in what is not known from what stands beside it, unless that is about
// another server.
func (v Values) Or(beside Values) Values {
	if v.Host == "" || v.Host == beside.Host {
		v.Host, v.Port = beside.Host, cmp.Or(v.Port, beside.Port)
	}
	return v
}
