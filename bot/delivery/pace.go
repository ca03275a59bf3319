package delivery

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"legacyauth/adapters/chat"
)

// paces keep to what platforms take, before they have to say so. They are this
// process's own: replicas that share a place follow each other by lease, and
// where they still exceed a platform's pace together, it says so.
type paces struct {
	mu     sync.Mutex
	places map[chat.Place]*rate.Limiter
	all    map[string]*rate.Limiter
}

// reserve takes a place's turn. The message may go after the delay; giveBack
// returns a turn that was not used.
func (p *paces) reserve(sender chat.Sender, to chat.Place, now time.Time) (delay time.Duration, giveBack func(time.Time)) {
	paced, ok := sender.(chat.Paced)
	if !ok {
		return 0, func(time.Time) {}
	}
	pace := paced.Pace()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.places == nil {
		p.places, p.all = map[chat.Place]*rate.Limiter{}, map[string]*rate.Limiter{}
	}
	var turns []*rate.Reservation
	for _, limiter := range []*rate.Limiter{
		limiterFor(p.places, to, pace.Place),
		limiterFor(p.all, to.Platform, pace.All),
	} {
		if limiter == nil {
			continue
		}
		turn := limiter.ReserveN(now, 1)
		turns = append(turns, turn)
		delay = max(delay, turn.DelayFrom(now))
	}
	return delay, func(now time.Time) {
		for _, turn := range turns {
			turn.CancelAt(now)
		}
	}
}

func limiterFor[K comparable](limiters map[K]*rate.Limiter, key K, r chat.Rate) *rate.Limiter {
	if r.IsZero() {
		return nil
	}
	limiter := limiters[key]
	if limiter == nil {
		limiter = rate.NewLimiter(rate.Every(r.Per/time.Duration(r.Count)), r.Count)
		limiters[key] = limiter
	}
	return limiter
}
