package cert

import "certlens/internal/report"

// newFaults begins the log of an object, which root names in the terms of its
// RFC: "certificate", "certificationRequest".
func newFaults(root string) *faults { return &faults{root: root} }

// openObject reads the SEQUENCE that a whole object is, and gives a cursor over
// its fields. The element is zero, and the cursor broken, when der does not
// start with one. Bytes after it are noted.
func openObject(der []byte, log *faults) (element, cursor) {
	broken := cursor{broken: true, log: log}
	if len(der) == 0 {
		log.hard("", 0, "there are no bytes")
		return element{}, broken
	}
	e, err := readElement(der, 0)
	if err != nil {
		log.hard("", 0, "this is not DER: "+err.Error())
		return element{}, broken
	}
	if !e.is(tagSequence) || !e.constructed {
		log.hard("", 0, "expected SEQUENCE, found "+e.typeName())
		return element{}, broken
	}
	whole := e
	whole.missing = 0
	outside := cursor{log: log}
	outside.inspect(whole, "")
	if rest := len(der) - len(e.full); rest > 0 {
		log.soft("", len(e.full), follow(rest)+" the end of the "+words(log.root))
	}
	return e, cursor{rest: e.content, at: e.inner(), cut: e.missing > 0, log: log}
}

// closeObject notes what follows the last field of the object e, and says, first
// of all, where the data ends when it ends too soon. size is that of the data.
func closeObject(in *cursor, e element, size int) {
	in.end()
	if e.missing == 0 {
		return
	}
	log := in.log
	detail := "the data ends here: " + missing(e.missing)
	if e.indefinite {
		detail = "the data ends here, and the " + words(log.root) + " does not"
	}
	list := log.list
	log.list = nil
	log.hard(log.cutPath, size, detail)
	log.list = append(log.list, list...)
}

// follow is "1 byte follows" or "3 bytes follow".
func follow(n int) string {
	if n == 1 {
		return "1 byte follows"
	}
	return bytesText(n) + " follow"
}

// missing is "1 byte is missing" or "3 bytes are missing".
func missing(n int) string {
	if n == 1 {
		return "1 byte is missing"
	}
	return bytesText(n) + " are missing"
}

// words is the name of an object for a sentence.
func words(root string) string {
	switch root {
	case "certificationRequest":
		return "request"
	case "subjectPublicKeyInfo":
		return "key"
	}
	return root
}

// problem is the one problem that an Object can tell; nil when there is none.
func (f *faults) problem() *report.Problem {
	p := f.first()
	if p != nil {
		p.Fatal = f.anyHard()
	}
	return p
}
