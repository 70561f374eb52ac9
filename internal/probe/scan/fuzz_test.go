package scan

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"certlens/internal/codepoint"
	"certlens/internal/report"
)

// Whatever a page hands over, Plan gives a step.
func FuzzPlan(f *testing.F) {
	for seed := range uint64(4) {
		m := randomModel(rand.New(rand.NewPCG(seed, 3)))
		var done []Exchange
		for step := Plan(modelTarget, nil); len(step.Next) > 0 && len(done) < 6; step = Plan(modelTarget, done) {
			h, _ := m.Handshake(context.Background(), step.Next[0])
			done = append(done, Exchange{Request: step.Next[0], Handshake: h})
		}
		text, _ := json.Marshal(done)
		f.Add(text)
	}
	f.Add([]byte(`[{"refusal": "no"}]`))
	f.Add([]byte(`[{"request": {"host": "model.test"}, "handshake": {"version": 772, "failure": {}, "offer": {}}}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var done []Exchange
		if json.Unmarshal(text, &done) != nil {
			return
		}
		step := Plan(modelTarget, done)
		if step.Scan == nil || step.Scan.Done != (len(step.Next) == 0) {
			t.Errorf("%+v", step)
		}
		if _, err := json.Marshal(step); err != nil {
			t.Error(err)
		}
	})
}

// Whatever a server says, the scan ends.
func FuzzServer(f *testing.F) {
	f.Add([]byte("\x00"))
	f.Add([]byte("\x01\x02\x03"))
	f.Add([]byte("\xff\x00\x10\x20\x30\x40\x50\x60\x70\x80"))
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) == 0 {
			return
		}
		var done []Exchange
		read := 0
		next := func() byte {
			read++
			return script[read%len(script)] + byte(read/len(script))
		}
		for {
			step := Plan(modelTarget, done)
			if len(step.Next) == 0 {
				return
			}
			if len(done) > maxHandshakes+len(oldVersions) {
				t.Fatalf("%d handshakes, and no end", len(done))
			}
			for _, request := range step.Next {
				what, which := next(), next()
				// The longer a scan takes, the less the server wants.
				if int(which) < len(done) {
					what = 1
				}
				done = append(done, Exchange{Request: request, Handshake: scripted(request, what, which)})
			}
		}
	})
}

// scripted answers a request as two bytes have it: with sense, without, or not.
func scripted(request report.HandshakeRequest, what, which byte) *report.Handshake {
	h := &report.Handshake{Step: report.StepHello, Offer: request.Offer, Failure: &report.HandshakeFailed{Class: report.Closed}}
	any := func(list []uint16) uint16 {
		if len(list) == 0 {
			return 0x0304
		}
		return list[int(which)*len(list)/256]
	}
	suite, group := codepoint.Suite(any(request.Offer.Suites)), codepoint.Group(any(request.Offer.Groups))
	switch what % 8 {
	case 0:
		h.Failure.Class = report.Timeout
	case 1:
		h.Alerts = []report.Alert{{Number: int(which)}}
	case 2: // closed
	case 3:
		h.Version = any(request.Offer.Versions) // and no suite
	case 4:
		h.Version, h.Suite, h.Group = codepoint.TLS12, &report.Suite{ID: uint16(which) << 8}, &report.CodePoint{ID: uint16(which)}
	default:
		h.Version, h.Suite, h.Group, h.Failure = any(request.Offer.Versions), &suite, &group, nil
		h.DHBits = int(which) * 16
		h.Certificates = []string{string(rune('a' + which%3))}
	}
	return h
}

// A server that takes everything is asked about everything, and that is all.
func TestServerThatTakesEverything(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long: run without -short")
	}
	r := &replay{length: long}
	m := &model{suites: map[uint16][]uint16{codepoint.SSL2: {}}, groups: r.groupsOf(codepoint.TLS13), keys: []string{"RSA", "ECDSA", "DSS"}, refusal: "alert", clientOrder: true}
	for _, v := range append([]uint16{codepoint.TLS13}, oldVersions...) {
		m.suites[v] = r.suitesOf(v)[0]
	}
	m.drop()
	scan := Run(context.Background(), m, modelTarget, 4, nil)
	m.compare(t, scan)
	if scan.Handshakes >= maxHandshakes {
		t.Errorf("%d handshakes", scan.Handshakes)
	}
}
