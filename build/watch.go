package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// watch rebuilds whenever a source has changed. It looks, rather than being
// told: a look at a few hundred files takes a few milliseconds, on every system.
func (p project) watch(ctx context.Context, changed *bell) {
	before := p.newest()
	for ctx.Err() == nil {
		time.Sleep(300 * time.Millisecond)
		now := p.newest()
		if now == before {
			continue
		}
		before = now
		if err := p.dist(ctx, false); err != nil {
			fmt.Fprintln(os.Stderr, err)
			continue
		}
		changed.ring()
	}
}

// sources are the extensions of the files that a build reads.
var sources = []string{".go", ".mod", ".ts", ".css", ".html", ".svg", ".txt", ".pem", ".json", ".der", ".webmanifest"}

// newest names the state of all sources: how many there are and when the latest
// one changed.
func (p project) newest() (state struct {
	count  int
	latest time.Time
}) {
	_ = filepath.WalkDir(string(p), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil // a file that went away meanwhile
		}
		if e.IsDir() && slices.Contains([]string{"node_modules", "dist", ".git", "test", "testdata"}, e.Name()) {
			return filepath.SkipDir
		}
		info, err := e.Info()
		if err != nil || e.IsDir() || !slices.Contains(sources, filepath.Ext(path)) || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		state.count++
		if info.ModTime().After(state.latest) {
			state.latest = info.ModTime()
		}
		return nil
	})
	return state
}

// A bell wakes all that wait for it.
type bell struct {
	mu   sync.Mutex
	next chan struct{}
}

func (b *bell) wait() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next == nil {
		b.next = make(chan struct{})
	}
	return b.next
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next != nil {
		close(b.next)
	}
	b.next = nil
}
