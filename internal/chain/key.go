package chain

import (
	"fmt"
	"math/bits"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"

	"certlens/internal/report"
)

// keyFacts is what path validation asks of a subject public key.
type keyFacts struct {
	// algorithm is the OID of the algorithm; empty when unreadable.
	algorithm string
	// curve is the OID of a named curve.
	curve string
	// explicit is true when a curve is given by its parameters.
	explicit bool
	// bits is the size of an RSA modulus.
	bits int
}

// OIDs of key algorithms.
const (
	oidRSA = "1.2.840.113549.1.1.1"
	oidDSA = "1.2.840.10040.4.1"
	oidEC  = "1.2.840.10045.2.1"

	oidEd25519 = "1.3.101.112"
	oidEd448   = "1.3.101.113"
)

// signsOnly tells whether a TLS server can do nothing but sign with the key.
func (k keyFacts) signsOnly() bool {
	return k.algorithm == oidEC || k.algorithm == oidEd25519 || k.algorithm == oidEd448
}

// readKey reads a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7).
func readKey(spki []byte) keyFacts {
	in := cryptobyte.String(spki)
	var info, algorithm, key cryptobyte.String
	var oid encoding.ObjectIdentifier
	if !in.ReadASN1(&info, asn1.SEQUENCE) || !info.ReadASN1(&algorithm, asn1.SEQUENCE) ||
		!algorithm.ReadASN1ObjectIdentifier(&oid) || !info.ReadASN1(&key, asn1.BIT_STRING) {
		return keyFacts{}
	}
	k := keyFacts{algorithm: oid.String()}
	switch k.algorithm {
	case oidRSA:
		k.bits = modulusBits(key)
	case oidEC:
		var curve encoding.ObjectIdentifier
		if algorithm.PeekASN1Tag(asn1.OBJECT_IDENTIFIER) && algorithm.ReadASN1ObjectIdentifier(&curve) {
			k.curve = curve.String()
		} else {
			k.explicit = algorithm.PeekASN1Tag(asn1.SEQUENCE)
		}
	}
	return k
}

// modulusBits reads the size of the modulus of an RSAPublicKey (RFC 8017,
// appendix A.1.1) in a BIT STRING; 0 when it cannot.
func modulusBits(bitString cryptobyte.String) int {
	var unused uint8
	var key, n cryptobyte.String
	if !bitString.ReadUint8(&unused) || !bitString.ReadASN1(&key, asn1.SEQUENCE) || !key.ReadASN1(&n, asn1.INTEGER) {
		return 0
	}
	for len(n) > 0 && n[0] == 0 {
		n = n[1:]
	}
	if len(n) == 0 {
		return 0
	}
	return (len(n)-1)*8 + bits.Len8(n[0])
}

// curves names the curves that some clients refuse. Those of the Web PKI, P-256,
// P-384 and P-521, are not here, and no client refuses them.
var curves = map[string]struct {
	name  string
	weak  bool
	words string
}{
	"1.2.840.10045.3.1.1":   {"P-192", true, "OpenSSL at security level 2, Go, Java and browsers refuse it"},
	"1.3.132.0.33":          {"P-224", true, "browsers refuse it"},
	"1.3.132.0.10":          {"secp256k1", false, "Go, Java and browsers don't support it"},
	"1.3.36.3.3.2.8.1.1.7":  {"brainpoolP256r1", false, "Go, Java and browsers don't support it"},
	"1.3.36.3.3.2.8.1.1.11": {"brainpoolP384r1", false, "Go, Java and browsers don't support it"},
	"1.3.36.3.3.2.8.1.1.13": {"brainpoolP512r1", false, "Go, Java and browsers don't support it"},
	"1.2.156.10197.1.301":   {"SM2", false, "Go, Java and browsers don't support it"},
}

const ruleKeySize = "CA/B Forum Baseline Requirements, section 6.1.5"

// checkKeys reports keys that widely used clients refuse, whoever's they are:
// clients look at the anchor's key too.
func checkKeys(j *judge) {
	for i, m := range j.certs {
		switch k := m.key; k.algorithm {
		case oidRSA:
			j.checkRSA(i, k.bits)
		case oidDSA:
			j.add(i, report.WeakKey, ruleKeySize, "The key of %s is a DSA key; Go and all current browsers refuse it.", m.Title())
		case oidEC:
			j.checkCurve(i, k)
		}
	}
}

// checkRSA judges the size of an RSA key.
func (j *judge) checkRSA(i, size int) {
	who := "Apple's systems and OpenSSL at security level 2 (Debian, Ubuntu) refuse RSA keys under 2048 bits"
	if size < 1024 {
		who = "Go, OpenSSL, Java and all current browsers refuse RSA keys under 1024 bits"
	}
	if size > 0 && size < 2048 {
		j.add(i, report.WeakKey, ruleKeySize, "The key of %s is RSA with %d bits; %s.", j.certs[i].Title(), size, who)
	}
}

// checkCurve judges the curve of an elliptic curve key.
func (j *judge) checkCurve(i int, k keyFacts) {
	title := j.certs[i].Title()
	if k.explicit {
		j.add(i, report.Malformed, "RFC 5480, section 2.1.1",
			"The key of %s spells out the parameters of its curve instead of naming it; Go and browsers refuse that.", title)
		return
	}
	c, ok := curves[k.curve]
	if !ok {
		return
	}
	class := report.Other
	if c.weak {
		class = report.WeakKey
	}
	j.add(i, class, ruleKeySize, "%s", fmt.Sprintf("The key of %s is on the curve %s; %s.", title, c.name, c.words))
}
