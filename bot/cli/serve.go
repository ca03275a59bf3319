package cli

import (
	"context"
	"fmt"
	"strings"

	"legacyauth/bot/platforms"
	"legacyauth/bot/serve"
)

// Serve keeps watch.
type Serve struct {
	DatabaseFlags
	Playbooks string `type:"existingdir" placeholder:"DIR" help:"Lay your own playbooks over the built-in ones."`
}

// Help is the long help of the command.
func (Serve) Help() string {
	return `Scans each tenant of the configuration on its schedule (every hour unless it says otherwise), remembers every client, and sends what is news to the places that legacyauth alerts lists; with none, to admins: of the configuration, which is this terminal unless it says otherwise. Stop it with Ctrl-C or SIGTERM, or kill it: what it was doing is taken up at the next start.

Health is served at 127.0.0.1:8321 (listen: in the configuration): /healthz names what somebody has to look at, /readyz is for restarts, /metrics for Prometheus.

Several processes may serve one PostgreSQL database; they share the work.

Examples:
  legacyauth serve
  legacyauth serve --config /etc/legacyauth/legacyauth.yaml --database /var/lib/legacyauth/legacyauth.db

Exit codes: 0 stopped as asked, 1 error, 2 wrong usage.`
}

// Run serves until ctx ends.
func (c *Serve) Run(ctx context.Context, env *Env) error {
	library, err := openLibrary(env, c.Playbooks)
	if err != nil {
		return err
	}
	opener, err := c.opener(env)
	if err != nil {
		return err
	}
	dsn, err := opener.Config.DSN(c.Database)
	if err != nil {
		return err
	}
	chats, err := platforms.Open(opener.Config, platforms.Options{Log: env.Log, Now: env.Now})
	if err != nil {
		return err
	}
	server := &serve.Server{
		Platforms: append(chats, env.Platforms...),
		Opener:    opener, DSN: dsn, Library: library, Stdout: env.Stdout, Screen: env.Out,
		Log: env.Log, Now: env.Now, Version: VersionText(),
		Started: func(s serve.Started) { startedLines(env, s) },
	}
	if err := server.Run(ctx); err != nil {
		if ctx.Err() == nil {
			return err
		}
		env.Log.Warn("stopped with an error", "error", err)
	}
	_, err = fmt.Fprintln(env.Stderr, "legacyauth serve: stopped")
	return err
}

func startedLines(env *Env, s serve.Started) {
	for _, f := range s.Faults {
		_, _ = fmt.Fprintf(env.Stderr, "legacyauth serve: tenant %s is not watched: %v\n", f.Tenant, f.Err)
	}
	page := s.Health
	if page == "" {
		page = "off"
	}
	_, _ = fmt.Fprintf(env.Stderr, "legacyauth serve: watching %s; database %s; admins at %s; health %s\n",
		strings.Join(s.Tenants, ", "), s.Database, s.Admins, page)
}
