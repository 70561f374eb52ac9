package intake

import (
	"bytes"
	"fmt"
	"strings"

	"certlens/internal/report"
)

// PEM blocks (RFC 7468, RFC 1421) anywhere in a text.

var (
	dashes   = []byte("-----")
	begin    = []byte("BEGIN ")
	end      = []byte("END ")
	pemBegin = []byte("-----BEGIN ")
)

func nextPEM(t *text, from int) int {
	if i := bytes.Index(t.data[from:], pemBegin); i >= 0 {
		return from + i
	}
	return -1
}

// A block is a PEM block as it stands in the text.
type block struct {
	start, end         int
	label              string
	bodyStart, bodyEnd int
	// closed is true when there is an END line; endLabel is what it says.
	closed   bool
	endLabel string
}

func claimPEM(t *text, start int) (*piece, int) {
	b, ok := findBlock(t.data, start)
	if !ok {
		return nil, start + len(pemBegin)
	}
	d := newDecoder(t.data, b.bodyStart, b.bodyEnd)
	d.open = !b.closed
	near := t.data[b.bodyStart:min(len(t.data), b.bodyStart+maxLabel)]
	near = bytes.TrimLeft(near, " \t")
	d.headers = len(near) > 0 && (near[0] == '\n' || near[0] == '\r')
	p := &piece{start: start, end: b.end, input: report.Input{Kind: "pem", Label: b.label}}
	readBlock(t, p, b, d)
	if !b.closed {
		p.end = max(p.end, d.end)
	}
	return p, 0
}

// findBlock reads the BEGIN line at start and looks for the END line. The
// search stops at the next BEGIN line, so that all searches together are linear.
func findBlock(data []byte, start int) (block, bool) {
	label, n, ok := labelAt(data[start+len(pemBegin):])
	if !ok {
		return block{}, false
	}
	b := block{start: start, label: label}
	b.bodyStart = start + len(pemBegin) + n
	b.end, b.bodyEnd = b.bodyStart, len(data)
	for at := b.bodyStart; ; {
		i := bytes.Index(data[at:], dashes)
		if i < 0 {
			return b, true
		}
		at = endOfDashes(data, at+i)
		if bytes.HasPrefix(data[at:], begin) {
			b.bodyEnd = at - len(dashes)
			return b, true
		}
		if rest, ok := bytes.CutPrefix(data[at:], end); ok {
			if label, n, ok := labelAt(rest); ok {
				b.closed, b.endLabel, b.bodyEnd = true, label, at-len(dashes)
				b.end = at + len(end) + n
				return b, true
			}
		}
	}
}

// endOfDashes gives the offset after a row of dashes.
func endOfDashes(data []byte, at int) int {
	for at < len(data) && data[at] == '-' {
		at++
	}
	return at
}

// maxLabel is the longest label that is believed, in bytes.
const maxLabel = 64

// labelAt reads a label and the dashes that close it; n is the length of both.
// Dashes that also open the next line are left to it.
func labelAt(data []byte) (label string, n int, ok bool) {
	i := 0
	for i < len(data) && i < maxLabel && isLabel(data[i]) {
		i++
	}
	label = strings.ToUpper(string(data[:i]))
	if i == 0 || !bytes.HasPrefix(data[i:], dashes) || strings.Contains(redact(label), withheld) {
		return "", 0, false
	}
	n = endOfDashes(data, i)
	if bytes.HasPrefix(data[n:], begin) || bytes.HasPrefix(data[n:], end) {
		n -= len(dashes)
	}
	return label, n, true
}

