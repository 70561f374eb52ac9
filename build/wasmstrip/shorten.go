package wasmstrip

// A rule replaces a sequence of instructions by a shorter one that does the same.
type rule struct {
	// sequence are the opcodes; load and store stand for each of theirs.
	sequence []byte
	// shorter gives what takes its place, or false where it does not apply. sp is
	// the local that holds the stack pointer.
	shorter func(s []instruction, sp int64) ([]instruction, bool)
}

// rules are what the Go compiler leaves.
var rules = []rule{
	{[]byte{opNop}, func([]instruction, int64) ([]instruction, bool) {
		return nil, true
	}},

	// An address in the stack frame goes through 64 bits and back.
	{[]byte{opLocalGet, opI64ExtendU, opI64Const, opI64Add, opI32Wrap}, func(s []instruction, sp int64) ([]instruction, bool) {
		return []instruction{s[0], {op: opI32Const, x: s[2].x}, {op: opI32Add}}, s[0].x == sp && inFrame(s[2].x)
	}},
	// Loads and stores have a place for the distance. It is added without going round
	// at 32 bits, as no sum does here: the stack pointer is an address in the memory.
	{[]byte{opLocalGet, opI32Const, opI32Add, load}, func(s []instruction, sp int64) ([]instruction, bool) {
		return []instruction{s[0], displaced(s[3], s[1].x)}, s[0].x == sp && inFrame(s[1].x) && inFrame(int64(s[3].offset))
	}},

	{[]byte{opI64Const, opI32Wrap}, func(s []instruction, _ int64) ([]instruction, bool) {
		return []instruction{{op: opI32Const, x: int64(int32(s[0].x))}}, true
	}},

	// Values go into locals twice.
	{[]byte{opLocalTee, opLocalSet}, func(s []instruction, _ int64) ([]instruction, bool) {
		return s[1:], s[0].x == s[1].x
	}},
	{[]byte{opLocalGet, opLocalSet}, func(s []instruction, _ int64) ([]instruction, bool) {
		return nil, s[0].x == s[1].x
	}},
	{[]byte{opLocalSet, opLocalGet}, func(s []instruction, _ int64) ([]instruction, bool) {
		return []instruction{{op: opLocalTee, x: s[0].x}}, s[0].x == s[1].x
	}},

	// Comparisons become numbers of 64 bits, and comparisons again.
	{[]byte{opI64ExtendU, opI64Eqz}, func([]instruction, int64) ([]instruction, bool) {
		return []instruction{{op: opI32Eqz}}, true
	}},
	{[]byte{opI64ExtendU, opI32Wrap}, func([]instruction, int64) ([]instruction, bool) {
		return nil, true
	}},
	{[]byte{comparison, opI32Eqz}, func(s []instruction, _ int64) ([]instruction, bool) {
		return []instruction{{op: opposite[s[0].op]}}, true
	}},
	{[]byte{opI32Eqz, opI32Eqz, opIf}, func(s []instruction, _ int64) ([]instruction, bool) {
		return s[2:], true
	}},

	// A function gives back its frame, then the return address, and the local is
	// of no use after that.
	{[]byte{opI32Const, opI32Add, opLocalTee, opGlobalSet, opLocalGet, opI32Const, opI32Add, opLocalTee, opGlobalSet}, func(s []instruction, sp int64) ([]instruction, bool) {
		sum := instruction{op: opI32Const, x: s[0].x + s[5].x}
		local := s[2].x == sp && s[4].x == sp && s[7].x == sp
		global := s[3].x == globalSP && s[8].x == globalSP
		return append([]instruction{sum}, s[6:]...), local && global && inFrame(sum.x)
	}},
	{[]byte{opLocalTee, opGlobalSet, opI32Const, opReturn}, func(s []instruction, sp int64) ([]instruction, bool) {
		return s[1:], s[0].x == sp
	}},

	{[]byte{opIf, opBr, opEnd}, func(s []instruction, _ int64) ([]instruction, bool) {
		return []instruction{{op: opBrIf, x: s[1].x - 1}}, s[0].x == blockEmpty && s[1].x > 0
	}},
}

// What stands in a sequence for many opcodes: values that are none.
const (
	load       = 0xf0
	comparison = 0xf1
)

