package intake

import "strings"

// longestRun is the longest run of base64 characters that is echoed. A line of
// a PEM block has 64, and no host name, file name or sentence comes near.
const longestRun = 40

// withheld stands where a run was that may be key material.
const withheld = "[withheld]"

// redact makes text from a transcript fit for a report: secrets are masked, what
// may be key material is withheld, control characters become spaces, and it ends
// after MaxText bytes.
func redact(s string) string {
	if len(s) > 4*MaxText {
		s = s[:4*MaxText]
	}
	s = withoutSecrets(s)
	var out strings.Builder
	for len(s) > 0 {
		n := 0
		for n < len(s) && sextet[s[n]] != 255 {
			n++
		}
		switch {
		case n > longestRun && !isPath(s[:n]):
			out.WriteString(withheld)
		case n > 0:
			out.WriteString(s[:n])
		default:
			n = 1
			out.WriteByte(printable(s[0]))
		}
		s = s[n:]
	}
	return clip(strings.TrimSpace(strings.ToValidUTF8(out.String(), "\uFFFD")))
}

// isPath tells whether a long run is a path, which may stand in an error line:
// words between slashes, without a digit. Of 64 random base64 characters, one
// line in 30 million looks like that.
func isPath(s string) bool {
	word := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '/':
			word = 0
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
			word++
		default:
			return false
		}
		if word > longestWord {
			return false
		}
	}
	return true
}

// longestWord is the longest part of a path that is echoed, in bytes.
const longestWord = 20

func printable(c byte) byte {
	if c < 0x20 || c == 0x7F {
		return ' '
	}
	return c
}

// clip cuts a text after MaxText bytes.
func clip(s string) string {
	if len(s) <= MaxText {
		return s
	}
	return strings.ToValidUTF8(s[:MaxText], "") + "…"
}

// token gives the first word of s when it is made of the characters that names
// of protocols, ciphers and hashes have; otherwise "".
func token(s string) string {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
		case strings.IndexByte("-_./+", c) >= 0:
		default:
			s = s[:i]
		}
	}
	return redact(s)
}
