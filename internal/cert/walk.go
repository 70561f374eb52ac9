package cert

import (
	"fmt"

	"certlens/internal/report"
)

// A walk is what the tolerant walk over a certificate read. A field that could
// not be read is empty.
type walk struct {
	// tbs is the DER of tbsCertificate, which is what the signature is over.
	tbs     []byte
	version int
	// serial is the content of the INTEGER.
	serial []byte
	// inner is tbsCertificate.signature, outer signatureAlgorithm, each with
	// its DER.
	inner, outer       algorithm
	innerDER, outerDER []byte
	// outerAt is where signatureAlgorithm starts.
	outerAt         int
	subject, issuer report.Name
	// notBefore and notAfter are in RFC 3339. The zero time cannot stand for one
	// that could not be read, as the year 1 can be encoded.
	notBefore, notAfter string
	key                 publicKey
	// issuerUID and subjectUID are the unique identifiers of version 2.
	issuerUID, subjectUID []byte
	extensions            []rawExtension
	isCA                  bool
	signature             element
	signatureBits         bitString
}

// readOuter reads the three parts of a Certificate (RFC 5280, section 4.1).
func (c *Certificate) readOuter(der []byte, log *faults) {
	c.walk.subject, c.walk.issuer = emptyName(), emptyName()
	e, in := openObject(der, log)
	if !e.ok() {
		return
	}
	c.DER = e.full
	c.readTBS(&in)
	c.readSignature(&in)
	closeObject(&in, e, len(der))
	c.compareAlgorithms(log)
}

// A tbsField is one field of tbsCertificate that must be there. looks tells
// whether an element can be that field by its shape, so that one which is
// missing does not shift all that follow.
type tbsField struct {
	name  string
	tag   int
	looks func(element) bool
	read  func(*walk, *Certificate, *cursor, element, string)
}

// tbsFields returns the fields in their order (RFC 5280, section 4.1).
func tbsFields() []tbsField {
	return []tbsField{
		{"serialNumber", tagInteger, func(e element) bool { return e.is(tagInteger) }, readSerial},
		{"signature", tagSequence, startsWith(tagOID), readInner},
		{"issuer", tagSequence, startsWith(tagSet), readIssuer},
		{"validity", tagSequence, startsWith(tagUTCTime, tagGeneralized), readValidity},
		{"subject", tagSequence, startsWith(tagSet), readSubject},
		{"subjectPublicKeyInfo", tagSequence, startsWith(tagSequence), readKey},
	}
}

// startsWith tells whether an element is a SEQUENCE whose first element has one
// of the tags.
func startsWith(tags ...int) func(element) bool {
	return func(e element) bool {
		h, err := readHeader(e.content)
		if err != nil || !e.is(tagSequence) || h.class != universal {
			return false
		}
		for _, tag := range tags {
			if h.tag == tag {
				return true
			}
		}
		return false
	}
}

// readTBS reads tbsCertificate.
func (c *Certificate) readTBS(top *cursor) {
	e := top.take(tagSequence, "tbsCertificate")
	if !e.ok() {
		return
	}
	c.walk.tbs = whole(e, e.full)
	in := top.enter(e, "tbsCertificate")
	c.walk.readVersion(&in)
	table := tbsFields()
	for i, f := range table {
		if e := in.field(table[i:]); e.ok() {
			f.read(&c.walk, c, &in, e, f.name)
		}
	}
	c.walk.readTail(&in)
	in.end()
}

// field reads the first field of the table. An element that does not look like
// it but like the one after it means that the field is missing.
func (c *cursor) field(table []tbsField) element {
	f := table[0]
	if e, err := readElement(c.rest, c.at); err == nil && c.more() && e.missing == 0 && len(table) > 1 &&
		!f.looks(e) && table[1].looks(e) {
		c.log.hard(c.where(f.name), c.at, "the field is missing: "+table[1].name+" follows")
		return element{}
	}
	return c.take(f.tag, f.name)
}

// readVersion reads the version. RFC 5280, section 4.1.2.1: v1(0), v2(1), v3(2),
// and v1 when it is absent.
func (w *walk) readVersion(in *cursor) {
	h, ok := in.peek()
	if ok && (h.class != contextual || h.tag != 0) {
		w.version = 1
		return
	}
	version := in.explicit(0, "version")
	if version.broken {
		return
	}
	e := version.take(tagInteger, "")
	n, ok := smallInteger(e.content)
	switch {
	case !e.ok():
	case !ok || n < 0 || n > 2:
		version.hard(e, "", "the number "+integerText(e.content)+" stands for no version of X.509")
	default:
		w.version = int(n) + 1
		if n == 0 {
			version.soft(e, "", "version 1 is the default and must be left out in DER")
		}
	}
}

