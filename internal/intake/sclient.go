package intake

import (
	"bytes"

	"certlens/internal/report"
)

// The output of "openssl s_client" (OpenSSL 1.0.2 to 3.5, LibreSSL). The tool
// writes to two streams, and a paste holds them in either order: with a
// terminal as they came, through a pipe the error stream first. So no line is
// expected at a fixed place; a run is a bag of lines that ends where a line
// stands that can't belong to it any more.

// A stage is how far a run has come, as far as lines stand in a fixed order.
type stage int

const (
	stageNone stage = iota
	stageCommand
	stageConnecting
	stageConnected
	stageChain
	stagePeer
	stageSummary
)

// A section is what the lines at hand belong to.
type section int

const (
	sectionNone section = iota
	sectionChain
	sectionServer
	sectionCANames
	sectionOCSP
	sectionCommand // a shell command that goes on in the next line
)

const (
	// strongGap is how many lines of something else a run may hold: the answer
	// of a web server stands there.
	strongGap = 1000
	// weakGap is the same for a run of which only a hint was seen.
	weakGap = 20
	// maxHints is how many runs may come to nothing in a text; after that, a run
	// begins with a line that proves it.
	maxHints = 10_000
)

// A run is one run of s_client while it is being read.
type run struct {
	t          *text
	start, end int
	// strong is true once a line was seen that nothing else writes.
	strong  bool
	stage   stage
	section section
	// ended is true once the final verify code was seen, done once the tool
	// said that it stopped.
	ended, done bool
	// depth and subject are those of the last "depth=" line.
	depth    int
	subject  string
	sawDepth bool
	// stuck is true when the tool could not read its own files, and so never
	// connected.
	stuck bool
	// errorID is what the lines of the error queue begin with: the id of the
	// thread, which differs from run to run.
	errorID string
	// args is the shell command after "s_client".
	args []byte
	// brief is true for the output of -brief.
	brief bool
	// cut is true when a list was too long.
	cut bool

	tr report.Transcript
	// What the session block, the line "Protocol:" and the line "New, ...,
	// Cipher is ..." say. settle decides between them.
	session, cipher, plain string
	newVersion, newCipher  string
	noCipher               bool
	// peer is the name on the line "Verified peername:".
	peer  string
	marks flavourMarks
}

// An sclient reads the lines of a text.
type sclient struct {
	t    *text
	runs []*run
	cur  *run
	gap  int // lines since the last one that belonged to cur
	// hints counts the runs of which only a hint was seen.
	hints int
}

func readSClient(t *text, found []piece) []piece {
	s := &sclient{t: t}
	l := linesFrom(t.data, t.start)
	for {
		start, end, ok := l.next()
		if !ok || len(s.runs) > MaxTranscripts {
			break
		}
		for len(found) > 0 && found[0].end <= start {
			found = found[1:]
		}
		if len(found) > 0 && found[0].start < end {
			p := found[0]
			s.line(start, p.start)
			s.piece(p)
			l.pos = p.end
			continue
		}
		s.line(start, end)
	}
	s.close()
	return s.pieces()
}

// pieces gives the runs that were read.
func (s *sclient) pieces() []piece {
	var list []piece
	for _, r := range s.runs {
		r.settle()
		p := piece{start: r.start, end: r.end, transcript: &r.tr, cut: r.cut, input: report.Input{Kind: "s_client"}}
		if r.cut {
			p.note("Lists in this transcript end after %d entries.", MaxTranscriptItems)
		}
		list = append(list, p)
	}
	if n := len(list); n > 0 && s.hints > maxHints {
		list[n-1].cut = true
		list[n-1].note("Lines that only may be of s_client are left out: there are too many.")
	}
	return list
}

// A line is one line without its margin.
type line struct {
	text       []byte // the line, then what follows the rule's prefix
	start, end int    // of the whole line, for the span
}

