package cert

import (
	"bytes"
	"encoding/pem"
	"flag"
	"os"
	"sort"
	"strings"
	"testing"
)

var generate = flag.Bool("generate", false, "rewrite the PEM files in testdata/certs that this file describes")

// vectors are the certificates of testdata/certs that are made here. Those made
// by other programs are described in testdata/certs/README.
func vectors() map[string]spec {
	return map[string]spec{
		"dv":          dvVector(),
		"ev":          evVector(),
		"qwac":        qwacVector(),
		"microsoft":   microsoftVector(),
		"netscape":    netscapeVector(),
		"constrained": constrainedVector(),
		"policies":    policyVector(),
		"resources":   resourceVector(),
		"smime":       smimeVector(),
		"names":       namesVector(),
		"altnames":    altNamesVector(),
		"precert": {extensions: [][]byte{san(dnsName("example.com")), critical("1.3.6.1.4.1.11129.2.4.3", null()),
			ext("1.3.6.1.4.1.44363.44", null()), ext("1.3.6.1.4.1.11129.2.1.22", null())}},
		"ocsp": {subject: commonName("OCSP responder"), issuer: commonName("Example CA"), extensions: [][]byte{
			ext(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.9"))), ext("1.3.6.1.5.5.7.48.1.5", null()),
			ext("2.5.29.56", null()), ext("0.4.0.194121.2.1", null())}},
		"codesign": {subject: commonName("Example Software"), extensions: [][]byte{
			critical(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.3"), oid("1.3.6.1.4.1.311.10.3.13"))),
			ext(oidPolicies, seq(seq(oid("2.23.140.1.4.1")))),
			ext("1.2.840.113635.100.6.1.13", null()), ext("1.2.840.113635.100.6.999", null()),
			ext("1.3.6.1.4.1.57264.1.1", []byte("https://issuer.example.com")), ext("1.3.6.1.4.1.57264.1.8", utf8s("https://issuer.example.com"))}},
		"timestamp": {extensions: [][]byte{critical(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.8")))}},
		"client":    {subject: commonName("someone"), extensions: [][]byte{ext(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.2")))}},
		"mldsa": {inner: algID("2.16.840.1.101.3.4.3.17"), spki: seq(algID("2.16.840.1.101.3.4.3.17"), bits(bytes.Repeat([]byte{0xa5}, 1312))),
			signature: bits(bytes.Repeat([]byte{0x5a}, 2420))},
		"x25519":              {issuer: commonName("Example CA"), spki: seq(algID(oidX25519), bits(bytes.Repeat([]byte{9}, 32)))},
		"version1":            {version: []byte{}},
		"version1-extensions": {version: []byte{}, extensions: [][]byte{san(dnsName("example.com"))}},
		"negative-serial":     {serial: integer(-129)},
		"duplicate-extension": {extensions: [][]byte{san(dnsName("a.example.com")), san(dnsName("b.example.com"))}},
		"unique-ids":          {tail: cat(implicit(1, bits([]byte{1, 2})), implicit(2, bits([]byte{3, 4})))},
		"empty-names":         {subject: seq(), extensions: [][]byte{critical(oidSubjectAltName, seq(dnsName("example.com")))}},
		"odd-bmp":             {subject: seq(rdn(oidCommonName, tlv(0x1e, []byte{0, 'x', 0})))},
		"relative-crl": {extensions: [][]byte{ext("2.5.29.31", seq(seq(explicit(0, tlv(0xa1, seq(oid(oidCommonName), utf8s("CRL 7")))),
			tlv(0xa2, tlv(0xa4, commonName("Example CA"))))))}},
		"unknown-extension":  {extensions: [][]byte{critical("1.3.6.1.4.1.32473.1", seq(integer(1), utf8s("text"), octets(seq(oid("2.5.4.3"), null()))))}},
		"algorithm-mismatch": {outer: algID("1.2.840.10045.4.3.2")},
		"long-validity":      {validity: seq(genTime("00010101000000Z"), genTime("99991231235959Z"))},
		"broken-extensions": {extensions: [][]byte{ext(oidKeyUsage, []byte{3, 2}), ext(oidSubjectKeyID, octets([]byte("id"))),
			ext("2.5.29.31", seq(seq(explicit(0, explicit(0, integer(5)))))), ext("1.3.6.1.5.5.7.1.24", cat(seq(integer(5)), []byte{0, 0}))}},
	}
}

// dvVector is what a server of the Web has today.
func dvVector() spec {
	scts := sctVector([]byte{0x07}, 1767225600123, nil)
	withIndex := sctVector([]byte{0xee}, 1767225601456, unhex("00 0005 0000 01f4a3"))
	return spec{issuer: seq(rdn("2.5.4.6", printable("XX")), rdn(oidCommonName, utf8s("Example CA E1"))),
		subject: commonName("www.example.com"), serial: tlv(2, unhex("00 8a 7b 6c 5d 4e 3f 20 11 02 13 24 35 46 57 68 79")),
		extensions: [][]byte{
			critical(oidKeyUsage, namedBits(0)),
			ext(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"))),
			critical(oidBasic, seq()),
			ext(oidSubjectKeyID, octets(bytes.Repeat([]byte{0x11}, 20))),
			ext(oidAuthorityKeyID, seq(contextBytes(0, strings.Repeat("\x22", 20)))),
			ext("1.3.6.1.5.5.7.1.1", seq(
				seq(oid("1.3.6.1.5.5.7.48.1"), contextBytes(6, "http://ocsp.example.com")),
				seq(oid("1.3.6.1.5.5.7.48.2"), contextBytes(6, "http://ca.example.com/e1.der")))),
			san(dnsName("www.example.com"), dnsName("*.example.com"), dnsName("xn--bcher-kva.example.com"),
				contextBytes(7, "\xc0\x00\x02\x01"), contextBytes(7, "\x20\x01\x0d\xb8"+strings.Repeat("\x00", 11)+"\x01")),
			ext(oidPolicies, seq(seq(oid("2.23.140.1.2.1")),
				seq(oid("1.3.6.1.4.1.32473.2"), seq(seq(oid("1.3.6.1.5.5.7.2.1"), ia5("https://cps.example.com")))))),
			ext("2.5.29.31", seq(seq(explicit(0, tlv(0xa0, contextBytes(6, "http://crl.example.com/e1.crl")))))),
			ext(oidSCTList, octets(vector16(vector16(scts), vector16(withIndex)))),
			ext("1.3.6.1.5.5.7.1.24", seq(integer(5), integer(17), integer(99))),
		}}
}

// vector16 is a TLS vector with a length of two bytes.
func vector16(parts ...[]byte) []byte {
	content := cat(parts...)
	return append([]byte{byte(len(content) >> 8), byte(len(content))}, content...)
}

func sctVector(id []byte, ms uint64, extensions []byte) []byte {
	out := append([]byte{0}, bytes.Repeat(id, 32)...)
	for shift := 56; shift >= 0; shift -= 8 {
		out = append(out, byte(ms>>shift))
	}
	return cat(out, vector16(extensions), []byte{4, 3}, vector16(seq(integer(0x1111), integer(0x2222))))
}

// evVector has the attributes and extensions of the EV Guidelines.
func evVector() spec {
	return spec{issuer: commonName("Example EV CA"), subject: seq(
		rdn("1.3.6.1.4.1.311.60.2.1.3", printable("XX")), rdn("1.3.6.1.4.1.311.60.2.1.2", utf8s("Example State")),
		rdn("1.3.6.1.4.1.311.60.2.1.1", utf8s("Example Town")), rdn("2.5.4.15", utf8s("Private Organization")),
		rdn("2.5.4.5", printable("HRB 12345")), rdn("2.5.4.97", utf8s("NTRXX-HRB12345")), rdn("2.5.4.6", printable("XX")),
		rdn("2.5.4.8", utf8s("Example State")), rdn("2.5.4.7", utf8s("Example Town")), rdn("2.5.4.9", utf8s("1 Example Road")),
		rdn("2.5.4.17", printable("12345")), rdn(oidOrganization, utf8s("Example, Inc.")), rdn(oidCommonName, utf8s("example.com"))),
		extensions: [][]byte{
			san(dnsName("example.com"), dnsName("pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion")),
			ext(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.1"))),
			ext(oidPolicies, seq(seq(oid("2.16.840.1.114412.2.1"), seq(seq(oid("1.3.6.1.5.5.7.2.2"),
				seq(seq(utf8s("Example"), seq(integer(1), integer(2))), tlv(0x1a, []byte("See the practice statement.")))))),
				seq(oid("2.23.140.1.1")))),
			ext("2.23.140.3.1", seq(printable("NTR"), printable("XX"), implicit(0, printable("EX")), utf8s("HRB12345"))),
			ext("2.23.140.1.31", seq(seq(utf8s("http://pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion"),
				algID("2.16.840.1.101.3.4.2.1"), bits(bytes.Repeat([]byte{0x33}, 32))))),
		}}
}

// qwacVector has every statement of EN 319 412-5, and PSD2.
func qwacVector() spec {
	statement := func(id string, info ...[]byte) []byte { return seq(oid(id), cat(info...)) }
	return spec{subject: commonName("pay.example.com"), issuer: commonName("Example QTSP"), extensions: [][]byte{
		ext(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.1"))),
		ext(oidPolicies, seq(seq(oid("0.4.0.194112.1.4")))),
		ext("1.3.6.1.5.5.7.1.3", seq(
			statement("0.4.0.1862.1.1"),
			statement("0.4.0.1862.1.2", seq(printable("EUR"), integer(5), integer(3))),
			statement("0.4.0.1862.1.3", integer(15)),
			statement("0.4.0.1862.1.4"),
			statement("0.4.0.1862.1.5", seq(seq(ia5("https://pds.example.com/en"), printable("en")), seq(ia5("https://pds.example.com/de"), printable("de")))),
			statement("0.4.0.1862.1.6", seq(oid("0.4.0.1862.1.6.3"))),
			statement("0.4.0.1862.1.7", seq(printable("XX"), printable("XY"))),
			statement("0.4.0.19495.2", seq(seq(seq(oid("0.4.0.19495.1.1"), utf8s("PSP_AS")), seq(oid("0.4.0.19495.1.2"), utf8s("PSP_PI"))),
				utf8s("Example Financial Authority"), utf8s("XX-EFA"))),
			statement("1.3.6.1.5.5.7.11.2", seq(oid("0.4.0.194121.1.2"), seq(contextBytes(6, "https://registry.example.com")))),
			statement("1.3.6.1.4.1.32473.9", integer(7)))),
	}}
}

// microsoftVector has what Active Directory Certificate Services put into
// certificates.
func microsoftVector() spec {
	upn := tlv(0xa0, oid("1.3.6.1.4.1.311.20.2.3"), explicit(0, utf8s("user@ad.example.com")))
	sid := tlv(0xa0, oid("1.3.6.1.4.1.311.25.2.1"), explicit(0, octets([]byte("S-1-5-21-1-2-3-1001"))))
	return spec{issuer: seq(rdn("0.9.2342.19200300.100.1.25", ia5("com")), rdn("0.9.2342.19200300.100.1.25", ia5("example")), rdn(oidCommonName, utf8s("AD CA"))),
		subject: commonName("user"), extensions: [][]byte{
			ext("1.3.6.1.4.1.311.20.2", tlv(0x1e, bmp("SmartcardLogon"))),
			ext("1.3.6.1.4.1.311.21.1", integer(0x30002)),
			ext("1.3.6.1.4.1.311.21.2", octets(bytes.Repeat([]byte{0x44}, 20))),
			ext("1.3.6.1.4.1.311.21.7", seq(oid("1.3.6.1.4.1.311.21.8.1.2.3"), integer(100), integer(7))),
			ext(oidExtKeyUsage, seq(oid("1.3.6.1.4.1.311.20.2.2"), oid("1.3.6.1.5.5.7.3.2"))),
			ext("1.3.6.1.4.1.311.21.10", seq(seq(oid("1.3.6.1.4.1.311.20.2.2")), seq(oid("1.3.6.1.5.5.7.3.2")))),
			ext("1.3.6.1.4.1.311.25.2", seq(sid)),
			san(upn, tlv(0xa0, oid("1.3.6.1.4.1.311.25.1"), explicit(0, octets([]byte{1, 2, 3, 4})))),
		}}
}

func bmp(s string) []byte {
	var out []byte
	for _, r := range s {
		out = append(out, byte(r>>8), byte(r))
	}
	return out
}

// netscapeVector is what certificates had in the last century.
func netscapeVector() spec {
	return spec{subject: commonName("www.example.com"), extensions: [][]byte{
		ext("2.16.840.1.113730.1.1", namedBits(0, 1, 5)),
		ext("2.16.840.1.113730.1.2", ia5("https://ca.example.com/")),
		ext("2.16.840.1.113730.1.3", ia5("revoke?")),
		ext("2.16.840.1.113730.1.12", ia5("www.example.com")),
		ext("2.16.840.1.113730.1.13", ia5("Made with care.\nOn two lines.")),
		ext("1.2.840.113533.7.65.0", seq(tlv(0x1b, []byte("V7.1")), namedBits(0, 2))),
		ext("2.5.29.16", seq(contextBytes(0, "19990101000000Z"), contextBytes(1, "20010101000000Z"))),
		ext("2.5.29.9", seq(seq(oid("1.3.6.1.5.5.7.9.1"), setOf(genTime("19700101120000Z"))), seq(oid("1.3.6.1.5.5.7.9.4"), setOf(printable("XX"))))),
		ext("2.5.29.1", seq(contextBytes(0, "old"))),
	}}
}

// constrainedVector is a technically constrained CA.
func constrainedVector() spec {
	directory := tlv(0xa4, seq(rdn("2.5.4.6", printable("XX")), rdn(oidOrganization, utf8s("Example"))))
	return spec{issuer: commonName("Example Root"), subject: commonName("Example Sub CA"), extensions: [][]byte{
		critical(oidBasic, seq(boolean(true), integer(0))),
		critical(oidKeyUsage, namedBits(5, 6)),
		critical("2.5.29.30", seq(
			tlv(0xa0, seq(dnsName("example.com")), seq(contextBytes(7, "\xc0\x00\x02\x00\xff\xff\xff\x00")),
				seq(contextBytes(1, ".example.com")), seq(directory), seq(contextBytes(6, ".example.org"), contextBytes(0, "\x00"), contextBytes(1, "\x05"))),
			tlv(0xa1, seq(contextBytes(7, strings.Repeat("\x00", 32))), seq(contextBytes(7, "\x0a\x00\x00\x00\xff\x00\xff\x00")), seq(dnsName(""))))),
		ext("1.3.6.1.5.5.7.1.11", seq(seq(oid("1.3.6.1.5.5.7.48.5"), contextBytes(6, "http://ca.example.com/issued.p7c")))),
		ext("2.5.29.46", seq(seq(explicit(0, tlv(0xa0, contextBytes(6, "http://crl.example.com/delta.crl"))), implicit(1, namedBits(1, 2)), tlv(0xa2, directory)))),
		ext("2.5.29.18", seq(contextBytes(6, "https://ca.example.com"), contextBytes(1, "ca@example.com"))),
		ext(oidAuthorityKeyID, seq(contextBytes(0, "\x01\x02\x03\x04"), tlv(0xa1, directory), contextBytes(2, "\x00\x99"))),
	}}
}

func policyVector() spec {
	return spec{issuer: commonName("Example Root"), subject: commonName("Example Bridge CA"), extensions: [][]byte{
		critical(oidBasic, seq(boolean(true))),
		ext(oidPolicies, seq(seq(oid("2.5.29.32.0")), seq(oid("1.3.6.1.4.1.32473.3")))),
		critical("2.5.29.33", seq(seq(oid("1.3.6.1.4.1.32473.3"), oid("1.3.6.1.4.1.32473.4")))),
		critical("2.5.29.36", seq(contextBytes(0, "\x00"), contextBytes(1, "\x03"))),
		critical("2.5.29.54", integer(2)),
		ext("1.3.6.1.4.1.311.21.11", seq(seq(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2")))),
		ext("1.3.6.1.5.5.7.1.14", seq(integer(1), seq(oid("1.3.6.1.5.5.7.21.1"), octets([]byte("p"))))),
	}}
}

// resourceVector is a certificate of the RPKI.
func resourceVector() spec {
	prefix := func(unused byte, content ...byte) []byte { return tlv(3, append([]byte{unused}, content...)) }
	return spec{subject: commonName("resources"), extensions: [][]byte{
		critical("1.3.6.1.5.5.7.1.7", seq(
			seq(octets([]byte{0, 1, 1}), seq(prefix(0, 192, 0, 2), seq(prefix(1, 198, 51, 100), prefix(0, 198, 51, 101)))),
			seq(octets([]byte{0, 2}), null()),
			seq(octets([]byte{0, 2, 2}), seq(prefix(3, 0x20, 0x01, 0x0d, 0xb8))))),
		critical("1.3.6.1.5.5.7.1.8", seq(explicit(0, seq(integer(64496), seq(integer(64500), integer(64510)))), explicit(1, null()))),
		ext("1.3.6.1.5.5.7.1.28", seq(seq(octets([]byte{0, 1}), seq(prefix(0))))),
		ext("1.3.6.1.5.5.7.1.29", seq(explicit(0, null()))),
	}}
}

func smimeVector() spec {
	mailbox := tlv(0xa0, oid("1.3.6.1.5.5.7.8.9"), explicit(0, utf8s("用户@例子.example")))
	return spec{subject: seq(rdn(oidCommonName, utf8s("Example Person")), rdn("1.2.840.113549.1.9.1", ia5("person@example.com"))), extensions: [][]byte{
		ext(oidExtKeyUsage, seq(oid("1.3.6.1.5.5.7.3.4"))),
		san(contextBytes(1, "person@example.com"), mailbox),
		ext("1.2.840.113549.1.9.15", seq(seq(oid("2.16.840.1.101.3.4.1.42")), seq(oid("1.2.840.113549.3.2"), integer(128)))),
		ext(oidPolicies, seq(seq(oid("2.23.140.1.5.3.3")))),
		ext("1.3.6.1.5.5.7.1.31", octets(bytes.Repeat([]byte{0x55}, 32))),
		ext("1.3.6.1.5.5.7.1.25", ia5("https://mud.example.com")),
		ext("1.3.6.1.4.1.45724.1.1.4", octets(bytes.Repeat([]byte{0x66}, 16))),
		ext("1.3.6.1.4.1.45724.2.1.1", namedBits(2, 3)),
	}}
}

// namesVector has a name with every string type, and with everything that can
// hide in one.
func namesVector() spec {
	return spec{subject: seq(
		rdn("2.5.4.6", printable("XX")),
		setOf(seq(oid(oidOrganization), utf8s("Müller & Söhne")), seq(oid("2.5.4.11"), utf8s("Two, in one"))),
		rdn("2.5.4.11", tlv(0x14, []byte("Teletex \xe9t\xe9"))),
		rdn("2.5.4.11", tlv(0x1e, bmp("BMP Ω"))),
		rdn("2.5.4.11", tlv(0x1c, []byte{0, 1, 0xf5, 0x12})),
		rdn("2.5.4.11", utf8s("bad \xff\xfe utf-8")),
		rdn("2.5.4.11", printable("under_score")),
		rdn("2.5.4.13", utf8s("nul\x00byte and \u202eoverride")),
		rdn("2.5.4.5", tlv(0x12, []byte("12 34"))),
		rdn("2.5.4.45", bits([]byte{1, 2, 3})),
		rdn("1.3.6.1.4.1.32473.5", utf8s("unknown type")),
		rdn("2.5.4.11", utf8s("<script>alert(1)</script>")),
		rdn(oidCommonName, utf8s("first")), rdn(oidCommonName, utf8s(" last ")))}
}

// altNamesVector has every kind of general name.
func altNamesVector() spec {
	return spec{extensions: [][]byte{san(
		tlv(0xa0, oid("1.3.6.1.5.5.7.8.7"), explicit(0, ia5("_xmpp.example.com"))),
		contextBytes(1, "mail@example.com"), dnsName("example.com"), tlv(0xa3, seq()), tlv(0xa4, commonName("Directory")),
		tlv(0xa5, explicit(0, utf8s("assigner")), explicit(1, utf8s("party"))), contextBytes(6, "https://example.com/ü"),
		contextBytes(7, "\x7f\x00\x00\x01"), contextBytes(7, "\x01\x02\x03"), tlv(0x88, oid("1.3.6.1.4.1.32473.6")[2:]),
		dnsName("xn--mnchen-3ya.example.com"), dnsName("xn--a.example.com"), dnsName(""))}}
}

// TestVectorFiles keeps the files and this file together.
func TestVectorFiles(t *testing.T) {
	var names []string
	for name := range vectors() {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		der := vectors()[name].der()
		file := "testdata/certs/" + name + ".pem"
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		if *generate {
			must(os.WriteFile(file, text, 0o644))
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s is not what the spec gives (%v); run go test -generate", file, err)
		}
	}
}
