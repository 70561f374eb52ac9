package intake

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A wrapping is one way in which PEM, or the DER in it, comes into a paste.
type wrapping struct {
	name string
	wrap func(pem string) string
	// repair is one that must be reported; "" for none.
	repair string
}

// eachLine changes each line by its number.
func eachLine(change func(i int, line string) string) func(string) string {
	return func(pem string) string {
		var b strings.Builder
		for i, line := range strings.Split(strings.TrimSuffix(pem, "\n"), "\n") {
			b.WriteString(change(i, line))
		}
		return b.String()
	}
}

func prefixed(format string, n int) func(string) string {
	return eachLine(func(i int, line string) string {
		var args []any
		for j := range n {
			args = append(args, i*(j+3)+9)
		}
		return fmt.Sprintf(format, args...) + line + "\n"
	})
}

func replaced(from, to string) func(string) string {
	return func(pem string) string { return strings.ReplaceAll(pem, from, to) }
}

// perBlock applies a change to each block of PEM.
func perBlock(change func(string) string) func(string) string {
	blocks := regexp.MustCompile(`(?s)-----BEGIN.*?-----END[^\n]*\n`)
	return func(pem string) string {
		var out []string
		for _, b := range blocks.FindAllString(pem, -1) {
			out = append(out, change(b))
		}
		return strings.Join(out, "\n")
	}
}

// ofDER applies a change to the DER of each block.
func ofDER(change func(der []byte) string) func(string) string {
	return perBlock(func(pem string) string {
		lines := strings.Split(strings.TrimSpace(pem), "\n")
		der, err := base64.StdEncoding.DecodeString(strings.Join(lines[1:len(lines)-1], ""))
		if err != nil {
			panic(err)
		}
		return change(der) + "\n"
	})
}

func jsonString(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// xxd writes a dump as xxd does.
func xxd(data []byte) string {
	return hexDump(data, "%08x: ", func(row []byte) string {
		var b strings.Builder
		for i := 0; i < 16; i += 2 {
			b.WriteString(fmt.Sprintf("%-5s", hex.EncodeToString(row[min(i, len(row)):min(i+2, len(row))])))
		}
		return b.String() + " " + printables(row)
	})
}

func hexdumpC(data []byte) string {
	return hexDump(data, "%08x  ", func(row []byte) string {
		var b strings.Builder
		for i := range 16 {
			if i < len(row) {
				fmt.Fprintf(&b, "%02x ", row[i])
			} else {
				b.WriteString("   ")
			}
			if i == 7 {
				b.WriteString(" ")
			}
		}
		return b.String() + " |" + printables(row) + "|"
	})
}

func hexdumpWords(data []byte) string {
	return hexDump(data, "%07x ", func(row []byte) string {
		var words []string
		for i := 0; i < len(row); i += 2 {
			words = append(words, fmt.Sprintf("%04x", binary.LittleEndian.Uint16(append(bytes.Clone(row[i:]), 0))))
		}
		return strings.Join(words, " ")
	})
}

func octalDump(data []byte) string {
	return hexDump(data, "%07o ", func(row []byte) string { return strings.TrimSpace(fmt.Sprintf("% x", row)) })
}

func hexDump(data []byte, offset string, row func([]byte) string) string {
	var b strings.Builder
	for i := 0; i < len(data); i += 16 {
		fmt.Fprintf(&b, offset, i)
		b.WriteString(row(data[i:min(i+16, len(data))]) + "\n")
	}
	return b.String()
}

func printables(row []byte) string {
	return string(bytes.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '.'
		}
		return r
	}, bytes.Map(func(r rune) rune { return r & 0x7F }, row)))
}

// joined writes each line as a string of a program.
func joined(before, open, closing, between string) func(string) string {
	return perBlock(func(pem string) string {
		return before + open + strings.ReplaceAll(strings.TrimSpace(pem), "\n", closing+between+open) + closing + ";\n"
	})
}

