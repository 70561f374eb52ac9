package intake

import (
	"bytes"
	"strings"
	"sync"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// Runs of tools other than s_client. Each tool is a table of the lines that it
// writes (curl.go, gnutls.go ...); this file reads all of them in one pass.

// A tool is a program that is told by its lines.
type tool struct {
	name string
	// gap is how many other lines may stand inside a run.
	gap   int
	rules []toolRule
	// links, when not nil, tells whether a certificate that stands at this place
	// is one of the chain.
	links func(r *toolRun) bool
	// said, when not nil, tells whether a run is so far that another may begin.
	said func(r *toolRun) bool
	// other, when not nil, takes a line of the run that no rule fits; false when
	// it is none.
	other func(r *toolRun, text string) bool
	// end, when not nil, looks at a run once all of it is read.
	end func(r *toolRun)
}

// A toolRule reads one sort of line.
type toolRule struct {
	// prefix is how the line begins, without its margin.
	prefix string
	// contains is what else must stand in it.
	contains string
	// opens is true when a run may begin with the line, proof when nothing else
	// writes it, and anew when it begins another run after one that said
	// something.
	opens, proof, anew bool
	// ends is true when the tool stops after the line, late when the line may
	// stand behind such a one.
	ends, late bool
	take       func(r *toolRun, rest string)
}

// tools are all of them. A new tool is one file and one row. The first rule
// that fits a line counts, those of the run that is open before all others.
func tools() []*tool {
	return []*tool{&curlTool, &gnutlsTool, &wgetTool, &javaTool, &verifyTool, &bsslTool, &chromeTool, &firefoxTool, &dumpTool, &keytoolTool, &nmapTool, &certtoolTool}
}

// A toolRun is one run while it is read.
type toolRun struct {
	t          *text
	tool       *tool
	start, end int
	line       int // offset of the line at hand
	proof      bool
	ended      bool
	gap        int
	tr         report.Transcript
	// section is what the lines at hand belong to, in a tool's own words.
	section string
	// linked is how many entries of the chain have their certificate.
	linked int
	cut    bool
	note   string
}

// toolRef is a rule with its tool.
type toolRef struct {
	tool *tool
	rule *toolRule
}

// toolRules holds the rules by the first byte of their lines.
var toolRules = sync.OnceValue(func() *[256][]toolRef {
	var table [256][]toolRef
	for _, t := range tools() {
		for i := range t.rules {
			first := t.rules[i].prefix[0]
			table[first] = append(table[first], toolRef{t, &t.rules[i]})
		}
	}
	return &table
})

// A toolReader goes over the lines of a text.
type toolReader struct {
	t     *text
	table *[256][]toolRef
	cur   *toolRun
	// next is what may become the run after cur.
	next *toolRun
	runs []*toolRun
	// hints counts the runs that came to nothing.
	hints int
}

func readTools(t *text, found []piece) []piece {
	s := &toolReader{t: t, table: toolRules()}
	l := linesFrom(t.data, t.start)
	for len(s.runs) <= MaxTranscripts {
		start, end, ok := l.next()
		if !ok {
			break
		}
		for len(found) > 0 && found[0].end <= start {
			found = found[1:]
		}
		if len(found) > 0 && found[0].start < end {
			s.read(start, max(start, found[0].start))
			if found[0].transcript != nil {
				s.close() // the run of another reader
			}
			s.piece(&found[0])
			l.pos = found[0].end
			continue
		}
		s.read(start, end)
	}
	s.close()
	var list []piece
	for _, r := range s.runs {
		if p := r.piece(); p.transcript != nil || p.input.Note != "" {
			list = append(list, p)
		}
	}
	return list
}

// maxToolLine is how much of a line is looked at, in bytes.
const maxToolLine = 4096

// read takes the line between two offsets.
func (s *toolReader) read(start, end int) {
	line := s.t.data[start:min(end, start+maxToolLine)]
	if len(line) == 0 || s.cur == nil && s.table[line[0]] == nil && !isDecorated(line[0]) {
		return
	}
	text := undecorated(line)
	if text == "" {
		return
	}
	refs := s.table[text[0]]
	if s.cur != nil && s.line(s.cur.tool, refs, text, start, end) {
		return
	}
	if s.line(nil, refs, text, start, end) {
		return
	}
	if r := s.cur; r != nil {
		if r.tool.other != nil && r.tool.other(r, text) {
			r.end, r.gap = end, 0
		} else if r.gap++; r.gap > r.tool.gap {
			s.close()
		}
	}
}

// line gives the text to the first rule that takes it: those of one tool, or of
// all when that is nil.
func (s *toolReader) line(only *tool, refs []toolRef, text string, start, end int) bool {
	for _, ref := range refs {
		if only != nil && ref.tool != only {
			continue
		}
		rest, ok := strings.CutPrefix(text, ref.rule.prefix)
		if !ok || ref.rule.contains != "" && !strings.Contains(rest, ref.rule.contains) {
			continue
		}
		if s.give(ref, rest, start, end) {
			return true
		}
	}
	return false
}

// give hands a line to the run that it belongs to; false when there is none.
func (s *toolReader) give(ref toolRef, rest string, start, end int) bool {
	r := s.cur
	switch {
	case r != nil && !r.anew(ref):
	case r != nil && r.tool != ref.tool && !ref.rule.proof:
		// Words that others write too: they count once the other tool is sure.
		if r = s.next; r == nil || r.tool != ref.tool {
			r = s.begin(ref, start)
			s.next = r
		}
	case r != nil && r.tool != ref.tool && s.next != nil && s.next.tool == ref.tool && ref.rule.proof:
		next := s.next
		s.close()
		s.cur, r = next, next
	default:
		if r != nil && !ref.rule.opens {
			return false
		}
		s.close()
		s.cur = s.begin(ref, start)
		r = s.cur
	}
	if r == nil {
		return false
	}
	r.end, r.line, r.gap = end, start, 0
	r.proof, r.ended = r.proof || ref.rule.proof, r.ended || ref.rule.ends
	if ref.rule.take != nil {
		ref.rule.take(r, rest)
	}
	return true
}

// begin makes a run; nil when none may begin with the line.
func (s *toolReader) begin(ref toolRef, start int) *toolRun {
	if !ref.rule.opens || !ref.rule.proof && s.hints > maxHints {
		return nil
	}
	return &toolRun{t: s.t, tool: ref.tool, start: start, tr: report.Transcript{Tool: ref.tool.name, VerifyCode: -1}}
}

// anew tells whether a line begins another run than r.
func (r *toolRun) anew(ref toolRef) bool {
	said := r.tr.Host != "" || r.tr.Connected || len(r.tr.Chain)+len(r.tr.VerifyErrors) > 0
	if r.tool.said != nil {
		said = r.tool.said(r)
	}
	return r.tool != ref.tool || ref.rule.anew && said || r.ended && ref.rule.opens && !ref.rule.late
}

// close ends the run at hand. One that nothing proves is dropped.
func (s *toolReader) close() {
	if r := s.cur; r != nil && r.proof {
		s.runs = append(s.runs, r)
	} else if r != nil {
		s.hints++
	}
	s.cur, s.next = nil, nil
}

// piece ties the certificates of a block to the chain of the run.
func (s *toolReader) piece(p *piece) {
	r := s.cur
	if r == nil || r.tool.links == nil || !r.tool.links(r) {
		return
	}
	for i := range p.objects {
		if p.objects[i].Kind == Certificate {
			r.link(ID(p.objects[i].DER))
			r.end, r.gap = p.end, 0
		}
	}
}

// unlinked tells whether a certificate was named that did not come yet.
func (r *toolRun) unlinked() bool { return r.linked < len(r.tr.Chain) }

// link gives the next entry of the chain its certificate.
func (r *toolRun) link(id string) {
	if r.linked >= len(r.tr.Chain) {
		keepTool(r, &r.tr.Chain, report.TranscriptCertificate{Depth: len(r.tr.Chain)})
	}
	if r.linked < len(r.tr.Chain) {
		r.tr.Chain[r.linked].Certificate = id
		r.linked++
	}
}

// piece makes the run one.
func (r *toolRun) piece() piece {
	p := *newPiece(r.t, r.start, r.tool.name)
	p.end, p.cut = r.end, r.cut
	if r.tool.end != nil {
		r.tool.end(r)
	}
	r.tr.Connected = r.tr.Connected || r.tr.Protocol != "" || len(r.tr.Chain) > 0
	if r.tool.name != "text" {
		p.transcript = &r.tr
	}
	if r.cut {
		p.note("Lists in this transcript end after %d entries.", MaxTranscriptItems)
	}
	if r.note != "" {
		p.note("%s", r.note)
	}
	return p
}

// keepTool adds to a list of the transcript unless that is full.
func keepTool[T any](r *toolRun, list *[]T, v T) {
	if len(*list) >= MaxTranscriptItems {
		r.cut = true
		return
	}
	*list = append(*list, v)
}

func (r *toolRun) lineNumber() int {
	n, _ := r.t.position(r.line)
	return n
}

// fail adds an error line with its class, and the verdict that it gives.
func (r *toolRun) fail(text string, class report.Class) {
	keepTool(r, &r.tr.Errors, report.ErrorLine{Text: redact(text), Class: class, Line: r.lineNumber()})
}

// complain adds an error line of which the class is known by its words, or a
// verify error.
func (r *toolRun) complain(text string) {
	if len(r.tr.Errors) >= MaxTranscriptItems {
		r.cut = true
		return // what no list takes any more is not worth its time
	}
	class, code := said(text)
	if code > 0 {
		r.verifyError(code, text)
		return
	}
	r.fail(text, class)
}

// verifyError adds a verdict about the certificates, once.
func (r *toolRun) verifyError(code int, text string) {
	for _, e := range r.tr.VerifyErrors {
		if e.Code == code {
			return
		}
	}
	keepTool(r, &r.tr.VerifyErrors, report.VerifyError{Code: code, Depth: -1, Text: redact(text), Line: r.lineNumber()})
}

// alert adds an alert once.
func (r *toolRun) alert(number int, sent bool) {
	if number <= 0 || number > 255 {
		return // 0 is close_notify, which is no failure
	}
	for _, a := range r.tr.Alerts {
		if a.Number == number && a.Sent == sent {
			return
		}
	}
	keepTool(r, &r.tr.Alerts, report.Alert{Number: number, Name: codepoint.AlertName(number), Sent: sent, Line: r.lineNumber()})
}

// receivedAlert adds an alert of the server, with the error that it is.
func (r *toolRun) receivedAlert(number int, text string) {
	r.alert(number, false)
	r.fail(text, codepoint.AlertClass(number))
}

// certificate gives the entry of the chain that the lines at hand are about;
// begin says that a new one starts.
func (r *toolRun) certificate(begin bool) *report.TranscriptCertificate {
	if begin || len(r.tr.Chain) == 0 {
		keepTool(r, &r.tr.Chain, report.TranscriptCertificate{Depth: len(r.tr.Chain)})
	}
	return &r.tr.Chain[len(r.tr.Chain)-1]
}

// setHost takes a host and a port.
func (r *toolRun) setHost(host string, port int) {
	if h := hostName(strings.Trim(host, "[]")); h != "" {
		r.tr.Host = h
		if port > 0 {
			r.tr.Port = port
		}
	}
}

// setURL takes the host and the port of a URL.
func (r *toolRun) setURL(url string) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		return
	}
	if end := strings.IndexAny(rest, "/?# \t'\""); end >= 0 {
		rest = rest[:end]
	}
	host, port := splitPort(rest[strings.LastIndexByte(rest, '@')+1:])
	if port == 0 && strings.HasSuffix(scheme, "https") {
		port = 443
	}
	r.setHost(host, port)
}

