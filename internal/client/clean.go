package client

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// longestRun is the longest run of base64 characters that is echoed, paths aside:
// the lines of a private key are longer, and no name or sentence comes near.
const longestRun = 40

// longestWord is the longest part of a path that is echoed, in bytes.
const longestWord = 20

// withheld stands where what follows may be key material.
const withheld = "[withheld]"

// boundary is what the lines around a PEM object begin with; no error text has it.
const boundary = "-----"

// clean makes a stretch of the input fit to be shown in one line: without the
// controls of a terminal, white space collapsed, cut after max bytes, and in front
// of what may be key material.
func clean(text string, max int) string {
	if len(text) <= max && isClean(text) {
		return text
	}
	text, _, cutOff := strings.Cut(text, boundary)
	var out strings.Builder
	for word := range words(text) {
		if mayBeKey(word) {
			cutOff = true
			break
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(word)
		if out.Len() > max {
			break
		}
	}
	if cutOff {
		return cut(strings.TrimSpace(out.String()), max-len(withheld)-1) + " " + withheld
	}
	return cut(out.String(), max)
}

// isClean tells whether a text needs no cleaning, as most names do not.
func isClean(text string) bool {
	run := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c <= ' ' && (c < ' ' || i == 0 || i == len(text)-1 || text[i-1] == ' '), c >= 0x7F:
			return false
		case isBase64(c):
			if run++; run > longestRun {
				return false
			}
		default:
			run = 0
		}
	}
	return !strings.Contains(text, boundary)
}

// words gives the words of a text, without what is not seen.
func words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		var word []byte
		for i := 0; i < len(text); {
			r, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case r == 0x1B:
				n += control([]byte(text[i+1 : min(len(text), i+33)]))
			case r <= ' ' || r == 0x7F || r == 0xA0:
				if len(word) > 0 && !yield(string(word)) {
					return
				}
				word = word[:0]
			case r == utf8.RuneError && n == 1, r >= 0x80 && r < 0x2500 && fold(r) == 0:
			default:
				word = append(word, text[i:i+n]...)
			}
			i += n
		}
		if len(word) > 0 {
			yield(string(word))
		}
	}
}

// mayBeKey tells whether a word has a run of base64 that is no path.
func mayBeKey(word string) bool {
	start := 0
	for i := 0; i <= len(word); i++ {
		if i < len(word) && isBase64(word[i]) {
			continue
		}
		if i-start > longestRun && !isPath(word[start:i]) {
			return true
		}
		start = i + 1
	}
	return false
}

func isBase64(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '+' || c == '/' || c == '='
}

// isPath tells whether a run is a path: words between slashes, without a digit.
func isPath(run string) bool {
	for part := range strings.SplitSeq(run, "/") {
		if len(part) > longestWord || strings.ContainsAny(part, "0123456789+=") {
			return false
		}
	}
	return true
}

// cut ends a text after max bytes, between characters.
func cut(text string, max int) string {
	if len(text) <= max {
		return text
	}
	for max > 0 && !utf8.RuneStart(text[max]) {
		max--
	}
	return text[:max]
}
