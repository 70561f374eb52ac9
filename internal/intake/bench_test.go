package intake

import (
	"bytes"
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
