package sclient

import (
	"certlens/internal/report"
	"encoding/base64"
	"encoding/pem"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// names are what s_client prints, in our words.
var names = []string{
	"protocol", "cipher", "group", "signature", "ALPN", "certificates", "staple", "renegotiation",
	"extended master secret", "ticket", "session id", "extensions", "client CA names", "client certificate types",
	"client schemes", "alert",
}

// factsIn are those of a Handshake, in s_client's words.
func factsIn(h *report.Handshake) map[string]string {
	f := map[string]string{
		"protocol": h.Protocol, "ALPN": h.ALPN, "certificates": strings.Join(h.Certificates, " "),
		"staple": h.Staple, "renegotiation": yes(h.SecureRenegotiation), "extended master secret": yes(h.ExtendedMasterSecret),
		"ticket": yes(h.Ticket), "session id": yes(h.SessionID),
	}
	if h.Suite != nil {
		f["cipher"] = h.Suite.OpenSSL
	}
	if h.Group != nil {
		f["group"] = groupsOfOpenSSL[h.Group.Name]
	}
	if h.DHBits > 0 {
		f["group"] = "DH, " + strconv.Itoa(h.DHBits) + " bits"
	}
	if h.SignatureScheme != nil {
		f["signature"] = schemeOfOpenSSL(h.SignatureScheme.Name)
	}
	f["extensions"] = numbers(h.Extensions)
	if r := h.ClientCertificate; r != nil {
		var schemes []string
		for _, s := range r.SignatureAlgorithms {
			schemes = append(schemes, schemeOfOpenSSL(s.Name))
		}
		f["client schemes"] = strings.Join(schemes, ":")
		f["client CA names"] = strings.Join(r.Authorities, "\n")
		f["client certificate types"] = strings.ReplaceAll(strings.Join(r.Types, ", "), "_", " ")
	}
	for _, a := range h.Alerts {
		if !a.Sent && a.Number != 0 {
			f["alert"] = strconv.Itoa(a.Number)
		}
	}
	return f
}

func yes(b *bool) string {
	if b == nil {
		return "unknown"
	}
	return map[bool]string{true: "yes", false: "no"}[*b]
}

func numbers(ids []uint16) string {
	text := make([]string, len(ids))
	for i, id := range ids {
		text[i] = strconv.Itoa(int(id))
	}
	return strings.Join(text, " ")
}

var groupsOfOpenSSL = map[string]string{
	"x25519": "X25519, 253 bits", "x448": "X448, 448 bits", "ffdhe2048": "DH, 2048 bits",
	"secp256r1": "ECDH, prime256v1, 256 bits", "secp384r1": "ECDH, secp384r1, 384 bits",
	"secp521r1": "ECDH, secp521r1, 521 bits", "sect571r1": "ECDH, sect571r1, 570 bits",
}

// schemeOfOpenSSL spells a signature scheme as in "RSA-PSS+SHA256".
func schemeOfOpenSSL(name string) string {
	parts := strings.Split(name, "_")
	hash := strings.ToUpper(parts[len(parts)-1])
	switch {
	case name == "ed25519" || name == "ed448" || strings.HasPrefix(name, "rsa_pss_pss"):
		return name
	case strings.HasPrefix(name, "rsa_pss"):
		return "RSA-PSS+" + hash
	case hash == "LEGACY":
		return name
	}
	return strings.ToUpper(parts[0]) + "+" + hash
}

// factsOf reads what s_client printed.
func factsOf(out string) map[string]string {
	f := map[string]string{}
	first := func(name, pattern string) {
		if m := regexp.MustCompile(pattern).FindStringSubmatch(out); m != nil {
			f[name] = m[len(m)-1]
		}
	}
	first("alert", `SSL alert number (\d+)`)
	first("cipher", `Cipher is (\S+)`)
	if f["cipher"] == "(NONE)" {
		return map[string]string{"alert": f["alert"]}
	}
	first("protocol", `New, (TLSv1.3)`)
	first("protocol", `Protocol *: (\S+)`)
	first("group", `Server Temp Key: (.*)`)
	first("ALPN", `ALPN protocol: (\S+)`)
	if strings.Contains(out, "No ALPN negotiated") {
		f["ALPN"] = ""
	}
	tls12, tls13 := f["protocol"] == "TLSv1.2", f["protocol"] == "TLSv1.3"
	if kind := regexp.MustCompile(`Peer signature type: (\S+)`).FindStringSubmatch(out); kind != nil && (tls12 || tls13) {
		f["signature"] = kind[1]
		if digest := regexp.MustCompile(`Peer signing digest: (\S+)`).FindStringSubmatch(out); digest != nil {
			f["signature"] += "+" + digest[1]
		}
	}
	f["certificates"] = strings.Join(pemBlocks(out), " ")
	if strings.Contains(out, "OCSP response: no response sent") {
		f["staple"] = ""
	}
	f["renegotiation"], f["extended master secret"] = "unknown", "unknown"
	f["ticket"] = map[bool]string{true: "yes", false: "no"}[strings.Contains(out, "TLS session ticket:")]
	if !tls13 {
		f["renegotiation"] = map[bool]string{true: "yes", false: "no"}[strings.Contains(out, "Secure Renegotiation IS supported")]
		first("extended master secret", `Extended master secret: (\S+)`)
		if f["ticket"] == "no" { // with a ticket, s_client makes a session id of its own
			f["session id"] = map[bool]string{true: "yes", false: "no"}[regexp.MustCompile(`Session-ID: [0-9A-F]+`).MatchString(out)]
		}
	}
	f["extensions"] = extensionsOf(out, tls13)
	first("client certificate types", `Client Certificate Types: (.*)`)
	f["client certificate types"] = strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(f["client certificate types"]), "dsa sign", "dss sign"), "ecdss", "ecdsa")
	first("client schemes", `Requested Signature Algorithms: (.*)`)
	if _, list, ok := strings.Cut(out, "Acceptable client certificate CA names\n"); ok {
		list, _, _ = strings.Cut(list, "\nClient Certificate Types")
		list, _, _ = strings.Cut(list, "\nRequested Signature")
		f["client CA names"] = reversed(list)
	}
	return f
}

