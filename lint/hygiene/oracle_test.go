package hygiene

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/zmap/zcrypto/x509"

	"certlens/lint/internal/fixture"
)

// TestOpenSSLMatches asks openssl what rules here say that clients match.
func TestOpenSSLMatches(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	for _, c := range []struct {
		what   string
		change func(*fixture.Spec)
		flag   string // -checkhost or -checkip
		name   string
		want   bool
	}{
		{"e_san_dns_name_is_ip_address", dns("192.0.2.1"), "-checkip", "192.0.2.1", false},
		{"an iPAddress does", func(s *fixture.Spec) { s.IP = []string{"192.0.2.1"} }, "-checkip", "192.0.2.1", true},
		{"e_san_dns_name_url_or_port", dns("https://www.example.com", "www.example.com:443"), "-checkhost", "www.example.com", false},
		{"n_san_wildcard_without_apex", dns("*.example.com"), "-checkhost", "example.com", false},
		{"the wildcard stands for one label", dns("*.example.com"), "-checkhost", "www.example.com", true},
		{"not for two", dns("*.example.com"), "-checkhost", "a.b.example.com", false},
		{"w_san_wildcard_of_one_label", dns("*.local"), "-checkhost", "printer.local", false},
		{"n_common_name_not_in_san", subject("CN=example.com", "www.example.com"), "-checkhost", "example.com", false},
	} {
		der := server(c.change).DER()
		cmd := exec.Command(openssl, "x509", "-inform", "DER", "-noout", c.flag, c.name)
		cmd.Stdin = bytes.NewReader(der)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if got := !strings.Contains(string(out), "NOT"); got != c.want {
			t.Errorf("%s: openssl says %q", c.what, out)
		}
		if c.flag == "-checkhost" && c.what != "w_san_wildcard_of_one_label" {
			checkMatches(t, der, c.name, c.want)
		}
	}
}

// checkMatches compares our own matching with the same answer.
func checkMatches(t *testing.T, der []byte, host string, want bool) {
	t.Helper()
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	if got := covers(parsed, host); got != want {
		t.Errorf("%v covers %s: %t, openssl says %t", parsed.DNSNames, host, got, want)
	}
}
