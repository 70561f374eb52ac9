package advice

import (
	"strings"

	"certlens/internal/report"
)

// A verifyText is one verdict of OpenSSL's verifier: X509_V_ERR number and the
// start of its text, as X509_verify_cert_error_string gives it.
type verifyText struct {
	code  int
	text  string // lower case
	class report.Class
}

// verifyTexts maps OpenSSL's verdicts to classes. The text decides where it is
// known, because numbers moved (24 was "invalid CA certificate" before OpenSSL
// 3, which has it at 79) and texts hardly did ("self signed" has a hyphen since
// OpenSSL 3).
var verifyTexts = []verifyText{
	{19, "self-signed certificate in certificate chain", report.SelfSignedInChain},
	{19, "self signed certificate in certificate chain", report.SelfSignedInChain},
	{18, "self-signed certificate", report.SelfSigned},
	{18, "self signed certificate", report.SelfSigned},
	{20, "unable to get local issuer certificate", report.UnknownRoot},
	{21, "unable to verify the first certificate", report.MissingIntermediate},
	{2, "unable to get issuer certificate", report.UnknownRoot},
	{27, "certificate not trusted", report.UnknownRoot},
	{28, "certificate rejected", report.Distrusted},
	{10, "certificate has expired", report.Expired},
	{9, "certificate is not yet valid", report.NotYetValid},
	{7, "certificate signature failure", report.BadSignature},
	{4, "unable to decrypt certificate's signature", report.BadSignature},
	{79, "invalid ca certificate", report.IssuerNotCA},
	{32, "key usage does not include certificate signing", report.IssuerNotCA},
	{25, "path length constraint exceeded", report.PathLength},
	{26, "unsuitable certificate purpose", report.WrongPurpose},
	{26, "unsupported certificate purpose", report.WrongPurpose},
	{34, "unhandled critical extension", report.UnknownCritical},
	{47, "permitted subtree violation", report.NameConstraint},
	{48, "excluded subtree violation", report.NameConstraint},
	{49, "name constraints minimum and maximum not supported", report.NameConstraint},
	{51, "unsupported name constraint type", report.NameConstraint},
	{52, "unsupported or invalid name constraint syntax", report.NameConstraint},
	{53, "unsupported or invalid name syntax", report.NameConstraint},
	{62, "hostname mismatch", report.HostnameMismatch},
	{63, "email address mismatch", report.HostnameMismatch},
	{64, "ip address mismatch", report.IPMismatch},
	{66, "ee certificate key too weak", report.WeakKey},
	{67, "ca certificate key too weak", report.WeakKey},
	{68, "ca signature digest algorithm too weak", report.WeakSignature},
	{23, "certificate revoked", report.Revoked},
	{3, "unable to get certificate crl", report.RevocationUnknown},
	{12, "crl has expired", report.RevocationUnknown},
	{71, "certificate transparency required", report.CTRequired},
	{13, "format error in certificate's notbefore field", report.Malformed},
	{14, "format error in certificate's notafter field", report.Malformed},
	{41, "invalid or inconsistent certificate extension", report.Malformed},
	{78, "cert info signature and signature algorithm mismatch", report.Malformed},
	{94, "certificate public key has explicit ecc parameters", report.Malformed},
}

// VerifyClass gives the failure class of a verdict of OpenSSL's verifier: the
// number of an X509_V_ERR constant and its text, either of which may be missing
// (0, ""). It is "other" for a verdict that no class describes, and empty for
// 0 without a text.
//
// Code 20 means either that an intermediate is missing or that the root is not
// known; the class is then "unknown_root".
func VerifyClass(code int, text string) report.Class {
	text = strings.ToLower(strings.TrimSpace(text))
	if code == 0 && (text == "" || text == "ok") {
		return ""
	}
	for _, v := range verifyTexts {
		if text != "" && strings.HasPrefix(text, v.text) {
			return v.class
		}
	}
	for _, v := range verifyTexts {
		if code == v.code {
			return v.class
		}
	}
	return report.Other
}
