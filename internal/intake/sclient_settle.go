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

// errorMarks say who writes which error lines: by words in them, and by how the
// code begins. OpenSSL 3 shifts the library by 23 bits, its predecessors by 24.
var errorMarks = []struct {
	mark  func(*flavourMarks) *bool
	words []string
	codes []string
}{
	{func(m *flavourMarks) *bool { return &m.libre }, []string{"libressl", "LibreSSL", "CONNECT_CR_", ":ST_CONNECT", ":tls13_"}, nil},
	{func(m *flavourMarks) *bool { return &m.v10 }, []string{"SSL23_", "SSL3_", ":s3_pkt.c", ":s23_clnt.c"}, nil},
	{func(m *flavourMarks) *bool { return &m.v3 }, nil, []string{"0A00", "8000", "1000", "1008", "1600", "1608", "0580", "0588", "0480"}},
	{func(m *flavourMarks) *bool { return &m.v1 }, []string{"/b_sock2.c", "/b_addr.c"}, []string{"14"}},
}

// errorLine looks at a line of the error queue and its fields.
func (m *flavourMarks) errorLine(text, fields []byte) {
	for _, e := range errorMarks {
		hit := false
		for _, w := range e.words {
			hit = hit || bytes.Contains(text, []byte(w))
		}
		for _, c := range e.codes {
			hit = hit || bytes.HasPrefix(fields, []byte(c))
		}
		if hit {
			*e.mark(m) = true
			return
		}
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
	case m.v1, m.spacedNames && !m.slashNames && len(r.tr.Chain) > 0 && !r.brief:
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
	// A paste may lack the line that says so.
	tr.Connected = tr.Connected || len(tr.Chain) > 0 || tr.NoPeerCertificate || tr.Protocol != ""
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
		list = append(list, "The output says \"Verify return code: 0 (ok)\", but no certificate was received, so none was verified.")
	}
	if n := len(tr.VerifyErrors); tr.VerifyCode == 0 && n > 0 {
		e := tr.VerifyErrors[n-1]
		list = append(list, fmt.Sprintf("The output says \"Verify return code: 0 (ok)\", but printed verify error %d (%s) before.", e.Code, e.Text))
	}
	return list
}
