package client

import (
	"strconv"
	"strings"

	"certlens/internal/report"
)

// Line tells what one line of a tool says: the failures that it allows, most
// likely first, and the number of OpenSSL's verdict that says the same, 0 where
// the line judges no certificate.
func Line(line string) (classes []report.Class, verdict int) {
	found := Recognise([]byte(line))
	if len(found) == 0 {
		return nil, 0
	}
	e := found[0]
	classes = append([]report.Class{e.Class}, e.Possible...)
	for _, key := range e.Keys {
		kind, code, _ := strings.Cut(key, "/")
		switch n, err := strconv.Atoi(code); {
		case kind == "openssl" && err == nil && len(code) < 4:
			return classes, n
		case kind == "openssl", kind == "alert":
			return classes, 0
		}
	}
	if len(classes) > mostVerdicts {
		return classes, 0
	}
	return classes, verdictOf[e.Class]
}

// mostVerdicts is how many failures a text may allow that stands for a verdict:
// those that say "refused" alone allow more.
const mostVerdicts = 6

// verdictOf are the verdicts that say what others say in words of their own.
var verdictOf = map[report.Class]int{
	report.BadSignature: 7, report.NotYetValid: 9, report.Expired: 10, report.ExpiredIntermediate: 10, report.SelfSigned: 18, report.SelfSignedInChain: 19,
	report.UnknownRoot: 20, report.MissingIntermediate: 20, report.Revoked: 23, report.PathLength: 25, report.WrongPurpose: 26,
	report.UnknownCritical: 34, report.NameConstraint: 47, report.HostnameMismatch: 62, report.NoSAN: 62, report.IPMismatch: 64,
	report.WeakKey: 66, report.WeakSignature: 68, report.IssuerNotCA: 79,
}
