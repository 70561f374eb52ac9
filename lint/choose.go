package lint

import (
	"fmt"
	"slices"

	"github.com/zmap/zcrypto/x509"
)

// Choose gives the profile that fits the certificate, and the reason, in a
// sentence. It goes from what the certificate says of itself to what its path
// suggests, and when nothing ties it to a public CA it is private: publicly
// trusted server certificates assert a CA/Browser Forum policy (required since
// the first Baseline Requirements) and carry timestamps of logs, so that silence
// is telling.
func Choose(s Subject) (Profile, string) {
	c := s.Cert.X509
	if c == nil {
		return RFC5280, "The certificate could not be parsed."
	}
	for _, evidence := range []func(Subject, *x509.Certificate) (Profile, string){
		byPolicy, byTransparency, byPublicRoot, byPrivateRoot, byIssuerPolicy, byPurpose,
	} {
		if p, reason := evidence(s, c); p != "" {
			return p, reason
		}
	}
	return Private, "Nothing in the certificate or its path ties it to a public CA."
}

// forumPolicies are the reserved policy identifiers of the CA/Browser Forum. A
// CA that asserts one declares that it follows the document. Those for TLS come
// first because webpki runs the rules of all documents.
var forumPolicies = []struct {
	oid      string
	profile  Profile
	document string
}{
	{"2.23.140.1.1", WebPKI, "Extended Validation Guidelines"},
	{"2.23.140.1.2.1", WebPKI, "TLS Baseline Requirements"},
	{"2.23.140.1.2.2", WebPKI, "TLS Baseline Requirements"},
	{"2.23.140.1.2.3", WebPKI, "TLS Baseline Requirements"},
	{"2.23.140.1.5.1.1", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.1.2", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.1.3", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.2.1", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.2.2", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.2.3", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.3.1", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.3.2", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.3.3", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.4.1", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.4.2", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.5.4.3", SMIME, "S/MIME Baseline Requirements"},
	{"2.23.140.1.3", CodeSign, "Code Signing Baseline Requirements"},
	{"2.23.140.1.4.1", CodeSign, "Code Signing Baseline Requirements"},
	{"2.23.140.1.4.2", CodeSign, "Code Signing Baseline Requirements"},
}

func byPolicy(_ Subject, c *x509.Certificate) (Profile, string) {
	for _, known := range forumPolicies {
		for _, oid := range c.PolicyIdentifiers {
			if oid.String() == known.oid {
				return known.profile, fmt.Sprintf("It asserts policy %s of the CA/Browser Forum's %s.", known.oid, known.document)
			}
		}
	}
	return "", ""
}

// byTransparency takes timestamps and poison (RFC 6962, sections 3.3 and 3.1) as
// proof of a public CA: the logs accept chains to public roots alone.
func byTransparency(_ Subject, c *x509.Certificate) (Profile, string) {
	switch {
	case len(c.SignedCertificateTimestampList) > 0:
		return WebPKI, "It holds timestamps of Certificate Transparency logs, which accept public CAs alone."
	case c.IsPrecert:
		return WebPKI, "It is a precertificate for Certificate Transparency logs, which accept public CAs alone."
	}
	return "", ""
}

func byPublicRoot(s Subject, c *x509.Certificate) (Profile, string) {
	switch {
	case !s.PublicRoot:
		return "", ""
	case serves(c) || allows(c, x509.ExtKeyUsageOcspSigning):
		return WebPKI, "Its path ends in a root of a public store."
	case allows(c, x509.ExtKeyUsageEmailProtection):
		return SMIME, "Its path ends in a root of a public store, and it is for e-mail."
	case allows(c, x509.ExtKeyUsageCodeSigning), allows(c, x509.ExtKeyUsageTimeStamping):
		return CodeSign, "Its path ends in a root of a public store, and it is for signing code or time-stamping."
	}
	return RFC5280, "Its path ends in a root of a public store, but it is for none of the purposes that the CA/Browser Forum rules."
}

func byPrivateRoot(s Subject, _ *x509.Certificate) (Profile, string) {
	if !s.PrivateRoot {
		return "", ""
	}
	return Private, "Its path ends in a root that is in no public store."
}

// byIssuerPolicy catches the certificate that should assert a policy, as its
// issuer does, and fails to.
func byIssuerPolicy(s Subject, c *x509.Certificate) (Profile, string) {
	if s.Issuer == nil || s.Issuer.X509 == nil || s.Issuer.ID == s.Cert.ID {
		return "", ""
	}
	p, _ := byPolicy(Subject{}, s.Issuer.X509)
	if p == WebPKI && !serves(c) {
		return "", ""
	}
	if p == "" {
		return "", ""
	}
	return p, fmt.Sprintf("Its issuer, %s, asserts a policy of the CA/Browser Forum.", s.Issuer.Title())
}

// byPurpose judges what no store of TLS roots can tell about: roots for e-mail
// and code signing are in other stores.
func byPurpose(_ Subject, c *x509.Certificate) (Profile, string) {
	switch {
	case c.SelfSigned || serves(c):
		return "", ""
	case allows(c, x509.ExtKeyUsageEmailProtection) && len(c.EmailAddresses) > 0:
		return SMIME, "It is for e-mail, and names a mailbox."
	case allows(c, x509.ExtKeyUsageCodeSigning):
		return CodeSign, "It is for signing code."
	}
	return "", ""
}

// serves tells whether the certificate may authenticate a TLS server: the
// extended key usages say so, or say nothing (RFC 5280, section 4.2.1.12).
func serves(c *x509.Certificate) bool {
	if len(c.ExtKeyUsage)+len(c.UnknownExtKeyUsage) == 0 {
		return true
	}
	return allows(c, x509.ExtKeyUsageServerAuth) || allows(c, x509.ExtKeyUsageAny)
}

func allows(c *x509.Certificate, usage x509.ExtKeyUsage) bool {
	return slices.Contains(c.ExtKeyUsage, usage)
}
