package slack

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"legacyauth/adapters/chat"
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

// refused remembers that a bot token is refused, or lacks a scope, until something
// was sent with it again.
func (p *Platform) refused(ctx context.Context, workspace string, err error) {
	what := ""
	switch {
	case errors.Is(err, chat.ErrCredentials):
		what = "workspace " + clean(workspace) + ": " + err.Error()
	case err != nil:
		return // nothing is known of the token
	}
	if p.trouble.set("bot token "+workspace, what) && what != "" {
		p.options.Log.ErrorContext(ctx, "slack: nothing can be sent", "error", what)
	}
}

// Trouble says what keeps the platform from receiving or sending; empty: nothing.
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
