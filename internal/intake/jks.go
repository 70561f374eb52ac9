package intake

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// Key stores of Java, JKS and JCEKS. Their certificates are in the open, and
// the keys encrypted; no password is needed to read what certlens shows. The
// format is that of the class sun.security.provider.JavaKeyStore.

var storeMagic = map[string]string{"\xFE\xED\xFE\xED": "JKS", "\xCE\xCE\xCE\xCE": "JCEKS"}

// isStore tells whether data begins like a key store of version 1 or 2.
func isStore(head []byte) bool {
	return len(head) >= 12 && storeMagic[string(head[:4])] != "" && bytes.Equal(head[4:7], []byte{0, 0, 0}) && head[7] <= 2
}

// Tags of entries.
const (
	storeKey, storeCertificate, storeSecret = 1, 2, 3
	// maxChain bounds the certificates of one key, maxAliases the names said.
	maxChain, maxAliases = 100, 8
)

// A store is a key store while it is read.
type store struct {
	p       *piece
	data    []byte
	pos     int
	version uint32
	names   []string
	broken  bool
}

// takeStore adds the certificates and keys of a key store, and gives its length
// as far as it could be read.
func (p *piece) takeStore(data []byte) int {
	kind := storeMagic[string(data[:4])]
	p.input.Kind, p.input.Secret = "jks", true
	s := store{p: p, data: data, pos: 4}
	s.version = s.number()
	entries := int(s.number())
	for n := 0; n < entries && !s.broken && len(p.objects) < MaxObjects; n++ {
		s.entry()
	}
	said := ""
	if len(s.names) > 0 {
		said = ": " + strings.Join(s.names[:min(len(s.names), maxAliases)], ", ")
	}
	if len(s.names) > maxAliases {
		said += " and others"
	}
	p.note("A key store of Java (%s) of %s%s.", kind, entriesOf(entries), said)
	if s.broken {
		p.note("It ends, or cannot be read on, after %d of them.", len(s.names))
	}
	const digest = 20 // SHA-1 over the password and all of the store
	return min(len(data), s.pos+digest)
}

func entriesOf(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// entry reads one entry: tag, alias, date, content.
func (s *store) entry() {
	tag := s.number()
	alias := redact(string(s.take(s.short())))
	s.take(8)
	if s.broken {
		return
	}
	switch tag {
	case storeKey:
		s.take(int(s.number()))
		s.chain()
		alias += " (key)"
	case storeCertificate:
		s.certificate()
	default:
		s.broken = true // a secret key is an object of Java, without a length
		return
	}
	if !s.broken {
		s.names = append(s.names, alias)
	}
}

// chain reads the certificates of a key; the first one tells whose it is.
func (s *store) chain() {
	n := s.number()
	if n > maxChain {
		s.broken = true
		return
	}
	var h *half
	at := len(s.p.objects)
	for i := range n {
		if e, ok := s.certificate(); ok && i == 0 {
			if found, ok := infoHalf(subjectKey(e)); ok {
				h = &found
			}
		}
	}
	if s.broken && at == len(s.p.objects) {
		return
	}
	s.p.takeKey(PrivateKey, h, "Java key store")
	s.p.objects[len(s.p.objects)-1].Encrypted = true
}

// certificate reads one certificate and adds it.
func (s *store) certificate() (element, bool) {
	if s.version == 2 {
		s.take(s.short()) // "X.509"
	}
	e, ok := readElement(s.take(int(s.number())))
	if s.broken || !ok || classify(e) != formCertificate {
		return element{}, false
	}
	s.p.take(e, formCertificate, "")
	return e, true
}

// subjectKey is the SubjectPublicKeyInfo of a certificate (RFC 5280, section
// 4.1): the sixth field, after the version.
func subjectKey(certificate element) element {
	tbs := children(certificate.body, 1)
	if len(tbs) == 0 {
		return element{}
	}
	c := children(tbs[0].body, 7)
	if is(c, tagContext0) {
		c = c[1:]
	}
	if len(c) < 6 {
		return element{}
	}
	return c[5]
}

// take gives the next n bytes, nil when there are not as many.
func (s *store) take(n int) []byte {
	if s.broken || n < 0 || n > len(s.data)-s.pos {
		s.broken = true
		return nil
	}
	s.pos += n
	return s.data[s.pos-n : s.pos]
}

func (s *store) number() uint32 {
	if b := s.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (s *store) short() int {
	if b := s.take(2); b != nil {
		return int(binary.BigEndian.Uint16(b))
	}
	return 0
}
