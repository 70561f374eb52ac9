package intake

import "bytes"

// PKCS#12 (RFC 7292): certificates and keys of which some or all are encrypted.
// It is DER, or BER as Windows and Java write it.

// oidBags is 1.2.840.113549.1.12.10.1, the arc of the kinds of bags; a last octet
// follows.
var oidBags = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C, 0x0A, 0x01}

// Kinds of bags, and of what PKCS#7 envelopes hold, by the last octet of their
// OID (RFC 7292, section 4.2; RFC 2315, section 14).
const (
	keyBag, shroudedBag, certBag, crlBag, secretBag, nestedBag = 1, 2, 3, 4, 5, 6
	plainContent, encryptedContent                             = 1, 6
)

const (
	// maxSafes, maxBags and maxNesting bound what is read of one file.
	maxSafes, maxBags, maxNesting = 64, MaxObjects, 4
	// maxChunks bounds the parts of a string in BER.
	maxChunks = 100_000
)

// A pfx is a file of PKCS#12 while it is read.
type pfx struct {
	p       *piece
	content []byte    // AuthenticatedSafe, what the MAC is over
	mac     []element // fields of MacData
	key     *password // the one that fits; nil when none does
	// locked counts what stayed encrypted, tired is true when that was because
	// trying takes too long.
	locked int
	tired  bool
}

// takePKCS12 adds the contents of a PFX.
func (p *piece) takePKCS12(e element) {
	p.input.Kind, p.input.Secret = "pkcs12", true
	f := pfx{p: p}
	fields := children(e.body, 3)
	info := children(fields[1].body, 2)
	if !isContent(info, plainContent) {
		p.note("A PKCS#12 file that is protected by a public key; certlens does not read these.")
		return
	}
	f.content = octets(children(info[1].body, 1))
	if len(fields) > 2 {
		f.mac = children(fields[2].body, 3)
	}
	before := len(p.objects)
	f.unlock()
	f.safes()
	f.say(len(p.objects) > before)
}

// isContent tells whether the fields are those of a ContentInfo of PKCS#7.
func isContent(info []element, kind byte) bool {
	return is(info, tagOID, tagContext0) && bytes.Equal(info[0].body, append(bytes.Clone(oidPKCS7), kind))
}

// octets gives the contents of the OCTET STRING that comes first, joined when it
// is in parts (X.690, section 8.7.3).
func octets(list []element) []byte {
	if len(list) == 0 {
		return nil
	}
	if list[0].tag&0x20 == 0 {
		return list[0].body
	}
	var joined []byte
	for _, part := range children(list[0].body, maxChunks) {
		joined = append(joined, part.body...)
	}
	return joined
}

// unlock finds the password: the first one for which the MAC is right, or,
// without a MAC, with which the first part can be read.
func (f *pfx) unlock() {
	tried := f.p.t.passwords
	for _, word := range append([]string{""}, tried[:min(len(tried), MaxPasswords)]...) {
		for _, key := range passwords(word) {
			if f.fits(key) {
				f.key = &key
				return
			}
		}
	}
}

// fits tells whether a password is the right one.
func (f *pfx) fits(key password) bool {
	if f.mac != nil {
		ok, known := f.checkMAC(key)
		if known {
			return ok
		}
	}
	algorithm, data, ok := f.probe()
	if !ok {
		return true // nothing is encrypted
	}
	plain, ok := readElement(f.decrypt(algorithm, data, key))
	return ok && plain.tag == tagSequence && plain.missing == 0
}

// probe gives the first thing that is encrypted.
func (f *pfx) probe() (algorithm element, data []byte, ok bool) {
	for _, safe := range f.list() {
		if algorithm, data, ok := encrypted(safe); ok {
			return algorithm, data, true
		}
		if isContent(safe, plainContent) {
			if algorithm, data, ok := firstShrouded(octets(children(safe[1].body, 1))); ok {
				return algorithm, data, true
			}
		}
	}
	return element{}, nil, false
}

// firstShrouded gives the parts of the first encrypted key in a SafeContents.
func firstShrouded(contents []byte) (algorithm element, data []byte, ok bool) {
	e, _ := readElement(contents)
	for _, bag := range children(e.body, maxBags) {
		c := children(bag.body, 2)
		if !isBag(c) || c[0].body[len(oidBags)] != shroudedBag {
			continue
		}
		if key := children(c[1].body, 1); len(key) > 0 {
			if c := children(key[0].body, 2); is(c, tagSequence, tagOctets) {
				return c[0], c[1].body, true
			}
		}
	}
	return element{}, nil, false
}

