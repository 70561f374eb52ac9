package cert

import (
	"bytes"
	"compress/gzip"
	gox509 "crypto/x509"
	"encoding/csv"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	zx509 "github.com/zmap/zcrypto/x509"

	"certlens/internal/report"
)

// shared is where real public certificates are, beside the repository.
const shared = "../../../shared/data"

// storePEMs are the certificates of the root stores.
func storePEMs(t testing.TB) [][]byte {
	files, _ := filepath.Glob(shared + "/stores/*.pem")
	if len(files) == 0 {
		t.Skipf("%s/stores not found: root stores as PEM files, beside the repository", shared)
	}
	var list [][]byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		must(err)
		for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
			list = append(list, block.Bytes)
		}
	}
	return list
}

// ccadbPEMs are every step-th certificate of the CCADB.
func ccadbPEMs(t testing.TB, step int) [][]byte {
	files, _ := filepath.Glob(shared + "/ccadb/*.csv.gz")
	if len(files) == 0 {
		t.Skipf("%s/ccadb not found: AllCertificatePEMsCSVFormat files of the CCADB, beside the repository", shared)
	}
	var list [][]byte
	n := 0
	for _, file := range files {
		for _, row := range csvRows(file) {
			block, _ := pem.Decode([]byte(row[1]))
			if n++; block != nil && n%step == 0 {
				list = append(list, block.Bytes)
			}
		}
	}
	return list
}

func csvRows(file string) [][]string {
	f, err := os.Open(file)
	must(err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	must(err)
	rows, err := csv.NewReader(z).ReadAll()
	must(err)
	return rows[1:]
}

// TestStores decodes the certificates of the root stores: none may have a fatal
// problem, each root verifies itself, and each says the same as the other parsers do.
func TestStores(t *testing.T) {
	for _, der := range storePEMs(t) {
		c := Parse(der)
		r := c.Report(testTime)
		compareAll(t, c, r)
		if r.SelfIssued && (!r.SelfSigned || r.Role != "root") {
			t.Errorf("%s: self-signed %v, role %s: %v", r.Title, r.SelfSigned, r.Role, c.SignedBy(c))
		}
	}
}

// TestCCADB does the same for a sample of all publicly trusted CA certificates.
func TestCCADB(t *testing.T) {
	list := ccadbPEMs(t, 5)
	refused := 0
	for _, der := range list {
		c := Parse(der)
		if !compareAll(t, c, c.Report(testTime)) {
			refused++
		}
	}
	t.Logf("%d certificates, %d of them refused by crypto/x509", len(list), refused)
}

// compareAll compares a report with what zcrypto and crypto/x509 say. It tells
// whether the latter parses the certificate.
func compareAll(t *testing.T, c *Certificate, r report.Certificate) bool {
	t.Helper()
	for _, p := range r.Problems {
		if p.Fatal {
			t.Errorf("%s (%s): %+v", r.Title, r.ID, p)
		}
	}
	if c.X509 == nil {
		return false
	}
	for _, d := range append(zcryptoDifferences(c, r), goDifferences(c, r)...) {
		t.Errorf("%s (%s): %s", r.Title, r.ID, d)
	}
	_, err := gox509.ParseCertificate(c.DER)
	return err == nil
}

// differ collects differences.
type differ []string

func (d *differ) check(what string, got, want any) {
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		*d = append(*d, fmt.Sprintf("%s is %s, want %s", what, g, w))
	}
}

// zcryptoDifferences compares with zcrypto, which reads every certificate here.
func zcryptoDifferences(c *Certificate, r report.Certificate) []string {
	var d differ
	x := c.X509
	d.check("version", r.Version, x.Version)
	d.check("serial", r.Serial.Decimal, x.SerialNumber)
	d.check("notBefore", r.NotBefore, formatTime(x.NotBefore))
	d.check("notAfter", r.NotAfter, formatTime(x.NotAfter))
	d.check("sha256", r.Fingerprints.SHA256, x.FingerprintSHA256.Hex())
	d.check("sha1", r.Fingerprints.SHA1, x.FingerprintSHA1.Hex())
	d.check("spki", r.Fingerprints.SPKI, x.SPKIFingerprint.Hex())
	d.check("subject", hexText(c.RawSubject), hexText(x.RawSubject))
	d.check("issuer", hexText(c.RawIssuer), hexText(x.RawIssuer))
	d.check("subject key id", hexText(c.SubjectKeyID()), hexText(x.SubjectKeyId))
	d.check("authority key id", hexText(c.AuthorityKeyID()), hexText(x.AuthorityKeyId))
	d.check("signature", r.Signature.Value, hexText(x.Signature))
	d.check("isCA", c.IsCA(), x.IsCA)
	d.check("self-signed", c.SelfSigned(), x.SelfSigned)
	d.check("extensions", len(r.Extensions), len(x.Extensions))
	d.check("names", values3(r.Names), slices.Concat(x.DNSNames, x.EmailAddresses, x.URIs))
	d.check("timestamps", len(r.SCTs), len(x.SignedCertificateTimestampList))
	d.check("usages", len(itemsOf(r, oidExtKeyUsage)), len(x.ExtKeyUsage)+len(x.UnknownExtKeyUsage))
	d.check("policies", len(itemsOf(r, oidPolicies)), len(x.PolicyIdentifiers))
	d.check("revocation lists", uris(itemsOf(r, "2.5.29.31")), x.CRLDistributionPoints)
	if x.ValidationLevel == zx509.EV && !x.IsCA {
		d.check("validation", r.Validation, "EV")
	}
	return d
}

