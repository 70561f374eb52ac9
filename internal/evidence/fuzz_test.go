package evidence

import (
	"crypto/x509/pkix"
	"testing"
	"time"

	"certlens/internal/report"
)

// Both targets ask that decoding ends without a panic, says the same when asked
// again, and gives no empty title and no problem beyond the end.

func FuzzDecodeCRL(f *testing.F) { fuzz(f, "crl", DecodeCRL) }

func FuzzDecodeOCSP(f *testing.F) { fuzz(f, "ocsp", DecodeOCSP) }

// FuzzStatus asks that looking certificates up ends without a panic, and that
// nothing but what the issuer signed is verified: the issuer's key is thrown away.
func FuzzStatus(f *testing.F) {
	for _, v := range vectors(f) {
		f.Add(v.der)
	}
	c := newCast(f)
	f.Add(listing{by: c.twin, serials: []int64{0x80}, extra: []pkix.Extension{deltaMark()}, marks: issuerMark(c.ca)}.der(f))
	f.Add(reply{by: c.twin, status: 1, embed: true}.der(f, c))
	f.Fuzz(func(t *testing.T, der []byte) {
		for _, v := range Status(c.all(), [][]byte{der, der}, []string{"crl", "ocsp"}, noon) {
			if v.Verified || v.Detail == "" || v.Rule == "" {
				t.Errorf("%+v", v)
			}
		}
	})
}

func fuzz(f *testing.F, kind string, decode func([]byte, time.Time) report.Object) {
	for _, v := range vectors(f) {
		if v.kind == kind {
			f.Add(v.der)
		}
	}
	at := time.Date(2026, time.November, 21, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, der []byte) {
		o := decode(der, at)
		if o.Kind != kind || o.Title == "" || len(o.ID) != 64 {
			t.Errorf("%+v", o)
		}
		if p := o.Problem; p != nil && (p.Offset < 0 || p.Offset > len(der) || p.Detail == "" || p.Field == "") {
			t.Errorf("problem %+v in %d bytes", p, len(der))
		}
		if text(o) != text(decode(der, at)) {
			t.Error("the second time gives something else")
		}
	})
}