var wrappings = []wrapping{
	{"plain", func(s string) string { return s }, ""},
	{"crlf", replaced("\n", "\r\n"), "crlf"},
	{"cr", replaced("\n", "\r"), "cr"},
	{"indented", prefixed("\t    ", 0), "indentation"},
	{"quoted", prefixed("> > ", 0), "quote-prefix"},
	{"bar", prefixed("| ", 0), "quote-prefix"},
	{"hash", prefixed("# ", 0), "quote-prefix"},
	{"slashes", prefixed("// ", 0), "quote-prefix"},
	{"star", prefixed(" * ", 0), "quote-prefix"},
	{"diff", prefixed("+", 0), "quote-prefix"},
	{"SQL comment", prefixed("-- ", 0), "quote-prefix"},
	{"bars in the middle only", perBlock(func(s string) string {
		return strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n| ") + "\n"
	}), "quote-prefix"},
	{"cat -n", prefixed("%6d\t", 1), "line-numbers"},
	{"line numbers", prefixed("%d: ", 1), "line-numbers"},
	{"grep", prefixed("chain.pem:%d:", 1), "log-prefix"},
	{"log", prefixed("2026-11-20T10:00:%02d.%03dZ ", 2), "log-prefix"},
	{"compose", prefixed("proxy_1  | ", 0), "log-prefix"},
	{"compose in colour", prefixed("\x1b[36mproxy_1  |\x1b[0m ", 0), "log-prefix"},
	{"journal", prefixed("Nov 20 10:00:%02d host nginx[%d]: ", 2), "log-prefix"},
	{"log with other words", eachLine(func(i int, line string) string {
		return fmt.Sprintf("10:00:%02d [%s] id=%x %s\n", i, []string{"INFO", "WARN", "DEBUG"}[i%3], i*12345, line)
	}), "log-prefix"},
	{"colours", eachLine(func(_ int, line string) string { return "\x1b[32m" + line + "\x1b[0m\n" }), "ansi"},
	{"lost escapes", eachLine(func(_ int, line string) string { return "[32m" + line + "[0m\n" }), "ansi"},
	{"no-break spaces", func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, " ", "\u00A0"), "\n", "\u00A0\n\u00A0\u00A0")
	}, "spaces"},
	{"zero width", eachLine(func(_ int, line string) string {
		return "\u200B" + line[:min(5, len(line))] + "\u200B" + line[min(5, len(line)):] + "\u200B\n"
	}), "zero-width"},
	{"soft hyphens", eachLine(func(_ int, line string) string {
		if strings.HasPrefix(line, "-----") {
			return line + "\u00AD\n"
		}
		return line[:min(9, len(line))] + "\u00AD" + line[min(9, len(line)):] + "\n"
	}), "zero-width"},
	{"en dashes", replaced("-----", "–––––"), "typographic-dashes"},
	{"em dashes", replaced("-----", "——-"), "typographic-dashes"},
	{"minus signs", replaced("-----", "−−−−−"), "typographic-dashes"},
	{"four dashes", replaced("-----", "----"), "dashes"},
	{"six dashes", replaced("-----", "------"), "dashes"},
	{"spaces in the dashes", func(s string) string {
		return regexp.MustCompile(`-----(BEGIN|END) ([^-]*)-----`).ReplaceAllString(s, "----- $1 $2 -----")
	}, "label"},
	{"no space after BEGIN", func(s string) string {
		return regexp.MustCompile(`-----(BEGIN|END) ([^-]*)-----`).ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, " ", "") })
	}, "label"},
	{"entities", func(s string) string {
		return strings.NewReplacer("+", "&#43;", "/", "&#x2F;", "=", "&#61;", "-----", "&#45;&#45;&#45;&#45;&#45;", "\n", "&#10;", " ", "&nbsp;").Replace(s)
	}, "html-entities"},
	{"paragraphs", eachLine(func(_ int, line string) string { return "<p class=\"x\">" + line + "</p>\n" }), "html-tags"},
	{"highlighted", eachLine(func(_ int, line string) string {
		return `<span class="hljs-string">` + html.EscapeString(line) + "</span>\n"
	}), "html-tags"},
	{"<br>", replaced("\n", "<br>\n"), "html-tags"},
	{"<br> on one line", replaced("\n", "<br />"), "html-tags"},
	{"list of HTML", eachLine(func(_ int, line string) string { return "<li>" + line + "</li>" }), "html-tags"},
	{"BBCode", eachLine(func(_ int, line string) string { return "[font=mono]" + line + "[/font]\n" }), "bbcode"},
	{"code of BBCode", func(s string) string { return "[code]" + s + "[/code]" }, ""},
	{"query", url.QueryEscape, "url-encoding"},
	{"path", url.PathEscape, "url-encoding"},
	{"%0A", replaced("\n", "%0A"), "url-encoding"},
	{"Envoy header", func(s string) string { return `By=spiffe://x;Cert="` + url.PathEscape(s) + `";Subject="CN=a"` }, "url-encoding"},
	{"JavaScript", joined("const x =\n  ", `"`, `\n"`, " +\n    "), "quoted-lines"},
	{"Java", joined("String x = ", `"`, `\n"`, "\n  + "), "quoted-lines"},
	{"single quotes", joined("var x = ", "'", `\n'`, " +\n"), "quoted-lines"},
	{"C", joined("static const char x[] = ", `"`, `\n"`, "\n"), "quoted-lines"},
	{"C with carriage returns", joined("static const char x[] = ", `"`, `\r\n"`, " \\\n"), "quoted-lines"},
	{"PHP", joined("$x = ", `"`, `\n"`, " .\n "), "quoted-lines"},
	{"Visual Basic", joined("x = ", `"`, `"`, " & vbCrLf & _\n   "), "quoted-lines"},
	{"Python", joined("x = (", "b'", `\n'`, "\n     "), "quoted-lines"},
	{"list of lines", joined("[", `"`, `"`, ", "), "quoted-lines"},
	{"typographic quotes", joined("x = ", "“", "”", " + "), "typographic-quotes"},
	{"Go", func(s string) string { return "const x = `" + s + "`\n" }, ""},
	{"JSON", func(s string) string { return `{"pem":` + jsonString(s) + `,"n":1}` }, "escaped-breaks"},
	{"JSON in JSON", func(s string) string { return `{"log":` + jsonString(`{"pem":`+jsonString(s)+`}`) + `}` }, "escaped-breaks"},
	{"JSON three deep", func(s string) string { return jsonString(jsonString(jsonString(s))) }, "escaped-breaks"},
	{"JSON of PHP", func(s string) string {
		return strings.NewReplacer("/", `\/`, "\n", `\n`).Replace(s)
	}, "escaped-breaks"},
	{"JSON of HTML", func(s string) string {
		return strings.NewReplacer("+", `\u002b`, "/", `\u002F`, "=", `\u003d`, "\n", `\u000a`).Replace(s)
	}, "escapes"},
	{"shell", func(s string) string { return "export CERT='" + strings.ReplaceAll(s, "\n", `\n`) + "'\n" }, "escaped-breaks"},
	{"continued lines", replaced("\n", "\\\n"), "continued-lines"},
	{"YAML", func(s string) string { return "data:\n  pem: |\n" + prefixed("    ", 0)(s) + "kind: ConfigMap\n" }, "indentation"},
	{"YAML string", func(s string) string { return "pem: \"" + strings.ReplaceAll(s, "\n", "\\n\\\n    ") + "\"\n" }, "escaped-breaks"},
	{"one line with spaces", func(s string) string { return strings.ReplaceAll(s, "\n", " ") }, ""},
	{"one line without", replaced("\n", ""), ""},
	{`one line with \n`, replaced("\n", `\n`), "escaped-breaks"},
	{"^M", replaced("\n", "^M\n"), "caret"},
	{"cat -A", replaced("\n", "^M$\n"), "caret"},
	{"Markdown", replaced("-----", `\-\-\-\-\-`), "escapes"},
	{"quoted-printable", func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "=", "=3D"), "-----", "=2D=2D=2D=2D=2D")
	}, "quoted-printable"},
	{"no END line", perBlock(func(s string) string { return s[:strings.Index(s, "-----END")] }), "end-line"},
	{"no BEGIN line", perBlock(func(s string) string { return s[strings.Index(s, "\n")+1:] }), "begin-line"},
	{"no BEGIN line, quoted", perBlock(func(s string) string {
		return "foo bar\n" + prefixed("> ", 0)(s[strings.Index(s, "\n")+1:])
	}), "begin-line"},
	{"cut END line", perBlock(func(s string) string {
		at := strings.Index(s, "-----END") + len("-----END CER")
		return s[:at] + "\n"
	}), ""},
	{"BEGIN line without its end", func(s string) string {
		return regexp.MustCompile(`(BEGIN [A-Z ]*)-----`).ReplaceAllString(s, "$1")
	}, "dashes"},
	{"log copied from within", perBlock(func(s string) string {
		return strings.TrimPrefix(prefixed("10:00:%02d web | ", 1)(s), "10:00:09 web | ")
	}), "log-prefix"},

	{"base64 of PEM", func(s string) string { return "  tls.crt: " + b64(s) + "\nkind: Secret\n" }, ""},
	{"base64 of PEM, folded", func(s string) string { return folded(b64(s), 76, "") }, ""},
	{"base64 of PEM, folded and quoted", func(s string) string { return folded(b64(s), 64, "> ") }, "quote-prefix"},
	{"base64 of base64 of PEM", func(s string) string { return `{"tls":"` + b64(b64(s)) + `"}` }, ""},
	{"base64 of JSON", func(s string) string { return b64(`{"a":[` + jsonString(s) + `]}`) }, ""},
	{"base64 of text before PEM", func(s string) string { return b64("Bag Attributes\n    friendlyName: a\n" + s) }, ""},
	{"base64url of PEM", func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }, ""},
	{"hex of PEM", func(s string) string { return hex.EncodeToString([]byte(s)) }, ""},
	{"xxd of PEM", func(s string) string { return xxd([]byte(s)) }, "hex-dump"},
	{"hexdump of PEM", func(s string) string { return hexdumpWords([]byte(s)) }, "hex-dump"},
	{"hex of base64 of PEM", func(s string) string { return hex.EncodeToString([]byte(s)) }, ""},
	{"data URI of PEM", func(s string) string { return "data:application/x-pem-file;base64," + b64(s) }, ""},

	{"base64", ofDER(func(der []byte) string { return base64.StdEncoding.EncodeToString(der) }), ""},
	{"base64 in lines", ofDER(func(der []byte) string { return folded(base64.StdEncoding.EncodeToString(der), 64, "") }), ""},
	{"base64 in short lines", ofDER(func(der []byte) string { return folded(base64.StdEncoding.EncodeToString(der), 40, "   ") }), ""},
	{"base64url", ofDER(func(der []byte) string { return base64.RawURLEncoding.EncodeToString(der) }), ""},
	{"base64, URL encoded", ofDER(func(der []byte) string { return "cert=" + url.QueryEscape(base64.StdEncoding.EncodeToString(der)) }), ""},
	{"base64 of PHP", ofDER(func(der []byte) string {
		return `"` + strings.ReplaceAll(base64.StdEncoding.EncodeToString(der), "/", `\/`) + `"`
	}), ""},
	{"data URI", ofDER(func(der []byte) string {
		return "data:application/pkix-cert;base64," + base64.StdEncoding.EncodeToString(der)
	}), ""},
	{"XML", ofDER(func(der []byte) string {
		return "<ds:X509Certificate>\n" + strings.ReplaceAll(folded(base64.StdEncoding.EncodeToString(der), 76, ""), "\n", "&#13;\n") + "</ds:X509Certificate>"
	}), "html-entities"},
	{"hex", ofDER(hex.EncodeToString), ""},
	{"capital hex", ofDER(func(der []byte) string { return "0x" + strings.ToUpper(hex.EncodeToString(der)) }), ""},
	{"hex with colons", ofDER(func(der []byte) string { return strings.ReplaceAll(fmt.Sprintf("% X", der), " ", ":") }), ""},
	{"hex with spaces", ofDER(func(der []byte) string { return folded(fmt.Sprintf("% x", der), 48, "") }), ""},
	{"array of C", ofDER(func(der []byte) string {
		var b strings.Builder
		b.WriteString("unsigned char x[] = {\n")
		for i, c := range der {
			fmt.Fprintf(&b, "0x%02x, ", c)
			if i%12 == 11 {
				b.WriteString("\n  ")
			}
		}
		return b.String() + "};"
	}), ""},
	{"string of C", ofDER(func(der []byte) string {
		var b strings.Builder
		for i, c := range der {
			if i%16 == 0 {
				b.WriteString("\"\n\"")
			}
			fmt.Fprintf(&b, "\\x%02X", c)
		}
		return b.String() + `";`
	}), ""},
	{"xxd", ofDER(xxd), "hex-dump"},
	{"hexdump -C", ofDER(hexdumpC), "hex-dump"},
	{"hexdump", ofDER(hexdumpWords), "hex-dump"},
	{"od -t x1", ofDER(octalDump), "hex-dump"},
	{"xxd, quoted", func(s string) string { return prefixed("> ", 0)(ofDER(xxd)(s)) }, "hex-dump"},
}

