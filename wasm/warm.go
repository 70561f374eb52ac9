package main

import (
	"context"
	_ "embed"
	"time"

	"certlens/internal/engine"
	"certlens/internal/intake"
)

// A chain of three with the extensions of a public server certificate, so that
// reading, linting and path building all run once. go run ./build gen makes it.
//
//go:embed warm.pem
var warmChain []byte

// warmRounds is how often the warm-up runs. The first round compiles, the others
// make the browser optimize what is hot: that takes all cores for a while, and
// would hold up the page when a big paste brings it about.
const warmRounds = 15

// warm analyses a chain of its own. A browser compiles a WebAssembly function
// when it first runs, and several packages build their tables at first use; all
// that is done here, while the user is still reading the page.
func warm(ctx context.Context, _ []byte, progress func([]byte)) ([]byte, error) {
	sources := []intake.Source{{Data: warmChain}, {Data: []byte(warmError)}}
	for range warmRounds {
		engine.Analyze(ctx, engine.Request{
			Sources:  sources,
			Host:     "www.example.com",
			Profile:  "webpki",
			At:       time.Unix(warmTime, 0).UTC(),
			Progress: func(engine.Progress) { progress(nil) },
		})
		if ctx.Err() != nil {
			break
		}
		sources = sources[:1]
	}
	return nil, nil
}

// warmError makes the catalogue of error texts be read, in the first round.
const warmError = "curl: (60) SSL certificate problem: unable to get local issuer certificate"

// warmTime is inside the validity of warm.pem.
const warmTime = 1_795_000_000
