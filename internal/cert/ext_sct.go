package cert

import (
	"encoding/binary"
	"strconv"
	"time"

	"certlens/internal/report"
)

// maxSCTs bounds the timestamps read of one list; it has room for 1,300.
const maxSCTs = 128

// decodeSCTs: RFC 6962, section 3.3.
func decodeSCTs(c *cursor) []report.Field {
	var f fields
	for _, s := range c.sctList() {
		var items fields
		items.code("Log", s.LogID)
		items.add("Time", s.Time)
		if index := leafIndex(s.Extensions); index != "" {
			items.add("Index in the log", index)
		}
		items.add("Signature algorithm", s.Algorithm)
		f = append(f, report.Field{Label: "Timestamp", Items: items})
	}
	return f
}

// sctList reads a SignedCertificateTimestampList, which stands in an OCTET
// STRING and is itself encoded in the way of TLS: with lengths of two bytes.
func (c *cursor) sctList() []report.SCT {
	e := c.take(tagOctetString, "")
	if !e.ok() {
		return nil
	}
	list := tlsReader{rest: c.octetsOf(e, "")}
	entries := tlsReader{rest: list.vector(2)}
	if list.failed || len(list.rest) > 0 {
		c.hard(e, "", "the length of the list of timestamps does not fit")
	}
	var scts []report.SCT
	for len(entries.rest) > 0 && len(scts) < maxSCTs {
		one := tlsReader{rest: entries.vector(2)}
		if entries.failed {
			c.hard(e, "", "timestamp "+strconv.Itoa(len(scts)+1)+" runs past the end of the list")
			break
		}
		s, ok := one.sct()
		if !ok {
			c.hard(e, "", "timestamp "+strconv.Itoa(len(scts)+1)+" is cut or has trailing bytes")
		}
		scts = append(scts, s)
	}
	return scts
}

// A tlsReader reads the presentation language of TLS (RFC 8446, section 3).
type tlsReader struct {
	rest   []byte
	failed bool
}

// bytes reads n bytes; zero bytes after a failure.
func (r *tlsReader) bytes(n int) []byte {
	if r.failed || len(r.rest) < n {
		r.failed = true
		return make([]byte, min(n, 64))
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// number reads an unsigned number of size bytes.
func (r *tlsReader) number(size int) uint64 {
	var buf [8]byte
	copy(buf[8-size:], r.bytes(size))
	return binary.BigEndian.Uint64(buf[:])
}

// vector reads a variable-length vector whose length takes size bytes.
func (r *tlsReader) vector(size int) []byte {
	n := int(r.number(size))
	if r.failed || len(r.rest) < n {
		r.failed = true
		return nil
	}
	return r.bytes(n)
}

// sct reads a SignedCertificateTimestamp (RFC 6962, section 3.2).
func (r *tlsReader) sct() (report.SCT, bool) {
	var s report.SCT
	s.Version = int(r.number(1))
	s.LogID = hexText(r.bytes(32))
	s.Time = milliTime(r.number(8))
	s.Extensions = hexText(r.vector(2))
	s.Algorithm = tlsAlgorithm(r.number(1), r.number(1))
	s.Signature = hexText(r.vector(2))
	return s, !r.failed && len(r.rest) == 0
}

// milliTime is milliseconds since 1970 in RFC 3339; empty beyond the year 9999.
func milliTime(ms uint64) string {
	if ms > 253402300799999 {
		return ""
	}
	return time.UnixMilli(int64(ms)).UTC().Format("2006-01-02T15:04:05.000Z")
}

// tlsAlgorithm names a SignatureAndHashAlgorithm (RFC 5246, section 7.4.1.4.1).
func tlsAlgorithm(hash, signature uint64) string {
	hashes := [...]string{"no hash", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"}
	signatures := [...]string{"anonymous", "RSA", "DSA", "ECDSA"}
	if hash < uint64(len(hashes)) && signature < uint64(len(signatures)) {
		return signatures[signature] + " with " + hashes[hash]
	}
	return "hash " + strconv.FormatUint(hash, 10) + ", signature " + strconv.FormatUint(signature, 10)
}

// leafIndex is the index that logs of the static-ct-api put into the extensions
// (hex) of a timestamp: extension type 0 with 5 bytes.
func leafIndex(extensions string) string {
	if len(extensions) < 16 || extensions[:6] != "000005" {
		return ""
	}
	index, err := strconv.ParseUint(extensions[6:16], 16, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatUint(index, 10)
}
