package main

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"certlens/internal/lab"
	"certlens/internal/lab/daemon"
	"certlens/internal/report"
)

// 50 people who ask at a time are all answered, although fewer are served at a
// time, and each with what he asked for.
func TestConcurrentRequests(t *testing.T) {
	const people, servers = 50, 5
	var certificates [servers]string
	var requests [servers]report.HandshakeRequest
	for i := range servers {
		requests[i].Host, requests[i].SNI = "127.0.0.1", fmt.Sprintf("load%d.test", i)
		certificates[i], requests[i].Port = serveTLS(t, "127.0.0.1", 0, requests[i].SNI)
	}
	onFaces(t, "private", func(t *testing.T, f face) {
		f.handshake(t, requests[0]) // the first pays for the start
		before := usageOf(f)
		var wg sync.WaitGroup
		for i := range people {
			wg.Go(func() {
				h := f.handshake(t, requests[i%servers])
				if !h.Complete || h.SNI != requests[i%servers].SNI || len(h.Certificates) != 1 || h.Certificates[0] != certificates[i%servers] {
					t.Errorf("%+v", h)
				}
			})
		}
		wg.Wait()
		if after := usageOf(f); before != (usage{}) {
			t.Logf("%d requests at a time: %.1f ms of CPU for each; %d MB resident, %d MB before",
				people, milliseconds(after.cpu-before.cpu)/people, after.resident>>20, before.resident>>20)
		}
	})
}

// Who comes when all places are taken waits, and who comes when many wait is
// refused.
func TestOverload(t *testing.T) {
	f := face{"workerd", startWorkerd(t).url["busy"], nil}
	const served, waiting, more = 8, 100, 20 // worker.mjs
	held, leave := make(chan struct{}, served+waiting), make(chan struct{})
	port := serveRaw(t, func(net.Conn) {
		held <- struct{}{}
		<-leave
	})
	statuses := make(chan int, served+waiting+more)
	var wg sync.WaitGroup
	ask := func() {
		a := f.post(t, "/v1/handshake", report.HandshakeRequest{Host: "127.0.0.1", Port: port})
		if a.status != http.StatusOK && (a.Code != "busy" || a.header.Get("Retry-After") == "" || a.header.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%d, %s, %v", a.status, a.body, a.header)
		}
		statuses <- a.status
	}
	for range served {
		wg.Go(ask)
		<-held
	}
	for range waiting + more {
		wg.Go(ask)
	}
	for range more {
		if status := <-statuses; status != http.StatusServiceUnavailable {
			t.Errorf("%d, want 503", status)
		}
	}
	// What connects nowhere has a place all the same.
	if a := f.send(t, "GET", "/v1/about", nil, ""); a.status != http.StatusOK {
		t.Errorf("about: %d, %s", a.status, a.body)
	}
	if a := f.send(t, "OPTIONS", "/v1/handshake", map[string]string{"Access-Control-Request-Method": "POST"}, ""); a.status != http.StatusNoContent {
		t.Errorf("preflight: %d, %s", a.status, a.body)
	}
	close(leave)
	for range served + waiting {
		if status := <-statuses; status != http.StatusOK {
			t.Errorf("%d, want 200", status)
		}
	}
	wg.Wait()
}

// Revocation lists are fetched by few requests at a time, however many ask; all
// of them get theirs.
func TestFewFetchAtATime(t *testing.T) {
	f := face{"workerd", startWorkerd(t).url["busy"], nil}
	const people, most = 8, 2
	crl := list(t, 1000)
	var mu sync.Mutex
	var now, peak int
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		peak = max(peak, now)
		mu.Unlock()
		time.Sleep(100 * time.Millisecond) // long enough for all to come, if they were let
		_, _ = w.Write(crl)
		mu.Lock()
		now--
		mu.Unlock()
	}))
	defer server.Close()
	leaf := lab.Issue(lab.Spec{Name: "www.hostile.net", Issuer: issuing, Edit: func(c *x509.Certificate) {
		c.CRLDistributionPoints = []string{server.URL}
	}})
	var wg sync.WaitGroup
	for range people {
		wg.Go(func() {
			if a := f.post(t, "/v1/revocation", report.RevocationRequest{Certificate: encode(leaf)}); a.status != http.StatusOK {
				t.Errorf("%d, %s", a.status, a.body)
			}
		})
	}
	wg.Wait()
	if peak > most {
		t.Errorf("%d at a time, want at most %d", peak, most)
	}
}

// A usage is what a process has used so far, where the system tells.
type usage struct {
	cpu      time.Duration
	resident int64 // bytes
}

func usageOf(f face) (u usage) {
	if f.name != "workerd" || runtime.GOOS != "linux" {
		return u
	}
	const tick = 10 * time.Millisecond // USER_HZ is 100 everywhere
	var user, system, pages int64
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", running.command.Process.Pid))
	if err == nil {
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+2:]))
		_, err = fmt.Sscan(fields[11]+" "+fields[12]+" "+fields[21], &user, &system, &pages)
	}
	if err != nil {
		return usage{}
	}
	return usage{time.Duration(user+system) * tick, pages * int64(os.Getpagesize())}
}

// BenchmarkHandshake compares a handshake through workerd with one of s_client,
// with the same server, one after the other. It gives the medians.
func BenchmarkHandshake(b *testing.B) {
	openssl(b)
	for _, key := range []string{"ecdsa", "rsa"} {
		b.Run(key, func(b *testing.B) {
			f := edge(b)
			s := daemon.OpenSSL(b, key)
			request := report.HandshakeRequest{Host: s.Host, Port: s.Port, SNI: s.ServerName}
			for range 20 {
				f.handshake(b, request)
			}
			before := usageOf(f)
			var ours, theirs []time.Duration
			for b.Loop() {
				ours = append(ours, timed(func() { f.handshake(b, request) }))
				theirs = append(theirs, timed(func() { sClient(b, s) }))
			}
			after := usageOf(f)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(milliseconds(median(ours)), "ms/workerd")
			b.ReportMetric(milliseconds(median(theirs)), "ms/s_client")
			b.ReportMetric(milliseconds(median(ours))/milliseconds(median(theirs)), "workerd/s_client")
			b.ReportMetric(milliseconds(after.cpu-before.cpu)/float64(len(ours)), "ms-CPU/workerd")
			b.ReportMetric(float64(after.resident)/(1<<20), "MB-resident")
		})
	}
}

// sClient makes one handshake with s_client.
func sClient(b *testing.B, s daemon.Server) {
	c := exec.Command("openssl", "s_client", "-connect", s.Address(), "-servername", s.ServerName)
	if err := c.Run(); err != nil { // its input is empty, so that it ends after the handshake
		b.Fatal(err)
	}
}

func timed(what func()) time.Duration {
	begin := time.Now()
	what()
	return time.Since(begin)
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
