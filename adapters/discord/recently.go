package discord

import (
	"sync"
	"time"
)

// recently remembers things for a while, and only so many of them: what is
// oldest goes first.
type recently[V any] struct {
	most int
	keep time.Duration

	mu    sync.Mutex
	items map[string]remembered[V]
	order []string
}

type remembered[V any] struct {
	value V
	at    time.Time
}

func newRecently[V any](most int, keep time.Duration) *recently[V] {
	return &recently[V]{most: most, keep: keep, items: map[string]remembered[V]{}}
}

// add remembers a value and says whether nothing was known under the key.
func (r *recently[V]) add(key string, value V, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.order) > 0 && (len(r.order) >= r.most || now.Sub(r.items[r.order[0]].at) > r.keep) {
		delete(r.items, r.order[0])
		r.order = r.order[1:]
	}
	_, known := r.items[key]
	if known {
		r.items[key] = remembered[V]{value, now}
		return false
	}
	r.items[key] = remembered[V]{value, now}
	r.order = append(r.order, key)
	return true
}

func (r *recently[V]) look(key string, now time.Time) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.items[key]
	if !ok || now.Sub(found.at) > r.keep {
		var none V
		return none, false
	}
	return found.value, true
}
