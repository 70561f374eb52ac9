package lint

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"certlens/internal/cert"
	"certlens/lint/internal/fixture"
)

// BenchmarkCertificate lints a leaf of the Web PKI with every rule, warm.
func BenchmarkCertificate(b *testing.B) {
	c := cert.Parse(fixture.PublicLeaf.DER())
	for b.Loop() {
		Certificate(Subject{Cert: c}, WebPKI)
	}
}

// BenchmarkPrivate lints an RSA leaf of a private CA, warm.
func BenchmarkPrivate(b *testing.B) {
	c := cert.Parse(fixture.PrivateLeaf.DER())
	for b.Loop() {
		Certificate(Subject{Cert: c}, Private)
	}
}

// BenchmarkChain3 lints leaf, intermediate and root with every rule, and the
// chain that they form, warm.
func BenchmarkChain3(b *testing.B) {
	var chain []*cert.Certificate
	for _, s := range []*fixture.Spec{fixture.PublicLeaf, fixture.PublicIntermediate, fixture.PublicRoot} {
		chain = append(chain, cert.Parse(s.DER()))
	}
	at := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		for i, c := range chain {
			Certificate(Subject{Cert: c, Issuer: chain[min(i+1, 2)], Signed: true}, WebPKI)
		}
		Chain(Served{Certs: chain, At: at})
	}
}

// BenchmarkRules has an entry for each rule that takes more than a hundredth of
// the whole on a leaf of the Web PKI, to show where the time goes.
func BenchmarkRules(b *testing.B) {
	c := cert.Parse(fixture.PublicLeaf.DER())
	for _, rule := range certificateRules[WebPKI]() {
		start := time.Now()
		for range 10 {
			rule.verdict(Subject{Cert: c})
		}
		if time.Since(start)/10 < 5*time.Microsecond {
			continue
		}
		b.Run(rule.Name, func(b *testing.B) {
			for b.Loop() {
				rule.verdict(Subject{Cert: c})
			}
		})
	}
}

// BenchmarkFirstLint starts a new process for each lint, and reports how long the
// lint took in it, as ns/lint; ns/op is mostly the start of the process.
func BenchmarkFirstLint(b *testing.B) {
	exe, err := os.Executable()
	if err != nil {
		b.Skip(err)
	}
	var total time.Duration
	for b.Loop() {
		cmd := exec.Command(exe, "-test.run", "^TestFirstLint$")
		cmd.Env = append(os.Environ(), "CERTLENS_FIRST_LINT=1")
		out, err := cmd.Output()
		if err != nil {
			b.Skip(err) // no processes in WebAssembly
		}
		took, err := time.ParseDuration(firstLine(out))
		if err != nil {
			b.Fatal(err)
		}
		total += took
	}
	b.ReportMetric(float64(total.Nanoseconds())/float64(b.N), "ns/lint")
}

// TestFirstLint is the process that BenchmarkFirstLint starts.
func TestFirstLint(t *testing.T) {
	if os.Getenv("CERTLENS_FIRST_LINT") == "" {
		t.Skip("runs inside BenchmarkFirstLint")
	}
	der := fixture.PublicLeaf.DER()
	start := time.Now()
	Certificate(Subject{Cert: cert.Parse(der)}, WebPKI)
	os.Stdout.WriteString(time.Since(start).String() + "\n")
}

func firstLine(out []byte) string {
	for i, c := range out {
		if c == '\n' {
			return string(out[:i])
		}
	}
	return string(out)
}
