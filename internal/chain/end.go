package chain

import (
	"bytes"
	"strings"

	"certlens/internal/report"
	"certlens/internal/trust"
)

const ruleAnchor = "RFC 5280, section 6.1"

// checkEnd asks how the path ends: in an anchor without conditions, or why not.
func checkEnd(j *judge) {
	last := len(j.certs) - 1
	if j.anchor != nil {
		if p, broken := j.anchor.Check(j.certs[0].Certificate); broken {
			j.found = append(j.found, placed{last, p})
		}
		return
	}
	top := j.certs[last]
	switch {
	case top.SelfSigned():
		j.endsSelfSigned(last, top)
	case last == 0 && top.signsItself():
		j.add(last, report.BadSignature, "RFC 5280, section 6.1.3 (a)(1)", "%s names itself as its issuer, and its own key does not verify its signature: it was altered after it was signed.", top.Title())
	case j.walk.cut:
		j.add(last, report.UnknownRoot, ruleAnchor, "The search for issuers ended at %s, %d certificates above the leaf, without reaching %s.", top.Title(), last, j.storeNames())
	case j.walk.loop:
		j.add(last, report.UnknownRoot, ruleAnchor, "The certificates issued each other in a circle: %s was issued by %s, which is on the path already. None of them is in %s.", top.Title(), top.issuerTitle(), j.storeNames())
	case last == 0 && !top.IsCA():
		j.add(last, report.MissingIntermediate, ruleAnchor, "%s was issued by %s, whose certificate is not among those at hand, and is not in %s.%s", top.Title(), top.issuerTitle(), j.storeNames(), j.namesakes())
	default:
		j.add(last, report.UnknownRoot, ruleAnchor, "%s was issued by %s, which is neither in %s nor among the certificates at hand.%s", top.Title(), top.issuerTitle(), j.storeNames(), j.namesakes())
	}
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
