package chain

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"net"
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
	subject, issuer   []byte
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
	case "printable": // the subject as PrintableString
		d.subject = printable("CN=" + d.name)
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

type tbsCertificate struct {
	Version    int `asn1:"optional,explicit,default:0,tag:0"`
	Serial     *big.Int
	Algorithm  pkix.AlgorithmIdentifier
	Issuer     asn1.RawValue
	Validity   validity
	Subject    asn1.RawValue
	Key        asn1.RawValue
	Extensions []pkix.Extension `asn1:"omitempty,optional,explicit,tag:3"`
}

type validity struct{ NotBefore, NotAfter time.Time }

type signedCertificate struct {
	TBS       asn1.RawValue
	Algorithm pkix.AlgorithmIdentifier
	Signature asn1.BitString
}

func (f *forge) must(der []byte, err error) []byte {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
	return der
}

// extensions encodes what the words asked for.
func (d *draft) extensions(f *forge, keyID []byte) []pkix.Extension {
	if d.version < 3 && !d.words["withextensions"] {
		return nil
	}
	var out []pkix.Extension
	add := func(arc int, critical bool, value any) {
		out = append(out, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, arc},
			Critical: critical || d.critical[strconv.Itoa(arc)], Value: f.must(asn1.Marshal(value))})
	}
	if !d.noSKI {
		add(14, false, keyID)
	}
	if d.aki != nil {
		add(35, false, struct {
			ID []byte `asn1:"tag:0"`
		}{d.aki})
	}
	switch d.bc {
	case "ca":
		add(19, true, struct {
			CA      bool
			PathLen int `asn1:"optional,default:-1"`
		}{true, d.pathLen})
	case "notca":
		add(19, true, struct{}{})
	}
	if d.ku != "" {
		add(15, true, keyUsage(d.ku))
	}
	if d.eku != "" {
		add(37, false, extendedUsage(d.eku))
	}
	if d.san != nil {
		add(17, emptyName(d.subject), d.san)
	}
	if d.permit != nil || d.exclude != nil {
		add(30, !d.softNames, struct {
			Permit  []asn1.RawValue `asn1:"omitempty,optional,tag:0"`
			Exclude []asn1.RawValue `asn1:"omitempty,optional,tag:1"`
		}{d.permit, d.exclude})
	}
	return append(out, d.extra...)
}

// keyUsage encodes key usages joined by "+".
func keyUsage(words string) asn1.BitString {
	bits := map[string]int{"digital": 0, "encipher": 2, "agree": 4, "sign": 5, "crl": 6}
	var b byte
	length := 0
	for w := range strings.SplitSeq(words, "+") {
		b |= 0x80 >> bits[w]
		length = max(length, bits[w]+1)
	}
	return asn1.BitString{Bytes: []byte{b}, BitLength: length}
}

// extendedUsage encodes extended key usages joined by "+"; "none" for an empty list.
func extendedUsage(words string) []asn1.ObjectIdentifier {
	arcs := map[string]int{"server": 1, "client": 2, "code": 3, "email": 4, "time": 8, "ocsp": 9}
	out := []asn1.ObjectIdentifier{}
	for w := range strings.SplitSeq(words, "+") {
		switch {
		case w == "any":
			out = append(out, asn1.ObjectIdentifier{2, 5, 29, 37, 0})
		case w != "none":
			out = append(out, asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, arcs[w]})
		}
	}
	return out
}

// subtreeOf encodes a GeneralSubtree from "kind:value"; an IP is a CIDR.
func subtreeOf(s string) asn1.RawValue {
	kind, value, _ := strings.Cut(s, ":")
	return sequence(general(kind, value, true))
}

