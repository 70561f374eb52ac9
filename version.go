package certlens

import (
	_ "embed"
	"encoding/json"
	"io/fs"
)

// about is where the version of all of certlens stands.
//
//go:embed package.json
var about []byte

// An Identity says what was built.
type Identity struct {
	Version string `json:"version"`
	// Commit is git's name for the source, and Build the hash of the page's files.
	// Only that of a page has them.
	Commit string `json:"commit"`
	Build  string `json:"build"`
}

// Version is the version of certlens.
func Version() string {
	var own Identity
	if err := json.Unmarshal(about, &own); err != nil {
		panic(err) // a file of ours
	}
	return own.Version
}

// PageIdentity is what the built page says of itself, which may be older than
// this program; the zero value when there is none.
func PageIdentity() (page Identity) {
	if text, err := fs.ReadFile(dist, "dist/web/version.json"); err == nil {
		_ = json.Unmarshal(text, &page) // a page that says nothing readable says nothing
	}
	return page
}
