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

const oidAnyUsage = "2.5.29.37.0"

// A usage is an extended key usage that stands for a purpose.
type usage struct {
	purpose Purpose
	oid     string
	words   string
}

// usages are the purposes that have an extended key usage. A leaf with several
// is judged for the first of them in this order.
var usages = []usage{
	{ServerAuth, "1.3.6.1.5.5.7.3.1", "TLS servers (serverAuth)"},
	{ClientAuth, "1.3.6.1.5.5.7.3.2", "TLS clients (clientAuth)"},
	{EmailProtection, "1.3.6.1.5.5.7.3.4", "e-mail (emailProtection)"},
	{CodeSigning, "1.3.6.1.5.5.7.3.3", "code signing (codeSigning)"},
	{TimeStamping, "1.3.6.1.5.5.7.3.8", "time stamping (timeStamping)"},
	{OCSPSigning, "1.3.6.1.5.5.7.3.9", "OCSP signing (OCSPSigning)"},
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

const ruleUsage = "RFC 5280, section 4.2.1.12"

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
		if i > 0 && !m.allows(u.oid) {
			j.add(i, report.WrongPurpose, ruleUsage, "%s may issue certificates for %s only, not for %s.", m.Title(), usageList(m.usages), u.words)
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
	// RFC 5280, section 4.2.1.12: applications "MAY reject certificates that
	// include the anyExtendedKeyUsage OID but not the particular OID".
	case u.purpose == ServerAuth && leaf.onlyAny(u.oid):
		j.add(0, report.WrongPurpose, ruleUsage, "%s is for any usage without naming %s; OpenSSL refuses that.", leaf.Title(), u.words)
	}
	if u.purpose != ServerAuth {
		return
	}
	j.checkServerKeyUsage(leaf)
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

// checkServerKeyUsage asks for a key usage that some TLS key exchange needs.
func (j *judge) checkServerKeyUsage(leaf *member) {
	const need = digitalSignature | keyEncipherment | keyAgreement
	if bits, ok := leaf.keyUsage(); ok && bits&need == 0 {
		j.add(0, report.WrongPurpose, "RFC 5280, section 4.2.1.3",
			"The key usage of %s allows neither digital signatures nor key exchange, one of which a TLS server needs.", leaf.Title())
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
