package fetch

import (
	"context"
	"crypto/sha1"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"strconv"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// Revocation fetches what the CA of a certificate says of its revocation: of
// the OCSP responders first, where the issuer is known, because a response is
// small; then of the revocation lists.
func (f Fetcher) Revocation(ctx context.Context, certificate, issuer []byte) (*report.RevocationAnswer, *probe.Refusal) {
	n, ok := readCertificate(certificate)
	if !ok {
		return nil, refuse(report.RefusedRequest, "The certificate is not one in DER.")
	}
	questions := f.questions(n.lists, f.MaxRevocation)
	if len(issuer) > 0 {
		by, ok := readCertificate(issuer)
		if !ok {
			return nil, refuse(report.RefusedRequest, "The issuer is not a certificate in DER.")
		}
		body, err := n.request(by)
		if err != nil {
			return nil, refuse(report.RefusedRequest, "The certificate's serial number cannot be asked about.")
		}
		questions = append(f.ocspQuestions(n, body), questions...)
	}
	if len(questions) == 0 {
		return nil, refuse(report.RefusedNoURL, noRevocationURL(n))
	}
	answer := &report.RevocationAnswer{}
	answer.URL, answer.Tried = f.first(ctx, questions, func(body []byte) error {
		kind, der, err := readStatus(body)
		if err == nil {
			answer.Kind, answer.DER = kind, base64.StdEncoding.EncodeToString(der)
		}
		return err
	})
	return answer, nil
}

func noRevocationURL(n named) string {
	if len(n.responders) > 0 {
		return "The certificate names an OCSP responder alone, and to ask that the issuer's certificate is needed."
	}
	return "The certificate does not say where to ask whether it was revoked."
}

// ocspQuestions posts a request to the responders. One place is left for a
// list, when none of them gives an answer.
func (f Fetcher) ocspQuestions(n named, request []byte) []question {
	questions := f.questions(n.responders, f.MaxRevocation)
	for i := range questions {
		questions[i].body, questions[i].contentType = request, "application/ocsp-request"
	}
	return questions[:min(len(questions), maxURLs-1)]
}

// An ocspRequest asks about one certificate (RFC 6960, section 4.1.1).
type ocspRequest struct {
	TBS struct {
		List []struct{ Cert certID }
	}
}

// A certID says which certificate is meant.
type certID struct {
	Hash      pkix.AlgorithmIdentifier
	Name, Key []byte
	Serial    asn1.RawValue
}

// sha1ID is 1.3.14.3.2.26. RFC 5019, section 2.1.1: "Clients MUST use SHA1 as
// the hashing algorithm". It protects nothing here.
var sha1ID = pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, Parameters: asn1.NullRawValue}

// maxSerial bounds the serial number that is asked about, in bytes. RFC 5280,
// section 4.1.2.2, has at most 20; some CAs have used more. It is what a request
// to a responder holds of the certificate as it is; the rest are hashes.
const maxSerial = 32

// request is the OCSP request about a certificate of an issuer, in DER.
func (n named) request(issuer named) ([]byte, error) {
	if len(n.serial) > maxSerial {
		return nil, sentence("The serial number has more than %d bytes.", maxSerial)
	}
	name, key := sha1.Sum(issuer.subject), sha1.Sum(issuer.key)
	var r ocspRequest
	r.TBS.List = append(r.TBS.List, struct{ Cert certID }{certID{
		sha1ID, name[:], key[:], asn1.RawValue{Tag: asn1.TagInteger, Bytes: n.serial},
	}})
	return asn1.Marshal(r)
}

// readStatus reads the form of an OCSP response or of a revocation list, and
// gives its kind and DER.
func readStatus(body []byte) (kind string, der []byte, err error) {
	der = unarmoured(body)[0]
	if status, ok := readOCSP(der); ok {
		if status != 0 {
			return "", nil, sentence("The responder gives no answer: %s.", ocspStatus(status))
		}
		return "ocsp", der, nil
	}
	if isCRL(der) {
		return "crl", der, nil
	}
	return "", nil, sentence("What the server sends is neither an OCSP response nor a revocation list.")
}

// readOCSP reads the form of an OCSP response (RFC 6960, section 4.2.1), which
// has response bytes if and only if its status is 0.
func readOCSP(der []byte) (status int, ok bool) {
	input := cryptobyte.String(der)
	var outer, bytes, response, content, basic cryptobyte.String
	if !input.ReadASN1(&outer, tags.SEQUENCE) || !input.Empty() || !outer.ReadASN1Enum(&status) {
		return 0, false
	}
	if status != 0 {
		return status, outer.Empty()
	}
	return 0, outer.ReadASN1(&bytes, explicit0) && outer.Empty() &&
		bytes.ReadASN1(&response, tags.SEQUENCE) &&
		response.SkipASN1(tags.OBJECT_IDENTIFIER) &&
		response.ReadASN1(&content, tags.OCTET_STRING) &&
		content.ReadASN1(&basic, tags.SEQUENCE) &&
		basic.SkipASN1(tags.SEQUENCE) && basic.SkipASN1(tags.SEQUENCE) && basic.SkipASN1(tags.BIT_STRING)
}

// ocspStatus names a response status (RFC 6960, section 4.2.1).
func ocspStatus(status int) string {
	names := map[int]string{1: "malformedRequest", 2: "internalError", 3: "tryLater", 5: "sigRequired", 6: "unauthorized"}
	if name, known := names[status]; known {
		return name
	}
	return strconv.Itoa(status)
}

// isCRL reads the form of a revocation list (RFC 5280, section 5.1). Unlike a
// certificate, it has a time where that has two in a sequence.
func isCRL(der []byte) bool {
	input := cryptobyte.String(der)
	var outer, tbs cryptobyte.String
	return input.ReadASN1(&outer, tags.SEQUENCE) && input.Empty() &&
		outer.ReadASN1(&tbs, tags.SEQUENCE) &&
		outer.SkipASN1(tags.SEQUENCE) && outer.SkipASN1(tags.BIT_STRING) && outer.Empty() &&
		tbs.SkipOptionalASN1(tags.INTEGER) && // version
		tbs.SkipASN1(tags.SEQUENCE) && // signature
		tbs.SkipASN1(tags.SEQUENCE) && // issuer
		(tbs.SkipASN1(tags.UTCTime) || tbs.SkipASN1(tags.GeneralizedTime))
}
