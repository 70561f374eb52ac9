package wasmstrip

import "regexp"

// Every access to memory may end in a call that panics, and every function begins
// with one that makes its stack larger. Each such call writes its return address
// on the stack, in eight instructions, and then looks whether to unwind, which it
// always has to. Here a function writes the address, one for each callee.

// unwinding are the names of the functions that are called that way: they always
// unwind the stack of WebAssembly, and so give 1. They go on elsewhere, by gogo, or
// end the program.
var unwinding = regexp.MustCompile(`^runtime\.(morestack(_noctxt)?|sigpanic|goPanic\w+|gopanic|panicdivide|throw)$`)

// unwindingCall is such a call as the compiler writes it: SP -= 8, then the return
// address goes there; after the call the stack may be elsewhere, and 1 has the
// caller branch to its end, where it gives 1 as well.
var unwindingCall = []byte{
	opLocalGet, opI32Const, opI32Sub, opLocalTee, opGlobalSet,
	opLocalGet, opI64Const, opI64Store,
	opI32Const, opCall, opGlobalGet, opLocalSet, opBrIf,
}

// outlines are the numbers of functions that make a call, by those that they call.
type outlines map[int64]int64

// outline replaces calls.
func (o outlines) outline(code []instruction, sp int64) []instruction {
	out := make([]instruction, 0, len(code))
	for _, i := range code {
		out = append(out, i)
		if !endsIn(out, unwindingCall...) {
			continue
		}
		call := out[len(out)-len(unwindingCall):]
		by, ok := o[call[9].x]
		local := call[0].x == sp && call[3].x == sp && call[5].x == sp && call[11].x == sp
		global := call[4].x == globalSP && call[10].x == globalSP
		if !ok || !local || !global || call[1].x != 8 || call[7].offset != 0 || call[8].x != 0 {
			continue
		}
		address := call[6]
		out = append(out[:len(out)-len(call)],
			instruction{op: opLocalGet, x: sp}, address, instruction{op: opCall, x: by}, instruction{op: opReturn})
	}
	return out
}

// outlinedType is the type of such a function: the stack pointer and the return
// address give what the callee gives.
var outlinedType = []byte{0x60, 2, 0x7f, 0x7e, 1, 0x7f}

// outlined is its code.
func outlined(callee int64) []instruction {
	const sp, address = 0, 1
	return []instruction{
		{op: opLocalGet, x: sp},
		{op: opI32Const, x: 8},
		{op: opI32Sub},
		{op: opLocalTee, x: sp},
		{op: opGlobalSet, x: globalSP},
		{op: opLocalGet, x: sp},
		{op: opLocalGet, x: address},
		{op: opI64Store, x: 3},
		{op: opI32Const, x: 0},
		{op: opCall, x: callee},
		{op: opEnd},
	}
}
