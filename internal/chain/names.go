package chain

import "strings"

// validHost tells whether s can be a host name in a certificate: labels of
// letters, digits, hyphens and (since they are in use) underscores, 1 to 63 bytes
// each, at most 253 in all (RFC 1034, section 3.5; RFC 1123, section 2.1).
func validHost(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if !validLabel(label) {
			return false
		}
	}
	return true
}

// validLabel tells whether s can be one label of a host name.
func validLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// validMailbox tells whether s is local-part@host. Of the local part it asks only
// what keeps the host from being ambiguous: outside of quotes it holds neither
// another "@" nor white space (RFC 5321, section 4.1.2).
func validMailbox(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || !validHost(s[at+1:]) {
		return false
	}
	local := s[:at]
	if len(local) >= 2 && local[0] == '"' && local[len(local)-1] == '"' {
		return true
	}
	for i := range len(local) {
		if c := local[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`@"(),:;<>[\]`, c) >= 0 {
			return false
		}
	}
	return true
}

// foldMailbox puts the host into lower case and leaves the local part, whose case
// counts (RFC 5280, section 7.5).
func foldMailbox(s string) string {
	at := strings.LastIndexByte(s, '@')
	return s[:at+1] + strings.ToLower(s[at+1:])
}

// few lists up to three distinct names, and says how many more there are.
func few(names []string) string {
	const most = 3
	names = distinct(names)
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " and " + count(len(names)-most, "more", "more")
}

// distinct leaves out names that came before.
func distinct(names []string) []string {
	seen := make(map[string]bool, len(names))
	var out []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
