package lint

import (
	"strings"
	"testing"

	"certlens/internal/cert"
	"certlens/lint/internal/fixture"
)

// plain is a server certificate that says nothing of who issued it.
func plain(change func(*fixture.Spec)) *fixture.Spec {
	return leaf(func(s *fixture.Spec) {
		s.Policies, s.SCTs, s.By = nil, 0, fixture.PrivateIntermediate
		change(s)
	})
}

func unchanged(*fixture.Spec) {}

func policy(oid string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.Policies = []string{oid} }
}

func use(eku ...string) func(*fixture.Spec) {
	return func(s *fixture.Spec) { s.EKU = eku }
}

func mailbox(s *fixture.Spec) {
	s.EKU, s.Email, s.DNS = []string{"emailProtection"}, []string{"a@example.com"}, nil
}

func TestChoose(t *testing.T) {
	public, private := Subject{PublicRoot: true}, Subject{PrivateRoot: true}
	both := Subject{PublicRoot: true, PrivateRoot: true}
	underPublic := Subject{Issuer: cert.Parse(fixture.PublicIntermediate.DER())}
	underPrivate := Subject{Issuer: cert.Parse(fixture.PrivateIntermediate.DER())}
	for _, c := range []struct {
		what   string
		spec   *fixture.Spec
		known  Subject
		want   Profile
		reason string
	}{
		{"nothing known", plain(unchanged), Subject{}, Private, "Nothing"},
		{"nothing known, issuer silent", plain(unchanged), underPrivate, Private, "Nothing"},
		{"private root", plain(unchanged), private, Private, "no public store"},
		{"public root", plain(unchanged), public, WebPKI, "root of a public store"},
		{"both roots", plain(unchanged), both, WebPKI, "root of a public store"},
		{"CA, nothing known", fixture.PrivateRoot, Subject{}, Private, "Nothing"},
		{"CA, public root", fixture.PublicRoot, public, WebPKI, "root of a public store"},
		{"CA, private root", fixture.PrivateIntermediate, private, Private, "no public store"},
		{"self-signed", plain(func(s *fixture.Spec) { s.By = nil }), private, Private, "no public store"},

		{"DV policy", plain(policy("2.23.140.1.2.1")), Subject{}, WebPKI, "2.23.140.1.2.1"},
		{"OV policy, private root", plain(policy("2.23.140.1.2.2")), private, WebPKI, "2.23.140.1.2.2"},
		{"EV policy", plain(policy("2.23.140.1.1")), Subject{}, WebPKI, "Extended Validation"},
		{"S/MIME policy", plain(policy("2.23.140.1.5.3.2")), public, SMIME, "S/MIME"},
		{"code signing policy", plain(policy("2.23.140.1.4.1")), Subject{}, CodeSign, "Code Signing"},
		{"other policy", plain(policy("1.3.6.1.4.1.99999.1")), private, Private, "no public store"},
		{"policies of two documents", plain(func(s *fixture.Spec) { s.Policies = []string{"2.23.140.1.5.1.1", "2.23.140.1.2.1"} }), Subject{}, WebPKI, "TLS"},
		{"timestamps", plain(func(s *fixture.Spec) { s.SCTs = 2 }), private, WebPKI, "timestamps"},
		{"precertificate", plain(func(s *fixture.Spec) { s.Poison = true }), Subject{}, WebPKI, "precertificate"},
		{"issuer asserts a policy", plain(unchanged), underPublic, WebPKI, "Example TLS CA 7"},
		{"issuer asserts a policy, for clients", plain(use("clientAuth")), underPublic, Private, "Nothing"},

		{"mailbox, nothing known", plain(mailbox), Subject{}, SMIME, "mailbox"},
		{"mailbox, public root", plain(mailbox), public, SMIME, "public store, and it is for e-mail"},
		{"mailbox, private root", plain(mailbox), private, Private, "no public store"},
		{"mailbox and server", plain(func(s *fixture.Spec) { mailbox(s); s.EKU = append(s.EKU, "serverAuth") }), public, WebPKI, "public store"},
		{"code, nothing known", plain(use("codeSigning")), Subject{}, CodeSign, "signing code"},
		{"code, public root", plain(use("codeSigning")), public, CodeSign, "public store"},
		{"code, private root", plain(use("codeSigning")), private, Private, "no public store"},
		{"time-stamping, public root", plain(use("timeStamping")), public, CodeSign, "time-stamping"},
		{"client, public root", plain(use("clientAuth")), public, RFC5280, "none of the purposes"},
		{"responder, public root", plain(use("OCSPSigning")), public, WebPKI, "public store"},
		{"any purpose, public root", plain(use("any")), public, WebPKI, "public store"},
		{"no purpose, public root", plain(use()), public, WebPKI, "public store"},
	} {
		c.known.Cert = cert.Parse(c.spec.DER())
		got, reason := Choose(c.known)
		if got != c.want || !strings.Contains(reason, c.reason) || !strings.HasSuffix(reason, ".") {
			t.Errorf("%s: %s (%s), want %s (... %s ...)", c.what, got, reason, c.want, c.reason)
		}
	}
}

func TestChooseUnreadable(t *testing.T) {
	run, findings := Certificate(Subject{Cert: cert.Parse([]byte("not a certificate"))}, Auto)
	if run.Profile != string(RFC5280) || findings != nil || !strings.Contains(run.Reason, "could not be parsed") {
		t.Errorf("%+v, %v", run, findings)
	}
}

func TestParseProfile(t *testing.T) {
	for in, want := range map[string]Profile{"": Auto, "auto": Auto, "webpki": WebPKI, "rfc5280": RFC5280, "smime": SMIME, "codesign": CodeSign, "private": Private} {
		if got, err := ParseProfile(in); got != want || err != nil {
			t.Errorf("%q: %s, %v", in, got, err)
		}
	}
	if _, err := ParseProfile("Web\nPKI"); err == nil || err.Error() != `lint: unknown profile "Web\nPKI" (known: auto, webpki, rfc5280, smime, codesign, private)` {
		t.Errorf("error %v", err)
	}
}
