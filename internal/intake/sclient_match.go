package intake

import (
	"bytes"
	"net/netip"
	"strconv"
	"sync"
)

// quietPrefixes start lines that belong to a run and say nothing that a report
// needs, or that must not get there: session ids, master keys, tickets.
var quietPrefixes = []string{
	"SSL-Session:", "Session-ID", "Master-Key:", "Resumption PSK:", "PSK identity hint:", "SRP username:",
	"TLS session ticket", "Timeout   :", "Extended master secret:", "Max Early Data:", "Compression:",
	"Expansion:", "Secure Renegotiation IS", "Early data was not sent", "This TLS version forbids renegotiation",
	"read R BLOCK", "write W BLOCK", "SRTP Extension negotiated", "Next protocol:",
	"notBefore=", "notAfter=", "verify depth is ",
}

// rulesByByte holds the rules by the first byte of their lines.
var rulesByByte = sync.OnceValue(func() *[256][]*rule {
	var table [256][]*rule
	add := func(u *rule) { table[u.prefix[0]] = append(table[u.prefix[0]], u) }
	for i := range rules {
		add(&rules[i])
	}
	for _, p := range quietPrefixes {
		add(&rule{prefix: p})
	}
	for _, p := range fileErrors {
		add(&rule{prefix: p, opens: true, accept: beforeConnection, take: (*run).fileError, whole: true})
	}
	for _, p := range connectErrors {
		add(&rule{prefix: p, opens: true, accept: beforeConnection, take: (*run).errorText, whole: true})
	}
	for _, c := range []byte("0123456789ABCDEFabcdef") {
		table[c] = append(table[c], &chainRule, &errorRule)
	}
	return &table
})

// chainRule reads " 0 s:CN = www.example.com".
var chainRule = rule{opens: true, proof: true, float: chainAnew, accept: isChainLine, take: (*run).chainSubject}

// errorRule reads lines of OpenSSL's error queue.
var errorRule = rule{opens: true, float: errorsAnew, accept: isErrorLine, take: (*run).queueError}

// matchRule finds the rule for a line and takes the prefix off it.
func matchRule(r *run, l *line) *rule {
	if bytes.Contains(l.text, []byte("s_client")) && isCommand(l.text) {
		return &commandRule
	}
	for _, u := range rulesByByte()[l.text[0]] {
		rest, ok := bytes.CutPrefix(l.text, []byte(u.prefix))
		if !ok || u.accept != nil && !u.accept(r, rest) {
			continue
		}
		if r != nil && r.section == sectionOCSP && !leavesOCSP(u) {
			return nil
		}
		if !u.whole {
			l.text = rest
		}
		return u
	}
	return nil
}

// leavesOCSP tells whether a line may stand right after a printed OCSP response,
// which itself holds lines that look like others.
func leavesOCSP(u *rule) bool {
	return u.stage != stageNone || u.prefix == "======" || u.prefix == "---"
}

func isEmpty(_ *run, rest []byte) bool { return len(rest) == 0 }

func hasCipher(_ *run, rest []byte) bool { return bytes.Contains(rest, []byte("Cipher is")) }

func isAddress(_ *run, rest []byte) bool {
	_, err := netip.ParseAddr(string(rest[:min(len(rest), 64)]))
	return err == nil
}

// isChainLine tells whether a line starts like "12 s:".
func isChainLine(_ *run, rest []byte) bool {
	n := digits(rest)
	return n > 0 && n <= 4 && bytes.HasPrefix(rest[n:], []byte(" s:"))
}

func digits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}

// number reads the digits at the start of b; -1 when there are none, or too many.
func number(b []byte) int {
	n, err := strconv.Atoi(string(b[:min(digits(b), 10)]))
	if err != nil {
		return -1
	}
	return n
}

// beforeConnection: what openssl says about its own files and options comes
// before it connects; later such words are somebody else's.
func beforeConnection(r *run, _ []byte) bool { return r == nil || r.stage < stageConnected }

// chainAnew: the chain of another run starts again at 0.
func chainAnew(r *run, _ line) bool { return r.ended && len(r.tr.Chain) > 0 }

func never(*run, line) bool       { return false }
func isEnded(r *run, _ line) bool { return r.ended || r.stuck }

// depthAnew: the lines of the error stream may stand after the whole of the
// other; but not two lots of them, none where no certificate came, and none with
// -brief, which writes all to one stream.
func depthAnew(r *run, _ line) bool {
	none := !r.tr.Connected || r.tr.NoPeerCertificate && len(r.tr.Chain) == 0
	return r.stuck || r.ended && (r.sawDepth || r.brief || none)
}

// errorsAnew: an error line after the end still belongs to the run, since TLS
// 1.3 servers refuse a client certificate late; but not when the tool had
// stopped, or when another thread wrote the errors before.
func errorsAnew(r *run, l line) bool {
	id := errorID(l.text)
	switch {
	case r.done:
		return true
	case id != "" && r.errorID != "":
		return id != r.errorID
	case id != "" && r.stuck:
		return false
	}
	return (r.ended || r.stuck) && len(r.tr.Errors) > 0
}