// reversed turns OpenSSL's spelling of names into that of RFC 4514.
func reversed(list string) string {
	var names []string
	for line := range strings.Lines(list) {
		parts := strings.Split(strings.TrimSpace(line), ", ")
		slices.Reverse(parts)
		names = append(names, strings.ReplaceAll(strings.Join(parts, ","), " = ", "="))
	}
	return strings.Join(names, "\n")
}

// extensionsOf are those of the server that s_client lists, but not those of a
// HelloRetryRequest, nor what only s_client asked for (22, encrypt_then_mac), nor
// in TLS 1.3 those of a certificate and a request for one.
func extensionsOf(out string, tls13 bool) string {
	var ids []string
	for _, m := range regexp.MustCompile(`TLS server extension .* \(id=(\d+)\)`).FindAllStringSubmatch(out, -1) {
		if m[1] != "22" && !(tls13 && slices.Contains([]string{"5", "13", "18", "47"}, m[1])) {
			ids = append(ids, m[1])
		}
	}
	list := strings.Join(ids, " ")
	for _, once := range []string{"43 51", "51 43"} {
		list = strings.Replace(list, once+" "+once, once, 1)
	}
	return list
}

func pemBlocks(out string) []string {
	var blocks []string
	for rest := []byte(out); ; {
		var b *pem.Block
		if b, rest = pem.Decode(rest); b == nil {
			return blocks
		}
		if b.Type == "CERTIFICATE" {
			blocks = append(blocks, base64.StdEncoding.EncodeToString(b.Bytes))
		}
	}
}

// skipped tells that a fact can't be compared, for a reason.
func skipped(name, fact string, h *report.Handshake) bool {
	partial := strings.HasSuffix(name, "not computed") || strings.HasSuffix(name, "not opened")
	switch {
	case partial: // the server's choice was read, and nothing that is sealed
		return !slices.Contains([]string{"protocol", "cipher", "group"}, fact)
	case fact == "alert": // s_client went further
		return h.Failure == nil
	case fact == "ticket": // comes after the first flight, or never
		return h.Ticket == nil || h.Failure != nil
	}
	return false
}
