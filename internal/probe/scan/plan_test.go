package scan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"certlens/internal/codepoint"
	"certlens/internal/probe"
	"certlens/internal/report"
)

// suitesFound are the numbers of what a scan found in a version, in order.
func suitesFound(scan *report.Scan, version uint16) []uint16 {
	var ids []uint16
	for _, v := range scan.Versions {
		if v.Version == version {
			for _, s := range v.Suites {
				ids = append(ids, s.ID)
			}
		}
	}
	return ids
}

func groupsFound(scan *report.Scan, version uint16) []uint16 {
	var ids []uint16
	for _, g := range scan.Groups {
		if slices.Contains(g.Versions, version) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

func same(a, b []uint16, ordered bool) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	if !ordered {
		slices.Sort(a)
		slices.Sort(b)
	}
	return slices.Equal(a, b)
}

// Whatever a server is configured for, the scan finds exactly that.
func TestScanFindsTheModel(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 60
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			m := randomModel(r)
			scan := Run(context.Background(), m, Target{Host: "model.test"}, 1+r.IntN(8), nil)
			m.compare(t, scan)
			if scan.Handshakes != m.count || scan.Expected != m.count {
				t.Errorf("%d handshakes, %d expected, the server counts %d", scan.Handshakes, scan.Expected, m.count)
			}
		})
	}
}

