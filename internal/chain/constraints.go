package chain

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// A constraints value is a name constraints extension (RFC 5280, section
// 4.2.1.10).
type constraints struct {
	critical            bool
	permitted, excluded []subtree
	// malformed is true when the extension cannot be read as a whole.
	malformed bool
}

// A subtree is one name constraint. Which fields are set depends on the kind.
type subtree struct {
	kind nameKind
	// text is the constraint for people, or in lower case the one to compare
	// with, of a DNS name, e-mail address or URI.
	text string
	// ip and mask have 4 or 16 bytes each.
	ip, mask []byte
	// rdns is a directory name as RDNKeys gives it.
	rdns []string
	// invalid is true when the value is none that the kind allows, or when
	// minimum or maximum are used, which RFC 5280 rules out.
	invalid bool
}

// readConstraints reads the value of the extension.
//
// RFC 5280: "Conforming CAs MUST NOT issue certificates where name constraints
// is an empty sequence. That is, either the permittedSubtrees field or the
// excludedSubtrees MUST be present", and each has at least one member.
func readConstraints(der []byte, critical bool) *constraints {
	c := &constraints{critical: critical}
	in := cryptobyte.String(der)
	var seq cryptobyte.String
	ok := in.ReadASN1(&seq, asn1.SEQUENCE) && in.Empty() && !seq.Empty() &&
		readSubtrees(&seq, 0, &c.permitted) && readSubtrees(&seq, 1, &c.excluded) && seq.Empty()
	c.malformed = !ok
	return c
}

// readSubtrees reads "[n] GeneralSubtrees OPTIONAL".
func readSubtrees(in *cryptobyte.String, n asn1.Tag, out *[]subtree) bool {
	var list cryptobyte.String
	var present bool
	if !in.ReadOptionalASN1(&list, &present, n.ContextSpecific().Constructed()) {
		return false
	}
	if present && list.Empty() {
		return false
	}
	for !list.Empty() {
		var one cryptobyte.String
		if !list.ReadASN1(&one, asn1.SEQUENCE) {
			return false
		}
		name, ok := readGeneralName(&one)
		if !ok {
			return false
		}
		s := newSubtree(name)
		s.invalid = s.invalid || !one.Empty() && !onlyMinimumZero(one)
		*out = append(*out, s)
	}
	return true
}

// onlyMinimumZero accepts "minimum [0] BaseDistance DEFAULT 0" spelled out.
func onlyMinimumZero(rest cryptobyte.String) bool {
	var minimum cryptobyte.String
	return rest.ReadASN1(&minimum, asn1.Tag(0).ContextSpecific()) && rest.Empty() && string(minimum) == "\x00"
}
