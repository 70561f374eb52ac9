package probe

import (
	"errors"
	"strconv"

	"certlens/internal/report"
)

// The content types of records (RFC 8446, section 5.1).
const (
	recordChangeCipherSpec = 20
	recordAlert            = 21
	recordHandshake        = 22
	recordApplicationData  = 23
)

const (
	recordHeader = 5
	// maxRecord bounds the length of a record: RFC 5246, section 6.2.3: "The
	// length MUST NOT exceed 2^14 + 2048."
	maxRecord = 1<<14 + 2048
)

// errNotTLS says that the first bytes of a server are of another protocol.
var errNotTLS = errors.New("probe: not TLS")

// A fault is what a server did that ends the handshake. Its text goes on where
// the name of the server stood: "sent a record of 20000 bytes".
type fault struct {
	class report.Class
	what  string
}

func (f fault) Error() string { return "probe: the server " + f.what }

// malformed is a breach of the protocol.
func malformed(what string) error { return fault{report.Malformed, what} }

// A record is one record, which may have been sealed.
type record struct {
	kind   byte
	body   []byte
	sealed bool
}

// records cuts the bytes of one side into records.
type records struct {
	unread []byte
	// open opens sealed records; nil as long as there is no key.
	open *sealer
	// sealed tells that nothing that follows is to be read.
	sealed bool
	begun  bool
}

// next takes the next record; ok is false when it is not there yet, or can't be
// opened yet.
func (r *records) next() (rec record, ok bool, err error) {
	if r.sealed {
		return record{}, false, nil
	}
	if err := r.check(); err != nil || len(r.unread) < recordHeader {
		return record{}, false, err
	}
	length := int(r.unread[3])<<8 | int(r.unread[4])
	if length > maxRecord {
		return record{}, false, malformed("sent a record of " + strconv.Itoa(length) + " bytes, more than TLS allows")
	}
	wrapped := r.unread[0] == recordApplicationData
	if len(r.unread) < recordHeader+length || wrapped && r.open == nil {
		return record{}, false, nil
	}
	header, body := r.unread[:recordHeader], r.unread[recordHeader:recordHeader+length]
	r.unread, r.begun = r.unread[recordHeader+length:], true
	if !wrapped {
		return record{kind: header[0], body: body}, true, nil
	}
	rec, err = r.open.unwrap(header, body)
	return rec, err == nil, err
}

// check looks at the beginning of a record as soon as it is there: a server that
// speaks something else may wait for an answer after one byte.
func (r *records) check() error {
	switch {
	case len(r.unread) == 0:
		return nil
	case !r.begun && (r.unread[0] < recordChangeCipherSpec || r.unread[0] > recordApplicationData),
		!r.begun && len(r.unread) > 1 && r.unread[1] != 3:
		return errNotTLS
	case r.unread[0] < recordChangeCipherSpec || r.unread[0] > recordApplicationData:
		return malformed("sent a record of the unknown type " + strconv.Itoa(int(r.unread[0])))
	}
	return nil
}

// appendRecord appends a record in clear.
func appendRecord(b []byte, kind byte, version uint16, body []byte) []byte {
	b = append(b, kind, byte(version>>8), byte(version), byte(len(body)>>8), byte(len(body)))
	return append(b, body...)
}
