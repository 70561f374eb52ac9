package evidence

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// dateTime is RFC 3339 in UTC and whole seconds.
const dateTime = "2006-01-02T15:04:05Z"

// layouts are the forms of a time. RFC 5280, section 4.1.2.5, allows the first
// two; X.680 and old programs know the others.
var layouts = map[byte][]string{
	tagUTCTime:     {"060102150405Z", "0601021504Z", "060102150405-0700", "0601021504-0700"},
	tagGeneralTime: {"20060102150405Z", "200601021504Z", "20060102150405-0700", "20060102150405"},
}

// time reads a UTCTime or GeneralizedTime; zero when it can't.
func (r *reader) time(name string) time.Time {
	if !r.is(tagUTCTime) && !r.is(tagGeneralTime) {
		found := "nothing"
		if r.more() {
			found = tagName(r.rest[0])
		}
		r.log.note(r.field(name), r.at, true, "expected a time, found %s", found)
		return time.Time{}
	}
	e := r.next(name)
	if e.cut {
		return time.Time{}
	}
	text := string(e.body[:min(len(e.body), 40)])
	for _, layout := range layouts[e.tag] {
		if t, err := time.Parse(layout, text); err == nil {
			return century(e.tag, t.UTC())
		}
	}
	r.log.note(r.field(name), e.at, true, "%s is not a valid %s", strconv.QuoteToASCII(text), tagName(e.tag))
	return time.Time{}
}

// century corrects the century of a UTCTime. RFC 5280, section 4.1.2.5.1: "Where
// YY is greater than or equal to 50, the year SHALL be interpreted as 19YY".
// Package time has the boundary at 69.
func century(tag byte, t time.Time) time.Time {
	if tag == tagUTCTime && t.Year() >= 2050 {
		return t.AddDate(-100, 0, 0)
	}
	return t
}

// oid gives the object identifier e in dotted form; empty when it can't.
func oid(e element) string {
	body := e.value()
	if len(body) == 0 || len(body) > 128 || body[len(body)-1]&0x80 != 0 {
		return ""
	}
	var out []string
	var n uint64
	for _, b := range body {
		if n>>56 != 0 {
			return ""
		}
		n = n<<7 | uint64(b&0x7f)
		if b&0x80 != 0 {
			continue
		}
		if out == nil { // "(X*40) + Y", where X is at most 2 (X.690, section 8.19.4)
			x := min(n/40, 2)
			out, n = append(out, strconv.FormatUint(x, 10)), n-40*x
		}
		out, n = append(out, strconv.FormatUint(n, 10)), 0
	}
	return strings.Join(out, ".")
}

// algorithm reads an AlgorithmIdentifier and gives its name for people.
func (r *reader) algorithm(name string) string {
	text, _ := r.identifier(name)
	return text
}

// identifier reads an AlgorithmIdentifier and gives its name for people, and the
// DER of the whole.
func (r *reader) identifier(name string) (text string, der []byte) {
	e := r.take(tagSequence, name)
	in := r.enter(e, name)
	if !in.more() {
		return "", e.whole()
	}
	return cert.OIDName(oid(in.take(tagOID, "algorithm"))), e.whole()
}

// number gives a small INTEGER or ENUMERATED; -1 when it is large or negative.
func number(e element) int {
	body := e.value()
	if len(body) == 0 || len(body) > 4 || body[0]&0x80 != 0 {
		return -1
	}
	n := 0
	for _, b := range body {
		n = n<<8 | int(b)
	}
	return n
}

// hexText shows bytes, at most 64 of them.
func hexText(b []byte) string {
	const most = 64
	if len(b) <= most {
		return hex.EncodeToString(b)
	}
	return hex.EncodeToString(b[:most]) + " (the first " + strconv.Itoa(most) + " of " + bytesText(len(b)) + ")"
}

// reasons are the values of CRLReason (RFC 5280, section 5.3.1).
var reasons = map[int]string{
	0: "Unspecified", 1: "Key compromise", 2: "CA compromise", 3: "Affiliation changed", 4: "Superseded",
	5: "Cessation of operation", 6: "Certificate hold", 8: "Remove from CRL", 9: "Privilege withdrawn", 10: "AA compromise",
}

func reasonText(n int) string {
	if text, ok := reasons[n]; ok {
		return text
	}
	return "Unknown reason " + strconv.Itoa(n)
}

// extensionFields puts extensions into words, one field each.
func extensionFields(extensions []report.Extension) []report.Field {
	var all []report.Field
	for _, x := range extensions {
		f := report.Field{Label: x.Name, Items: x.Fields}
		if len(x.Fields) == 1 && x.Fields[0].Label == "" && x.Fields[0].Items == nil {
			f = report.Field{Label: x.Name, Value: x.Fields[0].Value, Code: x.Fields[0].Code}
		}
		if x.Critical {
			f.Value = strings.TrimPrefix(f.Value+", critical", ", ")
		}
		if !x.Known {
			b, _ := hex.DecodeString(x.Value)
			f.Items = append(f.Items, report.Field{Label: "Value", Value: hexText(b), Code: true})
		}
		all = append(all, f)
	}
	return all
}

// extensions decodes the Extensions that in stands before, if any.
func (r *reader) extensions(in reader) []report.Extension {
	if !in.more() {
		return nil
	}
	e := in.take(tagSequence, "")
	list, problems := cert.DecodeExtensions(e.full, in.path, e.at)
	for _, p := range problems {
		r.log.note(p.Field, p.Offset, false, "%s", p.Detail)
	}
	for _, x := range list {
		if x.Problem != nil {
			r.log.note(x.Problem.Field, x.Problem.Offset, false, "%s", x.Problem.Detail)
		}
	}
	return list
}
