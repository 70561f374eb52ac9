package intake

import (
	"slices"

	"certlens/internal/client"
	"certlens/internal/report"
)

// said gives what a line of a tool says by the catalogue of error texts: the
// failure that it proves, "" when it proves none, and the number of OpenSSL's
// verdict for what it says of a certificate, 0 when it judges none.
func said(line string) (report.Class, int) {
	classes, verdict := client.Line(line)
	switch {
	case len(classes) == 0, len(classes) > mostAlike, len(classes) > 1 && !proves(classes):
		return "", verdict
	case classes[0] == report.PlainHTTP && slices.Contains(classes, report.WrongProtocol):
		return report.WrongProtocol, verdict // which holds for plain HTTP as well
	}
	return classes[0], verdict
}

// mostAlike is how many failures a text may leave possible whose first stands for
// it: those that say "refused" or "failed" alone leave more.
const mostAlike = 6

// proves tells whether the first of several failures can stand for them all. It
// cannot where it is open which file it is that cannot be read.
func proves(classes []report.Class) bool {
	return !slices.Contains(classes, report.CAFileUnreadable) && !slices.Contains(classes, report.Malformed)
}
