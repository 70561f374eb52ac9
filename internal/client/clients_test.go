package client

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// wantPairs is how many pairs of a client and a failure must come back right,
// those in which the client accepts not counted.
const wantPairs = 300

// The marks of the table of real clients.
const (
	markRight    = "="
	markPossible = "~"
	markAccepted = "+"
	markNothing  = "?"
	markSilent   = "0"
	markWrong    = "!"
	markNot      = "."
)

// otherwise are the pairs in which a client says something else than what is
// wrong, and why it can.
var otherwise = []struct{ client, failure, why string }{
	{"go tls", "closed", "it prints nothing but EOF, a word that is in too many texts"},
	{"java", "client certificate, TLS 1.2", "on a busy machine the server has gone while Java still writes, and the reset comes before the alert"},
	{"perl", "client certificate, TLS 1.3", "the alert comes after the handshake, and the module does not tell of it"},
	{"perl", "no such name", "the module only says that its configuration failed"},
}

// TestRealClients runs the clients of this machine against broken servers on
// loopback, and feeds what they print to Recognise.
func TestRealClients(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes: hundreds of connections by real clients")
	}
	b := newBench(t)
	table := clientTable{}
	for _, p := range programs {
		if missing := p.missing(); missing != "" {
			t.Logf("%s is skipped: %s not found: apt-get install %s", p.name, missing, p.debian)
			continue
		}
		if only := os.Getenv("CERTLENS_CLIENT"); only != "" && only != p.name {
			continue
		}
		table.names = append(table.names, p.name)
		table.marks = append(table.marks, p.meet(b))
	}
	t.Logf("\n%s", table.text(b.failures))
	for _, line := range b.silent {
		t.Logf("nothing printed: %s", line)
	}
	right := table.count(markRight) + table.count(markPossible)
	t.Logf("%d pairs come back right: %d exactly, %d among what the text leaves possible; %d are accepted, %d say nothing that is known, %d print nothing, %d are wrong",
		right, table.count(markRight), table.count(markPossible), table.count(markAccepted), table.count(markNothing), table.count(markSilent), table.count(markWrong))
	if right < wantPairs && os.Getenv("CERTLENS_CLIENT") == "" {
		t.Errorf("%d pairs, want %d", right, wantPairs)
	}
}

func (p program) missing() string {
	for name := range strings.FieldsSeq(p.needs) {
		if _, err := exec.LookPath(name); err != nil {
			return name
		}
	}
	return ""
}

// meet runs a client against all failures that are for it.
func (p program) meet(b *bench) []string {
	var mine []failure
	for _, f := range b.failures {
		if p.meets(f) {
			mine = append(mine, f)
		}
	}
	printed, silence := map[string]string{}, map[string]string{}
	if p.all != nil {
		printed = p.all(b, mine)
	} else {
		for _, f := range mine {
			b.silence = ""
			printed[f.name] = p.ask(b, f)
			silence[f.name] = b.silence
		}
	}
	var marks []string
	for _, f := range b.failures {
		if !p.meets(f) {
			marks = append(marks, markNot)
			continue
		}
		text, isThere := printed[f.name]
		if why := silence[f.name]; strings.TrimSpace(text) == "" && (!isThere || why != "") {
			b.silent = append(b.silent, fmt.Sprintf("%s, %s: %s", p.name, f.name, cmp.Or(why, "it gave no result")))
			marks = append(marks, markSilent)
			continue
		}
		marks = append(marks, p.judge(b, f, text))
	}
	return marks
}

// judge tells whether what a client printed is recognised as what is wrong.
func (p program) judge(b *bench, f failure, text string) string {
	matches := Recognise([]byte(text))
	switch {
	case strings.TrimSpace(text) == "":
		return markAccepted
	case len(matches) > 0 && matches[0].Class == f.class:
		return markRight
	case len(matches) > 0 && slices.Contains(matches[0].Possible, f.class):
		return markPossible
	}
	for _, o := range otherwise {
		if o.client == p.name && o.failure == f.name {
			b.Logf("%s, %s: %s", p.name, f.name, o.why)
			return markNothing
		}
	}
	if len(matches) == 0 {
		b.Errorf("%s, %s: nothing is recognised in:\n%s", p.name, f.name, text)
		return markNothing
	}
	b.Errorf("%s, %s: %s, want %s, in:\n%s", p.name, f.name, summary(matches), f.class, text)
	return markWrong
}

// A clientTable is what all clients made of all failures.
type clientTable struct {
	names []string
	marks [][]string // for each client, one mark for each failure
}

func (t clientTable) count(mark string) int {
	n := 0
	for _, marks := range t.marks {
		for _, m := range marks {
			if m == mark {
				n++
			}
		}
	}
	return n
}

// text is the table: a line for each failure, a column for each client.
func (t clientTable) text(failures []failure) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s right  %s the text leaves it possible  %s the client accepts  %s nothing recognised  %s it failed and printed nothing  %s wrong  %s does not apply\n\n", markRight, markPossible, markAccepted, markNothing, markSilent, markWrong, markNot)
	for i, name := range t.names {
		fmt.Fprintf(&out, "%36s%s\n", strings.Repeat("| ", i), name)
	}
	for i, f := range failures {
		fmt.Fprintf(&out, "%-34.34s", f.name)
		for j := range t.names {
			fmt.Fprintf(&out, "%s ", t.marks[j][i])
		}
		fmt.Fprintf(&out, " %s\n", f.class)
	}
	return out.String()
}
