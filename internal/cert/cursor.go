package cert

import (
	"fmt"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// maxFaults bounds the problems told about one object, maxItems the items read of
// all its lists together: hostile input can break in as many places, and have as
// many items, as it has bytes. Certificates of the Web have a few thousand items
// at most.
const (
	maxFaults = 64
	maxItems  = 25_000
)

// A grade says how bad a fault is.
type grade int

const (
	// soft: against a rule, and read without loss by everybody.
	soft grade = iota
	// lax: against DER, and read without loss here; zcrypto may refuse it.
	lax
	// hard: something is missing from the result.
	hard
)

// A fault is one thing that is wrong with an encoding.
type fault struct {
	report.Problem
	grade grade
}

// faults collects what is wrong with one object.
type faults struct {
	// root is the path of the object itself.
	root string
	list []fault
	// unsaid counts the faults beyond maxFaults.
	unsaid int
	// cutPath is the path of the innermost field that the end of the data cuts.
	cutPath string
	// items counts the items of lists. The extensions of one object share a
	// count; it is made when it is first needed.
	items *int
}

// spend counts an item, and tells whether there may be one more.
func (f *faults) spend() bool {
	if f.items == nil {
		f.items = new(int)
	}
	*f.items++
	return *f.items <= maxItems
}

func (f *faults) add(g grade, path string, offset int, detail string) {
	if len(f.list) == maxFaults {
		f.unsaid++
		return
	}
	if path == "" {
		path = f.root
	}
	f.list = append(f.list, fault{report.Problem{Field: path, Offset: offset, Detail: detail}, g})
}

func (f *faults) hard(path string, offset int, detail string) { f.add(hard, path, offset, detail) }
func (f *faults) lax(path string, offset int, detail string)  { f.add(lax, path, offset, detail) }
func (f *faults) soft(path string, offset int, detail string) { f.add(soft, path, offset, detail) }

// worst is the highest grade; soft when there is no fault at all.
func (f *faults) worst() grade {
	worst := soft
	for _, fault := range f.list {
		worst = max(worst, fault.grade)
	}
	return worst
}

// problems are the faults as the contract wants them. refused says that the
// object could not be used as a whole, which makes the worst faults fatal.
func (f *faults) problems(refused bool) []report.Problem {
	var list []report.Problem
	worst := max(f.worst(), lax)
	for _, fault := range f.list {
		fault.Fatal = refused && fault.grade == worst
		list = append(list, fault.Problem)
	}
	if f.unsaid > 0 {
		last := f.list[len(f.list)-1]
		list = append(list, report.Problem{Field: last.Field, Offset: last.Offset,
			Detail: fmt.Sprintf("%d further problems are not listed", f.unsaid)})
	}
	return list
}

// first is the first of the worst faults; nil when there is none.
func (f *faults) first() *report.Problem {
	worst := f.worst()
	for i := range f.list {
		if f.list[i].grade == worst {
			return &f.list[i].Problem
		}
	}
	return nil
}

// anyHard tells whether something is missing from the result.
func (f *faults) anyHard() bool { return f.worst() == hard }

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
	// counted is the number of items counted so far.
	counted int
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
func (c *cursor) more() bool {
	if c.broken || len(c.rest) == 0 {
		return false
	}
	if !c.list || c.counted > c.index {
		return true
	}
	c.counted = c.index + 1
	if !c.log.spend() {
		c.broken = true
		c.log.soft(c.path, c.at, fmt.Sprintf("not read further: the lists have more than %d items", maxItems))
	}
	return !c.broken
}

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
		c.log.hard(c.where(name), c.at, "the field is missing: "+c.parent()+" ends here")
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
	detail := err.Error()
	if err == errCutHeader {
		detail += ", after " + bytesText(len(c.rest))
	}
	c.log.hard(c.where(name), c.at, detail)
}

// parent names the value that the cursor is in.
func (c *cursor) parent() string {
	if c.path == "" {
		return "the " + words(c.log.root)
	}
	return c.path
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
		c.log.hard(c.where(name), e.at, fmt.Sprintf("the length runs %s past the end of %s", bytesText(e.missing), c.parent()))
	}
	if e.indefinite {
		// X.690, section 10.1: "The definite form of length encoding shall be used".
		c.log.lax(c.where(name), e.at, "the length is indefinite, which is BER and not DER")
	}
	if e.sloppy {
		c.log.lax(c.where(name), e.at, "the tag or length takes more bytes than needed, which is BER and not DER")
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
	e := c.next(name)
	if !e.ok() || e.is(tag) {
		return e
	}
	c.hard(e, name, "expected "+typeName(universal, tag)+", found "+e.typeName())
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
	in := cursor{rest: e.content, at: e.inner(), path: c.last(name), cut: e.missing > 0, log: c.log, broken: !e.ok()}
	if e.ok() && !e.constructed {
		in.log.hard(in.path, e.at, "the "+e.typeName()+" is not encoded as a constructed value")
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

// hard notes a fault of e, which is the field called name and was read last. A
// value that is cut has no faults of its own.
func (c *cursor) hard(e element, name, detail string) { c.fault(hard, e, name, detail) }

// lax is hard for a fault of that grade.
func (c *cursor) lax(e element, name, detail string) { c.fault(lax, e, name, detail) }

// soft is hard for a fault of that grade.
func (c *cursor) soft(e element, name, detail string) { c.fault(soft, e, name, detail) }

func (c *cursor) fault(g grade, e element, name, detail string) {
	if e.missing == 0 {
		c.log.add(g, c.last(name), e.at, detail)
	}
}

// last is the path of the field that was read last.
func (c *cursor) last(name string) string {
	if c.list {
		return c.path + "[" + strconv.Itoa(c.index-1) + "]"
	}
	return join(c.path, name)
}

// end notes what follows the last field.
func (c *cursor) end() {
	if c.more() {
		c.log.soft(c.path, c.at, follow(len(c.rest))+" the last field")
		c.broken = true
	}
}
