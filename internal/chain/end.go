package chain

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"certlens/internal/cert"
	"certlens/internal/report"
	"certlens/internal/trust"
)

const ruleAnchor = "RFC 5280, section 6.1"

// checkEnd asks how the path ends: in an anchor without conditions, or why not.
func checkEnd(j *judge) {
	last := len(j.certs) - 1
	if j.anchor != nil {
		if p, broken := j.anchor.Check(j.certs[0].Certificate); broken && (j.purpose == ServerAuth || j.purpose == Any) {
			j.found = append(j.found, placed{last, p})
		}
		return
	}
	top := j.certs[last]
	switch {
	case top.SelfSigned() || j.seemsSelfSigned(top):
		j.endsSelfSigned(last, top)
	case last == 0 && top.signsItself():
		j.add(last, report.BadSignature, "RFC 5280, section 6.1.3 (a)(1)", "%s names itself as its issuer, and its own key does not verify its signature: it was altered after it was signed.", top.Title())
	case j.walk.cut:
		j.add(last, report.UnknownRoot, ruleAnchor, "The search for issuers ended at %s, %d certificates above the leaf, without reaching %s.", top.Title(), last, j.storeNames())
	case j.walk.loop:
		j.add(last, report.UnknownRoot, ruleAnchor, "The certificates issued each other in a circle: %s was issued by %s, which is on the path already. None of them is in %s.", top.Title(), top.issuerTitle(), j.storeNames())
	case top.SelfIssued() && top.broken() != nil:
		// Whether its own key signed it cannot be told from a part of it, and
		// nothing suggests that anybody else did.
	default:
		j.endsOpen(last, top)
	}
}

// endsOpen says that the issuer of the top is not at hand. What that issuer is
// cannot be known: an intermediate that should have been sent, or a root that
// clients should have. Public CAs issue no server's certificate but from an
// intermediate, and their roots are in the stores; and a leaf alone is what a
// server sends that was given no chain.
func (j *judge) endsOpen(last int, top *member) {
	class := report.UnknownRoot
	if last == 0 && !top.IsCA() || j.public() {
		class = report.MissingIntermediate
	}
	end := ""
	if url := IssuerURL(top.Certificate); url != "" {
		end = " It should be at " + url + " (authority information access)."
	}
	j.add(last, class, ruleAnchor, "%s was issued by %s, whose certificate is not among those at hand, and is not in %s.%s%s", top.Title(), top.issuerTitle(), j.storeNames(), j.namesakes(), end)
}

// public tells whether the path shows that it belongs to a public CA for TLS, and
// a store of such CAs was asked.
func (j *judge) public() bool {
	asked := slices.ContainsFunc(j.search.stores, func(s *trust.Store) bool { return s.Name != "user" })
	return asked && slices.ContainsFunc(j.certs, func(m *member) bool { return PublicTLS(m.Certificate) })
}

// seemsSelfSigned tells whether a certificate names itself as its issuer, and only
// certlens cannot check that its key signed it.
func (j *judge) seemsSelfSigned(m *member) bool {
	id := m.AuthorityKeyID()
	return m.SelfIssued() && (len(id) == 0 || bytes.Equal(id, m.SubjectKeyID())) && errors.Is(j.search.verify(m, m), cert.ErrUnsupportedAlgorithm)
}

// signsItself tells whether the certificate says that its own key signed it: it
// carries its own name as the issuer's, and no other key identifier. A CA that
// changed its key issues certificates to its own name as well.
func (m *member) signsItself() bool {
	if !m.SelfIssued() {
		return false
	}
	if id := m.AuthorityKeyID(); len(id) > 0 {
		return bytes.Equal(id, m.SubjectKeyID())
	}
	return !m.IsCA()
}

// endsSelfSigned says that nobody stands behind a self-signed certificate.
func (j *judge) endsSelfSigned(last int, top *member) {
	switch {
	case last > 0:
		j.add(last, report.SelfSignedInChain, ruleAnchor, "The chain ends in %s, a self-signed certificate that is not in %s.", top.Title(), j.storeNames())
	case j.purpose == Issuing:
		j.add(last, report.UnknownRoot, ruleAnchor, "%s is a self-signed CA certificate that is not in %s.", top.Title(), j.storeNames())
	default:
		j.add(last, report.SelfSigned, ruleAnchor, "%s is self-signed and is not in %s.", top.Title(), j.storeNames())
	}
}

// storeNames names the stores as they read after "in".
func (j *judge) storeNames() string {
	if len(j.search.stores) == 0 {
		return "any trust store (none was asked)"
	}
	var out []string
	for _, s := range j.search.stores {
		out = append(out, storeName(s))
	}
	return strings.Join(out, " or ")
}

// storeName names one store.
func storeName(s *trust.Store) string {
	if s.Name == "user" {
		return "the certificates you trust"
	}
	return "the " + s.Title
}

// namesakes says that there are certificates with the issuer's name and another
// key, which is what a wrong bundle looks like.
func (j *judge) namesakes() string {
	if len(j.walk.strangers) == 0 {
		return ""
	}
	return " A certificate with that name is at hand, but it has another key."
}
