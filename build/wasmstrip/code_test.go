package wasmstrip

import (
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// text are the names of instructions (WebAssembly core specification 6.5).
var text = map[string]byte{
	"nop": opNop, "block": opBlock, "loop": opLoop, "if": opIf, "end": opEnd, "br": opBr, "br_if": opBrIf,
	"return": opReturn, "call": opCall, "drop": opDrop, "select": opSelect,
	"local.get": opLocalGet, "local.set": opLocalSet, "local.tee": opLocalTee, "global.get": opGlobalGet, "global.set": opGlobalSet,
	"i64.load": 0x29, "i32.load8_u": 0x2d, "f64.store": 0x39, "i64.store": opI64Store, "i64.store8": 0x3c,
	"i32.const": opI32Const, "i64.const": opI64Const, "i32.eqz": opI32Eqz, "i64.eqz": opI64Eqz,
	"i32.le_u": 0x4d, "i32.gt_u": 0x4b, "i64.lt_s": 0x53, "i64.ge_s": 0x59, "f64.lt": 0x63,
	"i32.add": opI32Add, "i32.sub": opI32Sub, "i64.add": opI64Add,
	"i32.wrap_i64": opI32Wrap, "i64.extend_i32_u": opI64ExtendU, "f64.convert_i64_s": 0xb9,
}

// assemble reads instructions, each on a line of its own or before a semicolon. A
// load or store has its offset behind it, and br_table its labels.
func assemble(t *testing.T, source string) []instruction {
	t.Helper()
	code := []instruction{}
	for line := range strings.FieldsFuncSeq(source, func(r rune) bool { return r == ';' || r == '\n' }) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if words[0] == "br_table" {
			code = append(code, instruction{op: opBrTable, rest: labels(t, words[1:])})
			continue
		}
		op, known := text[words[0]]
		if !known {
			t.Fatalf("no such instruction: %q", line)
		}
		i := instruction{op: op}
		switch {
		case op >= opBlock && op <= opIf:
			i.x = blockEmpty
		case op >= opI32Load && op <= opI64Store32:
			i.offset = uint64(number(t, words[1]))
		case len(words) > 1:
			i.x = number(t, words[1])
		}
		code = append(code, i)
	}
	return code
}

