package chain

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

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

// general encodes a GeneralName. The IP address "mapped:192.0.2.1" has 16 bytes.
func general(kind, value string, constraint bool) asn1.RawValue {
	tags := map[string]int{"other": 0, "email": 1, "dns": 2, "dir": 4, "uri": 6, "ip": 7}
	v := asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tags[kind], Bytes: []byte(value)}
	switch kind {
	case "ip":
		if _, n, err := net.ParseCIDR(value); constraint && err == nil {
			v.Bytes = append(append([]byte{}, n.IP...), n.Mask...)
		} else if four, mapped := strings.CutPrefix(value, "mapped:"); mapped {
			v.Bytes = net.ParseIP(four).To16()
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

// universal encodes a name with UniversalString values.
func universal(s string) []byte { return distinguishedAs(s, 28) }

// wide writes ASCII as UCS-4.
func wide(s string) []byte {
	var out []byte
	for i := range len(s) {
		out = append(out, 0, 0, 0, s[i])
	}
	return out
}

func distinguishedAs(s string, tag int) []byte {
	types := map[string]asn1.ObjectIdentifier{"CN": {2, 5, 4, 3}, "O": {2, 5, 4, 10}, "OU": {2, 5, 4, 11}, "email": {1, 2, 840, 113549, 1, 9, 1}, "C": {2, 5, 4, 6}}
	var out []pkix.RelativeDistinguishedNameSET
	for part := range strings.SplitSeq(strings.TrimPrefix(s, "-"), ",") {
		if k, v, ok := strings.Cut(part, "="); ok {
			value := []byte(v)
			if tag == 28 {
				value = wide(v)
			}
			out = append(out, pkix.RelativeDistinguishedNameSET{{Type: types[k], Value: asn1.RawValue{Tag: tag, Bytes: value}}})
		}
	}
	der, err := asn1.Marshal(pkix.RDNSequence(out))
	if err != nil {
		panic(err)
	}
	return der
}

// authorityInfo encodes where to find the issuer.
func authorityInfo() []byte {
	type access struct {
		Method   asn1.ObjectIdentifier
		Location asn1.RawValue
	}
	der, err := asn1.Marshal([]access{{asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 2}, general("uri", "http://example.com/ca.der", false)}})
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
		arc := map[string]int{"md5": 4, "sha1": 5, "sha256": 11}[hash]
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
	case "md5":
		sum := md5.Sum(tbs)
		return f.must(key.Sign(rand.Reader, sum[:], crypto.MD5))
	case "sha1":
		sum := sha1.Sum(tbs)
		return f.must(key.Sign(rand.Reader, sum[:], crypto.SHA1))
	case "sha256":
		sum := sha256.Sum256(tbs)
		return f.must(key.Sign(rand.Reader, sum[:], crypto.SHA256))
	}
	panic(fmt.Sprintf("unknown hash %q", hash))
}
