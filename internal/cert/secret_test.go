package cert

import (
	"bytes"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certlens/internal/report"
)

// damagedKeys calls f with every key of goKeys, with one byte changed, wrapped
// in SEQUENCEs, without its outer SEQUENCE, and cut behind the start of the
// secret; kept says that the key itself is all there.
func damagedKeys(t *testing.T, f func(name string, der []byte, key [2][]byte)) {
	t.Helper()
	for name, key := range goKeys(t) {
		der := key[0]
		f(name, der, key)
		f(name+", wrapped", seq(der), key)
		f(name+", wrapped twice", seq(seq(der)), key)
		f(name+", wrapped with more", seq(seq(der), algID(oidRSA, null()), bits([]byte{1})), key)
		f(name+", without SEQUENCE", opened(der), key)
		for n := range der {
			for _, mask := range []byte{0x01, 0x41, 0xff} {
				bad := bytes.Clone(der)
				bad[n] ^= mask
				f(name+", flipped", bad, key)
			}
		}
		for n := len(der) / 2; n < len(der); n++ {
			f(name+", cut", der[:n], key)
		}
	}
}

// opened is the content of an element.
func opened(der []byte) []byte {
	e, err := readElement(der, 0)
	must(err)
	return e.content
}

// TestLooksPrivate counts the damaged keys that are not known as such.
func TestLooksPrivate(t *testing.T) {
	missed := map[string]int{}
	total := 0
	damagedKeys(t, func(name string, der []byte, _ [2][]byte) {
		if total++; !LooksPrivate(der) {
			missed[name]++
		}
	})
	t.Logf("%d damaged keys", total)
	for name, n := range missed {
		t.Errorf("%s: %d times not seen", name, n)
	}
}

// TestKeysCalledCertificates decodes damaged keys as certificates: no byte of the
// secret may come out.
func TestKeysCalledCertificates(t *testing.T) {
	n := 0
	damagedKeys(t, func(name string, der []byte, key [2][]byte) {
		if n++; strings.HasSuffix(name, "flipped") && n%5 != 0 {
			return
		}
		c := Parse(der)
		r := c.Report(testTime)
		if r.Title != "Private key (damaged)" || r.DER != "" || len(r.Problems) != 1 || !r.Problems[0].Fatal || r.SelfSigned {
			t.Errorf("%s: %s, %d bytes of DER, %v", name, r.Title, len(r.DER), r.Problems)
		}
		checkNoSecret(t, report.Object{Fields: []report.Field{{Value: string(toJSON(r))}}}, key[0], key[1])
		if c.DER != nil || c.RawSPKI != nil {
			t.Errorf("%s: the DER is there", name)
		}
	})
}

// TestPublicThings checks that nothing public looks like a private key.
func TestPublicThings(t *testing.T) {
	for name, der := range pemFiles(t) {
		if LooksPrivate(der) {
			t.Errorf("certificate %s", name)
		}
	}
	requests, _ := filepath.Glob("testdata/requests/*.pem")
	for _, file := range requests {
		data, err := os.ReadFile(file)
		must(err)
		if block, _ := pem.Decode(data); block != nil && LooksPrivate(block.Bytes) {
			t.Errorf("request %s", file)
		}
	}
	for name, key := range goKeys(t) {
		if LooksPrivate(key[1]) {
			t.Errorf("public half of %s", name)
		}
	}
}

// TestPublicStores is TestPublicThings for real certificates.
func TestPublicStores(t *testing.T) {
	for _, list := range [][][]byte{storePEMs(t), ccadbPEMs(t, 1)} {
		for _, der := range list {
			if LooksPrivate(der) {
				t.Errorf("%s", Parse(der).Title())
			}
		}
		t.Logf("%d certificates", len(list))
	}
}

// TestDamagedCertificates checks that a certificate stays one when it is cut or
// a byte of it is changed, as long as a name or a date is left.
func TestDamagedCertificates(t *testing.T) {
	for name, der := range pemFiles(t) {
		for n := 20; n < len(der); n += 3 {
			bad := bytes.Clone(der)
			bad[n] ^= 0x41
			for _, damaged := range [][]byte{bad, der[:n]} {
				if c := Parse(damaged); c.secret || LooksPrivate(damaged) {
					t.Errorf("%s, byte %d of %d: taken for a private key", name, n, len(damaged))
				}
			}
		}
	}
}

// TestPrivateLabels gives keys that are so damaged that they look like public
// ones: the label decides, and there is no ID.
func TestPrivateLabels(t *testing.T) {
	modulus := append([]byte{1}, make([]byte, 128)...)
	for name, der := range map[string][]byte{
		"two numbers":    seq(bigInt(bigInteger(modulus)), integer(3)),
		"a public key":   edInfo(testKey("leaf")),
		"small numbers":  seq(integer(0), integer(3)),
		"version, cut n": seq(integer(0), bigInt(bigInteger(modulus)))[:60],
	} {
		for _, label := range []string{"PRIVATE KEY", "RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK"} {
			if object := KeyObject(der, label); object.Kind != "private-key" || object.ID != "" || object.Problem == nil || len(object.Fields) != 0 {
				t.Errorf("%s as %s: %s", name, label, toJSON(object))
			}
		}
	}
	for name, key := range goKeys(t) {
		for n := range key[0] {
			object := KeyObject(key[0][:n], "PUBLIC KEY")
			if hash, _ := keyPin(key[1]); object.Kind != "private-key" && n > 60 || object.Kind == "private-key" && object.ID != "" && object.ID != hash {
				t.Errorf("%s, cut at %d: %s, %s", name, n, object.Title, object.ID)
			}
		}
	}
}
