package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/bot/serve"
	"legacyauth/bot/watch"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Schedule lists when tenants are scanned next.
type Schedule struct {
	DatabaseFlags
	Runs   int    `default:"3" help:"How many turns to list for each tenant, 1 to 100."`
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Schedule) Help() string {
	return `Lists the next turns of each tenant, in the time zone of its schedule. A turn that was missed is made up for once, as soon as legacyauth serve runs: it stands as now.

In the configuration, under a tenant:
  schedule: {every: 30m}
  schedule: {cron: "15 6-20 * * 1-5", zone: Europe/Berlin}

Examples:
  legacyauth schedule
  legacyauth schedule --runs 10 -o json`
}

// turns are those of one tenant.
type turns struct {
	Tenant   string      `json:"tenant"`
	Schedule string      `json:"schedule,omitempty"`
	Due      bool        `json:"due"`
	Next     []time.Time `json:"next"`
	Error    string      `json:"error,omitempty"`
}

// Run prints the turns.
func (c *Schedule) Run(ctx context.Context, env *Env) error {
	if c.Runs < 1 || c.Runs > 100 {
		return usageError{fmt.Errorf("%d turns: choose 1 to 100 with --runs", c.Runs)}
	}
	opener, err := c.opener(env)
	if err != nil {
		return err
	}
	watched, faults := serve.Tenants(opener, env.Now)
	due, err := c.due(ctx, env, opener.Config.DSN, watched)
	if err != nil {
		return err
	}
	var all []turns
	for _, t := range watched {
		all = append(all, turns{Tenant: t.Name, Schedule: t.Schedule.String(), Due: due[t.Name], Next: t.Schedule.Runs(env.Now(), c.Runs)})
	}
	for _, f := range faults {
		all = append(all, turns{Tenant: f.Tenant, Next: []time.Time{}, Error: f.Err.Error()})
	}
	if c.Output == "json" {
		err = printJSON(env.Stdout, all)
	} else {
		err = turnTable(all).Write(env.Stdout, env.Out)
	}
	if err != nil {
		return fmt.Errorf("write the schedule: %w", err)
	}
	if len(faults) > 0 {
		return exit(ExitError)
	}
	return nil
}

// due says whose turn it is now; without a database it is everybody's.
func (c *Schedule) due(ctx context.Context, env *Env, dsn func(string) (string, error), watched []watch.Tenant) (map[string]bool, error) {
	due := map[string]bool{}
	named, err := dsn(c.Database)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(named); storage.EngineOf(named) == storage.SQLite && errors.Is(err, os.ErrNotExist) {
		for _, t := range watched {
			due[t.Name] = true
		}
		return due, nil
	}
	db, err := serve.Open(ctx, named, storage.Options{Now: env.Now, Log: env.Log, Version: VersionText()})
	if err != nil {
		return nil, err
	}
	reader := &health.Reader{DB: db, Tenants: watched, Delivery: delivery.New(db, nil, delivery.Options{Now: env.Now}), Now: env.Now}
	facts, err := reader.Read(ctx)
	for _, t := range facts.Tenants {
		due[t.Name] = !t.Running && !t.Next.IsZero() && !t.Next.After(env.Now())
	}
	return due, errors.Join(err, db.Close())
}

func turnTable(all []turns) terminal.Table {
	t := terminal.Table{
		Columns: []terminal.Column{{Head: "Tenant"}, {Head: "Schedule"}, {Head: "Next turns", Weight: 1, Min: 22}},
		Groups:  make([]terminal.Group, 1),
	}
	row := func(cells ...string) {
		var spans [][]card.Span
		for _, c := range cells {
			spans = append(spans, []card.Span{card.Sentence(c)})
		}
		t.Groups[0].Rows = append(t.Groups[0].Rows, spans)
	}
	for _, tenant := range all {
		if tenant.Error != "" {
			row(tenant.Tenant, "not watched", tenant.Error)
			continue
		}
		name, words := tenant.Tenant, tenant.Schedule
		if tenant.Due {
			row(name, words, "now")
			name, words = "", ""
		}
		for _, at := range tenant.Next {
			row(name, words, at.Format("Mon 2006-01-02 15:04 MST"))
			name, words = "", ""
		}
	}
	return t
}
