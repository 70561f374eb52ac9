// Package certlens holds the built page, so that one binary can serve it.
package certlens

import (
	"embed"
	"errors"
	"io/fs"
)

// dist is dist/web as it was when this package was compiled. The pattern is the
// one that also matches dist/README.md, which is always there: embedding fails
// when nothing matches, and a clean clone has nothing built.
//
//go:embed dist/[Rw][Ee][Ab]*
var dist embed.FS

// Page is the built page, ready for site.Handler. It is an error when the page
// had not been built when this program was.
func Page() (fs.FS, error) {
	if _, err := dist.Open("dist/web/index.html"); err != nil {
		return nil, errors.New("this program was built without the page: run go run ./build dist, then build it again")
	}
	return fs.Sub(dist, "dist/web")
}
