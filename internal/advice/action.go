package advice

import (
	"slices"

	"certlens/internal/report"
)

const (
	renew      = "Renew the certificate and install the new one with its chain."
	issueAgain = "Have the certificate issued again"
	readLog    = "Read the server's own log for this connection; it names the cause."
)

// actions are the one thing to do about each class.
var actions = map[report.Class]string{
	report.Expired:              renew,
	report.NotYetValid:          "Check the clock of the machine that complains; if it is right, wait or use the previous certificate.",
	report.SelfSigned:           "Install a certificate from a CA that the clients know, or, once its fingerprint was compared with the server's own, give this one to each client as a trust anchor.",
	report.SelfSignedInChain:    "Get the root of this chain from those who run the CA, and give it to each client as a trust anchor.",
	report.UnknownRoot:          "Give the issuing root to each client as a trust anchor, or use a certificate from a CA that the clients know.",
	report.MissingIntermediate:  "Add the missing issuer to the certificates that the server sends, after its own.",
	report.HostnameMismatch:     issueAgain + " with this host name among its names, or connect by one of the names that it has.",
	report.IPMismatch:           issueAgain + " with this address as an IP name, or connect by one of the names that it has.",
	report.NoSAN:                issueAgain + " with the host name as a subject alternative name; the common name does not count.",
	report.ExpiredIntermediate:  "Replace the expired intermediate on the server by the issuer's current one.",
	report.ExpiredRoot:          "Update the trust store of the client, or send a chain that ends in a current root.",
	report.WeakKey:              "Make a new key of today's size and have a certificate issued for it.",
	report.WeakSignature:        issueAgain + ", signed with SHA-256 or better.",
	report.WrongPurpose:         issueAgain + " for this purpose (extended key usage).",
	report.IssuerNotCA:          "Use a certificate that a CA certificate issued.",
	report.PathLength:           "Have the certificate issued by a CA whose path length allows it.",
	report.NameConstraint:       "Use a name that the CA may issue for, or another CA.",
	report.UnknownCritical:      issueAgain + " without the extension, or with it not critical.",
	report.BadSignature:         "Replace the certificate or its issuer: this key did not sign it.",
	report.Malformed:            issueAgain + "; its encoding is broken.",
	report.Revoked:              "Replace the certificate; make a new key if the old one leaked.",
	report.RevocationUnknown:    "Paste the OCSP response or the CRL of the issuer as well.",
	report.Distrusted:           "Move to a CA that the store still trusts.",
	report.CTRequired:           issueAgain + " with signed certificate timestamps.",
	report.ProtocolVersion:      "Enable TLS 1.2 or 1.3 on the side that lacks it.",
	report.NoSharedCipher:       "Enable a cipher suite that both sides have and that fits the certificate's key.",
	report.ClientCertRequired:   "Connect with a client certificate and its key.",
	report.ClientCertRejected:   "Use a client certificate that one of the server's accepted CAs issued.",
	report.PlainHTTP:            "Connect to the TLS port, or turn TLS on for this one.",
	report.WrongProtocol:        "Connect to the TLS port, or use STARTTLS where the protocol has it.",
	report.Closed:               readLog,
	report.Reset:                "Check the firewall or proxy on the way, then the server's own log.",
	report.Refused:              "Check that the server runs and listens on this port.",
	report.Timeout:              "Check the address, the port and the firewalls on the way.",
	report.DNS:                  "Check the spelling of the host name and its DNS record.",
	report.PinMismatch:          "Compare the pin with the key's fingerprint below and update the one that is out of date.",
	report.StapleMissing:        "Turn OCSP stapling on at the server; the certificate demands it.",
	report.CAFileUnreadable:     "Correct the path or the contents of the CA file.",
	report.ClientCertUnreadable: "Correct the path or the contents of the program's own certificate or key file.",
	report.Interception:         "Ask your IT who re-signs connections, and for the root; on a foreign network do not go on.",
	report.ClockSkew:            "Set the clock of the machine that complains.",
	report.HandshakeFailure:     readLog,
	report.UnrecognizedName:     "Configure the server for this host name, or send the name that it serves.",
	report.ALPN:                 "Enable an application protocol (ALPN) that both sides have.",
}

// action is the one thing to do about the main failure; empty when nothing is.
// What reading had to mend or could not find is the fault of the paste before it
// is the certificate's.
func (d *diagnosis) action(class report.Class, certificate string) string {
	for i := range d.Errors {
		if e := &d.Errors[i]; e.Action != "" && e.Class == class && certificate == "" {
			return e.Action
		}
	}
	switch {
	case d.ForeignKey && class == report.ClientCertUnreadable && certificate != "":
		return "Find the key that this certificate was made for, or have a certificate issued for this key."
	case certificate != "" && certificate == d.Namesake && slices.Contains(noAnchor, class):
		return "Find out who made it, and do not trust it until then."
	case class == report.Interception && d.ask != "":
		return d.ask
	case class == report.Malformed && slices.Contains(d.Damaged, certificate):
		return "Copy it again, whole, from the BEGIN to the END line: what was pasted is damaged, and the certificate itself may be sound."
	case class == report.WrongProtocol && d.Handshake != nil && d.Handshake.StartTLS != "":
		return "Turn STARTTLS on at the server, or connect to the port where TLS begins with the first byte."
	case class == report.Timeout && d.Handshake != nil && (d.Handshake.Step == report.StepStartTLS || d.Handshake.Step == report.StepHello):
		return "Check which protocol is spoken on this port, and whether TLS begins there with the first byte or by STARTTLS."
	case class == report.Malformed && certificate == "":
		return readLog
	case class == report.MissingIntermediate && d.Bundle != "":
		return "Install the whole chain on the server."
	case d.Leaf == nil && d.Handshake == nil && len(d.Transcripts) == 0 && d.Errors[0].Side == report.SideClient:
		switch class {
		case report.Expired, report.HostnameMismatch, report.MissingIntermediate:
			return actions[class] + " If the server is not yours, tell its owner."
		}
	}
	return actions[class]
}
