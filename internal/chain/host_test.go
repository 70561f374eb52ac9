package chain

import (
	"context"
	"crypto/x509"
	"net/netip"
	"strings"
	"testing"

	"certlens/internal/trust"
)

// TestCheckHost compares hosts with names; the class is empty for a match.
func TestCheckHost(t *testing.T) {
	for _, c := range []struct {
		names, host, class string
		detail             string // must be part of the detail
	}{
		{"dns www.example.com", "www.example.com", "", ""},
		{"dns www.example.com", "WWW.Example.COM", "", ""},
		{"dns www.example.com", "www.example.com.", "", ""},
		{"dns www.example.com.", "www.example.com", "hostname_mismatch", ""},
		{"dns www.example.com", "www.example.com..", "hostname_mismatch", "not a host name"},
		{"dns www.example.com", "example.com", "hostname_mismatch", "names are www.example.com"},
		{"dns example.com", "www.example.com", "hostname_mismatch", ""},
		{"dns *.example.com", "www.example.com", "", ""},
		{"dns *.example.com", "example.com", "hostname_mismatch", "does not cover example.com itself"},
		{"dns *.example.com", "a.b.example.com", "hostname_mismatch", "covers one label only"},
		{"dns *.example.com", "*.example.com", "hostname_mismatch", "not a host name"},
		{"dns *.com", "example.com", "hostname_mismatch", "whole top-level domain"},
		{"dns *", "com", "hostname_mismatch", ""},
		{"dns w*.example.com", "www.example.com", "hostname_mismatch", ""},
		{"dns www.*.com", "www.example.com", "hostname_mismatch", ""},
		{"dns *.*.com", "www.example.com", "hostname_mismatch", ""},
		{"dns a_b.example.com", "a_b.example.com", "", ""},
		{"dns *.example.com", "a_b.example.com", "", ""},
		{"dns xn--bcher-kva.example.com", "bücher.example.com", "", ""},
		{"dns xn--bcher-kva.example.com", "BÜCHER.example.com", "", ""},
		{"dns bücher.example.com", "xn--bcher-kva.example.com", "hostname_mismatch", ""},
		{"dns a.example.com,b.example.com,c.example.com,d.example.com,e.example.com", "x.example.com", "hostname_mismatch", "a.example.com, b.example.com, c.example.com and 2 more"},
		{"dns localhost", "localhost", "", ""},
		{"dns -a.example.com", "-a.example.com", "hostname_mismatch", "not a host name"},
		{"ip 192.0.2.1", "192.0.2.1", "", ""},
		{"ip 192.0.2.1", "::ffff:192.0.2.1", "ip_mismatch", "compare the bytes"},
		{"ip mapped:192.0.2.1", "192.0.2.1", "ip_mismatch", "compare the bytes"},
		{"ip mapped:192.0.2.1", "[::ffff:192.0.2.1]", "", ""},
		{"dns 127.1", "127.1", "ip_mismatch", "IPv4 address, 127.0.0.1;"},
		{"dns 127.1", "127.1.", "ip_mismatch", "127.0.0.1"},
		{"dns 2130706433", "2130706433", "ip_mismatch", "127.0.0.1"},
		{"dns 0x7f.1", "0x7f.1", "ip_mismatch", "127.0.0.1"},
		{"dns 0x7f.0.0.1", "0X7F.0.0.1", "ip_mismatch", "127.0.0.1"},
		{"dns 192.0.01002", "192.0.01002", "ip_mismatch", "192.0.2.2"},
		{"dns *.0x", "1.0x", "ip_mismatch", "1.0.0.0"},
		{"dns 4294967296", "4294967296", "hostname_mismatch", "it is none"},
		{"dns 256.1", "256.1", "hostname_mismatch", "it is none"},
		{"dns 1.2.3.4.5", "1.2.3.4.5", "hostname_mismatch", "it is none"},
		{"dns a.08", "a.08", "hostname_mismatch", "it is none"},
		{"dns www.example.7", "www.example.7", "hostname_mismatch", "last part is a number"},
		{"dns 7.example.com", "7.example.com", "", ""},
		{"dns a.0xg", "a.0xg", "", ""},
		{"ip 2001:db8::1", "2001:0DB8::0:1", "", ""},
		{"ip 2001:db8::1", "[2001:db8::1]", "", ""},
		{"ip fe80::1", "fe80::1%eth0", "", ""},
		{"ip 192.0.2.1", "192.0.2.2", "ip_mismatch", "names are 192.0.2.1"},
		{"dns 192.0.2.1", "192.0.2.1", "ip_mismatch", "as a DNS name"},
		{"dns *.0.2.1", "192.0.2.1", "ip_mismatch", ""},
		{"email a@example.com", "example.com", "no_san", "only leaf as common name"},
		{"", "leaf", "no_san", "only leaf as common name"},
		{"subject -", "example.com", "no_san", "names no host"},
		{"dns other.example.com", "leaf", "hostname_mismatch", "common name leaf does not count"},
	} {
		made := newForge(t).make("leaf " + c.names)
		var class, detail string
		for _, p := range CheckHost(made.cert, c.host) {
			class, detail = class+string(p.Class), detail+p.Detail
		}
		if class != c.class || !strings.Contains(detail, c.detail) {
			t.Errorf("%s for %s: %q (%s), want %q (%s)", c.names, c.host, class, detail, c.class, c.detail)
		}
	}
}

