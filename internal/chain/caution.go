package chain

import (
	"slices"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// Cautions warn of what makes no path bad for the purpose, and still fails with
// some client or in some other use that the certificate claims.
func Cautions(c *cert.Certificate, purpose Purpose) []report.PathProblem {
	m := newMember(c)
	var out []report.PathProblem
	add := func(rule, detail string) {
		out = append(out, report.PathProblem{Class: report.WrongPurpose, Certificate: m.ID, Rule: rule, Detail: detail})
	}
	if purpose == ServerAuth && m.enciphersOnly() {
		add("RFC 8446, section 4.4.2.2", "The key usage of "+m.Title()+" allows key encipherment and no digital signatures: TLS 1.3 and ECDHE need these, and Chrome refuses the certificate there (ERR_SSL_KEY_USAGE_INCOMPATIBLE).")
	}
	stamps := func(oid string) bool { return oid == oidTimeStamping }
	if purpose != TimeStamping && len(m.usages) > 1 && slices.ContainsFunc(m.usages, stamps) {
		add(ruleTimeStamping, m.Title()+" is for "+usageList(m.usages)+"; a certificate for time stamping must be for nothing else, so its time stamps are refused.")
	}
	// RFC 5280, section 4.2.1.12: applications "MAY reject certificates that
	// include the anyExtendedKeyUsage OID but not the particular OID".
	if purpose == Any && len(m.usages) == 1 && m.usages[0] == oidAnyUsage {
		add(ruleUsage, m.Title()+" is for any usage without naming one; OpenSSL refuses it for TLS servers, TLS clients and e-mail.")
	}
	return out
}

// enciphersOnly tells whether an RSA key is allowed for key encipherment and not
// for signatures. It serves the RSA key exchange of TLS 1.2; TLS 1.3, and the key
// exchanges of TLS 1.2 that are in use, sign with the key of the server.
func (m *member) enciphersOnly() bool {
	bits, present := m.keyUsage()
	return present && m.key.algorithm == oidRSA && bits&digitalSignature == 0 && bits&keyEncipherment != 0
}

// ForServers tells whether the extended key usage of a certificate, if it has
// one, allows TLS servers.
func ForServers(c *cert.Certificate) bool {
	u, _ := usageOf(ServerAuth)
	return newMember(c).allows(u.oid)
}
