package evidence

import (
	"bytes"
	"slices"

	"certlens/internal/cert"
)

const (
	issuingPoint       = "2.5.29.28"
	distributionPoints = "2.5.29.31"
)

// A scope is what an IssuingDistributionPoint (RFC 5280, section 5.2.5) says a
// list is about; the zero scope leaves nothing out.
type scope struct {
	users, cas, attributes, someReasons bool
	// names are the names of the distribution point (DER of GeneralName, or of the
	// name relative to the issuer's); named tells that there is one.
	names [][]byte
	named bool
	// strange is set to what of it could not be read.
	strange string
}

// scopeIn reads the scope among the extensions of a list, if there is one.
func scopeIn(in reader) scope {
	in.log = new(log) // DecodeExtensions tells what is wrong with them
	members := in.enter(in.take(tagSequence, ""), "")
	for members.more() {
		x := members.enter(members.take(tagSequence, ""), "")
		id := oid(x.take(tagOID, ""))
		x.optional(tagBoolean, "critical")
		if id == issuingPoint {
			return readScope(x.take(tagOctetString, "").value())
		}
	}
	return scope{}
}

// readScope reads the value of the extension.
func readScope(value []byte) scope {
	in := reader{rest: value, log: new(log)}
	members := in.enter(in.take(tagSequence, ""), "")
	var s scope
	for members.more() {
		e := members.next("")
		yes := len(e.body) == 1 && e.body[0] != 0
		switch e.tag {
		case context | constructed:
			s.named, s.names = true, pointNames(e)
		case context | 1:
			s.users = yes
		case context | 2:
			s.cas = yes
		case context | 3:
			s.someReasons = true
		case context | 4:
			// indirect: the entries tell whose they are
		case context | 5:
			s.attributes = yes
		default:
			s.strange = issuingPoint
		}
	}
	if in.log.first != nil {
		s.strange = issuingPoint
	}
	return s
}

// pointNames are the names in a [0] that holds a DistributionPointName: those of
// fullName, or the one relative to the issuer's.
func pointNames(e element) [][]byte {
	outer := reader{rest: e.body, log: new(log)}
	point := outer.next("")
	if point.tag != context|constructed {
		return [][]byte{point.whole()}
	}
	var all [][]byte
	for names := outer.enter(point, ""); names.more(); {
		if name := names.next("").whole(); name != nil {
			all = append(all, name)
		}
	}
	return all
}

// covers tells whether the scope holds the certificate: its kind, and one of its
// distribution points (section 6.3.3 (b)(2)).
func (s scope) covers(c *cert.Certificate) bool {
	if s.users && c.IsCA() || s.cas && !c.IsCA() || s.attributes {
		return false
	}
	return !s.named || slices.ContainsFunc(s.names, func(name []byte) bool {
		return slices.ContainsFunc(pointsOf(c), func(other []byte) bool { return bytes.Equal(name, other) })
	})
}

// pointsOf are the names of the distribution points of the certificate, and the
// name of its issuer, which stands for a list that no distribution point names
// (end of section 6.3.3).
func pointsOf(c *cert.Certificate) [][]byte {
	all := [][]byte{wrapName(c.RawIssuer)}
	value, _, _ := c.Extension(distributionPoints)
	in := reader{rest: value, log: new(log)}
	if !in.more() {
		return all
	}
	points := in.enter(in.take(tagSequence, ""), "")
	for points.more() {
		point := points.enter(points.take(tagSequence, ""), "")
		if e := point.optional(context|constructed, ""); e.ok() {
			all = append(all, pointNames(e)...)
		}
	}
	return all
}

// wrapName makes a Name the directoryName [4] of a GeneralName.
func wrapName(name []byte) []byte {
	header := []byte{context | constructed | 4}
	switch n := len(name); {
	case n < 0x80:
		header = append(header, byte(n))
	case n < 0x100:
		header = append(header, 0x81, byte(n))
	default:
		header = append(header, 0x82, byte(n>>8), byte(n))
	}
	return append(header, name...)
}
