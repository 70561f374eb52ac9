package intake

import (
	"bytes"
	"strings"
)

// Keys in XML: RSAKeyValue of XML Signature (section 4.5.2.2), which .NET writes
// with the private numbers as well.

var rsaKeyValue = []byte("RSAKeyValue")

// maxXMLKey is the longest key in XML that is believed, in bytes.
const maxXMLKey = 32 << 10

// nextXMLKey finds the "<" in front of the name.
func nextXMLKey(t *text, from int) int {
	for {
		i := bytes.Index(t.data[from:], rsaKeyValue)
		if i < 0 {
			return -1
		}
		at := from + i
		before := t.data[max(from, at-16):at]
		if open := bytes.LastIndexAny(before, "<&\\%"); open >= 0 && before[len(before)-1] != '/' {
			return at - len(before) + open
		}
		from = at + len(rsaKeyValue)
	}
}

func claimXMLKey(t *text, start int) (*piece, int) {
	at := start + bytes.Index(t.data[start:], rsaKeyValue) + len(rsaKeyValue)
	rest := t.data[at:min(len(t.data), at+maxXMLKey)]
	end := bytes.Index(rest, rsaKeyValue)
	n := end + len(rsaKeyValue)
	if end < 0 {
		end, n = len(rest), len(rest)
	}
	content := []byte(unescapedXML.Replace(string(rest[:end])))
	modulus, exponent := xmlNumber(content, "Modulus"), xmlNumber(content, "Exponent")
	kind := PublicKey
	if xmlNumber(content, "D") != nil || xmlNumber(content, "P") != nil {
		kind = PrivateKey
	}
	p := newPiece(t, start, "xml-key")
	p.end = at + n
	for _, closing := range []string{">", "&gt;", `\u003e`, `\u003E`, "%3E"} {
		if bytes.HasPrefix(t.data[p.end:], []byte(closing)) {
			p.end += len(closing)
		}
	}
	if len(modulus) > 0 && len(exponent) > 0 {
		h := rsaHalf(modulus, exponent)
		p.takeKey(kind, &h, "XML")
	} else {
		p.takeKey(kind, nil, "XML")
	}
	if len(p.objects) == 0 {
		return nil, at
	}
	return p, 0
}

// clean decodes a number; nil when anything else than base64 stands in it, since
// that may be a private key which somebody pasted there.
func clean(d *decoder) []byte {
	number := d.all()
	if d.bad.count > 0 || d.cut >= 0 {
		return nil
	}
	return number
}

// unescapedXML undoes what strings, URLs and other XML do to tags.
var unescapedXML = strings.NewReplacer("&lt;", "<", "&gt;", ">", `\u003c`, "<", `\u003e`, ">", `\u003C`, "<", `\u003E`, ">",
	"%3C", "<", "%3E", ">", `\/`, "/", "%2F", "/", `\u002b`, "+", `\u002B`, "+", "%2B", "+", `\u003d`, "=", "%3D", "=")

// xmlNumber gives the content of an element, which is base64; nil when there is
// no such element. It may have a prefix.
func xmlNumber(data []byte, name string) []byte {
	for _, before := range []string{"<", ":"} {
		if _, rest, ok := bytes.Cut(data, []byte(before+name+">")); ok {
			rest, _, _ = bytes.Cut(rest, []byte("<"))
			return clean(newDecoder(rest, 0, len(rest)))
		}
	}
	return nil
}
