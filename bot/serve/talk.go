package serve

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/linking"
	"legacyauth/storage"
)

// Platform is a chat platform that is ready. What else it can do is found by
// type assertion; see package chat.
type Platform struct {
	Name    string // that of chat.Place.Platform
	Sender  chat.Sender
	Surface chat.Surface
}

// talk has the surfaces of the platforms answered.
type talk struct {
	platforms []Platform
	bot       *command.Bot
	more      []command.Command // those of telling people
	log       *slog.Logger

	mu   sync.Mutex
	deaf []string // platforms that cannot receive any more
}

// heard are the platforms that can tell when they last heard anything: as a
// surface, or else as a sender.
func (t *talk) heard() map[string]chat.Heard {
	all := map[string]chat.Heard{}
	for _, p := range t.platforms {
		if h, ok := p.Surface.(chat.Heard); ok {
			all[p.Name] = h
		} else if h, ok := p.Sender.(chat.Heard); ok {
			all[p.Name] = h
		}
	}
	return all
}

// run answers on every platform until ctx ends. One that cannot go on stops no
// other: it is said in the log and by health.
func (t *talk) run(ctx context.Context) error {
	handler := Answers(t.bot, t.log, append(t.more, t.consented()...)...)
	var all sync.WaitGroup
	for _, p := range t.platforms {
		if p.Surface == nil {
			continue
		}
		all.Go(func() {
			err := p.Surface.Run(ctx, handler)
			if ctx.Err() != nil {
				return
			}
			t.log.Error("a platform receives nothing any more; start legacyauth serve again once that is mended", "platform", p.Name, "error", err)
			t.mu.Lock()
			defer t.mu.Unlock()
			t.deaf = append(t.deaf, p.Name)
		})
	}
	err := t.bot.Run(ctx)
	all.Wait()
	return err
}

// asking has the platforms know who asked for direct messages.
func (t *talk) asking(db *storage.DB) {
	for _, p := range t.platforms {
		if c, ok := p.Sender.(chat.Consenting); ok {
			c.AskConsent(linking.Asked(db))
		}
	}
}

// consented are the commands of platforms that send direct messages only to who
// asked for them.
func (t *talk) consented() []command.Command {
	for _, p := range t.platforms {
		if _, ok := p.Sender.(chat.Consenting); ok {
			t.bot.Asks = append(t.bot.Asks, p.Name)
		}
	}
	if len(t.bot.Asks) == 0 {
		return nil
	}
	return t.bot.Asking()
}

// problems says which platforms receive nothing, and what troubles them.
func (t *talk) problems() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []string
	for _, name := range slices.Sorted(slices.Values(t.deaf)) {
		all = append(all, fmt.Sprintf("%s: nothing is received any more; the log says why. Commands and buttons there go unanswered.", name))
	}
	for _, p := range t.platforms {
		troubled, ok := p.Surface.(chat.Troubled)
		if !ok {
			continue
		}
		if what := troubled.Trouble(); what != "" {
			all = append(all, p.Name+": "+what)
		}
	}
	return all
}

// reference is a number for what broke, short enough to be read out.
func reference() string { return rand.Text()[:8] }
