package serve

import (
	"errors"
	"log/slog"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people/ask"
	"legacyauth/bot/tenants"
	"legacyauth/bot/watch"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Bot gives what answers people beside a program that serves, on its database, and
// the commands of telling people: what they post is sent by whoever serves. engine
// must have been migrated.
func Bot(o *tenants.Opener, db *storage.DB, engine *jobs.Engine, library *playbooks.Library, now func() time.Time, log *slog.Logger) (*command.Bot, []command.Command, error) {
	watched, faults := Tenants(o, now)
	if len(watched) == 0 {
		errs := []error{errors.New("no tenant of the configuration can be watched")}
		for _, f := range faults {
			errs = append(errs, f.Err)
		}
		return nil, nil, errors.Join(errs...)
	}
	settings := o.Config
	out := delivery.New(db, engine, delivery.Options{Now: now})
	watcher := &watch.Watcher{
		DB: db, Tenants: watched, Post: out, Library: library, Contact: settings.Contact, Admins: settings.Fallback(),
		SilentDays: settings.Verify.SilentDays, Remember: settings.Ages().SignIns, Now: now, Holder: holder(), Log: log,
	}
	if settings.Heartbeat != (config.Value{}) {
		watcher.Ended = health.Beats(engine) // whoever serves fetches
	}
	reader := &health.Reader{DB: db, Tenants: watched, Delivery: out, Now: now}
	for _, f := range faults {
		reader.Faults = append(reader.Faults, f.Tenant)
	}
	told, err := People(settings, db, out, library, nil, now, log)
	if err != nil {
		return nil, nil, err
	}
	bot := &command.Bot{DB: db, Config: settings, Library: library, Watcher: watcher, Health: reader, Post: out, Opener: o, Hander: told, Now: now}
	return bot, (&ask.Asked{People: told, DB: db, Groups: o}).Commands(), nil
}

// Answers gives the handler of a bot's commands that never fails.
func Answers(b *command.Bot, log *slog.Logger, more ...command.Command) chat.Handler {
	return chat.Safely(command.New(b, more...), log, reference)
}
