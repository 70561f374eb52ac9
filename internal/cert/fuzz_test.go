package cert

import (
	"bytes"
	"encoding/json"
	"testing"

	"certlens/internal/report"
)

// addSeeds seeds a fuzz target with the certificates of testdata that are not
// large, and with some that are broken.
func addSeeds(f *testing.F) {
	for _, der := range pemFiles(f) {
		if len(der) < 2000 {
			f.Add(der)
		}
	}
	good := spec{}.der()
	f.Add(good[:len(good)/2])
	f.Add(cat([]byte{0x30, 0x80}, good[4:], []byte{0, 0}))
	f.Add(nest(100))
	f.Add(fullRequest())
}

// maxGrowth bounds the JSON of a report in terms of the DER. A name of two bytes
// becomes two objects of 40.
const maxGrowth = 150

// checkJSON checks that v marshals, and that its size is bounded by the input's.
func checkJSON(t *testing.T, v any, input []byte) {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if len(out) > maxGrowth*len(input)+1<<16 {
		t.Fatalf("%d bytes of JSON for %d bytes of DER", len(out), len(input))
	}
}

func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, der []byte) {
		c := Parse(der)
		r := c.Report(testTime)
		checkJSON(t, r, der)
		if len(c.DER) > len(der) || !bytes.Equal(c.DER, der[:len(c.DER)]) {
			t.Fatal("the DER is not the start of the input")
		}
		// A damaged private key keeps its id and gives no bytes (secret.go).
		withheld := c.DER == nil && LooksPrivate(der)
		if again := Parse(c.DER); !withheld && (again.ID != c.ID || !bytes.Equal(again.DER, c.DER)) {
			t.Fatalf("the id changes from %s to %s", c.ID, again.ID)
		}
		if c.X509 == nil && !anyFatal(r.Problems) {
			t.Fatal("zcrypto refused it, and no problem says so")
		}
		checkProblems(t, r.Problems, len(der))
		if c.SelfSigned() && c.SignedBy(c) != nil {
			t.Fatal("self-signed, and not signed by itself")
		}
	})
}

func anyFatal(list []report.Problem) bool {
	for _, p := range list {
		if p.Fatal {
			return true
		}
	}
	return false
}

// checkProblems checks that every problem says where it is.
func checkProblems(t *testing.T, list []report.Problem, size int) {
	t.Helper()
	for _, p := range list {
		if p.Field == "" || p.Detail == "" || p.Offset < 0 || p.Offset > size {
			t.Fatalf("%+v with %d bytes of input", p, size)
		}
	}
}

func FuzzTree(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, der []byte) {
		tree := Tree(der)
		checkJSON(t, tree, der)
		if n := countNodes(tree); n > maxNodes+maxDepth {
			t.Fatalf("%d nodes", n)
		}
		checkNode(t, tree, len(der))
	})
}

// checkNode checks that a node lies within the input, and its children within it.
func checkNode(t *testing.T, n report.ASN1, end int) {
	t.Helper()
	stop := n.Offset + n.Header + n.Length
	if n.Offset < 0 || n.Header < 0 || n.Length < 0 || stop > end {
		t.Fatalf("node at %d+%d+%d ends after %d", n.Offset, n.Header, n.Length, end)
	}
	at := n.Offset + n.Header
	for _, child := range n.Children {
		if child.Offset < at {
			t.Fatalf("node at %d starts before %d", child.Offset, at)
		}
		checkNode(t, child, stop)
		at = child.Offset + child.Header + child.Length
	}
}

func FuzzDecodeRequest(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, der []byte) {
		object := DecodeRequest(der)
		checkJSON(t, object, der)
		if object.Problem != nil {
			checkProblems(t, []report.Problem{*object.Problem}, len(der))
		}
	})
}

func FuzzKeyObject(f *testing.F) {
	for _, key := range goKeys(f) {
		f.Add(key[0], "PRIVATE KEY")
		f.Add(key[1], "PUBLIC KEY")
	}
	f.Fuzz(func(t *testing.T, der []byte, label string) {
		object := KeyObject(der, label)
		checkJSON(t, object, der)
		if object.Kind == "private-key" {
			// Only what is derived by a hash may be shown of it.
			object.Fields, object.ID = shortFields(t, object.Fields), ""
			checkNoSecret(t, object, der, nil)
		}
	})
}

// shortFields checks that a private key has no more than the four fields it may
// have, and leaves out those that are hashes.
func shortFields(t *testing.T, fields []report.Field) []report.Field {
	t.Helper()
	var out []report.Field
	for _, f := range fields {
		switch f.Label {
		case "SHA-256 of the public key", "Pin":
		case "Format", "Key":
			out = append(out, f)
		default:
			t.Fatalf("a private key has a field %q", f.Label)
		}
	}
	return out
}

func FuzzDecodeExtensions(f *testing.F) {
	for _, s := range vectors() {
		if len(s.extensions) > 0 {
			f.Add(seq(s.extensions...))
		}
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		list, problems := DecodeExtensions(der, "extensions", 0)
		checkJSON(t, list, der)
		checkProblems(t, problems, len(der))
	})
}
