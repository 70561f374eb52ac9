package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// npm makes dist/npm, the package for bundlers and for Node: one module for each
// source, so that a bundler takes what is used, and the worker and the engine
// beside the module that names them.
func npm(ctx context.Context, p project, _ []string) error {
	if err := p.installPackages(ctx); err != nil {
		return err
	}
	files, err := p.npmFiles(ctx)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(p.npm()); err != nil {
		return err
	}
	for _, f := range files {
		if err := write(filepath.Join(p.npm(), filepath.FromSlash(f.path)), f.data); err != nil {
			return err
		}
	}
	if err := p.writeTypes(ctx); err != nil {
		return err
	}
	packed, err := p.pack(ctx, p.cache())
	if err == nil {
		fmt.Printf("dist/npm: %d files, %s packed, %s unpacked\n",
			packed.EntryCount, bytesUnit(packed.Size), bytesUnit(packed.UnpackedSize))
	}
	return err
}

// npm is where the package is made.
func (p project) npm() string { return p.path("dist", "npm") }

// lib is where the modules are in the package, by the paths that they have in
// web/src.
const lib = "lib/"

func (p project) npmFiles(ctx context.Context) ([]file, error) {
	wasm, err := p.compileEngine(ctx)
	if err != nil {
		return nil, err
	}
	workers, err := p.npmWorkers(ctx, len(wasm))
	if err != nil {
		return nil, err
	}
	inline, err := p.npmInline(workers[0], wasm)
	if err != nil {
		return nil, err
	}
	modules, err := p.npmModules()
	if err != nil {
		return nil, err
	}
	alone, err := p.npmAlone(workers[0], file{lib + "engine/engine.wasm", wasm})
	if err != nil {
		return nil, err
	}
	manifest, err := p.npmManifest(modules)
	if err != nil {
		return nil, err
	}
	elements, err := p.elementsManifest(ctx, modules)
	if err != nil {
		return nil, err
	}
	readme, err1 := os.ReadFile(p.path("build", "npm.md"))
	license, err2 := os.ReadFile(p.path("LICENSE"))
	return slices.Concat(modules, workers, alone, []file{
		inline,
		{lib + "engine/engine.wasm", wasm},
		{"package.json", manifest},
		{"custom-elements.json", elements},
		{"README.md", readme},
		{"LICENSE", license},
	}), errors.Join(err1, err2)
}

// npmWorkers bundles the worker for browsers, and after it that for Node.
func (p project) npmWorkers(ctx context.Context, size int) ([]file, error) {
	wasmExec, err := p.wasmExec(ctx)
	if err != nil {
		return nil, err
	}
	o := p.workerOptions(wasmExec, size, true)
	browser, err := p.bundle(o)
	if err != nil {
		return nil, err
	}
	o.Platform = api.PlatformNode
	o.Format = api.FormatESModule
	o.Inject = []string{p.path("web", "src", "engine", "node-self.ts")}
	node, err := p.bundle(o)
	if err != nil {
		return nil, err
	}
	return []file{{lib + "engine/worker.js", browser.files[0].data}, {lib + "engine/node-worker.js", node.files[0].data}}, nil
}

// npmInline bundles the module that holds worker and engine.
func (p project) npmInline(worker file, wasm []byte) (file, error) {
	packed, err := p.encoded(encodings[1], wasm)
	if err != nil {
		return file{}, err
	}
	built := fmt.Sprintf("export const engine = %q;\nexport const worker = %q;\n", base64.StdEncoding.EncodeToString(packed), worker.data)
	f, err := p.bundleOne("src/inline.ts", "inline", true, module("inline", `^\./inline\.built\.js$`, built))
	return file{lib + "inline.js", f.data}, err
}

// npmAlone bundles what a site without a bundler uses: the loader, and all elements
// as one module, with the worker and the engine of the package.
func (p project) npmAlone(worker, engine file) ([]file, error) {
	e := engineFiles{worker: worker.path, engine: engine.path}.verify(worker, engine)
	elements, err := p.bundleElements("certlens-elements", e, true)
	if err != nil {
		return nil, err
	}
	loader, err := p.bundleLoader("certlens", elements, e, true)
	return []file{loader, elements}, err
}

// npmModules turns every source into one module. What a bundler would have to be
// told how to read (text, JSON) becomes part of the module that imports it.
func (p project) npmModules() ([]file, error) {
	o := p.options(true)
	o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = false, false, false
	sources, err := p.npmSources()
	if err != nil {
		return nil, err
	}
	o.EntryPoints = sources
	o.Outdir = p.npm()
	o.Outbase = p.path("web", "src")
	o.EntryNames = lib + "[dir]/[name]"
	o.Plugins = []api.Plugin{outside()}
	b, err := p.bundle(o)
	return append(b.files, file{lib + "engine/places.built.js", []byte(npmPlaces)}), err
}

// npmPlaces is the module that says where worker and engine are. Bundlers know
// the pattern; where one does not copy the files, the second way holds them.
const npmPlaces = `export const beside = () => ({
	worker: new URL("./worker.js", import.meta.url).href,
	engine: new URL("./engine.wasm", import.meta.url).href,
});
export const fallback = async () => (await import("../inline.js")).inline();
`

// npmEntries are the sources that are imported by name, beside the elements.
var npmEntries = []string{"api.ts", "node.ts", "elements.ts", "protocol.ts"}

