package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/bot/serve"
)

// Status shows how the watch stands.
type Status struct {
	DatabaseFlags
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Status) Help() string {
	return `Shows, from the database, what /healthz and /metrics of legacyauth serve tell programs: how far each tenant was read, when it is its turn, which messages wait or were given up, when each platform of chat was last heard, and what somebody has to look at. How the platforms stand is what legacyauth serve noted last, once a minute; a note that is older than five minutes is not trusted, and that is said.

Examples:
  legacyauth status
  legacyauth status -o json

Exit codes: 0 all is well, 1 error, 2 wrong usage, 3 somebody has to look at something, or not everything could be read, or nothing was yet.`
}

// Run prints the facts.
func (c *Status) Run(ctx context.Context, env *Env) error {
	opener, err := c.opener(env)
	if err != nil {
		return err
	}
	db, err := c.openAs(ctx, env, opener.Config)
	if err != nil {
		return err
	}
	watched, faults := serve.Tenants(opener, env.Now)
	reader := &health.Reader{DB: db, Tenants: watched, Delivery: delivery.New(db, nil, delivery.Options{Now: env.Now}), Now: env.Now}
	for _, f := range faults {
		reader.Faults = append(reader.Faults, f.Tenant)
	}
	facts, err := reader.Read(ctx)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if c.Output == "json" {
		err = printJSON(env.Stdout, facts)
	} else {
		err = terminal.Render(env.Stdout, facts.Card(time.UTC), env.Out)
	}
	if err != nil {
		return fmt.Errorf("write the status: %w", err)
	}
	if len(facts.Problems) > 0 || facts.Partial() {
		return exit(ExitIncomplete)
	}
	return nil
}

// printJSON writes an answer for programs.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }
