package cert

import (
	"fmt"
	"strings"
	"sync"

	"certlens/internal/report"
)

// maxExtensions bounds the extensions put into words of one object. All of them
// are read: which are there and which are critical decides what a certificate is
// good for.
const maxExtensions = 512

// A rawExtension is one Extension (RFC 5280, section 4.1.2.9) before its value
// is decoded.
type rawExtension struct {
	oid      string
	critical bool
	// value is the content of extnValue, which starts at valueAt.
	value   []byte
	valueAt int
	// at and length are where the whole extension stands.
	at, length int
	// path is as in "tbsCertificate.extensions[3]".
	path string
	// flaw says that the value is cut or not there; empty otherwise.
	flaw string
}

// DecodeExtensions decodes the DER of an Extensions SEQUENCE (RFC 5280, section
// 4.1.2.9), as it stands in certificates, CRLs, CRL entries, OCSP requests and
// responses. path is the path of the field that raw is, as in
// "tbsCertList.crlExtensions", and offset where raw starts in the DER of the
// whole object; paths and offsets in the result count from there. An extension
// whose Problem is set was read as far as it goes. problems are those of the
// list itself; nothing is fatal.
func DecodeExtensions(raw []byte, path string, offset int) (list []report.Extension, problems []report.Problem) {
	log := new(faults)
	c := cursor{rest: raw, at: offset, path: path, log: log}
	items := new(int)
	for _, x := range decodable(c.extensions("")) {
		described, _ := x.describe(items)
		list = append(list, described)
	}
	return list, log.problems(false)
}

// decodable are the extensions of a list that are put into words.
func decodable(list []rawExtension) []rawExtension { return list[:min(len(list), maxExtensions)] }

// extensions reads a SEQUENCE OF Extension, which is the field called name. Its
// items count for no limit: one beyond it that is critical, or that constrains
// names, would be as if it were not there.
func (c *cursor) extensions(name string) []rawExtension {
	in := c.sequenceOf(name)
	var list []rawExtension
	beyond := in.at
	for !in.broken && len(in.rest) > 0 {
		if len(list) <= maxExtensions {
			beyond = in.at
		}
		if x, ok := in.extension(); ok {
			list = append(list, x)
		}
	}
	if len(list) > maxExtensions {
		in.log.soft(in.path, beyond, fmt.Sprintf("only the first %d of %d extensions are decoded", maxExtensions, len(list)))
	}
	noteDuplicates(list, c.log)
	return list
}

// extension reads one Extension.
func (c *cursor) extension() (rawExtension, bool) {
	e := c.take(tagSequence, "")
	if !e.ok() {
		return rawExtension{}, false
	}
	in := c.enter(e, "")
	x := rawExtension{oid: in.oid("extnID"), at: e.at, length: len(e.full), path: in.path}
	if critical := in.optional(universal, tagBoolean, "critical"); critical.ok() {
		x.critical = in.boolean(critical, "critical")
		if !x.critical {
			// X.690, section 11.5: a value equal to its default is not encoded.
			in.soft(critical, "critical", "critical is FALSE, which is the default and must be left out in DER")
		}
	}
	value := in.take(tagOctetString, "extnValue")
	x.value, x.valueAt = in.octetsOf(value, "extnValue"), value.inner()
	switch {
	case !value.ok():
		x.valueAt, x.flaw = in.at, "there is no value"
	case value.missing > 0:
		x.flaw = "the value is cut"
	}
	in.end()
	return x, true
}

// noteDuplicates notes extensions that occur twice. RFC 5280, section 4.2: "A
// certificate MUST NOT include more than one instance of a particular
// extension."
func noteDuplicates(list []rawExtension, log *faults) {
	seen := make(map[string]bool, len(list))
	for _, x := range list {
		if seen[x.oid] && len(log.list) == maxFaults {
			log.unsaid++
		} else if seen[x.oid] {
			log.soft(x.path, x.at, "the extension "+nameAndOID(x.oid)+" occurs more than once")
		}
		seen[x.oid] = true
	}
}

// An extensionType is one known extension. One without decode is known by name
// alone, and shown as a tree.
type extensionType struct {
	oid, name string
	decode    func(*cursor) []report.Field
}

