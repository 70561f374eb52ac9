// Package advice turns what was found into words: the one thing that a person
// should read, and every failure that a path, a host name or a transcript shows.
package advice

import (
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// In is what a diagnosis is made of.
type In struct {
	// Leaf is the certificate that the paths are about; nil when none was found.
	Leaf *cert.Certificate
	// Served are the certificates as presented, in order.
	Served []*cert.Certificate
	// Certificates are all certificates that paths refer to, anchors included.
	Certificates []*cert.Certificate
	// Paths are the paths, best first.
	Paths []report.Path
	// HostProblems are the problems of the host name.
	HostProblems []report.PathProblem
	// Host is the name that was checked; empty when none was.
	Host string
	// Stores are the stores that paths were checked against.
	Stores []report.Store
	// Transcripts are the tool runs found in the paste.
	Transcripts []report.Transcript
	// At is the time of the check.
	At time.Time
}

// Diagnose names the failure and says it in one plain sentence. It is nil when
// there is neither a certificate nor a transcript to speak of.
func Diagnose(in In) *report.Diagnosis {
	return nil
}
