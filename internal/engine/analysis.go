package engine

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"certlens/internal/cert"
	"certlens/internal/chain"
	"certlens/internal/evidence"
	"certlens/internal/fix"
	"certlens/internal/intake"
	"certlens/internal/report"
	"certlens/internal/trust"
	"certlens/lint"
)

// An analysis is the state of one Analyze, filled step by step.
type analysis struct {
	ctx     context.Context
	req     Request
	profile lint.Profile
	found   intake.Result
	arrived []intake.Object // of a live server
	// handshake is the index into report.Inputs of the handshake; -1 without one.
	handshake int
	stores    []*trust.Store
	certs     map[string]*cert.Certificate // by id
	pasted    []*cert.Certificate          // as pasted, duplicates included
	served    []*cert.Certificate          // as presented
	sent      bool                         // a handshake or a tool run says what was presented
	shown     []*cert.Certificate          // as the handshake brought them
	extra     []*cert.Certificate          // pasted beside the served ones
	public    map[string]bool              // ids on a path to a public anchor
	private   map[string]bool              // ids on a path to a private root
	issuer    map[string]*cert.Certificate // by id, on the best path
	signed    map[string]bool              // ids whose issuer's key verifies them
	ders      [][]byte                     // of report.Objects, same index
	switched  []fix.Off                    // what switches verification off
	beside    fix.Values                   // the server of the URLs in the text
	paths     chain.Result
	report    *report.Report
}

// begin makes an empty report. Lists are empty rather than nil, so that JSON
// has [] where the contract promises a list.
func begin(ctx context.Context, req Request) *analysis {
	profile, err := lint.ParseProfile(req.Profile)
	if err != nil {
		profile = lint.Auto
	}
	req.At = req.At.UTC().Truncate(time.Second)
	return &analysis{
		ctx: ctx, req: req, profile: profile, handshake: -1,
		certs:  map[string]*cert.Certificate{},
		public: map[string]bool{}, private: map[string]bool{},
		issuer: map[string]*cert.Certificate{}, signed: map[string]bool{},
		report: &report.Report{
			Version:      report.Version,
			At:           req.At.Format(time.RFC3339),
			Host:         req.Host,
			Stores:       []report.Store{},
			Inputs:       []report.Input{},
			Certificates: []report.Certificate{},
			Served:       []string{},
			Paths:        []report.Path{},
			Lints:        []report.LintRun{},
			Findings:     []report.Finding{},
		},
	}
}

// read finds the pieces of the input, and takes what a live server said.
func (a *analysis) read() {
	a.found = intake.Scan(a.sources()...)
	a.report.Truncated = a.found.Truncated
	a.report.Inputs = append(a.report.Inputs, a.found.Inputs...)
	a.report.Transcripts = a.found.Transcripts
	a.report.Errors = a.errors()
	a.live()
	if a.report.Host != "" {
		a.report.HostFrom = "request"
	} else if host := a.liveHost(); host != "" {
		a.report.Host, a.report.HostFrom = host, "handshake"
	} else if host := hostOf(a.found.Transcripts); host != "" {
		a.report.Host, a.report.HostFrom = host, "transcript"
	} else if host := complained(a.report.Errors); host != "" {
		a.report.Host, a.report.HostFrom = host, "error"
	}
}

// hostOf is the name that the first transcript was about. An address that
// somebody connected to says little about the name that clients will use, so
// it is not taken for the host.
func hostOf(transcripts []report.Transcript) string {
	for _, t := range transcripts {
		if t.SNI != "" {
			return t.SNI
		}
		if _, err := netip.ParseAddr(t.Host); t.Host != "" && err != nil {
			return t.Host
		}
	}
	return ""
}

// decode turns objects into certificates and other contents.
func (a *analysis) decode() {
	objects := slices.Concat(a.arrived, a.found.Objects)
	total := len(objects)
	for i, object := range objects {
		if a.cancelled() {
			break
		}
		if object.Kind == intake.Certificate {
			a.certificate(object)
		} else {
			a.object(object)
		}
		a.progress(Progress{Stage: "decode", Done: i + 1, Total: total})
	}
	a.present()
}

// certificate decodes a certificate.
func (a *analysis) certificate(object intake.Object) {
	c := a.add(cert.Parse(object.DER), "input")
	a.pasted = append(a.pasted, c)
	if object.Input < len(a.found.Inputs) {
		return // Intake has told whose it is.
	}
	input := &a.report.Inputs[object.Input]
	input.Certificates = append(input.Certificates, c.ID)
	if object.Input == a.handshake {
		a.shown = append(a.shown, c)
	}
}

// present tells what the server presented from what was pasted beside it. A
// handshake of our own says it, or else the first tool run that printed its
// chain; a run prints other certificates too, the responder's of a stapled OCSP
// response for one. Without either, everything pasted is taken for what is
// presented.
func (a *analysis) present() {
	a.served = a.shown
	if a.served == nil {
		a.served = a.listed()
	}
	a.sent = a.served != nil
	if !a.sent {
		a.served = a.pasted
	} else {
		for _, c := range a.pasted {
			if !slices.Contains(a.served, c) {
				a.extra = append(a.extra, c)
			}
		}
	}
	for _, c := range a.served {
		a.report.Served = append(a.report.Served, c.ID)
	}
}

// listed are the certificates of the first chain that a tool printed; nil when
// none did.
func (a *analysis) listed() []*cert.Certificate {
	for _, t := range a.found.Transcripts {
		var chain []*cert.Certificate
		for _, member := range t.Chain {
			if c := a.certs[member.Certificate]; c != nil {
				chain = append(chain, c)
			}
		}
		if chain != nil {
			return chain
		}
	}
	return nil
}

// add lists c in the report, once, and gives the one that is listed.
func (a *analysis) add(c *cert.Certificate, origin string) *cert.Certificate {
	if known, ok := a.certs[c.ID]; ok {
		return known
	}
	a.certs[c.ID] = c
	described := c.Report(a.req.At)
	described.Origin = origin
	a.report.Certificates = append(a.report.Certificates, described)
	return c
}

// object decodes something that is not a certificate.
func (a *analysis) object(object intake.Object) {
	var described report.Object
	switch object.Kind {
	case intake.CRL:
		described = evidence.DecodeCRL(object.DER, a.req.At)
	case intake.OCSP:
		described = evidence.DecodeOCSP(object.DER, a.req.At)
	case intake.Request:
		described = cert.DecodeRequest(object.DER)
	default:
		described = written(cert.KeyObject(object.DER, object.Label), object.Format)
	}
	described.Input = object.Input
	a.report.Objects = append(a.report.Objects, described)
	a.ders = append(a.ders, object.DER)
}

// partial hands out what is known before the rules run.
func (a *analysis) partial() {
	if a.req.Progress == nil || len(a.certs) == 0 {
		return
	}
	known := *a.report
	a.progress(Progress{Stage: "lint", Total: len(a.distinct()), Report: &known})
}

// cancelled tells whether to stop, and leaves a note that says so.
func (a *analysis) cancelled() bool {
	if a.ctx.Err() == nil {
		return false
	}
	if !slices.Contains(a.report.Notes, cancelNote) {
		a.leftOut(cancelNote)
	}
	return true
}

const cancelNote = "The analysis was cancelled before it was done."

// leftOut says what the report lacks.
func (a *analysis) leftOut(note string) {
	a.report.Truncated = true
	a.report.Notes = append(a.report.Notes, note)
}

func (a *analysis) progress(p Progress) {
	if a.req.Progress != nil {
		a.req.Progress(p)
	}
}
