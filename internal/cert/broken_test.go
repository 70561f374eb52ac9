package cert

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"certlens/internal/report"
)

// at finds the offset of part in der.
func at(der, part []byte) int {
	i := bytes.Index(der, part)
	if i < 0 {
		panic("the part does not occur")
	}
	return i
}

// TestBroken breaks one thing at a time. The problem must name the field and the
// offset, and everything else must still be read.
func TestBroken(t *testing.T) {
	good := spec{}.der()
	validity := at(good, defaultValidity)
	serial := at(good, integer(0x1234))
	tests := []struct {
		name   string
		der    []byte
		field  string
		offset int
		detail string // part of it
		fatal  bool
		keep   string // what must still be read: letters of TestBroken's check
	}{
		{"empty", nil, "certificate", 0, "no bytes", true, ""},
		{"one byte", []byte{0x30}, "certificate", 0, "not DER", true, ""},
		{"text", []byte("-----BEGIN"), "certificate", 0, "expected SEQUENCE, found", true, ""},
		{"an INTEGER", integer(5), "certificate", 0, "expected SEQUENCE, found INTEGER", true, ""},
		{"trailing bytes", cat(good, []byte{0, 0, 0}), "certificate", len(good), "3 bytes follow the end", false, "nsvkg"},
		{"trailing field", spec{after: null()}.der(), "certificate", len(good), "2 bytes follow the last field", false, "nsvkg"},
		{"cut by one byte", good[:len(good)-1], "signatureValue", len(good) - 1, "1 byte is missing", true, "nsvk"},
		{"cut in the signature", good[:len(good)-10], "signatureValue", len(good) - 10, "10 bytes are missing", true, "nsvk"},
		{"cut before the signature", good[:len(good)-67], "signatureValue", len(good) - 67, "67 bytes are missing", true, "nsvk"},
		{"cut in the validity", good[:validity+5], "tbsCertificate.validity.notBefore", validity + 5, "bytes are missing", true, "s"},
		{"cut between fields", good[:validity], "tbsCertificate.validity", validity, "bytes are missing", true, "s"},
		{"cut in a header", good[:validity+1], "tbsCertificate.validity", validity + 1, "bytes are missing", true, "s"},
		{"cut in the name", good[:validity-5], "tbsCertificate.issuer[2][0].value", validity - 5, "bytes are missing", true, "s"},
		{"bad month", spec{validity: seq(utcTime("261301000000Z"), utcTime("270101000000Z"))}.der(),
			"tbsCertificate.validity.notBefore", validity + 2, `"261301000000Z" is not a valid UTCTime`, true, "nskg"},
		{"30th of February", spec{validity: seq(utcTime("260101000000Z"), genTime("20260230000000Z"))}.der(),
			"tbsCertificate.validity.notAfter", validity + 17, `"20260230000000Z" is not a valid GeneralizedTime`, true, "nskg"},
		{"time without seconds", spec{validity: seq(utcTime("2601010000Z"), utcTime("270101000000Z"))}.der(),
			"tbsCertificate.validity.notBefore", validity + 2, "has no seconds", false, "nsvkg"},
		{"time with a zone", spec{validity: seq(utcTime("260101020000+0200"), utcTime("270101000000Z"))}.der(),
			"tbsCertificate.validity.notBefore", validity + 2, "is not in UTC", false, "nsvkg"},
		{"fraction of a second", spec{validity: seq(genTime("20260101000000.5Z"), utcTime("270101000000Z"))}.der(),
			"tbsCertificate.validity.notBefore", validity + 2, "has a fraction", true, "nsvkg"},
		{"a string as time", spec{validity: seq(printable("260101000000Z"), utcTime("270101000000Z"))}.der(),
			"tbsCertificate.validity.notBefore", validity + 2, "expected UTCTime or GeneralizedTime, found PrintableString", true, "nskg"},
		{"validity missing", spec{validity: []byte{}}.der(), "tbsCertificate.validity", validity - 1, "the field is missing: subject follows", true, "nskg"},
		{"serial missing", spec{serial: []byte{}}.der(), "tbsCertificate.serialNumber", serial, "missing: signature follows", true, "nvkg"},
		{"serial without content", spec{serial: tlv(2)}.der(), "tbsCertificate.serialNumber", serial, "no content", true, "nvkg"},
		{"serial negative", spec{serial: integer(-5)}.der(), "tbsCertificate.serialNumber", serial, "negative", false, "nvkg"},
		{"serial with needless zeros", spec{serial: tlv(2, []byte{0, 0, 5})}.der(), "tbsCertificate.serialNumber", serial, "needless", true, "nvkg"},
		{"serial of 30 bytes", spec{serial: tlv(2, bytes.Repeat([]byte{1}, 30))}.der(), "tbsCertificate.serialNumber", serial, "30 bytes, more than 20", false, "nvkg"},
		{"serial as OCTET STRING", spec{serial: octets([]byte{1})}.der(), "tbsCertificate.serialNumber", serial, "expected INTEGER, found OCTET STRING", true, "nvkg"},
		{"version 7", spec{version: explicit(0, integer(6))}.der(), "tbsCertificate.version", 9, "6 stands for no version", false, "nsvkg"},
		{"version 1 spelt out", spec{version: explicit(0, integer(0))}.der(), "tbsCertificate.version", 9, "must be left out", false, "nsvkg"},
		{"issuer is a string", spec{issuer: printable("x"), subject: defaultName}.der(), "tbsCertificate.issuer", serial + 10,
			"expected SEQUENCE, found PrintableString", true, "nsvkg"},
		{"key is cut short inside", spec{spki: seq(algID(oidRSA, null()), bits(seq(bigInt(bigInteger([]byte{0x7f, 1})))))}.der(),
			"tbsCertificate.subjectPublicKeyInfo.subjectPublicKey.publicExponent", 191, "missing", true, "nsv"},
		{"unused bits in a BIT STRING", spec{signature: tlv(3, []byte{9, 1, 2})}.der(), "signatureValue", len(good) - 68, "does not say how many bits", true, "nsvk"},
		{"signature as OCTET STRING", spec{signature: octets([]byte{1})}.der(), "signatureValue", len(good) - 68, "expected BIT STRING, found OCTET STRING", true, "nsvk"},
		{"extensions as SET", spec{wrapped: explicit(3, setOf(ext(oidBasic, seq())))}.der(), "tbsCertificate.extensions", len(good) - 74 + 2, "expected SEQUENCE, found SET", false, "nsvkg"},
		{"extension without value", spec{extensions: [][]byte{seq(oid(oidBasic))}}.der(), "tbsCertificate.extensions[0].extnValue", len(good) - 74 + 11, "missing", true, "nsvkg"},
		{"extension value runs over", spec{extensions: [][]byte{ext(oidBasic, []byte{0x30, 0x05, 1})}}.der(), "tbsCertificate.extensions[0].extnValue", len(good) - 74 + 13, "runs 4 bytes past", false, "nsvkg"},
		{"address with a mask", spec{extensions: [][]byte{san(contextBytes(7, "\x0a\x00\x00\x00\xff\x00\x00\x00"))}}.der(), "tbsCertificate.extensions[0].extnValue[0]", len(good) - 74 + 15, "8 bytes are no IP address", true, "nsvkg"},
		{"long form of a short length", longForm(good), "certificate", 0, "more bytes than needed", true, "nsvkg"},
		{"indefinite length", cat([]byte{0x30, 0x80}, good[4:], []byte{0, 0}), "certificate", 0, "indefinite", true, "nsvkg"},
		{"indefinite length, not closed", cat([]byte{0x30, 0x80}, good[4:]), "certificate", len(good) - 2, "the certificate does not", true, "nsvkg"},
		{"length beyond 2 GB", []byte{0x30, 0x88, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "certificate", 0, "beyond 2 GB", true, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := Parse(test.der)
			r := c.Report(testTime)
			if !hasProblem(r.Problems, test.field, test.offset, test.detail, test.fatal) {
				t.Errorf("want %q at %d: %q (fatal %v), got %+v", test.field, test.offset, test.detail, test.fatal, r.Problems)
			}
			checkKept(t, r, test.keep)
		})
	}
}

