package chain

import (
	"strconv"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"

	"certlens/internal/report"
)

// checkIssuers asks of every certificate that issued another whether it may.
func checkIssuers(j *judge) {
	for i, m := range j.certs[1:] {
		j.checkCA(i+1, m)
	}
}

// checkCA reports why m must not issue certificates.
//
// RFC 5280, section 6.1.4 (k): "If certificate i is a version 3 certificate,
// verify that the basicConstraints extension is present and that cA is set to
// TRUE. (If certificate i is a version 1 or version 2 certificate, then the
// application MUST either verify that certificate i is a CA certificate through
// out-of-band means or reject the certificate.)" Being an anchor is such means.
func (j *judge) checkCA(i int, m *member) {
	const rule = "RFC 5280, section 6.1.4 (k)"
	issued := j.certs[i-1].Title()
	isAnchor := j.anchor != nil && i == len(j.certs)-1
	value, _, present := m.Extension(oidBasicConstraints)
	switch {
	case m.head.version != 3 && !present && isAnchor:
	case m.head.version != 3 && !present:
		j.add(i, report.IssuerNotCA, rule, "%s issued %s, but it is a version %d certificate, which cannot say that it is a CA.", m.Title(), issued, m.head.version)
	case !present:
		j.add(i, report.IssuerNotCA, rule, "%s issued %s, but has no basic constraints extension, so it is not a CA.", m.Title(), issued)
	case !saysCA(value):
		j.add(i, report.IssuerNotCA, rule, "%s issued %s, but its basic constraints say that it is not a CA.", m.Title(), issued)
	}
	// RFC 5280, section 6.1.4 (n): "If a key usage extension is present, verify
	// that the keyCertSign bit is set."
	if bits, ok := m.keyUsage(); ok && bits&keyCertSign == 0 {
		j.add(i, report.IssuerNotCA, "RFC 5280, section 6.1.4 (n)", "%s issued %s, but its key usage does not allow signing certificates (keyCertSign).", m.Title(), issued)
	}
}

// Bits of the key usage extension (RFC 5280, section 4.2.1.3), in the first byte.
const (
	digitalSignature = 0x80
	nonRepudiation   = 0x40
	keyEncipherment  = 0x20
	keyAgreement     = 0x08
	keyCertSign      = 0x04
)

// keyUsage gives the first eight bits of the key usage; ok is false when there is
// no such extension. One that cannot be read has no bits.
func (m *member) keyUsage() (bits byte, ok bool) {
	value, _, ok := m.Extension(oidKeyUsage)
	in := cryptobyte.String(value)
	var content encoding.BitString
	if ok && in.ReadASN1BitString(&content) && len(content.Bytes) > 0 {
		bits = content.Bytes[0]
	}
	return bits, ok
}

// readBasicConstraints reads the extension (RFC 5280, section 4.2.1.9). pathLen
// is -1 when there is no such limit.
func readBasicConstraints(der []byte) (isCA bool, pathLen int, ok bool) {
	in := cryptobyte.String(der)
	var seq cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !in.Empty() {
		return false, -1, false
	}
	if seq.PeekASN1Tag(asn1.BOOLEAN) && !seq.ReadASN1Boolean(&isCA) {
		return false, -1, false
	}
	pathLen = -1
	if seq.PeekASN1Tag(asn1.INTEGER) && (!seq.ReadASN1Integer(&pathLen) || pathLen < 0) {
		return isCA, -1, false
	}
	return isCA, pathLen, seq.Empty()
}

// saysCA tells whether basic constraints are readable and say cA:TRUE.
func saysCA(der []byte) bool {
	isCA, _, ok := readBasicConstraints(der)
	return isCA && ok
}

// checkPathLength counts the CAs between each issuer and the leaf.
//
// RFC 5280, section 4.2.1.9: pathLenConstraint "gives the maximum number of
// non-self-issued intermediate certificates that may follow this certificate in
// a valid certification path. (Note: The last certificate in the certification
// path is not an intermediate certificate, and is not included in this limit.)"
func checkPathLength(j *judge) {
	below := 0
	for i := 1; i < len(j.certs); i++ {
		m := j.certs[i]
		if value, _, ok := m.Extension(oidBasicConstraints); ok {
			if _, limit, ok := readBasicConstraints(value); ok && limit >= 0 && below > limit {
				j.add(i, report.PathLength, "RFC 5280, section 6.1.4 (l) and (m)",
					"%s allows %s below it (path length constraint); on this path there %s.", m.Title(), atMost(limit), isAre(below))
			}
		}
		if !m.SelfIssued() {
			below++
		}
	}
}

// isAre writes a number with its verb.
func isAre(n int) string {
	if n == 1 {
		return "is 1"
	}
	return "are " + strconv.Itoa(n)
}

// atMost words a path length constraint.
func atMost(limit int) string {
	if limit == 0 {
		return "no CA"
	}
	return "at most " + count(limit, "CA", "CAs")
}
