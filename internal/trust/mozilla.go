package trust

import (
	"crypto/x509"
	"sync"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/crypto/x509roots/fallback/bundle"

	"certlens/internal/cert"
)

// The version of the bundle and the date that it carries. A test holds both
// against go.mod.
const (
	mozillaModule  = "golang.org/x/crypto/x509roots/fallback"
	mozillaVersion = "v0.0.0-20261030153154-30a33513ff6d"
	mozillaDate    = "2026-10-30"
)

// Mozilla is the store of the roots that Mozilla trusts for web servers, as the
// Go project publishes it, with the conditions that Mozilla puts on some. The
// date is that of the published version. It is always the same store.
func Mozilla() *Store { return mozilla() }

var mozilla = sync.OnceValue(LoadMozilla)

// LoadMozilla makes a store of its own with the contents of Mozilla, of which
// nothing is indexed or parsed yet. It serves to measure what that costs.
func LoadMozilla() *Store {
	return newStore(Store{
		Name:   "mozilla",
		Title:  "Mozilla root store",
		Owner:  "Mozilla",
		Source: mozillaModule + " " + mozillaVersion + " (NSS certdata.txt, roots trusted for web servers)",
		Date:   mozillaDate,
	}, func(s *Store) []*entry {
		var out []*entry
		for root := range bundle.Roots() {
			out = append(out, mozillaEntry(s.Name, root))
		}
		return out
	})
}

// mozillaEntry is an entry that is parsed when its anchor is asked for.
func mozillaEntry(store string, root bundle.Root) *entry {
	e := &entry{der: root.Certificate, subject: peekSubject(root.Certificate)}
	e.anchor = sync.OnceValue(func() *Anchor {
		return &Anchor{Cert: cert.Parse(e.der), Store: store, DistrustAfter: distrustAfter(root)}
	})
	return e
}

// peekSubject finds the subject of a certificate without parsing the rest
// (RFC 5280, section 4.1); nil when the DER is not that of a certificate.
func peekSubject(der []byte) []byte {
	in := cryptobyte.String(der)
	var certificate, tbs, subject cryptobyte.String
	ok := in.ReadASN1(&certificate, asn1.SEQUENCE) && certificate.ReadASN1(&tbs, asn1.SEQUENCE) &&
		tbs.SkipOptionalASN1(asn1.Tag(0).ContextSpecific().Constructed()) && // version
		tbs.SkipASN1(asn1.INTEGER) && // serialNumber
		tbs.SkipASN1(asn1.SEQUENCE) && // signature
		tbs.SkipASN1(asn1.SEQUENCE) && // issuer
		tbs.SkipASN1(asn1.SEQUENCE) && // validity
		tbs.ReadASN1Element(&subject, asn1.SEQUENCE)
	if !ok {
		return nil
	}
	return subject
}

// distrustAfter finds the date in the root's constraint. The bundle publishes a
// constraint as a function alone, so the date is searched for: the last second
// at which a certificate would still be trusted.
func distrustAfter(root bundle.Root) time.Time {
	if root.Constraint == nil {
		return time.Time{}
	}
	good, bad := int64(0), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	if trustedAt(root, bad) || !trustedAt(root, good) {
		return time.Time{}
	}
	for bad-good > 1 {
		if mid := (good + bad) / 2; trustedAt(root, mid) {
			good = mid
		} else {
			bad = mid
		}
	}
	return time.Unix(good, 0).UTC()
}

// trustedAt asks the constraint about a certificate issued at a time (Unix).
func trustedAt(root bundle.Root, sec int64) bool {
	return root.Constraint([]*x509.Certificate{{NotBefore: time.Unix(sec, 0)}}) == nil
}
