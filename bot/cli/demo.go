package cli

import (
	"bytes"
	"context"
	"io"

	"legacyauth/adapters/export"
	"legacyauth/bot/demo"
	"legacyauth/bot/scan"
)

// Demo shows the whole answer on the embedded sample tenant.
type Demo struct {
	Output    string   `short:"o" enum:"text,json,csv,ndjson" default:"text" help:"How to print: ${enum}. Text also shows the card for each kind of client."`
	Tenant    bool     `help:"Serve the sample tenant on this machine, as Entra ID and Microsoft Graph would, and scan it with the real client, throttled as in life."`
	Misbehave []string `sep:"none" placeholder:"RULE" help:"With --tenant: let the service misbehave, as in 504, 429:7, reset@3, cut:4096, license or '504>apps=1>window=24h'. Repeat for several."`
	Cards     bool     `default:"true" negatable:"" help:"Show the card for each kind of client after the table."`
}

// Help is the long help of the command.
func (Demo) Help() string {
	return `The sample tenant is Contoso: 60 people who do not exist, thirty days of sign-ins that a generator made. "Today" is 2026-11-21.

Examples:
  legacyauth demo
  legacyauth demo --no-cards
  legacyauth demo --output json
  legacyauth demo --tenant --no-cards
  legacyauth demo --tenant --misbehave 504@2-3 --no-cards`
}

// contact stands in the cards of the sample tenant.
const contact = "Contoso IT, extension 100"

// Run scans the sample tenant and prints what the bot would say.
func (c *Demo) Run(ctx context.Context, env *Env) error {
	if c.Tenant {
		return c.tenant(ctx, env)
	}
	library, err := openLibrary(env, "")
	if err != nil {
		return err
	}
	result, err := scan.Pass{Sources: []scan.Source{files{inputs: demoInputs()}}, Library: library, Today: demo.Today()}.Run(ctx)
	if err != nil {
		return err
	}
	if err := (&Scan{Output: c.Output}).print(env, result, demo.Today()); err != nil {
		return err
	}
	if c.Output == "text" && c.Cards {
		return cards(env, result, demo.Today(), contact)
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
