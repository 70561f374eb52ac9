package evidence

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
)

// lists are the vectors that the standard library can read, and the lists of
// x509-limbo where that is present.
func lists(t *testing.T) [][]byte {
	var all [][]byte
	for _, v := range vectors(t) {
		if v.kind == "crl" {
			all = append(all, v.der)
		}
	}
	data, err := os.ReadFile("../../../shared/x509-limbo/limbo.json")
	if err != nil {
		t.Log("x509-limbo not found: put limbo.json into ../shared/x509-limbo for more lists")
		return all
	}
	var limbo struct {
		Testcases []struct{ CRLs []string }
	}
	if err := json.Unmarshal(data, &limbo); err != nil {
		t.Fatal(err)
	}
	for _, c := range limbo.Testcases {
		for _, text := range c.CRLs {
			if block, _ := pem.Decode([]byte(text)); block != nil {
				all = append(all, block.Bytes)
			}
		}
	}
	return all
}

// TestAgainstStandardLibrary compares every list that crypto/x509 can read.
func TestAgainstStandardLibrary(t *testing.T) {
	compared := 0
	for i, der := range lists(t) {
		want, err := x509.ParseRevocationList(der)
		if err != nil {
			continue
		}
		compared++
		in := open(der, "certificateList")
		got := readList(&in)
		switch {
		case in.log.first != nil && in.log.first.Fatal:
			t.Errorf("list %d: %+v", i, in.log.first)
		case !bytes.Equal(got.tbs, want.RawTBSRevocationList), !bytes.Equal(got.signature, want.Signature), !bytes.Equal(got.issuer, want.RawIssuer):
			t.Errorf("list %d: bytes differ", i)
		case !got.thisUpdate.Equal(want.ThisUpdate), !got.nextUpdate.Equal(want.NextUpdate):
			t.Errorf("list %d: %s to %s, want %s to %s", i, got.thisUpdate, got.nextUpdate, want.ThisUpdate, want.NextUpdate)
		case got.entries.count != len(want.RevokedCertificateEntries), len(got.extensions) != len(want.Extensions):
			t.Errorf("list %d: %d entries, %d extensions", i, got.entries.count, len(got.extensions))
		case want.Number != nil && value(got.extensions, crlNumber) != want.Number.String():
			t.Errorf("list %d: number %s", i, value(got.extensions, crlNumber))
		}
		for j, e := range got.entries.first {
			w := want.RevokedCertificateEntries[j]
			if !e.revoked.Equal(w.RevocationTime) || max(e.reason, 0) != w.ReasonCode || !bytes.Equal(bytes.TrimLeft(e.serial, "\x00"), w.SerialNumber.Bytes()) {
				t.Errorf("list %d: entry %d: %+v, want %+v", i, j, e, w)
			}
		}
	}
	t.Logf("compared %d lists", compared)
	if compared < 5 {
		t.Errorf("only %d lists were compared", compared)
	}
}

// TestAgainstOCSPPackage compares every response about one certificate.
func TestAgainstOCSPPackage(t *testing.T) {
	compared := 0
	for _, v := range vectors(t) {
		if v.kind != "ocsp" {
			continue
		}
		want, err := ocsp.ParseResponse(v.der, nil)
		if err != nil {
			continue
		}
		compared++
		in := open(v.der, "ocspResponse")
		got := readResponse(&in)
		if in.log.first != nil || len(got.singles) != 1 {
			t.Errorf("%s: %+v", v.name, in.log.first)
			continue
		}
		s := got.singles[0]
		status := map[string]int{"good": ocsp.Good, "revoked": ocsp.Revoked, "unknown": ocsp.Unknown}[s.status]
		same := status == want.Status && s.thisUpdate.Equal(want.ThisUpdate) && s.nextUpdate.Equal(want.NextUpdate) &&
			got.produced.Equal(want.ProducedAt) && s.revoked.Equal(want.RevokedAt) && max(s.reason, 0) == want.RevocationReason &&
			bytes.Equal(got.tbs, want.TBSResponseData) && bytes.Equal(got.signature, want.Signature) &&
			bytes.Equal(bytes.TrimLeft(s.serial, "\x00"), want.SerialNumber.Bytes()) && bytes.Equal(got.responderName, want.RawResponderName)
		if !same || (got.certificateCount > 0) != (want.Certificate != nil) {
			t.Errorf("%s: %+v\nwant %+v", v.name, got, want)
		}
	}
	if compared < 3 {
		t.Errorf("only %d responses were compared", compared)
	}
}

// TestAgainstOpenSSL looks whether openssl shows the same statuses and times.
func TestAgainstOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl not found: apt-get install openssl")
	}
	for _, v := range vectors(t) {
		if v.kind != "ocsp" {
			continue
		}
		cmd := exec.Command(openssl, "ocsp", "-respin", "/dev/stdin", "-text", "-noverify")
		cmd.Stdin = bytes.NewReader(v.der)
		out, err := cmd.Output()
		if err != nil || !strings.Contains(string(out), "Cert Status") {
			continue // openssl refuses it
		}
		in := open(v.der, "ocspResponse")
		got := readResponse(&in)
		var statuses, times []string
		for line := range strings.Lines(string(out)) {
			label, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch label {
			case "Cert Status":
				statuses = append(statuses, text)
			case "This Update":
				at, err := time.Parse("Jan _2 15:04:05 2006 MST", text)
				if err != nil {
					t.Fatal(err)
				}
				times = append(times, at.UTC().Format(dateTime))
			}
		}
		var ours, ourTimes []string
		for _, s := range got.singles {
			ours, ourTimes = append(ours, s.status), append(ourTimes, s.thisUpdate.Format(dateTime))
		}
		if !slices.Equal(ours, statuses) || !slices.Equal(ourTimes, times) {
			t.Errorf("%s: %v %v, openssl says %v %v", v.name, ours, ourTimes, statuses, times)
		}
	}
}

