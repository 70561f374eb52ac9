package fetch

import (
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

// The standard parser refuses many certificates that people have, so that only
// the form is read here (RFC 5280, section 4.1), and of the values what is
// needed.

// A named is what a certificate says of where to ask about it, and what it takes
// to ask.
type named struct {
	serial  cryptobyte.String // the INTEGER's content
	subject cryptobyte.String // the Name, with its header
	key     []byte            // the subjectPublicKey's bits
	// The URLs, in order.
	issuers, responders, lists []string
}

// Object identifiers (RFC 5280, sections 4.2.1.13, 4.2.2.1 and A).
var (
	oidAuthorityInfoAccess = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}
	oidCAIssuers           = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 2}
	oidOCSP                = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1}
	oidDistributionPoints  = asn1.ObjectIdentifier{2, 5, 29, 31}
)

// Context-specific tags.
var (
	explicit0   = tags.Tag(0).ContextSpecific().Constructed()
	explicit3   = tags.Tag(3).ContextSpecific().Constructed()
	uniqueID1   = tags.Tag(1).ContextSpecific()
	uniqueID2   = tags.Tag(2).ContextSpecific()
	generalName = explicit0
	uri         = tags.Tag(6).ContextSpecific()
)

// readCertificate reads the form of one certificate, and nothing after it.
func readCertificate(der []byte) (named, bool) {
	var n named
	input := cryptobyte.String(der)
	var outer, tbs, key, extensions cryptobyte.String
	var bits asn1.BitString
	var hasExtensions bool
	ok := input.ReadASN1(&outer, tags.SEQUENCE) && input.Empty() &&
		outer.ReadASN1(&tbs, tags.SEQUENCE) &&
		outer.SkipASN1(tags.SEQUENCE) && outer.SkipASN1(tags.BIT_STRING) && outer.Empty() &&
		tbs.SkipOptionalASN1(explicit0) && // version
		tbs.ReadASN1(&n.serial, tags.INTEGER) &&
		tbs.SkipASN1(tags.SEQUENCE) && // signature
		tbs.SkipASN1(tags.SEQUENCE) && // issuer
		tbs.SkipASN1(tags.SEQUENCE) && // validity
		tbs.ReadASN1Element(&n.subject, tags.SEQUENCE) &&
		tbs.ReadASN1(&key, tags.SEQUENCE) &&
		key.SkipASN1(tags.SEQUENCE) && key.ReadASN1BitString(&bits) &&
		tbs.SkipOptionalASN1(uniqueID1) && tbs.SkipOptionalASN1(uniqueID2) &&
		tbs.ReadOptionalASN1(&extensions, &hasExtensions, explicit3) && tbs.Empty()
	n.key = bits.Bytes
	if ok && hasExtensions {
		n.readExtensions(extensions)
	}
	return n, ok
}

// readExtensions takes the URLs of the extensions that can be read.
func (n *named) readExtensions(extensions cryptobyte.String) {
	var all cryptobyte.String
	if !extensions.ReadASN1(&all, tags.SEQUENCE) {
		return
	}
	for !all.Empty() {
		var extension, value cryptobyte.String
		var id asn1.ObjectIdentifier
		if !all.ReadASN1(&extension, tags.SEQUENCE) || !extension.ReadASN1ObjectIdentifier(&id) ||
			!extension.SkipOptionalASN1(tags.BOOLEAN) || !extension.ReadASN1(&value, tags.OCTET_STRING) {
			return
		}
		switch {
		case id.Equal(oidAuthorityInfoAccess):
			n.readAccess(value)
		case id.Equal(oidDistributionPoints):
			n.readDistributionPoints(value)
		}
	}
}

// readAccess takes the URLs of an authority information access extension.
func (n *named) readAccess(value cryptobyte.String) {
	var descriptions cryptobyte.String
	if !value.ReadASN1(&descriptions, tags.SEQUENCE) {
		return
	}
	for !descriptions.Empty() {
		var description cryptobyte.String
		var method asn1.ObjectIdentifier
		if !descriptions.ReadASN1(&description, tags.SEQUENCE) || !description.ReadASN1ObjectIdentifier(&method) {
			return
		}
		switch {
		case method.Equal(oidCAIssuers):
			n.issuers = append(n.issuers, urls(description)...)
		case method.Equal(oidOCSP):
			n.responders = append(n.responders, urls(description)...)
		}
	}
}

// readDistributionPoints takes the URLs of a CRL distribution points extension.
func (n *named) readDistributionPoints(value cryptobyte.String) {
	var points cryptobyte.String
	if !value.ReadASN1(&points, tags.SEQUENCE) {
		return
	}
	for !points.Empty() {
		var point, name, full cryptobyte.String
		var hasName, isFull bool
		if !points.ReadASN1(&point, tags.SEQUENCE) || !point.ReadOptionalASN1(&name, &hasName, explicit0) {
			return
		}
		if hasName && name.ReadOptionalASN1(&full, &isFull, generalName) && isFull {
			n.lists = append(n.lists, urls(full)...)
		}
	}
}

// urls gives the URIs among GeneralNames (RFC 5280, section 4.2.1.6).
func urls(names cryptobyte.String) []string {
	var found []string
	for !names.Empty() {
		var name cryptobyte.String
		var tag tags.Tag
		if !names.ReadAnyASN1(&name, &tag) {
			break
		}
		if tag == uri {
			found = append(found, string(name))
		}
	}
	return found
}
