package engine

import (
	"context"
	"net/netip"
	"slices"
	"time"

	"certlens/internal/cert"
	"certlens/internal/evidence"
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
	stores  []*trust.Store
	certs   map[string]*cert.Certificate // by id
	served  []*cert.Certificate          // as presented
	extra   []*cert.Certificate          // pasted beside the served ones
	public  map[string]bool              // ids on a path to a public anchor
	private map[string]bool              // ids on a path to a private root
	issuer  map[string]*cert.Certificate // by id, on the best path
	signed  map[string]bool              // ids whose issuer's key verifies them
	ders    [][]byte                     // of report.Objects, same index
	leaf    *cert.Certificate            // nil when none was found

	hostProblems []report.PathProblem
	report       *report.Report
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
		ctx: ctx, req: req, profile: profile,
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

// read finds the pieces of the input.
func (a *analysis) read() {
	a.found = intake.Scan(a.req.Sources...)
	a.report.Truncated = a.found.Truncated
	a.report.Inputs = append(a.report.Inputs, a.found.Inputs...)
	a.report.Transcripts = a.found.Transcripts
	if a.report.Host != "" {
		a.report.HostFrom = "request"
	} else if host := hostOf(a.found.Transcripts); host != "" {
		a.report.Host, a.report.HostFrom = host, "transcript"
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
	total := len(a.found.Objects)
	first := firstRun(a.found)
	for i, object := range a.found.Objects {
		if a.cancelled() {
			return
		}
		if object.Kind == intake.Certificate {
			a.certificate(object, first)
		} else {
			a.object(object)
		}
		a.progress(Progress{Stage: "decode", Done: i + 1, Total: total})
	}
}

// certificate decodes one certificate. What the first tool run printed is what
// the server presented; without a run, it is everything that was pasted.
func (a *analysis) certificate(object intake.Object, first run) {
	c := a.add(cert.Parse(object.DER), "input")
	input := &a.report.Inputs[object.Input]
	if first.presented(c.ID, *input) {
		a.served = append(a.served, c)
		a.report.Served = append(a.report.Served, c.ID)
	} else {
		a.extra = append(a.extra, c)
	}
	input.Certificates = append(input.Certificates, c.ID)
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
		described = cert.KeyObject(object.DER, object.Label)
	}
	described.Input = object.Input
	a.report.Objects = append(a.report.Objects, described)
	a.ders = append(a.ders, object.DER)
}

// A run is what one tool run listed as sent by the server.
type run struct {
	where  report.Input
	listed map[string]bool // certificate ids
}

// presented tells whether a certificate that stood at the input was presented:
// printed and listed by the run, or pasted where there is no run. The same
// certificate pasted once more beside the run was not presented twice.
func (r run) presented(id string, at report.Input) bool {
	return r.listed == nil || r.listed[id] && at.Source == r.where.Source && within(at.Where, r.where.Where)
}

func within(inner, outer report.Where) bool {
	return inner.Offset >= outer.Offset && inner.Offset+inner.Length <= outer.Offset+outer.Length
}

// firstRun is the first transcript that printed certificates of its chain. A
// run prints other certificates too, the responder's of a stapled OCSP response
// for one, and those are not part of the chain.
func firstRun(found intake.Result) run {
	for _, t := range found.Transcripts {
		listed := map[string]bool{}
		for _, member := range t.Chain {
			if member.Certificate != "" {
				listed[member.Certificate] = true
			}
		}
		if len(listed) > 0 {
			return run{found.Inputs[t.Input], listed}
		}
	}
	return run{}
}

// partial hands out what is known before the rules run.
func (a *analysis) partial() {
	if a.req.Progress == nil || len(a.certs) == 0 {
		return
	}
	known := *a.report
	a.progress(Progress{Stage: "lint", Total: len(a.pasted()), Report: &known})
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
