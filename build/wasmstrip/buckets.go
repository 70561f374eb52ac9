package wasmstrip

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// A bucket (runtime.findfuncbucket) is for 4,096 addresses: the index of their
// first function, and for each 256 of them how much to add. The addresses of a
// function are a span of 65,536.
const (
	bucketSize         = 4 + 16
	bucketsPerFunction = 65536 / 4096
)

// clearBuckets clears the table that gives the function of an address. It says in
// 320 bytes a function what the address says itself. A runtime that asks it all
// the same then searches all functions from the first on.
func clearBuckets(memory []byte, functions int) error {
	buckets := (functions - 1) * bucketsPerFunction // the last function may have fewer
	want := make([]byte, buckets*bucketSize)
	for b := range buckets {
		binary.LittleEndian.PutUint32(want[b*bucketSize:], uint32(b/bucketsPerFunction))
	}
	// The first function's buckets are zeros, which other zeros may precede.
	first := bucketsPerFunction * bucketSize
	at := bytes.Index(memory, want[first:])
	if at < first {
		return errors.New("wasmstrip: no table of 16 buckets for each function")
	}
	clear(memory[at : at+len(want)-first])
	return nil
}
