package target

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, test := range []struct {
		text, protocol string
		want           string // host, port and protocol, or the reason of the error
	}{
		{"www.example.com", "", "www.example.com 443 "},
		{"  www.example.com\n", "", "www.example.com 443 "},
		{"WWW.Example.COM.", "", "www.example.com 443 "},
		{"www.example.com:8443", "", "www.example.com 8443 "},
		{"localhost", "", "localhost 443 "},
		{"_dmarc.example.com", "", "_dmarc.example.com 443 "},
		{"müller.example", "", "xn--mller-kva.example 443 "},
		{"xn--mller-kva.example", "", "xn--mller-kva.example 443 "},
		{"192.0.2.1", "", "192.0.2.1 443 "},
		{"192.0.2.1:25", "", "192.0.2.1 25 smtp"},
		{"2001:db8::1", "", "2001:db8::1 443 "},
		{"[2001:DB8::1]", "", "2001:db8::1 443 "},
		{"[2001:db8::1]:993", "", "2001:db8::1 993 "},
		{"fe80::1%eth0", "", "fe80::1%eth0 443 "},
		{long + ".example", "", long + ".example 443 "},

		// The protocol goes by the port, unless somebody says otherwise.
		{"mail.example.com:587", "", "mail.example.com 587 submission"},
		{"mail.example.com:587", "none", "mail.example.com 587 "},
		{"mail.example.com:2525", "smtp", "mail.example.com 2525 smtp"},
		{"mail.example.com", "imap", "mail.example.com 143 imap"},
		{"db.example.com:5432", "", "db.example.com 5432 postgres"},
		{"mail.example.com", "gopher", "starttls"},

		// URLs, of which only host and port count.
		{"https://www.example.com/path?a=b#c", "", "www.example.com 443 "},
		{"HTTPS://www.example.com", "", "www.example.com 443 "},
		{"http://www.example.com", "", "www.example.com 443 "},
		{"http://www.example.com:8080/", "", "www.example.com 8080 "},
		{"https://user:secret@www.example.com:8443/", "", "www.example.com 8443 "},
		{"https://[2001:db8::1]:8443/", "", "2001:db8::1 8443 "},
		{"https://mail.example.com:587/", "", "mail.example.com 587 "},
		{"smtp://mail.example.com", "", "mail.example.com 25 smtp"},
		{"smtp://mail.example.com:587", "", "mail.example.com 587 smtp"},
		{"smtp://mail.example.com", "imap", "mail.example.com 143 imap"},
		{"imaps://mail.example.com", "", "mail.example.com 993 "},
		{"postgresql://user@db.example.com/name", "", "db.example.com 5432 postgres"},
		{"foo://db.example.com:5432/name", "", "db.example.com 5432 postgres"},
		{"www.example.com/path", "", "www.example.com 443 "},
		{`https://www.example.com\@other.example.com`, "", "www.example.com 443 "},
		{"foo://db.example.com/name", "", "scheme"},
		{"file:///etc/passwd", "", "scheme"},

		{"", "", "empty"},
		{" \t", "", "empty"},
		{"https://", "", "empty"},
		{":443", "", "empty"},
		{".", "", "empty"},
		{"www.example.com:https", "", "port"},
		{"www.example.com:0", "", "port"},
		{"www.example.com:65536", "", "port"},
		{"www.example.com:-1", "", "port"},
		{"www.example.com:+443", "", "port"},
		{"javascript:alert(1)", "", "port"},
		{"somebody@example.com", "", "email"},
		{"127.1", "", "address"},
		{"0x7f.0.0.1", "", "address"},
		{"0x7f000001", "", "address"},
		{"2130706433", "", "address"},
		{"0177.0.0.1", "", "address"},
		{"192.0.2.256", "", "address"},
		{"192.0.2.1.", "", "address"},
		{"2001:db8::g", "", "address"},
		{"[www.example.com]", "", "address"},
		{"[2001:db8::1", "", "address"},
		{"fe80::1%$(id)", "", "address"},
		{"www..example.com", "", "host"},
		{"www example com", "", "host"},
		{"www.example.com;id", "", "host"},
		{"$(id).example.com", "", "host"},
		{"a\u202eb.example", "", "host"},
		{"a\x00b.example", "", "host"},
		{"*.example.com", "", "host"},
		{long + "a.example", "", "host"},
		{strings.Repeat("a.", 127), "", "host"},
		{strings.Repeat("a", 5000), "", "host"},
	} {
		if test.text == strings.Repeat("a.", 127) { // 253 characters without the last dot
			test.want = strings.TrimSuffix(test.text, ".") + " 443 "
		}
		got, err := Parse(test.text, test.protocol)
		said := fmt.Sprintf("%s %d %s", got.Host, got.Port, got.StartTLS)
		if problem := (*Error)(nil); errors.As(err, &problem) {
			said = problem.Reason
		}
		if said != test.want {
			t.Errorf("%q, %q: %q, want %q", test.text, test.protocol, said, test.want)
		}
	}
}

