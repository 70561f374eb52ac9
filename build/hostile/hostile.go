// Package hostile makes what an attacker would have people paste, for the tests of
// the faces.
package hostile

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/json"
	"encoding/pem"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"certlens/internal/lab"
)

// Texts are what an attacker would have a face show. Each is harmless as
// text; as anything else it hides, reorders, sets hit or asks for something.
var Texts = []string{
	`"'><img src=/hit onerror=globalThis.hit=1><script>globalThis.hit=1</script>`,
	"<svg onload=globalThis.hit=1><style>*{display:none}</style><!--?lit$1$-->",
	"javascript:globalThis.hit=1", "${globalThis.hit=1}{{globalThis.hit=1}}`\\u003cb>",
	"[C0 " + between(0, 0x1f) + "\x7f]", "[C1 " + between(0x80, 0x9f) + "]", "\x1b[2J\x1b]0;owned\a\u009b31m",
	"[bidi \u202a\u202b\u202c\u202d\u202egnp.exe\u2066\u2067\u2068\u2069\u200e\u200f\u061c]",
	"[unseen \u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2028\u2029\u3164\u115f\uffa0\u2800\U000e0041\ufe0f\u206a\ufff9\U0001d173]",
	"[heaped o" + strings.Repeat("\u0301\u20dd", 200) + "]", "🙈👩\u200d👩\u200d👧 Zürich 東京 عربي",
}

// between are all characters from one to another.
func between(first, last rune) string {
	var b strings.Builder
	for r := first; r <= last; r++ {
		b.WriteRune(r)
	}
	return b.String()
}

// JSON is what the browser tests attack the page with: the texts, a chain that has
// them wherever a certificate has text, and one whose names have a megabyte.
func JSON() ([]byte, error) {
	return json.Marshal(map[string]any{
		"texts": Texts,
		"chain": Chain(),
		"large": large(),
	})
}

// large is a certificate with a name, a host and an address of a megabyte each.
func large() string {
	const size = 1 << 20
	return pemOf("CERTIFICATE", lab.DER(lab.Spec{Name: "large", Edit: func(c *x509.Certificate) {
		c.RawSubject = name("large", []string{strings.Repeat("<b>\u202e", size/6)})
		c.DNSNames = []string{strings.Repeat("<b>", size/3)}
		c.IssuingCertificateURL = []string{"http://a.example/" + strings.Repeat("<b>", size/3)}
	}}))
}

// Chain is a server's certificate and its issuer, whose own issuer is not there.
// All three have every text.
func Chain() string {
	ca := func(role string, issuer *lab.Cert) *lab.Cert {
		return lab.Issue(lab.Spec{Name: role, CA: true, Issuer: issuer, Edit: func(c *x509.Certificate) {
			c.RawSubject = name(role, Texts)
		}})
	}
	issuer := ca("issuer", ca("root", nil))
	leaf := lab.DER(lab.Spec{Name: "leaf", Issuer: issuer, Edit: func(c *x509.Certificate) {
		c.RawSubject = name("leaf", Texts)
		c.DNSNames = nil
		c.ExtraExtensions = extensions(Texts, append(slices.Clone(Texts), "http://a.example/"+strings.Join(Texts, "")))
	}})
	return pemOf("CERTIFICATE", leaf) + pemOf("CERTIFICATE", issuer.Raw)
}

// name has every text as an attribute, the first as the common name.
func name(role string, texts []string) []byte {
	// commonName, organization, unit, locality, e-mail address, friendly name, ...
	kinds := []string{"2.5.4.3", "2.5.4.10", "2.5.4.11", "2.5.4.7", "1.2.840.113549.1.9.1", "1.2.840.113549.1.9.20", "2.5.4.5", "1.3.6.1.4.1.99999.1"}
	var b cryptobyte.Builder
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		for i, text := range append(slices.Clone(texts), role) {
			b.AddASN1(cbasn1.SET, func(b *cryptobyte.Builder) {
				b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1ObjectIdentifier(oid(kinds[i%len(kinds)]))
					addText(b, cbasn1.UTF8String, []byte(text))
				})
			})
		}
	})
	return b.BytesOrPanic()
}

