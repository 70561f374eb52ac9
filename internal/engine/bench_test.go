package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
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

// A log with three certificates in it, in which every second line is an error; the
// time grows with the size.
func BenchmarkAnalyzeLog(b *testing.B) {
	const lines = "2026-11-20T10:00:00.123Z web-1 [error] 12#12: *1 SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 192.0.2.1, server: 0.0.0.0:443\n" +
		"2026-11-20T10:00:00.124Z web-1 INFO GET /index.html 200 12ms user=42\n"
	for _, size := range []int{1 << 20, 5 << 20, 20 << 20} {
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) {
			half := strings.Repeat(lines, size/len(lines)/2)
			benchmark(b, half+lab.PEM(leaf, issuing, root)+half)
		})
	}
}
