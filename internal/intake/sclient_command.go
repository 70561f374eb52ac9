package intake

import (
	"bytes"
	"net"
	"strings"
)

// The shell command that a run was started with, where it was pasted too.

var commandRule = rule{opens: true, stage: stageCommand, take: (*run).command, whole: true}

// isCommand tells whether a line with the word s_client in it can be a command:
// the word stands alone, after the name of a program.
func isCommand(text []byte) bool {
	before, after, _ := bytes.Cut(text, []byte("s_client"))
	word := bytes.TrimRight(before, " \t")
	if len(word) == len(before) || len(after) > 0 && after[0] != ' ' && after[0] != '\t' {
		return false
	}
	word = word[bytes.LastIndexAny(word, " \t\"'(`/\\")+1:]
	return bytes.Contains(bytes.ToLower(word), []byte("openssl")) || bytes.Contains(word, []byte("libressl"))
}

// command reads the options after "s_client".
func (r *run) command(l line) {
	_, after, _ := bytes.Cut(l.text, []byte("s_client"))
	r.continues(after)
}

// continueCommand takes the next line of a command that ended in a backslash.
func (r *run) continueCommand(l line) {
	r.grow(l)
	r.section = sectionNone
	r.continues(l.text)
}

// maxCommand is the longest command that is read, in bytes.
const maxCommand = 8192

// continues reads options, or puts them off when the line goes on.
func (r *run) continues(s []byte) {
	r.args = append(append(r.args, ' '), s...)
	if n := len(r.args) - 1; r.args[n] == '\\' && n < maxCommand {
		r.args, r.section = r.args[:n], sectionCommand
		return
	}
	r.options(words(string(r.args)))
}

// words splits a shell command into words, up to the first operator. Quotes are
// taken off; nothing is expanded.
func words(s string) []string {
	var list []string
	for {
		s = strings.TrimLeft(s, " \t")
		if s == "" || strings.IndexByte("|<>&;)#`", s[0]) >= 0 || strings.HasPrefix(s, "2>") {
			return list
		}
		var w string
		if q := s[0]; q == '"' || q == '\'' {
			var ok bool
			if w, s, ok = strings.Cut(s[1:], string(q)); !ok {
				return list
			}
		} else {
			n := strings.IndexAny(s, " \t|<>&;)`")
			if n < 0 {
				n = len(s)
			}
			w, s = s[:n], s[n:]
		}
		list = append(list, w)
	}
}

// flags are options without a value, after which the target may stand alone.
var flags = map[string]bool{
	"-showcerts": true, "-brief": true, "-status": true, "-quiet": true, "-tls1": true, "-tls1_1": true,
	"-tls1_2": true, "-tls1_3": true, "-4": true, "-6": true, "-debug": true, "-msg": true, "-state": true,
	"-prexit": true, "-ign_eof": true, "-verify_return_error": true, "-crlf": true, "-reconnect": true,
	"-noservername": true, "-no_tls1_3": true, "-no_tls1_2": true, "-tlsextdebug": true, "-ct": true,
	"-legacy_renegotiation": true, "-legacy_server_connect": true, "-no_ticket": true, "-servinfo": true,
}

// options reads what the command says about the target.
func (r *run) options(list []string) {
	for i, w := range list {
		value := ""
		if i+1 < len(list) {
			value = list[i+1]
		}
		switch strings.TrimPrefix(w, "-") {
		case "connect", "-connect":
			r.target(value)
		case "host":
			r.setHost(value)
		case "port":
			r.tr.Port = portNumber(value)
		case "servername", "-servername":
			r.tr.SNI = hostName(value)
		case "starttls", "-starttls":
			r.tr.StartTLS = token(value)
		default:
			alone := i == 0 || flags[list[i-1]] || !strings.HasPrefix(list[i-1], "-") && i > 1
			if alone && !strings.HasPrefix(w, "-") && strings.Contains(w, ":") && r.tr.Host == "" {
				r.target(w)
			}
		}
	}
}

// target reads "www.example.com:443", "[::1]:443" or a name without a port.
func (r *run) target(s string) {
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		host, port = strings.Trim(s, "[]"), ""
	}
	if r.setHost(host) {
		r.tr.Port = portNumber(port)
	}
}

func (r *run) setHost(s string) bool {
	host := hostName(s)
	if host != "" {
		r.tr.Host = host
	}
	return host != ""
}
