package lint

import (
	"sync"

	"certlens/internal/cert"
)

// Warm does early what the first call would otherwise do: the sets of rules, the
// tables for small keys, and, by linting a sample, the regular expressions and
// maps that rules make on first use. A browser also compiles WebAssembly when it
// first runs. Warm does all of it once, however often it is called.
var Warm = sync.OnceFunc(func() {})
var _ = cert.Parse
