package starttls

import (
	"slices"
	"strings"

	"certlens/internal/report"
)

func beginXMPPClient(t *talk) *report.HandshakeFailed { return t.xmpp("jabber:client") }
func beginXMPPServer(t *talk) *report.HandshakeFailed { return t.xmpp("jabber:server") }

// escapeXML makes a host safe in an attribute (XML 1.0, section 2.4).
var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "'", "&apos;", `"`, "&quot;")

// xmpp opens a stream and asks for TLS (RFC 6120, section 5.4).
func (t *talk) xmpp(namespace string) *report.HandshakeFailed {
	failure := t.send("<?xml version='1.0'?><stream:stream xmlns='"+namespace+"' xmlns:stream='http://etherx.jabber.org/streams' to='"+
		escapeXML.Replace(t.host)+"' version='1.0'>", "its stream")
	if failure != nil {
		return failure
	}
	if failure := t.features(); failure != nil {
		return failure
	}
	if failure := t.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "its answer to <starttls/>"); failure != nil {
		return failure
	}
	tag, failure := t.until("proceed", "failure", "error", "/stream")
	switch {
	case failure != nil:
		return failure
	case tag.name != "proceed":
		return t.xmppError("refused <starttls/>", tag)
	case !tag.empty:
		if _, failure := t.until("/proceed"); failure != nil {
			return failure
		}
	}
	return t.ready()
}

// features reads the beginning of the stream and what the server offers in it.
func (t *talk) features() *report.HandshakeFailed {
	tag, failure := t.tag()
	switch {
	case failure != nil:
		return failure
	case tag.name != "?xml" && tag.name != "stream":
		return t.foreign()
	}
	if tag.name == "?xml" {
		if tag, failure = t.until("stream"); failure != nil {
			return failure
		}
	}
	// RFC 6120, section 4.7.5: without a version, it is "0.9", which has no
	// features.
	if !strings.Contains(tag.text, "version=") {
		return t.lacking("its stream has no version")
	}
	tag, failure = t.until("starttls", "/features", "error", "/stream")
	switch {
	case failure != nil:
		return failure
	case tag.name == "error" || tag.name == "/stream":
		return t.xmppError("refused the stream to "+quote(t.host), tag)
	case tag.name != "starttls":
		return t.lacking("its stream features do not list starttls")
	}
	_, failure = t.until("/features")
	return failure
}

// xmppError is the failure of a server that says why not (RFC 6120, section
// 4.9): the condition is the tag after <stream:error>.
func (t *talk) xmppError(what string, tag tag) *report.HandshakeFailed {
	text, end := tag.text, "/"+tag.name
	for whole := tag.empty; !whole; whole = tag.name == end || tag.name == "/stream" {
		var failure *report.HandshakeFailed
		if tag, failure = t.tag(); failure != nil {
			break // what it said is worth more than how it ended
		}
		text += tag.text
	}
	class := report.HandshakeFailure
	if strings.Contains(text, "host-unknown") {
		class = report.UnrecognizedName
	}
	return t.refused(class, what, text)
}

// A tag is one piece of XML between "<" and ">".
type tag struct {
	text  string
	name  string // without its prefix; "/name" for an end tag
	empty bool   // it is its own end tag
}

// until reads tags until one of the names. An empty element is its own end.
func (t *talk) until(names ...string) (tag, *report.HandshakeFailed) {
	for range maxLines {
		tag, failure := t.tag()
		if failure != nil {
			return tag, failure
		}
		if slices.Contains(names, tag.name) || tag.empty && slices.Contains(names, "/"+tag.name) {
			return tag, nil
		}
	}
	return tag{}, t.tooMuch(maxLines, "tags")
}

// tag reads the next tag, and passes over the text before it. RFC 6120, section
// 11.1, forbids comments and the like, in which ">" need not be the end.
func (t *talk) tag() (tag, *report.HandshakeFailed) {
	var text []byte
	var quoted byte
	for len(text) <= maxLine {
		b, failure := t.next()
		switch {
		case failure != nil:
			return tag{}, failure
		case len(text) == 0 && b != '<':
			if len(t.received) == 1 && !isSpace(b) {
				return tag{}, t.foreign() // an answer begins with a tag
			}
			continue
		}
		text = append(text, b)
		switch {
		case b == quoted:
			quoted = 0
		case quoted == 0 && (b == '\'' || b == '"'):
			quoted = b
		case quoted == 0 && b == '>':
			return newTag(string(text)), nil
		}
	}
	return tag{}, t.tooMuch(maxLine, "bytes in a tag")
}

func newTag(text string) tag {
	inside, empty := strings.CutSuffix(text[1:len(text)-1], "/")
	name, slash := inside, ""
	if strings.HasPrefix(name, "/") {
		name, slash = name[1:], "/"
	}
	if i := strings.IndexAny(name, " \t\r\n"); i >= 0 {
		name = name[:i]
	}
	return tag{text: text, name: slash + name[strings.LastIndexByte(name, ':')+1:], empty: empty}
}
