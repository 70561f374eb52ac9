package fix

import (
	"slices"
	"strings"

	"certlens/internal/client"
	"certlens/internal/report"
)

// A Page is one entry of the index of help pages.
type Page struct {
	Path  string       `json:"path"`
	Title string       `json:"title"`
	Class report.Class `json:"class"`
}

// Help explains a failure class ("missing_intermediate") or a code of a client
// ("openssl/20"), in any of the ways in which the code is written.
func Help(path string) (report.HelpPage, bool) {
	if f := catalogue().failures[report.Class(path)]; f != nil {
		return page(path, f.title, f.meaning, []report.Class{report.Class(path)}, nil), true
	}
	kind, code, _ := strings.Cut(path, "/")
	kind = strings.ToLower(kind)
	e, found := client.Lookup(kind, code)
	if !found {
		return report.HelpPage{}, false
	}
	meaning := strings.TrimSpace(e.Proves + " " + e.LeavesOpen)
	p := page(e.Key, title(e), meaning, append([]report.Class{e.Class}, e.Possible...), append([]string{e.Client}, kind))
	for _, text := range slices.Backward(e.Texts) {
		p.Sayings = slices.Insert(p.Sayings, 0, report.Saying{Client: e.Client, Versions: e.Versions, Text: shown(text), Source: e.Source})
	}
	return p, true
}

// page puts together what the catalogue says of some failures, of which the first
// is the main one.
func page(path, title, meaning string, classes []report.Class, programs []string) report.HelpPage {
	p := report.HelpPage{
		Path: path, Title: title, Class: classes[0], Meaning: meaning,
		Causes: causes(classes), Sayings: []report.Saying{}, Fixes: For(Question{Classes: classes, Programs: programs}),
	}
	for _, s := range client.Says(classes[0]) {
		p.Sayings = append(p.Sayings, report.Saying{Client: s.Client, Versions: s.Versions, Text: shown(s.Text), Accepts: s.Accepts, Source: s.Source})
	}
	return p
}

// causes are those of a failure, or the failures that a code leaves possible.
func causes(classes []report.Class) []report.Alternative {
	list := []report.Alternative{}
	if len(classes) > 1 {
		for _, class := range classes {
			list = append(list, Alternative(class, Values{}))
		}
		return list
	}
	f := catalogue().failures[classes[0]]
	if f == nil {
		return list
	}
	for _, c := range f.causes {
		a := Alternative(c.class, Values{})
		a.Summary = c.summary
		list = append(list, a)
	}
	return list
}

// shown is a wording with what varies in angle brackets.
func shown(text string) string {
	return strings.NewReplacer("{", "<", "}", ">").Replace(text)
}

// title names an error of a client: by its code, and its name or words.
func title(e client.Entry) string {
	kind, code, _ := strings.Cut(e.Key, "/")
	name := ""
	if len(e.Names) > 0 {
		name = e.Names[0]
	} else if len(e.Texts) > 0 {
		name = shown(e.Texts[0])
	}
	if name == "" || name == code {
		return kind + " " + code
	}
	return kind + " " + code + ": " + name
}

// Index lists all help pages: the failures, and then the codes of each client.
func Index() []Page {
	var list []Page
	for _, class := range catalogue().order {
		list = append(list, Page{string(class), Title(class), class})
	}
	for _, key := range client.Codes() {
		kind, code, _ := strings.Cut(key, "/")
		if e, found := client.Lookup(kind, code); found {
			list = append(list, Page{key, title(e), e.Class})
		}
	}
	return list
}
