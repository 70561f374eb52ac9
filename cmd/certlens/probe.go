package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"

	"certlens/internal/engine"
	"certlens/internal/probe"
	"certlens/internal/probe/scan"
	"certlens/internal/report"
	"certlens/internal/target"
	"certlens/worker/local"
)

// probeOptions are the flags of probe.
type probeOptions struct {
	options
	starttls string
	// sni is the server name to send, and noSNI tells to send none.
	sni   string
	noSNI bool
	scan  bool
}

// probeServer makes a handshake with a live server, from this machine, and
// analyzes what it brought.
func probeServer(args []string, t terminal) int {
	opts, err := parseProbe(args)
	if err != nil {
		return misuse(t, err)
	}
	server, err := opts.target()
	if err != nil {
		return misuse(t, err)
	}
	request, err := opts.request(t)
	if err != nil {
		return misuse(t, err)
	}
	for _, note := range server.Notes {
		fmt.Fprintln(t.err, printable(note))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := opts.see(ctx, t, server, &request); err != nil {
		t.complain(err)
		return statusUsage
	}
	// What was seen is analyzed even when seeing it was interrupted.
	return show(t, request, opts.options)
}

func parseProbe(args []string) (probeOptions, error) {
	var o probeOptions
	flags := o.flags("probe")
	flags.StringVar(&o.starttls, "starttls", "", "")
	flags.Func("sni", "", func(name string) error {
		o.sni, o.noSNI = name, name == ""
		return nil
	})
	flags.BoolVar(&o.scan, "scan", false, "")
	operands, err := parse(flags, args)
	if err != nil {
		return o, err
	}
	if len(operands) != 1 {
		return o, fmt.Errorf("probe takes one server, as in certlens probe mail.example.com:587; it got %d", len(operands))
	}
	o.files = operands
	return o, nil
}

// target reads the server's name.
func (o probeOptions) target() (target.Target, error) {
	server, err := target.Parse(o.files[0], o.starttls)
	if problem := (*target.Error)(nil); errors.As(err, &problem) {
		return server, errors.New(problem.Sentence)
	}
	return server, err
}

// see makes the handshake, and the scan where one is asked for.
func (o probeOptions) see(ctx context.Context, t terminal, server target.Target, request *engine.Request) error {
	client := local.Client("this machine")
	client.Now = t.now
	t.progress("Connecting to %s", &server)
	defer t.progress("")
	h, err := client.Handshake(ctx, report.HandshakeRequest{
		Host: server.Host, Port: server.Port, StartTLS: server.StartTLS, SNI: o.sni, NoSNI: o.noSNI,
		Offer: report.Offer{ALPN: server.ALPN}, WantStaple: true,
	})
	if refusal := (*probe.Refusal)(nil); errors.As(err, &refusal) {
		return errors.New(refusal.Message)
	}
	// Where not a byte was sent there is nothing to scan.
	if request.Handshake = h; err != nil || !o.scan || h.Sent == 0 {
		return err
	}
	request.Scan = scan.Run(ctx, client, scan.Target{
		Host: server.Host, Port: server.Port, StartTLS: server.StartTLS, SNI: o.sni, NoSNI: o.noSNI,
	}, parallel, func(s *report.Scan) {
		t.progress("Scanning %s, %d of about %d handshakes", &server, s.Handshakes, s.Expected)
	})
	return nil
}

// parallel is the number of handshakes of a scan at the same time. The server
// still has to serve others.
const parallel = 4

// progress shows on a terminal what is being done, in place of what it showed
// before; an empty text clears it.
func (t terminal) progress(format string, args ...any) {
	if t.live {
		fmt.Fprintf(t.err, "\r\x1b[K"+format, args...)
	}
}
