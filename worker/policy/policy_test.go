package policy

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// special are the entries of the IANA IPv4 and IPv6 Special-Purpose Address
// Registries, and what else is not for servers.
var special = []string{
	"0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32", "192.0.0.10/32", "192.0.0.170/32", "192.0.0.171/32",
	"192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
	"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32", "224.0.0.0/4",
	"::1/128", "::/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:1::1/128",
	"2001:1::2/128", "2001:1::3/128", "2001:2::/48", "2001:3::/32", "2001:4:112::/48", "2001:10::/28", "2001:20::/28",
	"2001:30::/28", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
	"fec0::/10", "ff00::/8",
}

func TestSpecialAddressesAreClosed(t *testing.T) {
	for _, text := range special {
		prefix := netip.MustParsePrefix(text)
		for _, address := range []netip.Addr{prefix.Addr(), last(prefix)} {
			if refusal := (Policy{}).Address(address); refusal == nil || refusal.Code != string(report.RefusedAddress) {
				t.Errorf("%s of %s: %v", address, text, refusal)
			}
		}
	}
}

// Everything that is just outside a range must be open, or else in another.
func TestNeighboursAreOpen(t *testing.T) {
	for _, address := range []string{
		"1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
		"169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0",
		"192.31.195.255", "192.31.197.0", "192.52.192.255", "192.52.194.0", "192.88.98.255", "192.88.100.0",
		"192.167.255.255", "192.169.0.0", "192.175.47.255", "192.175.49.0", "198.17.255.255", "198.20.0.0",
		"198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "168.63.129.15", "8.8.8.8",
		"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2001:200::", "2001:db7:ffff::", "2001:db9::", "2003::", "2620:4f:7fff::1",
		"2620:4f:8001::", "2606:4700:4700::1111", "2a00:1450::5efe:8.8.8.8", "3ffe:ffff::1",
	} {
		if refusal := (Policy{}).Address(netip.MustParseAddr(address)); refusal != nil {
			t.Errorf("%s: %v", address, refusal)
		}
	}
}

// last is the last address of a prefix.
func last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for bit := p.Bits(); bit < len(bytes)*8; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	address, _ := netip.AddrFromSlice(bytes)
	return address
}

func TestAllowPrivate(t *testing.T) {
	p := Policy{AllowPrivate: true, AnyPort: true}
	for host, want := range map[string]bool{
		"127.0.0.1": true, "10.1.2.3": true, "::1": true, "fd12::1": true, "fe80::1": true, "192.168.1.1": true,
		"::ffff:10.0.0.1": true, "64:ff9b::10.0.0.1": true, "localhost": true, "db": true, "nas.lan": true,
		"8.8.8.8":   true,
		"224.0.0.1": false, "0.0.0.0": false, "::": false, "255.255.255.255": false, "ff02::1": false,
		"169.254.169.254": false, "fd00:ec2::254": false, "::ffff:169.254.169.254": false, "64:ff9b::a9fe:a9fe": false,
		"169.254.0.23": false, "169.254.42.42": false, "fd00:42::42": false, "fe80::a9fe:a9fe": false,
		"64:ff9b:1::a9fe:a9fe": false, "64:ff9b:1:2::6464:64c8": false, "64:ff9b:1::10.0.0.1": true, "64:ff9b:1::8.8.8.8": true,
		"0x7f.1": false, "fe80::1%eth0": false, "2002:7f00:1::": false,
	} {
		if _, refusal := p.Host(host); (refusal == nil) != want {
			t.Errorf("%s: %v, want allowed: %t", host, refusal, want)
		}
	}
	if refusal := p.Port(1234); refusal != nil {
		t.Error(refusal)
	}
}

// The machine's own networks are closed, although their addresses are public.
func TestOwnNetworksAreClosed(t *testing.T) {
	own := func() []netip.Prefix {
		return []netip.Prefix{netip.MustParsePrefix("8.8.8.8/30"), netip.MustParsePrefix("2a00:1450::1/64")}
	}
	for address, want := range map[string]bool{
		"8.8.8.8": true, "8.8.8.9": true, "::ffff:8.8.8.8": true, "8.8.8.12": false, "2a00:1450::1": true, "2a00:1450::ffff": true, "2a00:1450:0:1::1": false,
	} {
		refusal := (Policy{Own: own}).Address(netip.MustParseAddr(address))
		if (refusal != nil) != want || want && !strings.Contains(refusal.Message, "of the worker itself") {
			t.Errorf("%s: %v, want refused: %t", address, refusal, want)
		}
		if refusal := (Policy{Own: own, AllowPrivate: true}).Address(netip.MustParseAddr(address)); refusal != nil {
			t.Errorf("%s: %v", address, refusal)
		}
	}
}

