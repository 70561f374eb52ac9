package lint

import (
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"strings"
	"testing"
	"time"

	zx509 "github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3"
	zlintlint "github.com/zmap/zlint/v3/lint"
	"golang.org/x/crypto/ocsp"

	"certlens/internal/report"
	"certlens/lint/internal/fixture"
)

var (
	crlIssuer = fixture.PublicIntermediate
	week      = 7 * 24 * time.Hour
)

// unsigned signs without randomness, so that the same object is made each time.
type unsigned struct{}

func (unsigned) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func makeCRL(t *testing.T, change func(*x509.RevocationList)) []byte {
	t.Helper()
	issuer, err := x509.ParseCertificate(crlIssuer.DER())
	if err != nil {
		t.Fatal(err)
	}
	at := moment(t, now)
	list := &x509.RevocationList{Number: big.NewInt(7), ThisUpdate: at, NextUpdate: at.Add(week)}
	change(list)
	der, err := x509.CreateRevocationList(unsigned{}, list, issuer, crlIssuer.Key.Signer())
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func revoke(serial int64, at time.Time, reason int) func(*x509.RevocationList) {
	return func(l *x509.RevocationList) {
		l.RevokedCertificateEntries = append(l.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: big.NewInt(serial), RevocationTime: at, ReasonCode: reason})
	}
}

func TestCRL(t *testing.T) {
	at := moment(t, now)
	for _, c := range []struct {
		what   string
		change func(*x509.RevocationList)
		webpki string
	}{
		{"empty", func(*x509.RevocationList) {}, ""},
		{"one entry", revoke(5, at, 1), ""},
		{"unknown reason", revoke(5, at, 11), "e_cab_crl_has_valid_reason_code e_crl_has_valid_reason_code"},
		{"revoked later", revoke(5, at.Add(week), 1), "e_crl_revocation_time_after_this_update"},
		{"the same twice", func(l *x509.RevocationList) { revoke(5, at, 1)(l); revoke(5, at, 4)(l) }, "e_crl_unique_revoked_certificate"},
		{"valid for a year", func(l *x509.RevocationList) { l.NextUpdate = at.Add(52 * week) }, "e_crl_next_update_invalid"},
	} {
		der := makeCRL(t, c.change)
		parsed, err := zx509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(err)
		}
		native := zlint.LintRevocationList(parsed).Results
		run, findings := CRLUnder(WebPKI, der, 3)
		if got := strings.Join(ids(findings), " "); got != c.webpki {
			t.Errorf("%s: %s, want %s", c.what, got, c.webpki)
		}
		compareObject(t, c.what, run, findings, native)
		run, findings = CRL(der, 3)
		if run.Profile != string(Private) || run.Counts == (report.LintCounts{}) {
			t.Errorf("%s: %+v", c.what, run)
		}
		for _, f := range findings {
			if f.Source == "CABF_BR" {
				t.Errorf("%s: %s without knowing the issuer", c.what, f.ID)
			}
		}
	}
}

// compareObject asks that the run is what zlint itself says.
func compareObject(t *testing.T, what string, run report.LintRun, findings []report.Finding, native map[string]*zlintlint.LintResult) {
	t.Helper()
	var want report.LintCounts
	told := 0
	for _, result := range native {
		if tell(&want, result.Status) {
			told++
		}
	}
	if run.Counts != want || len(findings) != told {
		t.Errorf("%s: counts %+v with %d findings, zlint says %+v", what, run.Counts, len(findings), want)
	}
	for _, f := range findings {
		if native[f.ID] == nil || native[f.ID].Details != f.Detail || f.Object != 3 || f.Certificate != "" {
			t.Errorf("%s: %+v", what, f)
		}
	}
}

func makeOCSP(t *testing.T, change func(*ocsp.Response)) []byte {
	t.Helper()
	issuer, err := x509.ParseCertificate(crlIssuer.DER())
	if err != nil {
		t.Fatal(err)
	}
	at := moment(t, now)
	response := ocsp.Response{Status: ocsp.Good, SerialNumber: big.NewInt(5), ThisUpdate: at.Add(-time.Hour), NextUpdate: at.Add(week)}
	change(&response)
	der, err := ocsp.CreateResponse(issuer, issuer, response, crlIssuer.Key.Signer())
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestOCSP(t *testing.T) {
	for _, c := range []struct {
		what   string
		change func(*ocsp.Response)
		want   string
	}{
		{"good", func(*ocsp.Response) {}, ""},
		{"from the future", func(r *ocsp.Response) { r.ThisUpdate = time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC) }, "e_this_update_not_after_produced_at"},
	} {
		der := makeOCSP(t, c.change)
		parsed, err := ocsp.ParseResponse(der, nil)
		if err != nil {
			t.Fatal(err)
		}
		run, findings := OCSPUnder(WebPKI, der, 3)
		if got := strings.Join(ids(findings), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
		compareObject(t, c.what, run, findings, zlint.LintOcspResponse(parsed).Results)
	}
}

func TestBrokenEvidence(t *testing.T) {
	good := makeCRL(t, func(*x509.RevocationList) {})
	tryLater, err := asn1.Marshal(struct{ Status asn1.Enumerated }{3})
	if err != nil {
		t.Fatal(err)
	}
	for name, der := range map[string][]byte{
		"empty": nil, "text": []byte("no list"), "cut": good[:len(good)/2], "try later": tryLater,
	} {
		for kind, lint := range map[string]func([]byte, int) (report.LintRun, []report.Finding){"crl": CRL, "ocsp": OCSP} {
			run, findings := lint(der, 1)
			if len(findings) > 0 || run.Counts != (report.LintCounts{}) || !strings.Contains(run.Reason, "could not be parsed") {
				t.Errorf("%s as %s: %+v %v", name, kind, run, findings)
			}
		}
	}
}

func TestGuard(t *testing.T) {
	result := evaluate(func(int, zlintlint.Configuration) *zlintlint.LintResult { panic("broken rule") }, 0)
	if result.Status != zlintlint.Fatal || !strings.Contains(result.Details, "broken rule") {
		t.Errorf("%+v", result)
	}
}
