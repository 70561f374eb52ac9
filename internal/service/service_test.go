package service

import (
	"strings"
	"testing"
)

// A port and a scheme stand for one service, and a protocol is in one row.
func TestTableIsUnambiguous(t *testing.T) {
	seen := map[any]string{}
	note := func(key any, row string) {
		if other, twice := seen[key]; twice {
			t.Errorf("%v is in the rows %q and %q", key, other, row)
		}
		seen[key] = row
	}
	for _, s := range Table {
		row := s.Schemes + "/" + s.StartTLS
		if len(s.Ports) == 0 || s.StartTLS != "" && s.HTTP {
			t.Errorf("%q: %+v", row, s)
		}
		if s.StartTLS != "" {
			note("STARTTLS "+s.StartTLS, row)
		}
		for scheme := range strings.FieldsSeq(s.Schemes) {
			note(scheme+"://", row)
		}
		for _, port := range s.Ports {
			if note(port, row); port < 1 || port > 65535 {
				t.Errorf("%q: port %d", row, port)
			}
		}
	}
}

func TestLookUp(t *testing.T) {
	for port, want := range map[int]string{
		25: "smtp", 587: "submission", 2525: "submission", 6432: "postgres", 3268: "ldap", 6669: "irc",
		443: "", 465: "", 993: "", 853: "", 6443: "", 8443: "",
	} {
		if s, known := At(port); !known || s.StartTLS != want {
			t.Errorf("on port %d, %q is started in (known: %t), want %q", port, s.StartTLS, known, want)
		}
	}
	for _, port := range []int{-1, 0, 22, 80, 12345, 65536 + 443} {
		if s, known := At(port); known || s.Port() != 0 {
			t.Errorf("on port %d there is %+v", port, s)
		}
	}
	for protocol, want := range map[string]int{"smtp": 25, "xmpp-server": 5269, "rdp": 3389, "": 0, "gopher": 0} {
		if s, known := Starting(protocol); s.Port() != want || known != (want != 0) {
			t.Errorf("%q has port %d, want %d", protocol, s.Port(), want)
		}
	}
	for scheme, want := range map[string]int{"https": 443, "ws": 443, "pop": 110, "snews": 563, "rediss": 6379, "": 0, "HTTPS": 0, "gopher": 0} {
		if s, known := Of(scheme); s.Port() != want || known != (want != 0) {
			t.Errorf("%q has port %d, want %d", scheme, s.Port(), want)
		}
	}
	if s, _ := At(8443); !s.HTTP {
		t.Error("no HTTP on port 8443")
	}
}