// A text that names no server is quoted as it was typed.
func TestWhatIsWrongIsQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"[::1":             `"[::1" has no closing bracket.`,
		"[2001:db8::1:443": `"[2001:db8::1:443" has no closing bracket.`,
		"https://[::1/x":   `"[::1" has no closing bracket.`,
		"[::1]x":           `"[::1]x" is not an IP address.`,
		"[::1]x:443":       `"[::1]x" is not an IP address.`,
		"::1]":             `"::1]" is not an IP address.`,
		"2001:db8::g":      `"2001:db8::g" is not an IP address.`,
		"a:b:443":          `"a:b:443" is not an IP address.`,
		"example.com:":     "",
		"[::1]:":           "",
		"[::1]:x":          `"x" is not a port, which is a number from 1 to 65535.`,
		"gopher://x/":      `"gopher" is not a scheme that says how TLS is begun; give host and port instead, as in mail.example.com:587.`,
	} {
		_, err := Parse(text, "")
		problem := (*Error)(nil)
		if errors.As(err, &problem) != (want != "") || problem != nil && problem.Sentence != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestHost(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "",
		" www.example.com\n":               "www.example.com",
		"WWW.Example.com.":                 "WWW.Example.com.",
		"müller.example":                   "müller.example",
		"*.example.com":                    "*.example.com",
		"a@example.com":                    "a@example.com",
		"www.example.com:443":              "www.example.com",
		"https://www.example.com:8443/x?y": "www.example.com",
		"www.example.com/x":                "www.example.com",
		"smtp://mail.example.com":          "mail.example.com",
		"192.0.2.1:25":                     "192.0.2.1",
		"2001:db8::1":                      "2001:db8::1",
		"[2001:db8::1]":                    "2001:db8::1",
		"[2001:db8::1]:443":                "2001:db8::1",
		"https://müller.example/":          "xn--mller-kva.example",
		"www.example.com:https":            "www.example.com:https",
	} {
		if got := Host(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestALPN(t *testing.T) {
	for text, want := range map[string]int{
		"www.example.com": 2, "www.example.com:8443": 2, "https://www.example.com:4433": 2,
		"mail.example.com:993": 0, "mail.example.com:587": 0, "smtps://mail.example.com": 0, "dns.example.com:853": 0,
	} {
		if got, err := Parse(text, ""); err != nil || len(got.ALPN) != want {
			t.Errorf("%q: %q, %v", text, got.ALPN, err)
		}
	}
	if got, _ := Parse("www.example.com:8443", "smtp"); got.ALPN != nil {
		t.Errorf("in SMTP, %q", got.ALPN)
	}
}

func TestNotes(t *testing.T) {
	for text, want := range map[string]string{
		"www.example.com":                  "",
		"https://www.example.com:8443/x":   "Of the address, only www.example.com:8443 is used.",
		"https://user:secret@example.com":  "Of the address, only example.com:443 is used.",
		"http://example.com":               "Of the address, only example.com:443 is used.",
		"example.com/path":                 "Of the address, only example.com:443 is used.",
		"Müller.example":                   "In DNS the name is xn--mller-kva.example.",
		"xn--mller-kva.example":            "",
		"https://müller.example/":          "Of the address, only xn--mller-kva.example:443 is used. In DNS the name is xn--mller-kva.example.",
		"https://[2001:db8::1]/index.html": "Of the address, only [2001:db8::1]:443 is used.",
	} {
		got, err := Parse(text, "")
		if notes := strings.Join(got.Notes, " "); err != nil || notes != want {
			t.Errorf("%q: %q, %v; want %q", text, notes, err, want)
		}
	}
}

func TestCommand(t *testing.T) {
	for text, want := range map[string]string{
		"www.example.com":           "openssl s_client -connect www.example.com:443 -servername www.example.com -showcerts </dev/null",
		"mail.example.com:587":      "openssl s_client -connect mail.example.com:587 -servername mail.example.com -starttls smtp -showcerts </dev/null",
		"chat.example.com:5222":     "openssl s_client -connect chat.example.com:5222 -servername chat.example.com -starttls xmpp -showcerts </dev/null",
		"192.0.2.1:8443":            "openssl s_client -connect 192.0.2.1:8443 -showcerts </dev/null",
		"[2001:db8::1]:993":         "openssl s_client -connect '[2001:db8::1]:993' -showcerts </dev/null",
		"desktop.example.com:3389":  "",
		"https://müller.example:44": "openssl s_client -connect xn--mller-kva.example:44 -servername xn--mller-kva.example -showcerts </dev/null",
	} {
		got, err := Parse(text, "")
		if command := got.Command(); err != nil || command != want {
			t.Errorf("%q: %s, %v\nwant %s", text, command, err, want)
		}
	}
}

// What is read can be put into a shell as it is, and reads as the same again.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"www.example.com:443", "https://user@[2001:db8::1%eth0]:25/x?y#z", "müller.example", "127.1", "smtp://mail.example.com"} {
		f.Add(text)
	}
	harmless := regexp.MustCompile(`^[A-Za-z0-9._:%-]+$`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Parse(text, "")
		if err != nil {
			return
		}
		if !harmless.MatchString(got.Host) || got.Port < 1 || got.Port > 65535 {
			t.Fatalf("%q gives %+v", text, got)
		}
		if _, err := netip.ParseAddr(got.Host); err != nil && len(got.Host) > maxName {
			t.Fatalf("%q gives a name of %d bytes", text, len(got.Host))
		}
		again, err := Parse(got.String(), got.StartTLS)
		if err != nil || again.Host != got.Host || again.Port != got.Port {
			t.Fatalf("%q gives %s, which gives %+v, %v", text, &got, again, err)
		}
	})
}
