package lint

import (
	"math/big"

	"github.com/zmap/zcrypto/rsa"
)

// fermatRounds is the number of rounds of zlint's rule in its default
// configuration.
const fermatRounds = 100

// notFermatWeak stands for e_rsa_fermat_factorization, which tries whether
// a² - n is a perfect square for the first 100 values of a above the root of n,
// by taking 100 roots. Here the remainders of a² - n by small numbers show that
// it is not: a square leaves few of the possible remainders.
func notFermatWeak(s Subject) bool {
	key, ok := s.Cert.X509.PublicKey.(*rsa.PublicKey)
	if !ok || key.N == nil || key.N.Sign() <= 0 {
		return false
	}
	start := new(big.Int).Sqrt(key.N)
	start.Add(start, big.NewInt(1))
	var open [fermatRounds]bool // rounds whose a² - n may be a square
	for i := range open {
		open[i] = true
	}
	for _, m := range sieve {
		ruleOut(&open, key.N, start, m)
	}
	return open == [fermatRounds]bool{}
}

// sieve are powers of small primes. By each of them about half of the remainders
// are not those of a square, by 64 and 81 more, so that a number that is not a
// square gets past all of them once in 2^22.
var sieve = []uint64{64, 81, 25, 49, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67}

// ruleOut clears the rounds in which (start+i)² - n leaves a remainder by m that
// no square leaves.
func ruleOut(open *[fermatRounds]bool, n, start *big.Int, m uint64) {
	var square [81]bool
	for i := range m {
		square[i*i%m] = true
	}
	modulus := new(big.Int).SetUint64(m)
	nm := new(big.Int).Mod(n, modulus).Uint64()
	am := new(big.Int).Mod(start, modulus).Uint64()
	for i := range open {
		if open[i] {
			open[i] = square[(am*am+m-nm)%m]
		}
		am = (am + 1) % m
	}
}