// TestPrefixes cuts every vector at every byte: nothing may panic, the problem
// has to be said, and what is said to be read must be what the whole says.
func TestPrefixes(t *testing.T) {
	for _, v := range vectors(t) {
		whole := v.decode(v.der)
		if whole.Problem != nil {
			continue
		}
		for n := range v.der {
			o := v.decode(v.der[:n])
			if o.Problem == nil || !o.Problem.Fatal || o.Problem.Offset > n {
				t.Fatalf("%s cut at %d: problem %+v", v.name, n, o.Problem)
			}
			for _, f := range o.Fields {
				if f.Items == nil && !strings.Contains(text(whole), f.Label+": "+f.Value) && !strings.Contains(f.Value, "could not be read") {
					t.Fatalf("%s cut at %d: %q says %q", v.name, n, f.Label, f.Value)
				}
			}
		}
	}
}

// TestLongList has far more entries than are kept.
func TestLongList(t *testing.T) {
	const n = 200_000
	entry := []byte("\x30\x20\x02\x01\x05\x17\x0d260910120000Z\x30\x0c\x30\x0a\x06\x03\x55\x1d\x15\x04\x03\x0a\x01\x01")
	der := wrap(0x30, wrap(0x30, []byte("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02\x30\x00\x17\x0d261001000000Z"),
		wrap(0x30, bytes.Repeat(entry, n))), []byte("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02\x03\x01\x00"))
	start := time.Now()
	o := DecodeCRL(der, time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC))
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("%d bytes took %s", len(der), took)
	}
	got := text(o)
	for _, want := range []string{"Revoked certificates: 200,000; the first 20 are shown", "Key compromise: 200,000", "Next update: not said"} {
		if o.Problem != nil || !strings.Contains(got, want) {
			t.Errorf("no %q in %s\n%+v", want, got, o.Problem)
		}
	}
}

// wrap encodes a tag and the length before the parts.
func wrap(tag byte, parts ...[]byte) []byte {
	body := slices.Concat(parts...)
	n := len(body)
	return append([]byte{tag, 0x84, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, body...)
}

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		tag        byte
		text, want string
	}{
		{tagUTCTime, "491231235959Z", "2049-12-31T23:59:59Z"},
		{tagUTCTime, "500101000000Z", "1950-01-01T00:00:00Z"},
		{tagUTCTime, "680229120000Z", "1968-02-29T12:00:00Z"},
		{tagUTCTime, "690101000000Z", "1969-01-01T00:00:00Z"},
		{tagUTCTime, "2610011200Z", "2026-10-01T12:00:00Z"},
		{tagUTCTime, "261001120000+0200", "2026-10-01T10:00:00Z"},
		{tagGeneralTime, "20500101000000Z", "2050-01-01T00:00:00Z"},
		{tagGeneralTime, "20261001120000.5Z", "2026-10-01T12:00:00Z"},
		{tagGeneralTime, "20261301000000Z", ""},
		{tagUTCTime, "", ""},
		{tagUTCTime, "20261001120000Z", ""},
	} {
		r := reader{rest: append([]byte{c.tag, byte(len(c.text))}, c.text...), log: new(log)}
		got := ""
		if at := r.time("t"); !at.IsZero() {
			got = at.Format(dateTime)
		}
		if got != c.want || (r.log.first == nil) != (c.want != "") {
			t.Errorf("%s %q: %q (%+v), want %q", tagName(c.tag), c.text, got, r.log.first, c.want)
		}
	}
}

func TestOIDs(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"\x55\x1d\x15", "2.5.29.21"}, {"\x2b\x06\x01\x05\x05\x07\x30\x01\x01", "1.3.6.1.5.5.7.48.1.1"},
		{"\x88\x37\x03", "2.999.3"}, {"\x00", "0.0"}, {"\x27", "0.39"}, {"\x4f", "1.39"}, {"\x50", "2.0"},
		{"", ""}, {"\x80", ""}, {"\x2a\x86", ""}, {strings.Repeat("\xff", 12) + "\x01", ""},
	} {
		if got := oid(element{body: []byte(c.body)}); got != c.want {
			t.Errorf("%x: %q, want %q", c.body, got, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "less than a minute", 61 * time.Second: "1 minute", 59 * time.Minute: "59 minutes", 90 * time.Minute: "1 hour",
		47 * time.Hour: "1 day", 48 * time.Hour: "2 days", 24_000 * time.Hour * 2: "2,000 days",
	} {
		if got := span(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%s: %q", strconv.Itoa(n), got)
		}
	}
}
