package codepoint

import (
	"slices"
	"strings"
)

// Properties say what a cipher suite is made of. They follow from its IANA name.
type Properties struct {
	// KeyExchange is how the key is agreed upon: "ECDHE" and "DHE" with keys for
	// one connection, "ECDH" and "DH" with those of certificates, "RSA", "PSK",
	// "SRP", "KRB5" and others; "any" in TLS 1.3, where the suite does not say.
	KeyExchange string
	// Authentication is what the server proves itself by: "RSA", "ECDSA", "DSS",
	// "PSK", "anon" for nothing, "any" in TLS 1.3, or else the KeyExchange.
	Authentication string
	// Cipher is as in "AES_128_GCM" and "NULL", Bits what its key is worth: 112
	// for 3DES (NIST SP 800-57, part 1, table 2).
	Cipher string
	Bits   int
	// MAC is the hash of the record's MAC, as in "SHA256" or "SHA", which is
	// SHA-1; "AEAD" where the cipher has no need of one.
	MAC string
	// Export tells that the suite was made weak for the export rules of the 1990s.
	Export bool
	// First and Last are the protocol versions between which it is negotiated.
	First, Last uint16
}

// Of gives the properties of a cipher suite; ok is false for a number that is
// no suite, or none that is known.
func Of(suite uint16) (p Properties, ok bool) {
	return read(find(suiteTable, suite))
}

// read reads what a line of the table has behind the number.
func read(line string) (p Properties, ok bool) {
	name, _, _ := strings.Cut(line, " ")
	if name == "" || strings.HasSuffix(name, "_SCSV") {
		return Properties{}, false
	}
	exchange, cipher, split := strings.Cut(strings.TrimPrefix(name, "SSL_"), "_WITH_")
	switch {
	case !split: // RFC 8446, section 4.1.1: the rest is negotiated beside it
		p.KeyExchange, p.Authentication, cipher = "any", "any", exchange
	case strings.Contains(cipher, "_MGM"): // RFC 9367: so here, despite the name
		p.KeyExchange, p.Authentication = "any", "any"
	default:
		p.readExchange(exchange)
	}
	p.readCipher(strings.TrimSuffix(cipher, "_OLD"))
	p.First, p.Last = p.versions()
	return p, true
}

// readExchange reads what stands before "_WITH_", as in "DHE_RSA_EXPORT".
func (p *Properties) readExchange(s string) {
	s, _, p.Export = strings.Cut(s, "_EXPORT")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "_FIPS"), "_KEA")
	first, second, _ := strings.Cut(s, "_")
	switch {
	case s == "PSK_DHE": // so the registry, of two suites
		first, second = "DHE", "PSK"
	case first == "SRP": // SRP_SHA, SRP_SHA_RSA
		second = strings.TrimPrefix(strings.TrimPrefix(second, "SHA"), "_")
	case strings.HasPrefix(first, "GOST"):
		first, second = "GOST", "GOST"
	case first == "ECDH" && second == "anon", first == "DH" && second == "anon":
		first += "E" // RFC 5246, appendix A.5: the key is used once
	}
	if second == "" {
		second = first
	}
	p.KeyExchange, p.Authentication = first, second
}

// keyBits are the strengths of ciphers, by the beginning of their names. The
// first that fits is it.
var keyBits = []struct {
	prefix string
	bits   int
}{
	{"NULL", 0}, {"SHA", 0}, // RFC 9150: integrity alone
	{"RC4_40", 40}, {"RC2_CBC_40", 40}, {"DES40", 40}, {"DES_CBC_40", 40},
	{"RC4_56", 56}, {"RC2_56", 56}, {"DES", 56}, {"FORTEZZA", 80}, {"3DES", 112},
	{"RC4", 128}, {"IDEA", 128}, {"SEED", 128}, {"SM4", 128},
	{"AES_128", 128}, {"ARIA_128", 128}, {"CAMELLIA_128", 128}, {"AEGIS_128", 128},
	{"", 256},
}