// splitPort splits "host:port"; the port is 0 when there is none.
func splitPort(s string) (host string, port int) {
	if at := strings.LastIndexByte(s, ':'); at >= 0 && !strings.HasSuffix(s, "]") {
		if n := portNumber(s[at+1:]); n > 0 {
			return s[:at], n
		}
	}
	return s, 0
}

// set gives a rule that keeps the first value seen.
func set(field func(tr *report.Transcript) *string) func(*toolRun, string) {
	return func(r *toolRun, rest string) {
		if p := field(&r.tr); *p == "" {
			*p = redact(rest)
		}
	}
}

// isDecorated tells whether a line may begin with what undecorated takes off.
func isDecorated(c byte) bool {
	return c == ' ' || c == '\t' || c == '>' || c == '|' || c == 0x1B || c == '[' || c == '$' || c == '#' || c == '%' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z'
}

// undecorated gives a line without indentation, quote marks, colours, the name
// of a container, and a time in front.
func undecorated(line []byte) string {
	if bytes.IndexByte(line, 0x1B) >= 0 {
		line = withoutColours(line)
	}
	text := strings.Trim(string(line), " \t\r")
	for strings.HasPrefix(text, "> ") || strings.HasPrefix(text, "| ") || strings.HasPrefix(text, "|_") {
		text = strings.TrimLeft(text[2:], " \t")
	}
	if name, rest, ok := strings.Cut(text[:min(len(text), maxMargin)], "| "); ok && isContainer(name) {
		text = rest + text[min(len(text), maxMargin):]
	}
	text = strings.TrimLeft(text, " \t")
	if at := clock(text); at > 0 {
		text = text[at:]
	}
	if star := strings.LastIndex(text, "* "); star > 0 && strings.Contains(text[:star], "--:--:--") {
		text = text[star:] // curl does not end the line of its progress
	}
	return text
}

// isContainer tells whether a word is the name that docker compose writes in
// front of a line.
func isContainer(name string) bool {
	name = strings.TrimRight(name, " ")
	return name != "" && len(name) < 64 && !strings.ContainsAny(name, " :=\"'/*")
}

// clock is the length of a time of day at the start of a line, as curl writes it
// with --trace-time: "10:00:00.123456 ".
func clock(s string) int {
	if len(s) < 9 || s[2] != ':' || s[5] != ':' || s[0] < '0' || s[0] > '2' {
		return 0
	}
	end := strings.IndexByte(s[:min(len(s), 20)], ' ')
	if end < 8 || strings.Trim(s[:end], "0123456789:.") != "" {
		return 0
	}
	return end + 1
}

// withoutColours takes out control sequences.
func withoutColours(line []byte) []byte {
	out := make([]byte, 0, len(line))
	for i := 0; i < len(line); {
		if line[i] == 0x1B {
			i += max(1, controlLength(line[i:]))
			continue
		}
		out = append(out, line[i])
		i++
	}
	return out
}
