package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/bot/serve"
	"legacyauth/playbooks/card"
)

// Status shows how the watch stands.
type Status struct {
	DatabaseFlags
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Status) Help() string {
	return `Shows, from the database, what /healthz and /metrics of legacyauth serve tell programs: how far each tenant was read, when it is its turn, which messages wait or were given up, and what somebody has to look at.

Examples:
  legacyauth status
  legacyauth status -o json

Exit codes: 0 all is well, 1 error, 2 wrong usage, 3 somebody has to look at something, or not everything could be read.`
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
		err = terminal.Render(env.Stdout, statusCard(facts), env.Out)
	}
	if err != nil {
		return fmt.Errorf("write the status: %w", err)
	}
	if len(facts.Problems) > 0 || slices.ContainsFunc(facts.Tenants, readInPart) {
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

func statusCard(f health.Facts) card.Card {
	c := card.Card{Title: []card.Span{card.Text("The watch is kept")}, Tone: card.Success}
	if slices.ContainsFunc(f.Tenants, readInPart) {
		c.Title, c.Tone = []card.Span{card.Text("The watch is kept, but not everything could be read")}, card.Warning
	}
	if len(f.Problems) > 0 {
		c.Title, c.Tone = []card.Span{card.Text("Somebody has to look at this")}, card.Danger
		var list card.List
		for _, p := range f.Problems {
			list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Sentence(p)}}})
		}
		c.Blocks = append(c.Blocks, list)
	}
	for _, t := range f.Tenants {
		c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Value(t.Name)}}, card.Facts{Pairs: tenantFacts(t, f.At)})
	}
	waiting := fmt.Sprintf("%d waiting, %d given up in the last seven days", f.Messages.Waiting, f.Messages.Buried)
	if o := f.Messages.Oldest; !o.IsZero() {
		waiting += ", the oldest since " + minute(o)
	}
	rest := []card.Fact{{Name: "Messages", Value: []card.Span{card.Text(waiting)}}}
	for _, p := range f.Messages.Places {
		words := fmt.Sprintf("%d waiting", p.Waiting)
		if !p.PausedUntil.IsZero() {
			words += fmt.Sprintf(", paused until %s: %s", minute(p.PausedUntil), p.Why)
		}
		rest = append(rest, card.Fact{Name: "Place", Value: []card.Span{card.Value(p.Place), card.Sentence(": " + words)}})
	}
	rest = append(rest, card.Fact{Name: "Database", Value: []card.Span{card.Text(fmt.Sprintf("%s, %.1f MB", f.Database.Engine, float64(f.Database.Bytes)/1e6))}})
	c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text("The program")}}, card.Facts{Pairs: rest})
	return c
}

// readInPart says whether a tenant's last scan left something out.
func readInPart(t health.Tenant) bool { return t.LastPass != nil && !t.LastPass.Complete }

func tenantFacts(t health.Tenant, now time.Time) []card.Fact {
	read, next := "never", minute(t.Next)
	if !t.ReadTo.IsZero() {
		read = minute(t.ReadTo)
	}
	if !t.Next.After(now) {
		next = "now"
	}
	facts := []card.Fact{
		{Name: "Read up to", Value: []card.Span{card.Text(read)}},
		{Name: "Clients", Value: []card.Span{card.Text(fmt.Sprint(t.Clients))}},
	}
	if p := t.LastPass; p != nil {
		words := fmt.Sprintf("%s, took %s, %d sign-ins, %d new", minute(p.Started), took(time.Duration(p.Took)), p.Rows, p.Fresh)
		switch {
		case p.Error != "":
			words += "; it failed: " + p.Error
		case !p.Complete:
			words += "; coverage is incomplete"
			if len(p.Notes) > 0 {
				words += ": " + p.Notes[0]
			}
		}
		if p.Throttles > 0 {
			words += fmt.Sprintf("; told %d times to slow down", p.Throttles)
		}
		facts = append(facts, card.Fact{Name: "Last scan", Value: []card.Span{card.Sentence(words)}})
	}
	if t.Running {
		next = "a scan is running"
	}
	return append(facts, card.Fact{Name: "Next scan", Value: []card.Span{card.Text(next + " (" + t.Schedule + ")")}})
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }
