package command

import (
	"context"
	"log/slog"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/health"
	"legacyauth/bot/watch"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Bot is what the commands work with. All but Log must be set.
type Bot struct {
	DB      *storage.DB
	Config  config.Config
	Library *playbooks.Library
	Watcher *watch.Watcher
	Health  *health.Reader
	// Post sends what follows from a change to the places that hear of it.
	Post watch.Poster
	Now  func() time.Time
	// Log gets what went wrong beside a command; nil discards it.
	Log *slog.Logger

	scans scans
}

// Commands gives the commands, in the order in which help lists them.
func (b *Bot) Commands() []Command {
	return []Command{b.scan(), b.status(), b.alerts()}
}

func (b *Bot) log() *slog.Logger {
	if b.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return b.Log
}

// Run makes the scans that people ask for, until ctx ends, and waits for them.
func (b *Bot) Run(ctx context.Context) error {
	b.scans.run(ctx)
	return nil
}
