package intake

import "fmt"

// The limits that keep hostile input from costing memory or time. When one is
// hit, Result.Truncated is true and a note says so.
const (
	// MaxBytes is how much of one source is read, in bytes.
	MaxBytes = 64 << 20
	// MaxObjects is how many objects one scan gives.
	MaxObjects = 10_000
	// MaxInputs is how many pieces and transcripts one scan lists.
	MaxInputs = 10_000
	// MaxTranscripts is how many tool runs one scan gives.
	MaxTranscripts = 1_000
	// MaxTranscriptItems is the longest list inside a transcript: certificates,
	// verify errors, CA names, alerts, error lines.
	MaxTranscriptItems = 1_000
	// MaxLayers is how many layers of base64 and hex are taken off: a Secret of
	// Kubernetes has one, and what was encoded twice two.
	MaxLayers = 4
	// MaxPasswords is how many passwords are tried on one piece.
	MaxPasswords = 16
	// MaxWork is how many rounds of hashing one scan spends on turning passwords
	// into keys. Files have from 1 to some 600,000 for each of their parts.
	MaxWork = 10_000_000
	// MaxText is the longest text that is echoed from a transcript, in bytes.
	MaxText = 512
)

// limits is what is left of a scan's budget.
type limits struct {
	objects, inputs, transcripts int
	work                         *int // shared with the layers inside
	hit                          bool
}

// spent tells whether nothing more can be added.
func (l *limits) spent() bool { return l.objects <= 0 || l.inputs <= 0 }

// note marks the budget as hit and says which limit it was.
func (l *limits) note() string {
	l.hit = true
	if l.objects <= 0 {
		return fmt.Sprintf("The limit of %d objects is reached; what follows is not read.", MaxObjects)
	}
	return fmt.Sprintf("The limit of %d pieces is reached; what follows is not read.", MaxInputs)
}
