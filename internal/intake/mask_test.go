package intake

import (
	"strings"
	"testing"
)

func TestMask(t *testing.T) {
	const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
	bytesOf := func(n int, sep string) string { return strings.TrimSuffix(strings.Repeat("f3"+sep, n), sep) }
	for _, c := range []struct{ text, want string }{
		{"unable to access 'https://alice:pass@git.example/x.git/'", "unable to access 'https://***@git.example/x.git/'"},
		{"https://a@b@www.example.com/", "https://***@www.example.com/"},
		{"https://www.example.com/@a", "https://www.example.com/@a"},
		{"url: /simple/?Token=abcd&x=1", "url: /simple/?Token=***&x=1"},
		{"//npm.example/:_authToken=abcd\nnext", "//npm.example/:_authToken=***\nnext"},
		{`{"msg":"x","password":"abcd","at":1}`, `{"msg":"x","password":"***","at":1}`},
		{`{\"secret\": \"abcd\"}`, `{\"secret\": \"***\"}`},
		{"> Authorization: Basic YTpi\r\n> Accept: */*", "> Authorization: ***\r\n> Accept: */*"},
		{"Set-Cookie: id=abcd; Secure\n", "Set-Cookie: ***\n"},
		{"jwt " + jwt + " is expired", "jwt *** is expired"},
		{jwt, "***"},
		{"key " + bytesOf(32, ":") + ".", "key ***."},
		{bytesOf(24, " "), "***"},
		{"serial " + bytesOf(20, ":"), "serial " + bytesOf(20, ":")},
		{"bad password: a.p12, secret key, token: eof, cookie", "bad password: a.p12, secret key, token: eof, cookie"},
		{"://", "://"}, {"=", "="}, {"token=", "token="}, {"eyJ", "eyJ"}, {"", ""},
	} {
		check(t, c.text, withoutSecrets(c.text), c.want)
		text := []byte(c.text)
		if got := Mask(text); len(got) != len(text) || string(text) != c.text {
			t.Errorf("%q: %q of %q", c.text, got, text)
		}
	}
}