func (m *model) compare(t *testing.T, scan *report.Scan) {
	t.Helper()
	if !scan.Done {
		t.Fatal("the scan is not done")
	}
	if len(m.suites) == 0 {
		if scan.Failure == nil {
			t.Error("no failure, of a server that speaks no version")
		}
		return
	}
	if scan.Failure != nil || len(scan.Versions) != 6 {
		t.Errorf("%+v, %d versions", scan.Failure, len(scan.Versions))
	}
	for _, v := range scan.Versions {
		want := "no"
		if m.speaks(v.Version) {
			want = "yes"
		}
		if v.Supported != want {
			t.Errorf("%s: %s (%s), want %s", v.Protocol, v.Supported, v.Detail, want)
		}
		if got, want := suitesFound(scan, v.Version), m.suites[v.Version]; !same(got, want, !m.clientOrder) {
			t.Errorf("%s: suites %04X, want %04X", v.Protocol, got, want)
		}
		if want := []string{"server", "client"}[b2i(m.clientOrder)]; len(v.Suites) > 1 && v.Order != want {
			t.Errorf("%s: the order is of the %s, want %s", v.Protocol, v.Order, want)
		}
	}
	if m.speaks(codepoint.TLS13) {
		if got := groupsFound(scan, codepoint.TLS13); !same(got, m.groups, !m.clientOrder) {
			t.Errorf("groups %04X, want %04X", got, m.groups)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// modelTarget is where models are.
var modelTarget = Target{Host: "model.test"}

// ordinary is a server as there are many.
func ordinary() *model {
	return &model{
		suites: map[uint16][]uint16{
			codepoint.TLS13: {0x1302, 0x1303, 0x1301},
			codepoint.TLS12: {0xC030, 0xC02F, 0xC014, 0xC013, 0x0035},
			codepoint.TLS10: {0xC014, 0xC013, 0x0035},
		},
		groups:  []uint16{0x001D, 0x0017},
		keys:    []string{"RSA"},
		refusal: "alert",
	}
}

// One handshake that fails without a reason changes nothing.
func TestSingleFailuresAreMadeGood(t *testing.T) {
	for i := range 40 {
		m := ordinary()
		m.refusal = []string{"alert", "closed", "reset"}[i%3]
		m.fails = func(number int) bool { return number == i+1 }
		scan := Run(context.Background(), m, modelTarget, 1, nil)
		m.compare(t, scan)
		if scan.NamePolicy == nil || scan.NamePolicy.UnknownName != "same" || scan.Resumption == nil {
			t.Errorf("%d: %+v, %+v", i, scan.NamePolicy, scan.Resumption)
		}
	}
}

// A server that takes no long ClientHello is asked with short ones.
func TestShortOffers(t *testing.T) {
	for _, refusal := range []string{"alert", "closed", "reset"} {
		m := ordinary()
		m.refusal, m.limit = refusal, 130
		delete(m.suites, codepoint.TLS13)
		m.compare(t, Run(context.Background(), m, modelTarget, 4, nil))
		// One that takes the many bytes of a current client, but not many suites.
		m = ordinary()
		m.refusal, m.most = refusal, 64
		m.compare(t, Run(context.Background(), m, modelTarget, 4, nil))
	}
}

// A server that reads the beginning of a list alone is offered several.
func TestCutLists(t *testing.T) {
	for _, refusal := range []string{"alert", "closed"} {
		m := ordinary()
		m.refusal, m.reads = refusal, 128
		// One that is rare, and that the server likes better than the others.
		m.suites[codepoint.TLS12] = []uint16{0xC030, 0x0003, 0xC02F, 0xC014, 0xC013, 0x0035}
		m.compare(t, Run(context.Background(), m, modelTarget, 4, nil))
	}
}

// A server that stops answering in the middle of a scan is left alone, and what
// it was not asked is not known.
func TestServerThatStopsAnswering(t *testing.T) {
	for _, from := range []int{2, 5, 9, 14, 20} {
		m := ordinary()
		m.from = from
		scan := Run(context.Background(), m, modelTarget, 4, nil)
		if !scan.Done || m.count > from+maxSilences+4 {
			t.Errorf("from %d: done %v, %d handshakes", from, scan.Done, m.count)
		}
		for _, v := range scan.Versions {
			if want := m.speaks(v.Version); want && v.Supported == "no" || !want && v.Supported == "yes" {
				t.Errorf("from %d: %s: %s", from, v.Protocol, v.Supported)
			}
			if v.Supported == "unknown" && v.Detail == "" {
				t.Errorf("from %d: %s is unknown without a reason", from, v.Protocol)
			}
		}
		if scan.Failure == nil && scan.Statements[len(scan.Statements)-1].ID == "" {
			t.Errorf("from %d: %+v", from, scan.Statements)
		}
	}
}

// One that closes every connection from some moment on has not refused what was
// offered then.
func TestServerThatClosesAtSomeMoment(t *testing.T) {
	for _, from := range []int{3, 8, 15} {
		m := ordinary()
		h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
			if m.made() >= from {
				return m.fail(&report.Handshake{Step: report.StepHello}, report.Closed), nil
			}
			return m.Handshake(ctx, request)
		})
		scan := Run(context.Background(), h, modelTarget, 2, nil)
		for _, v := range scan.Versions {
			if m.speaks(v.Version) && v.Supported == "no" {
				t.Errorf("from %d: %s: %s, %s", from, v.Protocol, v.Supported, v.Detail)
			}
			if len(v.Suites) < len(m.suites[v.Version]) && v.Supported == "yes" && v.Detail == "" {
				t.Errorf("from %d: %s has more suites, and that is not said", from, v.Protocol)
			}
		}
		if !scan.Done {
			t.Errorf("from %d: not done", from)
		}
	}
}

// What comes before TLS, or instead of it, is a failure of the scan, told at
// once.
func TestFirstContactFails(t *testing.T) {
	for _, c := range []struct {
		step       report.Step
		class      report.Class
		handshakes int
	}{
		{report.StepResolve, report.DNS, 2},
		{report.StepConnect, report.Refused, 2},
		{report.StepConnect, report.Timeout, 1},
		{report.StepStartTLS, report.WrongProtocol, 2},
		{report.StepHello, report.PlainHTTP, 2},
		{report.StepHello, report.WrongProtocol, 2},
		{report.StepHello, report.Timeout, 3},
		{report.StepHello, report.HandshakeFailure, 6},
	} {
		want := &report.HandshakeFailed{Class: c.class, Detail: "It failed."}
		h := handshaker(func(context.Context, report.HandshakeRequest) (*report.Handshake, error) {
			return &report.Handshake{Step: c.step, Failure: want}, nil
		})
		scan := Run(context.Background(), h, modelTarget, 4, nil)
		if !scan.Done || scan.Handshakes != c.handshakes || !reflect.DeepEqual(scan.Failure, want) || len(scan.Profiles) > 0 {
			t.Errorf("%s %s: %d handshakes, %+v", c.step, c.class, scan.Handshakes, scan.Failure)
		}
	}
}

// A handshaker is a function.
type handshaker func(context.Context, report.HandshakeRequest) (*report.Handshake, error)

func (h handshaker) Handshake(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
	return h(ctx, request)
}

// A Handshaker that refuses ends the scan, with what is known until then.
func TestRefusals(t *testing.T) {
	for _, after := range []int{0, 1, 12} {
		m, asked := ordinary(), 0
		h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
			if asked++; asked > after {
				return nil, &probe.Refusal{Code: "rate_limit", Message: "That is enough."}
			}
			return m.Handshake(ctx, request)
		})
		scan := Run(context.Background(), h, modelTarget, 1, nil)
		if !scan.Done || asked != after+1 || scan.Handshakes != after {
			t.Errorf("after %d: done %v, asked %d times, %d handshakes", after, scan.Done, asked, scan.Handshakes)
		}
		if after == 0 {
			if scan.Failure == nil || scan.Failure.Detail != "That is enough." {
				t.Errorf("%+v", scan.Failure)
			}
			continue
		}
		if !slices.ContainsFunc(scan.Statements, func(s report.ScanStatement) bool {
			return s.ID == "n_scan_stopped" && strings.Contains(s.Detail, "That is enough.")
		}) {
			t.Errorf("after %d: nothing says that the scan was stopped: %+v", after, scan.Statements)
		}
		for _, v := range scan.Versions {
			if v.Supported == "no" && m.speaks(v.Version) {
				t.Errorf("after %d: %s: no", after, v.Protocol)
			}
		}
	}
}

