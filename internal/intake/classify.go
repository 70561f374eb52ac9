package intake

import "bytes"

// A form is what some DER is by its structure.
type form int

// The forms. The zero form is none of the others.
const (
	formUnknown form = iota
	formCertificate
	formCRL
	formRequest
	formOCSP
	formPKCS7
	formPKCS8
	formEncryptedPKCS8
	formSEC1
	formPKCS1
	formDSA
	formSPKI
	formRSAPublic
	formPKCS12
)

// kinds gives the kind of object for the forms that are one.
var kinds = map[form]Kind{
	formCertificate:    Certificate,
	formCRL:            CRL,
	formRequest:        Request,
	formOCSP:           OCSP,
	formPKCS8:          PrivateKey,
	formEncryptedPKCS8: PrivateKey,
	formSEC1:           PrivateKey,
	formPKCS1:          PrivateKey,
	formDSA:            PrivateKey,
	formSPKI:           PublicKey,
	formRSAPublic:      PublicKey,
}

// names says what a form is called in a sentence.
var names = map[form]string{
	formCertificate:    "a certificate",
	formCRL:            "a certificate revocation list",
	formRequest:        "a certificate request",
	formOCSP:           "an OCSP response",
	formPKCS7:          "PKCS#7",
	formPKCS8:          "a private key",
	formEncryptedPKCS8: "an encrypted private key",
	formSEC1:           "a private key",
	formPKCS1:          "a private key",
	formDSA:            "a private key",
	formSPKI:           "a public key",
	formRSAPublic:      "a public key",
	formPKCS12:         "PKCS#12",
}

// A shape is one row of the classifier. The rows are tried in order.
type shape struct {
	form form
	// fits looks at the elements inside the outer SEQUENCE. Any of them may be
	// cut short, and the last ones may be missing.
	fits func(c []element) bool
}

var shapes = []shape{
	{formPKCS7, func(c []element) bool { return is(c, tagOID) && bytes.HasPrefix(c[0].body, oidPKCS7) }},
	{formOCSP, func(c []element) bool {
		// RFC 6960, 4.2.1: only a successful response has responseBytes.
		return is(c, tagEnumerated) && len(c[0].body) == 1 && (len(c) == 1 || c[1].tag == tagContext0)
	}},
	{formCertificate, func(c []element) bool { return is(c, tagSequence) && tbsCertificate(c[0]) }},
	{formCRL, func(c []element) bool { return is(c, tagSequence) && tbsCertList(c[0]) }},
	{formRequest, func(c []element) bool { return is(c, tagSequence) && requestInfo(c[0]) }},
	{formPKCS12, func(c []element) bool {
		return is(c, tagInteger, tagSequence) && bytes.Equal(c[0].body, []byte{3}) && algorithm(c[1])
	}},
	{formPKCS8, func(c []element) bool { return is(c, tagInteger, tagSequence, tagOctets) && algorithm(c[1]) }},
	{formSEC1, func(c []element) bool {
		return is(c, tagInteger, tagOctets) && bytes.Equal(c[0].body, []byte{1})
	}},
	{formPKCS1, func(c []element) bool { return len(c) >= 8 && allIntegers(c) }},
	{formDSA, func(c []element) bool { return len(c) == 6 && allIntegers(c) }},
	{formRSAPublic, func(c []element) bool {
		// Two numbers of the same size are a signature (RFC 3279, section 2.2.3).
		return len(c) == 2 && allIntegers(c) && len(c[0].body) >= 32 && 2*len(c[1].body) < len(c[0].body)
	}},
	{formEncryptedPKCS8, func(c []element) bool {
		return len(c) == 2 && is(c, tagSequence, tagOctets) && algorithm(c[0])
	}},
	{formSPKI, func(c []element) bool {
		return len(c) == 2 && is(c, tagSequence, tagBitString) && algorithm(c[0])
	}},
}

// oidPKCS7 is 1.2.840.113549.1.7, the arc of the PKCS#7 content types.
var oidPKCS7 = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07}

// classify tells what an element is by its structure, whole or cut short.
func classify(e element) form {
	if e.tag != tagSequence {
		return formUnknown
	}
	c := children(e.body, 12)
	for _, s := range shapes {
		if s.fits(c) {
			return s.form
		}
	}
	return formUnknown
}

// tbsCertificate tells whether e starts like a TBSCertificate (RFC 5280,
// section 4.1): version, serial, algorithm, issuer, validity, subject, key.
func tbsCertificate(e element) bool {
	c := children(e.body, 8)
	if is(c, tagContext0) {
		c = c[1:]
		return is(c, tagInteger) && onlyThen(c[1:], tagSequence, tagSequence, tagSequence)
	}
	// Version 1 has no version field. A request also starts with an INTEGER, but
	// has no validity in fourth place; a CRL has a Time there.
	return is(c, tagInteger, tagSequence, tagSequence, tagSequence) && validity(c[3])
}

// onlyThen tells whether the elements carry the tags as far as there are any.
func onlyThen(c []element, tags ...byte) bool {
	for i := 0; i < min(len(c), len(tags)); i++ {
		if c[i].tag != tags[i] {
			return false
		}
	}
	return true
}

func validity(e element) bool {
	c := children(e.body, 2)
	return len(c) > 0 && isTime(c[0])
}

// tbsCertList tells whether e starts like a TBSCertList (RFC 5280, section 5.1).
func tbsCertList(e element) bool {
	c := children(e.body, 4)
	if is(c, tagInteger) {
		c = c[1:]
	}
	return is(c, tagSequence, tagSequence) && len(c) > 2 && isTime(c[2]) && algorithm(c[0])
}

// requestInfo tells whether e starts like a CertificationRequestInfo (RFC 2986,
// section 4.1).
func requestInfo(e element) bool {
	c := children(e.body, 4)
	if !is(c, tagInteger, tagSequence, tagSequence) {
		return false
	}
	key := children(c[2].body, 2)
	return is(key, tagSequence) && algorithm(key[0]) && onlyThen(key[1:], tagBitString)
}

// algorithm tells whether e looks like an AlgorithmIdentifier, or like the
// ContentInfo that starts the same way.
func algorithm(e element) bool {
	c := children(e.body, 1)
	return is(c, tagOID)
}

func isTime(e element) bool { return e.tag == tagUTCTime || e.tag == tagTime }

func allIntegers(c []element) bool {
	for _, e := range c {
		if e.tag != tagInteger {
			return false
		}
	}
	return true
}
