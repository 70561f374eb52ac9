package chain

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"encoding/csv"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
)

const ccadbDir = "../../../shared/data/ccadb"

// intermediates reads the CA certificates that the CCADB knows, and keeps those
// that are unexpired, are not roots, and may issue for servers.
func intermediates(t testing.TB, at time.Time) []*x509.Certificate {
	files, _ := filepath.Glob(filepath.Join(ccadbDir, "*.csv.gz"))
	if len(files) == 0 {
		t.Skipf("CCADB files not found: put AllCertificatePEMsCSVFormat_NotBeforeYear_*.csv.gz of ccadb.org at %s", ccadbDir)
	}
	var out []*x509.Certificate
	for _, file := range files {
		for _, der := range readCSV(t, file) {
			c, err := x509.ParseCertificate(der)
			if err == nil && c.IsCA && at.Before(c.NotAfter) && at.After(c.NotBefore) && string(c.RawSubject) != string(c.RawIssuer) && forServers(c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// forServers tells whether extended key usage lets a CA issue for servers.
func forServers(c *x509.Certificate) bool {
	return len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) == 0 || slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageServerAuth) || slices.Contains(c.ExtKeyUsage, x509.ExtKeyUsageAny)
}

// readCSV reads the PEM column of one file.
func readCSV(t testing.TB, file string) [][]byte {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for r := csv.NewReader(z); ; {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := pem.Decode([]byte(strings.Trim(row[len(row)-1], "'"))); b != nil {
			out = append(out, b.Bytes)
		}
	}
}

// TestCCADB compares trust in real CAs with crypto/x509, both with Mozilla's
// store. Every CA of the Web PKI is at hand for building paths, so this is also
// the largest pool that a search meets.
func TestCCADB(t *testing.T) {
	at := time.Date(2026, 8, 21, 0, 0, 0, 0, time.UTC)
	all := intermediates(t, at)
	roots, others := x509.NewCertPool(), x509.NewCertPool()
	for r := range bundle.Roots() {
		c, err := x509.ParseCertificate(r.Certificate)
		if err != nil {
			t.Fatal(err)
		}
		if r.Constraint != nil {
			roots.AddCertWithConstraint(c, r.Constraint)
		} else {
			roots.AddCert(c)
		}
	}
	var extra []*cert.Certificate
	for _, c := range all {
		others.AddCert(c)
		extra = append(extra, cert.Parse(c.Raw))
	}
	step := max(1, len(all)/250)
	var both, neither, onlyUs, onlyGo int
	for i := 0; i < len(all); i += step {
		res := Build(context.Background(), Request{Served: extra[i : i+1], Extra: extra, Stores: []*trust.Store{trust.Mozilla()}, At: at})
		_, err := all[i].Verify(x509.VerifyOptions{Roots: roots, Intermediates: others, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
		ours := res.Paths[0].Trusted
		switch {
		case ours && err == nil:
			both++
		case !ours && err != nil:
			neither++
		case ours:
			onlyUs++
			if !goLacks(err, res.Paths[0], extra) {
				t.Errorf("%s: ours trusted, Go: %v", all[i].Subject, err)
			}
		default:
			onlyGo++
			t.Errorf("%s: Go trusts it, ours: %s", all[i].Subject, details(res.Paths[0]))
		}
		if res.Truncated {
			t.Errorf("%s: %s", all[i].Subject, res.Note)
		}
	}
	t.Logf("CCADB: of %d CAs for servers, %d compared: %d trusted by both, %d by neither, %d by us alone, %d by Go alone", len(all), both+neither+onlyUs+onlyGo, both, neither, onlyUs, onlyGo)
}

// goLacks tells whether Go refuses a path because it does not process name
// constraints on directory names, which is the one known difference.
func goLacks(err error, path report.Path, certs []*cert.Certificate) bool {
	if !errors.As(err, new(x509.UnhandledCriticalExtension)) {
		return false
	}
	for _, c := range certs {
		if m := newMember(c); slices.Contains(path.Certificates, c.ID) && m.limits != nil {
			all := slices.Concat(m.limits.permitted, m.limits.excluded)
			return slices.ContainsFunc(all, func(s subtree) bool { return s.kind == directoryName })
		}
	}
	return false
}
