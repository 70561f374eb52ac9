package chain

import (
	"context"
	"slices"
	"testing"

	"certlens/internal/cert"
	"certlens/internal/trust"
)

// realChain is a leaf and an intermediate as a server of the Web PKI sends them,
// with the time at which they were good, parsed anew.
func realChain(t testing.TB) Request {
	cases := limboCases(t)
	i := slices.IndexFunc(cases, func(c limboCase) bool { return c.ID == "online::stackoverflow.com" })
	if i < 0 {
		t.Skip("the suite has no chain of stackoverflow.com any more")
	}
	req := cases[i].request(t)
	req.Served, req.Extra = append(req.Served, req.Extra...), nil
	return req
}

// parsedAnew drops everything that a certificate keeps once it was asked for.
func parsedAnew(certs []*cert.Certificate) []*cert.Certificate {
	var out []*cert.Certificate
	for _, c := range certs {
		out = append(out, cert.Parse(c.DER))
	}
	return out
}

// BenchmarkBuild3 builds and judges leaf, intermediate, Mozilla anchor. Cold is
// the first build of a program: the store is indexed and the anchor parsed.
func BenchmarkBuild3(b *testing.B) {
	req := realChain(b)
	for _, temperature := range []string{"cold", "warm"} {
		b.Run(temperature, func(b *testing.B) {
			req.Stores = []*trust.Store{trust.Mozilla()}
			for b.Loop() {
				if temperature == "cold" {
					b.StopTimer()
					req.Stores = []*trust.Store{trust.LoadMozilla()}
					req.Served = parsedAnew(req.Served)
					b.StartTimer()
				}
				if res := Build(context.Background(), req); !res.Paths[0].Trusted {
					b.Fatal(details(res.Paths[0]))
				}
			}
		})
	}
}

// BenchmarkMesh is a search that every bound is needed for.
func BenchmarkMesh(b *testing.B) {
	_, req := mesh(b, 12)
	for b.Loop() {
		Build(context.Background(), req)
	}
}
