package wasmstrip

import (
	"bytes"
	"errors"
	"fmt"
)

// globalSP is the global variable that holds the stack pointer.
const globalSP = 0

// shortenCode makes functions shorter, and the calls of those that are given by
// their numbers in the code section.
func (m module) shortenCode(callees []int) error {
	imported, err := m.imports()
	if err != nil {
		return err
	}
	code := m.section(codeSection)
	r := reader{data: code.body}
	count := r.uint()
	calls := outlines{}
	for n, f := range callees {
		calls[imported+int64(f)] = imported + int64(count) + int64(n)
	}
	out := appendUint(nil, count+uint64(len(callees)))
	for range count {
		f, err := shortenFunction(r.bytes(r.uint()), calls)
		if err := errors.Join(r.err, err); err != nil {
			return err
		}
		out = appendBytes(out, f)
	}
	for _, f := range callees {
		const locals = 0
		out = appendBytes(out, encode([]byte{locals}, outlined(imported+int64(f))))
	}
	code.body = out
	return m.declare(outlinedType, len(callees))
}

// imports counts the functions that come from outside, which have the first numbers.
func (m module) imports() (int64, error) {
	r := reader{data: m.section(importSection).body}
	count := r.uint()
	for n := count; n > 0 && r.err == nil; n-- {
		r.bytes(r.uint())
		r.bytes(r.uint())
		if kind := r.byte(); kind != 0 {
			return 0, fmt.Errorf("wasmstrip: an import of kind %d, which is no function", kind)
		}
		r.uint()
	}
	return int64(count), r.err
}

// declare adds functions of a new type.
func (m module) declare(functionType []byte, count int) error {
	types, functions := m.section(typeSection), m.section(functionSection)
	t, f := reader{data: types.body}, reader{data: functions.body}
	index := t.uint()
	all := f.uint() + uint64(count)
	types.body = append(append(appendUint(nil, index+1), t.data...), functionType...)
	functions.body = append(appendUint(nil, all), f.data...)
	for range count {
		functions.body = appendUint(functions.body, index)
	}
	return errors.Join(t.err, f.err)
}

// shortenFunction makes a function shorter, if it begins by taking the stack
// pointer from its global variable. Those of the compiler do; assembly and what the
// program exports may not, and stay as they are.
func shortenFunction(function []byte, calls outlines) ([]byte, error) {
	locals, code, err := decodeFunction(function)
	if err != nil {
		return nil, err
	}
	if len(code) < 2 || code[0].op != opGlobalGet || code[0].x != globalSP || code[1].op != opLocalSet {
		return function, nil
	}
	sp := code[1].x
	code = calls.outline(shorten(jumpDown(code), sp), sp)
	return encode(bytes.Clone(locals), code), nil
}

// decodeFunction gives the declarations of a function's locals, as they stand, and
// its instructions.
func decodeFunction(function []byte) (locals []byte, code []instruction, err error) {
	r := reader{data: function}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		r.uint()
		r.byte()
	}
	code, err = decode(r.data)
	return function[:len(function)-len(r.data)], code, errors.Join(r.err, err)
}
