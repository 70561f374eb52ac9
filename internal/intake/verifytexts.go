package intake

import "strings"

// verifyTexts are what tools say of certificates, with the X509_V_ERR number
// that says the same: the texts of OpenSSL 0.9.8 to 3.5, and the sentences of
// libraries that have no numbers. The first hit counts.
var verifyTexts = []struct {
	contains string
	code     int
}{
	{"unable to get local issuer certificate", 20},
	{"unable to verify the first certificate", 21},
	{"unable to get issuer certificate", 2},
	{"signed certificate in certificate chain", 19},
	{"self-signed certificate", 18},
	{"self signed certificate", 18},
	{"certificate is not yet valid", 9},
	{"certificate has expired", 10},
	{"certificate revoked", 23},
	{"certificate signature failure", 7},
	{"path length constraint exceeded", 25},
	{"unsupported certificate purpose", 26},
	{"unsuitable certificate purpose", 26},
	{"unhandled critical extension", 34},
	{"permitted subtree violation", 47},
	{"excluded subtree violation", 48},
	{"ostname mismatch", 62},
	{"IP address mismatch", 64},
	{"EE certificate key too weak", 66},
	{"CA certificate key too weak", 67},
	{"CA signature digest algorithm too weak", 68},
	{"invalid CA certificate", 79},

	// curl, with any library
	{"no alternative certificate subject name matches", 62},
	{"does not match target host name", 62},
	{"subjectAltName does not match", 62},

	// GnuTLS, and wget and git with it
	{"certificate issuer is unknown", 20},
	{"doesn't have a known issuer", 20},
	{"Unable to locally verify the issuer's authority", 20},
	{"Self-signed certificate encountered", 18},
	{"certificate issuer is not a CA", 79},
	{"certificate signer of", 79},
	{"chain uses expired certificate", 10},
	{"ssued certificate has expired", 10},
	{"has expired.", 10},
	{"chain uses not yet valid certificate", 9},
	{"is not yet activated", 9},
	{"chain uses insecure algorithm", 68},
	{"signed using an insecure algorithm", 68},
	{"signature in the certificate is invalid", 7},
	{"name in the certificate does not match", 62},
	{"owner does not match hostname", 62},
	{"doesn't match requested host name", 62},
	{"no certificate subject alternative name matches", 62},
	{"violates the signer's constraints", 47},
	{"unknown critical extension", 34},
	{"certificate chain revoked", 23},
	{"certificate chain is revoked", 23},

	// Java
	{"unable to find valid certification path to requested target", 20},
	{"PKIX path building failed", 20},
	{"CertificateExpiredException", 10},
	{"NotAfter: ", 10},
	{"NotBefore: ", 9},
	{"No subject alternative DNS name matching", 62},
	{"No name matching", 62},
	{"No subject alternative names matching IP address", 64},
	{"No subject alternative names present", 62},
	{"Certificate has been revoked", 23},

	// browsers
	{"ERR_CERT_AUTHORITY_INVALID", 20},
	{"ERR_CERT_COMMON_NAME_INVALID", 62},
	{"ERR_CERT_DATE_INVALID", 10},
	{"ERR_CERT_REVOKED", 23},
	{"ERR_CERT_WEAK_SIGNATURE_ALGORITHM", 68},
	{"ERR_CERT_WEAK_KEY", 66},
	{"ERR_CERT_NAME_CONSTRAINT_VIOLATION", 47},
	{"SEC_ERROR_UNKNOWN_ISSUER", 20},
	{"issuer is not recognized", 20},
	{"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", 18},
	{"SEC_ERROR_EXPIRED_CERTIFICATE", 10},
	{"SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE", 10},
	{"MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", 9},
	{"SSL_ERROR_BAD_CERT_DOMAIN", 62},
	{"SEC_ERROR_REVOKED_CERTIFICATE", 23},
	{"SEC_ERROR_BAD_SIGNATURE", 7},
	{"SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED", 68},

	// rustls and Schannel, as curl prints them
	{"UnknownIssuer", 20},
	{"SEC_E_UNTRUSTED_ROOT", 20},
	{"CERT_TRUST_IS_UNTRUSTED_ROOT", 20},
	{"SEC_E_CERT_EXPIRED", 10},
	{"SEC_E_WRONG_PRINCIPAL", 62},
	{"NotValidForName", 62},
	{"certificate not valid for name", 62},
	{"invalid peer certificate: Expired", 10},
}

// verifyCodeOf gives the number for what a line says of a certificate; 0 when it
// says nothing.
func verifyCodeOf(text string) int {
	for _, v := range verifyTexts {
		if strings.Contains(text, v.contains) {
			return v.code
		}
	}
	return 0
}