// isBag tells whether the fields are those of a SafeBag.
func isBag(c []element) bool {
	return is(c, tagOID, tagContext0) && len(c[0].body) == len(oidBags)+1 && bytes.HasPrefix(c[0].body, oidBags)
}

// list gives the fields of each ContentInfo in the AuthenticatedSafe.
func (f *pfx) list() [][]element {
	e, ok := readElement(f.content)
	if !ok {
		return nil
	}
	var list [][]element
	for _, info := range children(e.body, maxSafes) {
		list = append(list, children(info.body, 2))
	}
	return list
}

// safes reads all of them, as far as that goes.
func (f *pfx) safes() {
	for _, info := range f.list() {
		algorithm, data, isEncrypted := encrypted(info)
		switch {
		case isContent(info, plainContent):
			f.bags(octets(children(info[1].body, 1)), maxNesting)
		case isEncrypted && f.key != nil:
			f.bags(f.decrypt(algorithm, data, *f.key), maxNesting)
		default:
			f.locked++
		}
	}
}

// encrypted takes an EncryptedData apart (RFC 2315, section 13).
func encrypted(info []element) (algorithm element, data []byte, ok bool) {
	if !isContent(info, encryptedContent) {
		return element{}, nil, false
	}
	outer := children(info[1].body, 1)
	if len(outer) == 0 {
		return element{}, nil, false
	}
	inner := children(outer[0].body, 2)
	if !is(inner, tagInteger, tagSequence) {
		return element{}, nil, false
	}
	c := children(inner[1].body, 3)
	if !is(c, tagOID, tagSequence) || len(c) < 3 {
		return element{}, nil, false
	}
	return c[1], octets(c[2:]), true
}

// bags reads a SafeContents.
func (f *pfx) bags(contents []byte, depth int) {
	e, ok := readElement(contents)
	if !ok || e.tag != tagSequence {
		f.locked++
		return
	}
	for _, bag := range children(e.body, maxBags) {
		c := children(bag.body, 2)
		if isBag(c) {
			f.bag(c[0].body[len(oidBags)], c[1], depth)
		}
	}
}

// bag adds what one bag holds.
func (f *pfx) bag(kind byte, value element, depth int) {
	inside := children(value.body, 1)
	if len(inside) == 0 {
		return
	}
	switch kind {
	case keyBag:
		f.p.take(inside[0], formPKCS8, "")
	case shroudedBag:
		f.shrouded(inside[0])
	case certBag, crlBag:
		// SEQUENCE { type OBJECT IDENTIFIER, value [0] EXPLICIT OCTET STRING }
		if c := children(inside[0].body, 2); is(c, tagOID, tagContext0) {
			f.member(octets(children(c[1].body, 1)))
		}
	case nestedBag:
		if depth > 0 {
			f.bags(inside[0].raw, depth-1)
		}
	}
}

// member adds a certificate or a revocation list.
func (f *pfx) member(der []byte) {
	if e, ok := readElement(der); ok {
		if form := classify(e); form == formCertificate || form == formCRL {
			f.p.take(e, form, "")
		}
	}
}

// shrouded adds an EncryptedPrivateKeyInfo, decrypted where that is possible.
func (f *pfx) shrouded(e element) {
	c := children(e.body, 2)
	if f.key != nil && is(c, tagSequence, tagOctets) {
		plain, ok := readElement(f.decrypt(c[0], c[1].body, *f.key))
		if ok && plain.missing == 0 && classify(plain) == formPKCS8 {
			f.p.take(plain, formPKCS8, "")
			return
		}
	}
	f.locked++
	f.p.take(e, formEncryptedPKCS8, "")
}

// say tells what could not be read, and why.
func (f *pfx) say(any bool) {
	p := f.p
	switch {
	case f.locked == 0 && !any:
		p.note("The PKCS#12 file holds no certificates.")
	case f.locked == 0:
	case f.tired:
		p.note("Turning passwords into keys takes too long for this PKCS#12 file: certlens spends at most %d rounds on it.", MaxWork)
	case f.key != nil:
		p.note("A part of the PKCS#12 file is encrypted in a way that certlens does not read.")
	case len(p.t.passwords) == 0:
		p.input.Password = "needed"
		p.note("The PKCS#12 file needs its password.")
	default:
		p.input.Password = "wrong"
		p.note("The password does not fit this PKCS#12 file.")
	}
}
