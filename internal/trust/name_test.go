package trust

import (
	"encoding/asn1"
	"testing"
)

// attribute is one attribute of a name in a test.
type attribute struct {
	oid   asn1.ObjectIdentifier
	tag   int
	value string
}

var (
	commonName   = asn1.ObjectIdentifier{2, 5, 4, 3}
	organization = asn1.ObjectIdentifier{2, 5, 4, 10}
)

// encode makes the DER of a name, one RDN for each list.
func encode(t testing.TB, rdns ...[]attribute) []byte {
	t.Helper()
	type pair struct {
		Type  asn1.ObjectIdentifier
		Value asn1.RawValue
	}
	type set []pair
	var sequence []asn1.RawValue
	for _, rdn := range rdns {
		var pairs set
		for _, a := range rdn {
			pairs = append(pairs, pair{a.oid, asn1.RawValue{Tag: a.tag, Bytes: []byte(a.value)}})
		}
		der, err := asn1.MarshalWithParams(pairs, "set")
		if err != nil {
			t.Fatal(err)
		}
		sequence = append(sequence, asn1.RawValue{FullBytes: der})
	}
	der, err := asn1.Marshal(sequence)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func cn(tag int, value string) []attribute { return []attribute{{commonName, tag, value}} }

// TestSameName compares names as RFC 5280, section 7.1, does.
func TestSameName(t *testing.T) {
	const (
		utf8      = asn1.TagUTF8String
		printable = asn1.TagPrintableString
		latin     = asn1.TagT61String
		bmp       = asn1.TagBMPString
		octets    = asn1.TagOctetString
	)
	org := []attribute{{organization, utf8, "Example"}}
	both := []attribute{{organization, utf8, "Example"}, {commonName, utf8, "a"}}
	swapped := []attribute{both[1], both[0]}
	for _, c := range []struct {
		name string
		a, b []byte
		same bool
	}{
		{"identical", encode(t, cn(utf8, "Root")), encode(t, cn(utf8, "Root")), true},
		{"string type", encode(t, cn(utf8, "Root")), encode(t, cn(printable, "Root")), true},
		{"case", encode(t, cn(utf8, "Root CA")), encode(t, cn(utf8, "ROOT ca")), true},
		{"white space", encode(t, cn(utf8, " Root  CA ")), encode(t, cn(utf8, "Root CA")), true},
		{"UTF-16", encode(t, cn(bmp, "\x00R\x00\xe9")), encode(t, cn(utf8, "Ré")), true},
		{"Latin-1", encode(t, cn(latin, "R\xe9")), encode(t, cn(utf8, "Ré")), true},
		{"UCS-4", encode(t, cn(28, "\x00\x00\x00r\x00\x00\x00\xe9")), encode(t, cn(utf8, "Ré")), true},
		{"UCS-4, cut short", encode(t, cn(28, "\x00\x00\x00r\x00\x00")), encode(t, cn(utf8, "R")), false},
		{"GeneralString", encode(t, cn(27, "ROOT")), encode(t, cn(utf8, "Root")), true},
		{"order within an RDN", encode(t, both), encode(t, swapped), true},
		{"another value", encode(t, cn(utf8, "Root")), encode(t, cn(utf8, "Root 2")), false},
		{"space within a word", encode(t, cn(utf8, "Root")), encode(t, cn(utf8, "Ro ot")), false},
		{"another type", encode(t, cn(utf8, "Example")), encode(t, org), false},
		{"order of RDNs", encode(t, org, cn(utf8, "a")), encode(t, cn(utf8, "a"), org), false},
		{"one RDN or two", encode(t, both), encode(t, both[:1], both[1:]), false},
		{"a prefix", encode(t, org), encode(t, org, cn(utf8, "a")), false},
		{"no string", encode(t, cn(octets, "Root")), encode(t, cn(utf8, "Root")), false},
		{"unreadable, the same", []byte("x"), []byte("x"), true},
		{"unreadable, another", []byte("x"), []byte("y"), false},
		{"a value that imitates packing", encode(t, cn(utf8, "a1:b")), encode(t, cn(utf8, "a"), cn(utf8, "b")), false},
	} {
		if got := SameName(c.a, c.b); got != c.same {
			t.Errorf("%s: SameName %v, want %v", c.name, got, c.same)
		}
	}
}

// TestUndecodable lists strings that make a name unreadable.
func TestUndecodable(t *testing.T) {
	for _, c := range []struct {
		tag   int
		value string
		ok    bool
	}{
		{28, "\x00\x00\x00a", true}, {28, "", true}, {28, "a", false}, {28, "\x00\x11\x00\x00", false}, {28, "\x00\x00\xd8\x00", false}, {28, "\xff\xff\xff\xff", false},
		{30, "\x00a", true}, {30, "\x00a\x00", false}, {30, "\xd8\x3d\xde\x00", true}, {30, "\xd8\x3d", false}, {30, "\xde\x00\x00a", false}, {30, "\xd8\x3d\x00a", false},
		{asn1.TagOctetString, "\xff", true},
	} {
		if _, ok := RDNKeys(encode(t, cn(c.tag, c.value))); ok != c.ok {
			t.Errorf("tag %d, value %x: read %v, want %v", c.tag, c.value, ok, c.ok)
		}
	}
	pieces := encode(t, cn(asn1.TagUTF8String, "\x0c\x01a"))
	pieces[len(pieces)-5] |= constructed
	if _, ok := RDNKeys(pieces); ok {
		t.Error("a string in pieces is read")
	}
}

// TestFindFolded finds an anchor whose name is written otherwise.
func TestFindFolded(t *testing.T) {
	entries := []*entry{{subject: encode(t, cn(asn1.TagUTF8String, "Root CA"))}, {subject: encode(t, cn(asn1.TagUTF8String, "Other"))}}
	x := newIndex(entries)
	if got := x.find(encode(t, cn(asn1.TagPrintableString, "root ca"))); len(got) != 1 || got[0] != entries[0] {
		t.Errorf("found %v", got)
	}
	if got := x.find(nil); got != nil {
		t.Errorf("the absent name finds %v", got)
	}
}

// FuzzNameKey looks for a panic, and for a key that says two names are one
// although neither could be read.
func FuzzNameKey(f *testing.F) {
	f.Add(encode(f, cn(asn1.TagUTF8String, "Root CA")), encode(f, cn(asn1.TagBMPString, "\x00R")))
	f.Add([]byte{0x30, 0}, []byte{})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		_, okA := RDNKeys(a)
		_, okB := RDNKeys(b)
		if NameKey(a) == NameKey(b) && okA != okB {
			t.Errorf("%x and %x share a key, and only one can be read", a, b)
		}
		if !SameName(a, a) || SameName(a, b) != SameName(b, a) {
			t.Error("SameName is not an equivalence")
		}
	})
}

func BenchmarkNameKey(b *testing.B) {
	name := encode(b, []attribute{{organization, asn1.TagUTF8String, "Example Trust Services"}}, cn(asn1.TagPrintableString, "Example Root CA R1"))
	for b.Loop() {
		NameKey(name)
	}
}
