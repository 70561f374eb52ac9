package client

import (
	"cmp"
	"strconv"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// alertWords is how the stacks word the alerts of TLS (RFC 8446, section 6):
//
//	number | OpenSSL | Go | GnuTLS | what else is possible when a client
//	receives it | what it means when a server receives it
//
// What a client's receiving it proves stands in internal/codepoint. A server that
// receives one about certificates learns that the client refused the server's. An
// empty last column is the same as for a client.
const alertWords = `
0 | | close notify | Close notify | |
10 | sslv3 alert unexpected message | unexpected message | Unexpected message | plain_http |
20 | sslv3 alert bad record mac | bad record MAC | Bad record MAC | |
21 | tlsv1 alert decryption failed | decryption failed | Decryption failed | |
22 | tlsv1 alert record overflow | record overflow | Record overflow | |
30 | sslv3 alert decompression failure | decompression failure | Decompression failed | |
40 | sslv3 alert handshake failure | handshake failure | Handshake failed | no_shared_cipher client_cert_required protocol_version unrecognized_name weak_signature | handshake_failure no_shared_cipher protocol_version
41 | sslv3 alert no certificate | | No certificate (SSL 3.0) | |
42 | sslv3 alert bad certificate | bad certificate | Certificate is bad | client_cert_required | unknown_root hostname_mismatch self_signed expired missing_intermediate pin_mismatch
43 | sslv3 alert unsupported certificate | unsupported certificate | Certificate is not supported | | wrong_purpose weak_signature weak_key
44 | sslv3 alert certificate revoked | revoked certificate | Certificate was revoked | | revoked
45 | sslv3 alert certificate expired | expired certificate | Certificate is expired | clock_skew | expired expired_intermediate not_yet_valid clock_skew
46 | sslv3 alert certificate unknown | unknown certificate | Unknown certificate | client_cert_required | unknown_root self_signed hostname_mismatch missing_intermediate expired revoked
47 | sslv3 alert illegal parameter | illegal parameter | Illegal parameter | no_shared_cipher |
48 | tlsv1 alert unknown ca | unknown certificate authority | CA is unknown | | unknown_root missing_intermediate self_signed interception
49 | tlsv1 alert access denied | access denied | Access was denied | client_cert_required | other
50 | tlsv1 alert decode error | error decoding message | Decode error | |
51 | tlsv1 alert decrypt error | error decrypting message | Decrypt error | client_cert_rejected | handshake_failure bad_signature
60 | tlsv1 alert export restriction | export restriction | Export restriction | |
70 | tlsv1 alert protocol version | protocol version not supported | Error in protocol version | |
71 | tlsv1 alert insufficient security | insufficient security level | Insufficient security | weak_key |
80 | tlsv1 alert internal error | internal error | Internal error | unrecognized_name client_cert_required |
86 | tlsv1 alert inappropriate fallback | inappropriate fallback | Inappropriate fallback | |
90 | tlsv1 alert user cancelled | user canceled | User canceled | |
100 | tlsv1 alert no renegotiation | no renegotiation | No renegotiation is allowed | |
109 | tlsv13 alert missing extension | missing extension | An extension was expected but was not seen | unrecognized_name |
110 | tlsv1 unsupported extension | unsupported extension | An unsupported extension was sent | |
111 | tlsv1 certificate unobtainable | certificate unobtainable | Could not retrieve the specified certificate | |
112 | tlsv1 unrecognized name | unrecognized name | The server name sent was not recognized | |
113 | tlsv1 bad certificate status response | bad certificate status response | | revocation_unknown | revocation_unknown staple_missing
114 | tlsv1 bad certificate hash value | bad certificate hash value | | |
115 | tlsv1 alert unknown psk identity | unknown PSK identity | The SRP/PSK username is missing or not known | |
116 | tlsv13 alert certificate required | certificate required | Certificate is required | |
120 | tlsv1 alert no application protocol | no application protocol | No supported application protocol could be negotiated | |
121 | tlsv1 alert ech required | encrypted client hello required | | |
`

// An alertWord is one line of alertWords.
type alertWord struct {
	number                 int
	openssl, golang, gnu   string
	possible, whenReceived string
}

// eachAlert reads alertWords.
func eachAlert(yield func(alertWord)) {
	for line := range strings.SplitSeq(strings.TrimSpace(alertWords), "\n") {
		var field [6]string
		for i, part := range strings.Split(line, "|") {
			field[i] = strings.TrimSpace(part)
		}
		n, _ := strconv.Atoi(field[0])
		yield(alertWord{n, field[1], field[2], field[3], field[4], field[5]})
	}
}

// alertRows are the alerts as errors that have a key, "alert/40".
func alertRows() []*row {
	var list []*row
	eachAlert(func(a alertWord) {
		r := &row{
			client: "tls", kind: "alert", code: strconv.Itoa(a.number), names: []string{codepoint.AlertName(a.number)},
			classes: classList(string(cmp.Or(codepoint.AlertClass(a.number), report.Other)) + " " + a.possible), server: classList(a.whenReceived),
			side: report.SideClient, basis: 'M', source: "measured with OpenSSL 3.0.19, Go 1.26.8, GnuTLS 3.7.9 and OpenJDK 17.0.15",
		}
		if a.openssl != "" {
			r.texts = []string{a.openssl}
		}
		list = append(list, r)
	})
	return list
}

// nameAlert enters an alert under the reason of OpenSSL for it, and under its name.
func (c *catalogue) nameAlert(r *row) {
	for _, text := range r.texts {
		c.reasons[reasonName(text)] = r
	}
	c.alerts[reasonName(r.names[0])] = r
}

// addAlerts enters the wordings of the stacks for an alert that they received.
func (c *catalogue) addAlerts() {
	eachAlert(func(a alertWord) {
		r := c.byKey["alert/"+strconv.Itoa(a.number)]
		for _, w := range alertWordings(r, a) {
			c.add(w.text, r).client = w.client
		}
	})
}

// A wording is a text in the words of one client.
type wording struct{ client, text string }

// alertWordings are the texts of all stacks for one alert.
func alertWordings(r *row, a alertWord) []wording {
	name := r.names[0]
	list := []wording{
		{"java", "Received fatal alert: " + name},
		{"rust", "received fatal alert: " + camel(name)},
		{"rust", "AlertReceived(" + camel(name) + ")"},
	}
	if a.openssl != "" {
		list = append(list, wording{"openssl", a.openssl})
	}
	if a.golang != "" {
		list = append(list, wording{"go", "remote error: tls: " + a.golang})
	}
	if a.gnu != "" {
		list = append(list, wording{"gnutls", "gnutls_handshake() failed: " + a.gnu}, wording{"gnutls", "GnuTLS, handshake failed: " + a.gnu},
			wording{"gnutls", "alert " + r.code + " " + a.gnu})
	}
	return list
}

// camel writes the name of an alert as rustls does: "HandshakeFailure".
func camel(name string) string {
	var out strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		out.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return strings.Replace(out.String(), "UnknownCa", "UnknownCA", 1)
}