// readCipher reads what stands behind "_WITH_", as in "AES_128_CBC_SHA".
func (p *Properties) readCipher(s string) {
	p.Cipher, p.MAC = s, "AEAD"
	if cut := strings.LastIndexByte(s, '_'); !strings.HasSuffix(s, "_CCM") && !strings.HasSuffix(s, "_CCM_8") {
		p.Cipher, p.MAC = s[:cut], s[cut+1:]
	}
	if slices.ContainsFunc([]string{"GCM", "CCM", "POLY1305", "MGM", "AEGIS"}, func(mode string) bool { return strings.Contains(s, mode) }) {
		p.MAC = "AEAD"
	}
	for _, row := range keyBits {
		if strings.HasPrefix(s, row.prefix) {
			p.Bits = row.bits
			return
		}
	}
}

// versions are those between which the suite is negotiated.
func (p *Properties) versions() (first, last uint16) {
	psk := p.KeyExchange == "PSK" || p.Authentication == "PSK"
	switch {
	case p.KeyExchange == "any":
		return TLS13, TLS13
	case p.KeyExchange == "FORTEZZA":
		return SSL3, SSL3
	// TLS 1.2 brought AEAD, and hashes other than SHA-1 (RFC 5246, section 1.2);
	// RFC 5487, section 3, takes those hashes to TLS 1.0 and 1.1, with PSK.
	case p.MAC == "AEAD", p.MAC == "OMAC", p.newHash() && !psk:
		return TLS12, TLS12
	// RFC 8422 and what it replaces begin with TLS 1.0.
	case p.newHash(), strings.HasPrefix(p.KeyExchange, "EC"):
		return TLS10, TLS12
	}
	return SSL3, TLS12
}

func (p *Properties) newHash() bool { return p.MAC == "SHA256" || p.MAC == "SHA384" }

// ForwardSecret tells that a key that is stolen later opens nothing of what was
// recorded before.
func (p Properties) ForwardSecret() bool {
	switch p.KeyExchange {
	case "any", "ECDHE", "DHE", "ECCPWD", "SRP", "CECPQ1":
		return true
	}
	return false
}

// SmallBlock tells that the cipher has blocks of 64 bits, which repeat after
// some gigabytes (Sweet32).
func (p Properties) SmallBlock() bool {
	for _, name := range []string{"3DES", "DES", "RC2", "IDEA", "28147"} {
		if strings.HasPrefix(p.Cipher, name) {
			return true
		}
	}
	return false
}

// CBC tells that the suite authenticates first and encrypts in blocks then,
// which has leaked by its timing again and again (Lucky Thirteen).
func (p Properties) CBC() bool {
	return p.MAC != "AEAD" && (strings.Contains(p.Cipher, "_CBC") || strings.HasPrefix(p.Cipher, "RC2"))
}

// weaknesses say in a few words what is wrong with a suite, worst first.
var weaknesses = []struct {
	words string
	has   func(Properties) bool
}{
	{"anonymous", func(p Properties) bool { return p.Authentication == "anon" || p.KeyExchange == "NULL" }},
	{"no encryption", func(p Properties) bool { return p.Bits == 0 }},
	{"export grade", func(p Properties) bool { return p.Export }},
	{"40-bit key", func(p Properties) bool { return p.Bits == 40 }},
	{"56-bit key", func(p Properties) bool { return p.Bits == 56 }},
	{"RC4", func(p Properties) bool { return strings.HasPrefix(p.Cipher, "RC4") }},
	{"64-bit blocks", func(p Properties) bool { return p.SmallBlock() && p.Bits > 56 }},
	{"MD5", func(p Properties) bool { return p.MAC == "MD5" }},
	{"no forward secrecy", func(p Properties) bool { return !p.ForwardSecret() }},
	{"CBC", func(p Properties) bool { return p.CBC() && p.Bits > 56 && !p.SmallBlock() }},
	{"short tag", func(p Properties) bool { return strings.Contains(p.Cipher, "CCM_8") }},
}

// Weakness says in a few words what is wrong with a suite, as in "RC4, no
// forward secrecy"; nothing when nothing is.
func (p Properties) Weakness() string {
	var words []string
	for _, w := range weaknesses {
		if w.has(p) {
			words = append(words, w.words)
		}
	}
	return strings.Join(words, ", ")
}

// Suites are the cipher suites that can be negotiated in a protocol version, by
// number.
func Suites(version uint16) []uint16 {
	var ids []uint16
	for id, line := range lines(suiteTable) {
		if p, ok := read(line); ok && p.First <= version && version <= p.Last {
			ids = append(ids, id)
		}
	}
	return ids
}