// A Handshaker that is busy is asked again when it wants to be.
func TestBusyHandshaker(t *testing.T) {
	m, asked := ordinary(), 0
	h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
		if asked++; asked%4 == 0 {
			return nil, &probe.Refusal{Code: "busy", Message: "Later.", RetryAfter: time.Microsecond}
		}
		return m.Handshake(ctx, request)
	})
	m.compare(t, Run(context.Background(), h, modelTarget, 1, nil))
}

// A server that is overloaded for a moment has refused nothing.
func TestInternalError(t *testing.T) {
	for i := range 12 {
		m, asked := ordinary(), 0
		h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
			handshake, err := m.Handshake(ctx, request)
			if asked++; asked == i+1 {
				handshake = m.fail(&report.Handshake{Step: report.StepHello}, report.HandshakeFailure)
				handshake.Alerts = []report.Alert{{Number: internalError}}
			}
			return handshake, err
		})
		m.compare(t, Run(context.Background(), h, modelTarget, 1, nil))
	}
}

// The kinds of certificates are found also where they hide.
func TestKindsOfCertificates(t *testing.T) {
	for _, c := range []struct {
		keys    string
		version uint16
		suites  []uint16
		want    string
	}{
		{"RSA ECDSA", codepoint.TLS12, []uint16{0xC02F, 0xC02B}, "RSA ECDSA"},
		{"ECDSA EdDSA", codepoint.TLS12, []uint16{0xC02B}, "ECDSA EdDSA"},
		{"RSA ECDSA EdDSA", codepoint.TLS12, []uint16{0xC02F, 0xC02B}, "RSA ECDSA EdDSA"},
		{"RSA DSS", codepoint.TLS12, []uint16{0x009E, 0x00A2}, "RSA DSA"},
		{"RSA ECDSA", codepoint.TLS10, []uint16{0xC013, 0xC009}, "RSA ECDSA"},
		{"RSA ECDSA EdDSA", codepoint.TLS13, []uint16{0x1301}, "RSA ECDSA EdDSA"},
		{"EdDSA RSA", codepoint.TLS13, []uint16{0x1301}, "RSA EdDSA"},
	} {
		m := &model{suites: map[uint16][]uint16{c.version: c.suites}, groups: []uint16{0x001D}, keys: strings.Fields(c.keys), refusal: "alert"}
		var found []string
		for _, chain := range Run(context.Background(), m, modelTarget, 4, nil).Certificates {
			found = append(found, chain.When[0])
		}
		if strings.Join(found, " ") != c.want {
			t.Errorf("%s in %s: %q, want %s", c.keys, codepoint.Version(c.version), found, c.want)
		}
	}
}

