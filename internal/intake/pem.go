package intake

import (
	"bytes"
	"fmt"
	"strings"
)

// PEM blocks (RFC 7468, RFC 1421) anywhere in a text.

func nextPEM(t *text, from int) int {
	for {
		b, ok := t.boundary(from)
		if !ok {
			return -1
		}
		if b.begins {
			return b.start
		}
		from = b.end
	}
}

// A block is a PEM block as it stands in the text.
type block struct {
	start, end         int
	label              string
	bodyStart, bodyEnd int
	// closed is true when there is an END line; endLabel is what it says.
	closed   bool
	endLabel string
	// opened is false when there is no BEGIN line; label is then endLabel.
	opened bool
	mends  []mend
}

func claimPEM(t *text, start int) (*piece, int) {
	b := findBlock(t, start)
	d := newDecoder(t.data, b.bodyStart, b.bodyEnd)
	d.open = !b.closed
	d.margin = b.margin(t.data)
	near := t.data[b.bodyStart:min(len(t.data), b.bodyStart+maxLabel)]
	near = bytes.TrimLeft(near, " \t")
	d.headers = len(near) > 0 && (near[0] == '\n' || near[0] == '\r')
	p := newPiece(t, b.start, "pem")
	p.end, p.input.Label = b.end, b.label
	p.readBlock(b, d)
	if !b.closed {
		p.end = max(p.end, d.end)
	}
	p.withholdInner(b, d)
	return p, 0
}

// harmless are the repairs that take nothing of another text for base64.
var harmless = map[string]bool{
	"crlf": true, "cr": true, "indentation": true, "quote-prefix": true, "blank-line": true, "escaped-breaks": true,
	"padding": true, "line-numbers": true, "dashes": true, "typographic-dashes": true, "label": true,
}

// withholdInner looks whether a private key, in a dress of its own, stands
// inside a block that was read with much repair: a dump of one is base64 too, and
// would become part of the certificate.
func (p *piece) withholdInner(b block, d *decoder) {
	risky := d.bad.count > 0
	for _, m := range d.mends {
		risky = risky || !harmless[m.kind]
	}
	if !risky || p.holdsKey() || p.t.depth >= MaxLayers {
		return
	}
	inner := p.t.inner(p.t.data[b.bodyStart:max(b.bodyStart, min(p.end, b.bodyEnd))])
	for _, found := range inner.pieces() {
		if found.holdsKey() || found.input.Secret {
			p.objects = nil
			p.takeKey(PrivateKey, nil, "")
			p.input.Note = "A private key stands inside the block."
			return
		}
	}
}

// findBlock reads the BEGIN line at start and looks for the END line. The
// search stops at the next BEGIN line, so that all searches together are linear.
func findBlock(t *text, start int) block {
	begin, _ := t.boundary(start)
	b := block{start: begin.start, end: begin.end, label: begin.label, bodyStart: begin.end, bodyEnd: len(t.data), opened: true, mends: begin.mends}
	next, ok := t.boundary(begin.end)
	if !ok {
		return b
	}
	b.bodyEnd = next.start
	if !next.begins {
		b.closed, b.endLabel, b.end = true, next.label, next.end
		b.mends = append(b.mends, next.mends...)
	}
	return b
}

// margin is what stands in front of the lines of the block. The END line tells
// when somebody began to copy in the middle of the BEGIN line.
func (b *block) margin(data []byte) margin {
	m := marginBefore(data, b.start)
	end := ahead(data, b.bodyEnd)
	m.isLog = b.closed && m.kind == "log-prefix" && len(end) > 0 && m.match(end) == len(end)
	if m.pattern != nil || !b.closed {
		return m
	}
	if isRemoved(data[b.bodyStart:b.bodyEnd]) {
		return margin{pattern: []byte("-"), kind: "quote-prefix"}
	}
	return marginBefore(data, b.bodyEnd)
}

// isRemoved tells whether a body is one that a diff takes away: its first line
// begins with a hyphen, as no base64 of an object does.
func isRemoved(body []byte) bool {
	body = bytes.TrimLeft(body[:min(len(body), maxLabel)], " \t\r\n")
	return len(body) > 1 && body[0] == '-' && sextet[body[1]] != 255
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
func (p *piece) readBlock(b block, d *decoder) {
	label, secret := b.private()
	switch want, known := labels[b.label]; {
	case secret:
		p.readPrivate(label, d)
	case asides[b.label] != nil:
		p.readAside(b.label, d)
	case known:
		p.readLabelled(b.label, want, d)
	case !p.readUnlabelled(b.label, d):
		return
	}
	for _, m := range b.mends {
		d.mend(m.kind, m.offset)
	}
	p.addRepairs(d, secret || p.holdsKey())
	if !b.opened {
		p.repair("begin-line", b.start, "The BEGIN line is missing.")
		if len(p.objects) == 0 {
			p.input.Note = "The start of the block is missing, and nothing of it can be read without."
		}
	}
	p.noteLostLines(d)
	if !b.closed && len(d.out) > 0 {
		p.repair("end-line", d.end, "The END line is missing.")
	}
	if p.trailing > 0 {
		p.repair("trailing-bytes", b.bodyEnd, fmt.Sprintf("Left out %s at the end that belong to no object.", counted(p.trailing, "byte")))
	}
	if b.closed && b.endLabel != b.label {
		p.repair("end-label", b.bodyEnd, "The END line carries another label than the BEGIN line.")
	}
}

// noteLostLines tells when as many bytes are missing as whole lines hold.
func (p *piece) noteLostLines(d *decoder) {
	perLine := d.width / 4 * 3
	if d.open || d.cut >= 0 || d.width < minToken || len(p.objects) == 0 || len(d.out) < 2*perLine {
		return
	}
	switch missing := p.objects[len(p.objects)-1].Missing; {
	case missing == 0 || missing%perLine != 0:
	case missing == perLine:
		p.note("That is what one line holds: a line of the base64 was lost.")
	default:
		p.note("That is what %d lines hold: lines of the base64 were lost.", missing/perLine)
	}
}

// readUnlabelled takes a block whose label certlens does not know, if its
// content is of a known structure.
func (p *piece) readUnlabelled(label string, d *decoder) bool {
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
func (p *piece) readPrivate(label string, d *decoder) {
	raw := bodyOf(d)
	if len(raw) == 0 {
		p.input.Kind = "unknown"
		p.note("The block labelled %s has no content.", label)
		return
	}
	if p.takeOpenSSH(raw) {
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
func (p *piece) readLabelled(label string, want form, d *decoder) {
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
		p.note("%s", trustSettings(d.out[got.used:]))
	}
}
