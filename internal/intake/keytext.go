package intake

import (
	"bytes"
	"encoding/hex"
	"strings"
)

// Keys as "openssl rsa -text", "openssl pkey -text" and "certtool --key-info"
// print them: names, and numbers in hexadecimal with colons below.

// keyFields are the names, and whether what stands below is secret.
var keyFieldNames = map[string]bool{
	"modulus": false, "publicexponent": false, "public exponent": false, "pub": false, "public-key": false,
	"p": false, "q": false, "g": false, "x": false, "y": false, "seed": false, "curve": false,
	"asn1 oid": false, "nist curve": false, "public key algorithm": false, "key security level": false,
	"privateexponent": true, "private exponent": true, "priv": true, "private-key": true, "private key": true,
	"prime1": true, "prime2": true, "exponent1": true, "exponent2": true, "coefficient": true, "exp1": true, "exp2": true,
	"prime3": true, "exponent3": true, "coefficient3": true,
}

const (
	// maxKeyText is how much of one key is read, in bytes, and maxKeyLines in
	// lines: RSA of 16384 bits has a thousand.
	maxKeyText, maxKeyLines = 256 << 10, 4000
)

// nextKeyText finds the line "privateExponent:" or its like, and goes back to
// where its key begins.
func nextKeyText(t *text, from int) int {
	for at := from; ; {
		i := bytes.Index(t.data[at:], []byte("priv"))
		if i < 0 {
			return -1
		}
		at += i
		if hasSecretName(t.data[at:]) {
			if line, start := lineAt(t.data, from, at); isSecretName(line) && hexBelow(t.data, at) {
				return keyTextStart(t.data, from, start)
			}
		}
		at += len("priv")
	}
}

// secretNames are the names that a key is found by.
var secretNames = []string{"priv:", "privateExponent:", "private exponent:", "private-key:", "private key:"}

func hasSecretName(data []byte) bool {
	for _, name := range secretNames {
		if bytes.HasPrefix(data, []byte(name)) {
			return true
		}
	}
	return false
}

// lineAt gives the line that holds the offset, without what stands before from.
func lineAt(data []byte, from, at int) (line []byte, start int) {
	lo := max(from, at-maxMargin)
	start = lo + bytes.LastIndexAny(data[lo:at], "\r\n") + 1
	near := data[start:min(len(data), at+maxMargin)]
	return near[:lineEnd(near, 0)], start
}

// nameOf splits "name: value" and takes off what stands in front; ok is false
// for anything else than a name of keyFieldNames.
func nameOf(line []byte) (name, value string, ok bool) {
	text := strings.TrimLeft(string(line[:min(len(line), maxMargin)]), " \t>|#*/")
	name, value, ok = strings.Cut(text, ":")
	name = strings.ToLower(strings.TrimSpace(name))
	_, known := keyFieldNames[name]
	return name, strings.TrimSpace(value), ok && known
}

func isSecretName(line []byte) bool {
	name, _, ok := nameOf(line)
	return ok && keyFieldNames[name]
}

// hexBelow tells whether the line after the one at the offset is of hexadecimal.
func hexBelow(data []byte, at int) bool {
	l := linesFrom(data[:min(len(data), at+2*maxMargin)], at)
	l.next()
	start, end, ok := l.next()
	return ok && isHexLine(data[start:end])
}

// isHexLine tells whether a line is of bytes with colons between.
func isHexLine(line []byte) bool { return len(hexLine(line)) > 0 }

// hexLine gives the bytes of such a line; nil when it is none.
func hexLine(line []byte) []byte {
	line = bytes.TrimLeft(bytes.TrimRight(line[:min(len(line), maxMargin)], " \t"), " \t>|#*")
	line = bytes.TrimSuffix(line, []byte(":"))
	digits := bytes.ReplaceAll(line, []byte(":"), nil)
	if len(digits)*3 != len(line)*2+2 {
		return nil
	}
	out := make([]byte, len(digits)/2)
	if _, err := hex.Decode(out, digits); err != nil {
		return nil
	}
	return out
}

// keyTextStart walks back over the lines of a key.
func keyTextStart(data []byte, from, start int) int {
	at, blank := start, 0
	for range maxKeyLines {
		line, lineStart := lineBefore(data, from, at)
		_, _, named := nameOf(line)
		title := bytes.Contains(line[:min(len(line), maxMargin)], []byte("rivate-Key:"))
		switch {
		case at == from || blank > 1:
			return start
		case named || title || isHexLine(line):
			start, blank = lineStart, 0
		case len(bytes.TrimLeft(line, " \t>|#")) == 0:
			blank++
		default:
			return start
		}
		if at = lineStart; title {
			return start
		}
	}
	return start
}

func claimKeyText(t *text, start int) (*piece, int) {
	p := newPiece(t, start, "key-text")
	p.end = start
	numbers := map[string][]byte{}
	name := ""
	l := linesFrom(t.data[:min(len(t.data), start+maxKeyText)], start)
	for n := 0; n < maxKeyLines; n++ {
		from, to, ok := l.next()
		if !ok {
			break
		}
		line := t.data[from:to]
		found, value, named := nameOf(line)
		number := hexLine(line)
		switch {
		case named:
			if name = found; numbers[name] != nil {
				n = maxKeyLines // the next key begins
				continue
			}
			numbers[name] = []byte(value)
			if number := hexLine([]byte(value)); number != nil {
				numbers[name] = number
			}
		case number != nil && name != "":
			numbers[name] = append(numbers[name], number...)
		case n > 0 && len(bytes.TrimSpace(line)) > 0:
			n = maxKeyLines
			continue
		}
		p.end = to
	}
	p.takeKey(PrivateKey, textHalf(numbers), "text")
	return p, 0
}

// textHalf is the public half of a printed key; nil when it is not there.
func textHalf(numbers map[string][]byte) *half {
	first := func(names ...string) []byte {
		for _, n := range names {
			if v := numbers[n]; len(v) > 0 {
				return v
			}
		}
		return nil
	}
	var h half
	pub := first("pub")
	c := curveNamed(string(first("nist curve")))
	if c == nil {
		c = curvePrinted(string(first("asn1 oid", "curve")))
	}
	switch n, e := first("modulus"), exponentOf(first("public exponent", "publicexponent")); {
	case n != nil && e != nil:
		h = rsaHalf(n, e)
	case c != nil && pub != nil:
		h = curveHalf(c, pub)
	case c != nil && first("x") != nil && first("y") != nil:
		h = curveHalf(c, c.point(bytes.TrimLeft(first("x"), "\x00"), bytes.TrimLeft(first("y"), "\x00")))
	case len(pub) == 32 && len(first("priv")) == 32:
		h = edwardsHalf(oidEd25519, pub)
	}
	if len(h.key) == 0 {
		return nil
	}
	return &h
}

// curvePrinted is a curve by the name that openssl and GnuTLS print.
func curvePrinted(name string) *curve {
	switch name {
	case "prime256v1", "SECP256R1":
		return curveNamed("P-256")
	case "secp384r1", "SECP384R1":
		return curveNamed("P-384")
	case "secp521r1", "SECP521R1":
		return curveNamed("P-521")
	}
	return curveNamed(name)
}

// exponentOf reads "65537 (0x10001)", or the number that stood below its name.
func exponentOf(value []byte) []byte {
	text := string(value)
	if _, after, ok := strings.Cut(text, "(0x"); ok {
		digits := strings.TrimSuffix(after, ")")
		if len(digits)%2 == 1 {
			digits = "0" + digits
		}
		number, err := hex.DecodeString(digits)
		if err != nil {
			return nil
		}
		return number
	}
	return value
}
