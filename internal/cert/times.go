package cert

import (
	"strconv"
	"time"
)

// dateTime is RFC 3339 in UTC and whole seconds, as the contract wants it.
const dateTime = "2006-01-02T15:04:05Z"

// maxTime bounds the text of a time; the longest valid one has 15 characters, and
// a fraction of a second adds to it.
const maxTime = 40

func formatTime(t time.Time) string { return t.UTC().Format(dateTime) }

// time reads a Time: UTCTime or GeneralizedTime (RFC 5280, section 4.1.2.5).
func (c *cursor) time(name string) (time.Time, bool) {
	e := c.next(name)
	if !e.ok() {
		return time.Time{}, false
	}
	if e.class != universal || !isTime(e.tag) {
		c.hard(e, name, "expected UTCTime or GeneralizedTime, found "+e.typeName())
		return time.Time{}, false
	}
	return c.timeOf(e, e.tag, name)
}

// timeOf reads the content of e, which the cursor read last, as a time of the
// type with the tag.
func (c *cursor) timeOf(e element, tag int, name string) (time.Time, bool) {
	t, flaw, ok := parseTime(tag, string(e.content[:min(len(e.content), maxTime)]))
	if ok && flaw == "" {
		return t, true
	}
	quoted := strconv.Quote(string(e.content[:min(len(e.content), maxTime)]))
	if !ok {
		c.hard(e, name, quoted+" is not a valid "+typeName(universal, tag))
		return time.Time{}, false
	}
	c.lax(e, name, "the time "+quoted+" "+flaw)
	return t, true
}

// timeText is timeOf as text: in RFC 3339, and as it stands when that cannot be.
func (c *cursor) timeText(e element, tag int, name string) string {
	if t, ok := c.timeOf(e, tag, name); ok {
		return formatTime(t)
	}
	return visible(string(e.content[:min(len(e.content), maxTime)]))
}

// parseTime reads the text of a UTCTime or GeneralizedTime. flaw says in which
// way it breaks the profile of RFC 5280, which demands seconds, no fraction of
// them, and "Z" (sections 4.1.2.5.1 and 4.1.2.5.2).
func parseTime(tag int, s string) (t time.Time, flaw string, ok bool) {
	year, rest, ok := parseYear(tag, s)
	if !ok {
		return time.Time{}, "", false
	}
	fields, rest := leadingDigits(rest, 5)
	n := len(fields)
	if n < 3 || n == 3 && tag == tagUTCTime {
		return time.Time{}, "", false
	}
	for len(fields) < 5 {
		fields = append(fields, 0)
	}
	if n < 5 {
		flaw = "has no seconds"
	}
	if digits := fraction(rest); digits > 0 && tag == tagGeneralized {
		rest, flaw = rest[digits:], "has a fraction of a second"
	}
	zone, zoneFlaw, ok := parseZone(rest)
	if zoneFlaw != "" {
		flaw = zoneFlaw
	}
	t = time.Date(year, time.Month(fields[0]), fields[1], fields[2], fields[3], fields[4], 0, time.UTC)
	if !ok || !sameFields(t, fields) {
		return time.Time{}, "", false
	}
	return t.Add(-zone), flaw, true
}

// parseYear reads the year. RFC 5280, section 4.1.2.5.1: "Where YY is greater
// than or equal to 50, the year SHALL be interpreted as 19YY".
func parseYear(tag int, s string) (year int, rest string, ok bool) {
	groups := 2
	if tag == tagUTCTime {
		groups = 1
	}
	digits, rest := leadingDigits(s, groups)
	switch {
	case len(digits) < groups:
		return 0, s, false
	case groups == 2:
		return digits[0]*100 + digits[1], rest, true
	case digits[0] >= 50:
		return 1900 + digits[0], rest, true
	}
	return 2000 + digits[0], rest, true
}

// leadingDigits reads up to n groups of two digits.
func leadingDigits(s string, n int) (groups []int, rest string) {
	groups = make([]int, 0, 5)
	for len(groups) < n && len(s) >= 2 && isDigit(s[0]) && isDigit(s[1]) {
		groups = append(groups, int(s[0]-'0')*10+int(s[1]-'0'))
		s = s[2:]
	}
	return groups, s
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// fraction is the length of a leading ".123" or ",123".
func fraction(s string) int {
	if s == "" || s[0] != '.' && s[0] != ',' {
		return 0
	}
	n := 1
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// parseZone reads "Z", "+hhmm", or nothing, which is local time and is taken
// for UTC.
func parseZone(s string) (offset time.Duration, flaw string, ok bool) {
	switch {
	case s == "Z":
		return 0, "", true
	case s == "":
		return 0, "does not end with Z", true
	case len(s) == 5 && (s[0] == '+' || s[0] == '-'):
		digits, rest := leadingDigits(s[1:], 2)
		if rest != "" || digits[0] > 23 || digits[1] > 59 {
			return 0, "", false
		}
		offset = time.Duration(digits[0])*time.Hour + time.Duration(digits[1])*time.Minute
		if s[0] == '-' {
			offset = -offset
		}
		return offset, "is not in UTC", true
	}
	return 0, "", false
}

// sameFields tells whether t has the month, day, hour, minute and second that it
// was made of: time.Date makes the 31st of February a day in March.
func sameFields(t time.Time, f []int) bool {
	return int(t.Month()) == f[0] && t.Day() == f[1] && t.Hour() == f[2] && t.Minute() == f[3] && t.Second() == f[4]
}

const secondsPerDay = 24 * 60 * 60

// daysLeft is the number of whole days from at to notAfter, rounded down. It
// counts in seconds, as a time.Duration ends after 292 years.
func daysLeft(at, notAfter time.Time) int {
	return int(floorDiv(notAfter.Unix()-at.Unix(), secondsPerDay))
}

// validityDays is the length of the validity period in days, rounded up. The
// end is included (RFC 5280, section 4.1.2.5), hence the added second; Baseline
// Requirements, section 6.3.2: "a day is measured as 86,400 seconds. Any amount
// of time greater than this, including fractional seconds and/or leap seconds,
// shall represent an additional day."
func validityDays(notBefore, notAfter time.Time) int {
	return int(-floorDiv(-(notAfter.Unix() - notBefore.Unix() + 1), secondsPerDay))
}

func floorDiv(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}
