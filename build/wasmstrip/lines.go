package wasmstrip

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

// The table of functions, as runtime/symtab.go describes it for Go 1.20 to 1.26:
// a header, and in it the places of five parts.
const (
	headerSize  = 8 + 8*8 // magic and sizes; then eight words
	wordNFunc   = 0       // the words of the header, by their index
	wordNames   = 3
	wordUnits   = 4
	wordFiles   = 5
	wordPCTab   = 6
	wordFuncTab = 7
)

// magic begins the header: the version, two zeros, instructions of 1 byte and
// pointers of 8 bytes.
var magic = []byte("\xf1\xff\xff\xff\x00\x00\x01\x08")

// A function record (runtime._func) begins with ten words of 4 bytes and four
// single bytes; the offsets of its other tables follow.
const (
	recordName   = 4
	recordPCSP   = 16
	recordFile   = 20
	recordLine   = 24
	recordNPC    = 28
	recordTables = 44
)

// A table is the table of functions in some memory.
type table struct {
	memory []byte
	// base is where the header starts; words are those of the header.
	base  int
	words [8]uint64
}

// functions are the numbers of those whose names match.
func (t table) functions(count int, name *regexp.Regexp) ([]int, error) {
	var found []int
	for i := range count {
		record, err := t.record(i)
		if err != nil {
			return nil, err
		}
		if name.Match(t.name(record)) {
			found = append(found, i)
		}
	}
	if found == nil {
		return nil, fmt.Errorf("wasmstrip: no function is named %s", name)
	}
	return found, nil
}

// name is the name of the function of a record.
func (t table) name(record []byte) []byte {
	names := t.names()
	at := int(binary.LittleEndian.Uint32(record[recordName:]))
	if at > len(names) {
		return nil
	}
	name, _, _ := bytes.Cut(names[at:], []byte{0})
	return name
}

// names are the names of all functions, each with a zero at its end.
func (t table) names() []byte {
	return t.memory[t.base+int(t.words[wordNames]) : t.base+int(t.words[wordUnits])]
}

// clearNames clears names, and the names of files,
// which no function refers to any more.
func (t table) clearNames(named []string) {
	for name := range bytes.SplitSeq(t.names(), []byte{0}) {
		if !slices.ContainsFunc(named, func(prefix string) bool { return bytes.HasPrefix(name, []byte(prefix)) }) {
			clear(name)
		}
	}
	clear(t.memory[t.base+int(t.words[wordFiles]) : t.base+int(t.words[wordPCTab])])
}

// clearLines forgets which file and line an instruction came from.
func (t table) clearLines(functions int) error {
	lines, others := map[uint32]bool{}, map[uint32]bool{}
	first := t.entry(0)
	for i := range functions {
		record, err := t.record(i)
		if err != nil {
			return err
		}
		if t.entry(i) != first+uint32(i) {
			return errors.New("wasmstrip: the functions are not in the order of their addresses")
		}
		for _, field := range []int{recordFile, recordLine} {
			lines[binary.LittleEndian.Uint32(record[field:])] = true
			// 0 stands for a function without that table; the runtime then
			// prints "?" for the file.
			binary.LittleEndian.PutUint32(record[field:], 0)
		}
		for _, offset := range otherTables(record) {
			others[offset] = true
		}
	}
	return t.clear(lines, others)
}

func findTable(memory []byte, functions int) (table, error) {
	for base := 0; ; base++ {
		n := bytes.Index(memory[base:], magic)
		if n < 0 || base+n+headerSize > len(memory) {
			return table{}, errors.New("wasmstrip: no table of functions in the format of Go 1.20 to 1.26")
		}
		base += n
		t := table{memory: memory, base: base}
		for i := range t.words {
			t.words[i] = binary.LittleEndian.Uint64(memory[base+8+8*i:])
		}
		room := uint64(len(memory) - base)
		if t.words[wordNFunc] == uint64(functions) && slices.IsSorted(t.words[wordNames:]) &&
			t.words[wordFuncTab] < room && uint64(functions) <= (room-t.words[wordFuncTab])/8 && functions > 1 {
			return t, nil
		}
	}
}

// entry is the address of a function, without the 16 bits for places in it.
func (t table) entry(i int) uint32 {
	return binary.LittleEndian.Uint32(t.memory[t.base+int(t.words[wordFuncTab])+8*i:])
}

// record is the record of a function, its variable part included.
func (t table) record(i int) ([]byte, error) {
	part := t.memory[t.base+int(t.words[wordFuncTab]):]
	if len(part) < 8*(i+1) {
		return nil, errShort
	}
	// Each entry has the place of the function's code, and that of its record.
	offset := uint64(binary.LittleEndian.Uint32(part[8*i+4:]))
	if offset+recordTables > uint64(len(part)) {
		return nil, errShort
	}
	record := part[offset:]
	end := recordTables + 4*uint64(binary.LittleEndian.Uint32(record[recordNPC:]))
	if end > uint64(len(record)) {
		return nil, errShort
	}
	return record[:end], nil
}

// otherTables are the offsets of the tables that the runtime needs: the sizes of
// frames, and where the pointers are in them.
func otherTables(record []byte) []uint32 {
	offsets := []uint32{binary.LittleEndian.Uint32(record[recordPCSP:])}
	for at := recordTables; at < len(record); at += 4 {
		offsets = append(offsets, binary.LittleEndian.Uint32(record[at:]))
	}
	return offsets
}

// clear clears the tables at the given offsets, but for those that are also used
// otherwise: the linker stores equal tables once. All tables together must be the
// whole part, or else the format is not the one that is known here.
func (t table) clear(lines, others map[uint32]bool) error {
	part := t.memory[t.base+int(t.words[wordPCTab]) : t.base+int(t.words[wordFuncTab])]
	known := 0
	for offset := range union(lines, others) {
		if offset == 0 {
			continue
		}
		if int(offset) >= len(part) {
			return errShort
		}
		n, err := tableLength(part[offset:])
		if err != nil {
			return err
		}
		known += n
		if !others[offset] {
			clear(part[offset : int(offset)+n])
		}
	}
	// The part begins with one unused byte, and ends on a multiple of 8.
	if unknown := len(part) - known; unknown < 1 || unknown > 8 {
		return fmt.Errorf("wasmstrip: %d of the %d bytes of the tables belong to no function", unknown, len(part))
	}
	return nil
}

func union(a, b map[uint32]bool) map[uint32]bool {
	all := make(map[uint32]bool, len(a)+len(b))
	for _, m := range []map[uint32]bool{a, b} {
		for offset := range m {
			all[offset] = true
		}
	}
	return all
}

// tableLength is the length of a table that starts with data: pairs of a change
// of value and a change of address, until a change of value of 0 that is not the
// first.
func tableLength(data []byte) (int, error) {
	r := reader{data: data}
	for first := true; ; first = false {
		change := r.uint()
		if change == 0 && !first {
			return len(data) - len(r.data), r.err
		}
		r.uint()
		if r.err != nil {
			return 0, r.err
		}
	}
}
