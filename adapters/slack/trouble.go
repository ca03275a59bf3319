package slack

import (
	"slices"
	"strings"
	"sync"
)

// trouble is what keeps connections from working, in words.
type trouble struct {
	mu   sync.Mutex
	said map[string]string
}

// set remembers what is wrong with a connection, or that nothing is any more. It
// says whether that is news.
func (t *trouble) set(connection, what string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.said == nil {
		t.said = map[string]string{}
	}
	before := t.said[connection]
	if what == "" {
		delete(t.said, connection)
	} else {
		t.said[connection] = what
	}
	return before != what
}

// Trouble says what keeps the platform from receiving; empty: nothing.
func (p *Platform) Trouble() string {
	p.trouble.mu.Lock()
	defer p.trouble.mu.Unlock()
	var all []string
	for _, what := range p.trouble.said {
		all = append(all, what)
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "; ")
}
