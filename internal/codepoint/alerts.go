package codepoint

import (
	"strings"

	"certlens/internal/report"
)

// An alertRow is one TLS alert.
type alertRow struct {
	name string
	// class is the failure that receiving it proves; empty when it proves none.
	class report.Class
}

// alerts are the alert descriptions of RFC 8446, section 6, and the historic
// ones of SSL 3.0 (RFC 6101), TLS 1.0 to 1.2 (RFC 5246, section 7.2) and the
// extensions (RFC 6066, RFC 7301, RFC 7507). An alert about certificates that a
// client receives is about the client's own certificate.
var alerts = map[int]alertRow{
	0:   {"close_notify", ""},
	10:  {"unexpected_message", report.HandshakeFailure},
	20:  {"bad_record_mac", report.HandshakeFailure},
	21:  {"decryption_failed", report.HandshakeFailure},
	22:  {"record_overflow", report.HandshakeFailure},
	30:  {"decompression_failure", report.HandshakeFailure},
	40:  {"handshake_failure", report.HandshakeFailure},
	41:  {"no_certificate", report.ClientCertRequired},
	42:  {"bad_certificate", report.ClientCertRejected},
	43:  {"unsupported_certificate", report.ClientCertRejected},
	44:  {"certificate_revoked", report.ClientCertRejected},
	45:  {"certificate_expired", report.ClientCertRejected},
	46:  {"certificate_unknown", report.ClientCertRejected},
	47:  {"illegal_parameter", report.HandshakeFailure},
	48:  {"unknown_ca", report.ClientCertRejected},
	49:  {"access_denied", report.ClientCertRejected},
	50:  {"decode_error", report.HandshakeFailure},
	51:  {"decrypt_error", report.HandshakeFailure},
	52:  {"too_many_cids_requested", report.HandshakeFailure},
	60:  {"export_restriction", report.NoSharedCipher},
	70:  {"protocol_version", report.ProtocolVersion},
	71:  {"insufficient_security", report.NoSharedCipher},
	80:  {"internal_error", report.HandshakeFailure},
	86:  {"inappropriate_fallback", report.ProtocolVersion},
	90:  {"user_canceled", ""},
	100: {"no_renegotiation", ""},
	109: {"missing_extension", report.HandshakeFailure},
	110: {"unsupported_extension", report.HandshakeFailure},
	111: {"certificate_unobtainable", report.ClientCertRejected},
	112: {"unrecognized_name", report.UnrecognizedName},
	113: {"bad_certificate_status_response", ""},
	114: {"bad_certificate_hash_value", report.ClientCertRejected},
	115: {"unknown_psk_identity", report.HandshakeFailure},
	116: {"certificate_required", report.ClientCertRequired},
	117: {"general_error", report.HandshakeFailure},
	120: {"no_application_protocol", report.ALPN},
	121: {"ech_required", report.HandshakeFailure},
}

// AlertName gives the name of an alert description in RFC 8446, as in
// "handshake_failure"; empty when the number is assigned to none.
func AlertName(number int) string { return alerts[number].name }

// AlertClass gives the failure that a client's receiving the alert proves;
// empty when it proves none.
func AlertClass(number int) report.Class { return alerts[number].class }

// AlertNumber finds an alert by its name, with spaces or underscores; -1 when
// there is none.
func AlertNumber(name string) int {
	name = strings.ReplaceAll(name, " ", "_")
	for number, a := range alerts {
		if a.name == name {
			return number
		}
	}
	return -1
}
