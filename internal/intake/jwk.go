package intake

import (
	"bytes"
	"strings"
)

// JSON Web Keys (RFC 7517, RFC 7518, RFC 8037), alone or in sets, in JSON, in
// strings of JSON, and in what JavaScript prints.

var kty = []byte("kty")

// maxJWK is the longest key that is believed on either side of its type, in
// bytes: a chain may be in it.
const maxJWK = 64 << 10

// nextJWK finds the object with the next "kty". The object begins behind the
// "kty" before, so that all searches together are linear.
func nextJWK(t *text, from int) int {
	for lo := from; ; {
		i := bytes.Index(t.data[lo:], kty)
		if i < 0 {
			return -1
		}
		at := lo + i
		if isMember(t.data, at, len(kty)) {
			if start := bytes.LastIndexByte(t.data[max(lo, at-maxJWK):at], '{'); start >= 0 {
				return max(lo, at-maxJWK) + start
			}
		}
		lo = at + len(kty)
	}
}

// isMember tells whether the word at an offset is the name of a member: quotes
// may stand around it, and a colon behind.
func isMember(data []byte, at, n int) bool {
	if at > 0 && (isToken(data[at-1])) {
		return false
	}
	return bytes.HasPrefix(bytes.TrimLeft(data[at+n:min(len(data), at+n+8)], "\\\"' "), []byte(":"))
}

// claimJWK reads the object up to its brace, or to the next "kty".
func claimJWK(t *text, start int) (*piece, int) {
	at := start + nextMember(t.data[start:min(len(t.data), start+maxJWK+len(kty))], kty)
	rest := t.data[at+len(kty) : min(len(t.data), at+maxJWK)]
	again := at + len(kty)
	rest = rest[:nextMember(rest, kty)]
	end := bytes.IndexByte(rest, '}')
	secret := end < 0
	if secret {
		end = len(rest) - 1 // cut short: what is left may hold a secret
	}
	k := jwk{t.data[start : again+end+1]}
	p := newPiece(t, start, "jwk")
	p.end = start + len(k.text)
	switch {
	case k.has("d") || k.has("p") || k.has("q"):
		p.takeKey(PrivateKey, k.half(), "JWK")
		p.takeBare(start, p.end)
	case k.has("k"):
		p.input.Secret = true
		p.note("A secret key for both sides (kty oct); certlens has no use for it.")
	case k.has("x5c") || secret:
		return nil, again // the certificates stand there as base64
	default:
		p.takeKey(PublicKey, k.half(), "JWK")
		p.noteURL(k)
		if len(p.objects) == 0 && p.input.Note == "" {
			return nil, again
		}
	}
	return p, 0
}

// nextMember gives the offset of the next member of a name; the length of data
// when there is none.
func nextMember(data, name []byte) int {
	for from := 0; ; {
		i := bytes.Index(data[from:], name)
		if i < 0 {
			return len(data)
		}
		if isMember(data, from+i, len(name)) {
			return from + i
		}
		from += i + len(name)
	}
}

// noteURL names the place from which the certificates could be had.
func (p *piece) noteURL(k jwk) {
	if url := k.member("x5u", "\"'\\ ,}"); url != "" {
		p.note("Its certificates are at %s (x5u); certlens fetches nothing.", redact(url))
	}
}

// takeBare adds the objects that stand in base64 between two offsets.
func (p *piece) takeBare(from, to int) {
	part := p.t.inner(p.t.data[from:to])
	for at := nextBase64(part, 0); at >= 0; {
		found, again := claimBase64(part, at)
		if found != nil {
			p.objects = append(p.objects, found.objects...)
			again = found.end
		}
		at = nextBase64(part, again)
	}
}

// A jwk is the text of one object.
type jwk struct{ text []byte }

func (k jwk) has(name string) bool { return k.find(name) >= 0 }

// find gives the offset after the name of a member and its colon; -1 when there
// is no such member.
func (k jwk) find(name string) int {
	at := nextMember(k.text, []byte(name))
	if at == len(k.text) {
		return -1
	}
	return at + bytes.IndexByte(k.text[at:], ':') + 1
}

// member gives the value of a member up to one of the characters that end it.
func (k jwk) member(name, ends string) string {
	at := k.find(name)
	if at < 0 {
		return ""
	}
	value := bytes.TrimLeft(k.text[at:], "\\\"' \t\r\n")
	if end := bytes.IndexAny(value, ends); end >= 0 {
		value = value[:end]
	}
	return string(value)
}

// number gives the value of a member that is base64url.
func (k jwk) number(name string) []byte {
	value := k.member(name, "\"'\\ ,}\r\n")
	d := newDecoder([]byte(value), 0, len(value))
	d.digits = &urlSextet
	return clean(d)
}

// half is the public half; nil when members for it are missing.
func (k jwk) half() *half {
	var h half
	crv := k.member("crv", "\"'\\ ,}\r\n")
	switch c := curveNamed(crv); {
	case strings.HasPrefix(k.member("kty", "}"), "RSA"):
		h = rsaHalf(k.number("n"), k.number("e"))
		if len(k.number("n")) == 0 || len(k.number("e")) == 0 {
			return nil
		}
	case c != nil:
		x, y := k.number("x"), k.number("y")
		h = curveHalf(c, c.point(x, y))
		if len(x) == 0 || len(y) == 0 {
			return nil
		}
	case edwards[crv] != nil:
		h = edwardsHalf(edwards[crv], k.number("x"))
	}
	if len(h.key) == 0 {
		return nil
	}
	return &h
}
