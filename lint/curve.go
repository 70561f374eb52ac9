package lint

import (
	"math/big"
	"slices"
)

// This file finds out whether a point of a NIST curve is a small multiple of
// another, in plain affine coordinates. Nothing here is secret, so it need not
// run in constant time; what makes it quick is that the one expensive step of an
// addition, the division, is done for many additions at once.

// A point is a point of a curve other than the point at infinity.
type point struct{ x, y *big.Int }

// A field does arithmetic modulo a prime. It is not safe for concurrent use.
type field struct {
	p        *big.Int
	quotient big.Int // of the last division, kept for its memory
}

// A multiples holds what the search for small multiples of a point g needs.
type multiples struct {
	p *big.Int // the prime of the curve's field
	// near holds the low 32 bits of the x of j·g for 1 ≤ j ≤ steps, in ascending
	// order. A value that is in it by accident costs a run of the rule, nothing
	// more.
	near []uint32
	// strides are i·S for i = 1, 2, ... where S = (2·steps+1)·g, as many as are
	// needed: every d within reach is at most steps away from some i·S or 0.
	strides []point
}

// newMultiples prepares the search for d·g with 0 < d ≤ reach. More steps cost
// more here, fewer cost more for each key.
func newMultiples(p *big.Int, g point, steps, reach int) *multiples {
	m := &multiples{p: p, near: make([]uint32, steps)}
	f := &field{p: p}
	first := f.firstOf(g, steps)
	for i, q := range first {
		m.near[i] = low(q.x)
	}
	slices.Sort(m.near)
	last := first[steps-1]
	stride := f.add(f.add([]point{last}, last), g)[0]
	width := 2*steps + 1
	m.strides = f.firstOf(stride, (reach+width-1)/width)
	return m
}

// mayHave tells whether q may be d·g or -d·g for some d within reach. It is
// never false for such a point, and true for another about once in 60,000.
func (m *multiples) mayHave(q point) bool {
	if m.isNear(q.x) {
		return true
	}
	f := &field{p: m.p}
	for _, x := range f.sumsAndDifferences(q, m.strides) {
		if x == nil || m.isNear(x) {
			return true
		}
	}
	return false
}

// isNear tells whether x may be that of one of the first multiples of g.
func (m *multiples) isNear(x *big.Int) bool {
	_, found := slices.BinarySearch(m.near, low(x))
	return found
}

// low gives the low 32 bits of x.
func low(x *big.Int) uint32 { return uint32(x.Uint64()) }

// firstOf gives 1·g, 2·g ... n·g. It adds the last one known to all of them,
// which doubles their number.
func (f *field) firstOf(g point, n int) []point {
	all := []point{g}
	for len(all) < n {
		all = append(all, f.add(all, all[len(all)-1])...)
	}
	return all[:n]
}

// add gives a+b for each a of as. No a may be -b.
func (f *field) add(as []point, b point) []point {
	rises, runs := make([]*big.Int, len(as)), make([]*big.Int, len(as))
	for i, a := range as {
		rises[i] = new(big.Int).Sub(a.y, b.y)
		runs[i] = f.mod(new(big.Int).Sub(a.x, b.x))
		if runs[i].Sign() == 0 {
			rises[i], runs[i] = tangent(b)
		}
	}
	sums := make([]point, len(as))
	for i, inverse := range f.invert(runs) {
		slope := f.mod(rises[i].Mul(rises[i], inverse))
		x := f.third(slope, as[i], b)
		y := new(big.Int).Sub(b.x, x)
		sums[i] = point{x, f.mod(y.Mul(y, slope).Sub(y, b.y))}
	}
	return sums
}

// tangent gives the slope of the curve at b as a fraction: (3x²-3) / 2y, because
// the curves here are y² = x³ - 3x + b.
func tangent(b point) (rise, run *big.Int) {
	rise = new(big.Int).Mul(b.x, b.x)
	rise.Sub(rise, big.NewInt(1)).Mul(rise, big.NewInt(3))
	return rise, new(big.Int).Lsh(b.y, 1)
}

// sumsAndDifferences gives the x of q+s and of q-s for each s of ss, and nil for
// both where q is s or -s.
func (f *field) sumsAndDifferences(q point, ss []point) []*big.Int {
	runs := make([]*big.Int, len(ss))
	for i, s := range ss {
		runs[i] = f.mod(new(big.Int).Sub(s.x, q.x))
	}
	xs := make([]*big.Int, 2*len(ss))
	for i, inverse := range f.invert(runs) {
		if inverse == nil {
			continue
		}
		minus, plus := new(big.Int).Add(ss[i].y, q.y), new(big.Int).Sub(ss[i].y, q.y)
		xs[2*i] = f.third(f.mod(plus.Mul(plus, inverse)), ss[i], q)
		xs[2*i+1] = f.third(f.mod(minus.Mul(minus, inverse)), ss[i], q)
	}
	return xs
}

// third gives the x of the sum of a and b, which lie on a line of this slope.
func (f *field) third(slope *big.Int, a, b point) *big.Int {
	x := new(big.Int).Mul(slope, slope)
	return f.mod(x.Sub(x, a.x).Sub(x, b.x))
}

// invert gives the inverses of all values at the price of one, nil for 0: with
// the running products at hand, the inverse of the last product gives each
// inverse in turn, from the end to the start.
func (f *field) invert(values []*big.Int) []*big.Int {
	before := make([]*big.Int, len(values)) // product of all values before i
	product := big.NewInt(1)
	for i, v := range values {
		before[i] = product
		if v.Sign() != 0 {
			product = f.mod(new(big.Int).Mul(product, v))
		}
	}
	rest := new(big.Int).ModInverse(product, f.p)
	inverses := make([]*big.Int, len(values))
	for i := len(values) - 1; i >= 0; i-- {
		if values[i].Sign() != 0 {
			inverses[i] = f.mod(new(big.Int).Mul(rest, before[i]))
			rest = f.mod(new(big.Int).Mul(rest, values[i]))
		}
	}
	return inverses
}

// mod reduces v in place to 0 ≤ v < p.
func (f *field) mod(v *big.Int) *big.Int {
	if f.quotient.QuoRem(v, f.p, v); v.Sign() < 0 {
		v.Add(v, f.p)
	}
	return v
}
