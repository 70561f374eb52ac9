package cert

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"certlens/internal/report"
)

// TestTree reads small encodings; the want is one node per line, as drawTree
// writes them.
func TestTree(t *testing.T) {
	tests := []struct {
		name string
		der  []byte
		want string
	}{
		{"values", seq(integer(-2), boolean(true), null(), oid(oidCommonName), utf8s("ü"), utcTime("260101000000Z"), namedBits(0, 2)), `
SEQUENCE  @0+2+36
  INTEGER -2  @2+2+1
  BOOLEAN TRUE  @5+2+1
  NULL  @8+2+0
  OBJECT IDENTIFIER 2.5.4.3 (Common name)  @10+2+3
  UTF8String ü  @15+2+2
  UTCTime 2026-01-01T00:00:00Z  @19+2+13
  BIT STRING 101  @34+2+2`},
		{"classes", cat(tlv(0x61, tlv(0xc5, []byte{1, 2})), nil), `
[APPLICATION 1]  @0+2+4
  [PRIVATE 5] 0102  @2+2+2`},
		{"long tag", unhex("bf 8f ff 7f 03 02 01 05"), `
[262143]  @0+5+3
  INTEGER 5  @5+2+1`},
		{"context text", seq(dnsName("example.com"), contextBytes(0, "\x01\x02\x03")), `
SEQUENCE  @0+2+18
  [2] example.com  @2+2+11
  [0] 010203  @15+2+3`},
		{"encapsulated", seq(octets(seq(integer(1))), bits(seq(null()))), `
SEQUENCE  @0+2+14
  OCTET STRING holding  @2+2+5
    SEQUENCE  @4+2+3
      INTEGER 1  @6+2+1
  BIT STRING holding  @9+2+5
    SEQUENCE  @12+2+2
      NULL  @14+2+0`},
		{"not encapsulated", seq(octets([]byte{0x30, 0x03, 1, 1}), octets([]byte("text")), bits([]byte{0x05, 0x01, 0x00})), `
SEQUENCE  @0+2+18
  OCTET STRING 30030101  @2+2+4
  OCTET STRING 74657874  @8+2+4
  BIT STRING 000001010000000100000000  @14+2+4`},
		{"indefinite", cat([]byte{0x30, 0x80}, integer(1), tlv(0x24, octets([]byte{1})), []byte{0, 0}), `
SEQUENCE ! indefinite length (BER)  @0+2+8
  INTEGER 1  @2+2+1
  OCTET STRING  @5+2+3
    OCTET STRING 01  @7+2+1`},
		{"nested indefinite", unhex("30 80 30 80 05 00 00 00 02 01 07 00 00"), `
SEQUENCE ! indefinite length (BER)  @0+2+9
  SEQUENCE ! indefinite length (BER)  @2+2+2
    NULL  @4+2+0
  INTEGER 7  @8+2+1`},
		{"cut", seq(utf8s("abcdef"))[:6], `
SEQUENCE ! 4 bytes of the content are missing  @0+2+4
  UTF8String ab ! 4 bytes of the content are missing  @2+2+2`},
		{"cut in a header", unhex("30 03 02"), `
SEQUENCE ! 2 bytes of the content are missing  @0+2+1
  unreadable 02 ! the data ends inside a tag or length  @2+0+1`},
		{"trailing", cat(null(), []byte{1, 2}), `
NULL ! 2 bytes follow the end of this node  @0+2+0`},
		{"sloppy length", unhex("30 81 02 05 00"), `
SEQUENCE ! tag or length longer than needed (BER)  @0+3+2
  NULL  @3+2+0`},
		{"reserved length", unhex("30 ff 00"), "\nunreadable 30ff00 ! the length octet 0xff is reserved  @0+0+3"},
		{"primitive without length", unhex("04 80 00 00"), "\nunreadable 04800000 ! a primitive value has no length  @0+0+4"},
		{"huge tag", unhex("1f ff ff ff ff ff 7f 00"), "\nunreadable 1fffffffffff7f00 ! the tag number is too large  @0+0+8"},
		{"bad values", seq(tlv(6), tlv(6, []byte{0x80}), utcTime("x"), tlv(2), tlv(1, []byte{1, 2})), `
SEQUENCE  @0+2+14
  OBJECT IDENTIFIER  @2+2+0
  OBJECT IDENTIFIER 80  @4+2+1
  UTCTime x  @7+2+1
  INTEGER  @10+2+0
  BOOLEAN 0102  @12+2+2`},
		{"empty", nil, "\nempty ! there are no bytes  @0+0+0"},
	}
	for _, test := range tests {
		got := "\n" + strings.TrimSuffix(drawTree(Tree(test.der), ""), "\n")
		if got != test.want {
			t.Errorf("%s: got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestTreeLimits feeds what would make a careless reader fall over.
func TestTreeLimits(t *testing.T) {
	nested := octets(nil)
	for range 2_000 {
		nested = octets(nested)
	}
	tests := []struct {
		name string
		der  []byte
		says string
	}{
		{"deep", nest(1_000_000), "more than 48 levels"},
		{"deep strings", nested, "more than 48 levels"},
		{"wide", tlv(0x30, bytes.Repeat(null(), 2_000_000)), "too many nodes"},
	}
	for _, test := range tests {
		start := time.Now()
		tree := Tree(test.der)
		if n := countNodes(tree); n > maxNodes+maxDepth {
			t.Errorf("%s: %d nodes", test.name, n)
		}
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%s took %v", test.name, d)
		}
		if text := drawTree(tree, ""); !strings.Contains(text, test.says) {
			t.Errorf("%s does not say %q", test.name, test.says)
		}
	}
}

func countNodes(n report.ASN1) int {
	total := 1
	for _, child := range n.Children {
		total += countNodes(child)
	}
	return total
}
