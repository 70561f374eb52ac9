package cert

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseOID(t *testing.T) {
	for _, want := range []string{"0.9.2342.19200300.100.1.25", "1.2.840.113549.1.1.11", "1.3.6.1", "2.5.4.3", "2.999.1", "2.23.140.1.1", "1.39.0", "2.40", "0.0"} {
		if got, ok := parseOID(oid(want)[2:]); !ok || got != want {
			t.Errorf("got %q, %v, want %q", got, ok, want)
		}
	}
	for hex, want := range map[string]string{
		"69 83c2f5a59cd5b0dcc3d1c8bbb6aedfa9c7f18d01": "2.25.",
		"": "", "80": "", "2a86": "", "550481": "",
	} {
		got, ok := parseOID(unhex(hex))
		if ok != (want != "") || !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, %v", hex, got, ok)
		}
	}
	n, _ := new(big.Int).SetString("340282366920938463463374607431768211455", 10)
	if got, ok := parseOID(append([]byte{0x69}, base128(n)...)); !ok || got != "2.25."+n.String() {
		t.Errorf("got %q", got)
	}
}

func base128(n *big.Int) []byte {
	var out []byte
	for rest := new(big.Int).Set(n); rest.Sign() > 0; rest.Rsh(rest, 7) {
		b := byte(new(big.Int).And(rest, big.NewInt(0x7f)).Int64())
		if len(out) > 0 {
			b |= 0x80
		}
		out = append([]byte{b}, out...)
	}
	return out
}

func TestDecimal(t *testing.T) {
	for hex, want := range map[string]string{"00": "0", "7f": "127", "80": "-128", "ff7f": "-129", "0080": "128", "ff": "-1",
		"7fffffffffffffff": "9223372036854775807", "8000000000000000": "-9223372036854775808", "008000000000000000": "9223372036854775808",
		"ff0000000000000000": "-18446744073709551616", "": ""} {
		if got := decimal(unhex(hex)); got != want {
			t.Errorf("%s: got %s, want %s", hex, got, want)
		}
	}
}

func TestParseTime(t *testing.T) {
	const utc, general = tagUTCTime, tagGeneralized
	tests := []struct {
		tag  int
		text string
		want string // empty for an error
		flaw string
	}{
		{utc, "260101000000Z", "2026-01-01T00:00:00Z", ""},
		{utc, "491231235959Z", "2049-12-31T23:59:59Z", ""},
		{utc, "500101000000Z", "1950-01-01T00:00:00Z", ""},
		{utc, "2601010000Z", "2026-01-01T00:00:00Z", "has no seconds"},
		{utc, "260101000000-0530", "2026-01-01T05:30:00Z", "is not in UTC"},
		{utc, "260101000000", "2026-01-01T00:00:00Z", "does not end with Z"},
		{utc, "260229000000Z", "", ""},
		{utc, "280229000000Z", "2028-02-29T00:00:00Z", ""},
		{utc, "260101240000Z", "", ""},
		{utc, "260101000060Z", "", ""},
		{utc, "260001000000Z", "", ""},
		{utc, "260101000000+2400", "", ""},
		{utc, "260101000000.5Z", "", ""},
		{utc, "2601010000000Z", "", ""},
		{utc, "26010100000ZZ", "", ""},
		{utc, "", "", ""},
		{utc, "20260101000000Z", "", ""},
		{general, "20260101000000Z", "2026-01-01T00:00:00Z", ""},
		{general, "99991231235959Z", "9999-12-31T23:59:59Z", ""},
		{general, "00000101000000Z", "0000-01-01T00:00:00Z", ""},
		{general, "2026010100Z", "2026-01-01T00:00:00Z", "has no seconds"},
		{general, "20260101000000.123Z", "2026-01-01T00:00:00Z", "has a fraction of a second"},
		{general, "20260101000000+0100", "2025-12-31T23:00:00Z", "is not in UTC"},
		{general, "260101000000Z", "", ""},
		{general, "20260101Z", "", ""},
		{general, "2026010100000\xffZ", "", ""},
	}
	for _, test := range tests {
		got, flaw, ok := parseTime(test.tag, test.text)
		if ok != (test.want != "") || ok && (formatTime(got) != test.want || flaw != test.flaw) {
			t.Errorf("%s: got %s, %q, %v", test.text, formatTime(got), flaw, ok)
		}
	}
}

