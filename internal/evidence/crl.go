package evidence

import (
	"cmp"
	"time"

	"certlens/internal/report"
)

// A list is a CertificateList (RFC 5280, section 5.1), decoded.
type list struct {
	// tbs and signature are what was signed (DER) and the signature itself.
	tbs, signature []byte
	algorithm      string
	// innerAlgorithm is signed and outerAlgorithm stands beside the signature;
	// DER of AlgorithmIdentifier.
	innerAlgorithm, outerAlgorithm []byte
	version                        int
	issuer                         []byte // DER of a Name
	thisUpdate                     time.Time
	nextUpdate                     time.Time // zero when there is none, or none readable
	endless                        bool      // there certainly is none
	entries                        entries
	extensions                     []report.Extension
	scope                          scope
}

// entries are the revoked certificates.
type entries struct {
	count int
	// known tells that the place of the list was found, or its absence; partial
	// that not all of it could be read.
	known, partial bool
	// body is the encoding of all of them.
	body []byte
	// first are the first of them.
	first []entry
	// reasons counts the entries by reason code; -1 is for those without.
	reasons map[int]int
}

// An entry is one revoked certificate.
type entry struct {
	serial     []byte // as encoded
	revoked    time.Time
	reason     int // -1 when there is none
	extensions []report.Extension
	// issuer are the names of the issuer of this entry and those after it, in an
	// indirect list (RFC 5280, section 5.3.3); DER of GeneralNames, else nil.
	issuer []byte
	// strange is a critical extension that is not understood here; else empty.
	strange string
}

// firstEntries is the number of entries that are kept.
const firstEntries = 20

// readList reads the three members of a CertificateList.
func readList(in *reader) list {
	var l list
	tbs := in.take(tagSequence, "tbsCertList")
	l.tbs = tbs.whole()
	body := in.enter(tbs, "tbsCertList")
	if tbs.ok() {
		l.readTBS(&body)
		outer, der := in.identifier("signatureAlgorithm")
		l.algorithm, l.outerAlgorithm = cmp.Or(outer, l.algorithm), der
	}
	if signature := in.take(tagBitString, "signatureValue").value(); len(signature) > 0 {
		l.signature = signature[1:] // after the count of unused bits
	}
	in.end()
	return l
}

// readTBS reads TBSCertList (RFC 5280, section 5.1.2).
func (l *list) readTBS(in *reader) {
	l.version = 1
	if e := in.optional(tagInteger, "version"); e.ok() {
		l.version = number(e) + 1
	}
	l.algorithm, l.innerAlgorithm = in.identifier("signature")
	l.issuer = in.take(tagSequence, "issuer").whole()
	l.thisUpdate = in.time("thisUpdate")
	if in.is(tagUTCTime) || in.is(tagGeneralTime) {
		l.nextUpdate = in.time("nextUpdate")
	} else {
		l.endless = in.sure() && !l.thisUpdate.IsZero()
	}
	l.entries.known = in.sure() && !in.is(tagSequence) && !l.thisUpdate.IsZero()
	if e := in.optional(tagSequence, "revokedCertificates"); e.ok() {
		members := in.enter(e, "revokedCertificates")
		l.entries = readEntries(&members)
		l.entries.partial = l.entries.partial || e.cut
		l.entries.body = e.body
	}
	extensions := in.explicit(0, "crlExtensions")
	l.scope = scopeIn(extensions)
	l.extensions = in.extensions(extensions)
	in.end()
}

func readEntries(in *reader) entries {
	all := entries{known: true, reasons: make(map[int]int)}
	for in.more() {
		e := in.take(tagSequence, "")
		if !e.ok() {
			all.partial = true
			break
		}
		member := in.enter(e, "")
		keep := all.count < firstEntries
		one := readEntry(&member, keep)
		all.count++
		if !e.cut {
			all.reasons[one.reason]++
		}
		if keep {
			all.first = append(all.first, one)
		}
	}
	return all
}

// readEntry reads one entry; of one that is not kept only the reason matters.
func readEntry(in *reader, keep bool) entry {
	one := entry{reason: -1, serial: in.take(tagInteger, "userCertificate").value()}
	one.revoked = in.time("revocationDate")
	if !in.is(tagSequence) {
		return one
	}
	one.readMarks(*in)
	if keep {
		one.extensions = in.extensions(*in)
	}
	return one
}

// The object identifiers of the extensions of an entry that matter here, as
// encoded: cRLReasons, certificateIssuer, invalidityDate, holdInstructionCode.
const (
	reasonOID     = "\x55\x1d\x15"
	issuerOID     = "\x55\x1d\x1d"
	invalidityOID = "\x55\x1d\x18"
	holdOID       = "\x55\x1d\x17"
)

// readMarks finds what matters among the entry's extensions.
func (one *entry) readMarks(in reader) {
	in.log = new(log) // DecodeExtensions tells what is wrong with them
	members := in.enter(in.take(tagSequence, ""), "")
	for members.more() {
		x := members.enter(members.take(tagSequence, ""), "")
		id := x.take(tagOID, "extnID")
		critical := x.optional(tagBoolean, "critical")
		switch string(id.body) {
		case reasonOID:
			value := x.enter(x.take(tagOctetString, "extnValue"), "")
			one.reason = number(value.take(tagEnumerated, ""))
		case issuerOID:
			one.issuer = x.take(tagOctetString, "extnValue").body
			if one.issuer == nil {
				one.issuer = []byte{}
			}
		case invalidityOID, holdOID:
		default:
			if len(critical.body) == 1 && critical.body[0] != 0 {
				one.strange = oid(id)
			}
		}
	}
}
