package lint

import (
	_ "embed"
	"sync"

	"certlens/internal/cert"
)

// sample is a server certificate of the Web PKI with a P-256 key, signed with
// P-384, so that linting it goes the long way through most rules. Its names and
// keys exist nowhere. A test writes it.
//
//go:embed sample.der
var sample []byte

// Warm does early what the first call of Certificate would otherwise do: pick
// the rules, make the tables for small keys, and compile the regular expressions
// that rules compile on first use. A browser moreover compiles WebAssembly when
// it first runs. Warm does it once, however often it is called.
func Warm() { warm() }

var warm = sync.OnceFunc(func() {
	smallP256()
	smallP384()
	Certificate(Subject{Cert: cert.Parse(sample)}, WebPKI)
})
