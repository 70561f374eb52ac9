package intake

import (
	"bytes"
	"strings"
)

// Secrets that people paste along with an error: passwords in URLs, tokens, the
// headers that carry them. Private keys are told by recognisers.

// secretValues end the names of what is secret; secretHeaders are secret to the
// end of the line.
var (
	secretValues  = []string{"token", "password", "passwd", "secret", "api_key", "apikey", "sessionid", "signature"}
	secretHeaders = []string{"authorization", "cookie", "api-key"}
)

const (
	// maxSecretName and maxUserinfo are how far is looked back and ahead, in bytes.
	maxSecretName, maxUserinfo = 16, 512
	// minJWT is the shortest JSON Web Token that is believed, in bytes.
	minJWT = 20
	// minBytesInHex is how many bytes apart from each other may be a key: more
	// than the longest serial number has.
	minBytesInHex = 24
	// masked is a byte that is in no text, and is shown as nothing.
	masked = 0xFF
)

// Mask gives text with what is secret by its looks made unreadable, and all else
// in its place. The text itself stays as it is.
func Mask(text []byte) []byte {
	out, last := text, 0
	for i := 0; i < len(text); i++ {
		from, to := secretAt(text, i)
		if from = max(from, last); from >= to {
			continue
		}
		if last == 0 {
			out = bytes.Clone(text)
		}
		for j := from; j < to; j++ {
			out[j] = masked
		}
		copy(out[from:to], "***")
		last, i = to, to-1
	}
	return out
}

// withoutSecrets is Mask for text that need not keep its places.
func withoutSecrets(s string) string {
	out := make([]byte, 0, len(s))
	for i, c := range Mask([]byte(s)) {
		if c != masked || s[i] == masked {
			out = append(out, c)
		}
	}
	return string(out)
}

// secretAt gives the secret that the byte at an offset begins or introduces.
func secretAt(text []byte, i int) (from, to int) {
	rest := text[i:]
	if n := hexRun(text, i); n >= minBytesInHex {
		return i - 2, i + 3*n - 3
	}
	switch rest[0] {
	case 'e':
		if bytes.HasPrefix(rest, []byte("eyJ")) {
			n := bytes.IndexFunc(rest, func(r rune) bool { return r != '.' && (r > 'z' || !isToken(byte(r))) })
			if n < 0 {
				n = len(rest)
			}
			if n >= minJWT {
				return i, i + n
			}
		}
	case ':', '=':
		if bytes.HasPrefix(rest, []byte("://")) {
			near := rest[3:min(len(rest), maxUserinfo)]
			if end := bytes.IndexAny(near, "/?# \t\r\n'\"<>"); end >= 0 {
				near = near[:end]
			}
			return i + 3, i + 3 + max(0, bytes.LastIndexByte(near, '@'))
		}
		name := strings.ToLower(string(text[max(0, i-maxSecretName):i]))
		bare := strings.TrimRight(name, `\"'`)
		value := i + 1 + len(rest[1:]) - len(bytes.TrimLeft(rest[1:], ` \"'`))
		ends := " \t\r\n&'\"\\<>,;)"
		switch {
		case rest[0] == ':' && endsIn(bare, secretHeaders):
			ends = "\r\n"
		case !endsIn(bare, secretValues) || rest[0] == ':' && bare == name:
			return 0, 0
		}
		n := bytes.IndexAny(text[value:], ends)
		if n < 0 {
			n = len(text) - value
		}
		return value, value + n
	}
	return 0, 0
}

// hexRun counts the bytes in hexadecimal, with colons or spaces between, of which
// the first ends at the offset.
func hexRun(text []byte, i int) int {
	n := 0
	for ; i <= len(text) && isByte(text, 0, i-1); i += 3 {
		if n++; i == len(text) || text[i] != ':' && text[i] != ' ' {
			break
		}
	}
	return n
}

func endsIn(name string, list []string) bool {
	for _, s := range list {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}
