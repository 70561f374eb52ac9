package lint

import (
	"maps"
	"math/big"
	"slices"
	"testing"

	"certlens/internal/cert"
	"certlens/lint/internal/fixture"
)

// leaf is a publicly trusted server certificate that breaks no rule; each
// fixture changes it.
func leaf(change func(*fixture.Spec)) *fixture.Spec {
	s := *fixture.PublicLeaf
	change(&s)
	return &s
}

// fixtures are certificates of many kinds, good and bad, by name. They are there
// to reach many rules, not to be complete.
var fixtures = map[string]*fixture.Spec{
	"public root":          fixture.PublicRoot,
	"public intermediate":  fixture.PublicIntermediate,
	"public leaf":          fixture.PublicLeaf,
	"private root":         fixture.PrivateRoot,
	"private intermediate": fixture.PrivateIntermediate,
	"private leaf":         fixture.PrivateLeaf,

	"precertificate": leaf(func(s *fixture.Spec) { s.SCTs, s.Poison = 0, true }),
	"organisation": leaf(func(s *fixture.Spec) {
		s.Subject, s.Policies = "C=US/ST=Ohio/L=Dayton/O=Example/CN=www.example.com", []string{"2.23.140.1.2.2"}
	}),
	"individual": leaf(func(s *fixture.Spec) { s.Subject, s.Policies = "C=US/GN=Example/SN=Person", []string{"2.23.140.1.2.3"} }),
	"extended": leaf(func(s *fixture.Spec) {
		s.Subject, s.Policies = "C=US/O=Example/CN=www.example.com", []string{"2.23.140.1.1"}
	}),
	"two policies":      leaf(func(s *fixture.Spec) { s.Policies = []string{"2.23.140.1.2.1", "2.23.140.1.2.1"} }),
	"dv with names":     leaf(func(s *fixture.Spec) { s.Subject = "C=us/O=Example/L= Dayton /OU=x/CN=www.example.com" }),
	"no subject":        leaf(func(s *fixture.Spec) { s.Subject = "" }),
	"no names at all":   leaf(func(s *fixture.Spec) { s.Subject, s.DNS = "", nil }),
	"only common name":  leaf(func(s *fixture.Spec) { s.DNS = nil }),
	"other common name": leaf(func(s *fixture.Spec) { s.Subject = "CN=other.example.com" }),
	"multi-valued":      leaf(func(s *fixture.Spec) { s.Subject = "O=Example+OU=x/CN=www.example.com" }),
	"html in subject":   leaf(func(s *fixture.Spec) { s.Subject = "O=A &amp; B <b>C/CN=www.example.com" }),
	"email in subject":  leaf(func(s *fixture.Spec) { s.Subject = "CN=www.example.com/email=a@example.com" }),
	"long common name":  leaf(func(s *fixture.Spec) { s.Subject = "CN=" + string(slices.Repeat([]byte("a."), 40)) + "example.com" }),
	"addresses":         leaf(func(s *fixture.Spec) { s.IP = []string{"192.0.2.1", "10.0.0.1", "2001:db8::1"} }),
	"wildcards":         leaf(func(s *fixture.Spec) { s.DNS = []string{"*.example.com", "*.com", "*.local", "a.*.example.com", "*"} }),
	"odd names": leaf(func(s *fixture.Spec) {
		s.DNS = []string{"_a.example.com", "a_b.com", "-a.example.com", "a..b", ".a", "db", "x y.com", "?.example.com"}
	}),
	"international": leaf(func(s *fixture.Spec) {
		s.DNS = []string{"xn--bcher-kva.example.com", "xn--a.example.com", "b\u00fccher.example.com", "XN--80AK6AA92E.com"}
	}),
	"urls as names": leaf(func(s *fixture.Spec) { s.DNS = []string{"https://www.example.com", "www.example.com:443", "192.0.2.1"} }),
	"onion": leaf(func(s *fixture.Spec) {
		s.DNS = []string{"facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion"}
	}),
	"duplicate names":    leaf(func(s *fixture.Spec) { s.DNS = []string{"a.example.com", "a.example.com"} }),
	"uris":               leaf(func(s *fixture.Spec) { s.URI = []string{"spiffe://prod/a", "relative/path", "mailto:a@example.com"} }),
	"reserved names":     leaf(func(s *fixture.Spec) { s.DNS = []string{"1.0.0.127.in-addr.arpa", "localhost", "a.test", "a.notatld"} }),
	"398 days":           leaf(func(s *fixture.Spec) { s.From, s.To = "2025-06-01", "2026-07-03T23:59:59Z" }),
	"ten years":          leaf(func(s *fixture.Spec) { s.To = "2036-09-01" }),
	"backwards":          leaf(func(s *fixture.Spec) { s.From, s.To = "2026-09-01", "2026-08-01" }),
	"before all rules":   leaf(func(s *fixture.Spec) { s.From, s.To = "1999-01-01", "2009-01-01" }),
	"in 2012":            leaf(func(s *fixture.Spec) { s.From, s.To, s.SCTs = "2012-09-01", "2015-09-01", 0 }),
	"beyond 2050":        leaf(func(s *fixture.Spec) { s.To = "2051-01-01" }),
	"client auth too":    leaf(func(s *fixture.Spec) { s.EKU = []string{"serverAuth", "clientAuth"} }),
	"any purpose":        leaf(func(s *fixture.Spec) { s.EKU = []string{"any"} }),
	"no purpose":         leaf(func(s *fixture.Spec) { s.EKU = nil }),
	"unknown purpose":    leaf(func(s *fixture.Spec) { s.EKU = []string{"1.2.3.4"} }),
	"client":             leaf(func(s *fixture.Spec) { s.EKU, s.DNS, s.Policies, s.SCTs = []string{"clientAuth"}, nil, nil, 0 }),
	"ocsp responder":     leaf(func(s *fixture.Spec) { s.EKU, s.DNS, s.SCTs = []string{"OCSPSigning"}, nil, 0 }),
	"leaf signs":         leaf(func(s *fixture.Spec) { s.KU = []string{"digitalSignature", "keyCertSign", "keyEncipherment"} }),
	"leaf with length":   leaf(func(s *fixture.Spec) { s.PathLen = 3 }),
	"no key identifiers": leaf(func(s *fixture.Spec) { s.NoSKI, s.NoAKI = true, true }),
	"staple":             leaf(func(s *fixture.Spec) { s.MustStaple = true }),
	"odd urls": leaf(func(s *fixture.Spec) {
		s.OCSP, s.Issuers, s.CRL = []string{"https://a", "ldap://b"}, []string{"file:///c"}, []string{"ftp://d"}
	}),
	"sha1":            leaf(func(s *fixture.Spec) { s.By = signer("rsa2048-sha1/ca") }),
	"md5":             leaf(func(s *fixture.Spec) { s.By = signer("rsa2048-md5/ca") }),
	"by p384":         leaf(func(s *fixture.Spec) { s.By = signer("p384/ca") }),
	"by p521":         leaf(func(s *fixture.Spec) { s.By = signer("p521/ca") }),
	"by ed25519":      leaf(func(s *fixture.Spec) { s.By = signer("ed25519/ca") }),
	"p521 key":        leaf(func(s *fixture.Spec) { s.Key = "p521/leaf" }),
	"ed25519 key":     leaf(func(s *fixture.Spec) { s.Key = "ed25519/leaf" }),
	"rsa 1024":        leaf(func(s *fixture.Spec) { s.Key = "rsa1024/leaf" }),
	"rsa 2049":        leaf(func(s *fixture.Spec) { s.Key = "rsa2049/leaf" }),
	"rsa exponent 1":  leaf(func(s *fixture.Spec) { s.SPKI = fixture.RSAPublic(odd(2048), big.NewInt(1)) }),
	"rsa fermat":      leaf(func(s *fixture.Spec) { s.SPKI = fixture.RSAPublic(closePrimes(2048, 50), big.NewInt(65537)) }),
	"small p256":      leaf(func(s *fixture.Spec) { s.Key = "p256/=77" }),
	"small p384":      leaf(func(s *fixture.Spec) { s.Key = "p384/=-40000" }),
	"by small p384":   leaf(func(s *fixture.Spec) { s.By = signer("p384/=77") }),
	"negative serial": leaf(func(s *fixture.Spec) { s.Serial = -5 }),
	"short serial":    leaf(func(s *fixture.Spec) { s.Serial = 5 }),
	"duplicate extension": leaf(func(s *fixture.Spec) {
		s.Extra = []fixture.Extension{{ID: fixture.OID("2.5.29.14"), Value: fixture.Hex("0401 aa")}}
	}),
	"duplicate extensions": leaf(func(s *fixture.Spec) {
		again := fixture.Extension{ID: fixture.OID("1.2.3.4"), Value: fixture.Hex("0500")}
		more := fixture.Extension{ID: fixture.OID("1.2.3.5"), Value: fixture.Hex("0500")}
		s.Extra = []fixture.Extension{again, more, {ID: fixture.OID("1.2.3.6"), Value: fixture.Hex("0500")}, again, more}
	}),
	"uses that contradict": leaf(func(s *fixture.Spec) {
		s.EKU, s.KU = []string{"serverAuth", "clientAuth", "emailProtection"}, []string{"keyEncipherment", "keyAgreement", "cRLSign"}
	}),
	"uses that may go together": leaf(func(s *fixture.Spec) {
		s.EKU, s.KU = []string{"serverAuth", "clientAuth"}, []string{"keyEncipherment", "keyAgreement"}
	}),
	"unknown critical": leaf(func(s *fixture.Spec) {
		s.Extra = []fixture.Extension{{ID: fixture.OID("1.2.3.4"), Critical: true, Value: fixture.Hex("0500")}}
	}),
	"qualified": leaf(func(s *fixture.Spec) { // QcCompliance and QcType web (ETSI EN 319 412-5)
		s.Extra = []fixture.Extension{{ID: fixture.OID("1.3.6.1.5.5.7.1.3"), Value: fixture.Hex("301f 3008 0606 04008e460101 3013 0606 04008e460106 3009 0607 04008e46010603")}}
	}),

	"constrained intermediate": ca(func(s *fixture.Spec) { s.Permit, s.Exclude = []string{"example.com"}, []string{"bad.example.com"} }),
	"intermediate without use": ca(func(s *fixture.Spec) { s.KU, s.EKU = nil, nil }),
	"intermediate for all":     ca(func(s *fixture.Spec) { s.EKU = []string{"any", "emailProtection"} }),
	"intermediate encrypts":    ca(func(s *fixture.Spec) { s.Key, s.KU = "rsa2048/sub", []string{"keyCertSign", "keyEncipherment"} }),
	"nameless intermediate":    ca(func(s *fixture.Spec) { s.Subject = "" }),
	"issuer without name":      leaf(func(s *fixture.Spec) { s.By = &fixture.Spec{Key: "p256/anonymous", CA: true} }),

	"mailbox": leaf(func(s *fixture.Spec) {
		s.Subject, s.DNS, s.SCTs = "CN=a@example.com", nil, 0
		s.Email, s.EKU, s.Policies = []string{"a@example.com"}, []string{"emailProtection"}, []string{"2.23.140.1.5.1.2"}
	}),
	"mailbox, private": leaf(func(s *fixture.Spec) {
		s.Subject, s.DNS, s.SCTs, s.Policies = "CN=a@example.com", nil, 0, nil
		s.Email, s.EKU = []string{"a@example.com", "<b@example.com>"}, []string{"emailProtection"}
	}),
	"code signing": leaf(func(s *fixture.Spec) {
		s.Subject, s.DNS, s.SCTs = "C=US/O=Example/CN=Example", nil, 0
		s.Key, s.EKU, s.Policies = "rsa2048/code", []string{"codeSigning"}, []string{"2.23.140.1.4.1"}
	}),
	"code signing, private": leaf(func(s *fixture.Spec) {
		s.Subject, s.DNS, s.SCTs = "CN=Example", nil, 0
		s.EKU, s.Policies = []string{"codeSigning"}, nil
	}),
	"time-stamping": leaf(func(s *fixture.Spec) {
		s.Subject, s.DNS, s.SCTs = "C=US/O=Example/CN=Example TSA", nil, 0
		s.EKU, s.Policies = []string{"timeStamping"}, []string{"2.23.140.1.4.2"}
	}),
}

