package serve

import (
	"context"
	"crypto/rand"
	"log/slog"
	"slices"
	"sync"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/health"
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

// standing says how each platform stands: when it last received anything, if it can
// tell, as a surface or else as a sender, and what troubles it.
func (t *talk) standing() []health.Platform {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := make([]health.Platform, 0, len(t.platforms))
	for _, p := range t.platforms {
		told := health.Platform{Name: p.Name}
		h, ok := p.Surface.(chat.Heard)
		if !ok {
			h, ok = p.Sender.(chat.Heard)
		}
		if ok {
			told.Tells, told.Heard = true, h.Heard()
		}
		if slices.Contains(t.deaf, p.Name) {
			told.Troubles = append(told.Troubles, "nothing is received any more; the log says why. Commands and buttons there go unanswered.")
		}
		if troubled, ok := p.Surface.(chat.Troubled); ok {
			if what := troubled.Trouble(); what != "" {
				told.Troubles = append(told.Troubles, what)
			}
		}
		all = append(all, told)
	}
	return all
}

// reference is a number for what broke, short enough to be read out.
func reference() string { return rand.Text()[:8] }