// line takes the line between two offsets.
func (s *sclient) line(start, end int) {
	text := bytes.TrimRight(plainLine(head(s.t.data[start:end])), " \t")
	margin := marginLength(text)
	if text = text[margin:]; len(text) == 0 {
		return
	}
	l := line{text: text, start: start + margin, end: start + margin + len(text)}
	if s.cur != nil && s.cur.section == sectionCommand {
		s.cur.continueCommand(l)
		return
	}
	if r := matchRule(s.cur, &l); r != nil && s.give(r, l) {
		return
	}
	if s.cur == nil {
		return
	}
	if s.cur.section == sectionCANames && s.cur.caName(l) {
		s.cur.grow(l)
		s.gap = 0
		return
	}
	if s.gap++; s.gap > strongGap || !s.cur.strong && s.gap > weakGap {
		s.close()
	}
}

// plainLine gives a line without colours and the name of a container.
func plainLine(text []byte) []byte {
	if bytes.IndexByte(text, 0x1B) >= 0 {
		text = withoutColours(text)
	}
	if i := bytes.IndexByte(text[:min(len(text), maxLabel)], '|'); i > 0 && i+1 < len(text) && text[i+1] == ' ' && isContainer(string(text[:i])) {
		text = text[i+2:]
	}
	return text
}

// maxLine is how much of a line is looked at, in bytes.
const maxLine = 64 << 10

func head(b []byte) []byte { return b[:min(len(b), maxLine)] }

// marginLength is the length of indentation and quote marks. ">>>" is no quote
// mark: s_client -msg writes it in front of what it sends.
func marginLength(text []byte) int {
	i := 0
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '>' && i+1 < len(text) && text[i+1] == ' ') {
		i++
	}
	return i
}

// give hands a line to the run that it belongs to; false when it belongs to
// none.
func (s *sclient) give(r *rule, l line) bool {
	if s.cur != nil && r.anew(s.cur, l) {
		s.close()
	}
	if s.cur == nil {
		if !r.opens || !r.proof && s.hints > maxHints {
			return false
		}
		s.cur = &run{t: s.t, start: l.start, depth: -1, tr: report.Transcript{Tool: "s_client", VerifyCode: -1}}
	}
	s.cur.strong = s.cur.strong || r.proof
	s.cur.stage = max(s.cur.stage, r.stage)
	s.cur.grow(l)
	s.gap = 0
	if r.take != nil {
		r.take(s.cur, l)
	}
	return true
}

func (r *run) grow(l line) { r.end = max(r.end, l.end) }

// close ends the current run. What is only a hint is dropped, but error lines
// that stand after a run belong to it when no other run follows.
func (s *sclient) close() {
	r := s.cur
	s.cur, s.gap = nil, 0
	if r != nil && !r.strong {
		s.hints++
	}
	switch {
	case r == nil:
	case r.strong:
		s.runs = append(s.runs, r)
	case len(r.tr.Errors) > 0 && len(s.runs) > 0 && r.stage == stageNone:
		last := s.runs[len(s.runs)-1]
		for _, e := range r.tr.Errors {
			keep(last, &last.tr.Errors, e)
		}
		for _, a := range r.tr.Alerts {
			keep(last, &last.tr.Alerts, a)
		}
		last.end = r.end
	}
}

// keep adds to a list of the transcript unless that is full.
func keep[T any](r *run, list *[]T, v T) {
	if len(*list) >= MaxTranscriptItems {
		r.cut = true
		return
	}
	*list = append(*list, v)
}

// piece takes a block with certificates that stands between the lines.
func (s *sclient) piece(p piece) {
	if s.cur == nil {
		return
	}
	if s.cur.link(p) {
		s.cur.end = max(s.cur.end, p.end)
		s.gap = 0
	}
}

// link ties the certificate of a block to the chain line above it. Without
// -showcerts, the only block stands under "Server certificate" and is the
// first of the chain.
func (r *run) link(p piece) bool {
	if len(p.objects) == 0 || p.objects[0].Kind != Certificate {
		return r.section == sectionOCSP
	}
	n := len(r.tr.Chain)
	switch id := ID(p.objects[0].DER); {
	case r.section == sectionOCSP:
	case r.section == sectionChain && n > 0 && r.tr.Chain[n-1].Certificate == "":
		r.tr.Chain[n-1].Certificate = id
	case r.section == sectionServer && n == 0:
		r.tr.Chain = append(r.tr.Chain, report.TranscriptCertificate{Certificate: id})
	case r.section == sectionServer && r.tr.Chain[0].Certificate == "":
		r.tr.Chain[0].Certificate = id
	default:
		return false
	}
	return true
}
