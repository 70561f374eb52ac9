package chain

import (
	"context"
	"os"
	"testing"

	"certlens/internal/report"
	"certlens/internal/trust"
)

// keyCases are chains with keys that no part of this program computes with: a
// leaf for www.example.com and its root, both on the curve, made with openssl.
var keyCases = []struct {
	file string
	// trusted is the verdict with the root as anchor, alone that of the root by
	// itself and without a store.
	trusted, alone string
}{
	{"secp256k1", "other@leaf other@leaf other@root", "other@root unknown_root@root"},
	{"brainpoolP256r1", "other@leaf other@leaf other@root", "other@root unknown_root@root"},
	{"SM2", "other@leaf other@leaf other@root", "other@root unknown_root@root"},
	{"prime192v1", "other@leaf weak_key@leaf weak_key@root", "weak_key@root unknown_root@root"},
	{"explicit", "malformed@leaf malformed@root", "malformed@root unknown_root@root"},
	{"ed448", "other@leaf", "unknown_root@root"},
}

// TestCautions asks which certificates are warned of although no path is bad.
func TestCautions(t *testing.T) {
	f := newForge(t)
	for _, c := range []struct {
		spec    string
		purpose Purpose
		want    int
	}{
		{"a key rsa2048 ku encipher", ServerAuth, 1},
		{"a key rsa2048 ku encipher", EmailProtection, 0},
		{"b key rsa2048 ku digital+encipher", ServerAuth, 0},
		{"c key rsa2048 ku digital", ServerAuth, 0},
		{"d key rsa2048", ServerAuth, 0},
		{"e ku encipher", ServerAuth, 0}, // a path problem
		{"f eku code+time", CodeSigning, 1},
		{"f eku code+time", TimeStamping, 0}, // a path problem
		{"g eku time", Any, 0},
		{"h eku any", Any, 1},
		{"h eku any+client", ClientAuth, 0},
	} {
		if got := Cautions(f.make(c.spec).cert, c.purpose); len(got) != c.want {
			t.Errorf("%s for %s: %v, want %d", c.spec, c.purpose, got, c.want)
		}
	}
}

// TestKeys asks that a key which cannot be used is said to be one, and is not
// taken for a broken encoding.
func TestKeys(t *testing.T) {
	for _, c := range keyCases {
		text, err := os.ReadFile("testdata/keys/" + c.file + ".pem")
		if err != nil {
			t.Fatal(err)
		}
		certs := parsePEM(t, string(text))
		say := func(p report.Path) string {
			f := &forge{made: map[string]*forged{"leaf": {cert: certs[0]}, "root": {cert: certs[1]}}}
			return f.verdict(p)
		}
		res := Build(context.Background(), Request{Served: certs[:1], Host: host, At: now.AddDate(1, 0, 0), Stores: []*trust.Store{trust.User(certs[1:])}})
		if got := say(res.Paths[0]); got != c.trusted {
			t.Errorf("%s: %s, want %s\n%s", c.file, got, c.trusted, details(res.Paths[0]))
		}
		res = Build(context.Background(), Request{Served: certs[1:], At: now.AddDate(1, 0, 0)})
		if got := say(res.Paths[0]); got != c.alone {
			t.Errorf("%s alone: %s, want %s\n%s", c.file, got, c.alone, details(res.Paths[0]))
		}
	}
}
