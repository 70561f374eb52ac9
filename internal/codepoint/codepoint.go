// Package codepoint knows the numbers of the IANA registry "TLS Parameters":
// versions, cipher suites, named groups, signature schemes and alerts, as data,
// with their names there and in OpenSSL, and what is to be said about each.
package codepoint

import (
	"cmp"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"certlens/internal/report"
)

// The protocol versions, as they stand in a ClientHello. SSL 2.0 has a
// ClientHello of its own, in which the number is written like this.
const (
	SSL2  = 0x0002
	SSL3  = 0x0300
	TLS10 = 0x0301
	TLS11 = 0x0302
	TLS12 = 0x0303
	TLS13 = 0x0304
)

// Two numbers in a list of suites stand for no suite, but signal something.
const (
	EmptyRenegotiationInfo = 0x00FF // RFC 5746, section 3.3
	FallbackSCSV           = 0x5600 // RFC 7507, section 2
)

// Version is the name of a protocol version as OpenSSL spells it, as in
// "TLSv1.2".
func Version(id uint16) string {
	switch id {
	case SSL2:
		return "SSLv2"
	case SSL3:
		return "SSLv3"
	case TLS10:
		return "TLSv1"
	case TLS11, TLS12, TLS13:
		return "TLSv1." + strconv.Itoa(int(id-TLS10))
	}
	return unknown(id)
}

// Suite gives the names of a cipher suite.
func Suite(id uint16) report.Suite {
	name, openssl, _ := strings.Cut(find(suiteTable, id), " ")
	switch {
	case name == "":
		return report.Suite{ID: id, Name: unknown(id)}
	case !strings.HasPrefix(name, "SSL_"):
		name = "TLS_" + name
	}
	if openssl == "=" {
		openssl = name
	}
	return report.Suite{ID: id, Name: name, OpenSSL: openssl}
}

// IsSuite, IsGroup and IsSignatureScheme tell whether a number has a name.
func IsSuite(id uint16) bool           { return find(suiteTable, id) != "" }
func IsGroup(id uint16) bool           { return find(groupTable, id) != "" }
func IsSignatureScheme(id uint16) bool { return find(schemeTable, id) != "" }

// Group gives the name of a named group.
func Group(id uint16) report.CodePoint { return named(groupTable, id) }

// SignatureScheme gives the name of a signature scheme.
func SignatureScheme(id uint16) report.CodePoint { return named(schemeTable, id) }

func named(table string, id uint16) report.CodePoint {
	name := find(table, id)
	if name == "" {
		name = unknown(id)
	}
	return report.CodePoint{ID: id, Name: name}
}

func unknown(id uint16) string { return fmt.Sprintf("0x%04X", id) }

// find gives what stands behind a number in a table; nothing when it is not
// there. The lines of a table are in order, and digits come before letters.
func find(table string, id uint16) string {
	number := fmt.Sprintf("%04X", id)
	for low, high := 0, len(table)-1; low < high; {
		// The line around the middle begins behind one line feed and ends before
		// another.
		middle := (low + high) / 2
		begin := strings.LastIndexByte(table[:middle+1], '\n') + 1
		line, _, _ := strings.Cut(table[begin:], "\n")
		switch cmp.Compare(line[:4], number) {
		case 0:
			return line[5:]
		case -1:
			low = begin + len(line)
		case 1:
			high = begin - 1
		}
	}
	return ""
}

// numbers gives the numbers of a table, in its order.
func numbers(table string) []uint16 {
	var ids []uint16
	for id := range lines(table) {
		ids = append(ids, id)
	}
	return ids
}

// lines gives each number of a table with what stands behind it.
func lines(table string) iter.Seq2[uint16, string] {
	return func(yield func(uint16, string) bool) {
		for line := range strings.SplitSeq(strings.Trim(table, "\n"), "\n") {
			id, _ := strconv.ParseUint(line[:4], 16, 16)
			if !yield(uint16(id), line[5:]) {
				return
			}
		}
	}
}