// values3 are the DNS names, mail addresses and URIs, in this order.
func values3(names []report.GeneralName) []string {
	var out []string
	for _, kind := range []string{"dns", "email", "uri"} {
		for _, g := range names {
			if g.Type == kind {
				out = append(out, g.Value)
			}
		}
	}
	return out
}

// itemsOf are the fields of an extension.
func itemsOf(r report.Certificate, id string) []report.Field {
	for _, x := range r.Extensions {
		if x.OID == id {
			return x.Fields
		}
	}
	return nil
}

// uris are the values of all fields labelled "URI", inside as well.
func uris(fields []report.Field) []string {
	var out []string
	for _, f := range fields {
		if f.Label == "URI" {
			out = append(out, f.Value)
		}
		if f.Label != "CRL issuer" {
			out = append(out, uris(f.Items)...)
		}
	}
	return out
}

// goDifferences compares with crypto/x509 where it parses the certificate.
func goDifferences(c *Certificate, r report.Certificate) []string {
	x, err := gox509.ParseCertificate(c.DER)
	if err != nil {
		return nil
	}
	var d differ
	d.check("version (Go)", r.Version, x.Version)
	d.check("serial (Go)", r.Serial.Decimal, x.SerialNumber)
	d.check("notBefore (Go)", r.NotBefore, formatTime(x.NotBefore))
	d.check("notAfter (Go)", r.NotAfter, formatTime(x.NotAfter))
	d.check("isCA (Go)", c.IsCA(), x.IsCA)
	d.check("tbs (Go)", bytes.Equal(c.walk.tbs, x.RawTBSCertificate), true)
	d.check("spki (Go)", bytes.Equal(c.RawSPKI, x.RawSubjectPublicKeyInfo), true)
	d.check("issuing certificates (Go)", accessOf(r, "CA issuers"), x.IssuingCertificateURL)
	d.check("responders (Go)", accessOf(r, "OCSP"), x.OCSPServer)
	for i, a := range r.Subject.Attributes {
		if i < len(x.Subject.Names) && plainValue(a) {
			d.check("subject attribute (Go)", a.OID+"="+a.Value, fmt.Sprintf("%s=%v", x.Subject.Names[i].Type, x.Subject.Names[i].Value))
		}
	}
	d.check("attributes (Go)", len(r.Subject.Attributes), len(x.Subject.Names))
	for i, e := range x.Extensions {
		d.check("extension (Go)", r.Extensions[i].OID+r.Extensions[i].Value, e.Id.String()+hexText(e.Value))
	}
	return d
}

// plainValue tells whether crypto/x509 gives the value as the same text: it
// reads a TeletexString as UTF-8 and we as ISO 8859-1, and shows no escapes.
func plainValue(a report.Attribute) bool {
	return !strings.HasPrefix(a.Encoding, "Teletex") && !strings.Contains(a.Value, `\`) && a.Encoding != "BIT STRING"
}

// accessOf are the URIs of authority information access with the label.
func accessOf(r report.Certificate, label string) []string {
	var out []string
	for _, f := range itemsOf(r, "1.3.6.1.5.5.7.1.1") {
		if f.Label == label && !strings.HasPrefix(f.Value, "Directory name: ") {
			out = append(out, f.Value)
		}
	}
	return out
}

// TestSignaturesAgainstZcrypto verifies CA certificates of the CCADB with every
// certificate that has the name of their issuer, and compares the verdicts.
func TestSignaturesAgainstZcrypto(t *testing.T) {
	bySubject := map[string][]*Certificate{}
	var list []*Certificate
	seen := map[string]bool{}
	for _, der := range append(storePEMs(t), ccadbPEMs(t, 12)...) {
		c := Parse(der)
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		list = append(list, c)
		bySubject[string(c.RawSubject)] = append(bySubject[string(c.RawSubject)], c)
	}
	good, bad := 0, 0
	for _, c := range list {
		for _, parent := range bySubject[string(c.RawIssuer)] {
			got := c.SignedBy(parent)
			want := parent.X509.CheckSignature(c.X509.SignatureAlgorithm, c.X509.RawTBSCertificate, c.X509.Signature)
			if (got == nil) != (want == nil) && bytes.Equal(c.walk.innerDER, c.walk.outerDER) {
				t.Errorf("%s signed by %s: %v, want %v", c.Title(), parent.Title(), got, want)
			}
			if got == nil {
				good++
			} else {
				bad++
			}
		}
	}
	t.Logf("%d good, %d bad signatures", good, bad)
	if good < 300 {
		t.Errorf("only %d good signatures", good)
	}
}
