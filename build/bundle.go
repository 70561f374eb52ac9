package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// browsers are the oldest ones that the output runs in: the first with
// light-dark() in CSS, which all of them had by May 2024.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "123"},
	{Name: api.EngineFirefox, Version: "120"},
	{Name: api.EngineSafari, Version: "17.5"},
}

// A file is one file of dist/web, by its path there.
type file struct {
	path string
	data []byte
}

// A bundle is what came out of some entries.
type bundle struct {
	files []file
	// entries maps an entry, by its path in web, to what it became.
	entries map[string]string
	// imported are the outputs that others import, by their path in dist/web.
	imported []string
}

// bundlePage bundles the entries of the page, given by their paths in web. The
// worker and the engine are named in it by their hashed paths.
func (p project) bundlePage(entries []string, e engineFiles, release bool, more ...api.Plugin) (bundle, error) {
	o := p.options(release)
	for _, entry := range entries {
		o.EntryPoints = append(o.EntryPoints, p.path("web", entry))
	}
	o.EntryNames = "assets/[name]-[hash]"
	o.ChunkNames = "assets/[name]-[hash]"
	o.AssetNames = "assets/[name]-[hash]"
	o.Outdir = p.web()
	o.Splitting = true
	o.Plugins = append(more, e.plugin())
	return p.bundle(o)
}

// bundleWorker bundles the worker with the JavaScript half of the Go runtime.
func (p project) bundleWorker(wasmExec string, size int, release bool) (bundle, error) {
	return p.bundle(p.workerOptions(wasmExec, size, release))
}

func (p project) workerOptions(wasmExec string, size int, release bool) api.BuildOptions {
	o := p.options(release)
	o.EntryPoints = []string{p.path("web", "src", "engine", "worker.ts")}
	o.EntryNames = "assets/[name]-[hash]"
	o.Outdir = p.web()
	// One script, and no module: browsers refuse to start a module from memory on
	// a page that came from a file.
	o.Format = api.FormatIIFE
	o.Plugins = []api.Plugin{goRuntime(wasmExec), module("engine", `^\./engine\.wasm$`, fmt.Sprintf("export const size = %d;\n", size))}
	return o
}

func (p project) options(release bool) api.BuildOptions {
	o := api.BuildOptions{
		AbsWorkingDir: string(p),
		Bundle:        true,
		Format:        api.FormatESModule,
		Engines:       browsers,
		Charset:       api.CharsetUTF8,
		LegalComments: api.LegalCommentsEndOfFile,
		Metafile:      true,
		Tsconfig:      p.path("tsconfig.json"),
		Loader:        map[string]api.Loader{".txt": api.LoaderText, ".pem": api.LoaderText, ".svg": api.LoaderFile},
		LogLevel:      api.LogLevelSilent,
	}
	if release {
		o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = true, true, true
	} else {
		o.Sourcemap = api.SourceMapInline
	}
	return o
}

// engineFiles are the two files that scripts load by their URLs, as seen from the
// script; verified are their integrity values, where they count.
type engineFiles struct{ worker, engine, verified string }

// verify lets a script check both when they come from another origin than the page
// that it runs in.
func (e engineFiles) verify(worker, engine file) engineFiles {
	e.verified = fmt.Sprintf(", integrity: [%q, %q]", integrity(worker.data), integrity(engine.data))
	return e
}

// below gives them as seen from above a folder.
func (e engineFiles) below(folder string) engineFiles {
	e.worker, e.engine = folder+e.worker, folder+e.engine
	return e
}

// plugin answers the import of the module that says where they are.
func (e engineFiles) plugin() api.Plugin {
	return module("places", `^\./places\.built\.js$`, e.places())
}

// places is the module that says where they are, from the script that imports it
// on, so that the page can be served from any directory.
func (e engineFiles) places() string {
	return fmt.Sprintf("export const beside = () => ({worker: new URL(%q, import.meta.url).href, engine: new URL(%q, import.meta.url).href%s});\n"+
		"export const fallback = undefined;\n", e.worker, e.engine, e.verified)
}

// goRuntime gives the JavaScript half of the Go runtime. Its place on this machine
// stays out of the output, hashes included.
func goRuntime(path string) api.Plugin {
	return api.Plugin{Name: "goroot", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `^wasm_exec\.js$`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: a.Path, Namespace: "goroot"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "goroot"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			data, err := os.ReadFile(path)
			contents := string(data)
			return api.OnLoadResult{Contents: &contents}, err
		})
	}}
}

// module is a plugin that answers the imports that match filter with contents.
func module(name, filter, contents string) api.Plugin {
	return api.Plugin{Name: name, Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: filter}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: a.Path, Namespace: name}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: name}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			return api.OnLoadResult{Contents: &contents}, nil
		})
	}}
}

// indentation is what lines of the source begin with.
var indentation = regexp.MustCompile(`(?m)^\t+`)

// unindent takes the indentation out of our scripts, which esbuild keeps in
// templates of HTML and CSS. A text that needs a tab there writes it as \t.
var unindent = api.Plugin{Name: "unindent", Setup: func(b api.PluginBuild) {
	b.OnLoad(api.OnLoadOptions{Filter: `[/\\]web[/\\]src[/\\].*\.ts$`}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		data, err := os.ReadFile(a.Path)
		contents := indentation.ReplaceAllString(string(data), "")
		return api.OnLoadResult{Contents: &contents, Loader: api.LoaderTS}, err
	})
}}

func (p project) bundle(o api.BuildOptions) (bundle, error) {
	if o.MinifyWhitespace {
		o.Plugins = append(o.Plugins, unindent)
	}
	result := api.Build(o)
	if len(result.Errors) > 0 {
		text := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return bundle{}, errors.New(strings.Join(text, ""))
	}
	if text := api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage}); len(text) > 0 {
		fmt.Fprint(os.Stderr, strings.Join(text, ""))
	}
	b := bundle{entries: map[string]string{}}
	for _, out := range result.OutputFiles {
		rel, err := filepath.Rel(o.Outdir, out.Path)
		if err != nil {
			return bundle{}, err
		}
		b.files = append(b.files, file{filepath.ToSlash(rel), out.Contents})
	}
	return b, b.readEntries(p, o, result.Metafile)
}
