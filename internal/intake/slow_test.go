package intake

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestSlowPastes: pastes in which each piece could lead to reading all the rest,
// or to the whole budget for passwords, take time in proportion to their length.
// What is not linear takes minutes here.
func TestSlowPastes(t *testing.T) {
	const size, limit = 1 << 20, 30 * time.Second
	repeat := func(s string) []byte { return []byte(strings.Repeat(s, size/len(s)+1)) }
	line := func(n int) string {
		return base64.StdEncoding.EncodeToString([]byte(strings.Repeat("words of a text, ", 6)[:n])) + "\n"
	}
	key := hex.EncodeToString(edwardsHalf(oidEd25519, bytes.Repeat([]byte{7}, 32)).spki())
	for name, data := range map[string][]byte{
		"base64 of text":           repeat(line(57)),
		"base64 of text in PEM":    repeat(line(48)),
		"base64 of base64 of text": []byte(base64.StdEncoding.EncodeToString(repeat(line(57)))),
		"objects in hex":           repeat(key + "\n00\n"),
		"passwords in a JWK":       []byte(strings.Repeat(`{"kty":"RSA","d":"x","y":"`+base64.StdEncoding.EncodeToString(costly())+`"}`, 200)),
		"passwords in blocks":      []byte(strings.Repeat("-----BEGIN CERTIFICATE-----\n?"+hex.EncodeToString(costly())+"\n-----END CERTIFICATE-----\n", 200)),
	} {
		start := time.Now()
		Scan(Source{Data: data})
		if took := time.Since(start); took > limit {
			t.Errorf("%s: %d bytes took %v", name, len(data), took)
		}
	}
}

// costly is a PKCS#12 file whose key takes two million rounds.
func costly() []byte {
	kdf := build(tagSequence, build(tagOID, []byte(oidPBKDF2)), build(tagSequence, build(tagOctets, []byte("salt")), build(tagInteger, []byte{0x1E, 0x84, 0x80})))
	aes := build(tagSequence, build(tagOID, []byte("\x60\x86\x48\x01\x65\x03\x04\x01\x2A")), build(tagOctets, make([]byte, 16)))
	algorithm := build(tagSequence, build(tagOID, []byte(oidPBES2)), build(tagSequence, kdf, aes))
	contentOf := func(kind byte, inside ...[]byte) []byte {
		return build(tagSequence, append([][]byte{build(tagOID, append(bytes.Clone(oidPKCS7), kind))}, inside...)...)
	}
	data := build(tagSequence, build(tagInteger, []byte{0}), contentOf(plainContent, algorithm, build(0x80, make([]byte, 32))))
	safe := contentOf(encryptedContent, build(tagContext0, data))
	return build(tagSequence, build(tagInteger, []byte{3}), contentOf(plainContent, build(tagContext0, build(tagOctets, build(tagSequence, safe)))))
}

// A run of objects in hexadecimal is read as far as that takes no long time, and
// the rest is said to be left.
func TestHexRun(t *testing.T) {
	key := hex.EncodeToString(edwardsHalf(oidEd25519, bytes.Repeat([]byte{7}, 32)).spki())
	for n, truncated := range map[int]bool{1: false, 2: false, 100: true} {
		r := Scan(Source{Data: []byte(strings.Repeat(key+"\n00\n", n))})
		check(t, fmt.Sprint(n, " truncated"), r.Truncated, truncated)
		check(t, fmt.Sprint(n, " found"), len(r.Objects) >= min(n, 2), true)
	}
}
