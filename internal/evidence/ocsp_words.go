package evidence

import (
	"strconv"
	"time"

	"certlens/internal/cert"
	"certlens/internal/report"
)

// statusTexts are the values of OCSPResponseStatus (RFC 6960, section 4.2.1).
var statusTexts = map[int]string{
	0: "successful", 1: "malformed request", 2: "internal error", 3: "try later", 5: "signature required", 6: "unauthorized",
}

func statusText(n int) string {
	if text, ok := statusTexts[n]; ok {
		return text
	}
	return "unknown status " + strconv.Itoa(n)
}

// title says what the response says, where it says one thing.
func (r response) title() string {
	switch {
	case !r.read:
		return "OCSP response"
	case r.status != 0:
		return "OCSP response: " + statusText(r.status)
	case r.count == 1 && r.singles[0].status != "":
		return "OCSP response: " + r.singles[0].status
	}
	return "OCSP response"
}

// words are the contents in words. Of what could not be read there is nothing.
func (r response) words(at time.Time) []report.Field {
	if !r.read {
		return nil
	}
	all := fields{{Label: "Response status", Value: statusText(r.status)}}
	if r.kind != "" && r.kind != basicResponse {
		all.add("Response type", r.kind)
	}
	if !r.basic {
		return all
	}
	all.add("Responder", cert.FormatName(r.responderName).Text)
	all.code("Responder's key (SHA-1)", r.responderKey)
	if !r.produced.IsZero() {
		all.add("Produced", thisUpdate(r.produced, at))
	}
	all = append(all, r.statuses(at))
	all.add("Signature algorithm", r.algorithm)
	if r.complete || r.certificateCount > 0 {
		all = append(all, r.enclosed())
	}
	if items := extensionFields(r.extensions); items != nil {
		all = append(all, report.Field{Label: "Extensions", Items: items})
	}
	return all
}

// statuses are the single responses.
func (r response) statuses(at time.Time) report.Field {
	f := report.Field{Label: "Certificates asked about", Value: counted(r.count, len(r.singles), r.partial)}
	for _, s := range r.singles {
		f.Items = append(f.Items, s.words(at))
	}
	return f
}

// words are the serial number with the status, and what stands beside it.
func (s single) words(at time.Time) report.Field {
	f := report.Field{Label: hexText(s.serial), Code: true, Value: s.status}
	if s.status == "revoked" && !s.revoked.IsZero() {
		f.Value += " " + s.revoked.Format(dateTime)
	}
	if s.reason >= 0 {
		f.Value += ", " + reasonText(s.reason)
	}
	var items fields
	items.add("This update", thisUpdate(s.thisUpdate, at))
	items.add("Next update", nextUpdate(s.nextUpdate, at, s.endless))
	if s.hash != "" {
		items.code("Issuer's name ("+s.hash+")", s.nameHash)
		items.code("Issuer's key ("+s.hash+")", s.keyHash)
	}
	f.Items = append(items, extensionFields(s.extensions)...)
	return f
}

// enclosed are the certificates that the responder sent along.
func (r response) enclosed() report.Field {
	f := report.Field{Label: "Certificates enclosed", Value: counted(r.certificateCount, len(r.certificates), !r.complete)}
	for _, c := range r.certificates {
		f.Items = append(f.Items, report.Field{Label: c.Title(), Value: c.ID, Code: true})
	}
	return f
}

// fields is a list that grows by what is not empty.
type fields []report.Field

func (f *fields) add(label, value string) {
	if value != "" {
		*f = append(*f, report.Field{Label: label, Value: value})
	}
}

func (f *fields) code(label string, b []byte) {
	if len(b) > 0 {
		*f = append(*f, report.Field{Label: label, Value: hexText(b), Code: true})
	}
}
