package cert

import (
	"bytes"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"certlens/internal/report"
)

// openssl runs the program and gives its output; ok is false when it fails.
func openssl(t testing.TB, input []byte, args ...string) (string, bool) {
	t.Helper()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	return string(out), err == nil
}

// TestAgainstOpenSSL compares every plain field with what openssl x509 prints,
// for the certificates of testdata and a sample of the root stores.
func TestAgainstOpenSSL(t *testing.T) {
	list := map[string][]byte{}
	for name, der := range pemFiles(t) {
		list[name] = der
	}
	// openssl prints ".." for a key usage that is cut, and the year 1 as "1".
	delete(list, "broken-extensions")
	delete(list, "long-validity")
	t.Run("testdata", func(t *testing.T) { compareOpenSSL(t, list, 48) })
	t.Run("stores", func(t *testing.T) {
		sample := map[string][]byte{}
		for i, der := range storePEMs(t) {
			if i%20 == 0 {
				sample[Parse(der).Title()] = der
			}
		}
		compareOpenSSL(t, sample, 20)
	})
}

// compareOpenSSL compares the certificates that openssl reads, which must be at
// least least.
func compareOpenSSL(t *testing.T, list map[string][]byte, least int) {
	compared := 0
	for name, der := range list {
		text, ok := openssl(t, der, "x509", "-inform", "DER", "-noout", "-text", "-nameopt", "sep_comma_plus_space,sname,utf8", "-certopt", "no_sigdump", "-fingerprint", "-sha256")
		if !ok {
			t.Logf("openssl does not read %s", name)
			continue
		}
		compared++
		for _, d := range opensslDifferences(Parse(der).Report(testTime), text) {
			t.Errorf("%s: %s", name, d)
		}
	}
	if compared < least {
		t.Errorf("only %d certificates were compared", compared)
	}
}

// opensslDifferences compares a report with the text of openssl x509.
func opensslDifferences(r report.Certificate, text string) []string {
	var d differ
	d.check("version", r.Version, after(text, `Version: (\d+)`))
	d.check("serial", opensslSerial(r.Serial), serialText(text))
	d.check("notBefore", r.NotBefore, opensslTime(after(text, `Not Before: *(.*)`)))
	d.check("notAfter", r.NotAfter, opensslTime(after(text, `Not After *: *(.*)`)))
	d.check("fingerprint", r.Fingerprints.SHA256, strings.ToLower(strings.ReplaceAll(after(text, `Fingerprint=(.*)`), ":", "")))
	if bits := after(text, `Public-Key: \((\d+) bit`); bits != "" {
		d.check("key size", r.Key.Bits, bits)
	}
	if e := after(text, `Exponent: (\d+)`); e != "" {
		d.check("exponent", r.Key.Exponent, e)
	}
	if curve := after(text, `NIST CURVE: (.*)`); curve != "" {
		d.check("curve", r.Key.Curve, curve)
	}
	if modulus := block(text, "Modulus:"); modulus != "" {
		d.check("modulus", r.Key.Modulus, strings.TrimLeft(modulus, "0"))
	}
	if plainName(r.Subject) {
		d.check("subject", joinName(r.Subject), after(text, `Subject: ?(.*)`))
	}
	d.check("usage", strings.Join(opensslUsages(r), ", "), lineAfter(text, "X509v3 Key Usage:"))
	d.check("subject key id", field(r, oidSubjectKeyID), lowerHex(lineAfter(text, "X509v3 Subject Key Identifier:")))
	d.check("names", dnsNames(r.Names), opensslNames(lineAfter(text, "X509v3 Subject Alternative Name:")))
	return d
}

