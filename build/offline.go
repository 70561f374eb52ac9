package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// files makes all files of dist/web: those of the page, and what is made of them
// for use without a network. The page itself comes last, so that it never names
// what is not there yet.
func (p project) files(ctx context.Context, release bool) ([]file, error) {
	files, err := p.pageFiles(ctx, release)
	if err != nil {
		return nil, err
	}
	manifest, err := p.manifest()
	if err != nil {
		return nil, err
	}
	files = append(files, manifest...)
	id, err := p.identify(ctx, files)
	if err != nil {
		return nil, err
	}
	one, err := p.oneFile(ctx, id, files, release)
	if err != nil {
		return nil, err
	}
	about, err := id.file()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(files, func(f file) bool { return f.path == "index.html" })
	script := bundle{files: files}.find("certlens.js")
	marks := append(id.marks(), "{onefile-sha256}", hash(one.data), "{onefile-size}", bytesUnit(float64(len(one.data))),
		"{script-integrity}", integrity(script.data))
	index := file{"index.html", []byte(strings.NewReplacer(marks...).Replace(string(files[at].data)))}
	files[at] = index
	worker, err := p.serviceWorker(precache(files), release)
	return append(slices.Delete(files, at, at+1), about, one, worker, index), err
}

// icon matches the icons that the manifest names.
var icon = regexp.MustCompile(`"src": "\./([^"]+)"`)

// manifest makes what a browser wants to know before it installs a page (W3C Web
// Application Manifest), and the icons in it.
func (p project) manifest() ([]file, error) {
	text, err := os.ReadFile(p.path("web", "manifest.webmanifest"))
	if err != nil {
		return nil, err
	}
	var files []file
	for _, m := range icon.FindAllStringSubmatch(string(text), -1) {
		data, err := os.ReadFile(p.path("web", m[1]))
		if err != nil {
			return nil, err
		}
		f := hashed(path.Base(m[1]), data)
		files = append(files, f)
		text = []byte(strings.ReplaceAll(string(text), `"./`+m[1]+`"`, `"./`+f.path+`"`))
	}
	return append(files, file{"manifest.webmanifest", text}), nil
}

// precache gives the files that the page needs: index.html, what it names, what
// that names, and so on. A file is named by the last part of its path, which holds
// its hash.
func precache(files []file) []file {
	kept := []file{bundle{files: files}.find("index.html")}
	for i := 0; i < len(kept); i++ {
		for _, f := range files {
			if !isKept(f.path) || slices.ContainsFunc(kept, func(k file) bool { return k.path == f.path }) {
				continue
			}
			if strings.Contains(string(kept[i].data), path.Base(f.path)) {
				kept = append(kept, f)
			}
		}
	}
	slices.SortFunc(kept, func(a, b file) int { return strings.Compare(a.path, b.path) })
	return kept
}

// isKept tells whether a file is part of the page: those in assets, and the
// manifest.
func isKept(name string) bool {
	return path.Dir(name) == "assets" || name == "manifest.webmanifest"
}

// serviceWorker bundles the service worker with the list of the files that it
// keeps, and their integrity values. Its name must not change, because browsers
// look under it for a newer version.
func (p project) serviceWorker(kept []file, release bool) (file, error) {
	var list [][2]string
	for _, f := range kept {
		name := f.path
		if name == "index.html" {
			name = ""
		}
		list = append(list, [2]string{name, integrity(f.data)})
	}
	text, err := json.Marshal(list)
	if err != nil {
		return file{}, err
	}
	o := p.options(release)
	o.EntryPoints = []string{p.path("web", "sw", "sw.ts")}
	o.EntryNames = "[name]"
	o.Outdir = p.web()
	o.Plugins = []api.Plugin{module("kept", `^\./kept\.built\.js$`, fmt.Sprintf("export const build = %q;\nexport const files = %s;\n", hash(text), text))}
	b, err := p.bundle(o)
	return b.find("sw.js"), err
}