// npmSources are the entries, the elements, and all that these import.
func (p project) npmSources() ([]string, error) {
	o := p.options(true)
	for _, name := range npmEntries {
		o.EntryPoints = append(o.EntryPoints, p.path("web", "src", name))
	}
	o.Outdir = p.npm()
	o.Plugins = []api.Plugin{module("places", `^\./places\.built\.js$`, "export const beside = 0, fallback = 0;")}
	o.Platform = api.PlatformNode // which knows the modules of Node
	o.Packages = api.PackagesExternal
	result := api.Build(o)
	var meta struct{ Inputs map[string]any }
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("build: npm: %s", result.Errors[0].Text)
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, err
	}
	var sources []string
	for name := range meta.Inputs {
		if strings.HasSuffix(name, ".ts") {
			sources = append(sources, p.path(filepath.FromSlash(name)))
		}
	}
	slices.Sort(sources)
	return sources, nil
}

// outside leaves every import of a module as it is.
func outside() api.Plugin {
	return api.Plugin{Name: "outside", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `\.js$|^[^./]`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if a.Kind == api.ResolveEntryPoint {
				return api.OnResolveResult{}, nil
			}
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		})
	}}
}

// defines matches a module that defines an element.
var defines = regexp.MustCompile(`customElements\.define\("`)

// npmManifest makes package.json.
func (p project) npmManifest(modules []file) ([]byte, error) {
	var own struct {
		Version, Description, License string
		Engines                       map[string]string
		DevDependencies               map[string]string
	}
	text, err := os.ReadFile(p.path("package.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &own); err != nil {
		return nil, err
	}
	exports, effects := npmExports(modules)
	m := ordered{
		{"name", "certlens"},
		{"version", own.Version},
		{"description", own.Description},
		{"keywords", []string{"x509", "certificate", "tls", "chain", "lint", "web-component"}},
		{"license", own.License},
		{"type", "module"},
		{"engines", own.Engines},
		{"types", "./lib/api.d.ts"},
		{"exports", exports},
		{"sideEffects", effects},
		{"customElements", "./custom-elements.json"},
		{"dependencies", map[string]string{"lit": "^" + own.DevDependencies["lit"]}},
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(m)
	return out.Bytes(), err
}

// npmExports are the names under which the package is imported, and the modules
// that must not be left out although nothing is taken from them.
func npmExports(modules []file) (exports ordered, effects []string) {
	entry := func(name string) ordered {
		return ordered{{"types", "./" + lib + name + ".d.ts"}, {"default", "./" + lib + name + ".js"}}
	}
	exports = ordered{
		{".", ordered{{"types", "./lib/api.d.ts"}, {"node", "./lib/node.js"}, {"default", "./lib/api.js"}}},
		{"./elements", entry("elements")},
	}
	effects = []string{"./certlens.js", "./certlens-elements.js", "./" + lib + "elements.js"}
	for _, f := range modules {
		if path.Dir(f.path) != lib+"elements" || !defines.Match(f.data) {
			continue
		}
		name := strings.TrimSuffix(strings.TrimPrefix(f.path, lib), ".js")
		exports = append(exports, pair{"./" + name, entry(name)})
		effects = append(effects, "./"+f.path)
	}
	return append(exports,
		pair{"./protocol", entry("protocol")},
		pair{"./inline", entry("inline")},
		pair{"./certlens.js", "./certlens.js"},
		pair{"./certlens-elements.js", "./certlens-elements.js"},
		pair{"./worker.js", "./lib/engine/worker.js"},
		pair{"./engine.wasm", "./lib/engine/engine.wasm"},
		pair{"./custom-elements.json", "./custom-elements.json"},
		pair{"./package.json", "./package.json"},
	), effects
}

// ordered is a JSON object whose fields keep their order, which counts in exports.
type ordered []pair

type pair struct {
	name  string
	value any
}

// MarshalJSON writes the object.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for i, p := range o {
		b.WriteByte("{,"[min(i, 1)])
		err1 := e.Encode(p.name)
		b.WriteByte(':')
		if err := errors.Join(err1, e.Encode(p.value)); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writeTypes puts the types of what can be imported, and of what these name,
// beside the modules. Those for Node are the same as for browsers.
func (p project) writeTypes(ctx context.Context) error {
	names := []string{"api", "elements", "protocol", "inline", "engine/modules.d"}
	elements, err := filepath.Glob(filepath.Join(p.npm(), "lib", "elements", "*.js"))
	if err != nil {
		return err
	}
	for _, name := range elements {
		names = append(names, "elements/"+strings.TrimSuffix(filepath.Base(name), ".js"))
	}
	var sources []string
	for _, name := range names {
		sources = append(sources, p.path("web", "src", filepath.FromSlash(name)+".ts"))
	}
	config, err := json.Marshal(map[string]any{
		"extends": p.path("tsconfig.json"),
		"compilerOptions": map[string]any{
			"noEmit": false, "declaration": true, "emitDeclarationOnly": true,
			"rootDir": p.path("web", "src"), "outDir": filepath.Join(p.npm(), "lib"),
		},
		"files": sources, "include": []string{},
	})
	if err != nil {
		return err
	}
	name := p.cache("tsconfig.npm.json")
	if err := write(name, config); err != nil {
		return err
	}
	_, err = p.output(ctx, "node", p.path("node_modules", "typescript", "bin", "tsc"), "--pretty", "false", "-p", name)
	return err
}

// A packedPackage is what npm pack says of a package.
type packedPackage struct {
	Filename           string
	EntryCount         int
	Size, UnpackedSize float64
}

// pack packs dist/npm into a directory.
func (p project) pack(ctx context.Context, dir string) (packedPackage, error) {
	out, err := p.output(ctx, "npm", "pack", "--json", "--pack-destination", dir, p.npm())
	if err != nil {
		return packedPackage{}, err
	}
	var packed []packedPackage
	if err := json.Unmarshal([]byte(out), &packed); err != nil || len(packed) != 1 {
		return packedPackage{}, fmt.Errorf("build: npm pack says %q: %w", out, err)
	}
	return packed[0], nil
}
