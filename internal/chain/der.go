package chain

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"
)

// readOIDs reads a SEQUENCE OF OBJECT IDENTIFIER in dotted form; ok is false when
// it is not one, or is empty.
func readOIDs(der []byte) (oids []string, ok bool) {
	in := cryptobyte.String(der)
	var list cryptobyte.String
	if !in.ReadASN1(&list, asn1.SEQUENCE) || !in.Empty() || list.Empty() {
		return nil, false
	}
	for !list.Empty() {
		var oid encoding.ObjectIdentifier
		if !list.ReadASN1ObjectIdentifier(&oid) {
			return nil, false
		}
		oids = append(oids, oid.String())
	}
	return oids, true
}
