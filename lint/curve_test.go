package lint

import (
	"bytes"
	"crypto/elliptic"
	"encoding/binary"
	"flag"
	"fmt"
	"math/big"
	"os"
	"slices"
	"testing"

	"certlens/lint/internal/fixture"
)

var update = flag.Bool("update", false, "write the files of small multiples")

var smallFiles = []struct {
	kind, name string
	curve      elliptic.Curve
	file       []byte
	read       func() *multiples
}{
	{"p256", "small_p256.bin", elliptic.P256(), smallFileP256, smallP256},
	{"p384", "small_p384.bin", elliptic.P384(), smallFileP384, smallP384},
}

// TestSmallFiles computes what the files hold.
func TestSmallFiles(t *testing.T) {
	for _, f := range smallFiles {
		params := f.curve.Params()
		m := newMultiples(params.P, point{params.Gx, params.Gy}, smallSteps, smallReach)
		var want []byte
		for _, x := range m.near {
			want = binary.BigEndian.AppendUint32(want, x)
		}
		for _, p := range m.strides {
			want = append(want, coordinates(p, params.BitSize/8)...)
		}
		if *update {
			if err := os.WriteFile(f.name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if !bytes.Equal(f.file, want) {
			t.Errorf("%s is not what it should be; run go test ./lint -update", f.name)
		}
	}
}

// TestMultiples compares what was read with the standard library's arithmetic.
func TestMultiples(t *testing.T) {
	for _, f := range smallFiles {
		m, size := f.read(), f.curve.Params().BitSize/8
		if len(m.strides)*(2*smallSteps+1) < smallReach {
			t.Errorf("%s: %d strides reach too short", f.kind, len(m.strides))
		}
		for i, p := range m.strides {
			d := (i + 1) * (2*smallSteps + 1)
			if !bytes.Equal(coordinates(p, size), base(f.kind, d, size)) {
				t.Errorf("%s: %d·G is wrong", f.kind, d)
			}
		}
		if !slices.IsSorted(m.near) {
			t.Errorf("%s: near is not in order", f.kind)
		}
		for _, d := range []int{1, 2, smallSteps - 1, smallSteps} {
			if !m.isNear(new(big.Int).SetBytes(base(f.kind, d, size)[:size])) {
				t.Errorf("%s: %d·G is not near", f.kind, d)
			}
		}
	}
}

// base gives x and y of d·G, as the standard library computes them.
func base(kind string, d, size int) []byte {
	public := fixture.Key(fmt.Sprintf("%s/=%d", kind, d)).SPKI()
	return public[len(public)-2*size:]
}

func coordinates(p point, size int) []byte {
	both := make([]byte, 2*size)
	p.x.FillBytes(both[:size])
	p.y.FillBytes(both[size:])
	return both
}