func number(t *testing.T, word string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(word, 0, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func labels(t *testing.T, words []string) []byte {
	t.Helper()
	rest := appendUint(nil, uint64(len(words)-1))
	for _, word := range words {
		rest = appendUint(rest, uint64(number(t, word)))
	}
	return rest
}

func disassemble(code []instruction) string {
	names := map[byte]string{}
	for name, op := range text {
		names[op] = name
	}
	var lines []string
	for _, i := range code {
		lines = append(lines, fmt.Sprint(names[i.op], " ", i.x, " ", i.offset, " ", i.rest))
	}
	return strings.Join(lines, "\n")
}

// sp is the local of the stack pointer in these tests.
const sp = 1

// A rewrite is what instructions become.
type rewrite struct{ before, after string }

func check(t *testing.T, cases map[string]rewrite, rewritten func([]instruction) []instruction) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := disassemble(rewritten(assemble(t, c.before)))
			if want := disassemble(assemble(t, c.after)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestShorten(t *testing.T) {
	check(t, map[string]rewrite{
		"an operation that does nothing": {"nop; local.get 2; nop", "local.get 2"},
		"a load from the frame": {
			"local.get 1; i64.extend_i32_u; i64.const 40; i64.add; i32.wrap_i64; i64.load 3",
			"local.get 1; i64.load 43"},
		"a store to the frame": {
			"local.get 1; i64.extend_i32_u; i64.const 40; i64.add; i32.wrap_i64; local.get 2; i64.store 0",
			"local.get 1; local.get 2; i64.store 40"},
		"a store of what takes more to compute": {
			"local.get 1; i64.extend_i32_u; i64.const 8; i64.add; i32.wrap_i64; local.get 1; i64.load 16; i32.wrap_i64; i32.load8_u 1; local.get 3; i64.add; local.tee 3; i64.store8 1",
			"local.get 1; local.get 1; i64.load 16; i32.wrap_i64; i32.load8_u 1; local.get 3; i64.add; local.tee 3; i64.store8 9"},
		"a store of what a call gives": {
			"local.get 1; i32.const 8; i32.add; call 5; i64.store 0",
			"local.get 1; i32.const 8; i32.add; call 5; i64.store 0"},
		"a place that is too far away": {
			"local.get 1; i32.const 0x7fff_ffff; i32.add; i64.load 0",
			"local.get 1; i32.const 0x7fff_ffff; i32.add; i64.load 0"},
		"a place that is too far on": {
			"local.get 1; i32.const 8; i32.add; local.get 2; i64.store 0xffff_fff8",
			"local.get 1; i32.const 8; i32.add; local.get 2; i64.store 0xffff_fff8"},
		"a place in what another local points to": {
			"local.get 2; i64.extend_i32_u; i64.const 40; i64.add; i32.wrap_i64; i64.load 3",
			"local.get 2; i64.extend_i32_u; i64.const 40; i64.add; i32.wrap_i64; i64.load 3"},
		"a store across the end of a block": {
			"block; local.get 1; i32.const 8; i32.add; end; local.get 2; i64.store 0",
			"block; local.get 1; i32.const 8; i32.add; end; local.get 2; i64.store 0"},
		"the address of a place in the frame": {
			"local.get 1; i64.extend_i32_u; i64.const 40; i64.add; local.set 2",
			"local.get 1; i64.extend_i32_u; i64.const 40; i64.add; local.set 2"},
		"a place below the frame": {
			"local.get 1; i64.extend_i32_u; i64.const -8; i64.add; i32.wrap_i64; i64.load 0",
			"local.get 1; i64.extend_i32_u; i64.const -8; i64.add; i32.wrap_i64; i64.load 0"},
		"a place that is not in the frame": {
			"local.get 2; i32.const 8; i32.add; i64.load 0",
			"local.get 2; i32.const 8; i32.add; i64.load 0"},
		"a global variable": {"i64.const 0x1_0000_0010; i32.wrap_i64; i64.load 8", "i32.const 16; i64.load 8"},

		"a value that goes into a local twice": {"local.tee 2; local.set 2", "local.set 2"},
		"a local that keeps its value":         {"local.get 2; local.set 2", ""},
		"a local that is read at once":         {"local.set 2; local.get 2; i64.eqz", "local.tee 2; i64.eqz"},
		"a local that another one takes from":  {"local.set 2; local.get 3; local.set 4", "local.set 2; local.get 3; local.set 4"},

		"a comparison as a number":           {"i64.lt_s; i64.extend_i32_u; i64.eqz; if", "i64.ge_s; if"},
		"a comparison that is turned around": {"i32.le_u; i32.eqz", "i32.gt_u"},
		"one that is turned around twice":    {"i64.eqz; i64.extend_i32_u; i64.eqz; i32.eqz; if", "i64.eqz; if"},
		"one that NaN turns around too":      {"f64.lt; i32.eqz; if", "f64.lt; i32.eqz; if"},
		"a number from 32 bits and back":     {"i64.extend_i32_u; i32.wrap_i64; i64.eqz", "i64.eqz"},

		"the end of a function": {
			"local.get 1; i32.const 16; i32.add; local.tee 1; global.set 0; local.get 1; i32.const 8; i32.add; local.tee 1; global.set 0; i32.const 0; return",
			"local.get 1; i32.const 24; i32.add; global.set 0; i32.const 0; return"},
		"the end of one with another global variable": {
			"local.get 1; i32.const 16; i32.add; local.tee 1; global.set 7; local.get 1; i32.const 8; i32.add; local.tee 1; global.set 0",
			"local.get 1; i32.const 16; i32.add; local.tee 1; global.set 7; local.get 1; i32.const 8; i32.add; local.tee 1; global.set 0"},
		"a result in another local": {"local.tee 2; global.set 0; i32.const 0; return", "local.tee 2; global.set 0; i32.const 0; return"},
		"a frame that is given back before more follows": {
			"local.get 1; i32.const 16; i32.add; local.tee 1; global.set 0; local.get 1; i64.load 8",
			"local.get 1; i32.const 16; i32.add; local.tee 1; global.set 0; local.get 1; i64.load 8"},
		"a branch under a condition":         {"if; br 3; end", "br_if 2"},
		"a branch to the condition's end":    {"if; br 0; end", "if; br 0; end"},
		"a branch that is not all there is":  {"if; nop; local.get 2; local.set 3; br 3; end", "if; local.get 2; local.set 3; br 3; end"},
		"a sequence that another rule makes": {"local.get 2; nop; local.set 2; nop", ""},
	}, func(code []instruction) []instruction { return shorten(code, sp) })
}

// What is true for none of two numbers must be what its opposite is true for.
func TestOpposites(t *testing.T) {
	// The comparisons in the order of their opcodes.
	comparisons := []func(a, b int64) bool{
		func(a, b int64) bool { return a == b },
		func(a, b int64) bool { return a != b },
		func(a, b int64) bool { return a < b },
		func(a, b int64) bool { return uint64(a) < uint64(b) },
		func(a, b int64) bool { return a > b },
		func(a, b int64) bool { return uint64(a) > uint64(b) },
		func(a, b int64) bool { return a <= b },
		func(a, b int64) bool { return uint64(a) <= uint64(b) },
		func(a, b int64) bool { return a >= b },
		func(a, b int64) bool { return uint64(a) >= uint64(b) },
	}
	if len(opposite) != 2*len(comparisons) {
		t.Errorf("%d opposites, want %d", len(opposite), 2*len(comparisons))
	}
	numbers := []int64{math.MinInt64, -1, 0, 1, math.MaxInt64}
	for _, first := range []byte{opI32Eq, opI64Eq} {
		for n, is := range comparisons {
			other := opposite[first+byte(n)]
			if int(other-first) >= len(comparisons) {
				t.Fatalf("%#x has the opposite %#x", first+byte(n), other)
			}
			for _, a := range numbers {
				for _, b := range numbers {
					if is(a, b) == comparisons[other-first](a, b) {
						t.Errorf("%#x and %#x are the same for %d and %d", first+byte(n), other, a, b)
					}
				}
			}
		}
	}
}

func TestJumpDown(t *testing.T) {
	// Places 0, 1 and 2 are the ends of the three blocks, from the inside out.
	const begin = "block; loop; block; block; block; local.get 0; br_table 0 1 2; end\n"
	check(t, map[string]rewrite{
		"to the next place":         {begin + "i32.const 1; local.set 0; br 2; end; nop; end; nop", begin + "br 0; end; nop; end; nop"},
		"to the one after it":       {begin + "i32.const 2; local.set 0; br 2; end; nop; end; nop", begin + "br 1; end; nop; end; nop"},
		"from within a condition":   {begin + "if; i32.const 2; local.set 0; br 3; end; end; end", begin + "if; br 2; end; end; end"},
		"back":                      {begin + "end; i32.const 0; local.set 0; br 1; end", begin + "end; i32.const 0; local.set 0; br 1; end"},
		"back to the place itself":  {begin + "end; i32.const 1; local.set 0; br 1; end", begin + "end; i32.const 1; local.set 0; br 1; end"},
		"to a place that is none":   {begin + "i32.const 3; local.set 0; br 2; end; end", begin + "i32.const 3; local.set 0; br 2; end; end"},
		"by another local":          {begin + "i32.const 1; local.set 5; br 2; end; end", begin + "i32.const 1; local.set 5; br 2; end; end"},
		"out of the loop":           {begin + "i32.const 1; local.set 0; br 3; end; end", begin + "i32.const 1; local.set 0; br 3; end; end"},
		"by a loop within the loop": {begin + "loop; i32.const 1; local.set 0; br 0; end; end; end", begin + "loop; i32.const 1; local.set 0; br 0; end; end; end"},
	}, jumpDown)
}

// A table with a label of no block, or a place that is the loop, has no places to go
// down to.
func TestOtherTables(t *testing.T) {
	for _, table := range []string{"7 0 0", "0 1 2"} {
		source := "block; loop; block; local.get 0; br_table " + table + "; end; block; i32.const 1; local.set 0; br 1; end; end; end"
		code := assemble(t, source)
		if got, want := disassemble(jumpDown(code)), disassemble(code); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", table, got, want)
		}
	}
}

func TestOutline(t *testing.T) {
	const (
		push  = "local.get 1; i32.const 8; i32.sub; local.tee 1; global.set 0; local.get 1; i64.const 77; i64.store 0; i32.const 0;"
		after = "global.get 0; local.set 1; br_if 4;"
	)
	check(t, map[string]rewrite{
		"a function that unwinds":     {push + "call 20;" + after + "end", "local.get 1; i64.const 77; call 90; return; end"},
		"one that does not":           {push + "call 21;" + after, push + "call 21;" + after},
		"a call that does not look":   {push + "call 20; drop", push + "call 20; drop"},
		"a frame of the same 8 bytes": {push + "drop", push + "drop"},
		"more than a return address":  {strings.Replace(push, "8", "16", 1) + "call 20;" + after, strings.Replace(push, "8", "16", 1) + "call 20;" + after},
		"a call of a later place":     {strings.Replace(push, "i32.const 0", "i32.const 3", 1) + "call 20;" + after, strings.Replace(push, "i32.const 0", "i32.const 3", 1) + "call 20;" + after},
	}, func(code []instruction) []instruction { return outlines{20: 90}.outline(code, sp) })
}

func TestInstructionsGoThere(t *testing.T) {
	m, err := split(compile(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	r := reader{data: m.section(codeSection).body}
	for n := range r.uint() {
		_, code, err := decodeFunction(r.bytes(r.uint()))
		if err != nil {
			t.Fatal(err)
		}
		again, err := decode(encode(nil, code))
		if err != nil || !reflect.DeepEqual(code, again) {
			t.Fatalf("function %d changed on its way through instructions: %v", n, err)
		}
	}
}

func TestUnknownInstructions(t *testing.T) {
	for name, body := range map[string][]byte{
		"a vector":             {0xfd, 12},
		"a table's":            {opPrefix, 12, 0, 0},
		"one that is cut":      {opI64Const, 0x80},
		"a cut table":          {opBrTable, 9, 1},
		"a cut number":         {opF64Const, 1, 2},
		"an index that is cut": {opCall},
	} {
		if code, err := decode(body); err == nil {
			t.Errorf("%s: got %v, want an error", name, code)
		}
	}
}

// The tests of the standard library pass when the program that runs them is
// stripped: they say more of what programs do than any of ours could.
func TestStandardLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute: go test ./build/wasmstrip")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node not found: apt-get install nodejs")
	}
	for _, name := range []string{"encoding/asn1", "fmt", "math/big", "reflect", "regexp", "sort", "strconv", "sync"} {
		t.Run(name, func(t *testing.T) {
			small, err := Strip(build(t, t.TempDir(), "test", "-c", name), "")
			if err != nil {
				t.Fatal(err)
			}
			if out, err := execute(t, node, filepath.Join(goroot(t), "src", name), small, "-test.short"); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