func after(text, pattern string) string {
	if m := regexp.MustCompile(pattern).FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// lineAfter is the line after the one that starts with label.
func lineAfter(text, label string) string {
	return strings.TrimSpace(after(text, regexp.QuoteMeta(label)+`.*\n(.*)`))
}

// block is the hexadecimal of the indented lines after label.
func block(text, label string) string {
	lines := after(text, regexp.QuoteMeta(label)+`\n((?: +[0-9a-f:]+\n)+)`)
	return lowerHex(strings.Join(strings.Fields(lines), ""))
}

func lowerHex(s string) string { return strings.ToLower(strings.ReplaceAll(s, ":", "")) }

// serialText is what follows "Serial Number:", in either of its two forms.
func serialText(text string) string {
	if s := after(text, `Serial Number: (-?\d+) \(`); s != "" {
		return s
	}
	return lowerHex(strings.TrimPrefix(lineAfter(text, "Serial Number:"), "(Negative)"))
}

// opensslSerial is a serial number as openssl shows it: in base 10 when it has at
// most 63 bits, else in hexadecimal without the leading zero byte.
func opensslSerial(s report.Serial) string {
	if len(s.Decimal) <= 18 || len(s.Hex) <= 16 && !strings.HasPrefix(s.Decimal, "-") && s.Hex < "8" {
		return s.Decimal
	}
	return strings.TrimPrefix(s.Hex, "00")
}

func opensslTime(s string) string {
	t, err := time.Parse("Jan _2 15:04:05 2006 MST", s)
	if err != nil {
		return s
	}
	return formatTime(t)
}

// plainName tells whether both write the name in the same way: no escapes, and
// only types that openssl has the same short name for.
func plainName(n report.Name) bool {
	for _, a := range n.Attributes {
		if strings.ContainsAny(a.Value, "\\#") || a.Short == a.OID || strings.HasPrefix(a.Short, "id-pda") || a.Encoding == "TeletexString" && !isPlain(a.Value) {
			return false
		}
	}
	return true
}

// joinName is Name.Text without escapes.
func joinName(n report.Name) string {
	var out strings.Builder
	for i, a := range n.Attributes {
		switch {
		case i == 0:
		case a.RDN == n.Attributes[i-1].RDN:
			out.WriteString(" + ")
		default:
			out.WriteString(", ")
		}
		out.WriteString(a.Short + "=" + a.Value)
	}
	return out.String()
}

// opensslUsages are the key usages in the words of openssl.
func opensslUsages(r report.Certificate) []string {
	words := []string{"Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement",
		"Certificate Sign", "CRL Sign", "Encipher Only", "Decipher Only"}
	var out []string
	for _, f := range itemsOf(r, oidKeyUsage) {
		if i := slices.Index(keyUsages, f.Value); i >= 0 {
			out = append(out, words[i])
		}
	}
	return out
}

// field is the value of the first field of an extension.
func field(r report.Certificate, id string) string {
	if items := itemsOf(r, id); len(items) > 0 {
		return items[0].Value
	}
	return ""
}

func dnsNames(names []report.GeneralName) []string {
	var out []string
	for _, g := range names {
		if g.Type == "dns" {
			out = append(out, g.Value)
		}
	}
	return out
}

func opensslNames(line string) []string {
	var out []string
	for _, part := range strings.Split(line, ", ") {
		if name, ok := strings.CutPrefix(part, "DNS:"); ok {
			out = append(out, name)
		}
	}
	return out
}

// TestPinAgainstOpenSSL computes one pin in the way that curl's manual tells.
func TestPinAgainstOpenSSL(t *testing.T) {
	der := pemFiles(t)["rsa2048-e41"]
	spki, _ := openssl(t, der, "x509", "-inform", "DER", "-noout", "-pubkey")
	raw, _ := openssl(t, []byte(spki), "pkey", "-pubin", "-outform", "DER")
	hash, _ := openssl(t, []byte(raw), "dgst", "-sha256", "-binary")
	encoded, _ := openssl(t, []byte(hash), "enc", "-base64")
	if got, want := Parse(der).Report(testTime).Fingerprints.SPKIPin, "sha256//"+strings.TrimSpace(encoded); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
