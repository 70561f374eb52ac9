package intake

import (
	"bytes"
	"fmt"
	"strings"
)

// flavourMarks are the signs by which the writers of a transcript differ.
type flavourMarks struct {
	v3           bool // lines or error codes of OpenSSL 3
	v1           bool // error codes of OpenSSL 1.1
	v10          bool // error lines of OpenSSL 1.0
	libre        bool // error lines of LibreSSL
	verification bool // "Verification: OK", since OpenSSL 1.1.0
	sigType      bool // "Peer signature type:", since OpenSSL 1.1.1
	tickets      bool // "Post-Handshake New Session Ticket", since OpenSSL 1.1.1
	pskLines     bool // "Key-Arg", "PSK identity", "Krb5 Principal": never LibreSSL
	sessionEnd   bool // the session block is there to its end
	slashNames   bool // names as "/C=US/CN=Example": OpenSSL before 1.1.1, LibreSSL
	spacedNames  bool // names as "C = US, CN = Example": OpenSSL 1.1.1 to 3.1
}

// name looks at the spelling of a distinguished name.
func (m *flavourMarks) name(s string) {
	m.slashNames = m.slashNames || strings.HasPrefix(s, "/") && strings.Contains(s, "=")
	m.spacedNames = m.spacedNames || strings.Contains(s, " = ")
}

// errorLine looks at a line of the error queue and its fields.
func (m *flavourMarks) errorLine(text, fields []byte) {
	has := func(s string) bool { return bytes.Contains(text, []byte(s)) }
	switch {
	case has("libressl"), has("LibreSSL"), has("CONNECT_CR_"), has(":ST_CONNECT"), has(":tls13_"):
		m.libre = true
	case bytes.HasPrefix(fields, []byte("0A0")), bytes.HasPrefix(fields, []byte("8000")), bytes.HasPrefix(fields, []byte("1000")):
		m.v3 = true
	case has("SSL23_"), has("SSL3_"), has(":s3_pkt.c"), has(":s23_clnt.c"):
		m.v10 = true
	case bytes.HasPrefix(fields, []byte("14")):
		m.v1 = true
	}
}

// flavour tells what wrote the transcript; "" when the marks leave it open.
func (r *run) flavour() string {
	m := r.marks
	switch {
	case m.libre, strings.HasPrefix(r.tr.Cipher, "AEAD-"):
		return "LibreSSL"
	case m.v3:
		return "OpenSSL 3"
	case m.slashNames && m.verification:
		return "OpenSSL 1.1.0"
	case m.v10, m.slashNames && m.pskLines:
		return "OpenSSL 1.0.2"
	case m.slashNames && m.sessionEnd:
		return "LibreSSL"
	case m.v1, m.spacedNames && !m.slashNames && len(r.tr.Chain) > 0 && !r.brief, m.tickets:
		return "OpenSSL 1.1.1"
	}
	return ""
}

// settle decides what several lines said differently, once all are read.
func (r *run) settle() {
	tr := &r.tr
	tr.Protocol, tr.Cipher = r.negotiated()
	if tr.Host == "" {
		tr.Host = r.peer
	}
	tr.Flavour = r.flavour()
	tr.Contradictions = contradictions(r)
}

// negotiated gives protocol and cipher. A failed run prints the version that it
// would have liked, next to no cipher; that is not a protocol in use.
func (r *run) negotiated() (protocol, cipher string) {
	cipher = r.cipher
	if cipher == "" || cipher == "0000" {
		cipher = r.newCipher
	}
	if r.noCipher || cipher == "0000" {
		return "", ""
	}
	protocol = r.session
	if protocol == "" {
		protocol = r.plain
	}
	if protocol == "" && r.newVersion == "TLSv1.3" {
		protocol = r.newVersion
	}
	return protocol, cipher
}

// contradictions are statements of a run that mislead when read alone.
func contradictions(r *run) []string {
	var list []string
	tr := &r.tr
	if tr.VerifyCode == 0 && tr.NoPeerCertificate {
		list = append(list, "It says \"Verify return code: 0 (ok)\", but no certificate was received, so none was verified.")
	}
	if n := len(tr.VerifyErrors); tr.VerifyCode == 0 && n > 0 {
		e := tr.VerifyErrors[n-1]
		list = append(list, fmt.Sprintf("It says \"Verify return code: 0 (ok)\", but printed verify error %d (%s) before.", e.Code, e.Text))
	}
	return list
}
