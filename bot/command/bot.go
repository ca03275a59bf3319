package command

import (
	"context"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/health"
	"legacyauth/bot/tenants"
	"legacyauth/bot/watch"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Bot is what the commands work with. All but Opener and Hander must be set.
type Bot struct {
	DB      *storage.DB
	Config  config.Config
	Library *playbooks.Library
	Watcher *watch.Watcher
	Health  *health.Reader
	// Post sends what follows from a change to the places that hear of it.
	Post watch.Poster
	// Opener opens tenants, to read their settings; nil: that cannot be done.
	Opener *tenants.Opener
	// Hander hands clients on; nil: whoever answers for one is stored, and told nothing.
	Hander Hander
	Now    func() time.Time
	// Asks are the platforms on which people ask for direct messages before they
	// get any; see Asking.
	Asks []string

	scans scans
	heavy heavy
	all   []Command // those of the router
}

// Commands gives the commands, in the order in which help lists them.
func (b *Bot) Commands() []Command {
	return []Command{
		b.scan(), b.clients(), b.user(), b.me(), b.client(), b.playbook(), b.explain(), b.check(), b.status(), b.alerts(),
		b.except(), b.reassign(), b.link(), b.export(), b.roles(), b.home(), b.steps(), b.copyCommands(), b.share(),
	}
}

// Run makes the scans that people ask for, until ctx ends, and waits for them.
func (b *Bot) Run(ctx context.Context) error {
	b.scans.run(ctx)
	return nil
}
