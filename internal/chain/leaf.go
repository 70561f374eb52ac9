package chain

import (
	"slices"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// Leaf finds the certificate to judge among certs, and gives its index; -1 when
// there are none. It is the first that is no CA; when host is not empty, the
// first of these that is good for the host, if there is one. Among CAs alone it
// is the first that issued none of the others.
func Leaf(certs []*cert.Certificate, host string) int {
	first := -1
	for i, c := range certs {
		if c.IsCA() {
			continue
		}
		if host == "" || goodFor(c, host) {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return lowest(certs)
	}
	return first
}

// goodFor tells whether the certificate is good for the host, and readable.
func goodFor(c *cert.Certificate, host string) bool {
	m := newMember(c)
	return m.head.version != 0 && !m.namesBad && len(hostProblems(m, host)) == 0
}

// lowest finds the first certificate that issued none of the others, by names;
// the first of all when each issued one.
func lowest(certs []*cert.Certificate) int {
	issuers := map[string]bool{}
	for _, c := range certs {
		if !c.SelfIssued() {
			issuers[string(c.RawIssuer)] = true
		}
	}
	at := slices.IndexFunc(certs, func(c *cert.Certificate) bool { return !issuers[string(c.RawSubject)] })
	if at < 0 {
		return min(0, len(certs)-1)
	}
	return at
}

// others lists the ids of certificates that are neither CAs nor on a path: there
// is one leaf, and these were not judged.
func others(certs []*cert.Certificate, leaf *cert.Certificate, paths []report.Path) []string {
	seen := map[string]bool{leaf.ID: true}
	for _, p := range paths {
		for _, id := range p.Certificates {
			seen[id] = true
		}
	}
	var out []string
	for _, c := range certs {
		if !seen[c.ID] && !c.IsCA() {
			seen[c.ID] = true
			out = append(out, c.ID)
		}
	}
	return out
}