// What a server does with a field or with compression only for clients that
// offer less, or more, than current ones shows as well.
func TestOldHabits(t *testing.T) {
	for _, knows := range []bool{false, true} {
		m := ordinary()
		m.suites[codepoint.TLS12] = []uint16{0xC02F, 0x009E}
		m.knowsFields, m.compresses = knows, true
		scan := Run(context.Background(), m, modelTarget, 4, nil)
		if bits := scan.Versions[1].Suites[1].DHBits; bits != 1024 {
			t.Errorf("knows fields: %v: %d bits", knows, bits)
		}
		if scan.Compression == nil || !*scan.Compression {
			t.Errorf("compression is not seen: %v", scan.Compression)
		}
	}
}

// The server is asked no more than is needed. The number may fall.
func TestFewHandshakes(t *testing.T) {
	scan := Run(context.Background(), ordinary(), modelTarget, 4, nil)
	// 11 suites in 3 versions with a refusal at the end of each, 3 versions that
	// it does not speak, 2 groups of which the first is known and a refusal, twice;
	// a first contact, a resumption, 2 names, a fallback, SHA-1, and 2 kinds of
	// certificates that it has not.
	if scan.Handshakes > 29 {
		t.Errorf("%d handshakes", scan.Handshakes)
	}
}

// Groups that a server did not say anything about may be there.
func TestSilenceAboutGroups(t *testing.T) {
	m := ordinary()
	h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
		if offer := request.Offer; slices.Contains(offer.Versions, codepoint.TLS13) && !slices.Contains(offer.Groups, 0x0017) {
			return m.fail(&report.Handshake{Step: report.StepHello}, report.Timeout), nil
		}
		return m.Handshake(ctx, request)
	})
	scan := Run(context.Background(), h, modelTarget, 4, nil)
	told := slices.ContainsFunc(scan.Statements, func(s report.ScanStatement) bool { return strings.Contains(s.Detail, "more groups") })
	if !told || scan.PostQuantum.Ready != "unknown" {
		t.Errorf("%+v, %+v", scan.Statements, scan.PostQuantum)
	}
}

// The lists that all offers are made from are never changed.
func TestListsStay(t *testing.T) {
	all := func() (lists [][]uint16) {
		for _, v := range oldVersions {
			lists = append(lists, suitesToOffer()[v].all, suitesToOffer()[v].common)
		}
		return append(lists, groupsToOffer(), oldGroupsToOffer(), schemesToOffer())
	}
	for seed := range 20 {
		Run(context.Background(), randomModel(rand.New(rand.NewPCG(uint64(seed), 4))), modelTarget, 2, nil)
	}
	for _, list := range all() {
		sorted := slices.Sorted(slices.Values(list))
		if len(sorted) == 0 || sorted[0] == 0 && len(sorted) < 100 || len(slices.Compact(sorted)) != len(list) {
			t.Errorf("%04X", list)
		}
	}
}

