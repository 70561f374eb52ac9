package client

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzRecognise feeds anything to Recognise, as it is and around a private key,
// of which nothing may come out.
func FuzzRecognise(f *testing.F) {
	names, _ := filepath.Glob("testdata/pastes/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data)
	}
	for _, c := range textCases(f) {
		f.Add([]byte(c.text))
	}
	key, secrets := plantedKey(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		sound(t, data, Recognise(data))
		half := len(data) / 2
		around := bytes.Join([][]byte{data[:half], key, data[half:]}, nil)
		matches := Recognise(around)
		sound(t, around, matches)
		out, err := json.Marshal(matches)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range secrets {
			if bytes.Contains(out, []byte(s)) && !bytes.Contains(data, []byte(s)) {
				t.Fatalf("%q of the private key is in the output:\n%s", s, out)
			}
		}
	})
}

// plantedKey is a private key in PEM, and those parts of its text that show its
// secret half: 16 characters of it are enough to call it shown.
func plantedKey(t testing.TB) (key []byte, secrets []string) {
	t.Helper()
	seed := sha256.Sum256([]byte("seed"))
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(seed[:]))
	if err != nil {
		t.Fatal(err)
	}
	body := base64.StdEncoding.EncodeToString(der)
	for i := len(body) - 40; i+16 <= len(body); i++ {
		secrets = append(secrets, body[i:i+16])
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), secrets
}

// sound checks what must hold for any input.
func sound(t *testing.T, data []byte, matches []Match) {
	t.Helper()
	last := 0
	for _, m := range matches {
		w := m.Where
		if w.Offset < last || w.Length <= 0 || w.Offset+w.Length > len(data) || w.Line < 1 || w.Column < 1 {
			t.Fatalf("place %+v behind %d, in %d bytes", w, last, len(data))
		}
		last = w.Offset
		if strings.ContainsAny(m.Text, "\n\r\x1b\x00") || len(m.Text) > maxText || m.Text == "" {
			t.Fatalf("text %q", m.Text)
		}
		if m.Class == "" || m.Client == "" || m.Side == "" || m.Proves == "" || m.Source == "" || m.Count < 1 || m.Depth < -1 {
			t.Fatalf("incomplete: %+v", m)
		}
		for _, name := range []string{m.Host, m.File, m.Subject} {
			if len(name) > maxName {
				t.Fatalf("name of %d bytes", len(name))
			}
		}
		if m.Port < 0 || m.Port > 65535 {
			t.Fatalf("port %d", m.Port)
		}
	}
	if len(matches) > MaxMatches {
		t.Fatalf("%d matches", len(matches))
	}
}
