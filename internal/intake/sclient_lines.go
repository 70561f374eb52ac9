package intake

import (
	"bytes"
	"net/netip"
	"strconv"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// What the rules do with their lines. In each, l.text is what follows the prefix.

func enter(s section) func(*run, line) { return func(r *run, _ line) { r.section = s } }

// stop takes the line with which the tool ends.
func stop(r *run, _ line) { r.ended, r.done = true, true }

// first gives a rule that keeps the first value seen.
func first(field func(*run) *string) func(*run, line) {
	return func(r *run, l line) {
		if p := field(r); *p == "" {
			*p = token(string(l.text))
		}
	}
}

func (r *run) connecting(l line) {
	r.marks.v3 = true
	r.tr.Address = string(l.text) // the last one: it tries several in turn
}

func (r *run) connected(line) { r.tr.Connected = true }

// depthLine reads "depth=1 C = US, CN = Example".
func (r *run) depthLine(l line) {
	depth := number(l.text)
	_, subject, _ := bytes.Cut(l.text, []byte(" "))
	r.depth, r.subject, r.sawDepth = depth, redact(string(subject)), true
	r.marks.name(r.subject)
}

// verifyError reads "verify error:num=20:unable to get local issuer certificate".
func (r *run) verifyError(l line) {
	_, text, _ := bytes.Cut(l.text, []byte(":"))
	code := number(l.text)
	if code < 0 {
		return
	}
	r.sawDepth = true
	keep(r, &r.tr.VerifyErrors, report.VerifyError{
		Code: code, Depth: r.depth, Subject: r.subject, Text: redact(string(text)), Line: r.lineOf(l),
	})
}

func (r *run) lineOf(l line) int {
	n, _ := r.t.position(l.start)
	return n
}

// chainSubject reads "0 s:CN = www.example.com".
func (r *run) chainSubject(l line) {
	r.section, r.stage = sectionChain, max(r.stage, stageChain)
	_, name, _ := bytes.Cut(l.text, []byte(" s:"))
	c := report.TranscriptCertificate{Depth: number(l.text), Subject: redact(string(name))}
	r.marks.name(c.Subject)
	keep(r, &r.tr.Chain, c)
}

func (r *run) chainIssuer(l line) {
	if n := len(r.tr.Chain); r.section == sectionChain && n > 0 && r.tr.Chain[n-1].Issuer == "" {
		r.tr.Chain[n-1].Issuer = redact(string(l.text))
	}
}

// serverSubject and serverIssuer complete a chain of which only the server's
// certificate was pasted.
func (r *run) serverSubject(l line) {
	if c := r.leaf(); c != nil && c.Subject == "" {
		c.Subject = redact(string(l.text))
	}
}

func (r *run) serverIssuer(l line) {
	if c := r.leaf(); c != nil && c.Issuer == "" {
		c.Issuer = redact(string(l.text))
	}
}

func (r *run) leaf() *report.TranscriptCertificate {
	if r.section != sectionServer || len(r.tr.Chain) == 0 {
		return nil
	}
	return &r.tr.Chain[0]
}

func (r *run) noPeer(line) { r.tr.NoPeerCertificate, r.section = true, sectionNone }

// certificateTypes reads "RSA sign, ECDSA sign", which stands below the CA names.
func (r *run) certificateTypes(l line) {
	r.section, r.tr.ClientCertRequested = sectionNone, true
	r.tr.ClientCertTypes = r.list(l, ",")
}

// signatureAlgorithms reads "ECDSA+SHA256:ed25519".
func (r *run) signatureAlgorithms(l line) {
	r.section, r.tr.ClientCertRequested = sectionNone, true
	r.tr.ClientSignatureAlgorithms = r.list(l, ":")
}

// list splits a line.
func (r *run) list(l line, separator string) []string {
	var list []string
	for part := range strings.SplitSeq(string(l.text), separator) {
		keep(r, &list, redact(part))
	}
	return list
}

// caName takes a line under "Acceptable client certificate CA names".
func (r *run) caName(l line) bool {
	if !isName(l.text) {
		return false
	}
	keep(r, &r.tr.ClientCANames, redact(string(l.text)))
	return true
}

// group reads "X25519, 253 bits". LibreSSL and OpenSSL 1.0 write "ECDH, " first.
func (r *run) group(l line) {
	if r.tr.Group == "" && !bytes.Contains(l.text, []byte("<NULL>")) {
		r.tr.Group = redact(string(bytes.TrimPrefix(l.text, []byte("ECDH, "))))
	}
}

func (r *run) negotiatedGroup(l line) {
	r.marks.v3 = true
	r.group(l)
}

func (r *run) verification(l line) {
	r.marks.verification = true
	if r.tr.VerifyText == "" && !r.ended {
		r.tr.VerifyText = redact(string(l.text))
	}
}

// verifyCode reads "21 (unable to verify the first certificate)". It comes again
// with every session ticket; the last one counts.
func (r *run) verifyCode(l line) {
	code := number(l.text)
	if code < 0 {
		return
	}
	_, text, _ := bytes.Cut(l.text, []byte("("))
	r.tr.VerifyCode, r.tr.VerifyText = code, redact(string(bytes.TrimSuffix(text, []byte(")"))))
	r.ended = true
}

// peerName is the name for which -verify_hostname was satisfied.
func (r *run) peerName(l line) {
	if name := hostName(string(l.text)); name != "" && r.peer == "" {
		r.peer = name
	}
}

// briefSubject is how -brief lists the server's certificate.
func (r *run) briefSubject(l line) {
	if len(r.tr.Chain) == 0 {
		r.tr.Chain = []report.TranscriptCertificate{{Subject: redact(string(l.text))}}
		r.marks.name(r.tr.Chain[0].Subject)
	}
}

// newLine reads "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384". For older
// protocols the version is that of the cipher, not of the connection.
func (r *run) newLine(l line) {
	version, cipher, _ := strings.Cut(string(l.text), ", Cipher is ")
	if r.newCipher == "" {
		r.newVersion, r.newCipher = token(version), token(cipher)
		r.noCipher = strings.Contains(cipher, "(NONE)")
	}
}

func (r *run) keyBits(l line) {
	if n := number(l.text); n > 0 && r.tr.ServerKeyBits == 0 {
		r.tr.ServerKeyBits = n
	}
}

// ocspRule takes the lines of "=" around a printed OCSP response.
func (r *run) ocspRule(line) {
	switch {
	case r.section == sectionOCSP:
		r.section = sectionNone
	case r.tr.OCSPStaple == "sent":
		r.section = sectionOCSP
	}
}

// stateAlert reads the line of -state: "read:fatal:handshake failure".
func (r *run) stateAlert(l line) {
	part := strings.Split(string(l.text[:min(len(l.text), MaxText)]), ":")
	if len(part) == 3 {
		r.alert(codepoint.AlertNumber(part[2]), part[0] == "write", l)
	}
}

// messageAlert reads the line of -msg: "TLS 1.2, Alert [length 0002], fatal
// handshake_failure".
func messageAlert(sent bool) func(*run, line) {
	return func(r *run, l line) {
		if _, rest, ok := bytes.Cut(l.text, []byte("], fatal ")); ok && len(rest) < maxLabel {
			r.alert(codepoint.AlertNumber(string(rest)), sent, l)
		}
	}
}

// alert adds an alert once; what several lines say about it counts once.
func (r *run) alert(number int, sent bool, l line) {
	if number < 0 || number > 255 {
		return
	}
	for _, a := range r.tr.Alerts {
		if a.Number == number && a.Sent == sent {
			return
		}
	}
	keep(r, &r.tr.Alerts, report.Alert{Number: number, Name: codepoint.AlertName(number), Sent: sent, Line: r.lineOf(l)})
}

// hostName gives s when it is a host name or an address, else "". A wildcard is
// none.
func hostName(s string) string {
	if _, err := netip.ParseAddr(s); err == nil {
		return s
	}
	if s == "" || len(s) > 253 {
		return ""
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '.' || c == '_' || c >= 0x80 {
			continue
		}
		return ""
	}
	return redact(s)
}

// portNumber gives 0 when s is no port.
func portNumber(s string) int {
	if n, err := strconv.ParseUint(s, 10, 16); err == nil {
		return int(n)
	}
	return 0
}