// FuzzHost compares with crypto/x509, which is the stricter one only where the
// names themselves are invalid, and the laxer one for wildcards over a
// top-level domain.
func FuzzHost(f *testing.F) {
	for _, s := range [][2]string{{"www.example.com", "www.example.com"}, {"*.example.com", "a.example.com"}, {"*.com", "example.com"},
		{"a*.example.com", "ab.example.com"}, {"192.0.2.1", "192.0.2.1"}, {"example.com.", "example.com"}, {"xn--a", "ä"}, {"_a.b", "_a.b"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, pattern, host string) {
		name, err := asciiHost(host)
		if err != nil || len(pattern) > 300 {
			return
		}
		if _, err := netip.ParseAddr(name); err == nil || endsInNumber(name) {
			return
		}
		ours := matchHost(pattern, name)
		theirs := (&x509.Certificate{DNSNames: []string{pattern}}).VerifyHostname(name) == nil
		if ours && !theirs {
			t.Errorf("%q matches %q, and Go says otherwise", pattern, name)
		}
		domain, wildcard := strings.CutPrefix(pattern, "*.")
		if theirs && !ours && validHost(domain) && (!wildcard || strings.Contains(domain, ".")) {
			t.Errorf("%q does not match %q, and Go says it does", pattern, name)
		}
	})
}

// TestPurpose chooses what a leaf is judged for.
func TestPurpose(t *testing.T) {
	for _, c := range []struct {
		spec, host string
		asked      Purpose
		want       Purpose
	}{
		{"leaf eku server+client", "", "", ServerAuth},
		{"leaf eku client", "", "", ClientAuth},
		{"leaf eku client", "www.example.com", "", ServerAuth},
		{"leaf eku email", "", "", EmailProtection},
		{"leaf eku code", "", "", CodeSigning},
		{"leaf eku time", "", "", TimeStamping},
		{"leaf eku ocsp", "", "", OCSPSigning},
		{"leaf eku any", "", "", Any},
		{"leaf", "", "", Any},
		{"leaf dns www.example.com", "", "", ServerAuth},
		{"www.example.com", "", "", ServerAuth},
		{"leaf ca", "", "", Issuing},
		{"leaf ca", "www.example.com", "", ServerAuth},
		{"leaf eku server", "", ClientAuth, ClientAuth},
	} {
		made := newForge(t).make(c.spec)
		res := Build(context.Background(), Request{Served: certsOf([]*forged{made}), Host: c.host, Purpose: c.asked, At: now, Stores: []*trust.Store{}})
		if res.Purpose != c.want {
			t.Errorf("%s for host %q: %s, want %s", c.spec, c.host, res.Purpose, c.want)
		}
	}
}
