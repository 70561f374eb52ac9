package main

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"testing"

	"certlens/internal/lab"
	"certlens/internal/report"
	"certlens/worker/policy"
)

// A target is one that must not be connected to.
type target struct{ host, code, why string }

// minTargets is how many there must be at least.
const minTargets = 120

func targets(t *testing.T) []target {
	t.Helper()
	text, err := os.ReadFile("testdata/targets.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []target
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			t.Fatalf("not three fields: %q", line)
		}
		host := fields[0]
		if strings.HasPrefix(host, `"`) {
			if host, err = strconv.Unquote(host); err != nil {
				t.Fatalf("%v: %s", err, line)
			}
		}
		all = append(all, target{host, fields[1], fields[2]})
	}
	if len(all) < minTargets {
		t.Fatalf("%d targets, want at least %d", len(all), minTargets)
	}
	return all
}

// No door may lead to a hostile target, whichever way it is named.
func TestHostileTargets(t *testing.T) {
	all := targets(t)
	onFaces(t, "strict", func(t *testing.T, f face) {
		for _, target := range all {
			a := f.post(t, "/v1/handshake", report.HandshakeRequest{Host: target.host, Port: 443})
			if a.status != 400 && a.status != 403 || a.Code != target.code {
				t.Errorf("%q (%s): %d, %q, want %q", target.host, target.why, a.status, a.Code, target.code)
			}
		}
		if dialled := f.dialled(); len(dialled) > 0 {
			t.Errorf("connected to %v", dialled)
		}
		t.Logf("%d targets refused", len(all))
	})
}

// The same targets, as a certificate would name them.
func TestHostileTargetsInCertificates(t *testing.T) {
	all := targets(t)
	onFaces(t, "strict", func(t *testing.T, f face) {
		for _, target := range all {
			host := target.host
			if address, err := netip.ParseAddr(host); err == nil && address.Is6() {
				host = "[" + strings.Replace(host, "%", "%25", 1) + "]"
			}
			if host == "" || host == "example.com:443" || strings.ContainsFunc(host, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`/?#@\`, r) }) {
				continue // not the host of a URL, or harmless in one
			}
			url := "http://" + host + "/ca.cer"
			leaf := lab.Issue(lab.Spec{Name: "www.hostile.net", Edit: func(c *x509.Certificate) {
				c.IssuingCertificateURL, c.CRLDistributionPoints, c.OCSPServer = []string{url}, []string{url}, []string{url}
			}})
			var issuer report.IssuerAnswer
			var revocation report.RevocationAnswer
			certificate := base64.StdEncoding.EncodeToString(leaf.Raw)
			unmarshal(t, f.post(t, "/v1/issuer", report.IssuerRequest{Certificate: certificate}), &issuer)
			unmarshal(t, f.post(t, "/v1/revocation", report.RevocationRequest{Certificate: certificate, Issuer: certificate}), &revocation)
			for _, tried := range append(issuer.Tried, revocation.Tried...) {
				// What was connected to in vain says so.
				if tried.Failure == "" || strings.Contains(tried.Failure, "answer") || strings.Contains(tried.Failure, "fetched:") {
					t.Errorf("%s (%s): %q", url, target.why, tried.Failure)
				}
			}
			if len(issuer.Tried) != 1 || len(revocation.Tried) != 2 {
				t.Errorf("%s: tried %v, %v", url, issuer.Tried, revocation.Tried)
			}
		}
		if dialled := f.dialled(); len(dialled) > 0 {
			t.Errorf("connected to %v", dialled)
		}
	})
}

func unmarshal(t *testing.T, a answered, into any) {
	t.Helper()
	if a.status != 200 {
		t.Fatalf("%d: %s", a.status, a.body)
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		t.Fatal(err)
	}
}

func TestPortsAreThoseOfTLS(t *testing.T) {
	onFaces(t, "strict", func(t *testing.T, f face) {
		for port, code := range map[int]string{
			1: "port", 22: "port", 25: "port", 80: "port", 8080: "port", 11211: "port", 65535: "port",
			-1: "bad_request", 65536: "bad_request",
		} {
			if a := f.post(t, "/v1/handshake", report.HandshakeRequest{Host: "8.8.8.8", Port: port}); a.Code != code {
				t.Errorf("port %d: %d, %q, want %q", port, a.status, a.Code, code)
			}
		}
		// The port that a protocol stands for is one that is filled in.
		if a := f.post(t, "/v1/handshake", report.HandshakeRequest{Host: "8.8.8.8", StartTLS: "smtp"}); a.Code != "port" {
			t.Errorf("smtp without a port: %d, %q", a.status, a.Code)
		}
		var about report.About
		unmarshal(t, f.send(t, "GET", "/v1/about", nil, ""), &about)
		if want := policy.Ports(policy.Port25); len(about.Ports) != len(want) || about.AllowPrivate {
			t.Errorf("about tells %v", about)
		}
	})
}

// A name that has another address when it is asked for again is connected to at
// the address that was checked: it is not asked for again.
func TestRebinding(t *testing.T) {
	// Each listens where the name leads first, or leads later.
	first, port := serveTLS(t, "127.0.0.2", 0, "first.test")
	_, _ = serveTLS(t, "127.0.0.1", port, "second.test")
	onFaces(t, "private", func(t *testing.T, f face) {
		testZone.set("rebinding.hostile.net", "127.0.0.2", "127.0.0.1")
		h := f.handshake(t, report.HandshakeRequest{Host: "rebinding.hostile.net", Port: port})
		if h.Address != "127.0.0.2" || len(h.Certificates) == 0 || h.Certificates[0] != first {
			t.Errorf("reached %s", h.Address)
		}
		if n := testZone.times("rebinding.hostile.net"); n != 2 { // for IPv4 and for IPv6
			t.Errorf("the name was asked for %d times, want 2", n)
		}
	})
	onFaces(t, "strict", func(t *testing.T, f face) {
		testZone.set("rebinding.hostile.net", "10.0.0.1", "8.8.8.8")
		if a := f.post(t, "/v1/handshake", report.HandshakeRequest{Host: "rebinding.hostile.net", Port: 443}); a.Code != "private_address" {
			t.Errorf("%d, %q", a.status, a.Code)
		}
	})
}

// set makes the zone give one answer after another.
func (z *zone) set(name string, answers ...string) {
	z.times(name)
	z.mu.Lock()
	defer z.mu.Unlock()
	z.records[name] = answers
}
