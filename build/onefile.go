package main

import (
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"certlens/internal/site"
)

// onefile makes dist/certlens.html: page, worker and engine in one file, for a
// machine without a network.
func onefile(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("onefile", flag.ExitOnError)
	fast := flags.Bool("fast", false, "keep the names in scripts")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := p.installPackages(ctx); err != nil {
		return err
	}
	files, err := p.files(ctx, !*fast)
	if err != nil {
		return err
	}
	return p.writeOneFile(files)
}

// writeOneFile puts the one file beside dist/web as well, where people look for
// it.
func (p project) writeOneFile(files []file) error {
	one := bundle{files: files}.find("certlens.html")
	fmt.Printf("dist/certlens.html: %s, SHA-256 %s\n", bytesUnit(float64(len(one.data))), hash(one.data))
	return writeWhole(p.path("dist", one.path), one.data)
}

// online matches what the page alone has, and not the one file.
var online = regexp.MustCompile(`(?s)\s*<!-- online -->.*?<!-- /online -->`)

// oneFile makes the one file of the source of the page, and of the engine and the
// style among the files of dist/web.
func (p project) oneFile(ctx context.Context, id identity, files []file, release bool) (file, error) {
	html, err := os.ReadFile(p.path("web", "index.html"))
	if err != nil {
		return file{}, err
	}
	icon, err := os.ReadFile(p.path("web", "icon.svg"))
	if err != nil {
		return file{}, err
	}
	engine := matching(files, "assets/engine-*.wasm").data
	script, worker, err := p.bundleOneFile(ctx, len(engine), release)
	if err != nil {
		return file{}, err
	}
	packed, err := p.encoded(encodings[1], engine)
	if err != nil {
		return file{}, err
	}
	o := oneFile{
		script: script,
		worker: worker,
		style:  string(matching(files, "assets/page-*.css").data),
		engine: base64.StdEncoding.EncodeToString(packed),
		icon:   "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(icon),
	}
	page := strings.NewReplacer(id.marks()...).Replace(online.ReplaceAllString(string(html), ""))
	whole, err := o.build(page)
	return file{"certlens.html", []byte(whole)}, err
}

// bundleOneFile bundles the scripts of the one file, which name no other file.
func (p project) bundleOneFile(ctx context.Context, engineSize int, release bool) (page, worker string, err error) {
	wasmExec, err := p.wasmExec(ctx)
	if err != nil {
		return "", "", err
	}
	o := p.options(release)
	nowhere := "export const beside = () => { throw new Error(); };\nexport const fallback = undefined;\n"
	o.Plugins = []api.Plugin{module("places", `^\./places\.built\.js$`, nowhere)}
	if page, err = p.script(o, "src/offline/onefile.ts"); err != nil {
		return "", "", err
	}
	worker, err = p.script(p.workerOptions(wasmExec, engineSize, release), "src/offline/worker.ts")
	return page, worker, err
}

// script bundles one entry into one script.
func (p project) script(o api.BuildOptions, entry string) (string, error) {
	o.EntryPoints = []string{p.path("web", entry)}
	o.Outdir = p.web()
	o.Sourcemap = api.SourceMapNone // three times as large as the script
	b, err := p.bundle(o)
	return string(b.find(b.entries[entry]).data), err
}

// A oneFile is what goes into the file.
type oneFile struct{ script, worker, style, engine, icon string }

// tags of the page's source that name other files.
var (
	iconTag   = regexp.MustCompile(`<link rel="icon"[^>]*>`)
	styleTag  = regexp.MustCompile(`<link rel="stylesheet"[^>]*>`)
	scriptTag = regexp.MustCompile(`\s*<script [^>]*></script>`)
	probe     = regexp.MustCompile(` probe="[^"]*"`)
)

func (o oneFile) build(html string) (string, error) {
	for _, code := range []string{o.script, o.worker, o.style} {
		if err := fitsInside(code); err != nil {
			return "", err
		}
	}
	if o.engine == "" {
		return "", errors.New("build: no engine to put into the one file")
	}
	put := func(tag *regexp.Regexp, text string) {
		html = tag.ReplaceAllLiteralString(html, text)
	}
	put(probe, "")
	put(iconTag, fmt.Sprintf(`<link rel="icon" href="%s" />`, o.icon))
	put(styleTag, "<style>"+o.style+"</style>")
	put(scriptTag, "")
	policy := fmt.Sprintf(`<meta http-equiv="Content-Security-Policy" content="%s" />`, o.policy())
	html = strings.Replace(html, `<meta charset="utf-8" />`, `<meta charset="utf-8" />`+"\n\t\t"+policy, 1)
	// The type of the first two is that of data: the browser runs neither.
	inside := `<script type="text/plain" id="worker">` + o.worker + "</script>\n" +
		`<script type="text/plain" id="engine">` + o.engine + "</script>\n" +
		`<script type="module">` + o.script + "</script>\n"
	html = strings.Replace(html, "</body>", inside+"</body>", 1)
	if left := reference.FindString(html); left != "" {
		return "", fmt.Errorf("build: the one file would load %s", left)
	}
	return html, nil
}

// policy allows the file's own script and style by their hashes, and as a worker
// what the script makes (blob:). It allows no address that could be connected to.
func (o oneFile) policy() string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src '" + site.HashSource([]byte(o.script)) + "' 'wasm-unsafe-eval' blob:",
		"style-src '" + site.HashSource([]byte(o.style)) + "'",
		"img-src data:",
		"worker-src blob:",
		"base-uri 'none'",
		"form-action 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types certlens lit-html",
	}, "; ")
}

// unfit are what an HTML parser would read in a script otherwise than as text.
var unfit = regexp.MustCompile(`(?i)</?(script|style)\b|[\r\x00]`)

func fitsInside(code string) error {
	if found := unfit.FindString(code); found != "" {
		return fmt.Errorf("build: a script of the one file holds %q, which would end it or change it", found)
	}
	return nil
}

// matching is the one file whose path matches a pattern.
func matching(files []file, pattern string) file {
	for _, f := range files {
		if ok, _ := path.Match(pattern, f.path); ok {
			return f
		}
	}
	return file{}
}
