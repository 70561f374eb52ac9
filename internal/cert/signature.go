package cert

import (
	"fmt"
	"strings"
	"sync"

	"certlens/internal/report"
)

// An algorithm is an AlgorithmIdentifier of a signature, decoded.
type algorithm struct {
	signatureAlgorithm
	// pss are the parameters of RSA-PSS; nil for other algorithms.
	pss *pssParameters
}

// pssParameters are RSASSA-PSS-params (RFC 8017, appendix A.2.3), with hash
// functions by their object identifiers.
type pssParameters struct {
	hash, maskGen, maskHash string
	salt, trailer           int64
}

// knownSignatures indexes signatureTable by object identifier.
var knownSignatures = sync.OnceValue(func() map[string]signatureAlgorithm {
	known := make(map[string]signatureAlgorithm, len(signatureTable))
	for _, s := range signatureTable {
		known[s.oid] = s
	}
	return known
})

// signatureAlgorithm decodes the AlgorithmIdentifier e, which is the field
// called name and was read last.
func (c *cursor) signatureAlgorithm(e element, name string) algorithm {
	in := c.enter(e, name)
	oid := in.oid("algorithm")
	known, ok := knownSignatures()[oid]
	if !ok {
		known = signatureAlgorithm{oid: oid, name: OIDName(oid)}
	}
	a := algorithm{signatureAlgorithm: known}
	if oid == oidRSAPSS {
		a.pss = in.pssParameters()
		a.hash = hashName(a.pss.hash)
		a.name = "RSA-PSS with " + OIDName(a.pss.hash)
	}
	return a
}

// pssParameters reads the parameters of RSA-PSS. RFC 8017, appendix A.2.3: the
// default is SHA-1, MGF1 with SHA-1, a salt of 20 bytes and the trailer field 1.
func (c *cursor) pssParameters() *pssParameters {
	p := &pssParameters{hash: oidSHA1, maskGen: oidMGF1, maskHash: oidSHA1, salt: 20, trailer: 1}
	if !c.more() {
		return p
	}
	in := c.sequence("parameters")
	if hash := in.explicit(0, "hashAlgorithm"); hash.more() {
		id := hash.sequence("")
		p.hash = id.oid("algorithm")
	}
	if gen := in.explicit(1, "maskGenAlgorithm"); gen.more() {
		id := gen.sequence("")
		p.maskGen = id.oid("algorithm")
		inner := id.sequence("parameters")
		p.maskHash = inner.oid("algorithm")
	}
	p.salt = in.optionalNumber(2, "saltLength", p.salt)
	p.trailer = in.optionalNumber(3, "trailerField", p.trailer)
	in.end()
	return p
}

// optionalNumber reads a small INTEGER with an explicit tag; value is what its
// absence means. A number beyond 64 bits is noted and gives -1.
func (c *cursor) optionalNumber(tag int, name string, value int64) int64 {
	in := c.explicit(tag, name)
	if !in.more() {
		return value
	}
	e := in.take(tagInteger, "")
	n, ok := smallInteger(e.content)
	if e.ok() && !ok {
		in.hard(e, "", "the number is out of range")
		return -1
	}
	return n
}

// hashName is the name of a hash function, and empty when it is unknown.
func hashName(oid string) string {
	if name := OIDName(oid); name != oid {
		return name
	}
	return ""
}

// report is the signature as the contract wants it.
func (a algorithm) report(value []byte) report.Signature {
	s := report.Signature{Algorithm: a.name, OID: a.oid, Hash: a.hash, Value: hexText(value)}
	if a.pss != nil {
		s.Parameters = a.pss.text()
	}
	return s
}

// text is as in "MGF1 with SHA-256, salt of 32 bytes".
func (p pssParameters) text() string {
	parts := []string{OIDName(p.maskGen) + " with " + OIDName(p.maskHash), "salt of " + bytesText(int(p.salt))}
	if p.trailer != 1 {
		parts = append(parts, fmt.Sprintf("trailer field %d", p.trailer))
	}
	return strings.Join(parts, ", ")
}
