package chain

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"certlens/internal/cert"
)

// now is the time of the tests.
var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// A forge makes certificates from one-line specs:
//
//	name [word [argument]]...
//
// The name is the common name of the subject, and what later specs refer to.
// The words are in forge.word. A certificate is signed by itself unless "by" says
// who else; it has no extensions but a subject key identifier and, when it is not
// self-signed, an authority key identifier, unless words add or remove some.
type forge struct {
	t     testing.TB
	made  map[string]*forged
	files []string // names in order
}

// A forged certificate and its key.
type forged struct {
	der     []byte
	key     crypto.Signer
	subject []byte
	keyID   []byte
	words   map[string]bool
	cert    *cert.Certificate
}

// A draft is a certificate that is being made.
type draft struct {
	name, by          string
	subject           []byte
	notBefore, until  time.Time
	key               string
	keyOf             string
	hash              string
	version           int
	serial            *big.Int
	bc, eku, ku       string
	pathLen           int
	san               []asn1.RawValue
	permit, exclude   []asn1.RawValue
	softNames         bool
	noSKI, badSig     bool
	aki               []byte
	critical          map[string]bool
	extra             []pkix.Extension
	words             map[string]bool
	innerAlgorithmOdd bool
}

func newForge(t testing.TB) *forge { return &forge{t: t, made: map[string]*forged{}} }

// make makes one certificate.
func (f *forge) make(spec string) *forged {
	fields := strings.Fields(spec)
	d := &draft{name: fields[0], by: fields[0], notBefore: now.AddDate(-1, 0, 0), until: now.AddDate(1, 0, 0),
		key: "p256", hash: "sha256", version: 3, pathLen: -1, critical: map[string]bool{}, words: map[string]bool{},
		serial: new(big.Int).SetBytes(digest(fields[0])[:8])}
	d.subject = distinguished("CN=" + d.name)
	args := fields[1:]
	next := func() string {
		if len(args) == 0 {
			f.t.Fatalf("spec %q ends early", spec)
		}
		a := args[0]
		args = args[1:]
		return a
	}
	for len(args) > 0 {
		f.word(d, next(), next)
	}
	return f.finish(d)
}

// word applies one word of a spec.
func (f *forge) word(d *draft, w string, next func() string) {
	switch w {
	case "by": // the issuer
		d.by = next()
	case "ca", "notca": // basic constraints
		d.bc = w
	case "pathlen":
		d.pathLen, _ = strconv.Atoi(next())
	case "from":
		d.notBefore = f.date(next())
	case "to":
		d.until = f.date(next())
	case "subject": // subject in full, as in "O=Example,CN=a"; "-" for none
		d.subject = distinguished(next())
	case "like": // the subject of another certificate
		d.subject = f.made[next()].subject
	case "printable": // the common name as PrintableString
		d.subject = printable("CN=" + next())
	case "universal": // subject in full, as UniversalString
		d.subject = universal(next())
	case "keyof": // the key of another certificate
		d.keyOf = next()
	case "key":
		d.key = next()
	case "sig":
		d.hash = next()
	case "version":
		d.version, _ = strconv.Atoi(next())
	case "serial":
		d.serial, _ = new(big.Int).SetString(next(), 10)
	case "eku":
		d.eku = next()
	case "ku":
		d.ku = next()
	default:
		f.extensionWord(d, w, next)
	}
}

// extensionWord applies a word about extensions and damage.
func (f *forge) extensionWord(d *draft, w string, next func() string) {
	switch w {
	case "dns", "ip", "email", "uri", "dir", "other":
		for v := range strings.SplitSeq(next(), ",") {
			d.san = append(d.san, general(w, v, false))
		}
	case "permit":
		d.permit = append(d.permit, subtreeOf(next()))
	case "exclude":
		d.exclude = append(d.exclude, subtreeOf(next()))
	case "softnames": // name constraints not critical
		d.softNames = true
	case "noski":
		d.noSKI = true
	case "badaki": // names another key than the issuer's
		d.aki = []byte{1, 2, 3, 4}
	case "badsig":
		d.badSig = true
	case "odd": // two different signature algorithms
		d.innerAlgorithmOdd = true
	case "critical": // marks an extension critical, by its last OID arc
		d.critical[next()] = true
	case "unknown": // an unknown critical extension
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55738, 1}, Critical: true, Value: []byte{5, 0}})
	case "public": // names the CA/B Forum's policy for domain validation
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 32}, Value: []byte{0x30, 10, 0x30, 8, 6, 6, 0x67, 0x81, 0x0c, 1, 2, 1}})
	case "logged": // holds timestamps of transparency logs; none, to be brief
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2}, Value: []byte{4, 2, 0, 0}})
	case "url": // authority information access
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}, Value: authorityInfo()})
	case "aia": // authority information access, critical
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}, Critical: true, Value: authorityInfo()})
	case "feature": // TLS feature, critical
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 24}, Critical: true, Value: []byte{0x30, 3, 2, 1, 5}})
	case "explicit": // policy constraints: requireExplicitPolicy
		n, _ := strconv.Atoi(next())
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 36}, Critical: true, Value: []byte{0x30, 3, 0x80, 1, byte(n)}})
	case "policy": // the value of a critical extension about policies, by its last OID arc
		arc, value, _ := strings.Cut(next(), ":")
		n, _ := strconv.Atoi(arc)
		der, _ := hex.DecodeString(value)
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, n}, Critical: true, Value: der})
	case "poison":
		d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 3}, Critical: true, Value: []byte{5, 0}})
	case "twice": // an extension that comes twice
		for range 2 {
			d.extra = append(d.extra, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55738, 2}, Value: []byte{5, 0}})
		}
	default: // "anchor", "absent" and the like mean something to the test
		d.words[w] = true
	}
}

// date reads a date, or a whole time.
func (f *forge) date(s string) time.Time {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	f.t.Fatalf("bad date %q", s)
	return time.Time{}
}

// finish encodes and signs.
func (f *forge) finish(d *draft) *forged {
	out := &forged{subject: d.subject, words: d.words}
	if d.keyOf != "" {
		out.key = f.made[d.keyOf].key
	} else {
		out.key = newKey(f.t, d.key)
	}
	spki := f.must(x509.MarshalPKIXPublicKey(out.key.Public()))
	out.keyID = digest(string(spki))[:20]
	issuer := out
	if d.by != d.name {
		issuer = f.made[d.by]
		if d.aki == nil {
			d.aki = issuer.keyID
		}
	}
	algorithm := algorithmOf(issuer.key, d.hash)
	inner := algorithm
	if d.innerAlgorithmOdd {
		inner = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}}
	}
	tbs := f.must(asn1.Marshal(tbsCertificate{
		Version: d.version - 1, Serial: d.serial, Algorithm: inner,
		Issuer: asn1.RawValue{FullBytes: issuer.subject}, Validity: validity{d.notBefore, d.until},
		Subject: asn1.RawValue{FullBytes: d.subject}, Key: asn1.RawValue{FullBytes: spki}, Extensions: d.extensions(f, out.keyID),
	}))
	sig := f.sign(issuer.key, d.hash, tbs)
	if d.badSig {
		sig[len(sig)-1] ^= 1
	}
	out.der = f.must(asn1.Marshal(signedCertificate{asn1.RawValue{FullBytes: tbs}, algorithm, asn1.BitString{Bytes: sig, BitLength: 8 * len(sig)}}))
	out.cert = cert.Parse(out.der)
	f.made[d.name] = out
	f.files = append(f.files, d.name)
	return out
}
