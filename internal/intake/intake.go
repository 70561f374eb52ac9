// Package intake turns any pasted text or dropped file into objects (DER) and
// transcripts, and remembers where each stood.
//
// It works in two passes over each source. The first finds pieces: spans that
// hold objects, by a table of recognisers (recognisers.go), one file and one
// row per format. The second finds transcripts of tools, by a table of readers
// (transcripts.go); a transcript may contain pieces, and nothing else overlaps.
//
// House rules:
//
//   - Time and memory are linear in the input; limits.go names what is cut off.
//   - Bytes of a private key, and secrets that tools print (master keys,
//     session ids, resumption keys), never reach a report. Text that is echoed
//     goes through redact (redact.go).
//   - Nothing here judges a certificate. What is damaged is given as far as it
//     can be read, with a note.
package intake

import "certlens/internal/report"

// A Kind tells what an Object is.
type Kind string

// The kinds of objects.
const (
	Certificate Kind = "certificate"
	Request     Kind = "csr"
	CRL         Kind = "crl"
	OCSP        Kind = "ocsp"
	PrivateKey  Kind = "private-key"
	PublicKey   Kind = "public-key"
)

// An Object is one thing found in the input.
type Object struct {
	Kind Kind
	// DER is the object's encoding, cut short when the input was. A public key
	// is a SubjectPublicKeyInfo, or an RSAPublicKey (RFC 8017, appendix A.1.1)
	// where Label says so. For a private key it is kept for computing its
	// public half alone, and must never reach a report.
	DER []byte
	// Label is the PEM label, where there was one.
	Label string
	// Input is the index into Result.Inputs of the piece that held it.
	Input int
	// Encrypted is true for a private key that needs a pass phrase. DER is then
	// an EncryptedPrivateKeyInfo (RFC 5958, section 3), or bare ciphertext when
	// the PEM headers said so (RFC 1421, section 4.6.1.1).
	Encrypted bool
	// Format says how a key was written when that was not DER, as in "OpenSSH".
	// DER is then made here: of a private key, a OneAsymmetricKey (RFC 5958,
	// section 2) without its private part.
	Format string
	// Missing is the number of bytes that DER lacks by its own length field.
	Missing int

	id string // of a certificate, once it is known
}

// A Source is one thing to read: a paste (Name is empty) or a file.
type Source struct {
	Name string
	Data []byte
	// Passwords are tried on what is encrypted in it, after the empty one.
	Passwords []string
}

// A Result is all that was found, in the order in which it stood.
type Result struct {
	Inputs      []report.Input
	Objects     []Object
	Transcripts []report.Transcript
	// Truncated is true when a limit left something unread; the note of an
	// Input says which.
	Truncated bool
}

// Scan finds everything that certlens can read in the sources.
func Scan(sources ...Source) Result {
	var r Result
	work := MaxWork
	budget := &limits{objects: MaxObjects, inputs: MaxInputs, transcripts: MaxTranscripts, work: &work}
	for _, s := range sources {
		t := newText(s)
		t.budget = budget
		r.add(t)
	}
	r.Truncated = budget.hit
	return r
}
