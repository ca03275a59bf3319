package watch

import (
	"strings"
	"sync"
)

// followers are those who are told how passes come along beside Progress.
type followers struct {
	mu   sync.Mutex
	last int
	all  map[int]follower
}

type follower struct {
	tenant string
	f      func(Progress)
}

// Follow has f told how passes over a tenant come along that this process makes
// or waits for, until stop is called. It is called from the goroutine of the
// pass and must be quick.
func (w *Watcher) Follow(tenant string, f func(Progress)) (stop func()) {
	s := &w.followers
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[int]follower{}
	}
	s.last++
	number := s.last
	s.all[number] = follower{tenant, f}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.all, number)
	}
}

// report tells everybody who follows.
func (w *Watcher) report(p Progress) {
	if w.Progress != nil {
		w.Progress(p)
	}
	w.followers.mu.Lock()
	defer w.followers.mu.Unlock()
	for _, f := range w.followers.all {
		if strings.EqualFold(f.tenant, p.Tenant) {
			f.f(p)
		}
	}
}
