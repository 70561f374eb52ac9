// Package sclient is the second opinion of handshakes: what openssl s_client
// prints about a server, next to what a probe saw of it.
package sclient

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

// A Table holds what was compared, for people to read.
type Table struct{ rows [][]string }

// Compare asks s_client about a server, with the offer that the probe made and
// the arguments of a case, and compares what both saw.
func (t *Table) Compare(test testing.TB, name string, s daemon.Server, h *report.Handshake, arguments string) {
	test.Helper()
	out := Run(test, s, append(offering(h.Offer), strings.Fields(arguments)...)...)
	theirs, ours := factsOf(out), factsIn(h)
	if strings.Contains(out, "OCSP Response Status: successful") {
		response, err := os.ReadFile(filepath.Join(s.Dir, "ocsp.der"))
		if err != nil {
			test.Fatal(err)
		}
		theirs["staple"] = base64.StdEncoding.EncodeToString(response)
	}
	for _, fact := range names {
		if want, known := theirs[fact]; known && !skipped(name, fact, h) {
			if ours[fact] != want {
				test.Errorf("%s: %q, and %q says s_client", fact, ours[fact], want)
			}
			t.rows = append(t.rows, []string{name, fact, ours[fact], want})
		}
	}
	if test.Failed() {
		test.Logf("%+v\n%s", h, out)
	}
}

// CompareDaemon does the same for a server that speaks another protocol before.
func (t *Table) CompareDaemon(test testing.TB, s daemon.Server, h *report.Handshake) {
	test.Helper()
	if !h.Complete || len(h.Certificates) != len(s.Chain) {
		test.Errorf("%+v %+v", h, h.Failure)
	}
	switch s.StartTLS {
	case "rdp": // s_client has no such protocol
	case "":
		t.Compare(test, s.Name, s, h, "")
	case "submission":
		t.Compare(test, s.Name, s, h, "-starttls smtp")
	case "xmpp-client":
		t.Compare(test, s.Name, s, h, "-starttls xmpp -xmpphost "+s.ServerName)
	case "xmpp-server":
		t.Compare(test, s.Name, s, h, "-starttls xmpp-server -xmpphost "+s.ServerName)
	default:
		t.Compare(test, s.Name, s, h, "-starttls "+s.StartTLS)
	}
}

// offering makes s_client offer the same suites, in the same order: many servers
// let the client's decide, and that depends on the machine.
func offering(o report.Offer) []string {
	var old, tls13 []string
	for _, id := range o.Suites {
		switch name := codepoint.Suite(id).OpenSSL; {
		case id>>8 == 0x13:
			tls13 = append(tls13, name)
		case name != "":
			old = append(old, name)
		}
	}
	var arguments []string
	if old != nil {
		arguments = append(arguments, "-cipher", strings.Join(old, ":"))
	}
	if tls13 != nil {
		arguments = append(arguments, "-ciphersuites", strings.Join(tls13, ":"))
	}
	return arguments
}

// Run runs s_client against a server and gives what it printed. Its input is
// held open until a ticket of TLS 1.3 has come, or had the time to.
func Run(t testing.TB, s daemon.Server, arguments ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "openssl", append([]string{
		"s_client", "-connect", s.Address(), "-servername", s.ServerName, "-showcerts", "-tlsextdebug", "-msg",
	}, arguments...)...)
	var out syncBuffer
	c.Stdout, c.Stderr = &out, &out
	input, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = c.Wait(); close(ended) }()
	wait(ended, func() bool {
		text := out.String()
		return strings.Contains(text, "NewSessionTicket") || strings.Contains(text, "Verify return code") && !strings.Contains(text, "New, TLSv1.3")
	})
	input.Close()
	<-ended
	return out.String()
}

// wait waits for a condition, or the end of a process, but not for ever.
func wait(ended chan struct{}, is func() bool) {
	for range 100 {
		select {
		case <-ended:
			return
		case <-time.After(20 * time.Millisecond):
		}
		if is() {
			return
		}
	}
}

// A syncBuffer can be read while a process writes into it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// String is the table.
func (t *Table) String() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, row := range t.rows {
		for i, cell := range row {
			if cell = strings.ReplaceAll(cell, "\n", "; "); len(cell) > 44 {
				row[i] = cell[:20] + "… (" + strconv.Itoa(len(cell)) + ")"
			}
		}
		w.Write([]byte(strings.Join(row, "\t") + "\n"))
	}
	w.Flush()
	return out.String()
}