func ca(change func(*fixture.Spec)) *fixture.Spec {
	s := *fixture.PublicIntermediate
	change(&s)
	return &s
}

// signer is a CA that signs with the given key.
func signer(key fixture.Key) *fixture.Spec {
	return &fixture.Spec{Subject: "C=US/O=Example/CN=Example CA", From: "2025-01-01", To: "2035-01-01", Key: key, CA: true}
}

// odd is a number of so many bits that is no product of two primes.
func odd(size int) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), uint(size-1))
	return n.SetBit(n, 0, 1)
}

// closePrimes is a product of two numbers that Fermat's method takes apart in
// about so many rounds: with n = a² - b² the first a is about √n, and b² / 2√n
// rounds lie between.
func closePrimes(size int, rounds int64) *big.Int {
	a := odd(size/2 + 1)
	b := new(big.Int).Mul(a, big.NewInt(2*rounds))
	b.Sqrt(b)
	b.SetBit(b, 0, 0) // so that a+b and a-b are odd
	return new(big.Int).Mul(new(big.Int).Add(a, b), new(big.Int).Sub(a, b))
}

// eachFixture runs a test on every fixture, in order of the names.
func eachFixture(t *testing.T, test func(*testing.T, *cert.Certificate)) {
	for _, name := range slices.Sorted(maps.Keys(fixtures)) {
		t.Run(name, func(t *testing.T) { test(t, cert.Parse(fixtures[name].DER())) })
	}
}