// longForm writes the outermost length in more bytes than needed.
func longForm(der []byte) []byte {
	return cat([]byte{0x30, 0x83, 0, der[2], der[3]}, der[4:])
}

func hasProblem(list []report.Problem, field string, offset int, detail string, fatal bool) bool {
	for _, p := range list {
		if p.Field == field && p.Offset == offset && strings.Contains(p.Detail, detail) && p.Fatal == fatal {
			return true
		}
	}
	return false
}

// checkKept checks that the parts named by letters were read: name, serial,
// validity, key, signature.
func checkKept(t *testing.T, r report.Certificate, keep string) {
	t.Helper()
	parts := map[rune]bool{
		'n': r.Subject.CommonName == "example.com" && r.Title == "example.com",
		's': r.Serial.Hex == "1234",
		'v': r.NotBefore == "2026-01-01T00:00:00Z" && strings.HasPrefix(r.NotAfter, "202"),
		'k': r.Key.Algorithm == "Ed25519" && r.Fingerprints.SPKI != "",
		'g': r.Signature.Algorithm == "Ed25519" && len(r.Signature.Value) == 128,
	}
	for _, letter := range keep {
		if !parts[letter] {
			t.Errorf("%c was not read: %s", letter, toJSON(r))
		}
	}
}

// TestTrailing checks that the id is that of the certificate alone.
func TestTrailing(t *testing.T) {
	good := spec{}.der()
	c := Parse(cat(good, []byte("trailing")))
	sum := sha256.Sum256(good)
	if c.ID != hex.EncodeToString(sum[:]) || !bytes.Equal(c.DER, good) || c.X509 == nil {
		t.Errorf("id %s, %d bytes of DER, x509 %v", c.ID, len(c.DER), c.X509 != nil)
	}
}

