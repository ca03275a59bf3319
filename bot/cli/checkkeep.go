package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/checkup"
	"legacyauth/bot/config"
	"legacyauth/bot/people"
	"legacyauth/bot/serve"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// keep has serve and the campaigns know what the Exchange file said of a tenant, and
// says in one line what became of that. An error is a database that could not be
// written to; what it is not meant to keep is none.
func (c *Check) keep(ctx context.Context, env *Env, all config.Config, t config.Tenant, exchange settings.Exchange) error {
	says := func(words string, args ...any) error {
		_, err := fmt.Fprintf(env.Stderr, "legacyauth check: "+words+"\n", args...)
		return err
	}
	if c.NoStore {
		return says("what the file said of %s is not kept for campaigns, as --no-store asks", t.Name)
	}
	if t.Wrong() != nil {
		return says("what the file said of %s is not kept for campaigns: put the tenant right in the configuration first", t.Name)
	}
	dsn, err := all.DSN(c.Database)
	if err != nil {
		return fmt.Errorf("keep what the file said for campaigns: %w", err)
	}
	if storage.EngineOf(dsn) == storage.SQLite {
		if _, err := os.Stat(dsn); errors.Is(err, fs.ErrNotExist) {
			return says("what the file said of %s is not kept for campaigns: there is no database %s; legacyauth serve makes it", t.Name, dsn)
		}
	}
	db, err := serve.Open(ctx, dsn, storage.Options{Now: env.Now, Log: env.Log, Version: VersionText()})
	if err != nil {
		return fmt.Errorf("keep what the file said for campaigns: %w", err)
	}
	told := &people.People{DB: db, Now: env.Now}
	err = told.KeepExchange(ctx, t.Name, t.TenantID, settings.JudgeExchange(exchange), exchange.Collected, migration.CLI())
	var not *checkup.NotKeptError
	switch err := errors.Join(err, db.Close()); {
	case errors.As(err, &not):
		return says("what the file said of %s is not kept for campaigns: %s", t.Name, not.Words)
	case err != nil:
		return fmt.Errorf("keep what the file said for campaigns: %w", err)
	}
	return says("what the file said of %s on %s is kept for campaigns and counts for %d days", t.Name, exchange.Collected.UTC().Format(time.DateOnly), checkup.OldDays)
}
