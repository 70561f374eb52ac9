//go:debug x509negativeserial=1

// Command certlens says what is wrong with a certificate chain, in a terminal.
// It is the same engine, and gives the same report, as the page.
//
//	certlens [analyze] [flags] [FILE...]   analyze files, or standard input
//	certlens explain [--json] [--all] WHAT explain an error text, a failure or a code
//	certlens probe [flags] HOST[:PORT]     make a handshake and analyze it
//	certlens serve [flags]                 serve the page on this machine
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
	"strings"
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
	live     bool // err is a terminal, and can show progress
	typed    bool // in is a terminal, where a person types
	now      func() time.Time
}

func main() {
	os.Exit(run(os.Args[1:], terminal{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		colour: wantsColour(os.Stdout), live: isTerminal(os.Stderr), typed: isTerminal(os.Stdin), now: time.Now,
	}))
}

// verbs are the commands. Without one, certlens analyzes.
var verbs = map[string]func([]string, terminal) int{
	"analyze": analyze,
	"explain": explain,
	"probe":   probeServer,
	"serve":   serve,
	"version": version, "--version": version, "-version": version,
	"help": help,
}

func run(args []string, t terminal) int {
	if len(args) > 0 {
		if verb, ok := verbs[args[0]]; ok {
			return verb(args[1:], t)
		}
	}
	return analyze(args, t)
}

const usage = `certlens says what is wrong with a certificate chain. Only probe and serve use a network.

  certlens [analyze] [flags] [FILE...]   analyze files, or standard input
  certlens explain [--json] [--all] WHAT explain an error text, a failure as
                                         missing_intermediate, or a code as
                                         openssl/20; - reads standard input;
                                         --all alone lists all it explains
  certlens probe [flags] HOST[:PORT]     make a handshake and analyze it
  certlens serve [flags]                 serve the page on this machine
  certlens version                       print the version

Flags of analyze:
  --host NAME      host name or IP address that the certificate should be good for
  --password-file FILE
                   try the lines of FILE as passwords of PKCS#12 and other
                   encrypted files; may be given several times

Flags of probe:
  --starttls PROTO start TLS in this protocol, or none (default: by the port)
  --sni NAME       send this server name instead of the host; --sni '' sends none
  --scan           find out which versions and cipher suites the server takes

Flags of both:
  --json           print the whole report as JSON
  --all            show all causes and fixes, not the first few
  --at TIME        judge for this time, as in 2026-11-20T12:00:00Z (default: now)
  --stores LIST    trust stores: mozilla, or none (default: mozilla)
  --ca FILE        trust the certificates in FILE too; may be given several times
  --profile NAME   rules: auto, webpki, rfc5280, smime, codesign or private

Flags of serve:
  --addr ADDRESS   listen here, or on one of the next ports (default: 127.0.0.1:8080)
  --allow-private  connect to hosts of private networks too
  --origin URL     the page is reached as this, or one there may ask; as in
                   https://certlens.example.com; may be given several times

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
	fmt.Fprintf(t.err, "certlens: %s\n", printable(withoutRoom(err.Error())))
}

// withoutRoom takes off the name of the package that an error begins with, which
// means nothing to who reads it.
func withoutRoom(message string) string {
	for _, room := range []string{"lint", "trust", "site", "engine", "probe"} {
		message = strings.TrimPrefix(message, room+": ")
	}
	return message
}
