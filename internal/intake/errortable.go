package intake

import (
	"strings"

	"certlens/internal/report"
)

// An errorText is one row of the error table: what a line contains, and the
// failure that this proves. The class is empty where the text alone proves none.
type errorText struct {
	contains string
	class    report.Class
}

// errorTexts are searched in this order; the first hit counts. They are the
// wordings of OpenSSL 0.9.8 to 3.5 and LibreSSL, and of the C libraries below
// them. Received alerts are classed by their number, before this table.
var errorTexts = []errorText{
	// the local files, which openssl reads before it connects
	{"Error loading CA file", report.CAFileUnreadable},
	{"Error loading store locations", report.CAFileUnreadable},
	{"Could not load CA", report.CAFileUnreadable},
	{"X509_load_cert_crl_file", report.CAFileUnreadable},
	{"error setting private key", report.ClientCertUnreadable},
	{"error setting certificate", report.ClientCertUnreadable},
	{"key values mismatch", report.ClientCertUnreadable},
	{"loading client certificate", report.ClientCertUnreadable},
	{"load client certificate", report.ClientCertUnreadable},
	{"loading client cert", report.ClientCertUnreadable},
	{"load client cert", report.ClientCertUnreadable},
	{"certificate from", report.ClientCertUnreadable},
	{"unable to load certificate", report.ClientCertUnreadable},
	{"unable to load key", report.ClientCertUnreadable},
	{"unable to load Private Key", report.ClientCertUnreadable},
	{"private key from", report.ClientCertUnreadable},
	{"private key does not match", report.ClientCertUnreadable},

	// name resolution
	{"Name or service not known", report.DNS},
	{"nodename nor servname provided", report.DNS},
	{"No address associated with hostname", report.DNS},
	{"Temporary failure in name resolution", report.DNS},
	{"Name does not resolve", report.DNS},
	{"No such host is known", report.DNS},
	{"gethostbyname failure", report.DNS},
	{"host not found", report.DNS},

	// the connection
	{"onnection refused", report.Refused},
	{"onnection timed out", report.Timeout},
	{"peration timed out", report.Timeout},
	{"onnection reset", report.Reset},
	{"roken pipe", report.Closed},
	{"o route to host", report.Other},
	{"etwork is unreachable", report.Other},
	{"unexpected eof while reading", report.Closed},
	{"ssl handshake failure", report.Closed},

	// something else than TLS answers
	{"http request", report.PlainHTTP},
	{"wrong version number", report.WrongProtocol},
	{"unknown protocol", report.WrongProtocol},
	{"packet length too long", report.WrongProtocol},
	{"find STARTTLS in server response", report.WrongProtocol},
	{"find starttls in server response", report.WrongProtocol},
	{"STARTTLS not supported", report.WrongProtocol},
	{"STARTTLS failed", report.WrongProtocol},
	{"TLS not supported", report.WrongProtocol},

	// version and parameters
	{"unsupported protocol", report.ProtocolVersion},
	{"no protocols available", report.ProtocolVersion},
	{"wrong ssl version", report.ProtocolVersion},
	{"unknown ssl version", report.ProtocolVersion},
	{"unsupported ssl version", report.ProtocolVersion},
	{"version too low", report.ProtocolVersion},
	{"inappropriate fallback", report.ProtocolVersion},
	{"no shared cipher", report.NoSharedCipher},
	{"no ciphers available", report.NoSharedCipher},
	{"wrong cipher returned", report.NoSharedCipher},
	{"unknown cipher returned", report.NoSharedCipher},
	{"no suitable key share", report.NoSharedCipher},
	{"no suitable groups", report.NoSharedCipher},
	{"dh key too small", report.WeakKey},
	{"ee key too small", report.WeakKey},
	{"ca key too small", report.WeakKey},
	{"ca md too weak", report.WeakSignature},
	{"md too weak", report.WeakSignature},
	{"legacy sigalg disallowed", report.HandshakeFailure},
	{"wrong signature type", report.HandshakeFailure},
	{"no suitable signature algorithm", report.HandshakeFailure},
	{"unsafe legacy renegotiation disabled", report.HandshakeFailure},
	{"bad signature", report.HandshakeFailure},

	// as a server says it
	{"peer did not return a certificate", report.ClientCertRequired},
}

// errnoClasses are the numbers that connect, read and write fail with, on
// Linux, on macOS and the BSDs, and on Windows.
var errnoClasses = map[int]report.Class{
	111: report.Refused, 61: report.Refused, 10061: report.Refused,
	110: report.Timeout, 60: report.Timeout, 10060: report.Timeout,
	104: report.Reset, 54: report.Reset, 10054: report.Reset,
	113: report.Other, 65: report.Other, 10065: report.Other, // no route to host
	101: report.Other, 51: report.Other, 10051: report.Other, // network is unreachable
	32: report.Closed, 10053: report.Closed,
}

// classOf gives the failure that an error text proves, "" when it proves none.
func classOf(text string) report.Class {
	for _, e := range errorTexts {
		if strings.Contains(text, e.contains) {
			return e.class
		}
	}
	return ""
}