// TestAllCuts cuts a certificate at every byte: each cut must be told with the
// right number of missing bytes.
func TestAllCuts(t *testing.T) {
	good := dvVector().der()
	for n := 4; n < len(good); n++ {
		r := Parse(good[:n]).Report(testTime)
		want := bytesText(len(good) - n)
		p := r.Problems[0]
		if p.Offset != n || !p.Fatal || !strings.Contains(p.Detail, want) || len(r.Problems) > 1 && r.Problems[1].Fatal {
			t.Fatalf("cut at %d: %+v", n, r.Problems)
		}
	}
}

// TestEveryByteFlipped flips every byte once; nothing may panic, and a report
// must always come out.
func TestEveryByteFlipped(t *testing.T) {
	good := constrainedVector().der()
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0xff
		if r := Parse(bad).Report(testTime); r.ID == "" || len(toJSON(r)) > 100*len(bad) {
			t.Fatalf("byte %d: %d bytes of report", i, len(toJSON(r)))
		}
	}
}

// TestLarge reads certificates that are legal and huge. The time limits are
// generous; a quadratic step would miss them by far.
func TestLarge(t *testing.T) {
	names := make([][]byte, 10_000)
	for i := range names {
		names[i] = dnsName(strings.Repeat("a", 20) + ".example.com")
	}
	many := make([][]byte, 20_000)
	for i := range many {
		many[i] = ext("1.3.6.1.4.1.32473.7", null())
	}
	rdns := make([][]byte, 50_000)
	for i := range rdns {
		rdns[i] = rdn(oidCommonName, utf8s("x"))
	}
	tests := []struct {
		name string
		der  []byte
		ok   func(report.Certificate) bool
	}{
		{"10,000 names", spec{extensions: [][]byte{san(names...)}}.der(), func(r report.Certificate) bool { return len(r.Names) == 10_000 && len(r.Problems) == 0 }},
		{"20,000 extensions", spec{extensions: many}.der(), func(r report.Certificate) bool { return len(r.Extensions) == maxExtensions }},
		{"50,000 attributes", spec{subject: seq(rdns...)}.der(), func(r report.Certificate) bool { return len(r.Subject.Attributes) == maxAttributes }},
		{"a serial number of 100 kB", spec{serial: tlv(2, bytes.Repeat([]byte{1}, 100_000))}.der(), func(r report.Certificate) bool { return len(r.Serial.Hex) == 200_000 && r.Serial.Decimal == "" }},
		{"1,000,000 empty policies", spec{extensions: [][]byte{ext(oidPolicies, tlv(0x30, bytes.Repeat(seq(), 1_000_000)))}}.der(), func(r report.Certificate) bool {
			return len(r.Extensions[0].Fields) == maxItems
		}},
		{"5 MB", spec{extensions: [][]byte{ext("1.3.6.1.4.1.32473.7", make([]byte, 5<<20))}}.der(), func(r report.Certificate) bool {
			return len(r.Extensions) == 1 && r.Subject.CommonName == "example.com" && anyFatal(r.Problems)
		}},
		{"deep nesting", spec{extensions: [][]byte{ext("1.3.6.1.4.1.32473.7", nest(100_000))}}.der(), func(r report.Certificate) bool { return r.Extensions[0].Tree != nil }},
	}
	for _, test := range tests {
		start := time.Now()
		r := Parse(test.der).Report(testTime)
		if !test.ok(r) {
			t.Errorf("%s: %d names, %d extensions, %d attributes, %v", test.name, len(r.Names), len(r.Extensions), len(r.Subject.Attributes), r.Problems)
		}
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%s took %v", test.name, d)
		}
	}
}

// nest is n SEQUENCEs of indefinite length inside each other.
func nest(n int) []byte { return bytes.Repeat([]byte{0x30, 0x80}, n) }
