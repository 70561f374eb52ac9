package chain

import (
	"context"
	"testing"

	"certlens/internal/cert"
	"certlens/internal/trust"
)

// FuzzBuild gives damaged certificates to a whole build. It must end, give a
// path, and trust none that has a problem or no anchor.
func FuzzBuild(f *testing.F) {
	for _, c := range chains {
		_, served, anchors := c.build(f)
		if len(anchors) > 0 {
			f.Add(served[0].der, served[len(served)-1].der, anchors[0].der, c.host)
		}
	}
	f.Fuzz(func(t *testing.T, leaf, other, anchor []byte, host string) {
		req := Request{Served: []*cert.Certificate{cert.Parse(leaf), cert.Parse(other)}, Host: host, At: now,
			Stores: []*trust.Store{trust.User([]*cert.Certificate{cert.Parse(anchor)})}}
		res := Build(context.Background(), req)
		if len(res.Paths) == 0 || res.Leaf == nil {
			t.Fatal("no path")
		}
		for _, p := range res.Paths {
			if p.Trusted != (p.Store != "" && len(p.Problems) == 0) {
				t.Errorf("trusted %v, store %q, %d problems", p.Trusted, p.Store, len(p.Problems))
			}
		}
		Bundle(res.Paths[0], req.Served...)
	})
}
