package cert

import (
	"slices"
	"strings"

	"github.com/zmap/zcrypto/x509"
)

// roleUsages are the extended key usages that give a certificate its role. The
// first that a certificate has decides.
var roleUsages = []struct{ oid, role string }{
	{"1.3.6.1.5.5.7.3.1", "server"},
	{"1.3.6.1.5.5.7.3.3", "code-signing"},
	{"1.3.6.1.5.5.7.3.8", "time-stamping"},
	{"1.3.6.1.5.5.7.3.9", "ocsp-responder"},
	{"1.3.6.1.5.5.7.3.4", "email"},
	{"1.3.6.1.5.5.7.3.2", "client"},
}

const oidAnyUsage = "2.5.29.37.0"

// role says what the certificate is for, as read from it.
func (c *Certificate) role() string {
	switch {
	case c.walk.isCA && c.SelfIssued():
		return "root"
	case c.walk.isCA:
		return "intermediate"
	case c.walk.version == 1 && c.SelfSigned():
		// Version 1 has no basic constraints; the oldest roots are of this kind.
		return "root"
	}
	usages, ok := c.usages()
	for _, u := range roleUsages {
		if slices.Contains(usages, u.oid) {
			return u.role
		}
	}
	if ok && !slices.Contains(usages, oidAnyUsage) {
		return "other"
	}
	if role := c.roleByNames(); role != "other" || c.Complete() {
		return role
	}
	return "" // what it is for may stand in the part that is missing
}

// usages are the extended key usages; ok is false when the certificate does not
// have the extension, and so may be used for anything.
func (c *Certificate) usages() (list []string, ok bool) {
	x, ok := c.find(oidExtKeyUsage)
	if !ok {
		return nil, false
	}
	in := x.open(new(faults))
	return in.oids(), true
}

// roleByNames guesses from the names: a server has a DNS name or an address, in
// the alternative names or, in old certificates, as the common name.
func (c *Certificate) roleByNames() string {
	email := false
	for _, g := range c.names() {
		switch g.Type {
		case "dns", "ip":
			return "server"
		case "email":
			email = true
		}
	}
	switch {
	case email:
		return "email"
	case looksLikeHost(c.walk.subject.CommonName):
		return "server"
	}
	return "other"
}

// looksLikeHost tells whether a common name can be a host name: labels of
// letters, digits and hyphens with at least one dot between them.
func looksLikeHost(s string) bool {
	s = strings.TrimPrefix(s, "*.")
	if !strings.Contains(s, ".") || strings.HasSuffix(s, ".") || strings.Contains(s, "..") {
		return false
	}
	for i := 0; i < len(s); i++ {
		b := s[i] | 0x20
		if b >= 'a' && b <= 'z' || isDigit(s[i]) || s[i] == '.' && i > 0 || s[i] == '-' {
			continue
		}
		return false
	}
	return true
}

// validationPolicies are the policies that declare a level of validation: those
// reserved by the CA/Browser Forum (BR, section 7.1.6.1; EV Guidelines, section
// 9.3.2) and those of ETSI EN 319 411 that are defined by them.
var validationPolicies = []struct{ oid, level string }{
	{"2.23.140.1.1", "EV"},
	{"2.23.140.1.3", "EV"},
	{"2.23.140.1.2.2", "OV"},
	{"2.23.140.1.2.3", "IV"},
	{"2.23.140.1.2.1", "DV"},
	{"0.4.0.2042.1.4", "EV"},
	{"0.4.0.2042.1.5", "EV"},
	{"0.4.0.194112.1.4", "EV"},
	{"0.4.0.2042.1.7", "OV"},
	{"0.4.0.2042.1.8", "IV"},
	{"0.4.0.2042.1.6", "DV"},
}

// validation is the level of identity checking that the policies of an
// end-entity certificate declare. The EV policies of single CAs, from before
// there was a common one, are those that Chrome and Firefox knew, as collected
// by zcrypto.
func (c *Certificate) validation() string {
	x, ok := c.find(oidPolicies)
	if !ok || c.walk.isCA {
		return ""
	}
	in := x.open(new(faults))
	policies := in.policyList()
	for _, v := range validationPolicies {
		if slices.Contains(policies, v.oid) {
			return v.level
		}
	}
	for _, oid := range policies {
		if _, ok := x509.ExtendedValidationOIDs[oid]; ok {
			return "EV"
		}
	}
	return ""
}
