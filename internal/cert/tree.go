package cert

import (
	"encoding/hex"
	"fmt"
	"strings"

	"certlens/internal/report"
)

// The limits of a tree. maxNodes leaves room for a certificate with 10,000
// names; the tree of one extension inside a report is kept small.
const (
	maxDepth          = 48
	maxNodes          = 25_000
	maxExtensionNodes = 150
	// maxValueText bounds the bytes that go into the Value of one node.
	maxValueText = 1024
)

// Tree gives the tag-length-value tree of der (X.690). It reads BER as well as
// DER, and never fails: where reading stopped, the Error of the node says why.
// The content of an OCTET STRING or BIT STRING that is itself well-formed DER
// becomes its children. What follows the first element is said in the root's
// Error. The tree has at most 25,000 nodes and 48 levels.
//
// Never call it with a private key.
func Tree(der []byte) report.ASN1 { return treeOf(der, 0, maxNodes) }

// treeOf is Tree for data at offset at of the whole object.
func treeOf(data []byte, at, nodes int) report.ASN1 {
	if len(data) == 0 {
		return report.ASN1{Offset: at, Class: "universal", Type: "empty", Error: "there are no bytes"}
	}
	t := tree{left: nodes}
	e, err := readElement(data, at)
	if err != nil {
		return unreadableNode(data, at, err)
	}
	node := t.node(e, 0)
	if rest := len(data) - len(e.full); rest > 0 {
		node.Error = addSentence(node.Error, bytesText(rest)+" follow the end of this node")
	}
	return node
}

// A tree counts the nodes that may still be made.
type tree struct{ left int }

// node makes the node of e and of everything inside it.
func (t *tree) node(e element, depth int) report.ASN1 {
	t.left--
	n := report.ASN1{Offset: e.at, Header: e.size, Length: e.length, Class: classNames[e.class],
		Tag: e.tag, Constructed: e.constructed, Type: e.typeName(), Error: encodingError(e)}
	switch {
	case e.constructed:
		n.Children = t.children(&n, e.content, e.inner(), depth)
	case e.is(tagOctetString):
		t.encapsulated(&n, e.content, e.inner(), depth)
	case e.is(tagBitString) && len(e.content) > 0 && e.content[0] == 0:
		t.encapsulated(&n, e.content[1:], e.inner()+1, depth)
	}
	if !e.constructed && !n.Encapsulated {
		n.Value = treeValue(e)
	}
	return n
}

// encodingError says what is wrong with the header of e.
func encodingError(e element) string {
	text := ""
	if e.missing > 0 {
		text = bytesText(e.missing) + " of the content are missing"
	}
	if e.indefinite {
		text = addSentence(text, "indefinite length (BER)")
	}
	if e.sloppy {
		text = addSentence(text, "tag or length longer than needed (BER)")
	}
	return text
}

func addSentence(text, more string) string {
	if text == "" {
		return more
	}
	return text + "; " + more
}

// errTooDeep says the limit of maxDepth.
const errTooDeep = "not read further: more than 48 levels"

// children makes the nodes of the content of parent.
func (t *tree) children(parent *report.ASN1, data []byte, at, depth int) []report.ASN1 {
	if depth >= maxDepth && len(data) > 0 {
		parent.Error = addSentence(parent.Error, errTooDeep)
		return nil
	}
	var nodes []report.ASN1
	for len(data) > 0 {
		if t.left <= 0 {
			parent.Error = addSentence(parent.Error, "not read further: the tree has too many nodes")
			return nodes
		}
		e, err := readElement(data, at)
		if err != nil {
			t.left--
			return append(nodes, unreadableNode(data, at, err))
		}
		nodes = append(nodes, t.node(e, depth+1))
		data, at = data[len(e.full):], at+len(e.full)
	}
	return nodes
}

// unreadableNode stands for bytes that are no element.
func unreadableNode(data []byte, at int, err error) report.ASN1 {
	return report.ASN1{Offset: at, Length: len(data), Class: "universal", Type: "unreadable", Value: shortHex(data), Error: err.Error()}
}

// encapsulated reads the content of a string as DER again, and makes it the
// node's children when all of it reads well.
func (t *tree) encapsulated(n *report.ASN1, data []byte, at, depth int) {
	if !wellFormed(data) {
		return
	}
	if depth+1 >= maxDepth {
		n.Error = addSentence(n.Error, errTooDeep)
		return
	}
	children := t.children(n, data, at, depth)
	n.Encapsulated, n.Children = true, children
}