// extensionIndex gives the known extensions by object identifier. It is set in
// init because decoders ask for names, which come from here among others; the
// compiler refuses such a circle among initial values.
var extensionIndex func() map[string]extensionType

func init() { extensionIndex = sync.OnceValue(indexExtensions) }

func indexExtensions() map[string]extensionType {
	index := make(map[string]extensionType, 256)
	for _, table := range [][]extensionType{pkixExtensions(), crlExtensions(), webExtensions(),
		vendorExtensions(), deviceExtensions(), sigstoreExtensions()} {
		for _, x := range table {
			index[x.oid] = x
		}
	}
	return index
}

// describe decodes the value. items counts the items of the lists in all
// extensions of the object.
func (x rawExtension) describe(items *int) (report.Extension, *faults) {
	r := report.Extension{OID: x.oid, Name: extensionName(x.oid), Critical: x.critical,
		Value: hexText(x.value), Offset: x.at, Length: x.length}
	log := &faults{items: items}
	known := extensionIndex()[x.oid]
	if known.decode != nil {
		c := x.open(log)
		r.Fields = known.decode(&c)
		c.end()
		r.Known = !log.anyHard() && x.flaw == ""
	}
	if r.Problem = log.first(); r.Problem == nil && x.flaw != "" {
		r.Problem = &report.Problem{Field: x.path + ".extnValue", Offset: x.valueAt, Detail: x.flaw}
	}
	if !r.Known {
		r.Tree = subtree(x.value, x.valueAt)
	}
	return r, log
}

// open gives a cursor over the value.
func (x rawExtension) open(log *faults) cursor {
	return cursor{rest: x.value, at: x.valueAt, path: x.path + ".extnValue", cut: x.flaw != "", log: log}
}

// extensionName is the name for people; of an extension that only its vendor
// knows, the vendor and the object identifier.
func extensionName(oid string) string {
	if name := allNames()[oid]; name != "" {
		return name
	}
	for _, v := range vendorArcs {
		if strings.HasPrefix(oid, v.oid) {
			return v.name + " " + oid
		}
	}
	return oid
}

// vendorArcs are arcs of the object identifier tree, with the dot that ends
// them, and who they belong to.
var vendorArcs = []oidName{
	{"1.2.840.113635.", "Apple"},
	{"1.3.6.1.4.1.311.", "Microsoft"},
	{"1.3.6.1.4.1.11129.", "Google"},
	{"1.3.6.1.4.1.44363.", "Cloudflare"},
	{"1.3.6.1.4.1.57264.", "Sigstore"},
	{"1.3.6.1.4.1.41482.", "Yubico"},
	{"1.3.6.1.4.1.45724.", "FIDO Alliance"},
	{"1.3.6.1.4.1.37476.9000.64.", "Smallstep"},
	{"1.3.6.1.4.1.6449.", "Sectigo"},
	{"1.3.6.1.4.1.4146.", "GlobalSign"},
	{"1.2.840.113533.", "Entrust"},
	{"2.16.840.1.114412.", "DigiCert"},
	{"2.16.840.1.113730.", "Netscape"},
	{"2.16.840.1.113733.", "VeriSign"},
	{"2.23.133.", "Trusted Computing Group"},
	{"2.23.140.", "CA/Browser Forum"},
	{"0.4.0.", "ETSI"},
}

// fields is a list of labelled statements under construction.
type fields []report.Field

func (f *fields) add(label, value string)  { *f = append(*f, report.Field{Label: label, Value: value}) }
func (f *fields) code(label, value string) { *f = append(*f, codeField(label, value)) }

// group appends a heading with items; nothing when there are none.
func (f *fields) group(label string, items []report.Field) {
	if len(items) > 0 {
		*f = append(*f, report.Field{Label: label, Items: items})
	}
}

func codeField(label, value string) report.Field {
	return report.Field{Label: label, Value: value, Code: true}
}

// values are items without labels.
func values(list []string) []report.Field {
	items := make([]report.Field, 0, len(list))
	for _, v := range list {
		items = append(items, report.Field{Value: v})
	}
	return items
}
