package main

import (
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"certlens/internal/report"
)

// A style decides how the report looks; without colour it is plain text.
type style struct{ colour bool }

// wantsColour tells whether f is a terminal that should get colours. A variable
// NO_COLOR that is present and not empty turns them off (no-color.org).
func wantsColour(f *os.File) bool {
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	return isTerminal(f)
}

// isTerminal tells whether a person sits at f. The null device is a character
// device as well, and nobody sits there.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// ANSI codes (ECMA-48, select graphic rendition).
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	blue   = "34"
)

func (s style) paint(code, text string) string {
	if !s.colour {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// mark is the sign of a severity: a shape and a colour, next to a word.
func (s style) mark(severity report.Severity) string {
	switch severity {
	case report.Error:
		return s.paint(red, "✗")
	case report.Warning:
		return s.paint(yellow, "▲")
	case report.Notice:
		return s.paint(blue, "●")
	}
	return s.paint(green, "✓")
}

// printable makes text from a certificate harmless for a terminal: characters
// that control it, or that turn the direction of what follows, are shown by
// their code point.
func printable(text string) string {
	if strings.IndexFunc(text, dangerous) < 0 && utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			fmt.Fprintf(&out, "\\x%02x", text[i])
		case dangerous(r):
			fmt.Fprintf(&out, "\\u{%04X}", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// dangerous tells whether a terminal may do something else than show r: control
// characters, format characters (bidirectional marks are among them), and line
// and paragraph separators.
func dangerous(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// wrap breaks text at spaces into lines of at most width characters.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(printable(text)) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