func TestDays(t *testing.T) {
	day := func(s string) time.Time { d, err := time.Parse(time.RFC3339, s); must(err); return d }
	for _, test := range []struct {
		from, to       string
		left, validity int
	}{
		{"2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z", 364, 365},
		{"2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 365, 366},
		{"2026-01-01T00:00:00Z", "2026-01-01T23:59:58Z", 0, 1},
		{"2026-01-02T00:00:00Z", "2026-01-01T23:59:59Z", -1, 0},
		{"2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z", -2, -1},
		{"1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 2932896, 2932897},
	} {
		from, to := day(test.from), day(test.to)
		if left, validity := daysLeft(from, to), validityDays(from, to); left != test.left || validity != test.validity {
			t.Errorf("%s to %s: %d left, %d long, want %d, %d", test.from, test.to, left, validity, test.left, test.validity)
		}
	}
}

func TestDecodeText(t *testing.T) {
	for _, test := range []struct {
		tag        int
		content    string
		want, flaw string
	}{
		{tagUTF8, "plain", "plain", ""},
		{tagUTF8, "ü€", "ü€", ""},
		{tagUTF8, "a\xffb", `a\xffb`, "not valid UTF-8"},
		{tagUTF8, "a\x00b\nc\x7f", `a\x00b\x0ac\x7f`, ""},
		{tagUTF8, "a\u202eb\u200b", "a\\u202eb\\u200b", ""},
		{tagUTF8, "\ufffd", "\ufffd", ""},
		{tagPrintable, "a*b", "a*b", "0x2a"},
		{tagPrintable, "A z'()+,-./:=?9", "A z'()+,-./:=?9", ""},
		{tagNumeric, "12 3", "12 3", ""},
		{tagNumeric, "12a", "12a", "0x61"},
		{tagIA5, "a\x80", `a\x80`, "0x80"},
		{tagVisible, "a\tb", `a\x09b`, "0x09"},
		{tagTeletex, "caf\xe9", "café", ""},
		{tagBMP, "\x00a\x20\xac", "a€", ""},
		{tagBMP, "\xd8\x3d\xdd\x12", "\U0001f512", ""},
		{tagBMP, "\x00a\x01", `a\x01`, "odd number"},
		{tagUniversal, "\x00\x01\xf5\x12", "\U0001f512", ""},
		{tagUniversal, "\x00\x00\x00a\xff", `a\xff`, "multiple of 4"},
	} {
		got, flaw := decodeText(test.tag, []byte(test.content))
		if got != test.want || (flaw == "") != (test.flaw == "") || !strings.Contains(flaw, test.flaw) {
			t.Errorf("%s %q: got %q, %q", typeName(universal, test.tag), test.content, got, flaw)
		}
	}
}

func TestFormatName(t *testing.T) {
	name := FormatName(defaultName)
	if name.Text != "C=XX, O=Example, CN=example.com" || name.CommonName != "example.com" || len(name.Attributes) != 3 {
		t.Errorf("%+v", name)
	}
	if n := FormatName(nil); n.Text != "" || n.Attributes == nil {
		t.Errorf("nil: %+v", n)
	}
	if n := FormatName([]byte{1, 2, 3}); n.Text != "#010203" {
		t.Errorf("garbage: %+v", n)
	}
	if n := FormatName(seq()); n.Text != "" {
		t.Errorf("empty: %+v", n)
	}
}

// TestOIDTables checks that every entry of every table is a well-formed object
// identifier with a name, that no two entries disagree, and that the entries
// that code asks for are there.
func TestOIDTables(t *testing.T) {
	seen := map[string]string{}
	count := 0
	add := func(table, id, name string) {
		count++
		if got, ok := parseOID(oid(id)[2:]); !ok || got != id || strings.TrimSpace(name) != name || name == "" {
			t.Errorf("%s: %q, %q", table, id, name)
		}
		if seen[id] == table {
			t.Errorf("%s: %s occurs twice", table, id)
		}
		seen[id] = table
	}
	for table, list := range map[string][]oidName{"usages": usageNames, "policies": policyNames, "methods": methodNames, "algorithms": algorithmNames, "others": otherNames} {
		for _, n := range list {
			add(table, n.oid, n.name)
		}
	}
	for _, a := range attributeTable {
		add("attributes", a.oid, a.label)
		add("short names", a.oid, a.short)
	}
	for _, s := range signatureTable {
		add("signatures", s.oid, s.name)
	}
	for _, k := range keyTable {
		add("keys", k.oid, k.name)
	}
	for _, c := range curveTable {
		add("curves", c.oid, c.name)
	}
	for id, x := range extensionIndex() {
		add("extensions", id, x.name)
	}
	if count < 600 {
		t.Errorf("only %d entries", count)
	}
	for id, want := range map[string]string{"2.5.4.3": "Common name", "2.5.29.17": "Subject alternative name", "1.2.3.4": "1.2.3.4",
		"2.16.840.1.101.3.4.3.18": "ML-DSA-65", "1.2.840.10045.2.1": "ECDSA", "1.3.101.112": "Ed25519"} {
		if got := OIDName(id); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
}

// TestDecodeExtensions decodes the extensions of a CRL.
func TestDecodeExtensions(t *testing.T) {
	raw := seq(ext("2.5.29.20", integer(77)), ext("2.5.29.21", tlv(10, []byte{1})), ext("2.5.29.24", genTime("20260101000000Z")),
		critical("2.5.29.28", seq(explicit(0, tlv(0xa0, contextBytes(6, "http://crl.example.com"))), contextBytes(1, "\xff"), implicit(3, namedBits(1)), contextBytes(4, "\x00"))),
		critical("2.5.29.27", integer(70)), ext("2.5.29.23", oid("1.2.840.10040.2.3")), ext("1.3.6.1.5.5.7.48.1.2", octets([]byte{1})))
	list, problems := DecodeExtensions(raw, "tbsCertList.crlExtensions", 1000)
	if len(list) != 7 || len(problems) != 0 || list[0].Offset != 1003 {
		t.Fatalf("%d extensions, %v", len(list), problems)
	}
	golden(t, "testdata/crl-extensions.json", toJSON(list))

	list, problems = DecodeExtensions([]byte{0x30, 5, 0x30, 3}, "crlEntryExtensions", 7)
	if len(list) != 1 || len(problems) == 0 || problems[0].Offset != 7 || problems[0].Field != "crlEntryExtensions" {
		t.Errorf("%v, %+v", list, problems)
	}
}

func TestRole(t *testing.T) {
	usage := func(ids ...string) [][]byte {
		var list [][]byte
		for _, id := range ids {
			list = append(list, oid(id))
		}
		return [][]byte{ext(oidExtKeyUsage, seq(list...))}
	}
	const id = "1.3.6.1.5.5.7.3."
	ca := [][]byte{ext(oidBasic, seq(boolean(true)))}
	for want, list := range map[string][]spec{
		"root":           {{extensions: ca}, {version: []byte{}}},
		"intermediate":   {{issuer: commonName("x"), extensions: ca}},
		"server":         {{extensions: usage(id+"2", id+"1")}, {extensions: usage(oidAnyUsage)}, {extensions: [][]byte{san(dnsName("x"))}}, {subject: commonName("*.example.com")}},
		"client":         {{extensions: usage(id + "2")}},
		"email":          {{extensions: usage(id + "4")}, {subject: commonName("x"), extensions: [][]byte{san(contextBytes(1, "a@example.com"))}}},
		"code-signing":   {{extensions: usage(id + "3")}},
		"ocsp-responder": {{extensions: usage(id + "9")}},
		"time-stamping":  {{extensions: usage(id + "8")}},
		"other":          {{extensions: usage("1.2.3")}, {subject: commonName("Some Body")}, {subject: commonName("v1.0 beta")}},
	} {
		for i, s := range list {
			if got := Parse(s.der()).Report(testTime).Role; got != want {
				t.Errorf("%s %d: got %s", want, i, got)
			}
		}
	}
}

func TestValidation(t *testing.T) {
	policies := func(ids ...string) spec {
		var list [][]byte
		for _, id := range ids {
			list = append(list, seq(oid(id)))
		}
		return spec{extensions: [][]byte{ext(oidPolicies, seq(list...))}}
	}
	for want, list := range map[string][]spec{
		"DV": {policies("2.23.140.1.2.1"), policies("1.2.3", "0.4.0.2042.1.6")},
		"OV": {policies("2.23.140.1.2.2")},
		"IV": {policies("2.23.140.1.2.3")},
		"EV": {policies("2.23.140.1.1"), policies("1.3.6.1.4.1.4146.1.1"), policies("0.4.0.194112.1.4")},
		"":   {policies("2.5.29.32.0"), policies("2.23.140.1.5.1.1"), {}},
	} {
		for i, s := range list {
			if got := Parse(s.der()).Report(testTime).Validation; got != want {
				t.Errorf("%q %d: got %q", want, i, got)
			}
		}
	}
}

func TestAccessors(t *testing.T) {
	c := Parse(constrainedVector().der())
	value, isCritical, ok := c.Extension(oidBasic)
	if !ok || !isCritical || hexText(value) != "30060101ff020100" {
		t.Errorf("basic constraints: %x, %v, %v", value, isCritical, ok)
	}
	if _, _, ok := c.Extension("1.2.3"); ok {
		t.Error("found an extension that is not there")
	}
	if got := c.CriticalExtensions(); !slices.Equal(got, []string{oidBasic, oidKeyUsage, "2.5.29.30"}) {
		t.Error(got)
	}
	if c.Subject().CommonName != "Example Sub CA" || c.Issuer().CommonName != "Example Root" || c.Version() != 3 || hexText(c.AuthorityKeyID()) != "01020304" || c.SubjectKeyID() != nil {
		t.Error("names, version or key identifiers")
	}
}

func TestTitle(t *testing.T) {
	for want, s := range map[string]spec{
		"example.com":     {},
		"alt.example.com": {subject: seq(), extensions: [][]byte{san(contextBytes(1, "x@example.com"), dnsName("alt.example.com"))}},
		"Example":         {subject: seq(rdn(oidOrganization, utf8s("Example")))},
		"serial 1234":     {subject: seq()},
		`nul\x00.example`: {subject: commonName("nul\x00.example")},
		"<b>bold</b>":     {subject: commonName("<b>bold</b>")},
	} {
		if got := Parse(s.der()).Title(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := Parse(nil).Title(); len(got) != 16 {
		t.Errorf("got %q", got)
	}
}

// TestDeterministic checks that the same input gives the same bytes.
func TestDeterministic(t *testing.T) {
	for name, der := range pemFiles(t) {
		a, b := toJSON(Parse(der).Report(testTime)), toJSON(Parse(der).Report(testTime))
		if string(a) != string(b) {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
}
