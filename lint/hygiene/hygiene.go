// Package hygiene holds the rules of certlens about one certificate, as native
// zlint rules: importing the package registers them.
//
// House rules: one rule in a file that is named like it, init first. The prefix
// of the name (e_, w_, n_) is the one status, besides pass, that Execute gives.
// The description is a requirement in the words of RFC 2119, in lower case where
// the citation gives the background alone; the citation is something that a
// reader can open. A rule is here when zlint has none, or has
// one that it applies to public certificates alone, and when breaking it makes
// some client refuse the certificate or surprises the person who asked for it.
package hygiene

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3/lint"
	"github.com/zmap/zlint/v3/util"
)

// Source is the source that the rules name.
const Source lint.LintSource = "certlens"

// day is what both the Baseline Requirements (section 6.3.2) and Apple mean by
// it.
const day = 24 * time.Hour

var pass = &lint.LintResult{Status: lint.Pass}

// hit is a result with a detail.
func hit(status lint.LintStatus, format string, args ...any) *lint.LintResult {
	return &lint.LintResult{Status: status, Details: fmt.Sprintf(format, args...)}
}

// isServer tells whether the certificate is an end-entity certificate that may
// authenticate a TLS server.
func isServer(c *x509.Certificate) bool { return util.IsServerAuthCert(c) && !c.IsCA }

// hasServerNames tells whether the certificate names a host in the way that
// clients look at.
func hasServerNames(c *x509.Certificate) bool { return len(c.DNSNames)+len(c.IPAddresses) > 0 }

// validity is the length of the validity period, whose ends are both inclusive
// (RFC 5280, section 4.1.2.5).
func validity(c *x509.Certificate) time.Duration {
	return c.NotAfter.Sub(c.NotBefore) + time.Second
}

// looksLikeHost tells whether a common name can only be meant as a host: an IP
// address, or labels with dots between.
func looksLikeHost(name string) bool {
	if net.ParseIP(name) != nil {
		return true
	}
	rest := strings.TrimPrefix(name, "*.")
	return strings.Contains(rest, ".") && !strings.Contains(rest, "..") &&
		strings.Trim(rest, ".") == rest && strings.Trim(rest, hostCharacters) == "" && !isNumber(rest)
}

const hostCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."

// isNumber tells whether the last label is all digits, as in "release 2.1":
// there is no such top-level domain.
func isNumber(name string) bool {
	return strings.Trim(name[strings.LastIndexByte(name, '.')+1:], "0123456789") == ""
}

// matches tells whether the host is the presented name, or the name's wildcard
// stands for the host's first label (RFC 9525, section 6.3).
func matches(presented, host string) bool {
	if strings.EqualFold(presented, host) {
		return true
	}
	domain, wildcard := strings.CutPrefix(presented, "*.")
	_, parent, _ := strings.Cut(host, ".")
	return wildcard && strings.EqualFold(domain, parent)
}

// some quotes at most three of the names and counts the others.
func some(names []string) string {
	const most = 3
	var quoted []string
	for _, name := range names[:min(len(names), most)] {
		if len(name) > 253 { // longer than any DNS name
			name = name[:253]
		}
		quoted = append(quoted, strconv.QuoteToASCII(name))
	}
	text := strings.Join(quoted, ", ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
