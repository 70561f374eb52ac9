package main

import (
	"regexp"
	"strings"
)

var (
	oidNamesBegin    = "func init() {\n\toidDotNotationToNames = make(map[string]OIDName, 1024)\n"
	oidNameStatement = regexp.MustCompile(`(?m)^\toidDotNotationToNames\[(".*?")\] = OIDName\{ShortName: (".*"), LongName: (".*")\}$`)
	oidNamesLoop     = `
func init() {
	oidDotNotationToNames = make(map[string]OIDName, len(oidNames))
	for _, n := range oidNames {
		oidDotNotationToNames[n[0]] = OIDName{ShortName: n[1], LongName: n[2]}
	}
}
`
)

// tabulate turns an init function that fills a map with a thousand statements
// into a table, which is data, and a loop over it. Those statements are 280 kB of
// code which runs once; yet V8 counts how many bytes of a function have run,
// finds this one worth optimizing, and keeps a core busy with it for most of a
// second, while the first report is waited for. A name that is stated twice
// stays what it was: the last counts.
func tabulate(source string) string {
	text := strings.Replace(source, oidNamesBegin, "var oidNames = [...][3]string{\n", 1)
	text = oidNameStatement.ReplaceAllString(text, "\t{$1, $2, $3},")
	if text == source || strings.Contains(text, "oidDotNotationToNames[") {
		return ""
	}
	return text + oidNamesLoop
}

var (
	// caseBegin and caseEnd enclose what becomes a function of its own: the two
	// longest cases of the switch over extensions.
	caseBegin = []string{"\t\t\tcase 30:\n", "\t\t\tcase 32:\n"}
	caseEnd   = []string{"\n\t\t\tcase 31:\n", "\n\t\t\t}\n\t\t} else if e.Id.Equal(oidExtensionAuthorityInfoAccess) {\n"}

	// A continue of the loop over the extensions stands at most six tabs deep;
	// the deeper ones belong to loops inside the case.
	nextExtension = regexp.MustCompile(`(?m)^(\t{4,6})continue$`)
	failed        = regexp.MustCompile(`(?m)^(\t+)return (?:nil|out), `)
)

const (
	caseOpen  = "\t\t\t\tdone, err := func() (bool, error) {\n"
	caseClose = "\n\t\t\t\treturn false, nil\n\t\t\t\t}()\n" +
		"\t\t\t\tif err != nil {\n\t\t\t\t\treturn nil, err\n\t\t\t\t}\n" +
		"\t\t\t\tif done {\n\t\t\t\t\tcontinue\n\t\t\t\t}"
)

// divide makes functions of the longest parts of the function that parses a
// certificate. Undivided it is 55 kB, and each of its branches is a jump that
// counts for all of them, so that V8 optimizes it after three certificates.
func divide(source string) string {
	for i, begin := range caseBegin {
		source = replaceBetween(source, begin, caseEnd[i], func(body string) string {
			body = nextExtension.ReplaceAllString(body, "${1}return true, nil")
			body = failed.ReplaceAllString(body, "${1}return false, ")
			return begin + caseOpen + body + caseClose + caseEnd[i]
		})
	}
	return source
}

const (
	withoutCTBegin = "\ttbs := in.TBSCertificate\n"
	withoutCTEnd   = "\tout.FingerprintNoCT = SHA256Fingerprint(tbsbytes[:])\n"
)

// leaveOut takes out the hash of a certificate without what Certificate
// Transparency put into it, for which the whole certificate is encoded again.
// Only zcrypto's own JSON form of a certificate has it. The variable that it
// leaves behind is the one of the errors that follow.
func leaveOut(source string) string {
	return replaceBetween(source, withoutCTBegin, withoutCTEnd, func(string) string { return "\tvar err error\n" })
}
