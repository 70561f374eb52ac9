package client

import (
	"slices"
	"strings"

	"certlens/internal/report"
)

// A meaning is what a failure says: as a sentence about what is proven, and as a
// clause behind "whether".
type meaning struct {
	class            report.Class
	proves, possible string
}

// meanings are those of all classes that a text can have.
var meanings = [...]meaning{
	{report.Expired, "The certificate has expired, by the clock of the program that says so.", "the server's certificate has expired"},
	{report.NotYetValid, "The certificate is not valid yet, by the clock of the program that says so.", "the certificate is not valid yet"},
	{report.SelfSigned, "The server's certificate is self-signed, and not trusted.", "the server's certificate is self-signed"},
	{report.SelfSignedInChain, "The chain ends in a self-signed certificate that is not trusted.", "the server sent a root that is not trusted"},
	{report.UnknownRoot, "The chain leads to no root that is trusted.", "the root is not in the trust store (a private CA, or an old or missing store)"},
	{report.MissingIntermediate, "The issuer of the server's certificate could not be found.", "the server did not send its intermediate certificate"},
	{report.HostnameMismatch, "The certificate is not valid for the name that was asked for.", "the certificate is for other names"},
	{report.IPMismatch, "The certificate is not valid for the IP address that was asked for.", "an IP address was asked for that the certificate does not have"},
	{report.NoSAN, "The certificate has no alternative names, and the client does not look at the common name.", "the certificate has no alternative names at all"},
	{report.ExpiredIntermediate, "A certificate above the server's own has expired, by the clock of the program that says so.", "an intermediate certificate has expired"},
	{report.ExpiredRoot, "The root has expired, by the clock of the program that says so.", "the root has expired"},
	{report.WeakKey, "A key is smaller, or of another kind, than the client allows.", "a key is too small"},
	{report.WeakSignature, "A signature uses an algorithm that is no longer allowed, as in SHA-1 or MD5.", "a signature uses SHA-1 or MD5"},
	{report.WrongPurpose, "The certificate is not for this use.", "the certificate is for another use"},
	{report.IssuerNotCA, "A certificate was issued by one that is no CA, or may not sign certificates.", "an issuer is no CA"},
	{report.PathLength, "There are more certificates below a CA than it allows.", "the chain is longer than a CA allows"},
	{report.NameConstraint, "A CA above may not issue certificates for this name.", "a CA may not issue for this name"},
	{report.UnknownCritical, "A certificate has a critical extension that the client does not know.", "a critical extension is unknown"},
	{report.BadSignature, "A signature in the chain does not verify.", "a signature does not verify"},
	{report.Malformed, "A certificate, or a file, does not have the form that it should have.", "a certificate or file is malformed"},
	{report.Revoked, "The certificate was revoked.", "the certificate was revoked"},
	{report.RevocationUnknown, "It could not be found out whether the certificate was revoked.", "its revocation could not be checked"},
	{report.Distrusted, "The certificate, or its CA, is distrusted on purpose.", "the CA is distrusted"},
	{report.CTRequired, "The client demands Certificate Transparency, and the certificate brings no proof of it that counts.", "proof of Certificate Transparency is missing"},
	{report.ProtocolVersion, "The two sides have no version of TLS in common.", "there is no TLS version in common"},
	{report.NoSharedCipher, "The two sides have no cipher suite, group or signature algorithm in common.", "there is no cipher suite in common"},
	{report.ClientCertRequired, "The server demands a client certificate, and got none.", "the server demands a client certificate"},
	{report.ClientCertRejected, "The server refused the client's certificate.", "the server refused the client's certificate"},
	{report.PlainHTTP, "Plain HTTP is spoken where TLS was expected.", "plain HTTP is spoken on that port"},
	{report.WrongProtocol, "Something other than TLS is spoken on that port.", "another protocol is spoken there, or one that begins TLS with STARTTLS"},
	{report.Closed, "The other side closed the connection before it was finished.", "the connection was closed"},
	{report.Reset, "The connection was reset.", "the connection was reset"},
	{report.Refused, "Nothing listens at that address and port, or a firewall refuses.", "nothing listens there"},
	{report.Timeout, "No answer came in time.", "no answer came in time"},
	{report.DNS, "The name could not be resolved.", "the name could not be resolved"},
	{report.PinMismatch, "The server's key is not the one that was pinned.", "the key is not the pinned one"},
	{report.StapleMissing, "A stapled OCSP response was demanded, and none came.", "no OCSP response was stapled"},
	{report.CAFileUnreadable, "The file or store of trusted CAs could not be read.", "the file of trusted CAs could not be read"},
	{report.ClientCertUnreadable, "A program could not use its own certificate or key.", "its own certificate or key could not be used"},
	{report.Interception, "Something on the way re-signs connections.", "something on the way (a proxy, an anti-virus program) re-signs connections"},
	{report.ClockSkew, "The clock of the program that says so is wrong.", "its clock is wrong"},
	{report.HandshakeFailure, "The TLS handshake failed.", "the handshake failed for another reason"},
	{report.UnrecognizedName, "The server does not know the name that was asked for (SNI).", "the server does not know the name that was asked for"},
	{report.ALPN, "The two sides have no application protocol in common (ALPN).", "there is no application protocol in common"},
	{report.Other, "The text names no failure that certlens knows more about.", "something else failed"},
}

