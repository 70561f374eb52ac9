package fix

import (
	"cmp"
	"net"
	"strconv"
	"strings"

	"certlens/internal/target"
)

// Values are what a paste names. All of it is hostile: in a line for a shell it is
// quoted, and what could be taken for an option, or has no business in a name, is
// replaced by a placeholder. A line of a configuration has quoting rules of its
// own, and gets only values that need none.
type Values struct {
	Host string
	Port int
	File string
}

// Placeholders for what is not known.
const (
	unknownHost = "HOST"
	unknownFile = "FILE"
	usualPort   = 443
)

// A filler puts values into blocks. A block that is a shell command, which begins
// with "$ ", gets them quoted for the shell.
type filler struct{ plain, shell *strings.Replacer }

func (v Values) filler() filler {
	verbatim := func(s string) string { return s }
	return filler{plain: v.replacer(verbatim, v.file(false)), shell: v.replacer(Quote, v.file(true))}
}

func (v Values) replacer(quote func(string) string, file string) *strings.Replacer {
	host, port := v.host(), cmp.Or(v.Port, usualPort)
	url := "https://" + bracketed(host)
	if port != usualPort {
		url = "https://" + v.server()
	}
	kind, names := "DNS:", "dnsNames"
	if net.ParseIP(host) != nil {
		kind, names = "IP:", "ipAddresses"
	}
	registry := strings.TrimPrefix(url, "https://")
	handshake := v.handshake()
	return strings.NewReplacer(
		"{host}", quote(host), "{port}", strconv.Itoa(port), "{server}", quote(v.server()),
		"{url}", quote(url+"/"), "{san}", quote("subjectAltName="+kind+host), "{names}", names+": ["+host+"]", "{urlkey}", quote("http."+url+"/.sslCAInfo"),
		"{registry}", quote(registry), "{file}", quote(file), "{handshake}", handshake, "{s_client}", handshake+show,
		"{ca}", "ca.pem", "{chain}", "fullchain.pem", "{key}", "privkey.pem",
	)
}

func (f filler) fill(block string) string {
	if command, isShell := strings.CutPrefix(block, "$ "); isShell {
		return f.shell.Replace(command)
	}
	return f.plain.Replace(block)
}

// Connect is the openssl line that shows what the server sends.
func (v Values) Connect() string {
	return v.handshake() + show
}

// show is what makes openssl print what the server sends, and end.
const show = " -showcerts </dev/null"

// handshake is the openssl line that connects, with STARTTLS where the port has
// it, to which options can be added.
func (v Values) handshake() string {
	host, server := v.host(), v.server()
	t, err := target.Parse(server, "")
	if line := t.Handshake(); err == nil && line != "" && host != unknownHost {
		return line
	}
	return "openssl s_client -connect " + Quote(server) + " -servername " + Quote(host)
}

// server is host and port.
func (v Values) server() string {
	return net.JoinHostPort(v.host(), strconv.Itoa(cmp.Or(v.Port, usualPort)))
}

// host is the name of the server, or a placeholder for one that no server has.
func (v Values) host() string {
	host := strings.TrimSuffix(strings.TrimPrefix(v.Host, "["), "]")
	for _, c := range []byte(host) {
		if !isPlain(c) || c == '/' {
			return unknownHost
		}
	}
	if host == "" || host[0] == '-' || len(host) > 255 {
		return unknownHost
	}
	return host
}

// file is the file that is named. One that begins with a hyphen is given a
// directory, for it would be read as an option.
func (v Values) file(isShell bool) string {
	if v.File == "" || !isShell && !isBare(v.File) {
		return unknownFile
	}
	for _, r := range v.File {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffd || isInvisible(r) {
			return unknownFile
		}
	}
	if v.File[0] == '-' {
		return "./" + v.File
	}
	return v.File
}

// isInvisible tells whether a character changes the look of a line, or has none.
func isInvisible(r rune) bool {
	return r == 0xad || r == 0x61c || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff
}

// isLocal tells whether the host is one for which no public CA issues by ACME: an
// address, or a name that is not in the public DNS.
func (v Values) isLocal() bool {
	host := v.host()
	domain := host[strings.LastIndexByte(host, '.')+1:]
	return host != unknownHost && (domain == host || net.ParseIP(host) != nil || strings.Contains(" local lan svc internal home ", " "+domain+" "))
}

func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// Quote quotes a word for a POSIX shell. "Enclosing characters in single-quotes
// shall preserve the literal value of each character" (POSIX.1-2017, 2.2.2), all
// but the single quote itself, which stands outside of them.
func Quote(word string) string {
	if isBare(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// isBare tells whether a word means itself without quotes.
func isBare(word string) bool {
	for _, c := range []byte(word) {
		if !isPlain(c) {
			return false
		}
	}
	return word != ""
}

func isPlain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.:/", c) >= 0
}
