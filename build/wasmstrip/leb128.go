package wasmstrip

import (
	"encoding/binary"
	"errors"
)

// A reader takes values off the front of some bytes. The first error stays.
type reader struct {
	data []byte
	err  error
}

var errShort = errors.New("wasmstrip: the program ends in the middle of a value")

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.data)) {
		r.data, r.err = nil, errShort
		return nil
	}
	taken := r.data[:n]
	r.data = r.data[n:]
	return taken
}

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// uint reads an unsigned LEB128 number (WebAssembly core specification 5.2.2),
// which is also the form of Go's own tables.
func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.data, r.err = nil, errShort
		return 0
	}
	r.data = r.data[n:]
	return v
}

// int reads a signed LEB128 number.
func (r *reader) int() int64 {
	var v int64
	for shift := uint(0); shift < 64; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b&0x80 != 0 {
			continue
		}
		if b&0x40 != 0 {
			v |= -1 << (shift + 7)
		}
		return v
	}
	r.err = errShort
	return 0
}

func appendUint(to []byte, v uint64) []byte { return binary.AppendUvarint(to, v) }

// appendBytes adds some bytes after their number, the form of sections, functions
// and data.
func appendBytes(to, data []byte) []byte { return append(appendUint(to, uint64(len(data))), data...) }

func appendInt(to []byte, v int64) []byte {
	for {
		b := byte(v & 0x7f)
		v >>= 7
		if v == 0 && b&0x40 == 0 || v == -1 && b&0x40 != 0 {
			return append(to, b)
		}
		to = append(to, b|0x80)
	}
}