func meaningOf(c report.Class) meaning {
	for _, m := range meanings {
		if m.class == c {
			return m
		}
	}
	return meaning{}
}

// groups are failures that a text can leave open between, with what it proves all
// the same.
var groups = [...]struct{ classes, proves string }{
	{"unknown_root missing_intermediate self_signed self_signed_in_chain interception bad_signature", "The client found no path from the server's certificate to a root that it trusts."},
	{"expired not_yet_valid expired_intermediate expired_root clock_skew", "A certificate of the chain is not valid now, by the clock of the program that says so."},
	{"hostname_mismatch ip_mismatch no_san", "The certificate is not valid for the name or address that was asked for."},
	{"plain_http wrong_protocol", "What is spoken there is not TLS."},
	{"ca_file_unreadable client_cert_unreadable malformed", "A program could not use a file of certificates or keys."},
	{"client_cert_required client_cert_rejected", "The server is not content with the client's certificate, or with there being none."},
	{"closed reset refused timeout dns client_cert_required plain_http", "The connection failed, or was ended by the other side."},
	{"@verify hostname_mismatch ip_mismatch no_san clock_skew ct_required revocation_unknown", "The certificate, or the chain behind it, was refused."},
}

// proves says what a text proves.
func proves(r *row, classes []report.Class, side report.Side) string {
	switch {
	case r.proves != "":
		return r.proves
	case r.kind == "alert" && side == report.SideServer:
		return "A client ended the handshake with the alert " + r.names[0] + "."
	case r.kind == "alert":
		return "The other side ended the handshake with the alert " + r.names[0] + "."
	case len(classes) == 1:
		return meaningOf(classes[0]).proves
	}
	for _, g := range groups {
		if within(classes, classList(g.classes)) {
			return g.proves
		}
	}
	return "The text does not say why it failed."
}

func within(classes, group []report.Class) bool {
	for _, c := range classes {
		if !slices.Contains(group, c) {
			return false
		}
	}
	return true
}

// mostOpen is how many possibilities a sentence lists.
const mostOpen = 5

// leavesOpen says what a text does not tell.
func leavesOpen(r *row, classes []report.Class) string {
	if len(classes) < 2 || r.open != "" && classes[0] == r.classes[0] {
		return r.open
	}
	var list []string
	for _, c := range classes[:min(len(classes), mostOpen)] {
		list = append(list, meaningOf(c).possible)
	}
	last := list[len(list)-1]
	if len(classes) > mostOpen {
		list, last = append(list, ""), "something else is wrong"
	}
	return "It leaves open whether " + strings.Join(list[:len(list)-1], ", ") + ", or " + last + "."
}
