package evidence

import (
	"bytes"
	"errors"
	"slices"

	"certlens/internal/cert"
)

const ruleCRL = "RFC 5280, section 6.3"

// byList gives what one list says about the certificates of its issuer.
func (m *matcher) byList(der []byte) []ruling {
	in := open(der, "certificateList")
	l := readList(&in)
	about := m.byIssuer[string(l.issuer)]
	if l.issuer == nil || len(about) == 0 || l.scope.attributes {
		return nil
	}
	wanted := make(map[string]bool)
	for _, c := range about {
		wanted[m.serials[c.ID]] = true
	}
	found := l.lookup(wanted)
	signer, fault := m.listSigner(&l)
	var all []ruling
	for _, c := range about {
		one, listed := found.bySerial[m.serials[c.ID]]
		if !l.scope.covers(c) || !listed && (l.delta() || c.SelfSigned()) {
			continue
		}
		r := l.rule(found, one, listed)
		r.Certificate, r.at, r.list = c.ID, m.at, &l
		r.Current = m.current(l.thisUpdate, l.nextUpdate, l.endless)
		why := m.mayList(c, signer, fault)
		r.Verified = why == nil
		r.Detail = l.say(c, r, one, why)
		all = append(all, r)
	}
	return all
}

// rule gives the status of a certificate from its entry, if it has one.
func (l *list) rule(found lookup, one entry, listed bool) ruling {
	r := ruling{Verdict: Verdict{Status: "good", Rule: ruleCRL}}
	switch {
	case l.strange() != "" || found.strange != "":
		r.Status = "unknown"
	case listed && one.reason == removeFromCRL:
		r.lift = l.delta()
	case listed:
		r.Status, r.At, r.hold = "revoked", one.revoked, one.reason == certificateHold
		if one.reason >= 0 {
			r.Reason = reasonText(one.reason)
		}
	case l.scope.someReasons || l.entries.partial || !l.entries.known:
		r.Status = "unknown"
	}
	return r
}

// The reasons that are not for good (RFC 5280, section 5.3.1).
const (
	certificateHold = 6
	removeFromCRL   = 8
)

func (l *list) delta() bool {
	_, delta := find(l.extensions, deltaCRL)
	return delta
}

// strange is a critical extension of the list that is not understood here. RFC
// 5280, section 5.2: with one, "the application MUST NOT use that CRL to determine
// the status of certificates".
func (l *list) strange() string {
	known := []string{crlNumber, deltaCRL, issuingPoint, "2.5.29.35", "2.5.29.46", "2.5.29.18", "1.3.6.1.5.5.7.1.1"}
	for _, x := range l.extensions {
		if x.Critical && !slices.Contains(known, x.OID) {
			return x.OID
		}
	}
	return l.scope.strange
}

// listSigner finds the certificate of the list's issuer whose key verifies the
// list; else it says why there is none.
func (m *matcher) listSigner(l *list) (*cert.Certificate, error) {
	keys := m.keys(l.issuer)
	switch {
	case len(l.signature) == 0 || len(l.tbs) == 0:
		return nil, errNoSignature
	case !bytes.Equal(l.outerAlgorithm, l.innerAlgorithm): // section 5.1.1.2: they MUST be the same
		return nil, errAlgorithms
	case len(keys) == 0:
		return nil, errNoIssuer
	}
	fault := errBad
	for _, c := range keys {
		err := c.CheckSignature(l.outerAlgorithm, l.tbs, l.signature)
		switch {
		case err == nil && !m.signsLists(c):
			return nil, errNoUse
		case err == nil:
			return c, nil
		case errors.Is(err, cert.ErrUnsupportedAlgorithm):
			fault = errUnsupported
		}
	}
	return nil, fault
}

// signsLists asks section 6.3.3 (f) of all certificates of the signer's key: "If
// a key usage extension is present in the CRL issuer's certificate, verify that
// the cRLSign bit is set."
func (m *matcher) signsLists(signer *cert.Certificate) bool {
	return slices.ContainsFunc(m.bySubject[string(signer.RawSubject)], func(c *cert.Certificate) bool {
		return bytes.Equal(c.RawSPKI, signer.RawSPKI) && hasCRLSign(c)
	})
}

// mayList asks that the key that signed the list is the one that signed the
// certificate, or that this one vouches for it, as when a CA changes its key:
// another CA may bear the same name.
func (m *matcher) mayList(c, signer *cert.Certificate, fault error) error {
	if signer == nil {
		return fault
	}
	switch err := m.signedBy(c, signer); {
	case err == nil:
		return nil
	case errors.Is(err, cert.ErrUnsupportedAlgorithm):
		return errOpen
	}
	for _, issuer := range m.keys(c.RawIssuer) {
		if m.signedBy(c, issuer) == nil && m.signedBy(signer, issuer) == nil {
			return nil
		}
	}
	return errStranger
}

// A lookup is what a list says of the serial numbers that were asked for.
type lookup struct {
	bySerial map[string]entry
	// strange is a critical extension of an entry that is not understood here.
	// RFC 5280, section 5.3, forbids to use such a list.
	strange string
}

// lookup walks the entries once. Of several for one certificate it keeps the
// first: a list should hold but one.
func (l *list) lookup(wanted map[string]bool) lookup {
	out := lookup{bySerial: make(map[string]entry)}
	members := reader{rest: l.entries.body, log: new(log)}
	foreign := false // in an indirect list: whether the entries are another issuer's
	for members.more() {
		x := members.take(tagSequence, "")
		if !x.ok() || x.cut {
			break
		}
		member := members.enter(x, "")
		one := readEntry(&member, false)
		if one.issuer != nil { // section 5.3.3: it holds until another entry names one
			foreign = !namesIssuer(one.issuer, l.issuer)
		}
		if one.strange != "" && out.strange == "" {
			out.strange = one.strange
		}
		key := serialKey(one.serial)
		if _, twice := out.bySerial[key]; wanted[key] && !foreign && !twice {
			out.bySerial[key] = one
		}
	}
	return out
}

// namesIssuer tells whether the GeneralNames of a certificateIssuer extension
// hold the name.
func namesIssuer(value, name []byte) bool {
	outer := reader{rest: value, log: new(log)}
	want := wrapName(name)
	for members := outer.enter(outer.take(tagSequence, ""), ""); members.more(); {
		if bytes.Equal(members.next("").whole(), want) {
			return true
		}
	}
	return false
}
