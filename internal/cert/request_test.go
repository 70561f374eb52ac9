package cert

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certlens/internal/report"
)

// requestVector is a request with everything that requests have.
func requestVector(attributes ...[]byte) []byte {
	key := testKey("request")
	info := seq(integer(0), defaultName, edInfo(key), tlv(0xa0, attributes...))
	return seq(info, algID(oidEd25519), bits(sign(key, info)))
}

func attribute(id string, values ...[]byte) []byte { return seq(oid(id), setOf(values...)) }

func fullRequest() []byte {
	return requestVector(
		attribute(oidExtensionReq, seq(san(dnsName("example.com"), dnsName("www.example.com")), critical(oidKeyUsage, namedBits(0, 2)),
			ext("1.3.6.1.4.1.32473.1", utf8s("unknown")))),
		attribute("1.2.840.113549.1.9.7", utf8s("swordfish")),
		attribute("1.2.840.113549.1.9.2", utf8s("unstructured")),
		attribute("1.3.6.1.4.1.311.13.2.3", ia5("10.0.19045.2")),
		attribute("1.3.6.1.4.1.311.21.20", seq(integer(5), utf8s("host.ad.example.com"), utf8s("AD\\user"), utf8s("certreq.exe"))),
		attribute("1.3.6.1.4.1.311.13.2.2", seq(integer(1), tlv(0x1e, bmp("Provider")), bits(nil))))
}

func TestDecodeRequest(t *testing.T) {
	for name, der := range map[string][]byte{
		"full":          fullRequest(),
		"plain":         requestVector(),
		"no-attributes": noAttributes(),
		"trailing":      cat(requestVector(), []byte{0}),
		"cut":           requestVector()[:150],
		"tampered":      tamper(requestVector()),
		"no-request":    integer(5),
	} {
		t.Run(name, func(t *testing.T) {
			object := DecodeRequest(der)
			if strings.Contains(string(toJSON(object)), "swordfish") {
				t.Error("the challenge password is shown")
			}
			golden(t, "testdata/requests/"+name+".json", toJSON(object))
		})
	}
}

func noAttributes() []byte {
	key := testKey("request")
	info := seq(integer(0), defaultName, edInfo(key))
	return seq(info, algID(oidEd25519), bits(sign(key, info)))
}

func tamper(der []byte) []byte {
	der[len(der)-1] ^= 1
	return der
}

// TestRequestsAgainstOpenSSL reads requests that openssl makes.
func TestRequestsAgainstOpenSSL(t *testing.T) {
	for name, args := range map[string][]string{
		"rsa":     {"-newkey", "rsa:2048"},
		"p384":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"},
		"ed25519": {"-newkey", "ed25519"},
		"pss":     {"-newkey", "rsa:2048", "-sigopt", "rsa_padding_mode:pss"},
	} {
		file := filepath.Join(t.TempDir(), "key.pem")
		text, ok := openssl(t, nil, append([]string{"req", "-new", "-nodes", "-keyout", file, "-subj", "/C=XX/CN=req.example.com",
			"-addext", "subjectAltName=DNS:req.example.com,IP:192.0.2.1"}, args...)...)
		if !ok {
			t.Fatalf("%s: openssl req failed", name)
		}
		block, _ := pem.Decode([]byte(text))
		object := DecodeRequest(block.Bytes)
		key, err := os.ReadFile(file)
		must(err)
		public, _ := openssl(t, key, "pkey", "-pubout", "-outform", "DER")
		hash, _ := keyPin([]byte(public))
		for label, want := range map[string]string{"Subject": "C=XX, CN=req.example.com", "Signature": "made with the key of the request", "SHA-256 of the public key": hash} {
			if got := valueOf(object.Fields, label); got != want {
				t.Errorf("%s: %s is %q, want %q", name, label, got, want)
			}
		}
		if object.Title != "Certificate request for req.example.com" || object.Problem != nil {
			t.Errorf("%s: %s, %v", name, object.Title, object.Problem)
		}
	}
}

func valueOf(fields []report.Field, label string) string {
	for _, f := range fields {
		if f.Label == label {
			return f.Value
		}
	}
	return ""
}