func readSerial(w *walk, _ *Certificate, in *cursor, e element, name string) {
	w.serial = whole(e, e.content)
	in.checkInteger(e, name)
	switch {
	case len(e.content) == 0:
	case e.content[0]&0x80 != 0:
		// RFC 5280, section 4.1.2.2: "The serial number MUST be a positive integer".
		in.soft(e, name, "the serial number is negative")
	case len(e.content) > 20 && e.content[0] != 0 || len(e.content) > 21:
		// Same section: conforming CAs "MUST NOT use serialNumber values longer
		// than 20 octets".
		in.soft(e, name, fmt.Sprintf("the serial number has %d bytes, more than 20", len(e.content)))
	}
}

func readInner(w *walk, _ *Certificate, in *cursor, e element, name string) {
	w.innerDER = e.full
	w.inner = in.signatureAlgorithm(e, name)
}

func readIssuer(w *walk, c *Certificate, in *cursor, e element, name string) {
	w.issuer = in.name(e, name)
	c.RawIssuer = whole(e, e.full)
}

func readSubject(w *walk, c *Certificate, in *cursor, e element, name string) {
	w.subject = in.name(e, name)
	c.RawSubject = whole(e, e.full)
}

func readValidity(w *walk, c *Certificate, in *cursor, e element, name string) {
	validity := in.enter(e, name)
	var ok bool
	if c.NotBefore, ok = validity.time("notBefore"); ok {
		w.notBefore = formatTime(c.NotBefore)
	}
	if c.NotAfter, ok = validity.time("notAfter"); ok {
		w.notAfter = formatTime(c.NotAfter)
	}
	validity.end()
}

func readKey(w *walk, c *Certificate, in *cursor, e element, name string) {
	w.key = in.publicKeyInfo(e, name)
	c.RawSPKI = whole(e, e.full)
}

// whole is part, which is e's content or DER, and nil when e is cut.
func whole(e element, part []byte) []byte {
	if e.missing > 0 {
		return nil
	}
	return part
}

// readTail reads the optional fields at the end of tbsCertificate.
func (w *walk) readTail(in *cursor) {
	if e := in.implicit(1, "issuerUniqueID"); e.ok() {
		w.issuerUID = in.bits(e, "issuerUniqueID").bytes
	}
	if e := in.implicit(2, "subjectUniqueID"); e.ok() {
		w.subjectUID = in.bits(e, "subjectUniqueID").bytes
	}
	at := in.at
	wrapped := in.explicit(3, "extensions")
	if wrapped.broken {
		return
	}
	w.extensions = wrapped.extensions("")
	wrapped.end()
	if w.version == 1 || w.version == 2 {
		// RFC 5280, section 4.1.2.9: "This field MUST only appear if the version is 3".
		in.log.soft("tbsCertificate.extensions", at, fmt.Sprintf("a version %d certificate has extensions", w.version))
	}
	w.readBasicConstraints()
}

// readBasicConstraints keeps cA alone; what is wrong with the extension is told
// where it is decoded.
func (w *walk) readBasicConstraints() {
	for _, x := range w.extensions {
		if x.oid == oidBasic {
			in := x.open(new(faults))
			w.isCA, _ = in.basicConstraints()
			return
		}
	}
}

// readSignature reads signatureAlgorithm and signatureValue.
func (c *Certificate) readSignature(top *cursor) {
	if e := top.take(tagSequence, "signatureAlgorithm"); e.ok() {
		c.walk.outerDER, c.walk.outerAt = e.full, e.at
		c.walk.outer = top.signatureAlgorithm(e, "signatureAlgorithm")
	}
	if e := top.take(tagBitString, "signatureValue"); e.ok() {
		bits := top.bits(e, "signatureValue")
		if e.missing == 0 {
			c.walk.signature, c.walk.signatureBits = e, bits
		}
	}
}

// compareAlgorithms: RFC 5280, section 4.1.1.2: signatureAlgorithm "MUST contain
// the same algorithm identifier as the signature field in the sequence
// tbsCertificate".
func (c *Certificate) compareAlgorithms(log *faults) {
	w := &c.walk
	if w.innerDER == nil || w.outerDER == nil || string(w.innerDER) == string(w.outerDER) {
		return
	}
	detail := "the algorithm is " + nameAndOID(w.outer.oid) + ", and tbsCertificate.signature says " + nameAndOID(w.inner.oid)
	if w.inner.oid == w.outer.oid {
		detail = "the parameters of the algorithm differ from those in tbsCertificate.signature"
	}
	log.soft("signatureAlgorithm", w.outerAt, detail)
}
