package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"testing/fstest"
	"time"

	"certlens/internal/site"
)

// dev serves the page, rebuilds it when a file changes, and reloads it in every
// browser that shows it.
func dev(ctx context.Context, p project, args []string) error {
	flags := flag.NewFlagSet("dev", flag.ExitOnError)
	addr := flags.String("addr", "127.0.0.1:8080", "where to listen; the next free port when it is taken")
	allowPrivate := flags.Bool("allow-private", false, "connect to private networks too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := p.dist(ctx, false); err != nil {
		return err
	}
	l, err := site.Listen(*addr)
	if err != nil {
		return err
	}
	fmt.Printf("\ncertlens is at http://%s/, and reloads when a file changes\nend it with Ctrl-C\n", l.Addr())
	handler, err := p.withWorker(devPage{os.DirFS(p.web())}, *allowPrivate)
	if err != nil {
		return err
	}
	var changed bell
	go p.watch(ctx, &changed)
	// The answer that tells of changes takes as long as there are none.
	return site.Serve(ctx, l, &http.Server{Handler: devHandler(handler, &changed), ReadHeaderTimeout: 10 * time.Second})
}

// devHandler serves the page, and to the script in it the changes that it waits
// for.
func devHandler(page http.Handler, changed *bell) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", page)
	mux.HandleFunc("/dev", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_ = http.NewResponseController(w).Flush()
		select {
		case <-changed.wait():
			fmt.Fprint(w, "data: changed\n\n")
		case <-r.Context().Done():
		}
	})
	return mux
}

// devPage is dist/web with one script more.
type devPage struct{ dist fs.FS }

const devScript = `new EventSource("/dev").onmessage = () => location.reload();`

// A page that the browser keeps is not what was just built: in the place of the
// service worker stands one that ends itself, and what another one has kept.
const devServiceWorker = `addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
	for (const name of await caches.keys()) await caches.delete(name);
	const kept = await clients.matchAll();
	await registration.unregister();
	for (const client of kept) client.navigate(client.url);
})()));
`

// Open opens a file.
func (d devPage) Open(name string) (fs.File, error) {
	switch name {
	case "index.html":
		html, err := fs.ReadFile(d.dist, name)
		if err != nil {
			return nil, err
		}
		html = bytes.Replace(html, []byte("</body>"), []byte(`<script src="./dev.js"></script></body>`), 1)
		return fstest.MapFS{name: {Data: html}}.Open(name)
	case "sw.js":
		return fstest.MapFS{name: {Data: []byte(devServiceWorker)}}.Open(name)
	case "dev.js":
		return fstest.MapFS{name: {Data: []byte(devScript)}}.Open(name)
	}
	return d.dist.Open(name)
}
