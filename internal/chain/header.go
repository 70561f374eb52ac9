package chain

import (
	"bytes"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"
)

// A header is what stands around the interesting fields of a certificate, and
// what lenient parsers don't keep (RFC 5280, section 4.1).
type header struct {
	// version is 1, 2 or 3 (or what the encoding says plus one); 0 when the
	// header could not be read.
	version int
	// serial is the content of the serial number's INTEGER.
	serial []byte
	// inner and outer are the DER of tbsCertificate.signature and of
	// signatureAlgorithm.
	inner, outer []byte
}

// readHeader reads what it can.
func readHeader(der []byte) header {
	in := cryptobyte.String(der)
	var certificate, tbs, serial, inner, outer cryptobyte.String
	version := int64(0)
	ok := in.ReadASN1(&certificate, asn1.SEQUENCE) && certificate.ReadASN1(&tbs, asn1.SEQUENCE) &&
		tbs.ReadOptionalASN1Integer(&version, asn1.Tag(0).ContextSpecific().Constructed(), int64(0)) &&
		tbs.ReadASN1(&serial, asn1.INTEGER) &&
		tbs.ReadASN1Element(&inner, asn1.SEQUENCE) &&
		certificate.ReadASN1Element(&outer, asn1.SEQUENCE)
	if !ok {
		return header{}
	}
	return header{version: int(version) + 1, serial: serial, inner: inner, outer: outer}
}

// consistent tells whether the two statements of the signature algorithm agree.
func (h header) consistent() bool { return bytes.Equal(h.inner, h.outer) }

// algorithm gives the OID of the signature algorithm and its parameters.
func (h header) algorithm() (oid string, params cryptobyte.String) {
	in := cryptobyte.String(h.outer)
	var seq cryptobyte.String
	var id encoding.ObjectIdentifier
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1ObjectIdentifier(&id) {
		return "", nil
	}
	return id.String(), seq
}
