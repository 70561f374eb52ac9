package cert

import (
	"bytes"
	"strings"
	"testing"

	"certlens/internal/report"
)

// TestKeys decodes keys that no certificate of testdata has.
func TestKeys(t *testing.T) {
	number := func(n int) []byte { return tlv(2, append([]byte{0x7f}, bytes.Repeat([]byte{0xff}, n-1)...)) }
	point := append([]byte{4}, bytes.Repeat([]byte{7}, 64)...)
	tests := []struct {
		name    string
		spki    []byte
		want    report.Key
		problem string
	}{
		{"DH, X9.42", seq(algID("1.2.840.10046.2.1", seq(number(256), integer(2), number(32))), bits(integer(9))),
			report.Key{Algorithm: "DH", Bits: 2047, Point: "09"}, ""},
		{"DH, PKCS #3", seq(algID("1.2.840.113549.1.3.1", seq(number(128), integer(2))), bits(integer(9))),
			report.Key{Algorithm: "DH", Bits: 1023, Point: "09"}, ""},
		{"DSA without parameters", seq(algID(oidDSA), bits(integer(9))),
			report.Key{Algorithm: "DSA", Point: "09", Parameters: "parameters of the issuer"}, ""},
		{"EC with the curve of the issuer", seq(algID(oidEC, null()), bits(point)),
			report.Key{Algorithm: "ECDSA", Point: hexText(point), Parameters: "parameters of the issuer"}, ""},
		{"EC without parameters", seq(algID(oidEC), bits(point)), report.Key{Algorithm: "ECDSA", Point: hexText(point)}, "missing"},
		{"EC with a string as curve", seq(algID(oidEC, utf8s("P-256")), bits(point)), report.Key{Algorithm: "ECDSA", Point: hexText(point)}, "expected the name of a curve"},
		{"EC on an unknown curve", seq(algID(oidEC, oid("1.3.6.1.4.1.32473.1")), bits(point)),
			report.Key{Algorithm: "ECDSA", Curve: "1.3.6.1.4.1.32473.1", Point: hexText(point)}, ""},
		{"SM2", seq(algID(oidEC, oid("1.2.156.10197.1.301")), bits(point)), report.Key{Algorithm: "ECDSA", Bits: 256, Curve: "SM2", Point: hexText(point)}, ""},
		{"binary field", seq(algID(oidEC, seq(integer(1), seq(oid("1.2.840.10045.1.2"), seq()))), bits(point)),
			report.Key{Algorithm: "ECDSA", Point: hexText(point), Parameters: "explicit curve parameters"}, ""},
		{"RSA, negative modulus", seq(algID(oidRSA, null()), bits(seq(tlv(2, []byte{0x80, 1}), integer(3)))),
			report.Key{Algorithm: "RSA", Bits: 16, Exponent: "3", Modulus: "8001"}, "negative"},
		{"RSA, zero modulus", seq(algID(oidRSA, null()), bits(seq(integer(0), integer(3)))), report.Key{Algorithm: "RSA", Exponent: "3"}, "is zero"},
		{"RSA, cut modulus", seq(algID(oidRSA, null()), bits(unhex("30 0a 02 08 00 11"))), report.Key{Algorithm: "RSA", Point: "300a02080011"}, "runs"},
		{"RSA, large exponent", seq(algID(oidRSA, null()), bits(seq(integer(77), tlv(2, []byte{0, 0xff, 1, 2, 3, 4, 5, 6, 7, 8})))),
			report.Key{Algorithm: "RSA", Bits: 7, Exponent: "4703992362655726044936", Modulus: "4d"}, ""},
		{"GOST", seq(algID("1.2.643.7.1.1.1.1", seq()), bits([]byte{1})), report.Key{Algorithm: "GOST R 34.10-2012 (256 bits)", Bits: 256, Point: "01"}, ""},
		{"ML-KEM", seq(algID("2.16.840.1.101.3.4.4.2"), bits([]byte{1})), report.Key{Algorithm: "ML-KEM-768", Point: "01"}, ""},
		{"SLH-DSA", seq(algID("2.16.840.1.101.3.4.3.20"), bits([]byte{1})), report.Key{Algorithm: "SLH-DSA-SHA2-128s", Point: "01"}, ""},
		{"X448", seq(algID(oidX448), bits([]byte{1})), report.Key{Algorithm: "X448", Bits: 448, Point: "01"}, ""},
		{"unknown", seq(algID("1.3.6.1.4.1.32473.2"), bits([]byte{1})), report.Key{Algorithm: "1.3.6.1.4.1.32473.2", Point: "01"}, ""},
	}
	for _, test := range tests {
		log := newFaults("subjectPublicKeyInfo")
		got := readPublicKey(test.spki, log).report()
		got.OID = ""
		if got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
		detail := ""
		if p := log.first(); p != nil {
			detail = p.Detail
		}
		if !strings.Contains(detail, test.problem) || (detail == "") != (test.problem == "") {
			t.Errorf("%s: problem %q, want %q", test.name, detail, test.problem)
		}
	}
}
