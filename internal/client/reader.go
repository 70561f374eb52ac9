package client

import (
	"strconv"
	"strings"

	"certlens/internal/report"
)

// addReaders enters the texts whose meaning stands in a number or a name in them.
func (c *catalogue) addReaders() {
	for _, s := range [...]struct {
		texts string
		read  func(*finder, *hit) bool
	}{
		{"error:{hex}:", readQueueLine},
		{"error {n} at {depth} depth lookup / verify error:num={n} / Verify return code: {n} / SSL certificate verify error: ({n}: / Certificate Verification: Error ({n}):", readVerifyCode},
		{"curl: ({n}) / cURL error {n}: / curl error {n}: / libcurl error {n} / pycurl.error: ({n}, / curl error ({n}): / curl#{n} -", readCurlExit},
		{"[SSL: {word}] / [X509: {word}] / [PEM: {word}] / [ASN1: {word}]", readPython},
		{"ERR_SSL_{word} / ERR_OSSL_{word}", readNode},
		{"OPENSSL_internal:{word} / (OS Error: {word}", readBoring},
		{"SSL alert number {n} / Received alert [{n}] / fatal alert code is {n} / protocol defined fatal error code is {n} / protocol defined fatal alert code is {n} / alert number {n} / (TLS alert {n}) / Schannel alert {n} / Alert Code {n}", readAlertNumber},
		{"(IN), TLS alert, {any} ({n})", readCurlAlert},
		{"alert read:fatal:{rest} / SSL alert (read): fatal: {rest} / Level: Fatal, Description: {rest} / handshake alert: {rest} / remote party sent a TLS alert: '{rest}", readAlertName},
		{"0x80{hex} / 800b01{hex} / 800903{hex} / 800920{hex} / 800960{hex}", readHResult},
		{"-2146{n}", readDecimal},
		{"GnuTLS error {sn} / gnutls error {sn}: / GnuTLS recv error ({sn})", readKey("gnutls")},
		{"net_error {sn} / net error code: {sn} / net::error {sn}", readKey("chrome")},
		{"NSS error {sn}", readKey("firefox")},
		{"NSURLErrorDomain Code={sn} / NSURLErrorDomain error {sn} / NSURLErrorDomain, code: {sn} / NSURLErrorDomain code {sn} / OSStatus error {sn} / OSStatus {sn} / kCFStreamErrorCodeKey={sn} / _kCFStreamErrorCodeKey={sn} / kCFStreamErrorDomainSSL, {sn} / SSLHandshake failed ({sn} / SecTrust verification failed: error {sn} / OSStatus: {sn}", readKey("apple")},
		{"-980{n} / -981{n} / -982{n} / -983{n} / -984{n} / -985{n} / -986{n} / -988{n}", readApple},
	} {
		for text := range strings.SplitSeq(s.texts, " / ") {
			c.add(text, &row{side: report.SideClient}).read = s.read
		}
	}
}

// readCurlExit reads an exit code of curl.
func readCurlExit(f *finder, h *hit) bool {
	r := f.byKey["curl/"+h.word]
	if r == nil {
		return false
	}
	h.row = r
	return true
}

// readPython reads the name of a reason in brackets. A failed verification is
// explained by what follows.
func readPython(f *finder, h *hit) bool {
	if h.word == "certificate_verify_failed" || !readReason(f, h) {
		return false
	}
	h.client = "python"
	return true
}

func readNode(f *finder, h *hit) bool {
	if !readReason(f, h) {
		return false
	}
	h.client = "node"
	return true
}

func readBoring(f *finder, h *hit) bool {
	if !readReason(f, h) {
		return false
	}
	h.client, h.code = "boringssl", ""
	return true
}

// readAlertNumber reads the number of an alert.
func readAlertNumber(f *finder, h *hit) bool {
	r := f.byKey["alert/"+h.word]
	if r == nil {
		return false
	}
	h.row = r
	return true
}

// readAlertName reads the name of an alert, in any spelling: "unknown CA",
// "Handshake Failure (40)".
func readAlertName(f *finder, h *hit) bool {
	r, _ := longest(f.alerts, []byte(h.word))
	if r == nil {
		return false
	}
	h.row = r
	return true
}

// readCurlAlert reads the number in curl -v's "TLS alert, handshake failure
// (552)", whose high byte is the level: a close_notify is a warning, and says
// nothing.
func readCurlAlert(f *finder, h *hit) bool {
	n, err := strconv.Atoi(h.word)
	if err != nil || n>>8 != 2 {
		return false
	}
	h.word = strconv.Itoa(n & 0xFF)
	return readAlertNumber(f, h)
}

// readHResult reads a code of Windows in hexadecimal.
func readHResult(f *finder, h *hit) bool {
	text := strings.ToLower(clean(string(f.data[h.start:h.end]), maxName))
	code, err := strconv.ParseUint(strings.TrimPrefix(text, "0x"), 16, 32)
	return err == nil && readWindows(f, h, uint32(code))
}

// readDecimal reads a code of Windows as a signed number.
func readDecimal(f *finder, h *hit) bool {
	n, err := strconv.ParseInt("-2146"+h.word, 10, 32)
	return err == nil && readWindows(f, h, uint32(n))
}

func readWindows(f *finder, h *hit, code uint32) bool {
	r := f.byKey["windows/0x"+strings.ToUpper(strconv.FormatUint(uint64(code), 16))]
	if r == nil {
		return false
	}
	h.row = r
	return true
}

// readKey looks a number up among the codes of one kind.
func readKey(kind string) func(*finder, *hit) bool {
	return func(f *finder, h *hit) bool {
		r := f.byKey[kind+"/"+h.word]
		if r == nil {
			return false
		}
		h.row = r
		return true
	}
}

// nearApple is how far from a bare number of Secure Transport a word must stand
// that makes it one, in bytes.
const nearApple = 160

// readApple reads a bare number of Secure Transport: alone, or near a word that
// has to do with it.
func readApple(f *finder, h *hit) bool {
	h.word = clean(string(f.data[h.start:h.end]), maxName)
	if !readKey("apple")(f, h) {
		return false
	}
	if len(f.data) <= nearApple {
		return true
	}
	near := strings.ToLower(string(f.data[max(0, h.start-nearApple):min(len(f.data), h.end+nearApple)]))
	for _, word := range [...]string{"ssl", "tls", "osstatus", "cfnetwork", "handshake", "cfstream", "securetransport", "nsurl"} {
		if strings.Contains(near, word) {
			return true
		}
	}
	return false
}
