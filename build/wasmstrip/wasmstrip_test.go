package wasmstrip

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program uses what depends on the tables that stay, and on the calls that unwind:
// the collector walks its stacks, stacks grow, goroutines switch, panics unwind
// them, and the end prints a traceback.
const program = `package main

import (
	"fmt"
	"math"
)

type node struct {
	next *node
	x    int
}

func grow(n int) *node {
	if n == 0 {
		return nil
	}
	return &node{grow(n - 1), n}
}

func caught(f func()) (r any) {
	defer func() { r = recover() }()
	f()
	return nil
}

//go:noinline
func at(s []int, i int) int { return s[i] }

//go:noinline
func below(a, b float64) string {
	switch {
	case !(a < b):
		return "not below"
	case a+1 >= b:
		return "near"
	}
	return "below"
}

//go:noinline
func uncaught() { panic("the end") }

func main() {
	length := 0
	for range 200 {
		length = 0
		for n := grow(5000); n != nil; n = n.next {
			length++
		}
	}
	var m map[string]int
	var none *node
	zero := 0
	fmt.Println(length,
		caught(func() { m["x"] = 1 }),
		caught(func() { none.x = 1 }),
		caught(func() { fmt.Print(at([]int{1, 2}, 2)) }),
		caught(func() { fmt.Print(1 / zero) }),
		caught(func() { _ = any(zero).(string) }))
	fmt.Println(below(1, 3), below(1, 2), below(2, 1), below(math.NaN(), 1))
	numbers, squares := make(chan int), make(chan int, 2)
	for range 3 {
		go func() {
			for n := range numbers {
				squares <- n * n
			}
		}()
	}
	go func() {
		for n := range 100 {
			numbers <- n
		}
	}()
	sum := 0
	for range 100 {
		sum += <-squares
	}
	fmt.Println(sum)
	uncaught()
}
`

// said is what it prints before it panics.
const said = `5000 assignment to entry in nil map runtime error: invalid memory address or nil pointer dereference runtime error: index out of range [2] with length 2 runtime error: integer divide by zero interface conversion: interface {} is int, not string
below near not below not below
328350
`

func TestStripKeepsWhatAProgramDoes(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node not found: apt-get install nodejs")
	}
	dir := t.TempDir()
	whole := compile(t, dir)
	small, err := Strip(whole, "runtime.", "main.main")
	if err != nil {
		t.Fatal(err)
	}
	before, end1 := execute(t, node, dir, whole)
	after, end2 := execute(t, node, dir, small)
	if end1 == nil || end2 == nil {
		t.Errorf("the program ended well, and should have panicked")
	}
	if !strings.HasPrefix(before, said) || !strings.HasPrefix(after, said) {
		t.Fatalf("before: %s\nafter: %s", before, after)
	}
	for _, want := range []string{"panic: the end", "main.main("} {
		if !strings.Contains(after, want) {
			t.Errorf("the traceback lacks %q:\n%s", want, after)
		}
	}
	if !strings.Contains(before, "main.uncaught(") || strings.Contains(after, "uncaught") {
		t.Errorf("only the whole program should name this function:\n%s\n%s", before, after)
	}
	if !strings.Contains(before, "main.go:") || strings.Contains(after, "main.go") {
		t.Errorf("only the whole program should know its lines:\n%s\n%s", before, after)
	}
}

// compile compiles the program for the browser.
func compile(t *testing.T, dir string) []byte {
	t.Helper()
	for name, text := range map[string]string{"main.go": program, "go.mod": "module stripped\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return build(t, dir, "build")
}

// build gives what a verb of the go command makes for the browser.
func build(t *testing.T, dir, verb string, arguments ...string) []byte {
	t.Helper()
	c := exec.Command("go", append([]string{verb, "-trimpath", "-ldflags=-s -w", "-o", "whole.wasm"}, arguments...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off", "GOFLAGS=-mod=mod")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "whole.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// execute runs a program in a directory, and gives all it printed.
func execute(t *testing.T, node, dir string, program []byte, arguments ...string) (string, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "run.wasm")
	if err := os.WriteFile(name, program, 0o644); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(goroot(t), "lib", "wasm", "wasm_exec_node.js")
	// A wrong rule may make a loop of what was none.
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, node, append([]string{"--stack-size=8192", script, name}, arguments...)...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err
}

func goroot(t *testing.T) string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(root))
}

func TestStripRefuses(t *testing.T) {
	module := func(sections ...[]byte) []byte { return append(bytes.Clone(header), bytes.Join(sections, nil)...) }
	code := []byte{codeSection, 1, 0}
	for name, in := range map[string][]byte{
		"nothing":                  {},
		"another format":           []byte("\x7fELF\x01\x00\x00\x00"),
		"a cut section":            module([]byte{codeSection, 9, 0}),
		"no code":                  module([]byte{dataSection, 1, 0}),
		"a table of no functions":  module(code, []byte{dataSection, 79, 1, 0, opI32Const, 0, opEnd, 73}, magic, make([]byte, headerSize-len(magic)), []byte{0}),
		"no table of functions":    module(code, []byte{dataSection, 7, 1, 0, opI32Const, 0, opEnd, 1, 'x'}),
		"a passive segment":        module(code, []byte{dataSection, 4, 1, 1, 1, 'x'}),
		"a segment below 0":        module(code, []byte{dataSection, 7, 1, 0, opI32Const, 0x7f, opEnd, 1, 'x'}),
		"a segment that is cut":    module(code, []byte{dataSection, 6, 1, 0, opI32Const, 0, opEnd, 9}),
		"a segment out of reach":   module(code, []byte{dataSection, 11, 1, 0, opI32Const, 0xff, 0xff, 0xff, 0xff, 0x0f, opEnd, 1, 'x'}),
		"a number without its end": module(code, []byte{dataSection, 2, 0x80, 0x80}),
	} {
		if out, err := Strip(in); err == nil {
			t.Errorf("%s: got %d bytes, want an error", name, len(out))
		}
	}
}

func TestSegments(t *testing.T) {
	memory := make([]byte, 3*gap)
	copy(memory[5:], "one")
	copy(memory[100:], "same segment")
	copy(memory[2*gap:], "two")
	body := writeData(memory)
	if body[0] != 2 {
		t.Errorf("got %d segments, want 2", body[0])
	}
	got, err := readData(body)
	if err != nil {
		t.Fatal(err)
	}
	if want := bytes.TrimRight(memory, "\x00"); !bytes.Equal(bytes.TrimRight(got, "\x00"), want) {
		t.Error("the memory changed on its way through a data section")
	}
}

func TestNumbers(t *testing.T) {
	for _, v := range []int64{0, 1, 63, 64, -1, -64, -65, 127, 128, 1 << 20, -1 << 31} {
		r := reader{data: appendInt(nil, v)}
		if got := r.int(); got != v || r.err != nil || len(r.data) != 0 {
			t.Errorf("%d became %d, %v, %d bytes left", v, got, r.err, len(r.data))
		}
	}
}
