package wasmstrip

import "slices"

// The compiler puts all places of a function that can be jumped to into one loop.
// A jump writes the number of the place into a local and branches to the start of
// the loop, where a br_table chooses:
//
//	loop
//	  block block block
//	    local.get $place
//	    br_table 0 1 2
//	  end ... end ... end  ;; each end is a place
//
// A place further down is the end of a block that is still open at the jump, so
// that a branch can go there at once. V8 counts the bytes that branches go back,
// and takes a function for a hot one that goes round by the loop.

// A block is one that is open at an instruction.
type block struct {
	number int // in the order of their beginnings
	isLoop bool
}

// places are the places of a function, as far as it has been read.
type places struct {
	open   []block
	blocks int
	// local is what the table chooses by, loop is around it, and ends are the
	// blocks at whose ends the places are.
	local int64
	loop  block
	ends  []block
}

// jumpDown makes each jump to a place further down a branch.
func jumpDown(code []instruction) []instruction {
	var p places
	out := make([]instruction, 0, len(code))
	for _, i := range code {
		out = append(out, i)
		if label, ok := p.down(out); ok {
			out = append(out[:len(out)-len(jump)], instruction{op: opBr, x: label})
		}
		p.read(out)
	}
	return out
}

// read takes in the last of some instructions.
func (p *places) read(code []instruction) {
	last := len(code) - 1
	switch i := code[last]; i.op {
	case opBlock, opLoop, opIf:
		p.open = append(p.open, block{p.blocks, i.op == opLoop})
		p.blocks++
	case opEnd:
		if len(p.open) > 0 { // the last one is the function's own
			p.open = p.open[:len(p.open)-1]
		}
	case opBrTable:
		if p.ends == nil && endsIn(code, opLocalGet, opBrTable) {
			p.readTable(code[last-1].x, i.targets())
		}
	}
}

func (p *places) readTable(local int64, labels []int) {
	p.local = local
	for _, b := range p.open {
		if b.isLoop {
			p.loop = b // the innermost is the last
		}
	}
	for _, label := range labels {
		end, ok := p.block(int64(label))
		if !ok {
			p.ends = nil
			return
		}
		p.ends = append(p.ends, end)
	}
}

// block is the open block that a label stands for.
func (p *places) block(label int64) (block, bool) {
	if label < 0 || label >= int64(len(p.open)) {
		return block{}, false
	}
	return p.open[len(p.open)-1-int(label)], true
}

// jump is a jump as the compiler writes it.
var jump = []byte{opI32Const, opLocalSet, opBr}

// down gives the label of the place that the last instructions jump to, if they do,
// and it is further down.
func (p *places) down(code []instruction) (label int64, ok bool) {
	if p.ends == nil || !endsIn(code, jump...) {
		return 0, false
	}
	last := code[len(code)-len(jump):]
	number, local := last[0].x, last[1].x
	to, ok := p.block(last[2].x)
	if !ok || !to.isLoop || to != p.loop || local != p.local || number < 0 || number >= int64(len(p.ends)) {
		return 0, false
	}
	end := p.ends[number]
	depth := slices.Index(p.open, end)
	return int64(len(p.open) - 1 - depth), depth >= 0 && !end.isLoop
}
