package discordfake

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// limits are the rate limits; none at first.
type limits struct {
	count    int // of each bucket
	per      time.Duration
	global   int // requests a second
	buckets  map[string]*bucket
	second   time.Time
	spent    int
	refused  int // answers of 429
	exceeded int // of them, for all requests
}

type bucket struct {
	left  int
	reset time.Time
}

// Limit gives every bucket (a kind of request to one channel or webhook) so many
// requests in a time, and all together so many a second; 0: no limit.
func (s *Server) Limit(count int, per time.Duration, global int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits.count, s.limits.per, s.limits.global = count, per, global
}

// Refused says how many requests were over a limit.
func (s *Server) Refused() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limits.refused
}

// limited counts a request, tells the limits in the header and refuses what is
// over them.
func (s *Server) limited(r *http.Request, h http.Header) (answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &s.limits
	now := s.now()
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/api/v9/"), "/")
	if l.global > 0 && parts[0] != "interactions" && parts[0] != "webhooks" {
		if now.Sub(l.second) >= time.Second {
			l.second, l.spent = now, 0
		}
		if l.spent++; l.spent > l.global {
			l.refused++
			l.exceeded++
			h.Set("X-RateLimit-Global", "true")
			h.Set("X-RateLimit-Scope", "global")
			return tooMany(h, l.second.Add(time.Second).Sub(now), true), false
		}
	}
	if l.count == 0 || parts[0] == "interactions" || len(parts) < 2 {
		return answer{}, true
	}
	major := parts[1]
	if parts[0] == "webhooks" && len(parts) > 2 {
		major += "/" + parts[2]
	}
	kind := fmt.Sprintf("%s-%s-%d", strings.ToLower(r.Method), parts[0], len(parts))
	b := l.buckets[kind+" "+major]
	if b == nil || !now.Before(b.reset) {
		b = &bucket{l.count, now.Add(l.per)}
		l.buckets[kind+" "+major] = b
	}
	h.Set("X-RateLimit-Bucket", kind)
	h.Set("X-RateLimit-Limit", fmt.Sprint(l.count))
	h.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", b.reset.Sub(now).Seconds()))
	h.Set("X-RateLimit-Remaining", fmt.Sprint(max(b.left-1, 0)))
	if b.left == 0 {
		l.refused++
		h.Set("X-RateLimit-Scope", "user")
		return tooMany(h, b.reset.Sub(now), false), false
	}
	b.left--
	return answer{}, true
}

func tooMany(h http.Header, after time.Duration, global bool) answer {
	h.Set("Retry-After", fmt.Sprint(int(after.Seconds())+1))
	return answer{http.StatusTooManyRequests, map[string]any{
		"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": global,
	}}
}
