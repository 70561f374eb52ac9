package sclient

import (
	"strings"
	"testing"

	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

func u(ids ...uint16) []uint16 { return ids }

// A Case is one way to run openssl s_server, with an offer, and the arguments
// that make s_client offer the same.
type Case struct {
	Name string
	// Key and Server are what daemon.OpenSSL takes.
	Key    string
	Server string
	Offer  report.Offer
	Client string
}

// Request is what to ask of a probe.
func (c Case) Request() report.HandshakeRequest {
	return report.HandshakeRequest{Offer: c.Offer, WantStaple: strings.Contains(c.Client, "-status")}
}

// Start starts the server.
func (c Case) Start(t testing.TB) daemon.Server {
	t.Helper()
	return daemon.OpenSSL(t, c.Key, strings.Fields(c.Server)...)
}

// Cases are what one OpenSSL can still speak.
var Cases = []Case{
	{"1.3 RSA", "rsa", "-tls1_3", report.Offer{}, ""},
	{"1.3 ECDSA, ALPN", "ecdsa", "-alpn http/1.1,h2", report.Offer{ALPN: []string{"h2"}}, "-alpn h2"},
	{"1.3 ALPN not known", "ecdsa", "-alpn h2", report.Offer{ALPN: []string{"foo"}}, "-alpn foo"},
	{"1.3 Ed25519", "ed25519", "", report.Offer{}, ""},
	{"1.3 retry", "ecdsa", "-groups P-384", report.Offer{}, ""},
	{"1.3 ChaCha20", "rsa", "-ciphersuites TLS_CHACHA20_POLY1305_SHA256", report.Offer{}, ""},
	{"1.3 AES-256", "rsa", "-ciphersuites TLS_AES_256_GCM_SHA384", report.Offer{}, ""},
	{"1.3 staple", "ecdsa", "-status_file ocsp.der", report.Offer{}, "-status"},
	{"1.3 certificate wanted", "ecdsa", "-verify 1 -CAfile root.pem", report.Offer{}, ""},
	{"1.3 certificate required", "ecdsa", "-Verify 1 -CAfile root.pem", report.Offer{}, ""},
	{"1.3 no ticket", "ecdsa", "-num_tickets 0", report.Offer{}, ""},
	{"1.2 RSA", "rsa", "-tls1_2", report.Offer{}, ""},
	{"1.2 ECDSA, staple", "ecdsa", "-tls1_2 -status_file ocsp.der", report.Offer{}, "-status"},
	{"1.2 Ed25519, ALPN", "ed25519", "-tls1_2 -alpn h2", report.Offer{ALPN: []string{"h2"}}, "-alpn h2"},
	{"1.2 no ticket", "rsa", "-tls1_2 -no_ticket", report.Offer{}, ""},
	{"1.2 certificate wanted", "rsa", "-tls1_2 -verify 1 -CAfile root.pem", report.Offer{}, ""},
	{"1.2 certificate required", "rsa", "-tls1_2 -Verify 1 -CAfile root.pem", report.Offer{}, ""},
	{"1.2 P-521", "rsa", "-tls1_2 -named_curve P-521", report.Offer{}, ""},
	{"1.1", "rsa", "-tls1_1 -cipher ALL:@SECLEVEL=0", report.Offer{Versions: u(0x0302)}, "-tls1_1 -cipher AES128:@SECLEVEL=0"},
	{"1.0", "rsa", "-tls1 -cipher ECDHE-RSA-AES128-SHA:@SECLEVEL=0", report.Offer{Versions: u(0x0301)}, "-tls1 -cipher ALL:@SECLEVEL=0"},
	{"1.0 and certificate wanted", "ecdsa", "-tls1 -cipher ALL:@SECLEVEL=0 -verify 1 -CAfile root.pem", report.Offer{Versions: u(0x0301), Suites: u(0xC009)}, "-tls1 -cipher ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"},
	{"1.2 DHE", "rsa", "-tls1_2 -dhparam dh.pem -cipher DHE", report.Offer{Suites: u(0x009E)}, "-no_tls1_3 -cipher DHE-RSA-AES128-GCM-SHA256"},
	{"1.2 key exchange by RSA", "rsa", "-tls1_2 -cipher ALL", report.Offer{Suites: u(0x002F)}, "-no_tls1_3 -cipher AES128-SHA"},
	{"1.2 Camellia", "rsa", "-tls1_2 -cipher ALL", report.Offer{Suites: u(0xC076)}, "-no_tls1_3 -cipher ECDHE-RSA-CAMELLIA128-SHA256"},
	{"1.2 CCM", "ecdsa", "-tls1_2 -cipher ALL", report.Offer{Suites: u(0xC0AC)}, "-no_tls1_3 -cipher ECDHE-ECDSA-AES128-CCM"},
	{"1.2 NULL", "rsa", "-tls1_2 -cipher eNULL:@SECLEVEL=0", report.Offer{Suites: u(0x003B)}, "-no_tls1_3 -cipher NULL-SHA256:@SECLEVEL=0"},
	{"1.2 anonymous", "rsa", "-tls1_2 -cipher aNULL:@SECLEVEL=0", report.Offer{Suites: u(0xC018)}, "-no_tls1_3 -cipher AECDH-AES128-SHA:@SECLEVEL=0"},
	{"1.2 anonymous DH", "rsa", "-tls1_2 -dhparam dh.pem -cipher aNULL:@SECLEVEL=0", report.Offer{Suites: u(0x00A6)}, "-no_tls1_3 -cipher ADH-AES128-GCM-SHA256:@SECLEVEL=0"},
	{"1.2 one scheme", "rsa", "-tls1_2", report.Offer{Versions: u(0x0303), SignatureAlgorithms: u(0x0601)}, "-tls1_2 -sigalgs RSA+SHA512"},
	{"1.2 one group", "rsa", "", report.Offer{Versions: u(0x0303), Groups: u(0x0018)}, "-tls1_2 -groups P-384"},
	{"1.2 old group", "rsa", "-groups sect571r1:brainpoolP512r1:X25519", report.Offer{Versions: u(0x0303), Groups: u(0x000E)}, "-tls1_2 -groups sect571r1"},
	{"1.3 P-256", "rsa", "", report.Offer{Versions: u(0x0304), Groups: u(0x0017)}, "-tls1_3 -groups P-256"},
	{"1.3 P-384", "rsa", "", report.Offer{Versions: u(0x0304), Groups: u(0x0018)}, "-tls1_3 -groups P-384"},
	{"1.3 P-521", "rsa", "", report.Offer{Versions: u(0x0304), Groups: u(0x0019)}, "-tls1_3 -groups P-521"},
	{"1.3 X25519", "rsa", "", report.Offer{Versions: u(0x0304), Groups: u(0x001D)}, "-tls1_3 -groups X25519"},
	{"1.3 several groups", "rsa", "-groups P-521:P-256", report.Offer{Versions: u(0x0304), Groups: u(0x001D, 0x0017, 0x0019)}, "-tls1_3 -groups X25519:P-521:P-256"},
	{"1.3 X448, not computed", "rsa", "-groups X448", report.Offer{Versions: u(0x0304), Groups: u(0x001E)}, "-tls1_3 -groups X448"},
	{"1.3 ffdhe2048, not computed", "rsa", "-groups ffdhe2048", report.Offer{Versions: u(0x0304), Groups: u(0x0100)}, "-tls1_3 -groups ffdhe2048"},
	{"1.3 CCM, not opened", "rsa", "-ciphersuites TLS_AES_128_CCM_SHA256", report.Offer{Versions: u(0x0304), Suites: u(0x1304)}, "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256"},
	{"1.3 own, ChaCha20, ALPN, staple", "ecdsa", "-alpn h2 -status_file ocsp.der", report.Offer{Suites: u(0x1303), ALPN: []string{"h2"}}, "-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256 -alpn h2 -status"},
	{"1.3 own, certificate required", "rsa", "-Verify 1 -CAfile root.pem", report.Offer{Suites: u(0x1302)}, "-tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384"},
	{"no version shared", "rsa", "-tls1_2", report.Offer{Versions: u(0x0304)}, "-tls1_3"},
	{"no suite shared", "ecdsa", "-tls1_2", report.Offer{Suites: u(0xC02F)}, "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256"},
	{"fallback", "rsa", "", report.Offer{Versions: u(0x0303), FallbackSCSV: true}, "-tls1_2 -fallback_scsv"},
}
