package intake

import (
	"bytes"
	"fmt"
)

// PEM blocks that stand beside certificates and keys, and are named rather than
// decoded. Whatever holds a private key is one, whatever its label says.

// asides say for each label what its content is, in sentences.
var asides = map[string]func(p *piece, data []byte) string{
	"EC PARAMETERS":          curveParameters,
	"DH PARAMETERS":          groupParameters("Diffie-Hellman"),
	"X9.42 DH PARAMETERS":    groupParameters("Diffie-Hellman"),
	"DSA PARAMETERS":         groupParameters("DSA"),
	"ATTRIBUTE CERTIFICATE":  says("An attribute certificate (RFC 5755); certlens names these and does not decode them."),
	"PGP PUBLIC KEY BLOCK":   says("A public key of OpenPGP, which has no certificates of X.509."),
	"PGP SIGNATURE":          says("A signature of OpenPGP, which has no certificates of X.509."),
	"PGP MESSAGE":            says("A message of OpenPGP, which has no certificates of X.509."),
	"SSL SESSION PARAMETERS": sessionParameters,
	"SSH2 PUBLIC KEY":        sshPublicBlock,
}

// readAside takes the body of a block whose label is among asides.
func (p *piece) readAside(label string, d *decoder) {
	data := d.all()
	switch {
	case len(data) == 0:
		p.input.Kind = "unknown"
		p.note("The block labelled %s has no content.", label)
	case looksPrivate(data):
		p.takePrivate(data, label)
		p.note("The label says %s; the content looks like a private key.", label)
	default:
		p.note("%s", asides[label](p, data))
	}
}

func says(sentence string) func(*piece, []byte) string {
	return func(*piece, []byte) string { return sentence }
}

// sessionParameters: the master key is in it (RFC 5077 calls it the secret of
// the session), in the open.
func sessionParameters(p *piece, _ []byte) string {
	p.input.Secret = true
	return "A TLS session of OpenSSL with its master key, which lets a listener decrypt that session."
}

func curveParameters(_ *piece, data []byte) string {
	const what = "The parameters of an elliptic curve%s, which often stand before a private key."
	if e, ok := readElement(data); ok && e.tag == tagOID {
		if c := curveByOID(e.body); c != nil {
			return fmt.Sprintf(what, " ("+c.name+")")
		}
	}
	return fmt.Sprintf(what, "")
}

// groupParameters names the size of the first number, which is the prime.
func groupParameters(what string) func(*piece, []byte) string {
	return func(_ *piece, data []byte) string {
		if e, ok := readElement(data); ok && e.tag == tagSequence {
			if c := children(e.body, 2); is(c, tagInteger, tagInteger) && c[0].missing == 0 {
				return fmt.Sprintf("Parameters for %s with a prime of %d bits.", what, bitLength(c[0].body))
			}
		}
		return fmt.Sprintf("Parameters for %s, which are not readable.", what)
	}
}

// bitLength is the length of a number in bits.
func bitLength(number []byte) int {
	number = bytes.TrimLeft(number, "\x00")
	if len(number) == 0 {
		return 0
	}
	n := 8 * len(number)
	for b := number[0]; b&0x80 == 0; b <<= 1 {
		n--
	}
	return n
}
