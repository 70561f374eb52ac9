package intake

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func benchmark(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Scan(Source{Data: data})
	}
}

// BenchmarkProse reads 50 MB in which there is nothing.
func BenchmarkProse(b *testing.B) {
	line := []byte("2026-11-20 10:00:00 INFO The quick brown fox jumps over the lazy dog, again and again.\n")
	benchmark(b, bytes.Repeat(line, 50_000_000/len(line)))
}

// BenchmarkOneLine reads 50 MB without a line break.
func BenchmarkOneLine(b *testing.B) {
	words := []byte("The quick brown fox jumps over the lazy dog, Mister Miller. ")
	benchmark(b, bytes.Repeat(words, 50_000_000/len(words)))
}

// BenchmarkThousand reads a thousand certificates.
func BenchmarkThousand(b *testing.B) {
	benchmark(b, bytes.Repeat(newLab(b, "rsa").leaf.pem(), 1000))
}

// BenchmarkChain reads a chain of two certificates.
func BenchmarkChain(b *testing.B) {
	l := newLab(b, "rsa")
	benchmark(b, append(l.leaf.pem(), l.intermediate.pem()...))
}

// BenchmarkTranscript reads a recorded run of s_client with two certificates.
func BenchmarkTranscript(b *testing.B) {
	for _, v := range vectors(b) {
		if v.path == "testdata/s_client-tls13-showcerts-3.5.txtar" {
			benchmark(b, v.input)
		}
	}
}

// BenchmarkSizes reads a log with three certificates, and texts that are made to
// cost time, in sizes from 1 kB to 5 MB: the time for each byte should stay.
func BenchmarkSizes(b *testing.B) {
	texts := hostile(b)
	l := newLab(b, "rsa")
	line := "2026-11-20T10:00:00.123Z INFO [http-nio-8443-exec-7] c.e.Server - GET /api/v1/items?id=4711 200 12ms \"Mozilla/5.0\"\n"
	for _, size := range []int{1_000, 10_000, 100_000, 1_000_000, 5_000_000} {
		third := strings.Repeat(line, size/3/len(line)+1)[:size/3]
		log := third + "\n" + string(l.leaf.pem()) + third + "\n" + string(l.intermediate.pem()) + third + "\n" + string(l.root.pem())
		b.Run(fmt.Sprintf("log/%d", size), func(b *testing.B) { benchmark(b, []byte(log)) })
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		for _, size := range []int{1_000, 100_000, 5_000_000} {
			text := []byte(strings.Repeat(texts[name], size/len(texts[name])+1)[:size])
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) { benchmark(b, text) })
		}
	}
}
