package chain

import (
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	encoding "encoding/asn1"

	"certlens/internal/cert"
)

// The extensions that tell where a certificate was issued.
const (
	oidPolicies  = "2.5.29.32"
	oidSCTs      = "1.3.6.1.4.1.11129.2.4.2"
	oidCAIssuers = "1.3.6.1.5.5.7.48.2"
)

// publicPolicies are the policies of the CA/B Forum for TLS servers (Baseline
// Requirements, section 7.1.6.1, and the EV Guidelines), which no private CA has
// a reason to name: extended, domain, organization and individual validation.
var publicPolicies = []string{"2.23.140.1.1", "2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3"}

// PublicTLS tells whether a certificate shows that a public CA issued it for TLS:
// it names a policy of the CA/B Forum, or carries timestamps of transparency logs.
func PublicTLS(c *cert.Certificate) bool {
	if _, _, ok := c.Extension(oidSCTs); ok {
		return true
	}
	value, _, _ := c.Extension(oidPolicies)
	for _, oid := range readPolicies(value) {
		for _, p := range publicPolicies {
			if oid == p {
				return true
			}
		}
	}
	return false
}

// readPolicies reads the identifiers in a certificate policies extension (RFC
// 5280, section 4.2.1.4), as far as it can.
func readPolicies(der []byte) (oids []string) {
	in := cryptobyte.String(der)
	var list cryptobyte.String
	if !in.ReadASN1(&list, asn1.SEQUENCE) {
		return nil
	}
	for !list.Empty() {
		var info cryptobyte.String
		var oid encoding.ObjectIdentifier
		if !list.ReadASN1(&info, asn1.SEQUENCE) || !info.ReadASN1ObjectIdentifier(&oid) {
			return oids
		}
		oids = append(oids, oid.String())
	}
	return oids
}

// IssuerURL is where a certificate says that its issuer's certificate is to be
// had: the first HTTP URL of the method caIssuers in its authority information
// access (RFC 5280, section 4.2.2.1). It is empty when there is none that could
// be shown.
func IssuerURL(c *cert.Certificate) string {
	value, _, _ := c.Extension(oidAuthorityInfo)
	in := cryptobyte.String(value)
	var list cryptobyte.String
	if !in.ReadASN1(&list, asn1.SEQUENCE) {
		return ""
	}
	for !list.Empty() {
		var access cryptobyte.String
		var method encoding.ObjectIdentifier
		if !list.ReadASN1(&access, asn1.SEQUENCE) || !access.ReadASN1ObjectIdentifier(&method) {
			return ""
		}
		if place, ok := readGeneralName(&access); ok && method.String() == oidCAIssuers && place.kind == uriName && plainURL(string(place.value)) {
			return string(place.value)
		}
	}
	return ""
}

// plainURL tells whether s is a web address that can stand in a sentence.
func plainURL(s string) bool {
	const longest = 200
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") || len(s) > longest {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}
