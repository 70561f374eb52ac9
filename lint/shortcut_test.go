package lint

import (
"crypto/elliptic"
	"testing"

	"github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/lint/internal/fixture"
)

func BenchmarkShortcut(b *testing.B) {
	for _, key := range []fixture.Key{"p256/a", "p384/a", "rsa2048/a", "rsa4096/a"} {
		spec := &fixture.Spec{By: &fixture.Spec{Subject:"CN=x",Key:key+"b"}, Subject: "CN=a", From: "2026-01-01", To: "2026-02-01", Key: key}
		c, err := x509.ParseCertificate(spec.DER())
		if err != nil {
			b.Fatal(err)
		}
		for name, shortcut := range shortcuts {
			rule := zlint.GlobalRegistry().CertificateLints().ByName(name)
			b.Run(string(key)+"/"+name, func(b *testing.B) {
				for b.Loop() {
					shortcut(c)
				}
			})
			b.Run(string(key)+"/"+name+"/zlint", func(b *testing.B) {
				for b.Loop() {
					rule.Execute(c, zlint.GlobalRegistry().GetConfiguration())
				}
			})
		}
	}
}
func BenchmarkTable(b *testing.B) {
	for b.Loop() {
		smallKeys(elliptic.P384().Params())
	}
}
func BenchmarkTable2(b *testing.B) {
	for b.Loop() {
		smallKeys(elliptic.P256().Params())
	}
}
