package starttls

import (
	"slices"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// A dialogue is what is said in a protocol of lines. Codes are what its dialect
// finds in answers.
type dialogue struct {
	dialect    dialect
	greeting   []string // the codes that welcome; none where the client speaks first
	ask        string   // asks for the capabilities; empty where the greeting has them
	listed     string   // the code of the answer that has them
	capability string   // what has to be among them
	command    string   // asks for TLS
	consent    string   // the code of the consent
}

// A dialect is how a protocol's answers are made.
type dialect struct {
	// code finds what a line says to programs; it is empty for a line that the
	// protocol does not have. A code that ends in "-" begins a reply that goes on
	// until a line with the same code without it (RFC 959, section 4.2).
	code func(line string) string
	// more are the codes after which the answer goes on.
	more []string
	// block tells that capabilities stand in the lines after their code, until
	// one of "." alone (RFC 3977, section 3.1.1).
	block bool
	// anywhere tells that a line has several capabilities; else its first word
	// is one.
	anywhere bool
	// lenient tells that a server need not know what asks for capabilities. It
	// is asked for TLS all the same.
	lenient bool
	// literals tells that a string can be "{n}", a line break and n bytes.
	literals bool
}

// client is the name with which a mail client introduces itself. The probe has
// none, and RFC 2606 keeps this one from being anybody's.
const client = "certlens.invalid"

var (
	// RFC 3207, and RFC 2033 for LMTP.
	smtp = dialogue{replies, []string{"220"}, "EHLO " + client, "250", "STARTTLS", "STARTTLS", "220"}
	lmtp = dialogue{replies, []string{"220"}, "LHLO " + client, "250", "STARTTLS", "STARTTLS", "220"}
	// RFC 9051, section 6.2.1.
	imap = dialogue{tagged, []string{"* OK"}, "a1 CAPABILITY", "a1 OK", "STARTTLS", "a2 STARTTLS", "a2 OK"}
	// RFC 2595, section 4, and RFC 2449.
	pop3 = dialogue{signs, []string{"+OK"}, "CAPA", "+OK", "STLS", "STLS", "+OK"}
	// RFC 4217, sections 4 and 6.
	ftp = dialogue{features, []string{"220"}, "FEAT", "211", "AUTH", "AUTH TLS", "234"}
	// RFC 4642, section 2.
	nntp = dialogue{blocks, []string{"200", "201"}, "CAPABILITIES", "101", "STARTTLS", "STARTTLS", "382"}
	// RFC 5804, section 2.2. The greeting is the list of capabilities.
	sieve = dialogue{words, []string{"OK"}, "", "", "STARTTLS", "STARTTLS", "OK"}
	// The extension "tls" of IRCv3.
	irc = dialogue{messages, nil, "CAP LS 302", "CAP LS", "tls", "STARTTLS", "670"}
)

var (
	replies  = dialect{code: number}
	features = dialect{code: number, lenient: true}
	blocks   = dialect{code: number, block: true, lenient: true}
	signs    = dialect{code: word("+OK", "-ERR"), block: true, lenient: true}
	words    = dialect{code: word("OK", "NO", "BYE", `"`), more: []string{`"`}, literals: true}
	tagged   = dialect{
		code: word("* OK", "* BYE", "* PREAUTH", "* ", "a1 OK", "a1 NO", "a1 BAD", "a2 OK", "a2 NO", "a2 BAD"),
		more: []string{"* ", "* OK"}, anywhere: true,
	}
	messages = dialect{code: numeric, more: []string{chatter}, anywhere: true, lenient: true}
)

// number is the code of three digits, with "-" where the reply goes on.
func number(line string) string {
	digits := strings.TrimLeft(line, "0123456789")
	switch {
	case len(line)-len(digits) != 3:
		return ""
	case strings.HasPrefix(digits, "-"):
		return line[:4]
	case digits == "" || digits[0] == ' ':
		return line[:3]
	}
	return ""
}

// word makes a function that finds the first of some words (in any case) that a
// line begins with.
func word(known ...string) func(string) string {
	return func(line string) string {
		for _, w := range known {
			if len(line) >= len(w) && strings.EqualFold(line[:len(w)], w) && !goesOn(w, line[len(w):]) {
				return w
			}
		}
		return ""
	}
}

// goesOn tells whether a word is but the beginning of a longer one.
func goesOn(w, rest string) bool {
	return isLetter(w[len(w)-1]) && rest != "" && isLetter(rest[0])
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// chatter is the code of messages that answer nothing.
const chatter = "chatter"

// numeric is the code of an IRC message: its numeric where that is an answer,
// and the subcommand of CAP. "CAP * LS * :..." is followed by more of its kind.
func numeric(line string) string {
	fields := strings.Fields(line)
	prefixed := strings.HasPrefix(line, ":")
	if prefixed {
		fields = fields[1:]
	}
	switch {
	case len(fields) == 0:
		return ""
	case len(fields) > 2 && fields[0] == "CAP":
		if len(fields) > 3 && fields[3] == "*" {
			return chatter
		}
		return "CAP " + fields[2]
	case fields[0] == "ERROR":
		return "ERROR"
	case prefixed && isAnswer(fields[0]):
		return fields[0]
	case prefixed || fields[0] == "NOTICE" || fields[0] == "PING":
		return chatter
	}
	return ""
}

// isAnswer tells whether a numeric answers a question: 670 and 691 are about
// STARTTLS, 4xx and 5xx are errors (RFC 2812, section 5.2).
func isAnswer(numeric string) bool {
	return numeric == "670" || numeric == "691" || number(numeric) != "" && (numeric[0] == '4' || numeric[0] == '5')
}

func (d dialogue) begin(t *talk) *report.HandshakeFailed {
	said, failure := d.greet(t)
	if failure == nil && d.ask != "" {
		said, failure = d.capabilities(t)
	}
	switch {
	case failure != nil:
		return failure
	case said.good && !d.offers(said):
		return t.lacking(t.awaited + " does not list " + d.capability)
	}
	return d.start(t, said.good)
}

// greet hears the greeting, where there is one.
func (d dialogue) greet(t *talk) (answer, *report.HandshakeFailed) {
	if d.greeting == nil {
		return answer{}, nil
	}
	said, failure := d.hear(t, d.greeting, false)
	switch {
	case failure != nil:
		return said, failure
	case !said.good:
		return said, t.refused(report.HandshakeFailure, "turned the client away", said.text())
	}
	t.note(said.text())
	return said, nil
}

// capabilities asks for the capabilities.
func (d dialogue) capabilities(t *talk) (answer, *report.HandshakeFailed) {
	said, failure := d.request(t, d.ask, d.listed, d.dialect.block)
	switch {
	case failure != nil || said.good:
	case d.dialect.lenient:
		t.note(said.text())
	default:
		failure = t.refused(report.WrongProtocol, "offers no TLS, for it does not take "+quote(d.ask), said.text())
	}
	return said, failure
}

// start asks for TLS. A server that listed nothing need not know what is asked.
func (d dialogue) start(t *talk, listed bool) *report.HandshakeFailed {
	said, failure := d.request(t, d.command, d.consent, false)
	switch {
	case failure != nil:
		return failure
	case !said.good && listed:
		return t.refused(report.HandshakeFailure, "refused "+quote(d.command), said.text())
	case !said.good:
		return t.refused(report.WrongProtocol, "does not offer TLS, nor take "+quote(d.command), said.text())
	}
	return t.ready()
}

// request sends a command and hears the answer.
func (d dialogue) request(t *talk, command, wanted string, block bool) (answer, *report.HandshakeFailed) {
	if failure := t.send(command+"\r\n", "its answer to "+quote(command)); failure != nil {
		return answer{}, failure
	}
	return d.hear(t, []string{wanted}, block)
}

// An answer is what came until a line that ends it.
type answer struct {
	lines []string
	good  bool // it has a code that was wanted
}

func (a answer) text() string { return strings.Join(a.lines, "\n") }

// hear reads an answer, and the block after it if it is good.
func (d dialogue) hear(t *talk, wanted []string, block bool) (answer, *report.HandshakeFailed) {
	var a answer
	for open := ""; len(a.lines) < maxLines; {
		line, failure := d.line(t)
		if failure != nil {
			return a, failure
		}
		a.lines = append(a.lines, line)
		switch code := d.dialect.code(line); {
		case a.good: // within a block
			if line == "." {
				return a, nil
			}
		case open != "" && code != open: // within a reply of several lines
		case code == "":
			return a, t.foreign()
		case strings.HasSuffix(code, "-"):
			open = strings.TrimSuffix(code, "-")
		case slices.Contains(wanted, code):
			if a.good = true; !block {
				return a, nil
			}
		case isConsent(code):
			return a, t.foreign()
		case !slices.Contains(d.dialect.more, code):
			return a, nil
		}
	}
	return a, t.tooMuch(maxLines, "lines")
}

// isConsent tells whether a code says yes (RFC 5321, section 4.2.1): where it is
// not the one that is wanted, another question was understood.
func isConsent(code string) bool { return code[0] >= '1' && code[0] <= '3' }

// offers tells whether the capability is listed.
func (d dialogue) offers(a answer) bool {
	for _, line := range a.lines {
		listed := strings.FieldsFunc(strings.TrimPrefix(line, d.dialect.code(line)), isSeparator)
		if !d.dialect.anywhere && len(listed) > 1 {
			listed = listed[:1]
		}
		for _, capability := range listed {
			if strings.EqualFold(capability, d.capability) {
				return true
			}
		}
	}
	return false
}

func isSeparator(r rune) bool { return strings.ContainsRune(" \t\":;=[]", r) }

// line reads a line without its end, and the literals in it.
func (d dialogue) line(t *talk) (string, *report.HandshakeFailed) {
	var line []byte
	for {
		b, failure := t.next()
		switch {
		case failure != nil:
			return "", failure
		case b == '\n':
			text := strings.TrimSuffix(string(line), "\r")
			n, ok := d.literal(text)
			if !ok {
				return text, nil
			}
			more, failure := t.exactly(n)
			if failure != nil {
				return "", failure
			}
			line = append(append(line, '\n'), more...)
		case b == 0 || b < ' ' && b != '\t' && b != '\r' && len(line) == 0:
			return "", t.foreign() // no text begins so
		default:
			line = append(line, b)
		}
		if len(line) > maxLine {
			return "", t.tooMuch(maxLine, "bytes in a line")
		}
	}
}

// literal is the length of the string that follows a line that ends in "{n}" (RFC
// 5804, section 4).
func (d dialogue) literal(line string) (n int, ok bool) {
	i := strings.LastIndexByte(line, '{')
	if !d.dialect.literals || i < 0 || !strings.HasSuffix(line, "}") {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(line[i+1:], "}"))
	return n, err == nil && n >= 0
}
