//go:debug x509negativeserial=1

// Command certlens says what is wrong with a certificate chain, in a terminal.
// It is the same engine, and gives the same report, as the page.
//
//	certlens [analyze] [flags] [FILE...]   analyze files, or standard input
//	certlens serve [--addr ADDRESS]        serve the page on this machine
//	certlens version                       print the version
//
// Exit status: 0 when nothing is an error, 1 when errors were found, 2 when
// nothing was recognised or the command was used wrongly.
package main

// About the first line of this file: certificates with a negative serial number
// are wrong (RFC 5280, section 4.1.2.2), and people have them; the standard
// library must not refuse them before we can say so.

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

// The exit statuses.
const (
	statusFine   = 0
	statusErrors = 1
	statusUsage  = 2
)

// A terminal is everything that a command may touch, so that tests can put
// something else in its place.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	colour   bool
	now      func() time.Time
}

func main() {
	os.Exit(run(os.Args[1:], terminal{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		colour: wantsColour(os.Stdout), now: time.Now,
	}))
}

// verbs are the commands. Without one, certlens analyzes.
var verbs = map[string]func([]string, terminal) int{
	"analyze": analyze,
	"serve":   serve,
	"version": version,
	"help":    help,
}

func run(args []string, t terminal) int {
	if len(args) > 0 {
		if verb, ok := verbs[args[0]]; ok {
			return verb(args[1:], t)
		}
	}
	return analyze(args, t)
}

const usage = `certlens says what is wrong with a certificate chain. It works without a network.

  certlens [analyze] [flags] [FILE...]   analyze files, or standard input
  certlens serve [--addr ADDRESS]        serve the page on this machine
  certlens version                       print the version

Flags of analyze:
  --json           print the whole report as JSON
  --host NAME      host name or IP address that the certificate should be good for
  --at TIME        judge for this time, as in 2026-11-20T12:00:00Z (default: now)
  --stores LIST    trust stores: mozilla, or none (default: mozilla)
  --ca FILE        trust the certificates in FILE too; may be given several times
  --profile NAME   rules: auto, webpki, rfc5280, smime, codesign or private

Exit status: 0 no errors, 1 errors found, 2 nothing recognised or wrong use.
Warnings and notices do not change the exit status.
`

func help(_ []string, t terminal) int {
	fmt.Fprint(t.out, usage)
	return statusFine
}

// misuse prints what is wrong with the command line.
func misuse(t terminal, err error) int {
	if errors.Is(err, flag.ErrHelp) {
		return help(nil, t)
	}
	t.complain(err)
	fmt.Fprintln(t.err, "Run certlens help to see how it is used.")
	return statusUsage
}

// complain prints an error. It may quote a file name, and those can hold escape
// sequences as well.
func (t terminal) complain(err error) {
	fmt.Fprintf(t.err, "certlens: %s\n", printable(err.Error()))
}
