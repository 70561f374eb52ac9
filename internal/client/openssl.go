package client

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// nameOpenSSL enters a verdict of OpenSSL's verifier, or a reason of its error
// queue.
func (c *catalogue) nameOpenSSL(r *row) {
	if n, err := strconv.Atoi(r.code); err == nil && len(r.code) < 4 {
		c.verdicts[n] = r
		for _, text := range r.texts {
			c.verdictTexts[reasonName(text)] = r
		}
		return
	}
	for _, text := range r.texts {
		if name := reasonName(text); c.reasons[name] == nil {
			c.reasons[name] = r
		}
	}
}

// reasonName is a reason by its letters and digits alone, so that it does not
// matter how it is spelt: "wrong version number", "WRONG_VERSION_NUMBER".
func reasonName(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, text)
}

// libSSL is the number of the library that has the alerts.
const libSSL = 20

// splitCode takes a code of the error queue apart. OpenSSL 3 has the library in
// the top 9 bits and the reason in the low 23, of which those in use fit into 12,
// but for a flag on common ones; OpenSSL 1 and LibreSSL have 8 bits of library, 12
// of function and 12 of reason; BoringSSL has 8 and 12, and numbers of its own.
func splitCode(code uint32) (lib, reason int) {
	reason = int(code & 0xFFF)
	if code&0x7F000 == 0 && code>>23 > 0 && code>>24 != libSSL {
		return int(code >> 23), reason
	}
	return int(code >> 24), reason
}

// readQueueLine reads a line of OpenSSL's error queue behind "error:" and the
// code: library, function, reason, and what else stands there.
//
//	error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:...
func readQueueLine(f *finder, h *hit) bool {
	code, err := strconv.ParseUint(h.word, 16, 32)
	if err != nil || len(h.word) != 8 {
		return false
	}
	line := f.behind(h.end, 200)
	library, words, ok := bytes.Cut(line, []byte(":"))
	function, rest, named := bytes.Cut(words, []byte(":"))
	if !ok || len(library) == 0 {
		return false
	}
	if named {
		words = rest
	}
	r, used := f.reasonRow(uint32(code), words)
	if r == nil {
		return false
	}
	if named && isServerFunction(string(function)) {
		h.speaker = report.SideServer
	}
	h.row, h.client, h.code = r, "openssl", strings.ToUpper(h.word)
	h.end = f.place(h.end, len(line)-len(words)+used)
	return true
}

// reasonRow finds a reason by its text, which is the same in all versions and
// forks, else by its number. It tells how much of the text it used.
func (c *catalogue) reasonRow(code uint32, words []byte) (r *row, used int) {
	if r, used = longest(c.reasons, words); r != nil {
		if same := c.byKey[fmt.Sprintf("openssl/%08X", code)]; same != nil && same.texts[0] == r.texts[0] {
			r = same // libraries have texts in common
		}
		return r, used
	}
	lib, reason := splitCode(code)
	if lib == libSSL && reason >= 1000 {
		return c.byKey["alert/"+strconv.Itoa(reason-1000)], 0
	}
	return c.byKey[fmt.Sprintf("openssl/%08X", lib<<23|reason)], 0
}

// The shortest and the longest name of a reason or verdict, in letters and digits.
const (
	shortestReason = 5
	longestReason  = 80
)

// longest gives the row with the longest name that words begin with, and how much
// of them that is.
func longest(rows map[string]*row, words []byte) (r *row, used int) {
	var name [longestReason]byte
	var ends [longestReason]int
	n := 0
	for i := 0; i < len(words) && n < len(name); i++ {
		if c := plain[words[i]]; isDigit(c) || c >= 'a' && c <= 'z' {
			name[n], ends[n] = c, i+1
			n++
		}
	}
	for ; n >= shortestReason; n-- {
		if r := rows[string(name[:n])]; r != nil {
			return r, ends[n-1]
		}
	}
	return nil, 0
}

// place gives where the n-th byte of the squeezed form behind a place ends.
func (f *finder) place(from, n int) int {
	i, _ := slices.BinarySearch(f.at, int32(from))
	if n = min(i+n, len(f.at)); n <= i {
		return from
	}
	return f.endOf(n - 1)
}

