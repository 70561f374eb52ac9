// Package wasmstrip makes a WebAssembly program of the Go linker smaller without
// changing what it does:
//
//   - The linker cuts the memory image into up to 100,000 data segments, to leave
//     out short runs of zeros. Zeros compress to nothing, and the addresses of the
//     segments do not: they are joined to a few.
//   - The table of functions says for every instruction which file and line it
//     came from. Only the text of a traceback shows that, and the flags of the
//     linker that drop debug information keep it. It is cleared.
//   - The names of functions are cleared as well, but for those that a traceback
//     should still show.
//   - The table that gives the function of an address is cleared: the address says
//     it too, and build/overlay.go has the runtime read it there.
//   - The compiler writes one instruction where another architecture has one, and
//     leaves the rest to the browser. A quarter of them can go (shorten.go,
//     jumps.go, calls.go). What a browser compiles just before it runs is the
//     longest part of a start, and takes as long as there are instructions.
//
// It knows the format of the object file, of the table of functions and of the
// instructions, and refuses a program in which it does not find them exactly as
// expected.
package wasmstrip

import (
	"bytes"
	"errors"
	"fmt"
)

// A section is one section of a module (WebAssembly core specification 5.5.2).
type section struct {
	id   byte
	body []byte
}

// The sections that matter here.
const (
	typeSection     = 1
	importSection   = 2
	functionSection = 3
	codeSection     = 10
	dataSection     = 11
)

var header = []byte("\x00asm\x01\x00\x00\x00")

// Strip gives a smaller program that does the same. Functions keep their names
// whose names begin in one of the given ways; "runtime." must be among them,
// because the runtime knows its own goroutines by it.
func Strip(program []byte, named ...string) ([]byte, error) {
	m, err := split(program)
	if err != nil {
		return nil, err
	}
	code, data := m.section(codeSection), m.section(dataSection)
	r := reader{data: code.body}
	functions := int(r.uint())
	memory, err := readData(data.body)
	if err := errors.Join(r.err, err); err != nil {
		return nil, err
	}
	t, err := findTable(memory, functions)
	if err != nil {
		return nil, err
	}
	rare, err := t.functions(functions, unwinding)
	if err != nil {
		return nil, err
	}
	if err := m.shortenCode(rare); err != nil {
		return nil, err
	}
	if err := t.clearLines(functions); err != nil {
		return nil, err
	}
	t.clearNames(named)
	if err := clearBuckets(memory, functions); err != nil {
		return nil, err
	}
	data.body = writeData(memory)
	return m.join(), nil
}

// A module is the sections of a program, in their order.
type module []section

func split(program []byte) (module, error) {
	rest, ok := bytes.CutPrefix(program, header)
	if !ok {
		return nil, errors.New("wasmstrip: not a WebAssembly module, version 1")
	}
	var m module
	r := reader{data: rest}
	for len(r.data) > 0 && r.err == nil {
		id := r.byte()
		m = append(m, section{id, r.bytes(r.uint())})
	}
	return m, r.err
}

func (m module) join() []byte {
	out := bytes.Clone(header)
	for _, s := range m {
		out = appendBytes(append(out, s.id), s.body)
	}
	return out
}

// section is the section of some kind; an empty one that is not of the module
// when it has none.
func (m module) section(id byte) *section {
	for i := range m {
		if m[i].id == id {
			return &m[i]
		}
	}
	return &section{id: id}
}

// memoryLimit is the largest memory image that is believed, in bytes.
const memoryLimit = 256 << 20

// readData gives the memory as the segments of a data section initialise it.
func readData(body []byte) ([]byte, error) {
	r := reader{data: body}
	var memory []byte
	for range r.uint() {
		if mode := r.uint(); mode != 0 || r.byte() != opI32Const {
			return nil, errors.New("wasmstrip: a data segment that is not at a constant place in memory 0")
		}
		offset := r.int()
		if r.byte() != opEnd {
			return nil, errors.New("wasmstrip: a data segment with a computed place")
		}
		data := r.bytes(r.uint())
		if r.err != nil {
			return nil, r.err
		}
		end := offset + int64(len(data))
		if offset < 0 || end > memoryLimit {
			return nil, fmt.Errorf("wasmstrip: a data segment at %d to %d", offset, end)
		}
		if grow := int(end) - len(memory); grow > 0 {
			memory = append(memory, make([]byte, grow)...)
		}
		copy(memory[offset:], data)
	}
	return memory, r.err
}

// gap is the shortest run of zeros for which a new segment begins.
const gap = 1024

// writeData gives a data section that initialises the memory in the same way.
func writeData(memory []byte) []byte {
	var segments []byte
	count := uint64(0)
	zeros := make([]byte, gap)
	for start := 0; ; {
		for start < len(memory) && memory[start] == 0 {
			start++
		}
		if start == len(memory) {
			break
		}
		end := len(memory)
		if n := bytes.Index(memory[start:], zeros); n >= 0 {
			end = start + n
		}
		segments = append(segments, 0, opI32Const)
		segments = appendInt(segments, int64(start))
		segments = appendBytes(append(segments, opEnd), memory[start:end])
		count++
		start = end
	}
	return append(appendUint(nil, count), segments...)
}
