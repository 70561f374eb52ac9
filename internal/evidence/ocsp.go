package evidence

import (
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// A response is an OCSPResponse (RFC 6960, section 4.2.1), decoded.
type response struct {
	read   bool
	status int // of the response as a whole; -1 when unreadable
	// kind is the object identifier of the type of response; empty when there
	// are no response bytes, as with every status but 0.
	kind  string
	basic bool // kind is basicResponse, and it could be read at least in part
	// tbs and signature are what was signed (DER) and the signature itself.
	tbs, signature []byte
	algorithm      string
	algorithmDER   []byte // AlgorithmIdentifier
	// responderName is DER of a Name; responderKey a SHA-1 of a key. One of the
	// two is set.
	responderName, responderKey []byte
	produced                    time.Time
	body                        []byte // the encoding of all singles
	singles                     []single
	count                       int  // of singles, those not kept included
	partial                     bool // not all singles could be read
	extensions                  []report.Extension
	certificates                []*cert.Certificate
	certificateCount            int
	complete                    bool // all certificates were read
}

// A single is a SingleResponse: the status of one certificate.
type single struct {
	hash              string
	nameHash, keyHash []byte
	serial            []byte // as encoded
	status            string // "good", "revoked", "unknown"; empty when unreadable
	revoked           time.Time
	reason            int // -1 when there is none
	thisUpdate        time.Time
	nextUpdate        time.Time // zero when there is none, or none readable
	endless           bool      // there certainly is none
	extensions        []report.Extension
}

// firstSingles and firstCertificates are the numbers that are kept.
const (
	firstSingles      = 20
	firstCertificates = 10
)

const basicResponse = "1.3.6.1.5.5.7.48.1.1"

func readResponse(in *reader) response {
	r := response{status: -1}
	if !in.more() {
		return r
	}
	status := in.take(tagEnumerated, "responseStatus")
	r.read = len(status.value()) > 0
	if r.read {
		r.status = number(status)
	}
	outer := in.explicit(0, "responseBytes")
	if outer.more() {
		r.readBytes(outer.enter(outer.take(tagSequence, ""), ""))
	} else if r.status == 0 && r.read {
		in.log.note(in.field("responseBytes"), in.at, true, "it is missing, although the status is successful")
	}
	in.end()
	return r
}

// readBytes reads ResponseBytes, and what they hold when it is of the basic type.
func (r *response) readBytes(in reader) {
	r.kind = oid(in.take(tagOID, "responseType"))
	octets := in.take(tagOctetString, "response")
	in.end()
	if r.kind != basicResponse {
		return
	}
	content := in.enter(octets, "response")
	basic := content.enter(content.take(tagSequence, "basicOCSPResponse"), "basicOCSPResponse")
	r.readBasic(&basic)
}

func (r *response) readBasic(in *reader) {
	tbs := in.take(tagSequence, "tbsResponseData")
	r.tbs, r.basic = tbs.whole(), tbs.ok()
	if !r.basic {
		return
	}
	data := in.enter(tbs, "tbsResponseData")
	r.readData(&data)
	r.algorithm, r.algorithmDER = in.identifier("signatureAlgorithm")
	if signature := in.take(tagBitString, "signature").value(); len(signature) > 0 {
		r.signature = signature[1:] // after the count of unused bits
	}
	outer := in.explicit(0, "certs")
	if outer.more() {
		r.readCertificates(outer.enter(outer.take(tagSequence, ""), ""))
	}
	r.complete = r.signature != nil && !in.log.cut
	in.end()
}

// readData reads ResponseData.
func (r *response) readData(in *reader) {
	in.explicit(0, "version")
	switch {
	case in.is(context | constructed | 1):
		name := in.explicit(1, "responderID.byName")
		r.responderName = name.take(tagSequence, "").whole()
	default:
		key := in.enter(in.take(context|constructed|2, "responderID.byKey"), "responderID.byKey")
		if key.more() {
			r.responderKey = key.take(tagOctetString, "").value()
		}
	}
	r.produced = in.time("producedAt")
	responses := in.take(tagSequence, "responses")
	r.partial = responses.cut || !responses.ok()
	r.body = responses.body
	members := in.enter(responses, "responses")
	for members.more() {
		e := members.take(tagSequence, "")
		if !e.ok() {
			r.partial = true
			break
		}
		one := members.enter(e, "")
		if r.count++; r.count <= firstSingles {
			r.singles = append(r.singles, readSingle(&one))
		}
	}
	r.extensions = in.extensions(in.explicit(1, "responseExtensions"))
	in.end()
}

func readSingle(in *reader) single {
	s := single{reason: -1}
	id := in.enter(in.take(tagSequence, "certID"), "certID")
	if id.more() {
		s.hash = id.algorithm("hashAlgorithm")
		s.nameHash = id.take(tagOctetString, "issuerNameHash").value()
		s.keyHash = id.take(tagOctetString, "issuerKeyHash").value()
		s.serial = id.take(tagInteger, "serialNumber").value()
	}
	s.readStatus(in)
	s.thisUpdate = in.time("thisUpdate")
	if next := in.explicit(0, "nextUpdate"); next.more() {
		s.nextUpdate = next.time("")
	} else {
		s.endless = in.sure() && !s.thisUpdate.IsZero()
	}
	s.extensions = in.extensions(in.explicit(1, "singleExtensions"))
	in.end()
	return s
}

// readStatus reads CertStatus: [0] good, [1] revoked, [2] unknown, all implicit.
func (s *single) readStatus(in *reader) {
	e := in.next("certStatus")
	switch e.tag {
	case context:
		s.status = "good"
	case context | 2:
		s.status = "unknown"
	case context | constructed | 1:
		s.status = "revoked"
		info := in.enter(e, "certStatus.revoked")
		s.revoked = info.time("revocationTime")
		if reason := info.explicit(0, "revocationReason"); reason.more() {
			s.reason = number(reason.take(tagEnumerated, ""))
		}
		info.end()
	default:
		if e.ok() {
			in.log.note(in.field("certStatus"), e.at, true, "expected [0], [1] or [2], found %s", tagName(e.tag))
		}
	}
}

func (r *response) readCertificates(in reader) {
	for in.more() {
		e := in.take(tagSequence, "")
		if !e.ok() {
			return
		}
		if r.certificateCount++; r.certificateCount <= firstCertificates {
			r.certificates = append(r.certificates, cert.Parse(e.full))
		}
	}
}