// isServerFunction tells whether a function of OpenSSL runs in a server alone.
func isServerFunction(name string) bool {
	for _, part := range [...]string{"client_hello", "process_client_certificate", "get_client_certificate", "client_key_exchange", "ssl_accept", "server_process"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}

// readVerifyCode reads the number of a verdict, and its text, which decides where
// it is known.
func readVerifyCode(f *finder, h *hit) bool {
	n, err := strconv.Atoi(h.word)
	if err != nil || n == 0 {
		return false
	}
	r, used := f.verdictRow(n, f.behind(h.end, 120))
	if r == nil {
		return false
	}
	h.end = f.place(h.end, used)
	h.row, h.code, h.client = r, h.word, "openssl"
	h.depth, h.subject = depthBefore(f.data[:h.start], h.depth)
	return true
}

// verdictRow finds a verdict by the text that follows its number, else by the
// number. It tells how much of the text it used.
func (c *catalogue) verdictRow(n int, words []byte) (r *row, used int) {
	if r, used = longest(c.verdictTexts, words); r != nil {
		return r, used
	}
	return c.verdicts[n], 0
}

// lookBack is how far in front of a verdict its depth and subject may stand, in
// bytes.
const lookBack = 400

// depthBefore finds the depth and the subject that openssl printed in front of a
// verdict: "depth=1 C = DE, CN = ..." (s_client), or the subject alone on the line
// before (verify).
func depthBefore(data []byte, known int) (depth int, subject string) {
	data = data[max(0, len(data)-lookBack):]
	if i := bytes.LastIndex(data, []byte("depth=")); i >= 0 && known < 0 {
		digits, rest, _ := bytes.Cut(data[i+len("depth="):], []byte(" "))
		n, err := strconv.Atoi(string(digits))
		if err != nil {
			return -1, ""
		}
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		return n, clean(string(line), maxName)
	}
	data = data[:bytes.LastIndexByte(data, '\n')+1]
	line := bytes.TrimSpace(data)
	line = line[bytes.LastIndexByte(line, '\n')+1:]
	if bytes.Contains(line, []byte("CN")) && bytes.Contains(line, []byte("=")) {
		return known, clean(string(line), maxName)
	}
	return known, ""
}

// readReason reads the name of a reason: [SSL: WRONG_VERSION_NUMBER],
// ERR_SSL_WRONG_VERSION_NUMBER, OPENSSL_internal:WRONG_VERSION_NUMBER.
func readReason(f *finder, h *hit) bool {
	name := reasonName(h.word)
	r := f.reasons[name]
	for _, lib := range [...]string{"pem", "x509", "asn1", "evp", "rsa", "decoder", "pkcs12"} {
		if rest, ok := strings.CutPrefix(name, lib); ok && r == nil {
			r = f.reasons[rest] // ERR_OSSL_PEM_NO_START_LINE
		}
	}
	if r == nil || f.byKey["chrome/"+strings.ToUpper("err_ssl_"+h.word)] != nil {
		return false
	}
	h.row, h.code = r, strings.ToUpper(h.word)
	return true
}

// nodeRows are the verdicts of OpenSSL under the names that Node.js gives them.
func (c *catalogue) nodeRows() []*row {
	var list []*row
	for line := range strings.SplitSeq(strings.TrimSpace(nodeVerify), "\n") {
		code, classes, _ := strings.Cut(line, " ")
		r := *c.byKey["openssl/X509_V_ERR_"+code]
		r.client, r.kind, r.code, r.names, r.role, r.source = "node", "node", code, nil, 'd', "measured with Node.js 20.20.2"
		if classes != "" {
			r.classes, r.open = classList(classes), ""
		}
		r.texts = nil
		c.byKey["node/"+code] = &r
		list = append(list, &r)
	}
	return list
}

// Verify gives the failures that a verdict of OpenSSL's verifier stands for, most
// likely first: the number of an X509_V_ERR constant, its text, either of which
// may be missing (0, ""), and the depth of the certificate, -1 when unknown. It
// gives none for 0 without a text, and "other" for a verdict that it does not
// know.
func Verify(code int, text string, depth int) []report.Class {
	text = strings.TrimSpace(text)
	if code == 0 && (text == "" || strings.EqualFold(text, "ok")) {
		return nil
	}
	r, used := load().verdictRow(code, []byte(text))
	if r == nil {
		return []report.Class{report.Other}
	}
	if used == 0 {
		if classes, verdict := Line(text); verdict > 0 {
			return atDepth(classes, r.code, depth) // the words of a library that has no numbers
		}
	}
	return atDepth(r.classes, r.code, depth)
}

// atDepth narrows down what a verdict stands for by the depth of its certificate.
func atDepth(classes []report.Class, code string, depth int) []report.Class {
	switch {
	case depth < 0:
	case code == "20" && depth > 0:
		return classList("unknown_root missing_intermediate interception")
	case code == "10" && depth == 0:
		return classList("expired clock_skew")
	case code == "10":
		return classList("expired_intermediate expired_root clock_skew")
	}
	return classes
}
