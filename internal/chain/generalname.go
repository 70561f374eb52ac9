package chain

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// A nameKind is the choice of a GeneralName, by its context tag (RFC 5280,
// section 4.2.1.6).
type nameKind uint8

const (
	otherName nameKind = iota
	emailName
	dnsName
	x400Address
	directoryName
	ediPartyName
	uriName
	ipAddress
	registeredID
)

// words names the kinds for people.
var words = [...]string{"other name", "email address", "DNS name", "X.400 address", "directory name", "EDI party name", "URI", "IP address", "registered ID"}

func (k nameKind) String() string { return words[k] }

// A generalName is one GeneralName. Value is the content; for a directory name
// the DER of the Name.
type generalName struct {
	kind  nameKind
	value []byte
}

// readGeneralName reads one GeneralName off the front of in.
func readGeneralName(in *cryptobyte.String) (generalName, bool) {
	var value cryptobyte.String
	var tag asn1.Tag
	if !in.ReadAnyASN1(&value, &tag) {
		return generalName{}, false
	}
	number := tag &^ 0xe0
	if tag&0xc0 != 0x80 || number > asn1.Tag(registeredID) {
		return generalName{}, false
	}
	kind := nameKind(number)
	switch kind {
	case emailName, dnsName, uriName, ipAddress:
		if tag&0x20 != 0 {
			return generalName{}, false
		}
	}
	return generalName{kind, value}, true
}

// readGeneralNames reads the value of a subject alternative name extension:
// "GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName".
func readGeneralNames(der []byte) (names []generalName, ok bool) {
	in := cryptobyte.String(der)
	var list cryptobyte.String
	if !in.ReadASN1(&list, asn1.SEQUENCE) || !in.Empty() || list.Empty() {
		return nil, false
	}
	for !list.Empty() {
		n, ok := readGeneralName(&list)
		if !ok {
			return nil, false
		}
		names = append(names, n)
	}
	return names, true
}
