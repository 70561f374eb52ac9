package chain

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
)

// TestSubtrees asks whether a name is in a subtree: "in", "out", "meets" when
// only an exclusion takes it for one inside, or "invalid".
func TestSubtrees(t *testing.T) {
	for _, c := range []struct{ kind, base, name, want string }{
		{"dns", "example.com", "example.com", "in"},
		{"dns", "example.com", "a.b.example.com", "in"},
		{"dns", "example.com", "EXAMPLE.com", "in"},
		{"dns", "Example.com", "a.example.com", "in"},
		{"dns", "example.com", "badexample.com", "out"},
		{"dns", ".example.com", "a.example.com", "in"},
		{"dns", ".example.com", "example.com", "out"},
		{"dns", "", "example.com", "in"},
		{"dns", "example.com", "*.example.com", "in"},
		{"dns", "a.example.com", "*.example.com", "meets"},
		{"dns", "b.a.example.com", "*.example.com", "out"},
		{"dns", "*.example.com", "a.example.com", "invalid"},
		{"dns", "example..com", "a.example.com", "invalid"},
		{"email", "a@example.com", "a@example.com", "in"},
		{"email", "a@example.com", "a@EXAMPLE.com", "in"},
		{"email", "a@example.com", "A@example.com", "out"},
		{"email", "example.com", "a@example.com", "in"},
		{"email", "example.com", "a@mail.example.com", "out"},
		{"email", ".example.com", "a@mail.example.com", "in"},
		{"email", ".example.com", "a@example.com", "out"},
		{"email", "", "a@example.com", "in"},
		{"email", "example.com", `"a@b"@example.com`, "in"},
		{"email", "a@b@example.com", "a@example.com", "invalid"},
		{"uri", "example.com", "https://example.com/a", "in"},
		{"uri", "example.com", "https://user@EXAMPLE.com:8443/a", "in"},
		{"uri", "example.com", "https://www.example.com/", "out"},
		{"uri", ".example.com", "https://www.example.com/", "in"},
		{"ip", "192.0.2.0/24", "192.0.2.77", "in"},
		{"ip", "192.0.2.0/24", "192.0.3.1", "out"},
		{"ip", "192.0.2.0/24", "2001:db8::1", "out"},
		{"ip", "10.0.0.0/8", "mapped:10.0.0.1", "meets"},
		{"ip", "10.0.0.0/8", "mapped:11.0.0.1", "out"},
		{"ip", "::/0", "10.0.0.1", "out"},
		{"ip", "2001:db8::/32", "2001:db8:1::1", "in"},
		{"ip", "0.0.0.0/0", "192.0.2.1", "in"},
		{"ip", "not a range", "192.0.2.1", "invalid"},
		{"dir", "O=Example", "O=Example,CN=a", "in"},
		{"dir", "O=Example", "O=EXAMPLE,CN=a", "in"},
		{"dir", "O=Example", "CN=a,O=Example", "out"},
		{"dir", "O=Example,CN=a", "O=Example", "out"},
		{"dir", "-", "O=Example", "in"},
	} {
		base := generalOf(t, general(c.kind, c.base, true))
		name := newSubject(generalOf(t, general(c.kind, c.name, false)))
		tree := newSubtree(base)
		got := "out"
		switch {
		case tree.invalid:
			got = "invalid"
		case name.invalid:
			got = "name is invalid"
		case tree.within(&name, false):
			got = "in"
		case tree.within(&name, true):
			got = "meets"
		}
		if got != c.want {
			t.Errorf("%s %q in %q: %s, want %s", c.kind, c.name, c.base, got, c.want)
		}
	}
}

// TestInvalidNames lists names that are in no permitted subtree.
func TestInvalidNames(t *testing.T) {
	for _, c := range []struct{ kind, name string }{
		{"dns", ".example.com"}, {"dns", "a..example.com"}, {"dns", ""}, {"dns", "a.*.example.com"}, {"dns", "*"}, {"dns", "a b.example.com"},
		{"email", "example.com"}, {"email", "@example.com"}, {"email", "a@"}, {"email", "a@b@example.com"}, {"email", "a b@example.com"},
		{"uri", "mailto:a@example.com"}, {"uri", "https://192.0.2.1/"}, {"uri", "https:///a"}, {"uri", "%zz"}, {"uri", "https://[2001:db8::1]/"},
		{"dns", strings.Repeat("a", 64) + ".example.com"},
	} {
		if n := newSubject(generalOf(t, general(c.kind, c.name, false))); !n.invalid {
			t.Errorf("%s %q is valid", c.kind, c.name)
		}
	}
}

// generalOf reads what general wrote.
func generalOf(t testing.TB, v asn1.RawValue) generalName {
	der, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	in := cryptobyte.String(der)
	n, ok := readGeneralName(&in)
	if !ok {
		t.Fatalf("cannot read %x", der)
	}
	return n
}

// FuzzConstraints compares DNS, e-mail and IP constraints with crypto/x509: what
// we let pass, Go must let pass as well.
func FuzzConstraints(f *testing.F) {
	f.Add("example.com", "a.example.com", true)
	f.Add(".example.com", "example.com", false)
	f.Add("a.example.com", "*.example.com", false)
	f.Add("", "example.com", true)
	f.Add("example.com", "a@example.com", true)
	f.Add("b@example.com", "b@example.com", false)
	fg := newForge(f)
	root := fg.make("Root ca anchor key ed25519")
	parent, err := x509.ParseCertificate(root.der)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, base, name string, permit bool) {
		kind := "dns"
		if strings.Contains(name, "@") {
			kind = "email"
		}
		tree, subject := newSubtree(generalName{kindOf(kind), []byte(base)}), newSubject(generalName{kindOf(kind), []byte(name)})
		if tree.invalid || subject.invalid || !isASCII(base) || !isASCII(name) {
			return
		}
		passes := tree.within(&subject, !permit) == permit
		if goPasses, ok := goConstraint(t, parent, root, kind, base, name, permit); ok && passes && !goPasses {
			t.Errorf("%s %q, constraint %q (permitted: %v) passes here and not in Go", kind, name, base, permit)
		}
	})
}

func kindOf(word string) nameKind {
	if word == "email" {
		return emailName
	}
	return dnsName
}

// goConstraint asks crypto/x509; ok is false when it refuses the input as such.
func goConstraint(t *testing.T, parent *x509.Certificate, root *forged, kind, base, name string, permit bool) (passes, ok bool) {
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "CA"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), SubjectKeyId: []byte{1}}
	switch {
	case kind == "dns" && permit:
		ca.PermittedDNSDomains = []string{base}
	case kind == "dns":
		ca.ExcludedDNSDomains = []string{base}
	case permit:
		ca.PermittedEmailAddresses = []string{base}
	default:
		ca.ExcludedEmailAddresses = []string{base}
	}
	end := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: ca.NotBefore, NotAfter: ca.NotAfter, IPAddresses: []net.IP{net.IPv4(192, 0, 2, 1)}}
	if kind == "dns" {
		end.DNSNames = []string{name}
	} else {
		end.EmailAddresses = []string{name}
	}
	middle, err := signWith(ca, parent, root, root)
	if err != nil {
		return false, false
	}
	last, err := signWith(end, middle, root, root)
	if err != nil {
		return false, false
	}
	roots, others := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(parent)
	others.AddCert(middle)
	_, err = last.Verify(x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err == nil, true
}

// signWith makes a certificate with Go's own encoder.
func signWith(template, parent *x509.Certificate, issuer, subject *forged) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(nil, template, parent, subject.key.Public(), issuer.key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}