func isLabel(c byte) bool {
	return c == ' ' || c == '#' || c == '.' || c == '_' || c == '/' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// labels are the labels that hold something certlens reads, with the form that
// their content should have. All labels of private keys are beside it: isPrivate.
var labels = map[string]form{
	"CERTIFICATE":             formCertificate,
	"X509 CERTIFICATE":        formCertificate,
	"TRUSTED CERTIFICATE":     formCertificate,
	"PKCS7":                   formPKCS7,
	"PKCS #7 SIGNED DATA":     formPKCS7,
	"CMS":                     formPKCS7,
	"CERTIFICATE REQUEST":     formRequest,
	"NEW CERTIFICATE REQUEST": formRequest,
	"X509 CRL":                formCRL,
	"OCSP RESPONSE":           formOCSP,
	"PUBLIC KEY":              formSPKI,
	"RSA PUBLIC KEY":          formRSAPublic,
}

// isPrivate tells whether a label names a private key: "PRIVATE KEY" with
// anything in front of it, and OpenPGP's "PRIVATE KEY BLOCK". No other label has
// the word.
func isPrivate(label string) bool { return strings.Contains(label, "PRIVATE") }

// private gives the label of a private key that the block carries at either end.
func (b *block) private() (label string, ok bool) {
	if !isPrivate(b.label) && isPrivate(b.endLabel) {
		return b.endLabel, true
	}
	return b.label, isPrivate(b.label)
}

// readBlock decodes the block and gives its objects to the piece.
func readBlock(t *text, p *piece, b block, d *decoder) {
	label, secret := b.private()
	if secret {
		readPrivate(p, label, d)
	} else if want, known := labels[b.label]; known {
		readLabelled(p, b.label, want, d)
	} else if !readUnlabelled(p, b.label, d) {
		return
	}
	addRepairs(t, p, d, secret || p.holdsKey())
	if !b.closed && len(d.out) > 0 {
		p.repair(t, "end-line", d.end, "The END line is missing.")
	}
	if p.trailing > 0 {
		p.repair(t, "trailing-bytes", b.bodyEnd, fmt.Sprintf("Left out %s at the end that belong to no object.", counted(p.trailing, "byte")))
	}
	if b.closed && b.endLabel != b.label {
		p.repair(t, "end-label", b.bodyEnd, "The END line carries another label than the BEGIN line.")
	}
}

// readUnlabelled takes a block whose label certlens does not know, if its
// content is of a known structure.
func readUnlabelled(p *piece, label string, d *decoder) bool {
	before := *d
	if got := p.unpack(d, label); got.first != formUnknown {
		p.note("The label %s is not known; the content is %s.", label, names[got.first])
		return true
	}
	*d = before
	p.input.Kind = "unknown"
	p.note("certlens does not read blocks labelled %s.", label)
	return false
}

// readPrivate takes the whole body as a private key, whatever its structure.
func readPrivate(p *piece, label string, d *decoder) {
	raw := bodyOf(d)
	if len(raw) == 0 {
		p.input.Kind = "unknown"
		p.note("The block labelled %s has no content.", label)
		return
	}
	o := Object{Kind: PrivateKey, DER: raw, Label: label}
	o.Encrypted = d.encrypted || strings.HasPrefix(label, "ENCRYPTED ")
	if e, ok := readElement(raw); ok && !d.encrypted && e.tag == tagSequence {
		o.DER, o.Missing = e.raw, e.missing
		if o.Missing > 0 {
			p.note("The private key is cut short.")
		}
	}
	p.objects = append(p.objects, o)
	if o.Encrypted {
		p.note("The private key is encrypted.")
	}
}

// bodyOf decodes the whole body of a private key. An open one ends where its
// first element does, but all lines of base64 that follow belong to it: the
// length may be damaged, and what is left over would be read as other text.
func bodyOf(d *decoder) []byte {
	if !d.open {
		return d.all()
	}
	d.secret, d.want = true, maxLength
	d.fill(headerPeek)
	want := len(d.out)
	if len(d.out) > 0 && d.out[0] == tagSequence {
		want = lengthOf(d.out)
		if want >= minKey {
			d.want = want
		}
	}
	raw := d.all()
	if want < minKey {
		return raw
	}
	return raw[:min(len(raw), want)]
}

// minKey is the size of the smallest private key in DER, in bytes: the PKCS#8
// of X25519 and Ed25519 has 48.
const minKey = 40

// readLabelled takes the body of a block with a known label.
func readLabelled(p *piece, label string, want form, d *decoder) {
	got := p.unpack(d, label)
	if got.first != formUnknown && got.rest > 0 && label != "TRUSTED CERTIFICATE" {
		p.trailing = got.rest
	}
	switch {
	case got.first == formUnknown && len(d.out) == 0:
		p.input.Kind = "unknown"
		p.note("The block labelled %s has no content.", label)
	case got.first == formUnknown:
		p.salvage(d, label, want)
	case got.first != want && (kinds[got.first] != kinds[want] || kinds[want] == ""):
		p.note("The label says %s; the content is %s.", label, names[got.first])
	case label == "TRUSTED CERTIFICATE" && got.rest > 0:
		p.note("OpenSSL's trust settings after the certificate (%d bytes) are not read.", got.rest)
	}
}
