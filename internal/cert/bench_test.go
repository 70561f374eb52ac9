package cert

import "testing"

// The benchmarks run over a certificate like those of today's Web ("dv", not
// self-signed, eleven extensions) and over a root with an RSA key.
var benchNames = []string{"dv", "rsa2048-e41"}

func BenchmarkParse(b *testing.B) {
	files := pemFiles(b)
	for _, name := range benchNames {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(files[name])
			}
		})
	}
}

// BenchmarkReport leaves out Parse, and has SelfSigned computed before.
func BenchmarkReport(b *testing.B) {
	files := pemFiles(b)
	for _, name := range benchNames {
		c := Parse(files[name])
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Report(testTime)
			}
		})
	}
}

func BenchmarkTree(b *testing.B) {
	der := pemFiles(b)["dv"]
	b.ReportAllocs()
	for b.Loop() {
		Tree(der)
	}
}