// Of a name it is told that it leads nowhere public, and not where.
func TestWhereANameLeadsIsNotTold(t *testing.T) {
	var said []string
	for _, address := range []string{"10.1.2.3", "127.0.0.1", "fd12::1", "169.254.169.254"} {
		refusal := (Policy{}).Resolved(netip.MustParseAddr(address))
		if refusal == nil || refusal.Code != string(report.RefusedAddress) {
			t.Fatalf("%s: %v", address, refusal)
		}
		said = append(said, refusal.Message)
	}
	if len(slices.Compact(said)) != 1 {
		t.Errorf("%q", said)
	}
	if refusal := (Policy{}).Resolved(netip.MustParseAddr("8.8.8.8")); refusal != nil {
		t.Error(refusal)
	}
}

func TestHostIsWrittenInOneWay(t *testing.T) {
	for host, want := range map[string]string{
		"Example.COM.": "example.com", "8.8.8.8": "8.8.8.8", "2606:4700:0:0::1": "2606:4700::1", "::ffff:8.8.8.8": "8.8.8.8",
		"xn--mnchen-3ya.example.com": "xn--mnchen-3ya.example.com", "_dmarc.example.com": "_dmarc.example.com",
		"a.b-c.4x": "a.b-c.4x", strings.Repeat("a.", 126) + "b": strings.Repeat("a.", 126) + "b",
	} {
		if got, refusal := (Policy{}).Host(host); got != want || refusal != nil {
			t.Errorf("%s: %q, %v; want %q", host, got, refusal, want)
		}
	}
	for _, host := range []string{strings.Repeat("a.", 127) + "b", strings.Repeat("a", 64) + ".com", "a b.com"} {
		if _, refusal := (Policy{}).Host(host); refusal == nil || refusal.Code != string(report.RefusedHost) {
			t.Errorf("%s: %v", host, refusal)
		}
	}
}

func TestPorts(t *testing.T) {
	p := Policy{Ports: Ports(Port25)}
	for port, want := range map[int]string{
		443: "", 587: "", 5432: "", 25: "port", 22: "port", 80: "port", 8080: "port", 1: "port", 65535: "port",
		0: "bad_request", -1: "bad_request", 65536: "bad_request",
	} {
		if got := code(p.Port(port)); got != want {
			t.Errorf("port %d: %q, want %q", port, got, want)
		}
	}
	if all := Ports(); !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("not in order, or twice: %v", all)
	}
}

// A refusal says what to do where that helps, on an edge and on one's own machine.
func TestAdvice(t *testing.T) {
	own := func() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("8.8.8.8/30")} }
	p := Policy{Own: own, Ports: Ports()}
	for host, want := range map[string]bool{
		"10.1.2.3": true, "127.0.0.1": true, "fd12::1": true, "nas.lan": true, "db": true, "localhost": true, "8.8.8.9": true,
		"169.254.169.254": false, "224.0.0.1": false, "0.0.0.0": false, "fe80::1%eth0": false, "2130706433": false, "a b.com": false,
	} {
		_, refusal := p.Host(host)
		if refusal == nil {
			t.Fatalf("%s is not refused", host)
		}
		before := refusal.Message
		advised := p.Advise(refusal, host)
		if got := strings.Contains(advised.Message, "certlens probe") && strings.Contains(advised.Message, "--allow-private"); got != want {
			t.Errorf("%s: %s, want advice: %t", host, advised.Message, want)
		}
		if advised.Code != refusal.Code || refusal.Message != before || !strings.HasPrefix(advised.Message, before) {
			t.Errorf("%s: %+v became %+v", host, refusal, advised)
		}
	}
	if advised := p.Advise(p.Resolved(netip.MustParseAddr("10.1.2.3")), "www.example.com"); !strings.Contains(advised.Message, "certlens probe") {
		t.Errorf("of a name: %s", advised.Message)
	}
	if advised := p.Advise(p.Port(22), "www.example.com"); !strings.Contains(advised.Message, "certlens probe") {
		t.Errorf("of a port: %s", advised.Message)
	}
	open := Policy{AllowPrivate: true}
	if _, refusal := open.Host("224.0.0.1"); open.Advise(refusal, "224.0.0.1") != refusal {
		t.Error("advice of what is done already")
	}
}

func code(refusal *probe.Refusal) string {
	if refusal == nil {
		return ""
	}
	return refusal.Code
}

// Whatever is taken for a host must mean the same to everybody who reads it.
func FuzzHost(f *testing.F) {
	for _, seed := range []string{"example.com", "127.1", "0x7f.1", "[::1]", "::ffff:1.2.3.4", "a.b.", "localhost", "1.2.3.4"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		got, refusal := (Policy{}).Host(host)
		if refusal != nil {
			return
		}
		if again, refusal := (Policy{}).Host(got); refusal != nil || again != got {
			t.Errorf("%q becomes %q, and that %q, %v", host, got, again, refusal)
		}
		if address, err := netip.ParseAddr(got); err == nil {
			if (Policy{}).Address(address) != nil {
				t.Errorf("%q is the address %s", host, address)
			}
			return
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("%:/@[]\\?#*", r) }) {
			t.Errorf("%q is the name %q", host, got)
		}
		if end := got[strings.LastIndex(got, ".")+1:]; strings.Trim(end, "0123456789") == "" {
			t.Errorf("%q ends in a number", got)
		}
	})
}
