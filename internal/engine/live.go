package engine

import (
	"encoding/base64"
	"fmt"
	"net"
	"strconv"

	"certlens/internal/intake"
	"certlens/internal/report"
)

// What a live server said enters like a paste: its certificates and its staple
// are objects, of an input that has no place in a text. They go before what was
// pasted, and so stand first in the report.

// live takes the handshake and the scan of the request.
func (a *analysis) live() {
	if h := a.req.Handshake; h != nil {
		a.report.Handshake = h
		a.handshake = len(a.report.Inputs)
		objects := a.objects(intake.Certificate, "of the handshake", h.Certificates)
		if h.Staple != "" {
			objects = append(objects, a.objects(intake.OCSP, "stapled", []string{h.Staple})...)
		}
		a.arrive("handshake", h.Host, h.Port, objects)
	}
	if s := a.req.Scan; s != nil {
		a.report.Scan = s
		var objects []intake.Object
		for _, chain := range s.Certificates {
			objects = append(objects, a.objects(intake.Certificate, "of the scan", chain.Certificates)...)
		}
		a.arrive("scan", s.Host, s.Port, objects)
	}
}

// arrive lists an input and its objects.
func (a *analysis) arrive(kind, host string, port int, objects []intake.Object) {
	for i := range objects {
		objects[i].Input = len(a.report.Inputs)
	}
	a.report.Inputs = append(a.report.Inputs, report.Input{
		Kind: kind, Source: net.JoinHostPort(host, strconv.Itoa(port)), Count: len(objects),
	})
	a.arrived = append(a.arrived, objects...)
}

// objects decodes base64. What is none is said, and left out.
func (a *analysis) objects(kind intake.Kind, which string, encoded []string) []intake.Object {
	var objects []intake.Object
	for i, text := range encoded[:min(len(encoded), intake.MaxObjects)] {
		der, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			a.leftOut(fmt.Sprintf("Object %d %s is not valid base64, and was left out.", i+1, which))
			continue
		}
		objects = append(objects, intake.Object{Kind: kind, DER: der})
	}
	return objects
}

// liveHost is the name that the handshake was about.
func (a *analysis) liveHost() string {
	switch h := a.req.Handshake; {
	case h == nil:
		return ""
	case h.SNI != "":
		return h.SNI
	default:
		return h.Host
	}
}

// scanned turns what is wrong with how the server speaks TLS into findings.
// Remarks stay in the scan.
func (a *analysis) scanned() {
	if a.req.Scan == nil {
		return
	}
	for _, s := range a.req.Scan.Statements {
		if s.Severity == report.Error || s.Severity == report.Warning {
			a.report.Findings = append(a.report.Findings, report.Finding{
				ID: s.ID, Severity: s.Severity, Title: s.Title, Detail: s.Detail, Source: "certlens", Citation: s.Citation,
			})
		}
	}
}
