package intake

import (
	"bytes"
	"encoding/hex"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// isErrorLine tells whether a line is one of OpenSSL's error queue: a thread id,
// "error:", a code in hexadecimal, library, function, reason, file, line, data.
//
//	4057060C287F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert ...
func isErrorLine(_ *run, text []byte) bool {
	_, ok := errorFields(text)
	return ok
}

// errorFields gives what follows "error:".
func errorFields(text []byte) ([]byte, bool) {
	if i := bytes.IndexByte(text[:min(len(text), 24)], ':'); i > 0 && isAllHex(text[:i]) {
		text = text[i+1:]
	}
	rest, ok := bytes.CutPrefix(text, []byte("error:"))
	return rest, ok && len(rest) > 8 && isAllHex(rest[:8]) && rest[8] == ':'
}

func isAllHex(b []byte) bool {
	for _, c := range b {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return len(b) > 0
}

// errorID gives the thread id in front of an error line; "" when there is none.
func errorID(text []byte) string {
	id, _, ok := bytes.Cut(text[:min(len(text), 24)], []byte(":error:"))
	if !ok {
		return ""
	}
	return string(id)
}

// queueError takes a line of the error queue.
func (r *run) queueError(l line) {
	fields, _ := errorFields(l.text)
	if len(r.tr.Errors) >= MaxTranscriptItems {
		r.cut, r.errorID = true, errorID(l.text)
		return // what no list takes any more is not worth its time
	}
	r.marks.errorLine(l.text, fields)
	r.errorID = errorID(l.text)
	if n := receivedAlert(fields); n >= 0 {
		r.alert(n, false, l)
		r.addError(l, codepoint.AlertClass(n))
		return
	}
	r.errorText(l)
}

// receivedAlert gives the number of the alert that an error line is about; -1
// when it is about none. The line says so at its end. Without that, the reason
// tells: in the SSL library, 1000 and above is the alert's number plus 1000.
func receivedAlert(fields []byte) int {
	if _, after, ok := bytes.Cut(fields, []byte("SSL alert number ")); ok {
		return number(after)
	}
	if !bytes.Contains(fields[:min(len(fields), 40)], []byte(":SSL routines:")) {
		return -1
	}
	code, err := hex.DecodeString(string(fields[:8]))
	if err != nil {
		return -1
	}
	// The reason has 12 bits in OpenSSL 1 and LibreSSL, 23 in OpenSSL 3, where
	// the ones in use fit into 12 as well.
	if reason := int(code[2]&0x0F)<<8 | int(code[3]); reason >= 1000 && reason < 1256 {
		return reason - 1000
	}
	return -1
}

// errorText takes another error line, whole.
func (r *run) errorText(l line) {
	if len(r.tr.Errors) >= MaxTranscriptItems {
		r.cut = true
		return
	}
	class, _ := said(string(l.text))
	r.addError(l, class)
}

// fileError takes a line about a file or an option, after which openssl ends.
func (r *run) fileError(l line) {
	r.strong = r.strong || bytes.Contains(l.text, []byte("client certificate"))
	r.stuck = true
	r.errorText(l)
}

// errno takes "connect:errno=111" and its like, whole.
func (r *run) errno(l line) {
	_, n, _ := bytes.Cut(l.text, []byte("="))
	code := number(n)
	class, _ := said(string(l.text))
	if code == 0 && !bytes.HasPrefix(l.text, []byte("connect")) {
		class = report.Closed // the other side ended the connection in good order
	}
	r.addError(l, class)
	if bytes.HasPrefix(l.text, []byte("connect")) {
		stop(r, l)
	}
}

// addError adds an error line as printed, without what may be secret.
func (r *run) addError(l line, class report.Class) {
	if r.stage == stageCommand {
		r.strong = true
	}
	r.stuck = r.stuck || class == report.CAFileUnreadable || class == report.ClientCertUnreadable
	keep(r, &r.tr.Errors, report.ErrorLine{
		Text: redact(strings.TrimSpace(string(l.text))), Class: class, Line: r.lineOf(l),
	})
}

// fileErrors start lines in which openssl speaks of its own files and options.
var fileErrors = []string{
	"Could not open file or uri for loading ", "Could not read ", "Could not find ", "Could not load ",
	"Can't open ", "unable to load ", "Unable to load ", "error setting ", "Error setting ", "Error loading ",
	"Error getting ", "Call to SSL_CONF_cmd(", "Error with command: ", "s_client: ", "Cannot supply ",
}

// connectErrors start lines about a connection that was not made.
var connectErrors = []string{
	"getaddrinfo: ", "gethostbyname failure", "getservbyname failure", "no port defined", "no host defined",
	"connect: ", "socket: ",
}
