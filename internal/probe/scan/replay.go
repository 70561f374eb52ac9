package scan

import (
	"encoding/json"
	"slices"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// A replay goes through the strategy as if it were made from the beginning. A
// question that was asked before has its answer; one that was not is noted, to
// be asked next, and what depends on it waits.
type replay struct {
	target Target
	// answered are the exchanges with each question, in their order.
	answered map[string][]Exchange
	// next are the questions to ask now, and noted tells which those are.
	next  []report.HandshakeRequest
	noted map[string]bool
	// made counts the handshakes that were made. Heard tells that the server said
	// something in one of them.
	made  int
	heard bool
	// stopped says why nothing more is asked; empty while there is no reason.
	stopped string
	// shut tells that a closed connection was taken for a refusal. Unsure makes
	// the replay take it for no answer instead.
	shut, unsure bool
	// length is how long an offer the server takes.
	length length
}

func newReplay(target Target, done []Exchange) *replay {
	r := &replay{target: target, answered: map[string][]Exchange{}, noted: map[string]bool{}}
	silent := 0
	for _, e := range done {
		name := nameOf(e.Request)
		r.answered[name] = append(r.answered[name], e)
		if e.Handshake != nil {
			r.made++
		}
		switch kind, why := judge(e); {
		case kind == refused:
			r.stopped = "The scan was stopped: " + why
		case kind == silence:
			silent++
		default:
			r.heard = true
		}
	}
	switch {
	case r.stopped != "":
	case silent >= maxSilences:
		r.stopped = "The scan was stopped, because the server did not answer again and again."
	case len(done) >= maxHandshakes:
		r.stopped = "The scan was stopped, because it had made more handshakes than any server should need."
	}
	return r
}

// nameOf tells questions apart.
func nameOf(request report.HandshakeRequest) string {
	text, _ := json.Marshal(request) // plain data has no way to fail
	return string(text)
}

// A state is where a question stands.
type state int

const (
	pending  state = iota // not answered yet
	chosen                // the server chose from what was offered
	declined              // the server wants nothing of what was offered
	unknown               // the server said neither
)

// An answer is what the server said to a question.
type answer struct {
	state state
	// Handshake is there when the state is chosen, and where there is one.
	*report.Handshake
	// why says in a sentence why the server did not choose.
	why string
}

// alert tells whether the server sent an alert.
func (a answer) alert(number int) bool { return a.Handshake != nil && hasAlert(a.Handshake, number) }

// reachedTLS tells whether a handshake that failed came as far as TLS.
func (a answer) reachedTLS() bool {
	if a.Handshake == nil || a.Failure == nil || a.Failure.Class == report.PlainHTTP || a.Failure.Class == report.WrongProtocol {
		return false
	}
	return a.Step == report.StepHello || a.Step == report.StepServer || a.Step == report.StepFinish
}

// failure says why a server has not answered, or not as it should.
func (a answer) failure() *report.HandshakeFailed {
	if a.Handshake != nil && a.Failure != nil {
		return a.Failure
	}
	return &report.HandshakeFailed{Class: report.Other, Detail: a.why}
}

// ask gives the answer to a question. One that failed is asked once more, and
// again when it then fails in another way.
func (r *replay) ask(request report.HandshakeRequest) answer {
	tries := r.answered[nameOf(request)]
	if n := r.needed(tries); n > 0 {
		return r.decide(tries[n-1])
	}
	if r.stopped != "" && len(tries) > 0 {
		return undecided(tries[len(tries)-1])
	}
	return r.note(request)
}

// needed is how many of the tries decide the answer: up to the first that is
// clear, or the second that failed like one before; 0 when there are too few.
// While nothing was ever heard of the server, nobody waits for it twice.
func (r *replay) needed(tries []Exchange) int {
	failed := map[kind]int{}
	for i, e := range tries {
		kind, _ := judge(e)
		failed[kind]++
		deaf := !r.heard && kind == silence && e.Handshake != nil && e.Handshake.Failure != nil && e.Handshake.Failure.Class == report.Timeout
		if kind == taken || kind == refusal || kind == refused || failed[kind] == 2 || deaf {
			return i + 1
		}
	}
	return 0
}

// again asks a question that was answered another time, once.
func (r *replay) again(request report.HandshakeRequest) answer {
	tries := r.answered[nameOf(request)]
	if n := r.needed(tries); n < len(tries) {
		return r.decide(tries[n])
	}
	return r.note(request)
}

func (r *replay) note(request report.HandshakeRequest) answer {
	if r.stopped != "" {
		return answer{state: unknown, why: r.stopped}
	}
	if name := nameOf(request); !r.noted[name] {
		r.noted[name] = true
		r.next = append(r.next, request)
	}
	return answer{}
}

// decide gives the answer that an exchange stands for.
func (r *replay) decide(e Exchange) answer {
	switch kind, why := judge(e); {
	case kind == taken:
		return answer{chosen, e.Handshake, ""}
	case kind == refusal:
		return answer{declined, e.Handshake, why}
	case kind == closing && !r.unsure:
		r.shut = true
		return answer{declined, e.Handshake, why}
	}
	return undecided(e)
}

func undecided(e Exchange) answer {
	_, why := judge(e)
	return answer{unknown, e.Handshake, why}
}

// A kind is how one exchange ended.
type kind int

const (
	taken   kind = iota // the server chose
	refusal             // the server refused the offer in the words of TLS
	closing             // the server ended the connection without a reason
	silence             // the server was not heard
	refused             // the Handshaker did not take the request
)

// internalError is the alert of servers that did not foresee an offer, and of
// those that are overloaded (RFC 8446, section 6.2).
const internalError = 80

// judge says how an exchange ended. A handshake that failed after the server's
// choice has told what it was made for.
func judge(e Exchange) (kind, string) {
	h := e.Handshake
	switch {
	case h == nil && e.Refusal == "":
		return silence, "The handshake was not made."
	case h == nil:
		return refused, e.Refusal
	case h.Version != 0 && answers(h, e.Request.Offer.Versions):
		return taken, ""
	case h.Version != 0:
		return refusal, "The server answers with " + codepoint.Version(h.Version) + "."
	case h.Failure == nil:
		return silence, "The server did not say what it chose."
	}
	fatal := slices.ContainsFunc(h.Alerts, func(a report.Alert) bool { return !a.Sent && a.Number != 0 })
	switch {
	case fatal && !hasAlert(h, internalError):
		return refusal, h.Failure.Detail
	case fatal, h.Step == report.StepHello && (h.Failure.Class == report.Closed || h.Failure.Class == report.Reset):
		return closing, h.Failure.Detail
	}
	return silence, h.Failure.Detail
}

// answers tells whether the server chose one of the versions offered, and a
// suite with it. A current client offers TLS 1.2 and 1.3.
func answers(h *report.Handshake, offered []uint16) bool {
	if len(offered) == 0 {
		return h.Suite != nil
	}
	return slices.Contains(offered, h.Version) && (h.Suite != nil || h.Version == codepoint.SSL2)
}

func hasAlert(h *report.Handshake, number int) bool {
	return slices.ContainsFunc(h.Alerts, func(a report.Alert) bool { return !a.Sent && a.Number == number })
}