// opposite are the comparisons of whole numbers, with those that are true when
// they are not. (Most comparisons of floating-point numbers have none: with NaN,
// both "less" and "greater or equal" are false.)
var opposite = opposites()

func opposites() map[byte]byte {
	all := map[byte]byte{}
	for _, first := range []byte{opI32Eq, opI64Eq} {
		// eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u
		for n, o := range []byte{1, 0, 8, 9, 6, 7, 4, 5, 2, 3} {
			all[first+byte(n)] = first + o
		}
	}
	return all
}

// inFrame says whether a number can be a distance from the stack pointer: the
// compiler refuses frames of more than 1 GB. The sum of two has less than 32 bits.
func inFrame(n int64) bool { return n >= 0 && n < 1<<30 }

// displaced is a load or store of a place that is n bytes further on.
func displaced(i instruction, n int64) instruction {
	i.offset += uint64(n)
	return i
}

// shorten applies the rules wherever they apply, also to what they gave.
func shorten(code []instruction, sp int64) []instruction {
	out := make([]instruction, 0, len(code))
	for _, i := range code {
		out = append(out, i)
		for again := true; again; {
			out, again = shortenEnd(out, sp)
		}
	}
	return out
}

// shortenEnd applies the first rule that applies to the last instructions.
func shortenEnd(code []instruction, sp int64) ([]instruction, bool) {
	if len(code) == 0 {
		return code, false
	}
	if at := storeInFrame(code, sp); at >= 0 {
		last := len(code) - 1
		code[last] = displaced(code[last], code[at+1].x)
		return append(code[:at+1], code[at+3:]...), true
	}
	for _, r := range byLast[code[len(code)-1].op] {
		if !endsIn(code, r.sequence...) {
			continue
		}
		at := len(code) - len(r.sequence)
		if shorter, ok := r.shorter(code[at:], sp); ok {
			return append(code[:at], shorter...), true
		}
	}
	return code, false
}

// byLast are the rules by the last opcode of their sequences.
var byLast = func() (table [256][]rule) {
	for op := range table {
		for _, r := range rules {
			if matches(byte(op), r.sequence[len(r.sequence)-1]) {
				table[op] = append(table[op], r)
			}
		}
	}
	return table
}()

func endsIn(code []instruction, sequence ...byte) bool {
	at := len(code) - len(sequence)
	if at < 0 {
		return false
	}
	for n, want := range sequence {
		if !matches(code[at+n].op, want) {
			return false
		}
	}
	return true
}

func matches(op, want byte) bool {
	switch want {
	case load:
		return op >= opI32Load && op <= opI64Load32U
	case comparison:
		return opposite[op] != 0
	default:
		return op == want
	}
}

// storeInFrame gives where the address is computed that the last instruction
// stores to, when that is the stack pointer and a constant, or -1.
func storeInFrame(code []instruction, sp int64) int {
	last := len(code) - 1
	if i := code[last]; i.op < opI32Store || i.op > opI64Store32 || !inFrame(int64(i.offset)) {
		return -1
	}
	at := last
	// The value is what the instructions before give, from where on they need none.
	for missing := 1; missing > 0; {
		at--
		if at < 3 {
			return -1
		}
		takes, ok := operands(code[at].op)
		if !ok {
			return -1
		}
		missing += takes - 1
	}
	address := code[at-3 : at]
	if !endsIn(address, opLocalGet, opI32Const, opI32Add) || address[0].x != sp || !inFrame(address[1].x) {
		return -1
	}
	return at - 3
}

// operands is how many values an instruction takes that gives one, for those that
// compute the values that a program stores.
func operands(op byte) (takes int, ok bool) {
	switch {
	case op == opLocalGet, op == opGlobalGet, op >= opI32Const && op <= opF64Const:
		return 0, true
	case op == opLocalTee, op >= opI32Load && op <= opI64Load32U, op == opI32Eqz, op == opI64Eqz,
		op >= opI32Clz && op <= opI32Popcnt, op >= opI64Clz && op <= opI64Popcnt, op >= opI32Wrap && op <= opExtend32S:
		return 1, true
	case op >= opI32Eq && op <= opF64Ge, op >= opI32Add && op <= opI32Rotr, op >= opI64Add && op <= opI64Rotr:
		return 2, true
	}
	return 0, false
}
