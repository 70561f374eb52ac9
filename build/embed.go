package main

import (
	"fmt"
	"path"

	"github.com/evanw/esbuild/pkg/api"
)

// embedFiles makes what other sites use: the elements as one module, the script
// that loads them when they are needed (certlens.js), and the page for frames
// (embed.html), which has the engine on its own origin. The two names that sites
// write down hold no hash.
func (p project) embedFiles(e, verified engineFiles, release bool) ([]file, error) {
	elements, err := p.bundleElements("assets/elements-[hash]", verified, release)
	if err != nil {
		return nil, err
	}
	loader, err := p.bundleLoader("certlens", elements, e.below("assets/"), release)
	if err != nil {
		return nil, err
	}
	embed, err := p.page("embed.html", e, release, builtElements(elements, "assets"))
	return append([]file{elements, loader}, embed...), err
}

// bundleElements bundles the elements with all that they need, as one file.
func (p project) bundleElements(name string, e engineFiles, release bool) (file, error) {
	return p.bundleOne("src/standalone.ts", name, release, e.plugin())
}

// bundleLoader bundles the script that loads the elements. The integrity value in
// it is why one value, that of this script, is enough for a site.
func (p project) bundleLoader(name string, elements file, e engineFiles, release bool) (file, error) {
	return p.bundleOne("src/loader.ts", name, release, builtElements(elements, path.Dir(name)), e.plugin())
}

// bundleOne bundles one entry, given by its path in web, into one file.
func (p project) bundleOne(entry, name string, release bool, plugins ...api.Plugin) (file, error) {
	o := p.options(release)
	o.EntryPoints = []string{p.path("web", entry)}
	o.EntryNames = name
	o.Outdir = p.web()
	o.Plugins = plugins
	b, err := p.bundle(o)
	if err == nil && len(b.files) != 1 {
		err = fmt.Errorf("build: web/%s became %d files", entry, len(b.files))
	}
	return b.find(b.entries[entry]), err
}

// builtElements is the module that says where the elements are, seen from a
// directory of the output.
func builtElements(elements file, from string) api.Plugin {
	name := elements.path
	if path.Dir(name) == from {
		name = path.Base(name)
	}
	return module("elements", `^\./elements\.built\.js$`, fmt.Sprintf(
		"export const address = new URL(%q, import.meta.url).href;\nexport const integrity = %q;\n", name, integrity(elements.data)))
}
