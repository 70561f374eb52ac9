package chain

import (
	"strings"

	"certlens/internal/report"
)

// A Purpose is what a certificate should be good for, named by the extended key
// usage that stands for it (RFC 5280, section 4.2.1.12).
type Purpose string

// The purposes. Issuing is the purpose of a CA certificate that is looked at for
// its own sake; like Any it asks for no extended key usage.
const (
	ServerAuth      Purpose = "server"
	ClientAuth      Purpose = "client"
	EmailProtection Purpose = "email"
	CodeSigning     Purpose = "code-signing"
	TimeStamping    Purpose = "time-stamping"
	OCSPSigning     Purpose = "ocsp"
	Issuing         Purpose = "issuing"
	Any             Purpose = "any"
)

const (
	oidAnyUsage     = "2.5.29.37.0"
	oidTimeStamping = "1.3.6.1.5.5.7.3.8"
)

// A usage is an extended key usage that stands for a purpose.
type usage struct {
	purpose Purpose
	oid     string
	words   string
	// bits are key usages, one of which the purpose needs when there is a key
	// usage extension (RFC 5280, section 4.2.1.12).
	bits byte
	need string
}

// usages are the purposes that have an extended key usage. A leaf with several
// is judged for the first of them in this order.
var usages = []usage{
	{ServerAuth, "1.3.6.1.5.5.7.3.1", "TLS servers (serverAuth)", digitalSignature | keyEncipherment | keyAgreement, "neither digital signatures nor key exchange, one of which a TLS server needs"},
	{ClientAuth, "1.3.6.1.5.5.7.3.2", "TLS clients (clientAuth)", digitalSignature | keyAgreement, "neither digital signatures nor key agreement, one of which a TLS client needs"},
	{EmailProtection, "1.3.6.1.5.5.7.3.4", "e-mail (emailProtection)", digitalSignature | nonRepudiation | keyEncipherment | keyAgreement, "neither signatures nor key exchange, one of which e-mail needs"},
	{CodeSigning, "1.3.6.1.5.5.7.3.3", "code signing (codeSigning)", digitalSignature, "no digital signatures, which code signing needs"},
	{TimeStamping, oidTimeStamping, "time stamping (timeStamping)", digitalSignature | nonRepudiation, "no digital signatures, which time stamping needs"},
	{OCSPSigning, "1.3.6.1.5.5.7.3.9", "OCSP signing (OCSPSigning)", digitalSignature | nonRepudiation, "no digital signatures, which an OCSP responder needs"},
}

// usageOf finds the extended key usage of a purpose; ok is false when it needs
// none.
func usageOf(p Purpose) (usage, bool) {
	for _, u := range usages {
		if u.purpose == p {
			return u, true
		}
	}
	return usage{}, false
}

// purposeFor chooses what to judge the leaf for: what was asked, a server when a
// host is given, else what the leaf says of itself. A leaf that says nothing is
// taken for a server's when it has a server's names.
func purposeFor(req Request, leaf *member) Purpose {
	if req.Purpose != "" {
		return req.Purpose
	}
	if req.Host != "" {
		return ServerAuth
	}
	if leaf.IsCA() {
		return Issuing
	}
	for _, u := range usages {
		for _, oid := range leaf.usages {
			if oid == u.oid {
				return u.purpose
			}
		}
	}
	if leaf.usages == nil && (len(leaf.has(dnsName)) > 0 || looksLikeHost(leaf.Subject().CommonName)) {
		return ServerAuth
	}
	return Any
}

const (
	ruleUsage        = "RFC 5280, section 4.2.1.12"
	ruleTimeStamping = "RFC 3161, section 2.3"
)

// checkPurpose asks whether the leaf may be used for the purpose, and whether
// the CAs above may issue for it.
//
// RFC 5280 lets extended key usage restrict the certificate alone. All current
// clients also take that of a CA as a bound on what it may issue, which the
// Baseline Requirements, section 7.1.2.10.6, rely on.
func checkPurpose(j *judge) {
	u, ok := usageOf(j.purpose)
	if !ok {
		return
	}
	j.checkLeafUsage(u)
	for i, m := range j.certs {
		switch {
		case i > 0 && !m.allows(u.oid):
			j.add(i, report.WrongPurpose, ruleUsage, "%s may issue certificates for %s only, not for %s.", m.Title(), usageList(m.usages), u.words)
		// RFC 5280, section 4.2.1.12: applications "MAY reject certificates that
		// include the anyExtendedKeyUsage OID but not the particular OID".
		case namedByOpenSSL[u.purpose] && m.onlyAny(u.oid):
			j.add(i, report.WrongPurpose, ruleUsage, "%s is for any usage without naming %s; OpenSSL refuses that.", m.Title(), u.words)
		}
	}
}

