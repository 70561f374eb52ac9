package evidence

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
)

const (
	crlNumber    = "2.5.29.20"
	deltaCRL     = "2.5.29.27"
	reasonOfText = "2.5.29.21"
)

// title names the list by its issuer.
func (l list) title() string {
	kind := "Revocation list"
	if _, delta := find(l.extensions, deltaCRL); delta {
		kind = "Delta revocation list"
	}
	if name := cert.FormatName(l.issuer); name.CommonName != "" {
		return kind + " of " + name.CommonName
	}
	return kind
}

// words are the contents in words. Of what could not be read there is nothing.
func (l list) words(at time.Time) []report.Field {
	if l.issuer == nil {
		return nil
	}
	var all []report.Field
	add := func(label, value string) {
		if value != "" {
			all = append(all, report.Field{Label: label, Value: value})
		}
	}
	add("Issuer", cert.FormatName(l.issuer).Text)
	add("This update", thisUpdate(l.thisUpdate, at))
	add("Next update", nextUpdate(l.nextUpdate, at, l.endless))
	add("Number", value(l.extensions, crlNumber))
	add("Changes since number", value(l.extensions, deltaCRL))
	all = append(all, l.entries.words()...)
	add("Version", versionText(l.version))
	add("Signature algorithm", l.algorithm)
	if items := extensionFields(l.extensions); items != nil {
		all = append(all, report.Field{Label: "Extensions", Items: items})
	}
	return all
}

// counted says how many members a list has, of which so many are shown.
func counted(n, shown int, partial bool) string {
	text := thousands(n)
	if partial {
		text += " and perhaps more, which could not be read"
	}
	if n > shown {
		text += fmt.Sprintf("; the first %d are shown", shown)
	}
	return text
}

func versionText(n int) string {
	if n < 1 {
		return ""
	}
	return strconv.Itoa(n)
}

// words are the number of entries, the first of them, and how many there are for
// each reason.
func (e entries) words() []report.Field {
	if !e.known {
		return nil
	}
	count := report.Field{Label: "Revoked certificates", Value: counted(e.count, len(e.first), e.partial)}
	for _, one := range e.first {
		count.Items = append(count.Items, one.words())
	}
	if e.count == 0 {
		return []report.Field{count}
	}
	why := report.Field{Label: "Reasons"}
	for _, reason := range slices.Sorted(maps.Keys(e.reasons)) {
		label := "No reason given"
		if reason >= 0 {
			label = reasonText(reason)
		}
		why.Items = append(why.Items, report.Field{Label: label, Value: thousands(e.reasons[reason])})
	}
	return []report.Field{count, why}
}

// words are the serial number, with time and reason, and the other extensions.
func (e entry) words() report.Field {
	f := report.Field{Label: hexText(e.serial), Code: true, Value: "revoked"}
	if !e.revoked.IsZero() {
		f.Value += " " + e.revoked.Format(dateTime)
	}
	if e.reason >= 0 {
		f.Value += ", " + reasonText(e.reason)
	}
	f.Items = append(f.Items, extensionFields(without(e.extensions, reasonOfText))...)
	return f
}

func without(extensions []report.Extension, oid string) []report.Extension {
	return slices.DeleteFunc(slices.Clone(extensions), func(x report.Extension) bool { return x.OID == oid && x.Known })
}

func find(extensions []report.Extension, oid string) (report.Extension, bool) {
	i := slices.IndexFunc(extensions, func(x report.Extension) bool { return x.OID == oid })
	if i < 0 {
		return report.Extension{}, false
	}
	return extensions[i], true
}

// value is what an extension of one value says.
func value(extensions []report.Extension, oid string) string {
	if x, ok := find(extensions, oid); ok && len(x.Fields) > 0 {
		return x.Fields[0].Value
	}
	return ""
}

func thisUpdate(t, at time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case at.Before(t):
		return t.Format(dateTime) + ", which is " + span(t.Sub(at)) + " ahead"
	}
	return t.Format(dateTime)
}

// nextUpdate says how long the evidence holds, to the second inclusive.
func nextUpdate(t, at time.Time, endless bool) string {
	switch {
	case endless:
		return "not said"
	case t.IsZero():
		return ""
	case at.After(t):
		return t.Format(dateTime) + ", which is " + span(at.Sub(t)) + " ago"
	}
	return t.Format(dateTime) + ", in " + span(t.Sub(at))
}

// span is a length of time in its largest unit, rounded down.
func span(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := d / unit.length; n == 1 {
			return "1 " + unit.name
		} else if n > 1 {
			return thousands(int(n)) + " " + unit.name + "s"
		}
	}
	return "less than a minute"
}

// thousands writes a number with commas.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	var parts []string
	for len(digits) > 3 {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, ",")
}