// A handshake that was cut off by the end of the scan says nothing.
func TestCutOffHandshakes(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	m := ordinary()
	h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
		if m.made() == 3 {
			cancel()
			<-ctx.Done()
			return m.fail(&report.Handshake{Step: report.StepHello}, report.Timeout), nil
		}
		return m.Handshake(ctx, request)
	})
	if scan := Run(ctx, h, modelTarget, 1, nil); scan.Handshakes != 3 {
		t.Errorf("%d handshakes", scan.Handshakes)
	}
}

// A scan that is cancelled ends, says what it knows, and leaves nothing behind.
func TestCancel(t *testing.T) {
	before := runtime.NumGoroutine()
	for at := range 12 {
		ctx, cancel := context.WithCancel(context.Background())
		m, seen := ordinary(), 0
		scan := Run(ctx, m, modelTarget, 3, func(*report.Scan) {
			if seen++; seen > at {
				cancel()
			}
		})
		cancel()
		if scan.Done {
			t.Errorf("at %d: done", at)
		}
		if m.count > at+3 {
			t.Errorf("at %d: %d handshakes", at, m.count)
		}
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// No more handshakes are made at the same time than the caller wants.
func TestParallel(t *testing.T) {
	for _, parallel := range []int{-1, 1, 3} {
		m := ordinary()
		now, most := make(chan int, 100), 0
		h := handshaker(func(ctx context.Context, request report.HandshakeRequest) (*report.Handshake, error) {
			now <- 1
			m.mu.Lock()
			most = max(most, len(now))
			m.mu.Unlock()
			runtime.Gosched()
			defer func() { <-now }()
			return m.Handshake(ctx, request)
		})
		Run(context.Background(), h, modelTarget, parallel, nil)
		if most > max(1, parallel) {
			t.Errorf("%d at the same time, %d allowed", most, parallel)
		}
	}
}

// The order in which handshakes end is of no consequence.
func TestOrderOfExchanges(t *testing.T) {
	for seed := range 20 {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		m := randomModel(r)
		var done []Exchange
		for {
			step := Plan(modelTarget, done)
			if len(step.Next) == 0 {
				break
			}
			i := r.IntN(len(step.Next))
			h, _ := m.Handshake(context.Background(), step.Next[i])
			done = append(done, Exchange{Request: step.Next[i], Handshake: h})
		}
		// A page keeps the exchanges as JSON.
		text, err := json.Marshal(done)
		if err != nil {
			t.Fatal(err)
		}
		var again []Exchange
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatal(err)
		}
		r.Shuffle(len(again), func(i, j int) {
			// Two tries of one question stay in their order.
			if nameOf(again[i].Request) != nameOf(again[j].Request) {
				again[i], again[j] = again[j], again[i]
			}
		})
		want, _ := json.Marshal(Plan(modelTarget, done))
		got, _ := json.Marshal(Plan(modelTarget, again))
		if string(got) != string(want) {
			t.Errorf("seed %d:\n%s\n%s", seed, got, want)
		}
	}
}

// Progress never goes back, and ends where it said it would.
func TestProgress(t *testing.T) {
	last := 0
	scan := Run(context.Background(), ordinary(), modelTarget, 2, func(s *report.Scan) {
		if s.Handshakes < last || s.Expected < s.Handshakes {
			t.Errorf("%d of %d, after %d", s.Handshakes, s.Expected, last)
		}
		last = s.Handshakes
	})
	if scan.Handshakes != scan.Expected || scan.Handshakes != last {
		t.Errorf("%d of %d, %d told", scan.Handshakes, scan.Expected, last)
	}
}

// An error that is no Refusal ends a scan like one.
func TestErrors(t *testing.T) {
	h := handshaker(func(context.Context, report.HandshakeRequest) (*report.Handshake, error) {
		return nil, errors.New("no network")
	})
	if scan := Run(context.Background(), h, modelTarget, 4, nil); !scan.Done || scan.Failure.Detail != "no network" || scan.Handshakes != 0 {
		t.Errorf("%+v", scan.Failure)
	}
}
