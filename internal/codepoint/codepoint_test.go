package codepoint

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestVersion(t *testing.T) {
	for id, want := range map[uint16]string{
		SSL2: "SSLv2", SSL3: "SSLv3", TLS10: "TLSv1", TLS11: "TLSv1.1", TLS12: "TLSv1.2", TLS13: "TLSv1.3",
		0x0305: "0x0305", 0x7F1C: "0x7F1C", 0: "0x0000",
	} {
		if got := Version(id); got != want {
			t.Errorf("%04x: %s, want %s", id, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ got, want any }{
		{Suite(0xC02F).Name, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
		{Suite(0xC02F).OpenSSL, "ECDHE-RSA-AES128-GCM-SHA256"},
		{Suite(0x1301).OpenSSL, "TLS_AES_128_GCM_SHA256"},
		{Suite(0xFEFE).Name, "SSL_RSA_FIPS_WITH_DES_CBC_SHA"},
		{Suite(0xC07A).OpenSSL, ""},
		{Suite(0x1234).Name, "0x1234"},
		{Suite(0x1234).OpenSSL, ""},
		{Suite(0x0ABC).Name, "0x0ABC"},
		{Group(4588).Name, "X25519MLKEM768"},
		{Group(4587).Name, "SecP256r1MLKEM768"},
		{Group(4589).Name, "SecP384r1MLKEM1024"},
		{Group(0x0A0A).Name, "0x0A0A"},
		{PostQuantum(4588), true},
		{PostQuantum(0x001D), false},
		{PostQuantum(0x0A0A), false},
		{SignatureScheme(0x0804).Name, "rsa_pss_rsae_sha256"},
		{SignatureScheme(0x0905).Name, "mldsa65"},
		{SignatureScheme(0xFFFF).Name, "0xFFFF"},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

// A lookup relies on the order of a table, and finds one line for a number.
func TestTablesAreInOrder(t *testing.T) {
	for _, table := range []string{suiteTable, groupTable, schemeTable} {
		if ids := numbers(table); !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
			t.Errorf("the table that begins with %.20q is not in order", table)
		}
		lines := maps.Collect(lines(table))
		for id := range 1 << 16 {
			if got, want := find(table, uint16(id)), lines[uint16(id)]; got != want {
				t.Errorf("%04X: %q, want %q", id, got, want)
			}
		}
	}
}

// Every suite must be read to the end: no rest of a name in a property.
func TestProperties(t *testing.T) {
	exchanges := strings.Fields("any RSA DH DHE ECDH ECDHE PSK SRP KRB5 GOST ECCPWD CECPQ1 FORTEZZA NULL")
	authentications := append(exchanges, "DSS", "ECDSA", "anon")
	macs := strings.Fields("AEAD NULL MD5 SHA SHA256 SHA384 IMIT OMAC GOSTR3411 GOST94")
	for id, line := range lines(suiteTable) {
		p, ok := Of(id)
		if strings.HasSuffix(line, "SCSV") {
			if ok {
				t.Errorf("%04X: a signal is no suite", id)
			}
			continue
		}
		if !ok || !slices.Contains(exchanges, p.KeyExchange) || !slices.Contains(authentications, p.Authentication) ||
			!slices.Contains(macs, p.MAC) || p.First == 0 || p.First > p.Last {
			t.Errorf("%04X %s: %+v", id, line, p)
		}
	}
}

func TestWeakness(t *testing.T) {
	for id, want := range map[uint16]string{
		0x1301: "", 0xC02F: "", 0xCCA8: "", 0x009E: "", 0xC0AC: "",
		0x0000: "anonymous, no encryption, no forward secrecy",
		0x0003: "export grade, 40-bit key, RC4, MD5, no forward secrecy",
		0x0005: "RC4, no forward secrecy",
		0x0009: "56-bit key, no forward secrecy",
		0x000A: "64-bit blocks, no forward secrecy",
		0x0018: "anonymous, RC4, MD5",
		0x002F: "no forward secrecy, CBC",
		0x0062: "export grade, 56-bit key, no forward secrecy",
		0x0083: "no encryption, no forward secrecy",
		0x009C: "no forward secrecy",
		0x1305: "short tag",
		0xC0B4: "no encryption",
		0xC013: "CBC",
		0xC018: "anonymous, CBC",
		0xC100: "no forward secrecy",
		0xC103: "",
	} {
		if p, _ := Of(id); p.Weakness() != want {
			t.Errorf("%04X: %q, want %q", id, p.Weakness(), want)
		}
	}
}

func TestSuitesOfVersions(t *testing.T) {
	for _, c := range []struct {
		version uint16
		has     []uint16
		hasNot  []uint16
	}{
		{SSL3, []uint16{0x0003, 0x000A, 0x002F, 0x001C}, []uint16{0x1301, 0xC013, 0x003C, 0xC02F, FallbackSCSV}},
		{TLS10, []uint16{0x0003, 0x002F, 0xC013, 0x00AE}, []uint16{0x1301, 0x003C, 0xC02F, 0x001C, EmptyRenegotiationInfo}},
		{TLS12, []uint16{0x0003, 0x003C, 0xC02F, 0xC100}, []uint16{0x1301, 0xC103}},
		{TLS13, []uint16{0x1301, 0x1305, 0x00C6, 0xC0B4, 0xC103}, []uint16{0x002F, 0xC02F}},
		{0x0305, nil, []uint16{0x1301}},
	} {
		got := Suites(c.version)
		for _, id := range c.has {
			if !slices.Contains(got, id) {
				t.Errorf("%s has not %s", Version(c.version), Suite(id).Name)
			}
		}
		for _, id := range c.hasNot {
			if slices.Contains(got, id) {
				t.Errorf("%s has %s", Version(c.version), Suite(id).Name)
			}
		}
	}
}

// Go's names are IANA's.
func TestNamesOfGo(t *testing.T) {
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if got := Suite(s.ID).Name; got != s.Name {
			t.Errorf("%04X: %s, Go says %s", s.ID, got, s.Name)
		}
		p, _ := Of(s.ID)
		for _, version := range s.SupportedVersions {
			if version < p.First || version > p.Last {
				t.Errorf("%s: %04X to %04X, Go negotiates it in %04X", s.Name, p.First, p.Last, version)
			}
		}
	}
	for _, id := range []tls.CurveID{tls.X25519MLKEM768, tls.SecP256r1MLKEM768, tls.SecP384r1MLKEM1024, tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521} {
		// Go calls P-256 what IANA calls secp256r1.
		if got, want := Group(uint16(id)).Name, strings.Replace(id.String(), "CurveP", "secp", 1); !strings.EqualFold(strings.TrimSuffix(got, "r1"), want) {
			t.Errorf("%d: %s, Go says %s", id, got, want)
		}
	}
	for _, id := range []tls.SignatureScheme{tls.PKCS1WithSHA256, tls.PKCS1WithSHA1, tls.PSSWithSHA384, tls.ECDSAWithP521AndSHA512, tls.ECDSAWithSHA1, tls.Ed25519} {
		if strings.HasPrefix(SignatureScheme(uint16(id)).Name, "0x") {
			t.Errorf("%v has no name", id)
		}
	}
}

// opensslLine is a line of openssl ciphers -V -stdname, without the spaces:
//
//	0xC0,0x2F - TLS_ECDHE_RSA_... - ECDHE-RSA-... TLSv1.2 Kx=ECDH Au=RSA Enc=AESGCM(128) Mac=AEAD
var opensslLine = regexp.MustCompile(`0x(..),0x(..) - (\S+) +- (\S+) +(\S+) +Kx=(\S+) +Au=(\S+) +Enc=([^( ]+)(?:\((\d+)\))? +Mac=(\S+)`)

func TestAgainstOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed: apt-get install openssl")
	}
	out, err := exec.Command("openssl", "ciphers", "-V", "-stdname", "ALL:COMPLEMENTOFALL:eNULL:@SECLEVEL=0").Output()
	if err != nil {
		t.Fatal(err)
	}
	matches := opensslLine.FindAllStringSubmatch(string(out), -1)
	if lines := strings.Count(string(out), "\n"); len(matches) != lines || lines < 60 {
		t.Fatalf("%d of %d lines were understood", len(matches), lines)
	}
	for _, m := range matches {
		id, _ := strconv.ParseUint(m[1]+m[2], 16, 16)
		s := Suite(uint16(id))
		// OpenSSL has the name that the registry gives to no other suite like it.
		iana := strings.Replace(m[3], "TLS_DHE_PSK_WITH_AES_"+m[9]+"_CCM_8", "TLS_PSK_DHE_WITH_AES_"+m[9]+"_CCM_8", 1)
		if s.Name != iana || s.OpenSSL != m[4] {
			t.Errorf("%04X: %s, %s; openssl says %s, %s", id, s.Name, s.OpenSSL, m[3], m[4])
		}
		p, _ := Of(uint16(id))
		if got, want := describe(p), m[6]+" "+m[7]+" "+m[9]+" "+m[10]; got != want {
			t.Errorf("%s: %s, openssl says %s", s.Name, got, want)
		}
		if Version(p.First) != m[5] {
			t.Errorf("%s: from %s, openssl says %s", s.Name, Version(p.First), m[5])
		}
	}
	t.Logf("%d suites of OpenSSL", len(matches))
}

// describe writes properties in the words of openssl ciphers -v.
func describe(p Properties) string {
	exchange := map[string]string{"ECDHE": "ECDH", "DHE": "DH"}[p.KeyExchange]
	if exchange == "" {
		exchange = p.KeyExchange
	}
	authentication, bits, mac := p.Authentication, "", p.MAC
	switch {
	case p.Authentication == "PSK" && p.KeyExchange != "PSK":
		exchange = p.KeyExchange + "PSK"
		if p.KeyExchange == "RSA" {
			authentication = "RSA" // the server needs a certificate as well
		}
	case p.Authentication == "anon":
		authentication = "None"
	}
	if p.Bits > 0 {
		bits = strconv.Itoa(p.Bits)
	}
	if mac == "SHA" {
		mac = "SHA1"
	}
	return strings.Join([]string{exchange, authentication, bits, mac}, " ")
}

// The mapping of testssl.sh has many suites that OpenSSL dropped long ago.
func TestAgainstTestssl(t *testing.T) {
	file, err := os.Open(testsslMapping(t))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	line := regexp.MustCompile(`^ +0x(..),0x(..) - +\S+ +(\S+) `)
	checked := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		m := line.FindStringSubmatch(lines.Text())
		if m == nil || m[3] == "-" {
			continue // SSL 2.0, whose numbers have three bytes; or no name
		}
		id, _ := strconv.ParseUint(m[1]+m[2], 16, 16)
		if got := Suite(uint16(id)).Name; got != m[3] {
			t.Errorf("%04X: %s, testssl.sh says %s", id, got, m[3])
		}
		checked++
	}
	t.Logf("%d suites of testssl.sh", checked)
}

// testsslMapping finds the file as Debian installs it.
func testsslMapping(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("dpkg", "-L", "testssl.sh").Output()
	if err != nil {
		t.Skip("testssl.sh is not installed as a Debian package: apt-get install testssl.sh")
	}
	for name := range strings.Lines(string(out)) {
		if name = strings.TrimSpace(name); path.Base(name) == "cipher-mapping.txt" {
			return name
		}
	}
	t.Skip("the package testssl.sh has no cipher-mapping.txt")
	return ""
}

func ExampleSuite() {
	s := Suite(0xC030)
	p, _ := Of(s.ID)
	fmt.Println(s.Name, s.OpenSSL)
	fmt.Println(p.KeyExchange, p.Authentication, p.Cipher, p.Bits, p.MAC, Version(p.First), Version(p.Last))
	// Output:
	// TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDHE-RSA-AES256-GCM-SHA384
	// ECDHE RSA AES_256_GCM 256 AEAD TLSv1.2 TLSv1.2
}
