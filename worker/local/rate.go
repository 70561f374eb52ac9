package local

import (
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// The rate of one client. A scan of a server is some dozens of handshakes, as
// fast as they can be made.
const (
	perSecond  = 20
	atOnce     = 300
	maxClients = 10_000
)

// A rateLimiter limits each client by a token bucket.
type rateLimiter struct {
	now     func() time.Time
	mu      sync.Mutex
	clients map[netip.Prefix]*rate.Limiter
}

func newRateLimiter(now func() time.Time) *rateLimiter {
	return &rateLimiter{now: now, clients: map[netip.Prefix]*rate.Limiter{}}
}

// Allow takes note of a request, and tells after how many seconds to ask again
// when it is one too many.
func (l *rateLimiter) Allow(client netip.Prefix) (retryAfter int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	bucket := l.clients[client]
	if bucket == nil {
		l.makeRoom(now)
		bucket = rate.NewLimiter(perSecond, atOnce)
		l.clients[client] = bucket
	}
	if bucket.AllowN(now, 1) {
		return 0
	}
	return int(math.Ceil((1 - bucket.TokensAt(now)) / perSecond))
}

// makeRoom forgets the clients that are quiet when there are many, and all when
// none is.
func (l *rateLimiter) makeRoom(now time.Time) {
	if len(l.clients) < maxClients {
		return
	}
	for client, bucket := range l.clients {
		if bucket.TokensAt(now) >= atOnce {
			delete(l.clients, client)
		}
	}
	if len(l.clients) >= maxClients {
		clear(l.clients)
	}
}
