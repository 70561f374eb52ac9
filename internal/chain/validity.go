package chain

import (
	"time"

	"certlens/internal/report"
)

const (
	ruleValidity = "RFC 5280, section 6.1.3 (a)(2)"
	ruleDates    = "RFC 5280, section 4.1.2.5"
)

// checkValidity compares the time with the validity of every certificate.
//
// RFC 5280, section 4.1.2.5: "The validity period for a certificate is the
// period of time from notBefore through notAfter, inclusive." Certificates count
// whole seconds, hence the truncation.
//
// RFC 5280 does not validate the anchor. Most clients do check its dates
// (OpenSSL, Go, GnuTLS, browsers; Java does not), so it is checked here.
func checkValidity(j *judge) {
	at := j.at.UTC().Truncate(time.Second)
	for i, m := range j.certs {
		begins, ends := m.Dated()
		j.unreadableDates(i, begins, ends)
		switch {
		case begins && at.Before(m.NotBefore):
			j.add(i, report.NotYetValid, ruleValidity, "%s is not valid before %s; the time of the check is %s.", m.Title(), instant(m.NotBefore), instant(at))
		case ends && at.After(m.NotAfter):
			j.expired(i, at)
		}
	}
}

// unreadableDates reports dates that could not be read, unless it is said already
// that the certificate is broken.
func (j *judge) unreadableDates(i int, begins, ends bool) {
	m := j.certs[i]
	if m.broken() != nil {
		return
	}
	if !begins {
		j.add(i, report.Malformed, ruleDates, "The date notBefore of %s cannot be read.", m.Title())
	}
	if !ends {
		j.add(i, report.Malformed, ruleDates, "The date notAfter of %s cannot be read.", m.Title())
	}
}

// expired says so in the words that fit the place on the path.
func (j *judge) expired(i int, at time.Time) {
	m := j.certs[i]
	class, what := report.ExpiredIntermediate, "The intermediate certificate "
	note := ""
	switch {
	case i == 0 && j.purpose != Issuing:
		class, what = report.Expired, "The certificate "
	case i == len(j.certs)-1 && (j.anchor != nil || m.SelfIssued()):
		class, what = report.ExpiredRoot, "The root certificate "
		note = " Most clients check the dates of a root; Java does not."
	case i == 0:
		class, what = report.Expired, "The certificate "
	}
	j.add(i, class, ruleValidity, "%s%s expired on %s; the time of the check is %s.%s", what, m.Title(), instant(m.NotAfter), instant(at), note)
}
