package intake

import "fmt"

// headerPeek is how many bytes are decoded to see the outer header.
const headerPeek = 12

// prefixPeek is how many bytes decide what an element is, so that text which
// only looks like base64 of DER is refused cheaply.
const prefixPeek = 2048

// unpacked says what unpack found.
type unpacked struct {
	first form // form of the first element; formUnknown when it is none
	used  int  // bytes of the elements that were taken
	rest  int  // bytes after them, in a body that is not open
	// looked is how many bytes were decoded when no further element was found.
	looked int
}

// unpack gives the piece the objects that stand one after another in the body.
func (p *piece) unpack(d *decoder, label string) unpacked {
	var u unpacked
	for len(p.objects) < MaxObjects {
		before := *d
		e, f, ok := d.element(u.used)
		if !ok {
			u.looked = len(d.out)
			if d.open {
				*d = before // what was only looked at does not belong to the piece
			}
			break
		}
		if u.used == 0 {
			u.first = f
		}
		p.take(e, f, label)
		u.used += len(e.raw)
		if e.missing > 0 {
			break
		}
	}
	if !d.open {
		u.rest = len(d.all()) - u.used
	}
	return u
}

// element decodes the element that starts at the given byte, if it is of a
// known form.
func (d *decoder) element(at int) (element, form, bool) {
	d.fill(at + headerPeek)
	if at >= len(d.out) || d.out[at] != tagSequence {
		return element{}, formUnknown, false
	}
	d.want = at + lengthOf(d.out[at:])
	d.fill(min(d.want, at+max(d.peek, headerPeek)))
	e, ok := readElement(d.out[at:])
	if !ok || classify(e) == formUnknown {
		return element{}, formUnknown, false
	}
	if e.indefinite {
		d.all()
	} else {
		d.fill(d.want)
	}
	e, _ = readElement(d.out[at:])
	f := classify(e)
	return e, f, f != formUnknown
}

// lengthOf is the length of an element in bytes, by its header. One of
// indefinite length is taken for endless.
func lengthOf(data []byte) int {
	head, length, indefinite, ok := readHeader(data)
	if !ok || indefinite {
		return maxLength
	}
	return head + length
}

// take adds the objects of one element.
func (p *piece) take(e element, f form, label string) {
	switch kind, isObject := kinds[f]; {
	case f == formPKCS7:
		p.takePKCS7(e)
	case f == formPKCS12:
		p.takePKCS12(e)
	case isObject && kind != PrivateKey && holdsPrivate(e.raw):
		p.takePrivate(e.raw, label)
		p.note("A private key stands inside what looks like %s.", names[f])
	case isObject:
		encrypted := f == formEncryptedPKCS8
		p.objects = append(p.objects, Object{Kind: kind, DER: e.raw, Label: label, Encrypted: encrypted, Missing: e.missing})
	}
	p.noteMissing(f, e)
}

// noteMissing says how much of an element is cut off.
func (p *piece) noteMissing(f form, e element) {
	switch {
	case e.missing == 0:
	case e.indefinite:
		p.note("The end is missing.")
	case kinds[f] == PrivateKey:
		p.note("The private key is cut short.")
	default:
		p.note("Cut short: %d of %d bytes are missing.", e.missing, len(e.raw)+e.missing)
	}
}

// mendings say what was done for each kind of repair of a base64 body.
var mendings = map[string]string{
	"indentation":    "Took off the indentation.",
	"quote-prefix":   "Took off the quote marks in front of the lines.",
	"blank-line":     "Skipped blank lines inside the block.",
	"headers":        "Skipped the headers inside the block.",
	"escaped-breaks": "Read \\n inside the block as line breaks.",
	"padding":        "The padding at the end of the base64 was missing.",
	"padding-inside": "The base64 goes on after its padding.",

	"crlf":               "The lines end as Windows writes them.",
	"cr":                 "The lines end in carriage returns alone.",
	"line-numbers":       "Took off the line numbers.",
	"log-prefix":         "Took off what a log wrote in front of the lines.",
	linesBetween:         "Left out what other programs wrote between the lines of the block.",
	"escapes":            "Read escaped characters as what they stand for.",
	"continued-lines":    "Joined lines that end in a backslash.",
	"quoted-lines":       "Joined the strings that the block was broken into.",
	"url-encoding":       "Decoded the encoding of URLs.",
	"html-entities":      "Decoded entities of HTML.",
	"html-tags":          "Took out tags of HTML.",
	"bbcode":             "Took out tags of BBCode.",
	"ansi":               "Took out colours and other commands to a terminal.",
	"caret":              "Took out carriage returns that were written as ^M.",
	"quoted-printable":   "Decoded the encoding of mail (quoted-printable).",
	"spaces":             "Read spaces that do not break as spaces.",
	"zero-width":         "Took out characters that do not show.",
	"typographic-quotes": "Read typographic quotation marks as quotes.",
	"typographic-dashes": "Read typographic dashes as hyphens.",
	"dashes":             "The dashes around BEGIN or END are not five.",
	"label":              "Spaces were lost or added in the BEGIN or END line.",
	"base64url":          "Read the base64 that is safe in URLs.",
	"elided":             "Something was left out of the base64; what follows it is not read.",
}

// holdsKey tells whether a private key is among the objects.
func (p *piece) holdsKey() bool {
	for _, o := range p.objects {
		if o.Kind == PrivateKey {
			return true
		}
	}
	return false
}

// addRepairs reports what the decoder mended. For a secret, no character of the
// body is quoted.
func (p *piece) addRepairs(d *decoder, secret bool) {
	for _, m := range d.mends {
		if !d.open || m.offset <= d.end { // behind it, something was only looked at
			p.repair(m.kind, m.offset, mendings[m.kind])
		}
	}
	if d.bad.count == 0 {
		return
	}
	text := d.bad.text
	if secret {
		text = "a character"
	}
	line, column := p.t.position(d.bad.offset)
	detail := fmt.Sprintf("Skipped %s at line %d, column %d, which is not base64.", text, line, column)
	if d.bad.replaced {
		detail = fmt.Sprintf("Read %s at line %d, column %d, which is not base64, as A; the bytes there are lost.", text, line, column)
	}
	if d.bad.count > 1 {
		detail += fmt.Sprintf(" %d such characters in all.", d.bad.count)
	}
	p.repair("base64-character", d.bad.offset, detail)
}
