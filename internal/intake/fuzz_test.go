package intake

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"certlens/internal/report"
)

// FuzzScan feeds anything to Scan, as it is and wrapped around a private key,
// whole, damaged under a wrong label, and in all wrappings, which must stay out of
// the report.
func FuzzScan(f *testing.F) {
	for i, v := range vectors(f) {
		f.Add(v.input, uint16(i))
	}
	for i, s := range []string{"", "-----BEGIN ", "-----BEGIN X-----", "\xFF\xFE0\x00", "\xEF\xBB\xBF0 s:", "MII" + strings.Repeat("A", 90)} {
		f.Add([]byte(s), uint16(i))
	}
	der := privateKeyOfFuzz(f)
	key := pemBlock("PRIVATE KEY", der)
	f.Fuzz(func(t *testing.T, data []byte, damage uint16) {
		r := Scan(Source{Data: data})
		sound(t, data, r)
		if again := Scan(Source{Data: data}); reported(t, r) != reported(t, again) {
			t.Fatal("two scans of the same input differ")
		}
		half := len(data) / 2
		wrapped := []byte(wrappings[int(damage)%len(wrappings)].wrap(string(key)))
		for _, planted := range [][]byte{key, mislabelled(der, damage), wrapped} {
			around := bytes.Join([][]byte{data[:half], planted, data[half:]}, []byte("\n"))
			r = Scan(Source{Data: around})
			sound(t, around, r)
			noKey(t, r, der)
			noSecret(t, "planted", r, der[len(der)-32:]) // the seed of Ed25519
		}
	})
}

// mislabelled gives one of the mutations of a key, under a label of certificates.
func mislabelled(der []byte, n uint16) []byte {
	list := mutations(der)
	text := pemBlock("CERTIFICATE", list[int(n)%len(list)])
	if n&0x8000 != 0 {
		return bytes.Replace(text, []byte("END CERTIFICATE"), []byte("END PRIVATE KEY"), 1)
	}
	return text
}

// privateKeyOfFuzz is the same key in every run. No byte repeats in its seed as
// mutations of the fuzzer do.
func privateKeyOfFuzz(f *testing.F) []byte {
	f.Helper()
	seed := sha256.Sum256([]byte("seed"))
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(seed[:]))
	if err != nil {
		f.Fatal(err)
	}
	return der
}

// noKey asserts that no line of the key's PEM is in the report.
func noKey(t *testing.T, r Result, der []byte) {
	t.Helper()
	j, secret := reported(t, r), base64.StdEncoding.EncodeToString(der)
	if strings.Contains(j, secret[:64]) || strings.Contains(j, secret[len(secret)-44:]) {
		t.Fatalf("the report holds the private key: %s", j)
	}
}

// sound asserts what holds for every result.
func sound(t *testing.T, data []byte, r Result) {
	t.Helper()
	size := len(data)
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		size = 2 * len(data) // places count in the UTF-8 form
	}
	last := report.Where{}
	for i, in := range r.Inputs {
		w := in.Where
		if w.Offset < 0 || w.Length < 0 || w.Offset+w.Length > size || w.Line < 1 || w.Column < 1 {
			t.Fatalf("input %d of %d bytes stands at %+v", i, size, w)
		}
		if i > 0 && (w.Offset < last.Offset || last.Offset+last.Length > w.Offset && !contained(r, i)) {
			t.Fatalf("input %d at %+v overlaps the one before, at %+v", i, w, last)
		}
		last = w
	}
	total := 0
	for _, o := range r.Objects {
		if o.Input < 0 || o.Input >= len(r.Inputs) || len(o.DER) == 0 || o.Missing < 0 {
			t.Fatalf("object %+v", o)
		}
		total += len(o.DER)
	}
	const made = 300 // A key that is not DER becomes DER, with coordinates in full length.
	if total > size+made*len(r.Objects) {
		t.Fatalf("%d bytes of objects from %d bytes", total, size)
	}
	if j, err := json.Marshal(r); err != nil || len(j) > 100*size+1000 {
		t.Fatalf("%d bytes of JSON from %d bytes: %v", len(j), size, err)
	}
}

// contained tells whether input i lies inside what a tool wrote before it.
func contained(r Result, i int) bool {
	holders := map[string]bool{"s_client": true}
	for _, t := range tools() {
		holders[t.name] = true
	}
	for _, holder := range r.Inputs[:i] {
		w, in := holder.Where, r.Inputs[i].Where
		if holders[holder.Kind] && w.Offset <= in.Offset && in.Offset+in.Length <= w.Offset+w.Length {
			return true
		}
	}
	return false
}
