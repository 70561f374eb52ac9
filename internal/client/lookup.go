package client

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// An Entry is one error of the catalogue, as a page explains it.
type Entry struct {
	// Key is the name under which it is found, as in "openssl/20".
	Key string
	// Client is the program or library whose error it is, and Names are other
	// codes of the same error, as in "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY".
	Client string
	Names  []string
	// Texts are its wordings, what varies being in braces; Versions are those
	// that word it so, empty for all.
	Texts    []string
	Versions string
	// Class is what it means, Possible what it may mean instead, most likely
	// first; Server is what it means when it is found on the side that takes
	// connections, where that differs.
	Class    report.Class
	Possible []report.Class
	Server   []report.Class
	Side     report.Side
	// Proves and LeavesOpen are sentences; Source says how the wording is known.
	Proves, LeavesOpen, Source string
}

func (r *row) entry() Entry {
	return Entry{
		Key: r.key(), Client: r.client, Names: r.names, Texts: r.texts, Versions: r.versions,
		Class: r.classes[0], Possible: r.classes[1:], Server: r.server, Side: r.side,
		Proves: proves(r, r.classes, r.side), LeavesOpen: leavesOpen(r, r.classes), Source: r.source,
	}
}

// Lookup explains an error by the kind of its code and the code, in any of the
// ways in which it is written: openssl/20, openssl/14090086, alert/40,
// alert/handshake_failure, chrome/NET::ERR_CERT_AUTHORITY_INVALID,
// windows/-2146762487.
func Lookup(kind, code string) (Entry, bool) {
	c := load()
	for _, spelling := range c.spellings(kind, code) {
		if r := c.byKey[spelling]; r != nil && len(r.classes) > 0 {
			return r.entry(), true
		}
	}
	return Entry{}, false
}

// spellings are the keys that a code may stand under.
func (c *catalogue) spellings(kind, code string) []string {
	list := []string{kind + "/" + code, kind + "/" + strings.ToUpper(code)}
	switch kind {
	case "openssl":
		list = append(list, c.opensslKey(code))
	case "alert":
		list = append(list, fmt.Sprintf("alert/%d", codepoint.AlertNumber(strings.ToLower(code))))
	case "chrome":
		list = append(list, "chrome/"+strings.ToUpper(code[strings.LastIndexByte(code, ':')+1:]))
	case "windows":
		list = append(list, "windows/0x"+strings.ToUpper(strings.TrimPrefix(strings.ToLower(code), "0x")))
		if n, err := strconv.ParseInt(code, 10, 32); err == nil {
			list = append(list, fmt.Sprintf("windows/0x%X", uint32(n)))
		}
	case "node", "python":
		name := strings.ToUpper(code)
		name = strings.TrimPrefix(strings.TrimPrefix(name, "ERR_SSL_"), "ERR_OSSL_")
		if r := c.reasons[reasonName(name)]; r != nil {
			list = append(list, r.key())
		}
	}
	return list
}

// opensslKey is the key of a code of OpenSSL's error queue of any version, or of a
// reason in words.
func (c *catalogue) opensslKey(code string) string {
	if r := c.reasons[reasonName(code)]; r != nil {
		return r.key()
	}
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || len(code) != 8 {
		return ""
	}
	if r, _ := c.reasonRow(uint32(n), nil); r != nil {
		return r.key()
	}
	return ""
}

// Codes lists the keys of all errors that Lookup explains, in order.
func Codes() []string {
	var list []string
	for _, r := range load().rows {
		if key := r.key(); key != "" && len(r.classes) > 0 && !slices.Contains(list, key) {
			list = append(list, key)
		}
	}
	sort.Strings(list)
	return list
}
