package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"legacyauth/adapters/chat"
)

// Limits of the whole application
// (https://discord.com/developers/docs/topics/rate-limits, read 2026-11-29): 50
// requests a second, and 10,000 answers of 401, 403 or 429 in ten minutes, after
// which the address is shut out. Ours stay below.
const (
	perSecond   = 40
	atOnce      = 10
	maxRefused  = 300
	refusedSpan = 10 * time.Minute
	manyBuckets = 2000
)

// budget knows how many requests may be made. What a place or Discord forbids for
// now gets a RetryError that says when; only for its turn among the requests of one
// second does a request wait.
type budget struct {
	now  func() time.Time
	turn *rate.Limiter

	mu      sync.Mutex
	names   map[string]string  // a route's bucket, as Discord names it
	buckets map[string]*bucket // by that name and the channel, server or webhook
	closed  time.Time          // no request before, because of the global limit
	refused []time.Time
}

type bucket struct {
	left  int
	reset time.Time
}

func newBudget(now func() time.Time) *budget {
	return &budget{now: now, turn: rate.NewLimiter(perSecond, atOnce), names: map[string]string{}, buckets: map[string]*bucket{}}
}

// admit says whether a request may be made, and takes it out of the budget. What
// answers an interaction is outside of the global limit.
func (b *budget) admit(r route) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	b.forget(now)
	if len(b.refused) >= maxRefused {
		return &chat.RetryError{After: b.refused[0].Add(refusedSpan).Sub(now), Err: errors.New("so many requests were refused that Discord would soon shut this address out, and none is made for now; mend the token or the permissions, which legacyauth doctor tries")}
	}
	if r.kind == answering {
		return nil
	}
	if wait := b.closed.Sub(now); wait > 0 && r.kind == usual {
		return &chat.RetryError{After: wait, Err: errors.New("the limit of all requests to Discord is used up")}
	}
	k, known := b.buckets[b.key(r)]
	known = known && now.Before(k.reset)
	if known && k.left <= 0 {
		return &chat.RetryError{After: k.reset.Sub(now), Err: errors.New("the limit that Discord sets for this place is used up")}
	}
	if known {
		k.left--
	}
	return nil
}

// wait waits for the turn of a request, a fraction of a second.
func (b *budget) wait(ctx context.Context, r route) error {
	if r.kind != usual {
		return nil
	}
	if err := b.turn.Wait(ctx); err != nil {
		return fmt.Errorf("wait for a turn: %w", cmp.Or(ctx.Err(), context.DeadlineExceeded))
	}
	return nil
}

// learn reads what an answer says of the limits.
func (b *budget) learn(r route, status int, h http.Header) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	scope := h.Get("X-RateLimit-Scope")
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden,
		status == http.StatusTooManyRequests && scope != "shared":
		b.refused = append(b.refused, now)
	}
	if status == http.StatusTooManyRequests && (scope == "global" || h.Get("X-RateLimit-Global") != "") {
		b.closed = now.Add(max(chat.RetryAfter(h, now), time.Second))
		return
	}
	if r.kind == answering {
		return
	}
	name := h.Get("X-RateLimit-Bucket")
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after, fault := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if name == "" || err != nil || fault != nil || !(after >= 0) || after > time.Hour.Seconds() {
		return
	}
	if len(b.names) < manyBuckets {
		b.names[r.name] = name
	}
	if len(b.buckets) >= manyBuckets {
		b.sweep(now)
	}
	reset := now.Add(time.Duration(after * float64(time.Second)))
	key := b.key(r)
	if k, ok := b.buckets[key]; ok && now.Before(k.reset) {
		// Answers overtake each other: the lower number is the later one.
		k.left, k.reset = min(k.left, left), later(k.reset, reset)
		return
	}
	b.buckets[key] = &bucket{left, reset}
}

func (b *budget) key(r route) string {
	if name, ok := b.names[r.name]; ok {
		return name + " " + r.major
	}
	return r.name + " " + r.major
}

// forget drops refusals that no longer count.
func (b *budget) forget(now time.Time) {
	i := 0
	for i < len(b.refused) && now.Sub(b.refused[i]) >= refusedSpan {
		i++
	}
	b.refused = b.refused[i:]
}

// sweep drops buckets that are full again.
func (b *budget) sweep(now time.Time) {
	for key, k := range b.buckets {
		if !now.Before(k.reset) {
			delete(b.buckets, key)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
