package cert

import (
	"crypto/sha256"
	"errors"
	"strconv"

	"certlens/internal/report"
)

// A request is a CertificationRequest (RFC 2986, section 4.2), decoded.
type request struct {
	info       []byte
	subject    report.Name
	key        publicKey
	spki       []byte
	attributes []report.Field
	extensions []rawExtension
	algorithm  algorithm
	signature  []byte
}

// DecodeRequest decodes a PKCS#10 certification request: subject, key, requested
// extensions, attributes, and whether the request's own key verifies its
// signature. A challenge password is not shown. ID is the SHA-256 of the request
// without what may follow it. The caller fills in Input.
func DecodeRequest(der []byte) report.Object {
	log := newFaults("certificationRequest")
	e, in := openObject(der, log)
	var r request
	if e.ok() {
		der = e.full
		r.read(&in)
		closeObject(&in, e, len(der))
	}
	sum := sha256.Sum256(der)
	object := report.Object{Kind: "csr", ID: hexText(sum[:]), Title: "Certificate request", Problem: log.problem()}
	if name := r.subject.CommonName; name != "" {
		object.Title += " for " + name
	}
	if r.key.oid != "" || r.algorithm.oid != "" {
		object.Fields = r.fields()
	}
	return object
}

// read reads the three parts of the request.
func (r *request) read(in *cursor) {
	info := in.take(tagSequence, "certificationRequestInfo")
	r.info = whole(info, info.full)
	r.readInfo(in.enter(info, "certificationRequestInfo"))
	r.algorithm = in.signatureAlgorithm(in.take(tagSequence, "signatureAlgorithm"), "signatureAlgorithm")
	r.signature = in.bits(in.take(tagBitString, "signature"), "signature").bytes
}

// readInfo reads CertificationRequestInfo (RFC 2986, section 4.1).
func (r *request) readInfo(in cursor) {
	in.integer("version")
	r.subject = in.name(in.take(tagSequence, "subject"), "subject")
	spki := in.take(tagSequence, "subjectPKInfo")
	r.spki = whole(spki, spki.full)
	r.key = in.publicKeyInfo(spki, "subjectPKInfo")
	// Some programs leave out the attributes, although they may only be empty.
	if e := in.implicit(0, "attributes"); e.ok() {
		list := in.enterList(e, "attributes")
		for list.more() {
			r.readAttribute(list.sequence(""))
		}
	}
	in.end()
}

// readAttribute reads an Attribute: a type and a SET of values.
func (r *request) readAttribute(in cursor) {
	oid := in.oid("type")
	set := in.enterList(in.take(tagSet, "values"), "values")
	switch oid {
	case oidExtensionReq, "1.3.6.1.4.1.311.2.1.14":
		r.extensions = append(r.extensions, set.extensions("")...)
		return
	case "1.2.840.113549.1.9.7":
		r.attributes = append(r.attributes, report.Field{Label: OIDName(oid), Value: "present, not shown"})
		return
	}
	for set.more() {
		r.attributes = append(r.attributes, set.attributeValue(oid, set.next("")))
	}
}

// attributeValue is one value of an attribute of a request.
func (c *cursor) attributeValue(oid string, e element) report.Field {
	f := report.Field{Label: OIDName(oid)}
	if !e.is(tagSequence) {
		f.Value = c.anyValue(e)
		return f
	}
	in := c.enterList(e, "")
	for in.more() && len(f.Items) < 32 {
		f.Items = append(f.Items, report.Field{Value: in.anyValue(in.next(""))})
	}
	return f
}

// fields are the contents in words.
func (r request) fields() []report.Field {
	var f fields
	f.add("Subject", r.subject.Text)
	if r.key.oid != "" {
		f = append(f, keyFields(r.key, r.spki)...)
	}
	f.add("Signature algorithm", r.algorithm.name)
	f.add("Signature", r.verdict())
	f.group("Requested extensions", r.extensionFields())
	f.group("Attributes", r.attributes)
	return f
}

// verdict says whether the signature proves possession of the key.
func (r request) verdict() string {
	err := errNoSignature
	if r.info != nil && len(r.signature) > 0 {
		err = verify(r.key, r.algorithm, r.info, r.signature)
	}
	switch {
	case err == nil:
		return "made with the key of the request"
	case errors.Is(err, ErrUnsupportedAlgorithm):
		return "not checked, as the algorithm is not supported"
	}
	return "not made with the key of the request"
}

// extensionFields are the requested extensions, each as one field.
func (r request) extensionFields() []report.Field {
	var list []report.Field
	items := new(int)
	for _, x := range decodable(r.extensions) {
		described, _ := x.describe(items)
		f := report.Field{Label: described.Name, Items: described.Fields}
		if described.Critical {
			f.Value = "critical"
		}
		if !described.Known {
			f.Items = append(f.Items, codeField("Value", shortHex(x.value)))
		}
		list = append(list, f)
	}
	return list
}

// keyFields describe a public key.
func keyFields(k publicKey, spki []byte) []report.Field {
	var f fields
	r := k.report()
	f.add("Key", keyText(r))
	if r.Exponent != "" {
		f.add("Exponent", r.Exponent)
	}
	if r.Parameters != "" {
		f.add("Parameters", r.Parameters)
	}
	hash, pin := keyPin(spki)
	f.code("SHA-256 of the public key", hash)
	f.code("Pin", pin)
	return f
}

// keyText is as in "RSA, 2048 bits" or "ECDSA, P-256".
func keyText(k report.Key) string {
	switch {
	case k.Curve != "":
		return k.Algorithm + ", " + k.Curve
	case k.Bits > 0:
		return k.Algorithm + ", " + strconv.Itoa(k.Bits) + " bits"
	}
	return k.Algorithm
}
