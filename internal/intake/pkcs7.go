package intake

import "bytes"

// PKCS#7 SignedData (RFC 2315, section 9.1; RFC 5652, section 5.1), signed or
// degenerate, DER or BER. Only the certificates and CRLs are wanted; signatures
// and content are stepped over.

// oidSignedData is 1.2.840.113549.1.7.2.
var oidSignedData = append(bytes.Clone(oidPKCS7), 2)

// takePKCS7 adds the certificates and CRLs of a ContentInfo, in order.
func (p *piece) takePKCS7(e element) {
	signed, ok := signedData(e)
	if !ok {
		p.note("PKCS#7 of a kind that carries no certificates in the open.")
		return
	}
	before, others := len(p.objects), 0
	for _, part := range signed {
		switch part.tag {
		case tagContext0:
			others += p.takeChoices(part, formCertificate)
		case tagContext1:
			others += p.takeChoices(part, formCRL)
		}
	}
	if others > 0 {
		p.note("%d members of the PKCS#7 are neither certificates nor CRLs.", others)
	}
	if len(p.objects) == before {
		p.note("The PKCS#7 holds no certificates.")
	}
}

// signedData gives the fields of the SignedData inside a ContentInfo.
func signedData(e element) ([]element, bool) {
	info := children(e.body, 2)
	if !is(info, tagOID, tagContext0) || !bytes.Equal(info[0].body, oidSignedData) {
		return nil, false
	}
	inner := children(info[1].body, 1)
	if !is(inner, tagSequence) {
		return nil, false
	}
	// version, digestAlgorithms, encapContentInfo, certificates, crls, signers
	return children(inner[0].body, 6), true
}

// takeChoices adds the members of a set that have the wanted form and counts
// the others, such as attribute certificates (RFC 5652, section 10.2).
func (p *piece) takeChoices(set element, want form) (others int) {
	for _, m := range children(set.body, MaxObjects) {
		if classify(m) != want || holdsPrivate(m.raw) {
			others++
			continue
		}
		p.objects = append(p.objects, Object{Kind: kinds[want], DER: m.raw, Missing: m.missing})
	}
	return others
}
