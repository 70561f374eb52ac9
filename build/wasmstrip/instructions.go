package wasmstrip

import (
	"errors"
	"fmt"
)

// The opcodes that the rules know (WebAssembly core specification 5.4).
const (
	opNop        = 0x01
	opBlock      = 0x02
	opLoop       = 0x03
	opIf         = 0x04
	opElse       = 0x05
	opEnd        = 0x0b
	opBr         = 0x0c
	opBrIf       = 0x0d
	opBrTable    = 0x0e
	opReturn     = 0x0f
	opCall       = 0x10
	opIndirect   = 0x11
	opDrop       = 0x1a
	opSelect     = 0x1b
	opLocalGet   = 0x20
	opLocalSet   = 0x21
	opLocalTee   = 0x22
	opGlobalGet  = 0x23
	opGlobalSet  = 0x24
	opI32Load    = 0x28 // the first of the loads
	opI64Load32U = 0x35 // the last
	opI32Store   = 0x36 // the first of the stores
	opI64Store   = 0x37
	opI64Store32 = 0x3e // the last
	opMemorySize = 0x3f
	opMemoryGrow = 0x40
	opI32Const   = 0x41
	opI64Const   = 0x42
	opF32Const   = 0x43
	opF64Const   = 0x44
	opI32Eqz     = 0x45 // the first of those without an immediate
	opI32Eq      = 0x46
	opI64Eqz     = 0x50
	opI64Eq      = 0x51
	opF32Eq      = 0x5b
	opF64Ge      = 0x66
	opI32Clz     = 0x67
	opI32Popcnt  = 0x69
	opI32Add     = 0x6a
	opI32Sub     = 0x6b
	opI32Rotr    = 0x78
	opI64Clz     = 0x79
	opI64Popcnt  = 0x7b
	opI64Add     = 0x7c
	opI64Rotr    = 0x8a
	opI32Wrap    = 0xa7 // i32.wrap_i64, the first of the conversions
	opI64ExtendU = 0xad // i64.extend_i32_u
	opExtend32S  = 0xc4 // the last of them, and of those without an immediate
	opPrefix     = 0xfc // of bulk memory and saturating conversions
)

// blockEmpty is the type of a block that takes and gives nothing.
const blockEmpty = -64

// An instruction has an opcode and its immediates.
type instruction struct {
	op byte
	// x is a constant, a block's type, or the index of a local, global, function,
	// or label; of a load or store it is the alignment.
	x int64
	// offset is that of a load or store.
	offset uint64
	// rest are immediates that no rule changes.
	rest []byte
}

var errInstruction = errors.New("wasmstrip: an instruction that the Go compiler does not use")

// decode reads the instructions of a body.
func decode(body []byte) ([]instruction, error) {
	r := reader{data: body}
	var code []instruction
	for len(r.data) > 0 && r.err == nil {
		i := instruction{op: r.byte()}
		from := r.data
		switch op := i.op; {
		case op <= opNop, op == opElse, op == opEnd, op == opReturn, op == opDrop, op == opSelect, op >= opI32Eqz && op <= opExtend32S:
		case op >= opBlock && op <= opIf, op == opI32Const, op == opI64Const:
			i.x = r.int()
		case op == opBr, op == opBrIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
			i.x = int64(r.uint())
		case op >= opI32Load && op <= opI64Store32:
			i.x, i.offset = int64(r.uint()), r.uint()
		case op == opBrTable:
			for n := r.uint() + 1; n > 0 && r.err == nil; n-- {
				r.uint()
			}
			i.rest = from[:len(from)-len(r.data)]
		case op == opIndirect:
			r.uint()
			r.uint()
			i.rest = from[:len(from)-len(r.data)]
		case op == opMemorySize, op == opMemoryGrow:
			i.rest = r.bytes(1)
		case op == opF32Const:
			i.rest = r.bytes(4)
		case op == opF64Const:
			i.rest = r.bytes(8)
		case op == opPrefix:
			indices, known := prefixed[r.uint()]
			if !known {
				return nil, fmt.Errorf("%w: 0xfc %#x", errInstruction, from[0])
			}
			r.bytes(indices)
			i.rest = from[:len(from)-len(r.data)]
		default:
			return nil, fmt.Errorf("%w: %#x", errInstruction, op)
		}
		code = append(code, i)
	}
	return code, r.err
}

// prefixed are the instructions that begin in 0xfc, with the bytes of memory
// indices that follow.
var prefixed = map[uint64]uint64{0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 10: 2, 11: 1}

// encode is the reverse of decode.
func encode(to []byte, code []instruction) []byte {
	for _, i := range code {
		to = append(to, i.op)
		switch op := i.op; {
		case op >= opBlock && op <= opIf, op == opI32Const, op == opI64Const:
			to = appendInt(to, i.x)
		case op == opBr, op == opBrIf, op == opCall, op >= opLocalGet && op <= opGlobalSet:
			to = appendUint(to, uint64(i.x))
		case op >= opI32Load && op <= opI64Store32:
			to = appendUint(appendUint(to, uint64(i.x)), i.offset)
		default:
			to = append(to, i.rest...)
		}
	}
	return to
}

// targets are the labels of a br_table.
func (i instruction) targets() []int {
	r := reader{data: i.rest}
	labels := make([]int, r.uint()+1)
	for n := range labels {
		labels[n] = int(r.uint())
	}
	return labels
}
