package advice

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"slices"
	"strings"
	"testing"

	"certlens/internal/client"
	"certlens/internal/lab"
	"certlens/internal/report"
)

// alones are error texts without anything else, one for each class that a text can
// mean, with what is said of them and what else is possible.
var alones = []struct{ text, want, summary, possible string }{
	{"curl: (60) SSL certificate problem: certificate has expired", "expired error likely", "", "clock_skew"},
	{"curl: (60) SSL certificate problem: certificate is not yet valid", "not_yet_valid error likely", "", "clock_skew"},
	{"curl: (60) SSL certificate problem: self-signed certificate", "self_signed error", "finds no path", ""},
	{"npm ERR! code SELF_SIGNED_CERT_IN_CHAIN\nnpm ERR! request to https://npm.example.com/x failed, reason: self-signed certificate in certificate chain", "self_signed_in_chain error likely",
		"npm finds no path from the certificate of npm.example.com to a root that it trusts; most likely the server sent the root of a private CA.", "interception"},
	{`Get "https://api.example.com/": tls: failed to verify certificate: x509: certificate signed by unknown authority`, "", "Go finds no path from the certificate of api.example.com", "interception"},
	{"curl: (60) SSL certificate problem: unable to get local issuer certificate", "missing_intermediate error likely",
		"curl finds no path from the certificate of the server to a root that it trusts; most likely the server does not send its intermediate certificate.", "unknown_root interception"},
	{"curl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'", "hostname_mismatch error", "www.example.com", ""},
	{"x509: cannot validate certificate for 192.0.2.1 because it doesn't contain any IP SANs", "ip_mismatch error", "", ""},
	{"x509: certificate relies on legacy Common Name field, use SANs instead", "no_san error certain", "", ""},
	{"curl: (35) error:0A00018A:SSL routines::dh key too small", "weak_key error", "", ""},
	{"NET::ERR_CERT_WEAK_SIGNATURE_ALGORITHM", "weak_signature error", "", ""},
	{"curl: (60) SSL certificate problem: unsuitable certificate purpose", "wrong_purpose error", "", ""},
	{"curl: (60) SSL certificate problem: path length constraint exceeded", "path_length error", "", ""},
	{"curl: (60) SSL certificate problem: permitted subtree violation", "name_constraint error", "", ""},
	{"NET::ERR_CERT_REVOKED", "revoked error", "", ""},
	{"NET::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", "ct_required error", "", ""},
	{"javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version", "protocol_version error", "", ""},
	{"ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "", "", "no_shared_cipher"},
	{"curl: (56) OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0", "client_cert_required error", "", ""},
	{"curl: (35) error:0A00010B:SSL routines::wrong version number", "", "", "wrong_protocol"},
	{"http: server gave HTTP response to HTTPS client", "plain_http error certain", "", ""},
	{"curl: (7) Failed to connect to www.example.com port 8443: Connection refused", "refused error certain", "www.example.com:8443 refused the connection: nothing listens there.", ""},
	{"curl: (6) Could not resolve host: nowhere.example", "dns error certain", "nowhere.example could not be found: its name does not resolve.", ""},
	{"curl: (35) Recv failure: Connection reset by peer", "reset error", "", ""},
	{"curl: (28) Connection timed out after 5000 milliseconds", "timeout error", "", ""},
	{"curl: (90) SSL: public key does not match pinned public key", "pin_mismatch error", "", ""},
	{"curl: (77) error setting certificate file: /etc/ssl/none.pem", "ca_file_unreadable error", "/etc/ssl/none.pem", ""},
	{"curl: (58) unable to set private key file: 'client.key' type PEM", "client_cert_unreadable error", "", ""},
	{"javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure", "handshake_failure error likely", "", "no_shared_cipher client_cert_required"},
	{"javax.net.ssl.SSLHandshakeException: Received fatal alert: unrecognized_name", "unrecognized_name error", "", ""},
	{"tls: no application protocol", "", "", ""},
	{"curl: (35) error:0A000152:SSL routines::unsafe legacy renegotiation disabled", "handshake_failure error", "curl reports: The server does not support secure renegotiation", ""},
	{"curl: (60) something new", "unknown_root error likely", "curl could not verify a certificate", "expired"},
	{`Get "https://10.0.0.1:6443/": x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")`, "unknown_root error likely",
		"another CA has the same name.", "bad_signature"},
	{"java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty", "ca_file_unreadable error likely", "Java's trust store is empty", "unknown_root"},
	{"Error: error:0308010C:digital envelope routines::unsupported", "other error unknown", "webpack 4", ""},
	{`nginx: [emerg] cannot load certificate "/etc/nginx/a.pem": BIO_new_file() failed (SSL: error:10000080:BIO routines::no such file)`, "client_cert_unreadable error likely", "does not exist", "ca_file_unreadable"},
	{"git: GnuTLS recv error (-12): A TLS fatal alert has been received.", "handshake_failure error likely", "The text does not say why it failed.", ""},
}

// TestErrorAlone asks for a diagnosis of an error text and nothing else: the class,
// how sure, and every other cause with what would decide.
func TestErrorAlone(t *testing.T) {
	for _, c := range alones {
		t.Run(c.text[:min(len(c.text), 40)], func(t *testing.T) {
			d := Diagnose(In{Errors: client.Recognise([]byte(c.text)), At: lab.At})
			if d == nil {
				t.Fatal("no diagnosis")
			}
			if head := fmt.Sprint(d.Class, " ", d.Severity, " ", d.Confidence); !strings.HasPrefix(head, c.want) || !strings.Contains(d.Summary, c.summary) {
				t.Errorf("%s: %s\nwant %s: %s", head, d.Summary, c.want, c.summary)
			}
			for possible := range strings.FieldsSeq(c.possible) {
				if !slices.ContainsFunc(d.Alternatives, func(a report.Alternative) bool { return string(a.Class) == possible }) {
					t.Errorf("%s is not among %+v", possible, d.Alternatives)
				}
			}
			if len(d.Alternatives) > 0 && d.Alternatives[0].Class != d.Class || len(d.Alternatives) == 1 {
				t.Errorf("%s, and the alternatives %+v", d.Class, d.Alternatives)
			}
			if d.Summary == "" || d.Class != report.Other && d.Action == "" || len(d.Causes) == 0 || d.Causes[0].From != "error" {
				t.Errorf("%+v", d)
			}
		})
	}
}

// An error text has an action that fits it, and not its class alone.
func TestActionOfText(t *testing.T) {
	const owner = "If the server is not yours, tell its owner."
	for text, want := range map[string]string{
		"curl: (35) error:0A00018A:SSL routines::dh key too small":                                                                              "Diffie-Hellman parameters of 2048 bits",
		"curl: (35) error:0A000152:SSL routines::unsafe legacy renegotiation disabled":                                                          "the server's TLS library",
		`nginx: [emerg] SSL_CTX_use_PrivateKey("/k.pem") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)`:           "belong together",
		"[ALERT] haproxy: No Private Key found in '/etc/haproxy/site.pem'":                                                                      "own certificate or key",
		"Error: error:0308010C:digital envelope routines::unsupported":                                                                          "build tool",
		"curl: (60) SSL certificate problem: certificate has expired":                                                                           owner,
		"curl: (60) SSL certificate problem: unable to get local issuer certificate":                                                            owner,
		"curl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'":                                    owner,
		`Get "https://api.openai.com/v1": x509: certificate signed by unknown authority`:                                                        "on a foreign network do not go on",
		"npm error code DEPTH_ZERO_SELF_SIGNED_CERT\nnpm error request to https://registry.npmjs.org/x failed, reason: self-signed certificate": "on a foreign network do not go on",
	} {
		if d := Diagnose(In{Errors: client.Recognise([]byte(text)), At: lab.At}); d == nil || !strings.Contains(d.Action, want) {
			t.Errorf("%s: %+v, want %q", text, d, want)
		}
	}
}

// said asks about certificates and an error text beside them.
func (q question) said(text string) *report.Diagnosis {
	q.errors = client.Recognise([]byte(text))
	return q.ask()
}

func TestErrorBesideCertificates(t *testing.T) {
	good := question{served: certs{site, middle}, anchors: certs{root}, host: "www.example.com"}
	for _, c := range []struct {
		name          string
		q             question
		text          string
		want, summary string
		alternatives  string
	}{
		{"agrees", question{served: certs{old, middle}, anchors: certs{root}}, "curl: (60) SSL certificate problem: certificate has expired",
			"expired certain", "old.example.com expired on 2026-11-17, 3 days ago. That is what curl says.", ""},
		{"agrees in other words", question{served: certs{site}, anchors: certs{root}}, "javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target",
			"missing_intermediate likely", "That is what Java says.", ""},
		{"the clocks differ", good, "curl: (60) SSL certificate problem: certificate has expired",
			"clock_skew likely", "curl says that a certificate is out of date, but those here are in date", "clock_skew expired"},
		{"the program's store differs", good, "curl: (60) SSL certificate problem: unable to get local issuer certificate",
			"missing_intermediate likely", "the chain here is complete and ends in Example Root", "missing_intermediate unknown_root interception"},
		{"another certificate", good, "curl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'",
			"hostname_mismatch likely", "the names of the one here are www.example.com.", "hostname_mismatch"},
		{"a failure of the connection", good, "curl: (7) Failed to connect to www.example.com port 443: Connection refused",
			"refused certain", "The certificates here are in order.", ""},
		{"two failures", question{served: certs{old, middle}, anchors: certs{root}}, "curl: (60) SSL: no alternative certificate subject name matches target host name 'www.example.com'",
			"hostname_mismatch likely", "", "hostname_mismatch"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := c.q.said(c.text)
			if head := fmt.Sprint(d.Class, " ", d.Confidence); head != c.want || !strings.Contains(d.Summary, c.summary) {
				t.Errorf("%s: %s\nwant %s: %s", head, d.Summary, c.want, c.summary)
			}
			var classes []string
			for _, a := range d.Alternatives {
				classes = append(classes, string(a.Class))
			}
			if got := strings.Join(classes, " "); !strings.HasPrefix(got, c.alternatives) {
				t.Errorf("alternatives %s, want %s", got, c.alternatives)
			}
		})
	}
}

