package evidence

import (
	"cmp"
	"fmt"
	"time"

	"certlens/internal/cert"
)

// say puts into words what the list says about c, and why it may not count.
func (l *list) say(c *cert.Certificate, r ruling, one entry, why error) string {
	text := fmt.Sprintf("The revocation list of %s", issuerTitle(l.issuer))
	if l.delta() {
		text = fmt.Sprintf("The delta revocation list of %s", issuerTitle(l.issuer))
	}
	text += dated(l.thisUpdate)
	switch {
	case r.lift, r.Status == "good" && one.reason == removeFromCRL && one.serial != nil:
		text += fmt.Sprintf(" releases %s from its hold", c.Title())
	case r.Status == "revoked":
		text += fmt.Sprintf(" lists %s as revoked%s", c.Title(), since(r.Verdict))
	case r.Status == "good":
		text += fmt.Sprintf(" does not list %s", c.Title())
	default:
		text += fmt.Sprintf(" leaves open whether %s is revoked: %s", c.Title(), l.open())
	}
	return text + because(why) + "." + r.timely(l.thisUpdate, l.nextUpdate, "list")
}

// open says why the list decides nothing.
func (l *list) open() string {
	switch strange := l.strange(); {
	case strange != "":
		return "a critical extension of it, " + cert.OIDName(strange) + ", is not understood here"
	case l.entries.partial || !l.entries.known:
		return "not all of it could be read"
	case l.scope.someReasons:
		return "it is about some reasons alone, and does not list it"
	}
	return "a critical extension of an entry is not understood here"
}

// say puts into words what the response says about c.
func (r *response) say(c *cert.Certificate, v ruling, s single, why error) string {
	text := "The OCSP response"
	if name := cert.FormatName(r.responderName); len(r.responderName) > 0 {
		text += " of " + cmp.Or(name.CommonName, name.Text)
	}
	text += dated(s.thisUpdate)
	switch s.status {
	case "revoked":
		text += fmt.Sprintf(" says that %s is revoked%s", c.Title(), since(v.Verdict))
	case "good":
		text += fmt.Sprintf(" says that %s is not revoked", c.Title())
	default:
		text += fmt.Sprintf(" says that the responder does not know %s", c.Title())
	}
	return text + because(why) + "." + v.timely(s.thisUpdate, s.nextUpdate, "response")
}

func issuerTitle(name []byte) string {
	formatted := cert.FormatName(name)
	return cmp.Or(formatted.CommonName, formatted.Text)
}

func dated(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " of " + t.Format(dateTime)
}

// since is as in ", since 2026-10-01T12:00:00Z (Key compromise)".
func since(v Verdict) string {
	text := ""
	if !v.At.IsZero() {
		text = " since " + v.At.Format(dateTime)
	}
	if v.Reason != "" {
		text += " (" + v.Reason + ")"
	}
	return text
}

func because(why error) string {
	if why == nil {
		return ""
	}
	return ", but " + why.Error()
}

// timely says when the verdict is not current.
func (r ruling) timely(thisUpdate, nextUpdate time.Time, what string) string {
	switch {
	case r.Current:
		return ""
	case thisUpdate.IsZero():
		return fmt.Sprintf(" The time of the %s could not be read.", what)
	case r.at.Before(thisUpdate):
		return fmt.Sprintf(" The %s is not valid before that time.", what)
	case nextUpdate.IsZero():
		return fmt.Sprintf(" The end of the %s could not be read.", what)
	}
	return fmt.Sprintf(" The %s ended on %s.", what, nextUpdate.Format(dateTime))
}
