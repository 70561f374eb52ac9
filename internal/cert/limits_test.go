package cert

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestExtensionsBeyondTheLimit puts extensions that matter behind so many that
// they are not decoded, and behind a name that uses up the items of lists.
func TestExtensionsBeyondTheLimit(t *testing.T) {
	last := [][]byte{criticalExt("1.3.6.1.4.1.32473.9", null()), criticalExt("2.5.29.30", seq()), criticalExt(oidBasic, seq(boolean(true)))}
	many := make([][]byte, 0, 2000)
	for i := range 2000 {
		many = append(many, ext(fmt.Sprintf("1.3.6.1.4.1.32473.7.%d", i), null()))
	}
	empty := tlv(0x30, bytes.Repeat(setOf(), maxItems+10))
	for name, s := range map[string]spec{
		"extensions": {extensions: append(many, last...)},
		"names":      {subject: empty, extensions: last},
	} {
		c := Parse(s.der())
		_, critical, ok := c.Extension("2.5.29.30")
		if want := []string{"1.3.6.1.4.1.32473.9", "2.5.29.30", oidBasic}; !ok || !critical || !c.IsCA() || !slices.Equal(c.CriticalExtensions(), want) {
			t.Errorf("%s: %v %v %v", name, ok, c.IsCA(), c.CriticalExtensions())
		}
	}
	c := Parse(spec{extensions: append(many, last...)}.der())
	r := c.Report(testTime)
	if len(r.Extensions) != maxExtensions || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Detail, "first 512 of 2003") {
		t.Errorf("%d extensions, %v", len(r.Extensions), r.Problems)
	}
	again := Parse(spec{extensions: append(many, many[0])}.der())
	if !strings.Contains(fmt.Sprint(again.Problems), "occurs more than once") {
		t.Errorf("the duplicate is not seen: %v", again.Problems)
	}
}

func criticalExt(dotted string, value []byte) []byte {
	return seq(oid(dotted), boolean(true), octets(value))
}

// TestManyCritical bounds what a path says about one certificate.
func TestManyCritical(t *testing.T) {
	var many [][]byte
	for i := range 3000 {
		many = append(many, criticalExt(fmt.Sprintf("1.3.6.1.4.1.32473.7.%d", i), null()))
	}
	many = append(many, criticalExt("2.5.29.30", seq()))
	list := Parse(spec{extensions: many}.der()).CriticalExtensions()
	if len(list) != maxExtensions+1 || list[maxExtensions] != "2.5.29.30" {
		t.Errorf("%d critical extensions", len(list))
	}
}

// TestDated tells the year 1 from dates that cannot be read.
func TestDated(t *testing.T) {
	for _, test := range []struct {
		validity      []byte
		before, after bool
	}{
		{seq(genTime("00010101000000Z"), genTime("00010101000000Z")), true, true},
		{seq(genTime("00011301000000Z"), genTime("00010101000000Z")), false, true},
		{seq(genTime("00010101000000Z")), true, false},
		{[]byte{}, false, false},
	} {
		if before, after := Parse(spec{validity: test.validity}.der()).Dated(); before != test.before || after != test.after {
			t.Errorf("%x: %v, %v", test.validity, before, after)
		}
	}
}

// TestLongNames checks that titles and names as text end, and attributes do not.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("ä", 100_000)
	r := Parse(spec{subject: commonName(long)}.der()).Report(testTime)
	if n := utf8.RuneCountInString(r.Title); n != maxTitle || !strings.HasSuffix(r.Title, "ä…") {
		t.Errorf("the title has %d characters", n)
	}
	if n := utf8.RuneCountInString(r.Subject.Text); n != maxNameText || !strings.HasSuffix(r.Subject.Text, "ä…") {
		t.Errorf("the name has %d characters", n)
	}
	if r.Subject.Attributes[0].Value != long || r.Subject.CommonName != long {
		t.Error("the attribute is cut")
	}
	exact := strings.Repeat("ä", maxTitle)
	if title := Parse(spec{subject: commonName(exact)}.der()).Title(); title != exact {
		t.Errorf("a title of %d characters is cut: %s", maxTitle, title)
	}
}

// TestRSABound checks signatures with the largest keys that are supported, and
// with those just beyond.
func TestRSABound(t *testing.T) {
	for _, test := range []struct {
		modulus, exponent int
		even, unsupported bool
	}{
		{modulus: maxModulus, exponent: maxExponent},
		{modulus: maxModulus, exponent: maxExponent, even: true},
		{modulus: maxModulus, exponent: maxExponent + 1, unsupported: true},
		{modulus: maxModulus + 1, exponent: 17, unsupported: true},
		{modulus: 2048, exponent: 2048, unsupported: true},
	} {
		c := Parse(rsaVector(test.modulus, test.exponent, test.even))
		start := time.Now()
		err := Parse(c.DER).SignedBy(c)
		checkVerdict(t, err, test.unsupported, true)
		d := time.Since(start)
		t.Logf("%+v: %v", test, d)
		if d > 30*time.Second {
			t.Errorf("%+v took %v", test, d)
		}
		start = time.Now()
		for range 1000 {
			if c.SelfSigned() || c.SignedBy(c) == nil {
				t.Fatal("the signature is good")
			}
		}
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%+v: 1,000 times the same took %v", test, d)
		}
	}
}

// rsaVector is a self-issued certificate with a key and a signature of noise.
func rsaVector(modulus, exponent int, even bool) []byte {
	noise := func(bits int) *big.Int {
		n := new(big.Int).SetBytes(bytes.Repeat([]byte{0xb7}, (bits+7)/8))
		n.Rsh(n, uint(n.BitLen()-bits))
		return n.SetBit(n, 0, 1)
	}
	n := noise(modulus)
	if even {
		n.SetBit(n, 0, 0)
	}
	signature := new(big.Int).Sub(n, big.NewInt(12345)).FillBytes(make([]byte, (modulus+7)/8))
	key := seq(algID(oidRSA, null()), bits(seq(bigInt(n), bigInt(noise(exponent)))))
	return spec{subject: commonName("x"), issuer: commonName("x"), inner: algID("1.2.840.113549.1.1.11", null()), spki: key, signature: bits(signature)}.der()
}