// checkLeafUsage asks the leaf itself.
func (j *judge) checkLeafUsage(u usage) {
	leaf := j.certs[0]
	switch {
	case leaf.usages != nil && len(leaf.usages) == 0:
		// Malformed, and reported as such.
	case !leaf.allows(u.oid):
		j.add(0, report.WrongPurpose, ruleUsage, "%s is for %s only, not for %s.", leaf.Title(), usageList(leaf.usages), u.words)
	}
	j.checkKeyUsage(leaf, u)
	if u.purpose == TimeStamping {
		j.checkTimeStamping(leaf)
	}
	if u.purpose != ServerAuth {
		return
	}
	if leaf.IsCA() && !(j.anchor != nil && len(j.certs) == 1) {
		j.add(0, report.WrongPurpose, "CA/B Forum Baseline Requirements, section 7.1.2.7.8",
			"%s is a CA certificate; Firefox refuses a CA certificate as that of a server.", leaf.Title())
	}
}

// onlyAny tells whether the usages hold anyExtendedKeyUsage and not the usage.
func (m *member) onlyAny(oid string) bool {
	anyUsage := false
	for _, u := range m.usages {
		if u == oid {
			return false
		}
		anyUsage = anyUsage || u == oidAnyUsage
	}
	return anyUsage
}

// namedByOpenSSL are the purposes for which OpenSSL wants the very usage in every
// certificate of the path that lists usages, the CAs and the anchor included.
var namedByOpenSSL = map[Purpose]bool{ServerAuth: true, ClientAuth: true, EmailProtection: true}

// checkKeyUsage asks for a key usage that the purpose needs.
//
// RFC 5280, section 4.2.1.12: with both extensions, "the certificate MUST only be
// used for a purpose consistent with both extensions".
func (j *judge) checkKeyUsage(leaf *member, u usage) {
	bits, ok := leaf.keyUsage()
	switch {
	case !ok:
	case bits&u.bits == 0:
		j.add(0, report.WrongPurpose, "RFC 5280, section 4.2.1.3", "The key usage of %s allows %s.", leaf.Title(), u.need)
	// RFC 8446, section 4.4.2.2: "the digitalSignature bit MUST be set if the Key
	// Usage extension is present". These keys do nothing else in TLS 1.2 either.
	case u.purpose == ServerAuth && leaf.key.signsOnly() && bits&digitalSignature == 0:
		j.add(0, report.WrongPurpose, "RFC 8446, section 4.4.2.2; RFC 8813, section 3",
			"The key usage of %s does not allow digital signatures, which are all that a TLS server does with its elliptic curve key; Chrome refuses that.", leaf.Title())
	}
}

// checkTimeStamping holds the certificate of a time stamping authority against
// RFC 3161, section 2.3: it "MUST contain only one instance of the extended key
// usage field extension [...] with KeyPurposeID having value: id-kp-timeStamping.
// This extension MUST be critical."
func (j *judge) checkTimeStamping(leaf *member) {
	if len(leaf.usages) > 1 {
		j.add(0, report.WrongPurpose, ruleTimeStamping, "%s is for %s; a certificate for time stamping must be for nothing else, and OpenSSL refuses it.", leaf.Title(), usageList(leaf.usages))
	}
	if len(leaf.usages) > 0 && !leaf.critical(oidExtKeyUsage) {
		j.add(0, report.WrongPurpose, ruleTimeStamping, "The extended key usage of %s is not marked critical, as that of a certificate for time stamping must be; OpenSSL refuses it.", leaf.Title())
	}
}

// usageList names usages for people.
func usageList(oids []string) string {
	var out []string
	for _, oid := range oids {
		name := oid
		for _, u := range usages {
			if u.oid == oid {
				name = u.words
			}
		}
		out = append(out, name)
	}
	if len(out) == 0 {
		return "no usage"
	}
	return strings.Join(out, ", ")
}
