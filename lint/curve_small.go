package lint

import (
	"crypto/elliptic"
	_ "embed"
	"encoding/binary"
	"math/big"
	"sync"
)

// The multiples of the base point G up to 2^16, the bound of zlint's rule in its
// default configuration, are the same for every key. To compute them in a browser
// takes longer than all other rules together, so they are read from files, which
// go test ./lint -update writes. A file holds near, then x and y of each stride,
// all big-endian.
const (
	smallSteps = 1024
	smallReach = 1 << 16
)

var (
	//go:embed small_p256.bin
	smallFileP256 []byte
	//go:embed small_p384.bin
	smallFileP384 []byte
)

var (
	smallP256 = sync.OnceValue(func() *multiples { return readSmall(elliptic.P256(), smallFileP256) })
	smallP384 = sync.OnceValue(func() *multiples { return readSmall(elliptic.P384(), smallFileP384) })
)

func readSmall(curve elliptic.Curve, file []byte) *multiples {
	m := &multiples{p: curve.Params().P, near: make([]uint32, smallSteps)}
	for i := range m.near {
		m.near[i] = binary.BigEndian.Uint32(file[4*i:])
	}
	file = file[4*smallSteps:]
	for size := (curve.Params().BitSize + 7) / 8; len(file) > 0; file = file[2*size:] {
		x := new(big.Int).SetBytes(file[:size])
		y := new(big.Int).SetBytes(file[size : 2*size])
		m.strides = append(m.strides, point{x, y})
	}
	return m
}
