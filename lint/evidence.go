package lint

import (
	"fmt"

	"github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"
	"golang.org/x/crypto/ocsp"

	"certlens/internal/report"
)

// CRL runs the rules about revocation lists over der, under the RFCs and what
// the community found: a list does not say whose rules its issuer follows. Object
// is what report.LintRun.Object holds, the index into Report.Objects plus one.
func CRL(der []byte, object int) (report.LintRun, []report.Finding) {
	return CRLUnder(Private, der, object)
}

// CRLUnder is CRL under profile p, for when the issuer of the list is known.
func CRLUnder(p Profile, der []byte, object int) (report.LintRun, []report.Finding) {
	list, err := parseList(der)
	return judge(p, object, err, func(t *tally, s selection) {
		for _, l := range zlint.GlobalRegistry().RevocationListLints().Lints() {
			if s.includes(l.LintMetadata) {
				t.add(l.LintMetadata, evaluate(l.Execute, list))
			}
		}
	})
}

// parseList parses a list that is small enough to be linted.
func parseList(der []byte) (*x509.RevocationList, error) {
	if len(der) > maxListSize {
		return nil, fmt.Errorf("it has %d bytes, more than the %d that are linted", len(der), maxListSize)
	}
	list, err := guard(func() (*x509.RevocationList, error) { return x509.ParseRevocationList(der) })
	if err != nil {
		return nil, fmt.Errorf("it could not be parsed (%w)", err)
	}
	return list, oversizeList(list)
}

// OCSP runs the rules about OCSP responses over der, as CRL does. It can judge
// successful responses about one certificate, which is what the rules are for.
func OCSP(der []byte, object int) (report.LintRun, []report.Finding) {
	return OCSPUnder(Private, der, object)
}

// OCSPUnder is OCSP under profile p, for when the issuer is known.
func OCSPUnder(p Profile, der []byte, object int) (report.LintRun, []report.Finding) {
	response, err := guard(func() (*ocsp.Response, error) { return ocsp.ParseResponse(der, nil) })
	if err != nil {
		err = fmt.Errorf("it could not be parsed (%w)", err)
	}
	return judge(p, object, err, func(t *tally, s selection) {
		for _, l := range zlint.GlobalRegistry().OcspResponseLints().Lints() {
			if s.includes(l.LintMetadata) {
				t.add(l.LintMetadata, evaluate(l.Execute, response))
			}
		}
	})
}

// judge makes the run of an object: with err it says that nothing could run,
// else it lets rules fill the tally.
func judge(p Profile, object int, err error, rules func(*tally, selection)) (report.LintRun, []report.Finding) {
	run := report.LintRun{Object: object, Profile: string(p), Reason: "The profile was asked for.", Linter: Linter}
	s, known := selections[p]
	if !known || p == Private {
		run.Profile, s = string(Private), selections[Private]
		run.Reason = "Nothing in it ties it to a public CA."
	}
	if err != nil {
		run.Reason = fmt.Sprintf("No rule could run: %v.", err)
		return run, nil
	}
	var t tally
	rules(&t, s)
	run.Counts = t.counts
	return run, t.sorted(func(f *report.Finding) { f.Object = object })
}

// evaluate runs one rule. zlint itself catches a panic in rules about
// certificates, but not in these.
func evaluate[T any](execute func(T, zlint.Configuration) *zlint.LintResult, object T) *zlint.LintResult {
	result, err := guard(func() (*zlint.LintResult, error) {
		return execute(object, zlint.GlobalRegistry().GetConfiguration()), nil
	})
	if err != nil {
		return &zlint.LintResult{Status: zlint.Fatal, Details: err.Error()}
	}
	return result
}

// guard turns a panic of a library into an error.
func guard[T any](do func() (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("lint: panic: %v", p)
		}
	}()
	return do()
}
