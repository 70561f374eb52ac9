package engine

import (
	"context"
	"encoding/json"
	"testing"

	"certlens/internal/intake"
	"certlens/internal/lab"
)

// A warm report of a chain of three, with its JSON.
func BenchmarkAnalyzeChain(b *testing.B) {
	benchmark(b, lab.PEM(leaf, issuing, root))
}

// A thousand certificates in one paste.
func BenchmarkAnalyzeThousand(b *testing.B) {
	benchmark(b, string(thousand()))
}

func benchmark(b *testing.B, input string) {
	req := Request{Sources: []intake.Source{{Data: []byte(input)}}, Host: "www.example.com", At: lab.At}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(Analyze(context.Background(), req)); err != nil {
			b.Fatal(err)
		}
	}
}
