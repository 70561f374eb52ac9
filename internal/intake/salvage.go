package intake

import "bytes"

// Damaged content of PEM blocks. What the label promises is given only when the
// content shows that it is that: a private key may stand under any label.

// salvage gives what the label promises when the content is at least DER and
// shows parts of it.
func (p *piece) salvage(d *decoder, label string, want form) {
	data := d.all()
	if looksPrivate(data) {
		p.takePrivate(data, label)
		p.note("The label says %s; the content looks like a damaged private key.", names[want])
		return
	}
	e, ok := readElement(data)
	if !ok || e.tag != tagSequence || !shows(want, data) {
		p.input.Kind = "unknown"
		p.note("The content of the block labelled %s is not %s.", label, names[want])
		return
	}
	p.objects = append(p.objects, Object{Kind: kinds[want], DER: e.raw, Label: label, Missing: e.missing})
	p.noteMissing(want, e)
	p.note("The content does not look like %s.", names[want])
}

// takePrivate adds all of the data as a private key.
func (p *piece) takePrivate(data []byte, label string) {
	p.objects = append(p.objects, Object{Kind: PrivateKey, DER: data, Label: label})
}

// shows tells whether the data holds parts of the wanted form that no private
// key has.
func shows(want form, data []byte) bool {
	switch want {
	case formCertificate, formCRL:
		return hasAlgorithm(data) && (hasName(data) || hasTime(data))
	case formRequest:
		return hasAlgorithm(data) && hasName(data)
	case formOCSP:
		return hasTime(data)
	case formSPKI:
		return afterAlgorithm(data, func(rest []byte) bool {
			for i := 0; i < min(len(rest), markReach); i++ {
				e, ok := readElement(rest[i:])
				if ok && e.tag == tagBitString && len(e.body) > 32 && e.body[0] == 0 && i+len(e.raw) == len(rest) {
					return true
				}
			}
			return false
		})
	}
	return false
}

// hasAlgorithm looks for a SEQUENCE that starts with an OID, and is not part of
// a name.
func hasAlgorithm(data []byte) bool {
	for i := 0; i+5 < len(data); i++ {
		n := int(data[i+3])
		if data[i] == tagSequence && data[i+2] == tagOID && n >= 3 && n <= 10 && int(data[i+1]) >= n+2 &&
			!bytes.HasPrefix(data[i+4:], []byte{0x55, 0x04}) {
			return true
		}
	}
	return false
}

// attribute is the start of an OID of X.520's attribute types, such as
// commonName: 2.5.4, encoded with its header.
var attribute = []byte{tagOID, 0x03, 0x55, 0x04}

// hasName looks for an AttributeTypeAndValue (RFC 5280, section 4.1.2.4) with
// one of the types of DirectoryString, or IA5String.
func hasName(data []byte) bool {
	for from := 0; ; {
		i := bytes.Index(data[from:], attribute)
		if i < 0 {
			return false
		}
		at := from + i
		from = at + len(attribute)
		if at >= 2 && data[at-2] == tagSequence && from+1 < len(data) && bytes.IndexByte([]byte{0x0C, 0x13, 0x14, 0x16, 0x1C, 0x1E}, data[from+1]) >= 0 {
			return true
		}
	}
}

// hasTime looks for a UTCTime or GeneralizedTime as RFC 5280 wants them
// (section 4.1.2.5): digits and a Z.
func hasTime(data []byte) bool {
	for i := 0; i+2 < len(data); i++ {
		n := int(data[i+1])
		if !(data[i] == tagUTCTime && n == 13 || data[i] == tagTime && n == 15) || i+2+n > len(data) {
			continue
		}
		if s := data[i+2 : i+2+n]; s[n-1] == 'Z' && digits(s) == n-1 {
			return true
		}
	}
	return false
}