// general encodes a GeneralName.
func general(kind, value string, constraint bool) asn1.RawValue {
	tags := map[string]int{"other": 0, "email": 1, "dns": 2, "dir": 4, "uri": 6, "ip": 7}
	v := asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tags[kind], Bytes: []byte(value)}
	switch kind {
	case "ip":
		if _, n, err := net.ParseCIDR(value); constraint && err == nil {
			v.Bytes = append(append([]byte{}, n.IP...), n.Mask...)
		} else if ip := net.ParseIP(value); ip.To4() != nil {
			v.Bytes = ip.To4()
		} else {
			v.Bytes = ip
		}
	case "dir":
		v.IsCompound, v.Bytes = true, distinguished(value)
	case "other":
		v.IsCompound = true
		v.Bytes, _ = asn1.Marshal(asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55738, 3})
		inner, _ := asn1.Marshal(value)
		wrapped, _ := asn1.Marshal(asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner})
		v.Bytes = append(v.Bytes, wrapped...)
	}
	return v
}

func sequence(v asn1.RawValue) asn1.RawValue {
	inner, _ := asn1.Marshal(v)
	return asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: inner}
}

// distinguished encodes a name from "O=a,CN=b", values as UTF8String; "-" is empty.
func distinguished(s string) []byte { return distinguishedAs(s, asn1.TagUTF8String) }

// printable encodes a name with PrintableString values.
func printable(s string) []byte { return distinguishedAs(s, asn1.TagPrintableString) }

func distinguishedAs(s string, tag int) []byte {
	types := map[string]asn1.ObjectIdentifier{"CN": {2, 5, 4, 3}, "O": {2, 5, 4, 10}, "OU": {2, 5, 4, 11}, "C": {2, 5, 4, 6}}
	var out []pkix.RelativeDistinguishedNameSET
	for part := range strings.SplitSeq(strings.TrimPrefix(s, "-"), ",") {
		if k, v, ok := strings.Cut(part, "="); ok {
			out = append(out, pkix.RelativeDistinguishedNameSET{{Type: types[k], Value: asn1.RawValue{Tag: tag, Bytes: []byte(v)}}})
		}
	}
	der, err := asn1.Marshal(pkix.RDNSequence(out))
	if err != nil {
		panic(err)
	}
	return der
}

func digest(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// newKey makes a key of a kind.
func newKey(t testing.TB, kind string) crypto.Signer {
	var key crypto.Signer
	var err error
	switch kind {
	case "p224":
		key, err = ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	case "p256":
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "p384":
		key, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "p521":
		key, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case "ed25519":
		_, key, err = ed25519.GenerateKey(rand.Reader)
	default:
		size, bad := strconv.Atoi(strings.TrimPrefix(kind, "rsa"))
		if bad != nil {
			t.Fatalf("unknown key %q", kind)
		}
		key, err = rsa.GenerateKey(rand.Reader, size)
	}
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// algorithmOf names the signature algorithm.
func algorithmOf(key crypto.Signer, hash string) pkix.AlgorithmIdentifier {
	switch key.(type) {
	case *rsa.PrivateKey:
		arc := map[string]int{"sha1": 5, "sha256": 11}[hash]
		return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, arc}, Parameters: asn1.NullRawValue}
	case ed25519.PrivateKey:
		return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 3, 101, 112}}
	}
	if hash == "sha1" {
		return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1}}
	}
	return pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}}
}

// sign signs the encoding of a tbsCertificate.
func (f *forge) sign(key crypto.Signer, hash string, tbs []byte) []byte {
	if _, ok := key.(ed25519.PrivateKey); ok {
		return f.must(key.Sign(nil, tbs, crypto.Hash(0)))
	}
	switch hash {
	case "sha1":
		sum := sha1.Sum(tbs)
		return f.must(key.Sign(rand.Reader, sum[:], crypto.SHA1))
	case "sha256":
		sum := sha256.Sum256(tbs)
		return f.must(key.Sign(rand.Reader, sum[:], crypto.SHA256))
	}
	panic(fmt.Sprintf("unknown hash %q", hash))
}
