package cert

import (
	"fmt"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// maxFaults bounds the problems told about one object. Hostile input can break
// in as many places as it has bytes.
const maxFaults = 64

// A fault is one thing that is wrong with an encoding. A soft one was tolerated;
// after another one, something is missing from the result.
type fault struct {
	report.Problem
	soft bool
}

// faults collects what is wrong with one object.
type faults struct {
	list []fault
	// unsaid counts the faults beyond maxFaults.
	unsaid int
	// cutPath is the path of the innermost field that the end of the data cuts.
	cutPath string
}

func (f *faults) add(path string, offset int, soft bool, detail string) {
	if len(f.list) == maxFaults {
		f.unsaid++
		return
	}
	f.list = append(f.list, fault{report.Problem{Field: path, Offset: offset, Detail: detail}, soft})
}

func (f *faults) hard(path string, offset int, detail string) { f.add(path, offset, false, detail) }
func (f *faults) soft(path string, offset int, detail string) { f.add(path, offset, true, detail) }

// problems are the faults as the contract wants them. refused says that the
// object could not be used as a whole, which makes every hard fault fatal.
func (f *faults) problems(refused bool) []report.Problem {
	var list []report.Problem
	for _, fault := range f.list {
		fault.Fatal = refused && !fault.soft
		list = append(list, fault.Problem)
	}
	if f.unsaid > 0 {
		last := f.list[len(f.list)-1]
		list = append(list, report.Problem{Field: last.Field, Offset: last.Offset, Fatal: refused,
			Detail: fmt.Sprintf("%d further problems are not listed", f.unsaid)})
	}
	return list
}

// first is the first hard fault, else the first soft one, else nil.
func (f *faults) first() *report.Problem {
	for i := range f.list {
		if !f.list[i].soft {
			return &f.list[i].Problem
		}
	}
	if len(f.list) > 0 {
		return &f.list[0].Problem
	}
	return nil
}

// anyHard tells whether something is missing from the result.
func (f *faults) anyHard() bool {
	for _, fault := range f.list {
		if !fault.soft {
			return true
		}
	}
	return false
}

// A cursor reads the elements inside one constructed value, in order. What is
// wrong goes into its log; a cursor that cannot go on is broken and gives only
// zero elements from then on, so that callers need not check each step.
type cursor struct {
	rest []byte
	// at is the offset of rest from the start of the whole object.
	at int
	// path is the value's own path in the terms of its RFC.
	path string
	// list is true for a SEQUENCE OF or SET OF, whose items have numbers
	// instead of names; index is the number of the next item.
	list  bool
	index int
	// cut is true when the data ends before the value's length says so, which
	// has been told already and explains everything that is not there.
	cut    bool
	broken bool
	log    *faults
}

// join makes the path of a field.
func join(path, name string) string {
	if path == "" || name == "" || strings.HasPrefix(name, "[") {
		return path + name
	}
	return path + "." + name
}

// where is the path of the field called name that the cursor is at. In a list
// the items have numbers.
func (c *cursor) where(name string) string {
	if c.list {
		return c.path + "[" + strconv.Itoa(c.index) + "]"
	}
	return join(c.path, name)
}

// more tells whether there is another element to read.
func (c *cursor) more() bool { return !c.broken && len(c.rest) > 0 }

// next reads the next element, whatever its type.
func (c *cursor) next(name string) element {
	if c.broken {
		return element{}
	}
	if len(c.rest) == 0 {
		c.absent(name)
		return element{}
	}
	e, err := readElement(c.rest, c.at)
	if err != nil {
		c.unreadable(name, err)
		return element{}
	}
	c.inspect(e, name)
	c.rest = c.rest[len(e.full):]
	c.at += len(e.full)
	c.index++
	return e
}

// absent notes that the field called name is not there.
func (c *cursor) absent(name string) {
	c.broken = true
	if !c.cut {
		c.log.hard(c.where(name), c.at, "the field is missing: "+orRoot(c.path)+" ends here")
		return
	}
	if c.log.cutPath == c.path {
		c.log.cutPath = c.where(name)
	}
}

func (c *cursor) unreadable(name string, err error) {
	c.broken = true
	if c.cut && err == errCutHeader {
		if c.log.cutPath == c.path {
			c.log.cutPath = c.where(name)
		}
		return
	}
	c.log.hard(c.where(name), c.at, err.Error())
}

func orRoot(path string) string {
	if path == "" {
		return "the object"
	}
	return path
}

// inspect notes what is wrong with the encoding of e.
func (c *cursor) inspect(e element, name string) {
	if e.missing == 0 && !e.sloppy && !e.indefinite {
		return
	}
	switch {
	case e.missing > 0 && c.cut:
		c.log.cutPath = c.where(name)
	case e.missing > 0:
		c.log.hard(c.where(name), e.at, fmt.Sprintf("the length runs %s past the end of %s", bytesText(e.missing), orRoot(c.path)))
	}
	if e.indefinite {
		// X.690, section 10.1: "The definite form of length encoding shall be used".
		c.log.soft(c.where(name), e.at, "the length is indefinite, which is BER and not DER")
	}
	if e.sloppy {
		c.log.soft(c.where(name), e.at, "the tag or length takes more bytes than needed, which is BER and not DER")
	}
}

func bytesText(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return strconv.Itoa(n) + " bytes"
}

// peek reads the header of the next element without consuming it.
func (c *cursor) peek() (header, bool) {
	if !c.more() {
		return header{}, false
	}
	h, err := readHeader(c.rest)
	return h, err == nil
}

// take reads the next element, which should have the universal tag. One of
// another type is noted, skipped, and given back as the zero element.
func (c *cursor) take(tag int, name string) element {
	path := ""
	if c.list && !c.broken {
		path = c.where(name)
	}
	e := c.next(name)
	if !e.ok() || e.is(tag) {
		return e
	}
	if path == "" {
		path = join(c.path, name)
	}
	c.log.hard(path, e.at, "expected "+typeName(universal, tag)+", found "+e.typeName())
	return element{}
}

// optional reads the next element if it has the class and tag.
func (c *cursor) optional(class, tag int, name string) element {
	if h, ok := c.peek(); !ok || h.class != class || h.tag != tag {
		return element{}
	}
	return c.next(name)
}

// enter gives a cursor over the elements inside e, which is the field called
// name and was read last.
func (c *cursor) enter(e element, name string) cursor {
	path := join(c.path, name)
	if c.list {
		path = c.path + "[" + strconv.Itoa(c.index-1) + "]"
	}
	in := cursor{rest: e.content, at: e.inner(), path: path, cut: e.missing > 0, log: c.log, broken: !e.ok()}
	if e.ok() && !e.constructed {
		in.log.hard(path, e.at, "the "+e.typeName()+" is not encoded as a constructed value")
		in.broken = true
	}
	return in
}

// enterList is enter for a SEQUENCE OF or SET OF.
func (c *cursor) enterList(e element, name string) cursor {
	in := c.enter(e, name)
	in.list = true
	return in
}

// sequence reads a SEQUENCE and enters it.
func (c *cursor) sequence(name string) cursor { return c.enter(c.take(tagSequence, name), name) }

// sequenceOf reads a SEQUENCE OF and enters it.
func (c *cursor) sequenceOf(name string) cursor { return c.enterList(c.take(tagSequence, name), name) }

// explicit reads a field with an explicit context tag, if it is there, and
// enters it.
func (c *cursor) explicit(tag int, name string) cursor {
	return c.enter(c.optional(contextual, tag, name), name)
}

// implicit reads a field with an implicit context tag, if it is there.
func (c *cursor) implicit(tag int, name string) element { return c.optional(contextual, tag, name) }

// end notes what follows the last field.
func (c *cursor) end() {
	if c.more() {
		c.log.soft(c.path, c.at, bytesText(len(c.rest))+" follow the last field")
		c.broken = true
	}
}
