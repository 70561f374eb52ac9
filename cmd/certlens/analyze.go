package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf16"

	"certlens/internal/engine"
	"certlens/internal/intake"
	"certlens/internal/report"
	"certlens/internal/target"
)

// options are the flags of analyze. All but host and files are those of probe
// too.
type options struct {
	json bool
	// all shows every cause and fix, not the first few.
	all  bool
	host string
	// passwords are the names of files with passwords.
	passwords []string
	at        string
	stores    string
	ca        []string
	profile   string
	files     []string
}

func analyze(args []string, t terminal) int {
	opts, err := parseOptions(args)
	if err != nil {
		return misuse(t, err)
	}
	request, err := opts.request(t)
	if err != nil {
		return misuse(t, err)
	}
	if request.Sources, err = opts.sources(t); err != nil {
		return misuse(t, err)
	}
	return show(t, request, opts)
}

// show analyzes, prints the report, and gives the exit status that goes with it.
func show(t terminal, request engine.Request, o options) int {
	r := engine.Analyze(context.Background(), request)
	var err error
	if o.json {
		err = writeJSON(t.out, r)
	} else {
		p := newPrinter(r, style{colour: t.colour})
		p.all, p.named = o.all, named(request.Sources)
		err = p.write(t.out)
	}
	if err != nil {
		t.complain(err)
		return statusUsage
	}
	return exitStatus(r)
}

func parseOptions(args []string) (options, error) {
	var o options
	flags := o.flags("analyze")
	flags.StringVar(&o.host, "host", "", "")
	flags.Func("password-file", "", func(file string) error {
		o.passwords = append(o.passwords, file)
		return nil
	})
	files, err := parse(flags, args)
	o.files = files
	return o, err
}

// flags are those that say how to judge, and how to show it.
func (o *options) flags(verb string) *flag.FlagSet {
	flags := flag.NewFlagSet("certlens "+verb, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // misuse prints
	flags.BoolVar(&o.json, "json", false, "")
	flags.BoolVar(&o.all, "all", false, "")
	flags.StringVar(&o.at, "at", "", "")
	flags.StringVar(&o.stores, "stores", "", "")
	flags.StringVar(&o.profile, "profile", "auto", "")
	flags.Func("ca", "", func(file string) error {
		o.ca = append(o.ca, file)
		return nil
	})
	return flags
}

// parse reads flags and operands in any order, as in "certlens chain.pem --json",
// and gives the operands.
func parse(flags *flag.FlagSet, args []string) (operands []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return operands, nil
		}
		if consumed := len(args) - len(rest); consumed > 0 && args[consumed-1] == "--" {
			return append(operands, rest...), nil
		}
		operands = append(operands, rest[0])
		args = rest[1:]
	}
}

// request turns flags into a request to the engine, which lacks what to judge.
func (o options) request(t terminal) (engine.Request, error) {
	req := engine.Request{Host: target.Host(o.host), Profile: o.profile, At: t.now()}
	var err error
	if o.at != "" {
		if req.At, err = time.Parse(time.RFC3339, o.at); err != nil {
			return req, fmt.Errorf("--at %q is not a time like 2026-11-20T12:00:00Z", o.at)
		}
	}
	if o.stores != "" {
		req.Stores = splitStores(o.stores)
	}
	if err := engine.Check(req); err != nil {
		return req, err
	}
	if req.Passwords, err = readPasswords(o.passwords); err != nil {
		return req, err
	}
	req.Anchors, err = readFiles(o.ca)
	return req, err
}

// sources reads the files, or standard input where none is named.
func (o options) sources(t terminal) ([]intake.Source, error) {
	if len(o.files) > 0 {
		return readFiles(o.files)
	}
	if t.typed {
		fmt.Fprintln(t.err, "certlens: reading what you type or paste; end it with Ctrl-D")
	}
	data, err := io.ReadAll(t.in)
	return []intake.Source{{Data: data}}, err
}

// splitStores reads the value of --stores; "none" is the empty list.
func splitStores(list string) []string {
	stores := []string{}
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" && name != "none" {
			stores = append(stores, name)
		}
	}
	return stores
}

// readFiles reads files, of which "-" is standard input.
func readFiles(names []string) ([]intake.Source, error) {
	var sources []intake.Source
	for _, name := range names {
		read := name
		if name == "-" {
			read = "/dev/stdin"
		}
		data, err := os.ReadFile(read)
		if err != nil {
			return nil, err
		}
		sources = append(sources, intake.Source{Name: name, Data: data})
	}
	return sources, nil
}

// readPasswords reads files that hold one password a line. A password may begin or
// end with a space.
func readPasswords(files []string) ([]string, error) {
	sources, err := readFiles(files)
	if err != nil {
		return nil, err
	}
	var passwords []string
	for _, source := range sources {
		for line := range strings.Lines(string(source.Data)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" {
				passwords = append(passwords, line)
			}
		}
	}
	return passwords, nil
}

// writeJSON writes what a terminal cannot take for a command: JSON escapes the
// controls of ASCII, and here those beyond are escaped as well.
func writeJSON(w io.Writer, r any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(text.Bytes()))
	return err
}

// escapeJSON escapes what is dangerous, which in encoded JSON is in strings alone
// but for the ends of lines (RFC 8259, section 7).
func escapeJSON(text []byte) []byte {
	isBad := func(r rune) bool { return r != '\n' && dangerous(r) }
	if bytes.IndexFunc(text, isBad) < 0 {
		return text
	}
	var out bytes.Buffer
	for _, r := range string(text) {
		switch {
		case !isBad(r):
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}

// isEmpty tells whether nothing was recognised.
func isEmpty(r *report.Report) bool {
	return len(r.Certificates)+len(r.Objects)+len(r.Transcripts)+len(r.Errors)+len(switchedOff(r)) == 0 && r.Handshake == nil
}

// exitStatus is 2 when nothing was recognised, 1 when something is an error.
func exitStatus(r *report.Report) int {
	if isEmpty(r) {
		return statusUsage
	}
	if r.Diagnosis != nil && r.Diagnosis.Severity == report.Error {
		return statusErrors
	}
	for _, finding := range r.Findings {
		if finding.Severity == report.Error {
			return statusErrors
		}
	}
	return statusFine
}
