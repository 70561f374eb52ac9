package chain

import (
	"certlens/internal/cert"
	"certlens/internal/report"
)

// known are the extensions that Go, OpenSSL and browsers alike process when they
// are critical. Key identifiers and authority information access are not among
// them, but have a sentence of their own in formRules.
var known = map[string]bool{
	oidKeyUsage: true, oidAltNames: true, oidBasicConstraints: true, oidNameConstraints: true, oidExtKeyUsage: true,
	oidSubjectKeyID: true, oidAuthorityKeyID: true, oidAuthorityInfo: true,
	"2.5.29.31": true, // CRL distribution points
	"2.5.29.32": true, // certificate policies
	"2.5.29.33": true, // policy mappings
	"2.5.29.36": true, // policy constraints
	"2.5.29.54": true, // inhibit any-policy
}

const oidPoison = "1.3.6.1.4.1.11129.2.4.3"

// checkCritical reports critical extensions that nobody can process.
//
// RFC 5280, section 4.2: "A certificate-using system MUST reject the certificate
// if it encounters a critical extension it does not recognize or a critical
// extension that contains information that it cannot process."
func checkCritical(j *judge) {
	for i, m := range j.certs {
		for _, oid := range m.CriticalExtensions() {
			switch {
			case known[oid]:
			case oid == oidPoison:
				j.add(i, report.UnknownCritical, "RFC 6962, section 3.1", "%s is a precertificate, made for a transparency log: its critical poison extension keeps every client from accepting it.", m.Title())
			default:
				j.add(i, report.UnknownCritical, "RFC 5280, section 4.2", "%s has the critical extension %s, which clients do not process and must not ignore.", m.Title(), extensionName(oid))
			}
		}
	}
}

// extensionName gives the OID, with its name where there is one.
func extensionName(oid string) string {
	if name := cert.OIDName(oid); name != oid {
		return name + " (" + oid + ")"
	}
	return oid
}
