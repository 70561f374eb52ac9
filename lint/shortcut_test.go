package lint

import (
	"encoding/asn1"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"

	"certlens/internal/cert"
	"certlens/lint/internal/fixture"
)

// agree runs a rule and its shortcut: where the rule does not pass, the shortcut
// must not say that it does. It gives what the two said.
func agree(t *testing.T, name string, c *x509.Certificate) (rule zlint.LintStatus, short bool) {
	t.Helper()
	l := zlint.GlobalRegistry().CertificateLints().ByName(name)
	if l == nil {
		t.Fatalf("%s is no rule", name)
	}
	rule = l.Execute(c, zlint.GlobalRegistry().GetConfiguration()).Status
	short = shortcuts[name](Subject{Cert: &cert.Certificate{X509: c}})
	if short && rule != zlint.Pass {
		t.Errorf("%s: the shortcut says pass, the rule %s", name, rule)
	}
	return rule, short
}

func parse(t *testing.T, s *fixture.Spec) *x509.Certificate {
	t.Helper()
	c, err := x509.ParseCertificate(s.DER())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func withKey(k fixture.Key) *fixture.Spec {
	return leaf(func(s *fixture.Spec) { s.Key = k })
}

func signedBy(k fixture.Key) *fixture.Spec {
	return leaf(func(s *fixture.Spec) { s.By = signer(k) })
}

// TestSmallKeys tries private keys at the edges of what the rule's table, ours,
// and the strides of both reach.
func TestSmallKeys(t *testing.T) {
	const rule = "e_ecdsa_small_private_key"
	for _, curve := range []string{"p256", "p384"} {
		for _, d := range []int{1, 2, 255, 511, 512, 513, 1024, 1025, 1026, 1537, 1538, 4096, 4097, 8193, 65000, 65535, 65536} {
			for _, sign := range []int{1, -1} {
				key := fixture.Key(fmt.Sprintf("%s/=%d", curve, sign*d))
				if status, short := agree(t, rule, parse(t, withKey(key))); status != zlint.Error || short {
					t.Errorf("%s: rule %s, shortcut %t", key, status, short)
				}
			}
		}
		for _, d := range []int{66600, 70000, 1 << 20} { // out of reach of both
			key := fixture.Key(fmt.Sprintf("%s/=%d", curve, d))
			if status, short := agree(t, rule, parse(t, withKey(key))); status != zlint.Pass || !short {
				t.Errorf("%s: rule %s, shortcut %t", key, status, short)
			}
		}
		for i := range 40 {
			key := fixture.Key(fmt.Sprintf("%s/ordinary %d", curve, i))
			if status, short := agree(t, rule, parse(t, withKey(key))); status != zlint.Pass || !short {
				t.Errorf("%s: rule %s, shortcut %t", key, status, short)
			}
		}
	}
	for _, key := range []fixture.Key{"p521/leaf", "rsa2048/leaf", "ed25519/leaf"} {
		if _, short := agree(t, rule, parse(t, withKey(key))); short {
			t.Errorf("%s: the shortcut has an opinion", key)
		}
	}
}

// TestSignedBySmallKey signs with every private key that the eight compromised
// ones may be, and asks that the rule finds eight, as it says, and that the
// shortcut lets none of them pass.
func TestSignedBySmallKey(t *testing.T) {
	const rule = "e_cert_issued_by_compromised_emudhra_ca"
	hits := 0
	for d := 1; d < 256; d++ {
		key := fixture.Key(fmt.Sprintf("p384/=%d", d))
		status, short := agree(t, rule, parse(t, signedBy(key)))
		if short {
			t.Errorf("%s: the shortcut says pass", key)
		}
		if status != zlint.Error {
			continue
		}
		hits++
		// With each hash: the digest is shorter and longer than the order.
		for _, hash := range []string{"sha1", "sha256", "sha512"} {
			other := fixture.Key(strings.Replace(string(key), "/", "-"+hash+"/", 1))
			if status, short := agree(t, rule, parse(t, signedBy(other))); status != zlint.Error || short {
				t.Errorf("%s: rule %s, shortcut %t", other, status, short)
			}
		}
	}
	if hits != 8 {
		t.Errorf("the rule knows %d keys below 256, want 8: has zlint's list changed?", hits)
	}
	for i := range 20 {
		for _, kind := range []string{"p256", "p384", "p384-sha256"} {
			key := fixture.Key(fmt.Sprintf("%s/ordinary %d", kind, i))
			if status, short := agree(t, rule, parse(t, signedBy(key))); status != zlint.Pass || !short {
				t.Errorf("%s: rule %s, shortcut %t", key, status, short)
			}
		}
	}
}

// TestSigned has signatures that are known to be the issuer's.
func TestSigned(t *testing.T) {
	for _, c := range []struct {
		by   fixture.Key
		want bool
	}{{"p384/ordinary", true}, {"p256/ordinary", true}, {"p384/=77", false}, {"p384/=-255", false}} {
		spec := signedBy(c.by)
		s := Subject{Cert: cert.Parse(spec.DER()), Issuer: cert.Parse(spec.By.DER()), Signed: true}
		if got := notSignedBySmallKey(s); got != c.want {
			t.Errorf("%s: %t", c.by, got)
		}
		self := leaf(func(s *fixture.Spec) { s.Key, s.By = c.by, nil })
		if got := notSignedBySmallKey(Subject{Cert: cert.Parse(self.DER())}); got != c.want {
			t.Errorf("%s, self-signed: %t", c.by, got)
		}
	}
}

// TestOddSignatures has signatures that are none.
func TestOddSignatures(t *testing.T) {
	n, _ := new(big.Int).SetString("39402006196394479212279040100143613805079739270465446667946905279627659399113263569398956308152294942554433653942643", 10)
	big384 := new(big.Int).Sub(n, big.NewInt(1))
	encode := func(r, s *big.Int) []byte {
		der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	zero, one := big.NewInt(0), big.NewInt(1)
	for name, signature := range map[string][]byte{
		"empty": {}, "not DER": []byte("signature"), "trailing byte": append(encode(big384, one), 0),
		"zero r": encode(zero, big384), "zero s": encode(big384, zero), "negative": encode(big.NewInt(-1), one),
		"r is n": encode(n, one), "s is n": encode(big384, n), "r above n": encode(new(big.Int).Lsh(n, 3), one),
		"no point has this x": encode(big384, one), "both large": encode(big384, big384), "both one": encode(one, one),
	} {
		t.Run(name, func(t *testing.T) {
			c := parse(t, signedBy("p384/ca"))
			c.Signature = signature
			agree(t, "e_cert_issued_by_compromised_emudhra_ca", c)
		})
	}
}

// TestFermat has moduli that fall in the first round, in the last, and just
// after, and some that are no RSA modulus.
func TestFermat(t *testing.T) {
	const rule = "e_rsa_fermat_factorization"
	found := 0
	for _, size := range []int{512, 1024, 2048, 2049, 4096} {
		for rounds := int64(0); rounds < 110; rounds += 3 {
			c := parse(t, withModulus(closePrimes(size, rounds)))
			if status, _ := agree(t, rule, c); status == zlint.Error {
				found++
			}
		}
		// 2^(size-1) + 1 is not weak, but nothing says that a shortcut must tell;
		// this is here to see that it ends.
		agree(t, rule, parse(t, withModulus(odd(size))))
	}
	if found < 100 {
		t.Errorf("the rule found %d weak moduli, which is too few to compare", found)
	}
	for i := range 20 {
		key := fixture.Key(fmt.Sprintf("rsa1024/ordinary %d", i))
		if status, short := agree(t, rule, parse(t, withKey(key))); status != zlint.Pass || !short {
			t.Errorf("%s: rule %s, shortcut %t", key, status, short)
		}
	}
	for _, n := range []int64{1, 2, 3, 4, 6, 9, 15, 21, 77, 1 << 40} {
		agree(t, rule, parse(t, withModulus(big.NewInt(n))))
	}
}

func withModulus(n *big.Int) *fixture.Spec {
	return leaf(func(s *fixture.Spec) { s.SPKI = fixture.RSAPublic(n, big.NewInt(65537)) })
}
