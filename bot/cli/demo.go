package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"legacyauth/adapters/export"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/demo"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/playbooks"
)

// Demo shows the whole answer on the embedded sample tenant.
type Demo struct {
	Output string `short:"o" enum:"text,json,csv,ndjson" default:"text" help:"How to print: ${enum}. Text also shows the card for each kind of client."`
	Cards  bool   `default:"true" negatable:"" help:"Show the card for each kind of client after the table."`
}

// Help is the long help of the command.
func (Demo) Help() string {
	return `The sample tenant is Contoso: 60 people who do not exist, thirty days of sign-ins that a generator made. "Today" is 2026-11-21.

Examples:
  legacyauth demo
  legacyauth demo --no-cards
  legacyauth demo --output json`
}

// contact stands in the cards of the sample tenant.
const contact = "Contoso IT, extension 100"

// Run scans the sample tenant and prints what the bot would say.
func (c *Demo) Run(ctx context.Context, env *Env) error {
	library, err := openLibrary(env, "")
	if err != nil {
		return err
	}
	result, err := scan.Pass{Sources: []scan.Source{files{demoInputs(), nil}}, Library: library, Today: demo.Today()}.Run(ctx)
	if err != nil {
		return err
	}
	if err := (&Scan{Output: c.Output}).print(env, result, demo.Today()); err != nil {
		return err
	}
	if c.Output == "text" && c.Cards {
		return cards(env, result)
	}
	return nil
}

func demoInputs() []export.Input {
	var inputs []export.Input
	for _, f := range demo.Files() {
		inputs = append(inputs, export.Input{
			Name: f.Name, Size: int64(len(f.Data)),
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Data)), nil },
		})
	}
	return inputs
}

// cards prints one card per playbook, for the first client that needs it.
func cards(env *Env, r scan.Result) error {
	shown := map[string]bool{}
	for _, f := range report.Ordered(r.Findings) {
		if shown[f.Playbook.ID] {
			continue
		}
		shown[f.Playbook.ID] = true
		if _, err := fmt.Fprintf(env.Stdout, "\n%s\n\n", "────────────────────────────────────────"); err != nil {
			return err
		}
		facts := playbooks.Facts{Client: &f.Client, Today: demo.Today(), Contact: contact}
		if err := terminal.Render(env.Stdout, f.Playbook.Card(facts), env.Out); err != nil {
			return err
		}
	}
	return nil
}
