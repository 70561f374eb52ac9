package evidence

import (
	"crypto"
	"crypto/x509/pkix"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"certlens/internal/cert"
)

// brief writes a verdict as "leaf.example.com revoked (Key compromise) verified current".
func brief(all []Verdict, certs []*cert.Certificate) string {
	var out []string
	for _, v := range all {
		i := slices.IndexFunc(certs, func(c *cert.Certificate) bool { return c.ID == v.Certificate })
		text := certs[i].Title() + " " + v.Status
		if v.Reason != "" {
			text += " (" + v.Reason + ")"
		}
		if v.Verified {
			text += " verified"
		}
		if v.Current {
			text += " current"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// A listCase is a list, what it says, and words in the detail of the first verdict.
type listCase struct {
	what  string
	list  listing
	want  string
	words string
}

func listCases(c cast) []listCase {
	idp := func(parts ...string) []pkix.Extension { return []pkix.Extension{extension(issuingPoint, parts...)} }
	const leaf, sub = "leaf.example.com ", "Example Sub CA "
	return []listCase{
		{"listed", listing{by: c.ca, serials: []int64{9, 0x80}, reason: 1}, leaf + "revoked (Key compromise) verified current; " + sub + "good verified current",
			"The revocation list of Example CA of 2026-11-19T12:00:00Z lists leaf.example.com as revoked since 2026-11-17T12:00:00Z (Key compromise)."},
		{"not listed", listing{by: c.ca, serials: []int64{9}}, leaf + "good verified current; " + sub + "good verified current", "does not list leaf.example.com."},
		{"empty", listing{by: c.ca}, leaf + "good verified current; " + sub + "good verified current", ""},
		{"old", listing{by: c.ca, serials: []int64{0x80}, from: -72 * time.Hour}, leaf + "revoked verified; " + sub + "good verified", "The list ended on 2026-11-19T12:00:00Z."},
		{"ahead", listing{by: c.ca, serials: []int64{0x80}, from: time.Hour}, leaf + "revoked verified; " + sub + "good verified", "not valid before that time"},
		{"ends now", listing{by: c.ca, from: -48 * time.Hour}, leaf + "good verified; " + sub + "good verified", ""},
		{"another key", listing{by: c.twin, serials: []int64{0x80}}, leaf + "revoked current; " + sub + "good current", "but its signature is not by the issuer's key"},
		{"no cRLSign", listing{by: pretend(c.plainCA), serials: []int64{0x80}}, "other.example.com revoked current", "does not allow it to sign lists"},
		{"no one's", listing{by: pretend(c.leaf), serials: []int64{0x80}}, "", ""},
		{"users alone", listing{by: c.ca, serials: []int64{0x81}, extra: idp("\x81\x01\xff")}, leaf + "good verified current", ""},
		{"CAs alone", listing{by: c.ca, serials: []int64{0x80, 0x81}, extra: idp("\x82\x01\xff")}, sub + "revoked verified current", ""},
		{"attributes alone", listing{by: c.ca, serials: []int64{0x80}, extra: idp("\x85\x01\xff")}, "", ""},
		{"some reasons, listed", listing{by: c.ca, serials: []int64{0x80, 0x81}, extra: idp("\x83\x02\x05\x60")}, leaf + "revoked verified current; " + sub + "revoked verified current", ""},
		{"some reasons, not listed", listing{by: c.ca, extra: idp("\x83\x02\x05\x60")}, leaf + "unknown verified current; " + sub + "unknown verified current", "some reasons alone"},
		{"own point", listing{by: c.ca, serials: []int64{0x80}, extra: idp(point("http://crl.example.com/1.crl"))}, leaf + "revoked verified current", ""},
		{"another point", listing{by: c.ca, serials: []int64{0x80}, extra: idp(point("http://crl.example.com/2.crl"))}, "", ""},
		{"strange extension", listing{by: c.ca, serials: []int64{0x80}, extra: []pkix.Extension{extension("1.2.3.4")}}, leaf + "unknown verified current; " + sub + "unknown verified current", "1.2.3.4, is not understood here"},
		{"strange entry", listing{by: c.ca, serials: []int64{0x80}, marks: []pkix.Extension{extension("1.2.3.4")}}, leaf + "unknown verified current; " + sub + "unknown verified current", "extension of an entry"},
		{"indirect, another's entry", listing{by: c.ca, serials: []int64{0x80}, extra: idp("\x84\x01\xff"), marks: issuerMark(c.plainCA)}, leaf + "good verified current; " + sub + "good verified current", ""},
		{"indirect, own entry", listing{by: c.ca, serials: []int64{0x80}, extra: idp("\x84\x01\xff"), marks: issuerMark(c.ca)}, leaf + "revoked verified current; " + sub + "good verified current", ""},
		{"delta, not listed", listing{by: c.ca, extra: []pkix.Extension{deltaMark()}}, "", ""},
		{"delta, listed", listing{by: c.ca, serials: []int64{0x80}, extra: []pkix.Extension{deltaMark()}}, leaf + "revoked verified current", "The delta revocation list"},
		{"delta, released", listing{by: c.ca, serials: []int64{0x80}, reason: 8, extra: []pkix.Extension{deltaMark()}}, leaf + "good verified current", "releases leaf.example.com from its hold"},
		{"hold", listing{by: c.ca, serials: []int64{0x80}, reason: 6}, leaf + "revoked (Certificate hold) verified current; " + sub + "good verified current", ""},
	}
}

func TestStatusOfLists(t *testing.T) {
	c := newCast(t)
	for _, row := range listCases(c) {
		got := Status(c.all(), [][]byte{nil, row.list.der(t)}, []string{"key", "crl"}, noon)
		if text := brief(got, c.all()); text != row.want {
			t.Errorf("%s: %s\nwant %s", row.what, text, row.want)
		}
		checkVerdicts(t, row.what, got, 1, row.words)
	}
}

func checkVerdicts(t *testing.T, what string, all []Verdict, object int, words string) {
	t.Helper()
	for i, v := range all {
		if v.Object != object || v.Rule == "" || !strings.HasSuffix(v.Detail, ".") || i == 0 && !strings.Contains(v.Detail, words) {
			t.Errorf("%s: %+v, want %q", what, v, words)
		}
		if (v.Status == "revoked") != !v.At.IsZero() {
			t.Errorf("%s: %s since %s", what, v.Status, v.At)
		}
	}
}

// TestRelease has a list that holds a certificate and a delta that releases it.
func TestRelease(t *testing.T) {
	c := newCast(t)
	certs := []*cert.Certificate{c.leaf.cert, c.ca.cert}
	held := listing{by: c.ca, serials: []int64{0x80}, reason: 6}
	delta := listing{by: c.ca, serials: []int64{0x80}, reason: 8, extra: []pkix.Extension{deltaMark()}, from: -time.Hour}
	before, forged, compromised := delta, delta, held
	before.from, forged.by, compromised.reason = -30*time.Hour, c.twin, 1
	const release = "; leaf.example.com good verified current"
	for _, row := range []struct {
		what        string
		list, delta listing
		want        string
	}{
		{"released", held, delta, release[2:]},
		{"held again", held, before, "leaf.example.com revoked (Certificate hold) verified current" + release},
		{"forged", held, forged, "leaf.example.com revoked (Certificate hold) verified current; leaf.example.com good current"},
		{"for good", compromised, delta, "leaf.example.com revoked (Key compromise) verified current" + release},
	} {
		got := Status(certs, [][]byte{row.list.der(t), row.delta.der(t)}, []string{"crl", "crl"}, noon)
		if text := brief(got, certs); text != row.want {
			t.Errorf("%s: %s\nwant %s", row.what, text, row.want)
		}
	}
}

// A replyCase is a response, what it says of the leaf, and words in the detail.
type replyCase struct {
	what        string
	reply       reply
	want, words string
}

func replyCases(c cast) []replyCase {
	return []replyCase{
		{"revoked, by the issuer", reply{by: c.ca, status: ocsp.Revoked}, "revoked (Key compromise) verified current",
			"The OCSP response of Example CA of 2026-11-19T12:00:00Z says that leaf.example.com is revoked since 2026-11-17T12:00:00Z (Key compromise)."},
		{"good", reply{by: c.ca}, "good verified current", "is not revoked."},
		{"unknown", reply{by: c.ca, status: ocsp.Unknown}, "unknown verified current", "does not know leaf.example.com"},
		{"SHA-256", reply{by: c.ca, status: ocsp.Revoked, hash: crypto.SHA256}, "revoked (Key compromise) verified current", ""},
		{"SHA-512", reply{by: c.ca, hash: crypto.SHA512}, "good verified current", ""},
		{"by a responder", reply{by: c.responder, embed: true, status: ocsp.Revoked}, "revoked (Key compromise) verified current", ""},
		{"by a responder that is not there", reply{by: c.responder, status: ocsp.Revoked}, "revoked (Key compromise) current", "responder is not here"},
		{"responder without the usage", reply{by: c.impostor, embed: true, status: ocsp.Revoked}, "revoked (Key compromise) current", "not appointed"},
		{"responder that has ended", reply{by: c.lapsed, embed: true, status: ocsp.Revoked}, "revoked (Key compromise) current", "not valid at this time"},
		{"by the other CA of the name", reply{by: c.twin, embed: true, status: ocsp.Revoked}, "revoked (Key compromise) current", "not by the issuer's key"},
		{"old", reply{by: c.ca, from: -72 * time.Hour}, "good verified", "The response ended on"},
		{"about another key", reply{by: c.ca, issuer: c.twin}, "", ""},
		{"about another serial number", reply{by: c.ca, about: c.sub}, "", ""},
	}
}

func TestStatusOfResponses(t *testing.T) {
	c := newCast(t)
	for _, row := range replyCases(c) {
		certs := []*cert.Certificate{c.leaf.cert, c.ca.cert, c.other.cert}
		got := Status(certs, [][]byte{row.reply.der(t, c)}, []string{"ocsp"}, noon)
		if text := strings.TrimPrefix(brief(got, certs), "leaf.example.com "); text != row.want {
			t.Errorf("%s: %s\nwant %s", row.what, text, row.want)
		}
		checkVerdicts(t, row.what, got, 0, row.words)
	}
}

// TestWithoutIssuer has no certificate to check a signature with.
func TestWithoutIssuer(t *testing.T) {
	c := newCast(t)
	certs := []*cert.Certificate{c.leaf.cert}
	ders := [][]byte{listing{by: c.ca, serials: []int64{0x80}}.der(t), reply{by: c.ca, status: ocsp.Revoked}.der(t, c)}
	got := Status(certs, ders, []string{"crl", "ocsp"}, noon)
	if text := brief(got, certs); text != "leaf.example.com revoked current; leaf.example.com revoked (Key compromise) current" {
		t.Errorf("%s", text)
	}
	for _, v := range got {
		if !strings.Contains(v.Detail, "but the certificate of its issuer is not here") {
			t.Errorf("%+v", v)
		}
	}
}

// TestSameName has a list by another key of the issuer's name: that of another
// CA, and the new one of the same CA, which the old one vouches for.
func TestSameName(t *testing.T) {
	c := newCast(t)
	next := issue(t, "Example CA", 8, c.ca, authority)
	for _, row := range []struct {
		by          *actor
		want, words string
	}{
		{c.twin, "leaf.example.com revoked current", "but the key that issued the certificate is another one"},
		{next, "leaf.example.com revoked verified current", "as revoked since 2026-11-17T12:00:00Z."},
	} {
		certs := []*cert.Certificate{c.leaf.cert, c.ca.cert, row.by.cert}
		got := Status(certs, [][]byte{listing{by: row.by, serials: []int64{0x80}}.der(t)}, []string{"crl"}, noon)
		if text, _, _ := strings.Cut(brief(got, certs), ";"); text != row.want || !strings.Contains(got[0].Detail, row.words) {
			t.Errorf("%s: %+v, want %s", text, got, row.want)
		}
	}
}

// TestHalfRead cuts what proves a revocation at every byte: there must be no
// panic, and nothing verified.
func TestHalfRead(t *testing.T) {
	c := newCast(t)
	for kind, der := range map[string][]byte{
		"crl":  listing{by: c.ca, serials: []int64{1, 0x80}, reason: 1}.der(t),
		"ocsp": reply{by: c.responder, embed: true, status: ocsp.Revoked}.der(t, c),
	} {
		for n := range der {
			for _, v := range Status(c.all(), [][]byte{der[:n]}, []string{kind}, noon) {
				if v.Verified && kind == "crl" || v.Verified && v.Status != "revoked" {
					t.Fatalf("%s cut at %d: %+v", kind, n, v)
				}
			}
			bent := slices.Clone(der)
			bent[n] ^= 1
			Status(c.all(), [][]byte{bent}, []string{kind}, noon)
		}
	}
}

// TestStatusOfMany has a long list and many certificates of its issuer.
func TestStatusOfMany(t *testing.T) {
	c := newCast(t)
	var serials []int64
	for i := range int64(100_000) {
		serials = append(serials, 1000+i)
	}
	der := listing{by: c.ca, serials: append(serials, 0x80), reason: 1}.der(t)
	certs := c.all()
	for i := range int64(50) {
		certs = append(certs, issue(t, fmt.Sprint(i), 1000+i, c.ca, nil).cert)
	}
	start := time.Now()
	got := Status(certs, [][]byte{der}, []string{"crl"}, noon)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	revoked := 0
	for _, v := range got {
		if v.Status == "revoked" && v.Verified {
			revoked++
		}
	}
	if revoked != 51 || len(got) != 52 {
		t.Errorf("%d revoked of %d", revoked, len(got))
	}
}