// TestWrappings reads a chain of two in all of them, with the repair that each
// needs, and nothing else beside.
func TestWrappings(t *testing.T) {
	for _, sort := range []string{"ecdsa", "rsa"} {
		l := newLab(t, sort)
		pem := string(l.leaf.pem()) + string(l.intermediate.pem())
		for _, w := range wrappings {
			r := Scan(Source{Data: []byte(w.wrap(pem))})
			var got []string
			kinds := map[string]bool{}
			for _, o := range r.Objects {
				got = append(got, ID(o.DER))
			}
			for _, in := range r.Inputs {
				for _, m := range in.Repairs {
					kinds[m.Kind] = true
					if m.Detail == "" || m.Line < 1 {
						t.Errorf("%s %s: repair %+v", sort, w.name, m)
					}
				}
			}
			if want := []string{ID(l.leaf.cert.Raw), ID(l.intermediate.cert.Raw)}; !slices.Equal(got, want) {
				t.Errorf("%s %s:\n%s\nof\n%.600s", sort, w.name, render(r), w.wrap(pem))
			}
			if w.repair != "" && !kinds[w.repair] || w.repair == "" && len(kinds) > 0 && !strings.Contains(w.name, "base64") && !strings.Contains(w.name, "END") {
				t.Errorf("%s %s: repairs %v, want %q", sort, w.name, kinds, w.repair)
			}
		}
	}
}
