package api

import (
	"net/netip"
	"sync"

	"certlens/internal/probe"
	"certlens/internal/report"
)

// A crowd counts requests that are served at the same time, of all clients and
// of each.
type crowd struct {
	most, perClient int

	mu  sync.Mutex
	all int
	of  map[netip.Prefix]int
}

func newCrowd(most, perClient int) *crowd {
	return &crowd{most: most, perClient: perClient, of: map[netip.Prefix]int{}}
}

// enter refuses a request when there is no room for it, or for more of its
// client. One that was let in has to leave.
func (c *crowd) enter(client netip.Prefix) *probe.Refusal {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.all >= c.most:
		return refuseUntil(busyFor, report.RefusedBusy, "This worker is busy.")
	case c.of[client] >= c.perClient:
		return refuseUntil(busyFor, report.RefusedRate, "You ask for more at a time than this worker does for one client.")
	}
	c.all++
	c.of[client]++
	return nil
}

func (c *crowd) leave(client netip.Prefix) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	if c.of[client]--; c.of[client] == 0 {
		delete(c.of, client)
	}
}
