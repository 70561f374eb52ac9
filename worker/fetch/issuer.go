package fetch

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/pem"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// maxCertificates bounds the certificates of one answer.
const maxCertificates = 32

// Issuer fetches the certificates that are at the caIssuers URLs of a
// certificate (DER).
func (f Fetcher) Issuer(ctx context.Context, certificate []byte) (*report.IssuerAnswer, *probe.Refusal) {
	n, ok := readCertificate(certificate)
	if !ok {
		return nil, refuse(report.RefusedRequest, "The certificate is not one in DER.")
	}
	if len(n.issuers) == 0 {
		return nil, refuse(report.RefusedNoURL, "The certificate does not say where its issuer's certificate is.")
	}
	answer := &report.IssuerAnswer{Certificates: []string{}}
	answer.URL, answer.Tried = f.first(ctx, f.questions(n.issuers, f.MaxIssuer), func(body []byte) error {
		for _, der := range certificates(body) {
			answer.Certificates = append(answer.Certificates, base64.StdEncoding.EncodeToString(der))
		}
		if len(answer.Certificates) == 0 {
			return sentence("What the server sends is no certificate.")
		}
		return nil
	})
	return answer, nil
}

func refuse(code report.RefusalCode, message string) *probe.Refusal {
	return &probe.Refusal{Code: string(code), Message: message}
}

func (f Fetcher) questions(urls []string, limit int) []question {
	var all []question
	for _, url := range urls {
		all = append(all, question{url: url, limit: limit})
	}
	return all
}

// certificates reads what is found at a caIssuers URL: RFC 5280, section
// 4.2.2.1: "either a single DER encoded certificate" or "a collection of
// certificates in a BER or DER encoded certs-only CMS message". Some CAs send
// either as PEM.
func certificates(body []byte) [][]byte {
	var found [][]byte
	for _, der := range unarmoured(body) {
		if _, ok := readCertificate(der); ok {
			found = append(found, der)
		} else {
			found = append(found, members(der)...)
		}
	}
	return found[:min(len(found), maxCertificates)]
}

// unarmoured gives the contents of the PEM blocks, or the body itself when it
// has none.
func unarmoured(body []byte) [][]byte {
	var all [][]byte
	for rest := body; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		all = append(all, block.Bytes)
	}
	if all == nil {
		return [][]byte{body}
	}
	return all
}

// oidSignedData is 1.2.840.113549.1.7.2 (RFC 5652, section 5.1).
var oidSignedData = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

// members gives the certificates in a certs-only CMS message, in DER.
func members(der []byte) [][]byte {
	input := cryptobyte.String(der)
	var info, kind, content, signed, set cryptobyte.String
	var hasSet bool
	ok := input.ReadASN1(&info, tags.SEQUENCE) && input.Empty() &&
		info.ReadASN1(&kind, tags.OBJECT_IDENTIFIER) && bytes.Equal(kind, oidSignedData) &&
		info.ReadASN1(&content, explicit0) &&
		content.ReadASN1(&signed, tags.SEQUENCE) &&
		signed.SkipASN1(tags.INTEGER) && // version
		signed.SkipASN1(tags.SET) && // digestAlgorithms
		signed.SkipASN1(tags.SEQUENCE) && // encapContentInfo
		signed.ReadOptionalASN1(&set, &hasSet, explicit0)
	if !ok || !hasSet {
		return nil
	}
	var found [][]byte
	for !set.Empty() {
		var member cryptobyte.String
		var tag tags.Tag
		if !set.ReadAnyASN1Element(&member, &tag) {
			break
		}
		if _, ok := readCertificate(member); ok {
			found = append(found, member)
		}
	}
	return found
}
