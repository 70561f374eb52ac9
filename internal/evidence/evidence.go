// Package evidence reads what says whether a certificate still holds:
// revocation lists (RFC 5280, section 5) and OCSP responses (RFC 6960).
//
// House rules of the package:
//
//   - Decoding never fails. What could not be read is in the object's Problem,
//     with its offset; what stood before it is shown all the same.
//   - Reading (crl.go, ocsp.go) gives plain data with the bytes that were signed;
//     putting it into words (crl_words.go, ocsp_words.go) comes after.
//   - Looking certificates up (status.go) stands apart from decoding. What it says
//     is certain only where it checked the signature.
//   - All input is hostile: lists are read in one pass, and only the first few
//     members are kept, besides those about the certificates at hand.
//
// Out of scope: whether the issuer of a certificate is to be trusted. Fetching a
// list or a response is, too.
package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"certlens/internal/report"
)

// DecodeCRL decodes the DER of a CertificateList, judged at the time at. The
// caller fills in Input.
func DecodeCRL(der []byte, at time.Time) report.Object {
	in := open(der, "certificateList")
	list := readList(&in)
	object := in.object(der, "crl", list.title())
	object.Fields = list.words(at)
	return object
}

// DecodeOCSP decodes the DER of an OCSPResponse, judged at the time at. The
// caller fills in Input.
func DecodeOCSP(der []byte, at time.Time) report.Object {
	in := open(der, "ocspResponse")
	response := readResponse(&in)
	object := in.object(der, "ocsp", response.title())
	object.Fields = response.words(at)
	return object
}

// object is the report of what the reader was opened on. Bytes that follow it do
// not count for its ID.
func (r *reader) object(der []byte, kind, title string) report.Object {
	sum := sha256.Sum256(der[:len(der)-r.trailing])
	return report.Object{Kind: kind, ID: hex.EncodeToString(sum[:]), Title: title, Problem: r.log.first}
}
