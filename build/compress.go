package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// An encoding is one way to send a file.
type encoding struct {
	extension string
	level     int
	writer    func(w io.Writer, level int) (io.WriteCloser, error)
}

var encodings = []encoding{
	{".br", brotli.BestCompression, func(w io.Writer, level int) (io.WriteCloser, error) {
		// The window of 24 bits is the largest that browsers take; the engine is
		// larger than the default one.
		return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: level, LGWin: 24}), nil
	}},
	{".gz", gzip.BestCompression, func(w io.Writer, level int) (io.WriteCloser, error) {
		return gzip.NewWriterLevel(w, level)
	}},
}

// compress gives f in every encoding in which it is smaller. Results are kept in
// the cache by the hash of the content, because the best compression of the
// engine takes most of a build's time.
func (p project) compress(f file) ([]file, error) {
	var out []file
	for _, e := range encodings {
		data, err := p.encoded(e, f.data)
		if err != nil {
			return nil, err
		}
		if len(data) < len(f.data) {
			out = append(out, file{f.path + e.extension, data})
		}
	}
	return out, nil
}

func (p project) encoded(e encoding, data []byte) ([]byte, error) {
	return p.cached(fmt.Sprintf("%s-%d%s", hash(data), e.level, e.extension), func() ([]byte, error) {
		return e.encode(data)
	})
}

func (e encoding) encode(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := e.writer(&b, e.level)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// cached gives the content of a file of the cache, which make makes when it is
// not there.
func (p project) cached(name string, make func() ([]byte, error)) ([]byte, error) {
	path := p.cache("compressed", name)
	if data, err := os.ReadFile(path); err == nil {
		return data, nil
	}
	data, err := make()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return data, writeWhole(path, data)
}

// writeWhole writes a file that is whole or absent, also when the program ends
// in the middle or runs twice.
func writeWhole(path string, data []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".part-")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	_, err = part.Write(data)
	if err := errors.Join(err, part.Chmod(0o644), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}
