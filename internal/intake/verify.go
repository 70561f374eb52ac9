package intake

import (
	"bytes"
	"strings"

	"certlens/internal/report"
)

// openssl verify. The subject of the certificate stands on the line before the
// error, or, before OpenSSL 1.1, behind the name of the file.

var verifyTool = tool{name: "verify", gap: 3, other: verifyGood, rules: []toolRule{
	{prefix: "error ", contains: " depth lookup:", opens: true, proof: true, take: verifyLine},
	{prefix: "error ", contains: ": verification failed", ends: true},
	{prefix: "$ openssl verify", opens: true, proof: true, anew: true},
	{prefix: "openssl verify ", opens: true, proof: true, anew: true},
	{prefix: "# openssl verify", opens: true, proof: true, anew: true},
}}

// verifyLine reads "20 at 0 depth lookup: unable to get local issuer certificate".
func verifyLine(r *toolRun, rest string) {
	code := number([]byte(rest))
	_, after, _ := strings.Cut(rest, " at ")
	_, text, _ := strings.Cut(rest, "lookup:")
	if code < 0 {
		return
	}
	text = redact(strings.TrimSpace(text))
	keepTool(r, &r.tr.VerifyErrors, report.VerifyError{
		Code: code, Depth: number([]byte(after)), Text: text, Subject: r.subjectBefore(), Line: r.lineNumber(),
	})
	r.tr.VerifyCode, r.tr.VerifyText = code, text
}

// subjectBefore is the name on the line before the one at hand.
func (r *toolRun) subjectBefore() string {
	line, start := lineBefore(r.t.data, max(r.t.start, r.line-maxToolLine), r.line)
	text := []byte(undecorated(line))
	if _, name, ok := bytes.Cut(text, []byte(": ")); ok && !isName(text) {
		text = name
	}
	if !isName(text) {
		return ""
	}
	if len(r.tr.VerifyErrors) == 0 {
		r.start = min(r.start, start)
	}
	return redact(string(text))
}

// verifyGood reads a good result, which is no more than "leaf.pem: OK".
func verifyGood(r *toolRun, text string) bool {
	if !strings.HasSuffix(text, ": OK") {
		return false
	}
	if len(r.tr.VerifyErrors) == 0 {
		r.tr.VerifyCode, r.tr.VerifyText = 0, "ok"
	}
	r.ended = true
	return true
}