// wellFormed tells whether data is one element of DER that is likely meant as
// such. A random key identifier can look like an element by chance, so the
// type must be one that is found there, and everything inside must read too.
func wellFormed(data []byte) bool {
	e, err := readElement(data, 0)
	if err != nil || len(e.full) != len(data) || !strict(e) || e.class != universal {
		return false
	}
	switch e.tag {
	case tagSequence, tagSet:
		return e.constructed && readsThrough(e.content, 0)
	case tagOctetString:
		// 04 14 and 20 bytes, the form of a key identifier: chance is excluded
		// by the length that has to fit.
		return !e.constructed && len(e.content) >= 4
	case tagInteger, tagOID, tagBitString, tagEnumerated:
		return !e.constructed && plausible(e)
	}
	return !e.constructed && (isText(e.tag) || isTime(e.tag)) && len(e.content) > 0 && plausible(e) ||
		e.tag == tagNull && len(data) == 2 || e.tag == tagBoolean && plausible(e)
}

// readsThrough tells whether data is a row of strict elements, all the way down.
func readsThrough(data []byte, depth int) bool {
	for len(data) > 0 {
		e, err := readElement(data, 0)
		if err != nil || !strict(e) || depth > maxDepth {
			return false
		}
		if e.constructed && !readsThrough(e.content, depth+1) {
			return false
		}
		data = data[len(e.full):]
	}
	return true
}

func strict(e element) bool { return e.missing == 0 && !e.sloppy && !e.indefinite }

func isTime(tag int) bool { return tag == tagUTCTime || tag == tagGeneralized }

// plausible tells whether a primitive value is valid for its type.
func plausible(e element) bool {
	switch e.tag {
	case tagInteger, tagEnumerated:
		return len(e.content) > 0 && !sloppyInteger(e.content)
	case tagBoolean:
		return len(e.content) == 1 && (e.content[0] == 0 || e.content[0] == 0xff)
	case tagOID:
		_, ok := parseOID(e.content)
		return ok
	case tagBitString:
		_, ok := parseBitString(e.content)
		return ok
	case tagUTCTime, tagGeneralized:
		_, _, ok := parseTime(e.tag, string(e.content))
		return ok
	}
	_, flaw := decodeText(e.tag, e.content[:min(len(e.content), maxValueText)])
	return flaw == ""
}

// treeValue is the content of a primitive value for people.
func treeValue(e element) string {
	if e.class == contextual && len(e.content) > 2 && isPlain(string(e.content[:min(len(e.content), maxValueText)])) {
		return clip(e.content)
	}
	if e.class != universal {
		return shortHex(e.content)
	}
	switch {
	case e.tag == tagNull && len(e.content) == 0:
		return ""
	case e.tag == tagOID:
		if oid, ok := parseOID(e.content); ok {
			return oidAndName(oid)
		}
	case e.tag == tagInteger || e.tag == tagEnumerated:
		return treeInteger(e.content)
	case e.tag == tagBoolean && len(e.content) == 1:
		return strings.ToUpper(fmt.Sprint(e.content[0] != 0))
	case e.tag == tagBitString:
		return treeBits(e.content)
	case isTime(e.tag):
		return treeTime(e)
	case isText(e.tag):
		text, _ := decodeText(e.tag, e.content[:min(len(e.content), maxValueText)])
		return text + ellipsis(len(e.content))
	}
	return shortHex(e.content)
}

// clip is plain text, cut after maxValueText bytes.
func clip(content []byte) string {
	return string(content[:min(len(content), maxValueText)]) + ellipsis(len(content))
}

func ellipsis(length int) string {
	if length > maxValueText {
		return "..."
	}
	return ""
}

// treeInteger shows small numbers in base 10 and large ones, which are keys and
// serial numbers, in hexadecimal.
func treeInteger(content []byte) string {
	if len(content) <= 8 {
		return decimal(content)
	}
	return shortHex(content)
}

// treeBits shows up to 32 bits one by one.
func treeBits(content []byte) string {
	b, ok := parseBitString(content)
	if !ok || len(b.bytes) > 4 {
		return shortHex(content[min(len(content), 1):])
	}
	out := make([]byte, len(b.bytes)*8-b.unused)
	for i := range out {
		out[i] = '0'
		if b.bit(i) {
			out[i] = '1'
		}
	}
	return string(out)
}

// treeTime shows a time in RFC 3339, and one that cannot be read as it stands.
func treeTime(e element) string {
	text := string(e.content[:min(len(e.content), maxTime)])
	if t, _, ok := parseTime(e.tag, text); ok {
		return formatTime(t)
	}
	return visible(text)
}

// subtree is the value of an extension as a small tree.
func subtree(data []byte, at int) *report.ASN1 {
	t := treeOf(data, at, maxExtensionNodes)
	return &t
}

// hexText is b in lower-case hexadecimal.
func hexText(b []byte) string { return hex.EncodeToString(b) }