// extensions has the texts as alternative names of every kind, and the
// addresses wherever an address can stand.
func extensions(texts, addresses []string) []pkix.Extension {
	names := func(b *cryptobyte.Builder) {
		for _, text := range texts {
			for _, tag := range []uint8{1, 2, 6} { // e-mail, DNS, URI
				addText(b, tagged(tag), []byte(text))
			}
		}
		b.AddASN1(tagged(4).Constructed(), func(b *cryptobyte.Builder) { b.AddBytes(name("directory", texts)) })
		addText(b, tagged(2), []byte("shop.example.com"))
	}
	located := func(methods ...string) func(*cryptobyte.Builder) {
		return func(b *cryptobyte.Builder) {
			for i, address := range addresses {
				b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1ObjectIdentifier(oid(methods[i%len(methods)]))
					addText(b, tagged(6), []byte(address))
				})
			}
		}
	}
	points := func(b *cryptobyte.Builder) {
		for _, address := range addresses {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tagged(0).Constructed(), func(b *cryptobyte.Builder) {
					b.AddASN1(tagged(0).Constructed(), func(b *cryptobyte.Builder) { addText(b, tagged(6), []byte(address)) })
				})
			})
		}
	}
	return []pkix.Extension{
		sequence("2.5.29.17", names),
		sequence("1.3.6.1.5.5.7.1.1", located("1.3.6.1.5.5.7.48.2", "1.3.6.1.5.5.7.48.1")), // issuers, OCSP
		sequence("2.5.29.31", points),
		sequence("2.5.29.32", policies(texts, addresses)),
		{Id: oid("2.16.840.1.113730.1.13"), Value: text(cbasn1.IA5String, strings.Join(texts, ""))}, // Netscape comment
		{Id: oid("1.3.6.1.4.1.99999.2"), Value: text(cbasn1.UTF8String, strings.Join(texts, ""))},
	}
}

// policies has a policy with an address of its statement, and a notice, for each.
func policies(texts, addresses []string) func(*cryptobyte.Builder) {
	qualifier := func(b *cryptobyte.Builder, kind string, value func(*cryptobyte.Builder)) {
		b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oid(kind))
			value(b)
		})
	}
	return func(b *cryptobyte.Builder) {
		b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oid("1.3.6.1.4.1.99999.3"))
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, address := range addresses {
					qualifier(b, "1.3.6.1.5.5.7.2.1", func(b *cryptobyte.Builder) { addText(b, cbasn1.IA5String, []byte(address)) })
				}
				for _, t := range texts {
					qualifier(b, "1.3.6.1.5.5.7.2.2", func(b *cryptobyte.Builder) {
						b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { addText(b, bmpString, bmp(t)) })
					})
				}
			})
		})
	}
}

const bmpString cbasn1.Tag = 30

func bmp(text string) []byte {
	var b cryptobyte.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		b.AddUint16(unit)
	}
	return b.BytesOrPanic()
}

func tagged(tag uint8) cbasn1.Tag { return cbasn1.Tag(tag).ContextSpecific() }

func addText(b *cryptobyte.Builder, tag cbasn1.Tag, text []byte) {
	b.AddASN1(tag, func(b *cryptobyte.Builder) { b.AddBytes(text) })
}

func text(tag cbasn1.Tag, text string) []byte {
	var b cryptobyte.Builder
	addText(&b, tag, []byte(text))
	return b.BytesOrPanic()
}

func sequence(id string, contents func(*cryptobyte.Builder)) pkix.Extension {
	var b cryptobyte.Builder
	b.AddASN1(cbasn1.SEQUENCE, contents)
	return pkix.Extension{Id: oid(id), Value: b.BytesOrPanic()}
}

func oid(text string) asn1.ObjectIdentifier {
	var id asn1.ObjectIdentifier
	for arc := range strings.SplitSeq(text, ".") {
		n := 0
		for _, digit := range arc {
			n = 10*n + int(digit-'0')
		}
		id = append(id, n)
	}
	return id
}

func pemOf(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}
