package evidence

import (
	"testing"
	"time"

	"certlens/internal/report"
)

// Both targets ask that decoding ends without a panic, says the same when asked
// again, and gives no empty title and no problem beyond the end.

func FuzzDecodeCRL(f *testing.F) { fuzz(f, "crl", DecodeCRL) }

func FuzzDecodeOCSP(f *testing.F) { fuzz(f, "ocsp", DecodeOCSP) }

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