// TestInterception asks that a chain of each product is known by its name, and
// that neither a public path nor the product's own device is taken for one.
func TestInterception(t *testing.T) {
	for _, c := range []struct{ ca, organization, product string }{
		{"Zscaler Intermediate Root CA", "Zscaler Inc.", "Zscaler"}, {"ca.example.goskope.com", "", "Netskope"},
		{"Inspection", "Palo Alto Networks", "Palo Alto Networks"}, {"FGT60F", "Fortinet", "Fortinet"},
		{"Kaspersky Anti-Virus Personal Root Certificate", "", "Kaspersky"}, {"ESET SSL Filter CA", "", "ESET"},
		{"Avast Web/Mail Shield Root", "", "Avast"}, {"Cisco Umbrella Secondary SubCA", "", "Cisco Umbrella"}, {"mitmproxy", "", "mitmproxy"},
		{"DO_NOT_TRUST_FiddlerRoot", "", "Fiddler"}, {"Charles Proxy CA (1 Jan 2026, host)", "", "Charles"}, {"PortSwigger CA", "", "Burp"}, {"Proxyman CA", "", "Proxyman"},
		{"Example Corp CA", "", ""},
	} {
		ca := lab.Issue(lab.Spec{Name: c.ca, CA: true, Edit: func(x *x509.Certificate) {
			x.Subject = pkix.Name{CommonName: c.ca}
			if c.organization != "" {
				x.Subject.Organization = []string{c.organization}
			}
		}})
		leaf := lab.Issue(lab.Spec{Name: "www.example.com", Issuer: ca})
		d := question{served: certs{leaf, ca}, mozilla: true, host: "www.example.com"}.ask()
		if is := d.Class == report.Interception && d.Confidence == likely; is != (c.product != "") || !strings.Contains(d.Summary, c.product) {
			t.Errorf("%s: %s: %s", c.ca, d.Class, d.Summary)
		}
		if c.product != "" && !strings.Contains(d.Action, "root") {
			t.Errorf("%s: %s", c.ca, d.Action)
		}
		if d := (question{served: certs{leaf, ca}, anchors: certs{ca}, host: "www.example.com"}).ask(); d.Class == report.Interception {
			t.Errorf("%s is trusted, and yet: %s", c.ca, d.Summary)
		}
	}
	device := lab.Issue(lab.Spec{Name: "Fortinet FGT60F"})
	if d := (question{served: certs{device}, mozilla: true}).ask(); d.Class == report.Interception {
		t.Errorf("the device itself: %s", d.Summary)
	}
}
