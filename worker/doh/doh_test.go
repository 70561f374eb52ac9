package doh

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// answer makes a response to a query from resources.
func answer(t *testing.T, query []byte, code dnsmessage.RCode, resources ...dnsmessage.Resource) []byte {
	t.Helper()
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		t.Fatal(err)
	}
	if m.ID != 0 || !m.RecursionDesired || len(m.Questions) != 1 {
		t.Errorf("asked with %+v", m)
	}
	m.Response, m.RCode, m.Answers = true, code, resources
	packed, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

func resource(name string, body dnsmessage.ResourceBody) dnsmessage.Resource {
	return dnsmessage.Resource{
		Header: dnsmessage.ResourceHeader{Name: dnsmessage.MustNewName(name), Class: dnsmessage.ClassINET},
		Body:   body,
	}
}

func kindOf(t *testing.T, query []byte) dnsmessage.Type {
	t.Helper()
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		t.Fatal(err)
	}
	return m.Questions[0].Type
}

func TestResolver(t *testing.T) {
	v4 := func(a byte) dnsmessage.ResourceBody { return &dnsmessage.AResource{A: [4]byte{192, 0, 2, a}} }
	v6 := &dnsmessage.AAAAResource{AAAA: netip.MustParseAddr("2001:db8::1").As16()}
	alias := resource("a.example.", &dnsmessage.CNAMEResource{CNAME: dnsmessage.MustNewName("b.example.")})
	many := make([]dnsmessage.Resource, 100)
	for i := range many {
		many[i] = resource("a.example.", v4(byte(i)))
	}
	broken := errors.New("broken")
	for _, test := range []struct {
		name      string
		a, aaaa   []dnsmessage.Resource
		code      dnsmessage.RCode
		fails     error
		cut       int // bytes to leave out at the end
		addresses string
		err       string
		notFound  bool
	}{
		{name: "one", a: []dnsmessage.Resource{resource("a.example.", v4(1))}, addresses: "[192.0.2.1]"},
		{name: "both", a: []dnsmessage.Resource{resource("a.example.", v4(1))}, aaaa: []dnsmessage.Resource{resource("a.example.", v6)}, addresses: "[192.0.2.1 2001:db8::1]"},
		{name: "alias", a: []dnsmessage.Resource{alias, resource("b.example.", v4(2))}, addresses: "[192.0.2.2]"},
		{name: "another kind", a: []dnsmessage.Resource{resource("a.example.", v6)}, addresses: "[]"},
		{name: "nothing", addresses: "[]"},
		{name: "no such name", code: dnsmessage.RCodeNameError, err: "no such host", notFound: true},
		{name: "failure", code: dnsmessage.RCodeServerFailure, err: "ServerFailure"},
		{name: "refused", code: dnsmessage.RCodeRefused, err: "Refused"},
		{name: "no answer", fails: broken, err: "broken"},
		{name: "cut off", a: []dnsmessage.Resource{resource("a.example.", v4(1))}, cut: 3, err: "cannot be read"},
		{name: "many", a: many, addresses: fmt.Sprint(netipRange(64))},
	} {
		exchange := func(_ context.Context, query []byte) ([]byte, error) {
			resources := test.a
			if kindOf(t, query) == dnsmessage.TypeAAAA {
				resources = test.aaaa
			}
			packed := answer(t, query, test.code, resources...)
			return packed[:len(packed)-test.cut], test.fails
		}
		addresses, err := Resolver(exchange)(t.Context(), "a.example")
		var dns *net.DNSError
		if errors.As(err, &dns) && dns.IsNotFound != test.notFound {
			t.Errorf("%s: %+v", test.name, dns)
		}
		if test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) || test.err == "" && fmt.Sprint(addresses) != test.addresses {
			t.Errorf("%s: %v, %v; want %s, %s", test.name, addresses, err, test.addresses, test.err)
		}
	}
}

func netipRange(n int) []netip.Addr {
	all := make([]netip.Addr, n)
	for i := range all {
		all[i] = netip.AddrFrom4([4]byte{192, 0, 2, byte(i)})
	}
	return all
}

func TestNamesThatAreNotAsked(t *testing.T) {
	never := func(context.Context, []byte) ([]byte, error) { t.Error("was asked"); return nil, nil }
	for _, name := range []string{"localhost", "a.localhost"} {
		if got, err := Resolver(never)(t.Context(), name); fmt.Sprint(got) != "[127.0.0.1 ::1]" || err != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if _, err := Resolver(never)(t.Context(), strings.Repeat("a", 300)); err == nil {
		t.Error("a name that is too long was taken")
	}
}

func FuzzResponse(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x00\x00\x81\x80\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04\x7f\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, response []byte) {
		for _, kind := range []dnsmessage.Type{dnsmessage.TypeA, dnsmessage.TypeAAAA} {
			if o := read(response, "a.example", kind); o.err != nil && len(o.addresses) > 0 {
				t.Error("addresses of what cannot be read")
			}
		}
	})
}
