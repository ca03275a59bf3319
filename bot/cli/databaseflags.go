package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"legacyauth/bot/config"
	"legacyauth/bot/serve"
	"legacyauth/bot/tenants"
	"legacyauth/storage"
)

// DatabaseFlags say where what serve remembers is kept.
type DatabaseFlags struct {
	Config   string `type:"path" env:"LEGACYAUTH_CONFIG" default:"legacyauth.yaml" placeholder:"FILE" help:"The configuration file."`
	Database string `env:"LEGACYAUTH_DATABASE" placeholder:"DATABASE" help:"A SQLite file or a postgres:// address, in place of the one in the configuration."`
}

// opener reads the configuration and gives what opens its tenants.
func (f DatabaseFlags) opener(env *Env) (*tenants.Opener, error) {
	c, err := config.Load(f.Config)
	if err != nil {
		return nil, err
	}
	return &tenants.Opener{
		Config: c, Notify: quiet, Now: env.Now, Options: env.Entra,
		Prompt: tenants.Ask(func(words string) { _, _ = fmt.Fprintln(env.Stderr, words) }),
	}, nil
}

// open opens a database that must be there already. The configuration is read
// only when no database is named.
func (f DatabaseFlags) open(ctx context.Context, env *Env) (*storage.DB, error) {
	var c config.Config
	if f.Database == "" {
		var err error
		if c, err = config.Load(f.Config); err != nil {
			return nil, err
		}
	}
	return f.openAs(ctx, env, c)
}

func (f DatabaseFlags) openAs(ctx context.Context, env *Env, c config.Config) (*storage.DB, error) {
	dsn, err := c.DSN(f.Database)
	if err != nil {
		return nil, err
	}
	if storage.EngineOf(dsn) == storage.SQLite {
		if _, err := os.Stat(dsn); errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no database %s: legacyauth serve makes it, --database names another", dsn)
		}
	}
	return serve.Open(ctx, dsn, storage.Options{Now: env.Now, Log: env.Log, Version: VersionText()})
}

// use opens the database, lets f work with it and closes it.
func (f DatabaseFlags) use(ctx context.Context, env *Env, work func(*storage.DB) error) error {
	db, err := f.open(ctx, env)
	if err != nil {
		return err
	}
	return errors.Join(work(db), db.Close())
}
